/** How sessions reach their servers. The default speaks SSE; a test or an app can bring its own Layer. */
import type { Transport } from "@modelcontextprotocol/sdk/shared/transport.js"
import * as Clock from "effect/Clock"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Random from "effect/Random"
import * as Record from "effect/Record"
import * as Redacted from "effect/Redacted"
import type { Limits, ServerConfig } from "../config/OrchestratorConfig.ts"
import type { Stage } from "../OrchestratorError.ts"
import { makeAgents } from "./sse/Agents.ts"
import type { SessionFailure } from "./SessionFailure.ts"
import { SseTransport } from "./sse/SseTransport.ts"

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
  readonly heard?: number
  /** How many answers came when their requests had been given up, since all that was asked was last answered. */
  readonly late?: number
  /** What the server gave us that must never come back out (cookies). */
  readonly secrets?: ReadonlyArray<string>
  /** Ends it, for a reason that becomes `lost`. */
  giveUp?(cause: SessionFailure): void
  /** Resolves when no notification is on its way any more. */
  flushed?(): Promise<void>
}

export class Transports extends Context.Service<
  Transports,
  {
    /** A new transport, not started; one a session. Fails if it cannot even be set up (an unreadable `ca_file`). */
    make(server: ServerConfig, limits: Limits): Effect.Effect<McpTransport, SessionFailure>
  }
>()("effect-mcp-orchestrator/connection/Transports") {
  /** HTTP+SSE over Node's sockets. */
  static readonly layerSse = Layer.succeed(Transports, {
    make: Effect.fnUntraced(function* (server: ServerConfig, limits: Limits) {
      const clock = yield* Clock.Clock
      return new SseTransport({
        url: server.url.reveal(),
        endpointBase: server.endpointBase?.reveal() ?? null,
        headers: Record.map(server.headers, (value) => Redacted.value(value)),
        maxEventBytes: limits.resourceBytes,
        idOffset: yield* Random.nextIntBetween(1_000_000, 1_000_000_000),
        agents: yield* makeAgents(server),
        now: () => clock.currentTimeMillisUnsafe()
      })
    })
  })
}
