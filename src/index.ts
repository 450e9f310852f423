/**
 * effect-mcp-orchestrator: every resource of every MCP server or one typed error, names resolved by priority, questions
 * answered with SQL that only reads.
 *
 * Services and errors are classes by their own names, what belongs together otherwise is a namespace, and every type that
 * stands in a signature is exported by its name, so that an app can write it down.
 */
import "./NodeCheck.ts"

// -----------------------------------------------------------------------------
// Services
// -----------------------------------------------------------------------------

/** Gather, resolve, query, health, validate; `Orchestrator.layerNode` is where most apps start. */
export { Orchestrator } from "./Orchestrator.ts"

/** Where the configuration comes from: a value, a file, or a file that is watched. */
export { ConfigSource } from "./config/ConfigSource.ts"

/** How sessions are opened: SSE, or a Layer of your own. */
export { Sessions } from "./connection/Sessions.ts"

/** Writing SQL for a question: one of the three below, or a Layer of your own. */
export { SqlGenerator } from "./sql/SqlGenerator.ts"

/** The language model that `LLM_MODEL` names, else the rules. */
export * as ConfiguredGenerator from "./sql/ConfiguredGenerator.ts"

/** Any `LanguageModel` of `effect/ai`. */
export * as LanguageModelGenerator from "./sql/LanguageModelGenerator.ts"

/** Rules: no model, no key. */
export * as RuleBased from "./sql/RuleBased.ts"

// -----------------------------------------------------------------------------
// Errors
// -----------------------------------------------------------------------------

/** Every error with its exit code, HTTP status and JSON codec. */
export * as OrchestratorError from "./OrchestratorError.ts"

export {
  ConfigError,
  ConfigProblem,
  EntityNotFoundError,
  McpConnectionError,
  NoMcpAvailableError,
  OverloadedError,
  QueryExecutionError,
  ResourceFetchError,
  SqlAttempt,
  SqlGenerationError
} from "./OrchestratorError.ts"

/** Why talking to a server failed: the reasons of connection and fetch errors, as classes. */
export * as ServerReason from "./errors/ServerReason.ts"

export type {
  ConnectionLost,
  Forbidden,
  AddressNotAllowed,
  ForeignEndpoint,
  HostNotFound,
  InvalidReply,
  Protocol,
  RateLimited,
  Redirected,
  Refused,
  Rejected,
  Reset,
  ServerError,
  TimedOut,
  Tls,
  TooLarge,
  TooMany,
  Unauthorized,
  Unavailable,
  Unsupported,
  WrongResource
} from "./errors/ServerReason.ts"

/** Why a question was not answered: the reasons of the other errors, as classes. */
export * as QueryReason from "./errors/QueryReason.ts"

export type {
  CallFailed,
  ModelFailed,
  NoneEnabled,
  NoSchema,
  NotCapable,
  NotUnderstood,
  PermissionDenied,
  QuestionTooLarge,
  Rejected as StatementRejected,
  StatementFailed,
  StatementTimedOut,
  TooManyWaiting,
  UnreadableReply
} from "./errors/QueryReason.ts"

/** What a session of your own fails with. */
export { SessionFailure } from "./connection/SessionFailure.ts"

/** Why the guard refuses a statement. */
export { SqlRefusal } from "./guard/SqlRefusal.ts"

export type { GatherError } from "./resources/GatherFailure.ts"
export type { QueryError } from "./query/QueryPipeline.ts"
export { SqlProblemCategory, Stage } from "./OrchestratorError.ts"

// -----------------------------------------------------------------------------
// Requests, and results as Schemas: `Schema.toCodecJson` of one is its JSON
// -----------------------------------------------------------------------------

