/**
 * The decoded configuration. Decoding, diagnostics and overrides are its siblings in this folder.
 *
 * Its JSON is for showing: secrets are masked in it, and stay so when it is read back.
 */
import * as Redacted from "effect/Redacted"
import * as Schema from "effect/Schema"
import * as SchemaGetter from "effect/SchemaGetter"
import * as SchemaTransformation from "effect/SchemaTransformation"
import * as Redaction from "../telemetry/Redaction.ts"
import * as DurationText from "./DurationText.ts"
import * as ServerUrl from "./ServerUrl.ts"

export const LogLevel = Schema.Literals(["DEBUG", "INFO", "WARNING", "ERROR"])
export type LogLevel = typeof LogLevel.Type

/** As JSON "5 seconds", as in the file. */
const duration = Schema.String.pipe(
  Schema.decodeTo(Schema.Duration, {
    decode: SchemaTransformation.durationFromString.decode,
    encode: SchemaGetter.transform(DurationText.from)
  })
)

export const RateLimit = Schema.Struct({ requests: Schema.Int, per: duration })
export type RateLimit = typeof RateLimit.Type

export const Dialect = Schema.Literals(["sqlite", "postgres", "mysql"])
export type Dialect = typeof Dialect.Type

/** The tool that runs SQL, as far as the configuration says; `null` is found by itself. */
export const SqlToolConfig = Schema.Struct({
  name: Schema.NullOr(Schema.String),
  /** The argument that takes the SQL. */
  argument: Schema.NullOr(Schema.String),
  /** Arguments that are the same in every call. */
  constants: Schema.Record(Schema.String, Schema.Union([Schema.String, Schema.Finite, Schema.Boolean]))
})
export type SqlToolConfig = typeof SqlToolConfig.Type

/** As JSON always the mask. */
const secret = Schema.String.pipe(
  Schema.decodeTo(
    Schema.Redacted(Schema.String),
    SchemaTransformation.transform({ decode: (text) => Redacted.make(text), encode: () => Redaction.mask })
  )
)

/** One server, with the orchestration-wide defaults already filled in. */
export const ServerConfig = Schema.Struct({
  id: Schema.String,
  name: Schema.String,
  /** http(s), without user-info; written out anywhere, it shows no secret of its path or query. */
  url: ServerUrl.FromShown,
  /** 1–999, lower wins, unique. */
  priority: Schema.Int,
  domains: Schema.Array(Schema.String),
  capabilities: Schema.Array(Schema.String),
  /** Sent with the GET and with every POST. */
  headers: Schema.Record(Schema.String, secret),
  connectTimeout: duration,
  requestTimeout: duration,
  maxConcurrency: Schema.Int,
  rateLimit: Schema.NullOr(RateLimit),
  dialect: Dialect,
  sqlTool: SqlToolConfig,
  /** Below which the path and query that the server's endpoint event names are reached; same origin as `url`. */
  endpointBase: Schema.NullOr(ServerUrl.FromShown),
  /** URIs that are not gathered; `*` stands for any text. */
  excludedResources: Schema.Array(Schema.String),
  /** Whether the database is asked for its schema through SQL; `auto`: when no resource describes its tables. */
  introspection: Schema.Literals(["auto", "always", "never"]),
  /** Addresses and ranges that are connected to though they are link-local or those of a metadata service. */
  allowedAddresses: Schema.Array(Schema.String),
  /** PEM file with further certificate authorities, absolute path. */
  caFile: Schema.NullOr(Schema.String)
})
export type ServerConfig = typeof ServerConfig.Type

export const RetryConfig = Schema.Struct({
  /** All tries, the first one included. */
  attempts: Schema.Int,
  baseDelay: duration,
  factor: Schema.Finite,
  maxDelay: duration
})
export type RetryConfig = typeof RetryConfig.Type

export const Limits = Schema.Struct({
  /** Pages of one listing. */
  pages: Schema.Int,
  /** Resources of one server. */
  resources: Schema.Int,
  /** Bytes of one resource, and of one SSE event. */
  resourceBytes: Schema.Int,
  /** Bytes of one server within one gather. */
  serverBytes: Schema.Int
})
export type Limits = typeof Limits.Type

/** What `serve` opens. A change of it takes a restart. */
export const HttpConfig = Schema.Struct({
  host: Schema.String,
  /** 0 takes a free one. */
  port: Schema.Int,
  /** What every request must bring; `null` is allowed on loopback alone. */
  token: Schema.NullOr(secret),
  /** Beside the loopback ones, without ports, lower case. */
  allowedHosts: Schema.Array(Schema.String),
  /** Of other servers' pages, lower case. */
  allowedOrigins: Schema.Array(Schema.String),
  /** In flight. */
  maxRequests: Schema.Int,
  requestTimeout: duration,
  /** Whether the model of an MCP host that offers one writes the SQL of its questions. */
  sampling: Schema.Boolean,
  /** Of MCP hosts, open at the same time. */
  maxSessions: Schema.Int,
  /** Nothing comes from the host for so long: the session is ended. */
  sessionIdle: duration,
  /** Stands at the head of the ids of MCP sessions. */
  replica: Schema.NullOr(Schema.String),
  /** The Redis in which the processes share each server's rate limit. */
  limitsStore: Schema.NullOr(secret)
})
export type HttpConfig = typeof HttpConfig.Type

export const OrchestratorConfig = Schema.Struct({
  /** Absolute path the configuration was read from; "" when it was given as a value. */
  file: Schema.String,
  /** Enabled servers in priority order; never empty. */
  servers: Schema.Array(ServerConfig),
  enableLogging: Schema.Boolean,
  logLevel: LogLevel,
  gatherTimeout: duration,
  /** Gathers that run at once. */
  maxGathers: Schema.Int,
  /** Requests that may wait for theirs to begin. */
  maxWaiting: Schema.Int,
  /** Requests that arrive while a gather runs share the next one. */
  shareGathers: Schema.Boolean,
  retry: RetryConfig,
  limits: Limits,
  resolution: Schema.Struct({ fuzzy: Schema.Boolean, threshold: Schema.Finite, margin: Schema.Finite }),
  query: Schema.Struct({
    attempts: Schema.Int,
    maxRows: Schema.Int,
    timeout: duration,
    dialect: Dialect,
    /**
     * Values that the database is asked for when nobody knows a word of the question: none, those that it names, or
     * short lists of the columns in question as well.
     */
    values: Schema.Literals(["match", "sample", "off"]),
    /** Of a language model's prompt, estimated. */
    promptTokens: Schema.Int,
    /** SQL functions allowed in addition to the guard's own list, lower case. */
    allowedFunctions: Schema.Array(Schema.String)
  }),
  http: HttpConfig
})
export type OrchestratorConfig = typeof OrchestratorConfig.Type
