/**
 * Failures over HTTP: problem details (RFC 9457). A tagged error of the orchestrator stands inside as `error`; what the
 * door itself refuses has a type of its own. Definitions only: whoever calls the API imports them too.
 */
import * as Duration from "effect/Duration"
import * as Schema from "effect/Schema"
import * as SchemaTransformation from "effect/SchemaTransformation"
import * as ProblemDetails from "effect/http/ProblemDetails"
import * as HttpApiError from "effect/http-api/HttpApiError"
import * as HttpApiSchema from "effect/http-api/HttpApiSchema"
import {
  EntityNotFoundError,
  httpStatus,
  McpConnectionError,
  NoMcpAvailableError,
  OverloadedError,
  QueryExecutionError,
  ResourceFetchError,
  SqlGenerationError
} from "../OrchestratorError.ts"

/** Stable names of the kinds of problems; nothing stands at these URIs. */
const typeOf = (name: string) => `urn:mcp-orchestrator:${name}`

/**
 * `{ type, title, status, detail, error }`: `detail` is the message, `error` the tagged error with its reason and remedy.
 * A client that decodes it has an instance of the error's class again.
 */
const problem = <E extends { readonly message: string }>(
  error: Schema.Codec<E, unknown>,
  tag: keyof typeof httpStatus,
  title: string
) => {
  const status = httpStatus[tag]
  return Schema.Struct({
    type: Schema.Literal(typeOf(tag)),
    title: Schema.Literal(title),
    status: Schema.Literal(status),
    detail: Schema.String,
    error
  })
    .annotate({ identifier: `${tag}Problem` })
    .pipe(
      Schema.decodeTo(
        Schema.toType(error),
        SchemaTransformation.transform({
          decode: (body) => body.error,
          encode: (error) => ({ type: typeOf(tag), title, status, detail: error.message, error })
        })
      ),
      HttpApiSchema.asJson({ contentType: ProblemDetails.contentType }),
      HttpApiSchema.status(status)
    )
}

const connection = problem(McpConnectionError, "McpConnectionError", "A server could not be connected")
const fetching = problem(ResourceFetchError, "ResourceFetchError", "A server did not deliver its resources")

/** How a gather fails. */
export const gather = [
  connection,
  fetching,
  problem(OverloadedError, "OverloadedError", "More requests wait for a gather than may")
] as const

/** How a resolution fails. */
export const resolve = [
  ...gather,
  problem(EntityNotFoundError, "EntityNotFoundError", "No entity has that name")
] as const

/** How a question fails. */
export const query = [
  ...gather,
  problem(NoMcpAvailableError, "NoMcpAvailableError", "No server is there for it"),
  problem(SqlGenerationError, "SqlGenerationError", "No SQL came out of the question"),
  problem(QueryExecutionError, "QueryExecutionError", "The SQL failed")
] as const

// What the door refuses, before the orchestrator hears of it.

export class Unauthorized extends HttpApiError.Problem<Unauthorized>()("Unauthorized", {
  type: typeOf("Unauthorized"),
  status: 401,
  title: "A bearer token is needed, that of server.token: authorization: Bearer …"
}) {}

export class ForeignOrigin extends HttpApiError.Problem<ForeignOrigin>()("ForeignOrigin", {
  type: typeOf("ForeignOrigin"),
  status: 403,
  title: "Pages of this origin may not ask: server.allowed_origins names those that may"
}) {}

export class UnknownHost extends HttpApiError.Problem<UnknownHost>()("UnknownHost", {
  type: typeOf("UnknownHost"),
  status: 421,
  title: "This server is not reached under that name: server.allowed_hosts has the names that it answers to"
}) {}

export class NotAcceptable extends HttpApiError.Problem<NotAcceptable>()(
  "NotAcceptable",
  { type: typeOf("NotAcceptable"), status: 406, title: "The answer cannot be had in that form" },
  { offered: Schema.Array(Schema.String) }
) {}

export class NotResumable extends HttpApiError.Problem<NotResumable>()("NotResumable", {
  type: typeOf("NotResumable"),
  status: 400,
  title: "A stream of events cannot be resumed: ask again, without Last-Event-ID"
}) {}

export class Busy extends HttpApiError.Problem<Busy>()("Busy", {
  type: typeOf("Busy"),
  status: 503,
  title: "As many requests are running as may (server.max_requests): ask again later"
}) {
  /** After which a place may be free. */
  get retryAfter(): Duration.Duration {
    return Duration.seconds(1)
  }
}

export class ShuttingDown extends HttpApiError.Problem<ShuttingDown>()("ShuttingDown", {
  type: typeOf("ShuttingDown"),
  status: 503,
  title: "The server is shutting down"
}) {}

export class DeadlineExceeded extends HttpApiError.Problem<DeadlineExceeded>()("DeadlineExceeded", {
  type: typeOf("DeadlineExceeded"),
  status: 504,
  title: "The request took longer than it may (server.request_timeout): GET /v1/servers says which server is slow"
}) {}

export class TooLarge extends HttpApiError.Problem<TooLarge>()("TooLarge", {
  type: typeOf("TooLarge"),
  status: 413,
  title: "The body is larger than 64 KiB"
}) {}

export class NotJson extends HttpApiError.Problem<NotJson>()("NotJson", {
  type: typeOf("NotJson"),
  status: 415,
  title: "The body is not announced as JSON: content-type: application/json"
}) {}

export class EncodedBody extends HttpApiError.Problem<EncodedBody>()("EncodedBody", {
  type: typeOf("EncodedBody"),
  status: 415,
  title: "Encoded bodies are not read: send it as it is, without content-encoding"
}) {}

/** What an endpoint that reads a body can answer with. */
export const body = [TooLarge, NotJson, EncodedBody] as const

/** What every endpoint of the API can answer with. */
export const door = [
  Unauthorized,
  ForeignOrigin,
  UnknownHost,
  NotAcceptable,
  NotResumable,
  Busy,
  ShuttingDown,
  DeadlineExceeded
] as const
