/**
 * One host's session: the SDK's low-level `Server` over the tools, and over the resources of all servers, which are
 * listed and read afresh for every request.
 *
 * The only module of this folder, beside its transport, that touches the SDK: promises begin and end here.
 */
import { Server } from "@modelcontextprotocol/sdk/server/index.js"
import {
  CallToolRequestSchema,
  ErrorCode,
  ListResourcesRequestSchema,
  ListResourceTemplatesRequestSchema,
  ListToolsRequestSchema,
  type LoggingLevel,
  LoggingLevelSchema,
  ReadResourceRequestSchema,
  RequestSchema,
  SetLevelRequestSchema
} from "@modelcontextprotocol/sdk/types.js"
import type { RequestHandlerExtra } from "@modelcontextprotocol/sdk/shared/protocol.js"
import type { ServerNotification, ServerRequest } from "@modelcontextprotocol/sdk/types.js"
import * as Cause from "effect/Cause"
import type * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as FiberSet from "effect/FiberSet"
import * as Headers from "effect/http/Headers"
import * as HttpTraceContext from "effect/http/HttpTraceContext"
import type * as LogLevel from "effect/LogLevel"
import * as Option from "effect/Option"
import type * as Scope from "effect/Scope"
import { version } from "../Version.ts"
import { type Host, type Prompt, SamplingError } from "./Host.ts"
import type * as ResourceRequests from "./ResourceRequests.ts"
import { RpcError } from "./RpcError.ts"
import type { Call } from "./ToolCalls.ts"
import type * as Toolkit from "./Toolkit.ts"

/** What all sessions share. */
export interface Offer {
  readonly tools: ReadonlyArray<Toolkit.ListedTool>
  readonly calls: ReadonlyMap<string, Call>
  readonly resources: ResourceRequests.ResourceRequests
  /** Runs one request of any session if there is room for it, else fails with `RpcError`. */
  readonly admit: <A>(effect: Effect.Effect<A, RpcError>) => Effect.Effect<A, RpcError>
  /** What requests run in: loggers, tracer and references of whoever built the server, not of one HTTP request. */
  readonly context: Context.Context<never>
}

export interface HostSession {
  readonly server: Server
  /** How many requests of this host are being worked on. */
  readonly running: Effect.Effect<number>
  /** Waits until none is, and the last answer has been sent. */
  readonly idle: Effect.Effect<void>
}

const instructions =
  "Answers questions about the data of several MCP servers, and gives out their resources. Begin with `query` for a question, `resolve` for what a name means, `servers` for what is connected; the resources say what the data is."

