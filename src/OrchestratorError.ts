/**
 * Every failure the orchestrator can report: tagged errors that carry what a caller acts on
 * (server, stage, reason, attempts) and what a person reads (cause, remedy).
 *
 * Nothing secret may be put into these errors: URLs come in redacted, server words come in sanitised.
 */
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"

/** Where in the life of a connection or a request a failure happened. */
export const Stage = Schema.Literals([
  "dns",
  "connect",
  "tls",
  "http",
  "endpoint",
  "initialize",
  "list",
  "read",
  "call",
  "decode",
  "limit"
])
export type Stage = typeof Stage.Type

/** Why talking to a server failed. `connection/RetryPolicy` says which of these are tried again. */
export const ServerFailureReason = Schema.Literals([
  "HostNotFound", // DNS knows no such host
  "Refused", // nothing listens there
  "Reset", // the connection broke before an answer
  "TimedOut", // a deadline passed
  "Tls", // certificate or handshake
  "Unauthorized", // 401
  "Forbidden", // 403
  "RateLimited", // 429
  "Unavailable", // 408 and 5xx
  "Rejected", // any other HTTP status
  "Redirected", // to another origin, or too often
  "ForeignEndpoint", // the SSE endpoint event names another origin
  "Protocol", // not SSE, not JSON-RPC, or an unsupported protocol version
  "InvalidReply", // well-formed, but not what the MCP specification says
  "WrongResource", // the reply is for another URI than the one asked
  "ServerError", // the server answered with a JSON-RPC error
  "ConnectionLost", // the session ended while the request was open
  "TooLarge", // a byte limit
  "TooMany", // a page, resource or cursor limit
  "Unsupported" // a capability or tool the server does not offer
])
export type ServerFailureReason = typeof ServerFailureReason.Type

/** The fields that every failure of one server has. */
const serverFailure = {
  /** The server's id in the configuration. */
  server: Schema.String,
  stage: Stage,
  reason: ServerFailureReason,
  /** Redacted: no user-info, secret query parameters masked. */
  url: Schema.String,
  /** How often it was tried, the first time included. */
  attempts: Schema.Int,
  /** What happened, in one sanitised line; includes the last thing the server said, if anything. */
  detail: Schema.String,
  /** What the operator can do about it. */
  remedy: Schema.String
}

const times = (attempts: number) => (attempts === 1 ? "1 attempt" : `${attempts} attempts`)

/** A server could not be connected: no session, nothing gathered. */
export class McpConnectionError extends Schema.TaggedError<McpConnectionError>()("McpConnectionError", {
  operation: Schema.Literals(["connect"]),
  ...serverFailure
}) {
  override get message() {
    return `cannot connect to ${this.server} at ${this.url}: ${this.detail} (${this.stage}, ${this.reason}, ${times(this.attempts)}). ${this.remedy}`
  }
}

/** A connected server did not deliver its resources: nothing of the request is returned. */
export class ResourceFetchError extends Schema.TaggedError<ResourceFetchError>()("ResourceFetchError", {
  operation: Schema.Literals(["list", "read", "introspect"]),
  ...serverFailure,
  /** The resource that was being read; `null` in any other operation. */
  uri: Schema.NullOr(Schema.String)
}) {
  override get message() {
    // What `execute_query` needs of a server is found in its tools.
    const what =
      this.operation === "introspect"
        ? "the database"
        : this.stage === "call"
          ? "the tools"
          : this.uri === null
            ? "the resources"
            : `resource ${this.uri}`
    return `cannot ${this.operation} ${what} of ${this.server}: ${this.detail} (${this.stage}, ${this.reason}, ${times(this.attempts)}). ${this.remedy}`
  }
}

/** No server is there for what was asked. */
export class NoMcpAvailableError extends Schema.TaggedError<NoMcpAvailableError>()("NoMcpAvailableError", {
  operation: Schema.Literals(["connect", "query"]),
  reason: Schema.Literals(["NoneEnabled", "NotCapable"]),
  detail: Schema.String,
  remedy: Schema.String
}) {
  override get message() {
    return `${this.detail}. ${this.remedy}`
  }
}

/** What was wrong with one SQL statement, as far as it helps to write a better one. */
export const SqlProblemCategory = Schema.Literals([
  "syntax",
  "not_read_only",
  "multiple_statements",
  "forbidden_function",
  "unknown_table",
  "unknown_column",
  "unknown_value", // none of those that the column is published to hold
  "missing_name", // a name that the question holds, and the statement does not
  "ambiguous_column",
  "type",
  "aggregation",
  "permission",
  "timeout",
  "other"
])
export type SqlProblemCategory = typeof SqlProblemCategory.Type

/** What a language model's server counted; `null` where it does not say. */
export const ModelUsage = Schema.Struct({
  promptTokens: Schema.NullOr(Schema.Int),
  completionTokens: Schema.NullOr(Schema.Int)
})
export type ModelUsage = typeof ModelUsage.Type

/** One try at a statement: which wall it met, and the nearest valid names where a name was wrong. */
export class SqlAttempt extends Schema.Class<SqlAttempt>("SqlAttempt")({
  /** "" where the model's answer held no statement that can be used. */
  sql: Schema.String,
  /** `unusable` is an answer of a language model that was none: cut, empty, prose, several statements. */
  outcome: Schema.Literals(["ok", "rejected", "failed", "unusable"]),
  category: Schema.NullOr(SqlProblemCategory),
  message: Schema.NullOr(Schema.String),
  nearest: Schema.Array(Schema.String),
  /** What this try cost; `null` where no model was asked. */
  usage: Schema.NullOr(ModelUsage).pipe(Schema.withConstructorDefault(Effect.succeed(null)))
}) {}

