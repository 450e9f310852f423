/**
 * One MCP session: handshake, list a page, read, call, end. The only module that touches the SDK's client, so that
 * another major version of it is a change to this file; promises and rejected causes become effects and typed
 * failures here.
 */
import { Client } from "@modelcontextprotocol/sdk/client/index.js"
import { ErrorCode, McpError, ResultSchema } from "@modelcontextprotocol/sdk/types.js"
import * as Deferred from "effect/Deferred"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Predicate from "effect/Predicate"
import type * as Scope from "effect/Scope"
import type { Limits, ServerConfig } from "../config/OrchestratorConfig.ts"
import type { Stage } from "../OrchestratorError.ts"
import * as Redaction from "../telemetry/Redaction.ts"
import { version } from "../Version.ts"
import { invalidReplyCode } from "./JsonRpc.ts"
import * as Replies from "./Replies.ts"
import { failure, SessionFailure } from "./SessionFailure.ts"
import { Transports, type McpTransport } from "./Transports.ts"

/** What a server said of itself in the handshake. */
export interface SessionInfo {
  readonly protocolVersion: string
  readonly serverInfo: { readonly name: string; readonly version: string }
  readonly offersResources: boolean
  readonly offersTools: boolean
}

/** Every request ends within its deadline, and is cancelled at the server when it does not or when it is interrupted. */
export interface Session {
  readonly info: SessionInfo
  /** False from the moment the connection ended. */
  isOpen(): boolean
  /** Completes when the session ends by itself, with why. */
  readonly lost: Effect.Effect<SessionFailure>
  /** One page of `resources/list`; `cursor` is `null` for the first. */
  listPage(cursor: string | null): Effect.Effect<Replies.ResourcePage, SessionFailure>
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

/** How long a closing session waits for its last notifications, so that servers hear of what was cancelled. */
const flushTimeout = Duration.millis(250)

/** The SDK wants a timeout of its own; ours are shorter. The largest delay a timer takes. */
const noSdkTimeout = 2_147_483_647

/**
 * Opens a session that ends with the scope. `connect_timeout` covers everything from DNS to the end of `initialize`.
 */
export const open = Effect.fn("Session.open")(function* (
  server: ServerConfig,
  limits: Limits
): Effect.fn.Return<Session, SessionFailure, Transports | Scope.Scope> {
  const transports = yield* Transports
  const transport = yield* Effect.acquireRelease(transports.make(server, limits), close)
  const lost = yield* Deferred.make<SessionFailure>()
  let isOpen = true
  let protocolVersion = ""
  const announce = transport.setProtocolVersion?.bind(transport)
  transport.setProtocolVersion = (negotiated) => {
    protocolVersion = negotiated
    announce?.(negotiated)
  }
  const client = new Client({ name: "effect-mcp-orchestrator", version })
  client.onclose = () => {
    isOpen = false
    Deferred.doneUnsafe(lost, Effect.succeed(lossOf(transport, "initialize")))
  }

  yield* attempt(transport, () => transport.stage ?? "initialize", server.connectTimeout, (signal) =>
    client.connect(transport, { signal, timeout: noSdkTimeout })
  )

  const request = <A>(
    stage: Stage,
    timeout: Duration.Duration,
    message: { readonly method: string; readonly params?: { readonly [name: string]: unknown } },
    decode: (reply: unknown) => Effect.Effect<A, SessionFailure>
  ): Effect.Effect<A, SessionFailure> =>
    Effect.flatMap(
      attempt(transport, () => stage, timeout, (signal) =>
        client.request({ ...message }, ResultSchema, { signal, timeout: noSdkTimeout })
      ),
      decode
    )

  const capabilities = client.getServerCapabilities()
  const serverInfo = client.getServerVersion()
  return {
    info: {
      protocolVersion,
      serverInfo: { name: serverInfo?.name ?? "", version: serverInfo?.version ?? "" },
      offersResources: capabilities?.resources !== undefined,
      offersTools: capabilities?.tools !== undefined
    },
    isOpen: () => isOpen,
    lost: Deferred.await(lost),
    listPage: (cursor) =>
      request("list", server.requestTimeout, page("resources/list", cursor), Replies.decodeResourcePage),
    read: (uri) =>
      request("read", server.requestTimeout, { method: "resources/read", params: { uri } }, (reply) =>
        Replies.decodeContents(uri, reply)
      ),
    listTools: (cursor) => request("call", server.requestTimeout, page("tools/list", cursor), Replies.decodeToolPage),
    call: (name, args, timeout) =>
      request("call", timeout, { method: "tools/call", params: { name, arguments: args } }, Effect.succeed)
  }
})

const page = (method: string, cursor: string | null) => (cursor === null ? { method } : { method, params: { cursor } })

/** One promise of the SDK as an effect: bounded, aborted on interruption, its rejection typed. */
const attempt = <A>(
  transport: McpTransport,
  stage: () => Stage,
  timeout: Duration.Duration,
  run: (signal: AbortSignal) => Promise<A>
): Effect.Effect<A, SessionFailure> =>
  Effect.tryPromise({
    try: (signal) => run(signal),
    catch: (cause) => toFailure(cause, transport, stage())
  }).pipe(
    Effect.timeoutOrElse({
      duration: timeout,
      orElse: () => {
        const said = transport.problem ?? null
        const waited = `no answer within ${Duration.format(timeout)}`
        return Effect.fail(failure(stage(), "TimedOut", said === null ? waited : `${waited}; last, ${said}`))
      }
    })
  )

/** Idempotent; ends the session and its sockets, after the last notifications went out. */
const close = (transport: McpTransport): Effect.Effect<void> =>
  Effect.promise(() => transport.flushed?.() ?? Promise.resolve()).pipe(
    Effect.timeoutOption(flushTimeout),
    Effect.andThen(Effect.promise(() => transport.close()))
  )

const lossOf = (transport: McpTransport, stage: Stage): SessionFailure =>
  transport.lost ?? failure(stage, "ConnectionLost", "the session was closed")

const toFailure = (cause: unknown, transport: McpTransport, stage: Stage): SessionFailure => {
  if (cause instanceof SessionFailure) return cause
  if (cause instanceof McpError) {
    switch (cause.code) {
      case ErrorCode.ConnectionClosed:
        return lossOf(transport, stage)
      case invalidReplyCode:
        return failure(stage, "InvalidReply", cause.message)
      default:
        return failure(stage, "ServerError", `the server answered with ${Redaction.text(cause.message)}`)
    }
  }
  // The SDK's schemas reject with several lines of JSON; the first issue says enough.
  if (Predicate.isObject(cause) && Array.isArray(cause["issues"])) {
    const issue: unknown = cause["issues"][0]
    const path = Predicate.isObject(issue) && Array.isArray(issue["path"]) ? issue["path"].join(".") : ""
    const message = Predicate.isObject(issue) ? String(issue["message"]) : "invalid"
    return failure(stage, "InvalidReply", Redaction.text(path === "" ? message : `${path}: ${message}`))
  }
  const message = cause instanceof Error ? cause.message : String(cause)
  if (transport.lost) return transport.lost
  return failure(stage, stage === "initialize" ? "Protocol" : "ConnectionLost", Redaction.text(message))
}