/** A session whose requests end with the scope, down to the servers. It still has to be connected to a transport. */
export const make = Effect.fnUntraced(function* (offer: Offer): Effect.fn.Return<HostSession, never, Scope.Scope> {
  const fibers = yield* FiberSet.make()
  const runFork = Effect.runForkWith(offer.context)
  const server = new Server(
    { name: "effect-mcp-orchestrator", title: "MCP orchestrator", version },
    { capabilities: { tools: {}, resources: {}, logging: {} }, instructions, jsonSchemaValidator: unusedValidator }
  )
  let level: LoggingLevel = "warning"

  /** A fiber of this session for each request; a host that cancels it interrupts it. */
  const answer = <A>({ _meta, signal }: Extra, effect: Effect.Effect<A, RpcError>): Promise<A> =>
    new Promise((resolve, reject) => {
      const fiber = runFork(inTraceOf(_meta, offer.admit(effect)), { signal })
      FiberSet.addUnsafe(fibers, fiber)
      fiber.addObserver((exit) => {
        if (Exit.isSuccess(exit)) return resolve(exit.value)
        const error = Cause.findErrorOption(exit.cause)
        reject(error._tag === "Some" ? error.value : new RpcError(ErrorCode.InternalError, "internal error"))
      })
    })

  const hostOf = ({ _meta, requestId, sendNotification, signal }: Extra): Host => {
    const progressToken = _meta?.progressToken
    return {
      progress:
        progressToken === undefined
          ? null
          : (progress, total, message) =>
              ignored(
                sendNotification({
                  method: "notifications/progress",
                  params: { progressToken, progress, total, message }
                })
              ),
      log: (logged, record) => {
        const said = levelOf[logged]
        if (levels.indexOf(said) < levels.indexOf(level)) return
        const data = record()
        ignored(
          sendNotification({
            method: "notifications/message",
            params: { level: said, logger: String(data["component"]), data }
          })
        )
      },
      sample:
        server.getClientCapabilities()?.sampling === undefined
          ? null
          : ({ maxTokens, system, user }: Prompt) =>
              Effect.tryPromise({
                try: (aborted) =>
                  server.createMessage(
                    {
                      systemPrompt: system,
                      messages: [{ role: "user", content: { type: "text", text: user } }],
                      maxTokens,
                      temperature: 0,
                      includeContext: "none"
                    },
                    {
                      signal: AbortSignal.any([signal, aborted]),
                      timeout: samplingTimeoutMs,
                      relatedRequestId: requestId
                    }
                  ),
                catch: (cause) =>
                  new SamplingError({
                    detail: `the host did not answer: ${cause instanceof Error ? cause.message : String(cause)}`
                  })
              }).pipe(
                Effect.flatMap(({ content }) =>
                  content.type === "text"
                    ? Effect.succeed(content.text)
                    : Effect.fail(
                        new SamplingError({ detail: `the host answered with ${content.type} instead of text` })
                      )
                )
              )
    }
  }

  server.setRequestHandler(ListToolsRequestSchema, () => ({ tools: [...offer.tools] }))
  server.setRequestHandler(CallToolRequestSchema, ({ params }, extra) => {
    const call = offer.calls.get(params.name)
    if (call === undefined) {
      const known = [...offer.calls.keys()].join(", ")
      return Promise.reject(new RpcError(ErrorCode.InvalidParams, `Unknown tool: there are ${known}`))
    }
    return answer(
      extra,
      Effect.map(call(params.arguments ?? {}, hostOf(extra)), (result) => ({ ...result }))
    )
  })
  server.setRequestHandler(ListResourcesRequestSchema, ({ params }, extra) =>
    answer(extra, offer.resources.list(params?.cursor ?? null, hostOf(extra)))
  )
  server.setRequestHandler(ListResourceTemplatesRequestSchema, ({ params }, extra) =>
    answer(extra, offer.resources.templates(params?.cursor ?? null, hostOf(extra)))
  )
  server.setRequestHandler(ReadResourceRequestSchema, ({ params: { uri } }, extra) =>
    answer(extra, offer.resources.read(uri, hostOf(extra)))
  )
  // In place of the SDK's own, which lets everything through until a level is set.
  server.setRequestHandler(SetLevel, ({ params }) => {
    const asked = LoggingLevelSchema.safeParse(params?.["level"])
    if (!asked.success) {
      return Promise.reject(new RpcError(ErrorCode.InvalidParams, `Unknown level: there are ${levels.join(", ")}`))
    }
    level = asked.data
    return {}
  })
  return { server, running: FiberSet.size(fibers), idle: Effect.andThen(FiberSet.awaitEmpty(fibers), sent) }
})

// -----------------------------------------------------------------------------
// internals

type Extra = RequestHandlerExtra<ServerRequest, ServerNotification>

/** A person may have to agree first. */
const samplingTimeoutMs = 120_000

/** A notification that comes too late has nobody to read it. */
const ignored = (promise: Promise<void>): void => void promise.catch(() => {})

/** The SDK sends an answer some microtasks after it has been given one. */
const sent = Effect.callback<void>((resume) => {
  const immediate = setImmediate(() => resume(Effect.void))
  return Effect.sync(() => clearImmediate(immediate))
})

/** Of any level: what the SDK's own schema refuses, it answers as an internal error. */
const SetLevel = RequestSchema.extend({ method: SetLevelRequestSchema.shape.method })

/** In order of severity. */
const levels: ReadonlyArray<LoggingLevel> = LoggingLevelSchema.options

const levelOf: { readonly [level in LogLevel.LogLevel]: LoggingLevel } = {
  All: "debug",
  Trace: "debug",
  Debug: "debug",
  Info: "info",
  Warn: "warning",
  Error: "error",
  Fatal: "critical",
  None: "debug"
}

/** In the trace of the host's span, if it names one (https://www.w3.org/TR/trace-context/). */
const inTraceOf = <A, E>(_meta: Extra["_meta"], effect: Effect.Effect<A, E>): Effect.Effect<A, E> => {
  const traceparent = _meta?.["traceparent"]
  return Option.match(
    typeof traceparent === "string" ? HttpTraceContext.w3c(Headers.fromInput({ traceparent })) : Option.none(),
    { onNone: () => effect, onSome: (span) => Effect.withParentSpan(effect, span) }
  )
}

/** For a part of the SDK that is not used here. Its default is a JSON Schema compiler of its own for every session. */
const unusedValidator = {
  getValidator: () => () => ({ valid: false, data: undefined, errorMessage: "nothing is elicited" }) as const
}
