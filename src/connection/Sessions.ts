/** How sessions with servers are opened. The default speaks SSE; a test or an app can bring its own Layer. */
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import type * as Scope from "effect/Scope"
import type { Limits, ServerConfig } from "../config/OrchestratorConfig.ts"
import type { Session } from "./Session.ts"
import type { SessionFailure } from "./SessionFailure.ts"

export class Sessions extends Context.Service<
  Sessions,
  {
    /**
     * A new session, after its handshake, that ends with the scope. To be kept: everything up to the end of the
     * handshake within `server.connectTimeout`; a request within `server.requestTimeout`, or within its own; nothing
     * larger than `limits`; `lost` completes and requests in flight fail as soon as the connection ends by itself.
     */
    open(server: ServerConfig, limits: Limits): Effect.Effect<Session, SessionFailure, Scope.Scope>
  }
>()("effect-mcp-orchestrator/connection/Sessions") {
  /** HTTP+SSE over Node's sockets; the SDK is loaded with the first session. */
  static readonly layerSse: Layer.Layer<Sessions> = Layer.succeed(Sessions, {
    open: (server, limits) => Effect.flatMap(sse, ({ openSse }) => openSse(server, limits))
  })
}

const sse = Effect.promise(() => import("./sse/SseSession.ts"))
