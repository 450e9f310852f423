/** One list or read with its own tries, under the server's limits. */
import type * as Effect from "effect/Effect"
import type { OrchestratorConfig } from "../config/OrchestratorConfig.ts"
import { withRetry } from "../connection/RetryPolicy.ts"
import type { ServerConnection } from "../connection/ServerConnection.ts"
import type { SessionFailure } from "../connection/SessionFailure.ts"
import { failed, type GatherFailure } from "./GatherFailure.ts"

/**
 * Repeats the request on the same session as the retry table says, but for what `isFinal` tells. A lost session is for
 * the caller to replace.
 */
export const request = <A>(
  { server, throttle }: ServerConnection,
  config: OrchestratorConfig,
  what: Pick<GatherFailure, "operation" | "uri">,
  effect: Effect.Effect<A, SessionFailure>,
  isFinal: (failure: SessionFailure) => boolean = () => false
): Effect.Effect<A, GatherFailure> =>
  withRetry(throttle(effect), {
    retry: config.retry,
    maxRetryAfter: config.gatherTimeout,
    server: server.id,
    operation: what.operation,
    failureOf: (error) => (error.ended || isFinal(error) ? null : error),
    failed: (last, attempts) => failed(what.operation, last, { uri: what.uri, attempts })
  })
