/** A session over HTTP+SSE. Heavy, because of the SDK: import it dynamically (`Sessions`). */
import type * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"
import type { Limits, ServerConfig } from "../../config/OrchestratorConfig.ts"
import * as SdkSession from "../SdkSession.ts"
import type { Session } from "../Session.ts"
import type { SessionFailure } from "../SessionFailure.ts"
import { makeSse } from "./McpTransport.ts"

export const openSse = (server: ServerConfig, limits: Limits): Effect.Effect<Session, SessionFailure, Scope.Scope> =>
  SdkSession.open(server, makeSse(server, limits))
