/** A name that was not found, as an error: for those to whom finding it was the whole request. */
import type { OrchestratorConfig } from "../config/OrchestratorConfig.ts"
import { EntityNotFoundError } from "../OrchestratorError.ts"
import { isSameType } from "./EntityCatalog.ts"
import type { Resolution } from "./ResolvedEntity.ts"

/** Whether a server has that domain; `null` asks all servers. */
export const hasDomain = (servers: OrchestratorConfig["servers"], resourceType: string | null): boolean =>
  resourceType === null || [...domainsOf(servers)].some((domain) => isSameType(domain, resourceType))

/** `resourceType` is `null` if all servers were asked. */
export const error = (
  name: string,
  resourceType: string | null,
  { ambiguous, suggestions }: Pick<Resolution, "ambiguous" | "suggestions">,
  { servers }: OrchestratorConfig
): EntityNotFoundError => {
  const domains = domainsOf(servers)
  return new EntityNotFoundError({
    name,
    resourceType,
    suggestions,
    ambiguous,
    remedy: hasDomain(servers, resourceType)
      ? "Give the name as a server publishes it, or add an alias there."
      : `No server has the domain ${resourceType}; there are ${[...domains].toSorted().join(", ")}.`
  })
}

// -----------------------------------------------------------------------------
// internals

const domainsOf = (servers: OrchestratorConfig["servers"]): ReadonlySet<string> =>
  new Set(servers.flatMap(({ domains }) => domains))
