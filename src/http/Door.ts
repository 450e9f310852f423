/**
 * What every request passes, whatever it asks for, also what no route knows: its id and its line in the log, Host and
 * Origin, the token, the size of its body. A new route is behind all of this without a line of its own.
 */
import * as NodeHttpServerRequest from "@effect/platform-node/NodeHttpServerRequest"
import * as ByteSize from "effect/ByteSize"
import * as Cause from "effect/Cause"
import * as Clock from "effect/Clock"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as ErrorReporter from "effect/ErrorReporter"
import type * as Exit from "effect/Exit"
import { flow } from "effect/Function"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import * as Scope from "effect/Scope"
import * as HttpBody from "effect/http/HttpBody"
import * as HttpEffect from "effect/http/HttpEffect"
import * as HttpIncomingMessage from "effect/http/HttpIncomingMessage"
import * as HttpMiddleware from "effect/http/HttpMiddleware"
import * as HttpRouter from "effect/http/HttpRouter"
import * as HttpServerRequest from "effect/http/HttpServerRequest"
import * as HttpServerRespondable from "effect/http/HttpServerRespondable"
import * as HttpServerResponse from "effect/http/HttpServerResponse"
import * as ProblemDetails from "effect/http/ProblemDetails"
import * as HttpApiError from "effect/http-api/HttpApiError"
import { createHash, timingSafeEqual } from "node:crypto"
import { STATUS_CODES } from "node:http"
import type { HttpConfig } from "../config/OrchestratorConfig.ts"
import * as LogEvent from "../telemetry/LogEvent.ts"
import * as RequestId from "../telemetry/RequestId.ts"
import * as ChatError from "./chat/ChatError.ts"
import * as Console from "./Console.ts"
import * as Hosts from "./Hosts.ts"
import { EncodedBody, ForeignOrigin, NotJson, TooLarge, Unauthorized, UnknownHost } from "./Problems.ts"

/** All of it, as one middleware. */
export const layer = (config: HttpConfig) => {
  const guard = guarded(config)
  const inner = config.allowedOrigins.length === 0 ? guard : flow(guard, cors(config))
  return HttpRouter.middleware((httpEffect) => observed(inner(httpEffect)), { global: true })
}

/** The id that the request is found by, which a body may still name. */
export const CurrentId = Context.Reference<{ id: string }>("effect-mcp-orchestrator/http/Door/CurrentId", {
  defaultValue: () => ({ id: "" })
})

/** Of its URL what a route is found by. */
export const pathOf = ({ url }: HttpServerRequest.HttpServerRequest): string => url.split("?", 1)[0] ?? url

/** What the fibers of requests run with: a bound on the body for routes that name none, and who is told of defects. */
export const fibers = Layer.suspend(() =>
  Layer.merge(Layer.succeed(HttpIncomingMessage.MaxBodySize, ByteSize.kibibytes(64)), reported)
)

// -----------------------------------------------------------------------------
// internals

/** A defect is answered with 500 and not a word of it; what it was is in the log. */
const reported = ErrorReporter.layer([
  ErrorReporter.make(({ cause, error, fiber }) => {
    if (!cause.reasons.some((reason) => Cause.isDieReason(reason) && !isAnswer(reason.defect))) return
    const log = LogEvent.error("http_request_failed", { error: { type: error.name, message: error.message } })
    Effect.runForkWith(fiber.context)(log)
  })
])

type Answering<E, R> = Effect.Effect<HttpServerResponse.HttpServerResponse, E, R>

/** Asked by machines that have no token and know no name, every few seconds; they say nothing but yes or no. */
const open: ReadonlySet<string> = new Set(["/health/live", "/health/ready"])

/** Read by people who have yet to say who they are. */
const published: ReadonlySet<string> = new Set(["/", ...Console.paths, "/console/"])

/**
 * One id and one line a request; the line is written when the answer has been sent, or could not be. What a request needs is
 * put into its context at once, without a generator or a step of its own for each: this stands before everything.
 */
const observed = <E, R>(httpEffect: Answering<E, R>) =>
  Effect.contextWith((outer: Context.Context<R | Scope.Scope | HttpServerRequest.HttpServerRequest>) => {
    const request = Context.get(outer, HttpServerRequest.HttpServerRequest)
    const clock = Context.get(outer, Clock.Clock)
    const started = clock.currentTimeMillisUnsafe()
    const path = pathOf(request)
    const context = RequestId.into(outer, request.headers["x-request-id"])
    const given = Context.get(context, RequestId.RequestId) ?? ""
    const current = { id: given }
    // For what is given back when the request is over. Its own scope has one finalizer: a second one costs a twelfth of a request.
    const inner = Scope.makeUnsafe()
    let status = 0
    HttpEffect.appendPreResponseHandlerUnsafe(context, (_, response) => {
      status = response.status
      return Effect.as(together, HttpServerResponse.setHeader(worded(path, response), "x-request-id", current.id))
    })
    const completed = (exit: Exit.Exit<unknown, unknown>) => {
      const log = open.has(path) || path === "/metrics" ? LogEvent.debug : LogEvent.info
      const line = log("http_request_completed", {
        method: request.method,
        path: path.slice(0, longestPath),
        status,
        duration_ms: clock.currentTimeMillisUnsafe() - started,
        ...(exit._tag === "Failure" && status < 400 ? { outcome: "interrupted" } : {})
      })
      const logged = inside(line, current.id === given ? context : RequestId.into(outer, current.id))
      return Effect.ensuring(Scope.close(inner, exit), logged)
    }
    return Effect.andThen(
      Scope.addFinalizerExit(Context.get(outer, Scope.Scope), completed),
      inside(httpEffect, context.pipe(Context.add(CurrentId, current), Context.add(Scope.Scope, inner)))
    )
  })

