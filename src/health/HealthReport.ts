/** What the health of the servers is told as. */
import * as Schema from "effect/Schema"
import { GatherError } from "../resources/GatherFailure.ts"

export const ServerHealth = Schema.Struct({
  server: Schema.String,
  priority: Schema.Int,
  /** What it declares can be listed. */
  healthy: Schema.Boolean,
  /** How many it lists; 0 when unhealthy, or when it does not declare `list_resources`. */
  resources: Schema.Int,
  /** How many tools it lists; `null` when unhealthy, or when they are not needed. */
  tools: Schema.NullOr(Schema.Int),
  durationMs: Schema.Int,
  error: Schema.NullOr(GatherError)
})
export type ServerHealth = typeof ServerHealth.Type

/** All servers together, in priority order: what `health --json` writes. */
export const HealthReport = Schema.Struct({
  /** Whether all of them are. */
  healthy: Schema.Boolean,
  servers: Schema.Array(ServerHealth)
})
export type HealthReport = typeof HealthReport.Type

export const reportOf = (servers: ReadonlyArray<ServerHealth>): HealthReport => ({
  healthy: servers.every(({ healthy }) => healthy),
  servers
})
