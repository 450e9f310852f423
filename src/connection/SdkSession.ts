/**
 * A session on the SDK's client: handshake, list a page, read, call, end. The only module that touches the SDK's client, so that
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
import * as Tracer from "effect/Tracer"
import type { ServerConfig } from "../config/OrchestratorConfig.ts"
import * as ServerReason from "../errors/ServerReason.ts"
import type { Stage } from "../OrchestratorError.ts"
import * as Metrics from "../telemetry/Metrics.ts"
import * as Redaction from "../telemetry/Redaction.ts"
import * as McpSpans from "../telemetry/McpSpans.ts"
import { version } from "../Version.ts"
import * as Deadlines from "./sse/Deadlines.ts"
import * as JsonRpc from "./sse/JsonRpc.ts"
import { InFlight } from "../InFlight.ts"
import * as Replies from "./Replies.ts"
import * as Secrets from "./Secrets.ts"
import type { Session } from "./Session.ts"
import { ending, failure, lost as lossAt, SessionFailure } from "./SessionFailure.ts"
import type { McpTransport } from "./sse/McpTransport.ts"

/** How long a closing session waits for its last notifications, so that servers learn of what was cancelled. */
const flushTimeout = Duration.millis(250)

/** The SDK wants a timeout of its own; ours are shorter. The largest delay a timer takes. */
const noSdkTimeout = 2_147_483_647

/** For a part of the SDK that is not used here. Its default is a JSON Schema compiler of its own for every session. */
const unusedValidator = {
  getValidator: () => () => ({ valid: false, data: undefined, errorMessage: "output schemas are not checked" }) as const
}

/**
 * Opens a session on the transport that `make` gives; both end with the scope. `connect_timeout` covers everything from
 * DNS to the end of `initialize`.
 *
 * @internal
 */
export const open = Effect.fn("Session.open")(function* (
  server: ServerConfig,
  make: Effect.Effect<McpTransport, SessionFailure>
): Effect.fn.Return<Session, SessionFailure, Scope.Scope> {
  const masked = Secrets.maskingWhole(server)
  const transport = yield* Effect.acquireRelease(make, close).pipe(
    Effect.mapError((failure) => Secrets.conceal(failure, server))
  )
  // What is secret is looked up when something fails: the session's cookies come with the stream.
  const conceal = (failure: SessionFailure) => Secrets.conceal(failure, server, transport.secrets)
  const deadlines = yield* Deadlines.make
  const lost = yield* Deferred.make<SessionFailure>()
  let isOpen = true
  let protocolVersion = ""
  const announce = transport.setProtocolVersion?.bind(transport)
  transport.setProtocolVersion = (negotiated) => {
    protocolVersion = negotiated
    announce?.(negotiated)
  }
  const client = new Client({ name: "effect-mcp-orchestrator", version }, { jsonSchemaValidator: unusedValidator })
  // The SDK's own maps would keep what its requests held, for the reason that `InFlight` gives.
  client["_responseHandlers"] = new InFlight()
  client["_timeoutInfo"] = new InFlight()
  client.onclose = () => {
    isOpen = false
    Deferred.doneUnsafe(lost, Effect.succeed(conceal(lossOf(transport, "initialize"))))
  }

  /** One promise of the SDK as an effect: bounded, aborted on interruption, its rejection typed. */
  const attempt = <A>(
    stage: () => Stage,
    timeout: Duration.Duration,
    run: (signal: AbortSignal) => Promise<A>
  ): Effect.Effect<A, SessionFailure> =>
    deadlines.within(timeout, run, {
      rejected: (cause) => conceal(toFailure(cause, transport, stage(), isOpen)),
      expired: () => conceal(timedOut(transport, stage(), timeout))
    })

  const request = <A>(
    what: { readonly stage: Stage; readonly method: Metrics.McpMethod; readonly uri?: string; readonly tool?: string },
    params: { readonly [name: string]: unknown },
    timeout: Duration.Duration,
    decode: (reply: unknown) => Effect.Effect<A, SessionFailure>
  ): Effect.Effect<A, SessionFailure> => {
    const send = (meta: { readonly [name: string]: unknown }) =>
      Effect.suspend(() => {
        const { receivedCount } = transport
        return attempt(
          () => what.stage,
          timeout,
          (signal) =>
            client.request({ method: what.method, params: { ...params, ...meta } }, ResultSchema, {
              signal,
              timeout: noSdkTimeout
            })
        ).pipe(
          // Nothing at all arrived in the meantime, not even the answer to the POST: the connection is dead.
          Effect.catchIf(
            ({ reason }) =>
              reason._tag === "TimedOut" && receivedCount !== undefined && receivedCount === transport.receivedCount,
            (cause) =>
              flush(transport).pipe(
                Effect.andThen(Effect.sync(() => transport.abort?.(cause))),
                Effect.andThen(Effect.fail(ending(cause)))
              )
          ),
          Effect.flatMap((reply) => Effect.mapError(decode(reply), conceal))
        )
      })
    return Effect.flatMap(Effect.tracer, (tracer) =>
      // Nobody records the spans of the native tracer; one for each of thousands of reads would only cost.
      tracer === Tracer.nativeTracer
        ? send({})
        : Effect.flatMap(McpSpans.meta, (_meta) => send({ _meta })).pipe(
            McpSpans.mcpRequest(server, what.method, what.uri === undefined ? what : { ...what, uri: masked(what.uri) })
          )
    ).pipe(Metrics.mcpRequest(server.id, what.method))
  }

  yield* attempt(
    () => transport.stage ?? "initialize",
    server.connectTimeout,
    (signal) => client.connect(transport, { signal, timeout: noSdkTimeout })
  )

  const capabilities = client.getServerCapabilities()
  const serverInfo = client.getServerVersion()
  return {
    info: {
      protocolVersion,
      serverInfo: { name: masked(serverInfo?.name ?? ""), version: masked(serverInfo?.version ?? "") },
      offersResources: capabilities?.resources !== undefined,
      offersTools: capabilities?.tools !== undefined
    },
    isOpen: () => isOpen,
    lost: Deferred.await(lost),
    listPage: (cursor) =>
      request(
        { stage: "list", method: "resources/list" },
        page(cursor),
        server.requestTimeout,
        Replies.decodeResourcePage
      ),
    listTemplates: (cursor) =>
      request(
        { stage: "list", method: "resources/templates/list" },
        page(cursor),
        server.requestTimeout,
        Replies.decodeTemplatePage
      ),
    read: (uri) =>
      request({ stage: "read", method: "resources/read", uri }, { uri }, server.requestTimeout, (reply) =>
        Replies.decodeContents(uri, reply)
      ),
    listTools: (cursor) =>
      request({ stage: "call", method: "tools/list" }, page(cursor), server.requestTimeout, Replies.decodeToolPage),
    call: (tool, args, timeout) =>
      request({ stage: "call", method: "tools/call", tool }, { name: tool, arguments: args }, timeout, Effect.succeed)
  }
})

