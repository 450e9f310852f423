/** Why a question has no answer although its servers can be talked to: no server for it, no SQL, or SQL that failed. */
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { Milliseconds, ServerReason } from "./ServerReason.ts"

/** What was wrong with one SQL statement, as far as it helps to write a better one. */
export const SqlProblemCategory = Schema.Literals([
  "syntax",
  "not_read_only",
  "multiple_statements",
  "forbidden_function",
  "unknown_table",
  "unknown_column",
  "unknown_value", // none of those that the column is published to hold
  "missing_table", // one that the question names, and the statement does not read
  "missing_name", // a name that the question holds, and the statement does not
  "ambiguous_column",
  "type",
  "aggregation",
  "permission",
  "timeout",
  "other"
])
export type SqlProblemCategory = typeof SqlProblemCategory.Type

// NoMcpAvailableError

export class NoneEnabled extends Schema.TaggedError<NoneEnabled>("QueryReason.NoneEnabled")("NoneEnabled", {}) {
  override readonly message = "the configuration enables no server"
  readonly isRetryable = false
  readonly remedy = "Set enabled: true on at least one of mcp_servers."
}

export class NotCapable extends Schema.TaggedError<NotCapable>("QueryReason.NotCapable")("NotCapable", {
  /** What a server must declare and offer. */
  capability: Schema.String
}) {
  override readonly message = "no server declares and offers the capability"
  readonly isRetryable = false
  readonly remedy =
    "Name the tool that takes SQL in the configuration of the server. If it has none, as another orchestrator has not, take execute_query out of its capabilities and name the database's own server."
}

export const AvailabilityReason = Schema.Union([NoneEnabled, NotCapable])

// OverloadedError

export class TooManyWaiting extends Schema.TaggedError<TooManyWaiting>("QueryReason.TooManyWaiting")("TooManyWaiting", {
  /** How many may wait: `orchestration.max_waiting`. */
  limit: Schema.Int,
  /** About as long as a gather takes. */
  retryAfter: Milliseconds
}) {
  override readonly message = "as many requests wait for a gather as may"
  readonly isRetryable = true
  readonly remedy =
    "Ask again later, or raise orchestration.max_gathers or max_waiting; with orchestration.share_gathers all who wait share one gather."
}

/** One so far; a union for whoever matches on it. */
export const OverloadReason = Schema.Union([TooManyWaiting])

// SqlGenerationError

const inOtherWords = "Ask in other words, naming the tables' own terms."

export class NotUnderstood extends Schema.TaggedError<NotUnderstood>("QueryReason.NotUnderstood")("NotUnderstood", {
  /** What could be meant, where it is several things. */
  candidates: Schema.Array(Schema.String).pipe(Schema.withConstructorDefault(Effect.succeed([])))
}) {
  override readonly message = "beyond the generator, or ambiguous"
  readonly isRetryable = false
  readonly remedy = inOtherWords
}

export class NoSchema extends Schema.TaggedError<NoSchema>("QueryReason.NoSchema")("NoSchema", {}) {
  override readonly message = "no gathered resource describes a database"
  readonly isRetryable = false
  readonly remedy =
    "Let a server publish its schema as JSON ({ tables: { orders: { columns: [{ name, type }] } } }, or one resource a table) or as CREATE TABLE text, or let the database be asked (introspection: always); docs/servers.md shows every shape."
}

export class Rejected extends Schema.TaggedError<Rejected>("QueryReason.Rejected")("Rejected", {}) {
  override readonly message = "the guard refused every attempt"
  readonly isRetryable = false
  readonly remedy = inOtherWords
}

export class NoParser extends Schema.TaggedError<NoParser>("QueryReason.NoParser")("NoParser", {
  /** The package on npm that the parser of the server's dialect comes in. */
  packageName: Schema.String
}) {
  override readonly message = "the parser that checks SQL of this dialect cannot be loaded"
  readonly isRetryable = false
  readonly remedy = `Install it beside this program: npm install ${this.packageName}.`
}

export class ModelFailed extends Schema.TaggedError<ModelFailed>("QueryReason.ModelFailed")("ModelFailed", {
  /** A rate limit, a server in trouble, an answer of another form: asking again may help. */
  isRetryable: Schema.Boolean,
  /** What the model's server asked us to wait. */
  retryAfter: Schema.NullOr(Milliseconds).pipe(Schema.withConstructorDefault(Effect.succeed(null)))
}) {
  override readonly message = "the language model could not be asked, or answered nothing usable"
  readonly remedy = "Check LLM_BASE_URL, LLM_MODEL and LLM_API_KEY, and that the model's server runs."
}

export class QuestionTooLarge extends Schema.TaggedError<QuestionTooLarge>("QueryReason.TooLarge")("TooLarge", {
  limit: Schema.Int,
  unit: Schema.Literals(["characters", "tokens"])
}) {
  override readonly message = "the question or the prompt is over its limit"
  readonly isRetryable = false
  readonly remedy = "Ask it in fewer words, or raise orchestration.query.prompt_tokens."
}

export const GenerationReason = Schema.Union([
  NotUnderstood,
  NoSchema,
  Rejected,
  NoParser,
  ModelFailed,
  QuestionTooLarge
])
export type GenerationReason = typeof GenerationReason.Type

// QueryExecutionError

const databasesLog = "Look into the server's log."

export class PermissionDenied extends Schema.TaggedError<PermissionDenied>("QueryReason.PermissionDenied")(
  "PermissionDenied",
  {}
) {
  override readonly message = "the server or its database role may not read it"
  readonly isRetryable = false
  readonly remedy = "Give the server's database role the right to read these tables."
  readonly category = "permission"
}

export class StatementTimedOut extends Schema.TaggedError<StatementTimedOut>("QueryReason.TimedOut")("TimedOut", {}) {
  override readonly message = "the statement takes longer than query.timeout, or than the database allows"
  readonly isRetryable = false
  readonly remedy = "Ask for less, or raise orchestration.query.timeout."
  readonly category = "timeout"
}

/** The only one that another statement may cure. */
export class StatementFailed extends Schema.TaggedError<StatementFailed>("QueryReason.StatementFailed")(
  "StatementFailed",
  { category: SqlProblemCategory }
) {
  override readonly message = "the database judged the statement, and refuses it"
  readonly isRetryable = false
  readonly remedy = "Ask in other words, or look into the server's log."
}

export class UnreadableReply extends Schema.TaggedError<UnreadableReply>("QueryReason.UnreadableReply")(
  "UnreadableReply",
  {}
) {
  override readonly message = "the tool's reply holds no rows that are understood"
  readonly isRetryable = false
  readonly remedy = databasesLog
  readonly category = "other"
}

export class CallFailed extends Schema.TaggedError<CallFailed>("QueryReason.CallFailed")("CallFailed", {
  /** What became of the call itself. */
  reason: ServerReason
}) {
  override readonly message = "the server was reached, and the call of its tool failed"
  readonly isRetryable = this.reason.isRetryable
  readonly remedy = databasesLog
  readonly category = "other"
}

export const ExecutionReason = Schema.Union([
  PermissionDenied,
  StatementTimedOut,
  StatementFailed,
  UnreadableReply,
  CallFailed
])
export type ExecutionReason = typeof ExecutionReason.Type
