/** One MCP session, whoever opened it: what its server said of itself, and what can be asked of it. */
import type * as Duration from "effect/Duration"
import type * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import type * as Replies from "./Replies.ts"
import type { SessionFailure } from "./SessionFailure.ts"

/** What a server said of itself in the handshake. */
export const SessionInfo = Schema.Struct({
  protocolVersion: Schema.String,
  serverInfo: Schema.Struct({ name: Schema.String, version: Schema.String }),
  offersResources: Schema.Boolean,
  offersTools: Schema.Boolean
})
export type SessionInfo = typeof SessionInfo.Type

/** Every request ends within its deadline, and is cancelled at the server when it does not or when it is interrupted. */
export interface Session {
  readonly info: SessionInfo
  /** False from the moment the connection ended. */
  isOpen(): boolean
  /** Completes when the session ends by itself, with why. */
  readonly lost: Effect.Effect<SessionFailure>
  /** One page of `resources/list`; `cursor` is `null` for the first. */
  listPage(cursor: string | null): Effect.Effect<Replies.ResourcePage, SessionFailure>
  /** One page of `resources/templates/list`. */
  listTemplates(cursor: string | null): Effect.Effect<Replies.TemplatePage, SessionFailure>
  /** `resources/read`, checked to be about `uri`. */
  read(uri: string): Effect.Effect<ReadonlyArray<Replies.Content>, SessionFailure>
  /** One page of `tools/list`. */
  listTools(cursor: string | null): Effect.Effect<Replies.ToolPage, SessionFailure>
  /** `tools/call` with its own deadline; the result as the server gave it. */
  call(
    tool: string,
    args: { readonly [name: string]: unknown },
    timeout: Duration.Duration
  ): Effect.Effect<unknown, SessionFailure>
}