export type { QueryOptions, RequestOptions } from "./Orchestrator.ts"
export { Answered } from "./telemetry/RequestId.ts"
export { GatherEvent, OrchestratorEvent, QueryEvent } from "./OrchestratorEvent.ts"
export {
  Gathered,
  GatheredResource,
  GatheredResources,
  GatherManifest,
  ServerResources
} from "./resources/GatheredResources.ts"
export { DatabaseSchema, SchemaColumn, SchemaForeignKey, SchemaTable } from "./resources/DatabaseSchema.ts"
export { ProgressEvent } from "./resources/Progress.ts"
export { QueryMetadata, QueryResult, Rows, SqlValue } from "./query/QueryResult.ts"
export { QueryStep } from "./query/QueryEvents.ts"
export { HealthReport, ServerHealth } from "./health/HealthReport.ts"
export { type CheckStep, ServerReport, ValidationReport } from "./health/ServerReport.ts"
export { Conflict, MatchTier, Mention, Resolved, ResolvedEntity } from "./resolution/ResolvedEntity.ts"
export { AnsweredVocabulary, Vocabulary } from "./resolution/Vocabulary.ts"

// -----------------------------------------------------------------------------
// Configuration
// -----------------------------------------------------------------------------

/** From a YAML file and the environment, or from a plain value. */
export * as ConfigLoader from "./config/ConfigLoader.ts"

/** A `ConfigError` for people: the lines of the file, with carets. */
export * as ConfigDiagnostics from "./config/diagnosis/ConfigDiagnostics.ts"

/** The address of a server, which shows no secret when it is written out. */
export { ServerUrl } from "./config/ServerUrl.ts"

export type { ConfigReading, LoadedConfig, LoadOptions } from "./config/ConfigLoader.ts"
export type { FileOptions } from "./config/ConfigSource.ts"
export type { NodeOptions } from "./Orchestrator.ts"
export {
  Dialect,
  Limits,
  LogLevel,
  OrchestratorConfig,
  RateLimit,
  RetryConfig,
  ServerConfig,
  SqlToolConfig
} from "./config/OrchestratorConfig.ts"

// -----------------------------------------------------------------------------
// Sessions and generators of your own
// -----------------------------------------------------------------------------

export { type Session, SessionInfo } from "./connection/Session.ts"
export type {
  Content,
  ListedResource,
  ResourcePage,
  ResourceTemplate,
  TemplatePage,
  Tool,
  ToolPage
} from "./connection/Replies.ts"
export type { OfServer } from "./resources/Catalogue.ts"
export { GeneratedSql, type GenerationRequest } from "./sql/SqlGenerator.ts"

// -----------------------------------------------------------------------------
// Pure functions over what was gathered
// -----------------------------------------------------------------------------

/** What gathered resources say of databases: tables, relationships, terms, texts. */
export * as Grounding from "./grounding/Grounding.ts"

/** Which entity a name means, and why. */
export * as Resolution from "./resolution/Resolution.ts"

/** The names in a question. */
export * as Mentions from "./resolution/Mentions.ts"

/** What gathered resources name: build it once, resolve many names against it. */
export { EntityCatalog } from "./resolution/EntityCatalog.ts"

/** The read-only check that every statement passes before it is sent. */
export * as SqlGuard from "./guard/SqlGuard.ts"

/** Reading JSON with all digits of its integers: `JSON.parse` gives the nearest double. */
export * as ExactJson from "./text/ExactJson.ts"

export type { LinkedQuestion, MentionNote } from "./resolution/Mentions.ts"
export type { ResolutionOptions } from "./resolution/ServerMatch.ts"
export type { SchemaTarget } from "./resolution/SchemaSpellings.ts"
export type { SchemaWord } from "./resolution/SchemaWords.ts"

// -----------------------------------------------------------------------------
// Telemetry: an app keeps its own by providing nothing of this
// -----------------------------------------------------------------------------

/** Logs, spans and metrics as the configuration and the environment want them. */
export * as ConfiguredTelemetry from "./config/ConfiguredTelemetry.ts"

/** Log lines on stderr, as you want them. */
export * as Logging from "./telemetry/Logging.ts"

/** Spans and metrics over OTLP, as the `OTEL_*` variables say. */
export * as Otlp from "./telemetry/Otlp.ts"

/** The names of the metrics by Prometheus' rules. */
export * as Metrics from "./telemetry/MetricNames.ts"

/** Masks secrets in what an app writes itself. */
export * as Redaction from "./telemetry/Redaction.ts"
