/**
 * Every failure the orchestrator can report: tagged errors that carry what a caller acts on (server, stage, reason,
 * attempts) and what a person reads (what happened, remedy). `reason` is one of a closed union of classes, for
 * `Effect.catchReason("McpConnectionError", "Unauthorized", …)`; the HTTP status is annotated on the class
 * (`httpApiStatus`) and the process's exit code is on the error (`Runtime.errorExitCode`).
 *
 * In JSON each is `{ _tag, …, reason: { _tag, … }, detail, remedy, message }`.
 *
 * Nothing secret may be put into these errors: URLs come in redacted, server words come in sanitised.
 */
import type * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Runtime from "effect/Runtime"
import * as Schema from "effect/Schema"
import { message } from "./errors/Message.ts"
import {
  AvailabilityReason,
  ExecutionReason,
  GenerationReason,
  OverloadReason,
  SqlProblemCategory
} from "./errors/QueryReason.ts"
import { retryAfterOf, ServerReason } from "./errors/ServerReason.ts"

export { SqlProblemCategory }

/** The HTTP status of each error, which its class is annotated with; 500 is left to defects. */
export const httpStatus = {
  ConfigError: 400,
  McpConnectionError: 503,
  NoMcpAvailableError: 503,
  OverloadedError: 503,
  ResourceFetchError: 502,
  EntityNotFoundError: 404,
  SqlGenerationError: 422,
  QueryExecutionError: 502
} as const

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

/** The fields that every failure of one server has. */
const serverFailure = {
  /** The server's id in the configuration. */
  server: Schema.String,
  stage: Stage,
  reason: ServerReason,
  /** Redacted: no user-info, secret query parameters masked. */
  url: Schema.String,
  /** How often it was tried, the first time included. */
  attempts: Schema.Int,
  /** What happened, in one sanitised line; includes the last thing the server said, if anything. */
  detail: Schema.String,
  /** What the operator can do about it. */
  remedy: Schema.String,
  message
}

const times = (attempts: number) => (attempts === 1 ? "1 attempt" : `${attempts} attempts`)

/** A server could not be connected: no session, nothing gathered. */
export class McpConnectionError extends Schema.TaggedError<McpConnectionError>()(
  "McpConnectionError",
  { operation: Schema.tag("connect"), ...serverFailure },
  {
    httpApiStatus: httpStatus.McpConnectionError,
    description: "A server could not be connected: no session, nothing gathered."
  }
) {
  override readonly [Runtime.errorExitCode] = 3
  override readonly message = `cannot connect to ${this.server} at ${this.url}: ${this.detail} (${this.stage}, ${this.reason._tag}, ${times(this.attempts)}). ${this.remedy}`

  /** Whether the same request may succeed a moment later. */
  get isRetryable(): boolean {
    return this.reason.isRetryable
  }

  /** What the server asked us to wait. */
  get retryAfter(): Duration.Duration | null {
    return retryAfterOf(this.reason)
  }
}

/** A connected server did not deliver its resources: nothing of the request is returned. */
export class ResourceFetchError extends Schema.TaggedError<ResourceFetchError>()(
  "ResourceFetchError",
  {
    operation: Schema.Literals(["list", "read", "introspect"]),
    ...serverFailure,
    /** The resource that was being read; `null` in any other operation. */
    uri: Schema.NullOr(Schema.String)
  },
  {
    httpApiStatus: httpStatus.ResourceFetchError,
    description:
      "A connected server did not deliver its resources, its tools or its schema: nothing of the request is returned."
  }
) {
  override readonly [Runtime.errorExitCode] = 4
  override readonly message = `cannot ${this.operation} ${this.#what} of ${this.server}: ${this.detail} (${this.stage}, ${this.reason._tag}, ${times(this.attempts)}). ${this.remedy}`

  /** Whether the same request may succeed a moment later. */
  get isRetryable(): boolean {
    return this.reason.isRetryable
  }

  /** What the server asked us to wait. */
  get retryAfter(): Duration.Duration | null {
    return retryAfterOf(this.reason)
  }

  get #what(): string {
    if (this.operation === "introspect") return "the database"
    // What `execute_query` needs of a server is found in its tools.
    if (this.stage === "call") return "the tools"
    return this.uri === null ? "the resources" : `resource ${this.uri}`
  }
}

