/** What a resolution says of itself in logs and metrics. */
import * as Effect from "effect/Effect"
import * as LogEvent from "../telemetry/LogEvent.ts"
import * as Metrics from "../telemetry/Metrics.ts"
import type { ResolvedEntity } from "./ResolvedEntity.ts"

/** Logs what `name` was resolved to and, where servers of a worse priority knew it too, which; counts those. */
export const logResolution = Effect.fnUntraced(function* (
  name: string,
  resolved: ResolvedEntity
): Effect.fn.Return<void> {
  const { conflicts, match, priority, resource, score, server } = resolved
  yield* LogEvent.info("entity_resolved", { name, server, priority, uri: resource.uri, match, score })
  if (conflicts.length === 0) return
  yield* LogEvent.info("resolution_conflict", { name, server, losers: conflicts.map((lost) => lost.server) })
  yield* Effect.forEach(conflicts, (lost) => Metrics.conflictFound(lost.server), { discard: true })
})
