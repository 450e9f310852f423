/** What a session of the SDK's client runs on, and the one that speaks SSE. */
import type { Transport } from "@modelcontextprotocol/sdk/shared/transport.js"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Random from "effect/Random"
import * as Record from "effect/Record"
import * as Redacted from "effect/Redacted"
import type { Limits, ServerConfig } from "../../config/OrchestratorConfig.ts"
import type { Stage } from "../../OrchestratorError.ts"
import type { SessionFailure } from "../SessionFailure.ts"
import { makeAgents } from "./Agents.ts"
import { SseTransport } from "./SseTransport.ts"

/**
 * The SDK's transport, and optionally what explains a failure. A transport must call `onclose` when the connection
 * ends for whatever reason: that is what fails the requests in flight at once.
 */
export interface McpTransport extends Transport {
  /** How far the connection has come. */
  readonly stage?: Stage
  /** Why it ended by itself; `null` while it has not. */
  readonly lost?: SessionFailure | null
  /** The last out-of-band problem. */
  readonly problem?: string | null
  /** Changes whenever anything arrives. */
  readonly receivedCount?: number
  /** How many answers came when their requests had been given up, since all that was asked was last answered. */
  readonly late?: number
  /** What the server gave us that must never come back out (cookies). */
  readonly secrets?: ReadonlyArray<string>
  /** Ends it, for a reason that becomes `lost`. */
  abort?(cause: SessionFailure): void
  /** Resolves when no notification is on its way any more. */
  flushed?(): Promise<void>
}

/** HTTP+SSE over Node's sockets, not started. Fails if it cannot even be set up (an unreadable `ca_file`). */
export const makeSse = Effect.fnUntraced(function* (
  server: ServerConfig,
  limits: Limits
): Effect.fn.Return<McpTransport, SessionFailure> {
  const clock = yield* Clock.Clock
  return new SseTransport({
    url: server.url.reveal(),
    endpointBase: server.endpointBase?.reveal() ?? null,
    headers: Record.map(server.headers, (value) => Redacted.value(value)),
    maxEventBytes: limits.resourceBytes,
    idOffset: yield* Random.nextIntBetween(1_000_000, 1_000_000_000),
    agents: yield* makeAgents(server),
    maxConcurrency: server.maxConcurrency,
    now: () => clock.currentTimeMillisUnsafe()
  })
})