/** No server is there for what was asked. */
export class NoMcpAvailableError extends Schema.TaggedError<NoMcpAvailableError>()(
  "NoMcpAvailableError",
  {
    operation: Schema.Literals(["connect", "query"]),
    reason: AvailabilityReason,
    detail: Schema.String,
    remedy: Schema.String,
    message
  },
  { httpApiStatus: httpStatus.NoMcpAvailableError, description: "No server is there for what was asked." }
) {
  override readonly [Runtime.errorExitCode] = 3
  override readonly message = `${this.detail}. ${this.remedy}`
}

/** More requests wait for a gather than may. Whoever asks again later, asks when some of them are through. */
export class OverloadedError extends Schema.TaggedError<OverloadedError>()(
  "OverloadedError",
  {
    operation: Schema.tag("gather"),
    reason: OverloadReason,
    detail: Schema.String,
    remedy: Schema.String,
    message
  },
  { httpApiStatus: httpStatus.OverloadedError, description: "More requests wait for a gather than may." }
) {
  override readonly [Runtime.errorExitCode] = 3
  override readonly message = `too many requests: ${this.detail}. ${this.remedy}`

  /** Whether the same request may succeed a moment later. */
  get isRetryable(): boolean {
    return this.reason.isRetryable
  }

  /** After which it is worth asking again. */
  get retryAfter(): Duration.Duration {
    return this.reason.retryAfter
  }
}

/** What a language model's server counted; `null` where it does not say. */
export const ModelUsage = Schema.Struct({
  promptTokens: Schema.NullOr(Schema.Int),
  completionTokens: Schema.NullOr(Schema.Int)
})
export type ModelUsage = typeof ModelUsage.Type

/** What stands between a statement and a server: the lexical wall, and the parser of the server's dialect. */
export const Wall = Schema.Literals(["lexical", "sqlite", "postgres", "mysql"])
export type Wall = typeof Wall.Type

/** One try at a statement: what it met, and the nearest valid names where a name was wrong. */
export class SqlAttempt extends Schema.Class<SqlAttempt>("SqlAttempt")({
  /** "" where the model's answer held no statement, or none that can be used. */
  sql: Schema.String,
  /**
   * `unusable` is an answer of a language model that was none: cut, empty, prose, several statements; `declined` one that
   * says the question cannot be answered.
   */
  outcome: Schema.Literals(["ok", "rejected", "failed", "unusable", "declined"]),
  category: Schema.NullOr(SqlProblemCategory),
  message: Schema.NullOr(Schema.String),
  nearest: Schema.Array(Schema.String),
  /** The walls that stood before the server when it was judged; what was sent has passed them all. Empty: not judged. */
  walls: Schema.Array(Wall).pipe(Schema.withConstructorDefault(Effect.succeed([]))),
  /** What this try cost; `null` where no model was asked. */
  usage: Schema.NullOr(ModelUsage).pipe(Schema.withConstructorDefault(Effect.succeed(null)))
}) {}

/** No SQL that may be run came out of the question. */
export class SqlGenerationError extends Schema.TaggedError<SqlGenerationError>()(
  "SqlGenerationError",
  {
    question: Schema.String,
    reason: GenerationReason,
    detail: Schema.String,
    /** What was understood of the question, in words. */
    understood: Schema.Array(Schema.String),
    attempts: Schema.Array(SqlAttempt),
    remedy: Schema.String,
    message
  },
  { httpApiStatus: httpStatus.SqlGenerationError, description: "No SQL that may be run came out of the question." }
) {
  override readonly [Runtime.errorExitCode] = 6
  override readonly message = `no SQL for "${this.question}": ${this.detail}.${this.understood.length === 0 ? "" : ` Understood: ${this.understood.join("; ")}.`} ${this.remedy}`

  /** Whether the same question may be answered a moment later. */
  get isRetryable(): boolean {
    return this.reason.isRetryable
  }

  /** What the model's server asked us to wait. */
  get retryAfter(): Duration.Duration | null {
    return this.reason._tag === "ModelFailed" ? this.reason.retryAfter : null
  }
}

/** The SQL passed the guard, was sent, and failed. */
export class QueryExecutionError extends Schema.TaggedError<QueryExecutionError>()(
  "QueryExecutionError",
  {
    server: Schema.String,
    operation: Schema.tag("execute_query"),
    reason: ExecutionReason,
    sql: Schema.String,
    attempts: Schema.Array(SqlAttempt),
    detail: Schema.String,
    remedy: Schema.String,
    message
  },
  { httpApiStatus: httpStatus.QueryExecutionError, description: "The SQL passed the guard, was sent, and failed." }
) {
  override readonly [Runtime.errorExitCode] = 7
  override readonly message = `${this.server} could not run the query: ${this.detail} (${this.reason.category}, ${times(this.attempts.length)}). ${this.remedy}`

  /** Whether the same statement may succeed a moment later. */
  get isRetryable(): boolean {
    return this.reason.isRetryable
  }

  /** What the server asked us to wait. */
  get retryAfter(): Duration.Duration | null {
    return this.reason._tag === "CallFailed" ? retryAfterOf(this.reason.reason) : null
  }
}

