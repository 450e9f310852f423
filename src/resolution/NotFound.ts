/** A name that was not found, as an error: for those to whom finding it was the whole request. */
import type { OrchestratorConfig } from "../config/OrchestratorConfig.ts"
import { EntityNotFoundError } from "../OrchestratorError.ts"
import { isSameType } from "./EntityCatalog.ts"
import type { Resolution } from "./ResolvedEntity.ts"

/** `resourceType` is `null` if all servers were asked. */
export const error = (
  name: string,
  resourceType: string | null,
  { ambiguous, suggestions }: Pick<Resolution, "ambiguous" | "suggestions">,
  { servers }: OrchestratorConfig
): EntityNotFoundError => {
  const domains = new Set(servers.flatMap(({ domains }) => domains))
  return new EntityNotFoundError({
    name,
    resourceType,
    suggestions,
    ambiguous,
    remedy:
      resourceType === null || [...domains].some((domain) => isSameType(domain, resourceType))
        ? "Give the name as a server publishes it, or add an alias there."
        : `No server has the domain ${resourceType}; there are ${[...domains].toSorted().join(", ")}.`
  })
}
