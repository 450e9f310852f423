/** Failures in the form that clients of OpenAI's API read: `{ error: { message, type, param, code } }`. */
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import * as HttpBody from "effect/http/HttpBody"
import * as HttpServerResponse from "effect/http/HttpServerResponse"
import * as RetryAfter from "../../errors/RetryAfter.ts"
import { httpStatus, type OrchestratorError, OrchestratorErrorJson } from "../../OrchestratorError.ts"
import type { Busy, DeadlineExceeded, ShuttingDown } from "../Problems.ts"

/** The request itself is wrong: `param` says where. */
export class ChatRequestError extends Schema.TaggedError<ChatRequestError>()("ChatRequestError", {
  status: Schema.Literals([400, 404, 413, 415]),
  code: Schema.String,
  param: Schema.NullOr(Schema.String),
  message: Schema.String
}) {}

export type ChatFailure = OrchestratorError | ChatRequestError | Busy | DeadlineExceeded | ShuttingDown

/** What stands in the body, or in the last event of a stream; `tagged_error` is the orchestrator's, as everywhere. */
export interface ErrorBody {
  readonly error: {
    readonly message: string
    readonly type: string
    readonly param: string | null
    readonly code: string | null
    readonly tagged_error?: unknown
  }
}

export const body = (failure: ChatFailure): Effect.Effect<ErrorBody> => {
  const type = typeOf(statusOf(failure))
  switch (failure._tag) {
    case "ChatRequestError":
      return Effect.succeed({
        error: { message: failure.message, type, param: failure.param, code: failure.code }
      })
    case "Busy":
    case "DeadlineExceeded":
    case "ShuttingDown":
      return Effect.succeed({ error: { message: failure.title, type, param: null, code: failure._tag } })
    default:
      return Effect.map(Effect.orDie(encodeError(failure)), (tagged_error) => ({
        error: { message: failure.message, type, param: null, code: failure._tag, tagged_error }
      }))
  }
}

export const response = (failure: ChatFailure): Effect.Effect<HttpServerResponse.HttpServerResponse> =>
  Effect.map(body(failure), (json) =>
    HttpServerResponse.jsonUnsafe(json, { status: statusOf(failure), headers: RetryAfter.headersOf(failure) })
  )

/** The same of an answer that the door gave as a problem (no token, no such method): those clients read no problems. */
export const ofProblem = (response: HttpServerResponse.HttpServerResponse): HttpServerResponse.HttpServerResponse => {
  const { status } = response
  const told =
    response.body._tag === "Uint8Array" ? decodeProblem(new TextDecoder().decode(response.body.body)) : Option.none()
  if (status < 400 || Option.isNone(told)) return response
  const { detail, title, type } = told.value
  const code = type === "about:blank" ? null : type.replace(/^.*:/, "")
  const error: ErrorBody = { error: { message: detail ?? title, type: typeOf(status), param: null, code } }
  return HttpServerResponse.setBody(response, HttpBody.jsonUnsafe(error))
}

// -----------------------------------------------------------------------------
// internals

const encodeError = Schema.encodeEffect(OrchestratorErrorJson)

const decodeProblem = Schema.decodeUnknownOption(
  Schema.fromJsonString(
    Schema.Struct({ type: Schema.String, title: Schema.String, detail: Schema.optionalKey(Schema.String) })
  )
)

const statusOf = (failure: ChatFailure): number => ("status" in failure ? failure.status : httpStatus[failure._tag])

const typeOf = (status: number): string => {
  if (status === 401) return "authentication_error"
  return status < 500 ? "invalid_request_error" : "server_error"
}