const orNull = <S extends Schema.Constraint>(schema: S) =>
  Schema.NullOr(schema).pipe(Schema.withConstructorDefault(Effect.succeed(null)))

/** One problem of the configuration file, its variables or its overrides. */
export class ConfigProblem extends Schema.Class<ConfigProblem>("ConfigProblem")({
  /** The path inside the document, dotted: `mcp_servers.database_mcp.priority`; "" for the file itself. */
  path: Schema.String,
  message: Schema.String,
  /** 1-based; `null` where the problem has no place in the file (an override, a missing file). */
  line: orNull(Schema.Int),
  column: orNull(Schema.Int),
  severity: Schema.Literals(["error", "warning"]).pipe(Schema.withConstructorDefault(Effect.succeed("error" as const))),
  /** What is there, in words; `null` where that says nothing, never a secret. */
  found: orNull(Schema.String),
  /** What may be there, in words. */
  expected: orNull(Schema.String),
  /** The right word, if one is near. */
  suggestion: orNull(Schema.String),
  /** The environment variable or option that the value came from. */
  variable: orNull(Schema.String),
  /** The line of the file and a line of carets under the place; secrets are dots. */
  excerpt: orNull(Schema.String)
}) {}

/** The configuration cannot be used. Carries all of its problems, not the first one. */
export class ConfigError extends Schema.TaggedError<ConfigError>()(
  "ConfigError",
  {
    /** The absolute path that was tried. */
    file: Schema.String,
    problems: Schema.Array(ConfigProblem),
    remedy: Schema.String,
    message
  },
  {
    httpApiStatus: httpStatus.ConfigError,
    description: "The configuration cannot be used; carries all of its problems."
  }
) {
  override readonly [Runtime.errorExitCode] = 2
  override readonly message = configMessage(this)
}

const configMessage = ({ file, problems, remedy }: Pick<ConfigError, "file" | "problems" | "remedy">): string => {
  const lines = problems.map((problem) => {
    const place = problem.line === null ? "" : `:${problem.line}:${problem.column ?? 1}`
    const path = problem.path === "" ? "" : ` ${problem.path}`
    return `  ${file}${place}${path}: ${problem.message}`
  })
  const count = lines.length === 1 ? "1 problem" : `${lines.length} problems`
  return `the configuration has ${count}:\n${lines.join("\n")}\n${remedy}`
}

/** A name was not found where finding it was the whole request. */
export class EntityNotFoundError extends Schema.TaggedError<EntityNotFoundError>()(
  "EntityNotFoundError",
  {
    name: Schema.String,
    /** `null` if all servers were asked. */
    resourceType: Schema.NullOr(Schema.String),
    /** The nearest names, best first. */
    suggestions: Schema.Array(Schema.String),
    /** True when several names were equally near, so that choosing one would be a guess. */
    ambiguous: Schema.Boolean,
    remedy: Schema.String,
    message
  },
  {
    httpApiStatus: httpStatus.EntityNotFoundError,
    description: "A name was not found where finding it was the whole request."
  }
) {
  override readonly [Runtime.errorExitCode] = 5
  override readonly message = `"${this.name}" ${this.resourceType === null ? "" : `(${this.resourceType}) `}${this.ambiguous ? "is ambiguous" : "was not found"}.${this.suggestions.length === 0 ? "" : ` Nearest: ${this.suggestions.join(", ")}.`} ${this.remedy}`
}

/** Every error of this library, one codec: `Schema.toCodecJson(OrchestratorError)`. */
export const OrchestratorError = Schema.Union([
  McpConnectionError,
  ResourceFetchError,
  NoMcpAvailableError,
  OverloadedError,
  SqlGenerationError,
  QueryExecutionError,
  ConfigError,
  EntityNotFoundError
])
export type OrchestratorError = typeof OrchestratorError.Type

/** To JSON and back; a decoded error is an instance of its class again. */
export const OrchestratorErrorJson = Schema.toCodecJson(OrchestratorError)