const page = (cursor: string | null) => (cursor === null ? {} : { cursor })

const flush = (transport: McpTransport) =>
  Effect.timeoutOption(
    Effect.promise(() => transport.flushed?.() ?? Promise.resolve()),
    flushTimeout
  )

/** Idempotent; ends the session and its sockets, after the last notifications went out. */
const close = (transport: McpTransport): Effect.Effect<void> =>
  Effect.andThen(
    flush(transport),
    Effect.promise(() => transport.close())
  )

/** Why the session ended, for a request that was at `stage`. */
const lossOf = (transport: McpTransport, stage: Stage): SessionFailure => {
  const lost = transport.lost ?? lossAt(stage, "the session was closed")
  return ending(lost.stage === "limit" ? lost : new SessionFailure({ ...lost, stage }))
}

/** With what the server said last, and what the silence says about the way to it. */
const timedOut = (transport: McpTransport, stage: Stage, timeout: Duration.Duration): SessionFailure => {
  const within = `within ${Duration.format(timeout)}`
  const failed = (hint: ServerReason.TimedOut["hint"], detail: string) =>
    failure(stage, new ServerReason.TimedOut({ limit: timeout, hint }), detail)
  if (stage === "http") return failed("NoHeaders", `connected, but no response came ${within}`)
  const what = stage === "endpoint" ? "the stream opened, but no endpoint event came" : "no answer"
  const said = transport.problem ?? null
  const last = said === null ? "" : `; last, ${said}`
  const hint = stage === "endpoint" ? "NoEndpoint" : (transport.late ?? 0) > 0 ? "OneAtATime" : null
  return failed(hint, `${what} ${within}${last}`)
}

const toFailure = (cause: unknown, transport: McpTransport, stage: Stage, isOpen: boolean): SessionFailure => {
  if (cause instanceof SessionFailure) return cause
  if (isLoss(cause, transport, stage, isOpen)) return lossOf(transport, stage)
  if (cause instanceof McpError) {
    const said = Redaction.text(cause.message)
    if (cause.code === JsonRpc.invalidReplyCode) return failure(stage, new ServerReason.InvalidReply(), said)
    // Whatever the handshake advertised, the server does not offer the method.
    const isMissing = cause.code === ErrorCode.MethodNotFound && stage !== "initialize"
    const reason = isMissing
      ? new ServerReason.Unsupported({ lacks: lackedAt(stage) })
      : new ServerReason.ServerError({ code: cause.code })
    return failure(stage, reason, `the server answered with ${said}`)
  }
  // The SDK's schemas reject with several lines of JSON; the first issue says enough.
  if (Predicate.isObject(cause) && Array.isArray(cause["issues"])) {
    const issue: unknown = cause["issues"][0]
    const path = Predicate.isObject(issue) && Array.isArray(issue["path"]) ? issue["path"].join(".") : ""
    const message = Predicate.isObject(issue) ? String(issue["message"]) : "invalid"
    return failure(
      stage,
      new ServerReason.InvalidReply(),
      Redaction.text(path === "" ? message : `${path}: ${message}`)
    )
  }
  return failure(
    stage,
    new ServerReason.Protocol(),
    Redaction.text(cause instanceof Error ? cause.message : String(cause))
  )
}

/** What a server does not offer that does not know the method of a request. */
const lackedAt = (stage: Stage): ServerReason.Unsupported["lacks"] =>
  stage === "list" ? "resources" : stage === "call" ? "tools" : "request"

/** Whether a rejection says that the session ended. Servers use the SDK's code for that, -32000, for errors of their own. */
const isLoss = (cause: unknown, transport: McpTransport, stage: Stage, isOpen: boolean): boolean => {
  if (cause instanceof McpError && cause.code !== ErrorCode.ConnectionClosed) return cause.code === JsonRpc.lostCode
  if (isOpen || transport.lost) return Boolean(transport.lost)
  // When a handshake fails, the SDK closes the transport itself: the server's answer is the reason.
  const isConnected = stage === "list" || stage === "read" || stage === "call"
  return isConnected || (transport.lost === undefined && cause instanceof McpError)
}