/**
 * What came in together is answered together: each answer is written when the others are ready, too. Written one by one, every
 * answer would wake the process that waits for it, which is paid for here (over loopback a seventh of what a request
 * costs); woken once, it finds them all. A request that came alone waits for nothing.
 */
const together = Effect.yieldNow

/** In that context alone: to merge it with the fiber's, as `provideContext` does, would copy both. */
const inside = <A, E, R>(effect: Effect.Effect<A, E, R>, context: Context.Context<R>): Effect.Effect<A, E> =>
  Effect.updateContext<A, E, R, never>(effect, () => context)

const longestPath = 200

/** What is thrown to be answered: a body that is too large, or does not fit its Schema. */
const isAnswer = (defect: unknown): boolean =>
  HttpServerRespondable.isRespondable(defect) ||
  HttpServerResponse.isHttpServerResponse(defect) ||
  HttpApiError.HttpApiSchemaError.is(defect)

/** Answers preflight requests, which bring no token, and lets the pages of `allowed_origins` read what they get. */
const cors = ({ allowedOrigins }: HttpConfig) =>
  HttpMiddleware.cors({
    allowedOrigins: (origin: string | undefined) =>
      origin !== undefined && allowedOrigins.includes(origin.toLowerCase()),
    allowedMethods: ["GET", "HEAD", "POST"],
    allowedHeaders: ["authorization", "content-type", "traceparent", "tracestate", "x-request-id"],
    exposedHeaders: ["retry-after", "x-request-id"],
    maxAge: 600
  })

/**
 * Whatever has no words of its own (no such route, a body that is too large, a defect) gets a problem as its body; chat pages
 * read errors in OpenAI's form alone.
 */
const worded = (
  path: string,
  response: HttpServerResponse.HttpServerResponse
): HttpServerResponse.HttpServerResponse => {
  if (response.status < 400) return response
  const problem = isWordless(response)
    ? HttpServerResponse.setBody(response, HttpBody.jsonUnsafe(problemOf(response), ProblemDetails.contentType))
    : response
  return /^\/v1\/(?:chat|models)(?:\/|$)/.test(path) ? ChatError.ofProblem(problem) : problem
}

const problemOf = ({ headers, status }: HttpServerResponse.HttpServerResponse) => {
  const declared = bodyProblems.get(status)
  if (declared !== undefined) return { type: declared.type, title: declared.title, status }
  const problem = { type: "about:blank", title: STATUS_CODES[status] ?? "Error", status }
  if (status === 404) return { ...problem, detail: "GET /docs lists what there is." }
  if (status === 405) return { ...problem, detail: `It is asked with ${headers["allow"]}.` }
  return problem
}

const bodyProblems: ReadonlyMap<number, TooLarge | NotJson> = new Map(
  [new TooLarge(), new NotJson()].map((problem) => [problem.status, problem])
)

/** Effect answers an unknown content type in plain text. */
const isWordless = ({ body, status }: HttpServerResponse.HttpServerResponse): boolean =>
  body._tag === "Empty" || (status === 415 && body.contentType !== ProblemDetails.contentType)

/** Under which name, from whose page, with which token. */
const guarded = (config: HttpConfig) => {
  const isKnown = Hosts.known(config)
  const isOwner = tokenCheck(config)
  return <E, R>(httpEffect: Answering<E, R>) =>
    Effect.flatMap(HttpServerRequest.HttpServerRequest, (request) => {
      if (hasTwoHosts(request)) return Effect.succeed(HttpServerResponse.empty({ status: 400 }))
      if (open.has(request.url)) return httpEffect
      const { authorization, host, origin } = request.headers
      if (!isKnown(host)) return HttpServerRespondable.toResponse(new UnknownHost())
      if (origin !== undefined && !Hosts.mayAsk(config, origin, host)) {
        return HttpServerRespondable.toResponse(new ForeignOrigin())
      }
      if (isOwner(authorization) || published.has(pathOf(request))) {
        return isEncoded(request) ? HttpServerRespondable.toResponse(new EncodedBody()) : httpEffect
      }
      return Effect.map(HttpServerRespondable.toResponse(new Unauthorized()), (response) =>
        HttpServerResponse.setHeader(response, "www-authenticate", 'Bearer realm="mcp-orchestrator"')
      )
    })
}

/** Nothing here unpacks what it reads: a small body could become a large one. */
const isEncoded = ({ headers }: HttpServerRequest.HttpServerRequest): boolean =>
  !/^(?:identity)?$/i.test(headers["content-encoding"] ?? "")

/** Node reads the first, a proxy in front may have judged the last (RFC 9112, 3.2: 400). */
const hasTwoHosts = (request: HttpServerRequest.HttpServerRequest): boolean => {
  const { rawHeaders } = NodeHttpServerRequest.toIncomingMessage(request)
  return rawHeaders.filter((name, at) => at % 2 === 0 && name.toLowerCase() === "host").length > 1
}

const digest = (text: string): Buffer => createHash("sha256").update(text).digest()

/** Digests are of one length, so that the time says nothing, not even about the token's. */
const tokenCheck = ({ token }: HttpConfig): ((authorization: string | undefined) => boolean) => {
  if (token === null) return () => true
  const known = digest(Redacted.value(token))
  return (authorization = "") => timingSafeEqual(digest(/^bearer +(\S+)$/i.exec(authorization)?.[1] ?? ""), known)
}
