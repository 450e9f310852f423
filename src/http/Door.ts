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
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
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
import { ForeignOrigin, Unauthorized, UnknownHost } from "./Problems.ts"

/** All of it, outermost first. */
export const layer = (config: HttpConfig) =>
  Layer.mergeAll(
    observed,
    explained,
    chatted,
    config.allowedOrigins.length === 0 ? Layer.empty : cors(config),
    guarded(config),
    HttpRouter.middleware(Effect.provideService(HttpIncomingMessage.MaxBodySize, ByteSize.kibibytes(64)), {
      global: true
    })
  )

/** The id that the request is found by, which a body may still name. */
export const CurrentId = Context.Reference<{ id: string }>("effect-mcp-orchestrator/http/Door/CurrentId", {
  defaultValue: () => ({ id: "" })
})

/** Of its URL what a route is found by. */
export const pathOf = ({ url }: HttpServerRequest.HttpServerRequest): string => url.split("?", 1)[0] ?? url

/** A defect is answered with 500 and not a word of it; what it was is in the log. For the fibers of requests. */
export const reported = ErrorReporter.layer([
  ErrorReporter.make(({ cause, error, fiber }) => {
    if (!cause.reasons.some((reason) => Cause.isDieReason(reason) && !isAnswer(reason.defect))) return
    const log = LogEvent.error("http_request_failed", { error: { type: error.name, message: error.message } })
    Effect.runForkWith(fiber.context)(log)
  })
])

// -----------------------------------------------------------------------------
// internals

/** Asked by machines that have no token and know no name, every few seconds; they say nothing but yes or no. */
const open: ReadonlySet<string> = new Set(["/health/live", "/health/ready"])

/** Read by people who have yet to say who they are. */
const published: ReadonlySet<string> = new Set([...Console.paths, "/console/"])

/** One id and one line a request; the line is written when the answer has been sent, or could not be. */
const observed = HttpRouter.middleware(
  (httpEffect) =>
    Effect.gen(function* () {
      const request = yield* HttpServerRequest.HttpServerRequest
      const started = yield* Clock.currentTimeMillis
      return yield* RequestId.within(
        Effect.gen(function* () {
          const current = { id: (yield* RequestId.RequestId) ?? "" }
          let status = 0
          yield* HttpEffect.appendPreResponseHandler((_, response) => {
            status = response.status
            return Effect.succeed(HttpServerResponse.setHeader(response, "x-request-id", current.id))
          })
          yield* Effect.addFinalizer((exit) =>
            Effect.flatMap(Clock.currentTimeMillis, (ended) => {
              const log = open.has(pathOf(request)) || pathOf(request) === "/metrics" ? LogEvent.debug : LogEvent.info
              return log("http_request_completed", {
                method: request.method,
                path: pathOf(request).slice(0, longestPath),
                status,
                duration_ms: ended - started,
                ...(exit._tag === "Failure" && status < 400 ? { outcome: "interrupted" } : {})
              }).pipe(Effect.annotateLogs("request_id", current.id))
            })
          )
          return yield* Effect.provideService(httpEffect, CurrentId, current)
        }),
        request.headers["x-request-id"]
      )
    }),
  { global: true }
)

const longestPath = 200

/** What is thrown to be answered: a body that is too large, or does not fit its Schema. */
const isAnswer = (defect: unknown): boolean =>
  HttpServerRespondable.isRespondable(defect) ||
  HttpServerResponse.isHttpServerResponse(defect) ||
  HttpApiError.HttpApiSchemaError.is(defect)

/** Answers preflight requests, which bring no token, and lets the pages of `allowed_origins` read what they get. */
const cors = ({ allowedOrigins }: HttpConfig) =>
  HttpRouter.middleware(
    HttpMiddleware.cors({
      allowedOrigins: (origin: string | undefined) =>
        origin !== undefined && allowedOrigins.includes(origin.toLowerCase()),
      allowedMethods: ["GET", "HEAD", "POST"],
      allowedHeaders: ["authorization", "content-type", "traceparent", "tracestate", "x-request-id"],
      exposedHeaders: ["retry-after", "x-request-id"],
      maxAge: 600
    }),
    { global: true }
  )

/** Whatever has no words of its own (no such route, a body that is too large, a defect) gets a problem as its body. */
const explained = HttpRouter.middleware(
  (httpEffect) =>
    Effect.andThen(
      HttpEffect.appendPreResponseHandler((_, response) =>
        Effect.succeed(
          response.status >= 400 && isWordless(response)
            ? HttpServerResponse.setBody(
                response,
                HttpBody.jsonUnsafe(
                  { type: "about:blank", title: STATUS_CODES[response.status] ?? "Error", status: response.status },
                  ProblemDetails.contentType
                )
              )
            : response
        )
      ),
      httpEffect
    ),
  { global: true }
)

/** Chat pages read errors in OpenAI's form alone. */
const chatted = HttpRouter.middleware(
  (httpEffect) =>
    Effect.gen(function* () {
      const path = pathOf(yield* HttpServerRequest.HttpServerRequest)
      if (/^\/v1\/(?:chat|models)(?:\/|$)/.test(path)) {
        yield* HttpEffect.appendPreResponseHandler((_, response) => Effect.succeed(ChatError.ofProblem(response)))
      }
      return yield* httpEffect
    }),
  { global: true }
)

/** Effect answers an unknown content type in plain text. */
const isWordless = ({ body, status }: HttpServerResponse.HttpServerResponse): boolean =>
  body._tag === "Empty" || status === 415

/** Under which name, from whose page, with which token. */
const guarded = (config: HttpConfig) => {
  const isKnown = Hosts.known(config)
  const isOwner = tokenCheck(config)
  return HttpRouter.middleware(
    (httpEffect) =>
      Effect.gen(function* () {
        const request = yield* HttpServerRequest.HttpServerRequest
        if (hasTwoHosts(request)) return HttpServerResponse.empty({ status: 400 })
        if (open.has(request.url)) return yield* httpEffect
        const { authorization, host, origin } = request.headers
        if (!isKnown(host)) return yield* HttpServerRespondable.toResponse(new UnknownHost())
        if (origin !== undefined && !Hosts.mayAsk(config, origin, host)) {
          return yield* HttpServerRespondable.toResponse(new ForeignOrigin())
        }
        if (!isOwner(authorization) && !published.has(pathOf(request))) {
          return HttpServerResponse.setHeader(
            yield* HttpServerRespondable.toResponse(new Unauthorized()),
            "www-authenticate",
            'Bearer realm="mcp-orchestrator"'
          )
        }
        return yield* httpEffect
      }),
    { global: true }
  )
}

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