/** No SQL that may be run came out of the question. */
export class SqlGenerationError extends Schema.TaggedError<SqlGenerationError>()("SqlGenerationError", {
  question: Schema.String,
  reason: Schema.Literals([
    "NotUnderstood", // beyond the generator
    "NoSchema", // no gathered resource describes a database
    "Rejected", // every attempt was refused by the guard
    "ModelFailed", // the language model could not be asked, or answered nothing usable
    "TooLarge" // the prompt does not fit its budget
  ]),
  detail: Schema.String,
  /** What was understood of the question, in words. */
  understood: Schema.Array(Schema.String),
  attempts: Schema.Array(SqlAttempt),
  remedy: Schema.String
}) {
  override get message() {
    const understood = this.understood.length === 0 ? "" : ` Understood: ${this.understood.join("; ")}.`
    return `no SQL for "${this.question}": ${this.detail}.${understood} ${this.remedy}`
  }
}

/** The SQL passed the guard, was sent, and failed. */
export class QueryExecutionError extends Schema.TaggedError<QueryExecutionError>()("QueryExecutionError", {
  server: Schema.String,
  operation: Schema.Literals(["execute_query"]),
  reason: SqlProblemCategory,
  sql: Schema.String,
  attempts: Schema.Array(SqlAttempt),
  detail: Schema.String,
  remedy: Schema.String
}) {
  override get message() {
    return `${this.server} could not run the query: ${this.detail} (${this.reason}, ${times(this.attempts.length)}). ${this.remedy}`
  }
}

const orNull = Schema.NullOr(Schema.String).pipe(Schema.withConstructorDefault(Effect.succeed(null)))

/** One problem of the configuration file, its variables or its overrides. */
export class ConfigProblem extends Schema.Class<ConfigProblem>("ConfigProblem")({
  /** The path inside the document, dotted: `mcp_servers.database_mcp.priority`; "" for the file itself. */
  path: Schema.String,
  message: Schema.String,
  /** 1-based; `null` where the problem has no place in the file (an override, a missing file). */
  line: Schema.NullOr(Schema.Int),
  column: Schema.NullOr(Schema.Int),
  severity: Schema.Literals(["error", "warning"]),
  /** What is there, in words; `null` where that says nothing, never a secret. */
  found: orNull,
  /** What may be there, in words. */
  expected: orNull,
  /** The right word, if one is near. */
  suggestion: orNull,
  /** The environment variable or option that the value came from. */
  variable: orNull,
  /** The line of the file and a line of carets under the place; secrets are dots. */
  excerpt: orNull
}) {}

/** The configuration cannot be used. Carries all of its problems, not the first one. */
export class ConfigError extends Schema.TaggedError<ConfigError>()("ConfigError", {
  /** The absolute path that was tried. */
  file: Schema.String,
  problems: Schema.Array(ConfigProblem),
  remedy: Schema.String
}) {
  override get message() {
    const lines = this.problems.map((problem) => {
      const place = problem.line === null ? "" : `:${problem.line}:${problem.column ?? 1}`
      const path = problem.path === "" ? "" : ` ${problem.path}`
      return `  ${this.file}${place}${path}: ${problem.message}`
    })
    const count = lines.length === 1 ? "1 problem" : `${lines.length} problems`
    return `the configuration has ${count}:\n${lines.join("\n")}\n${this.remedy}`
  }
}

/** A name was not found where finding it was the whole request (the `resolve` command, `GET /resolve`). */
export class EntityNotFoundError extends Schema.TaggedError<EntityNotFoundError>()("EntityNotFoundError", {
  name: Schema.String,
  resourceType: Schema.String,
  /** The nearest names, best first. */
  suggestions: Schema.Array(Schema.String),
  /** True when several names were equally near, so that choosing one would be a guess. */
  ambiguous: Schema.Boolean,
  remedy: Schema.String
}) {
  override get message() {
    const what = this.ambiguous ? "is ambiguous" : "was not found"
    const nearest = this.suggestions.length === 0 ? "" : ` Nearest: ${this.suggestions.join(", ")}.`
    return `"${this.name}" (${this.resourceType}) ${what}.${nearest} ${this.remedy}`
  }
}

/** Every error of this library, one codec: `Schema.toCodecJson(OrchestratorError)`. */
export const OrchestratorError = Schema.Union([
  McpConnectionError,
  ResourceFetchError,
  NoMcpAvailableError,
  SqlGenerationError,
  QueryExecutionError,
  ConfigError,
  EntityNotFoundError
])
export type OrchestratorError = typeof OrchestratorError.Type

/** To JSON and back; a decoded error is an instance of its class again. */
export const OrchestratorErrorJson = Schema.toCodecJson(OrchestratorError)

/** The process's exit code for each error (DESIGN §7); 1 is left to defects. */
export const exitCode: { readonly [tag in OrchestratorError["_tag"]]: number } = {
  ConfigError: 2,
  McpConnectionError: 3,
  NoMcpAvailableError: 3,
  ResourceFetchError: 4,
  EntityNotFoundError: 5,
  SqlGenerationError: 6,
  QueryExecutionError: 7
}

/** The HTTP status for each error (DESIGN §7). */
export const httpStatus: { readonly [tag in OrchestratorError["_tag"]]: number } = {
  ConfigError: 400,
  McpConnectionError: 503,
  NoMcpAvailableError: 503,
  ResourceFetchError: 502,
  EntityNotFoundError: 404,
  SqlGenerationError: 422,
  QueryExecutionError: 502
}
