/** The decoded configuration (DESIGN §4). Decoding, diagnostics and overrides are its siblings in this folder. */
import type * as Duration from "effect/Duration"
import type * as Redacted from "effect/Redacted"
import type { ServerUrl } from "./ServerUrl.ts"

export type LogLevel = "DEBUG" | "INFO" | "WARNING" | "ERROR"

export interface RateLimit {
  readonly requests: number
  readonly per: Duration.Duration
}

export type Dialect = "sqlite" | "postgres" | "mysql"

/** The tool that runs SQL, as far as the configuration says; `null` is found by itself. */
export interface SqlToolConfig {
  readonly name: string | null
  /** The argument that takes the SQL. */
  readonly argument: string | null
  /** Arguments that are the same in every call. */
  readonly constants: { readonly [argument: string]: string | number | boolean }
}

/** One server, with the orchestration-wide defaults already filled in. */
export interface ServerConfig {
  readonly id: string
  readonly name: string
  /** http(s), without user-info; written out anywhere, it shows no secret of its path or query. */
  readonly url: ServerUrl
  /** 1–999, lower wins, unique. */
  readonly priority: number
  readonly domains: ReadonlyArray<string>
  readonly capabilities: ReadonlyArray<string>
  /** Sent with the GET and with every POST. */
  readonly headers: { readonly [name: string]: Redacted.Redacted<string> }
  readonly connectTimeout: Duration.Duration
  readonly requestTimeout: Duration.Duration
  readonly maxConcurrency: number
  readonly rateLimit: RateLimit | null
  readonly dialect: Dialect
  readonly sqlTool: SqlToolConfig
  /** Below which the path and query that the server's endpoint event names are reached; same origin as `url`. */
  readonly endpointBase: ServerUrl | null
  /** URIs that are not gathered; `*` stands for any text. */
  readonly excludedResources: ReadonlyArray<string>
  /** Whether the database is asked for its schema through SQL; `auto`: when no resource describes its tables. */
  readonly introspection: "auto" | "always" | "never"
  /** PEM file with further certificate authorities, absolute path. */
  readonly caFile: string | null
}

export interface RetryConfig {
  /** All tries, the first one included. */
  readonly attempts: number
  readonly baseDelay: Duration.Duration
  readonly factor: number
  readonly maxDelay: Duration.Duration
}

export interface Limits {
  /** Pages of one listing. */
  readonly pages: number
  /** Resources of one server. */
  readonly resources: number
  /** Bytes of one resource, and of one SSE event. */
  readonly resourceBytes: number
  /** Bytes of one server within one gather. */
  readonly serverBytes: number
}

export interface OrchestratorConfig {
  /** Absolute path the configuration was read from; "" when it was given as a value. */
  readonly file: string
  /** Enabled servers in priority order; never empty. */
  readonly servers: ReadonlyArray<ServerConfig>
  readonly enableLogging: boolean
  readonly logLevel: LogLevel
  readonly gatherTimeout: Duration.Duration
  readonly retry: RetryConfig
  readonly limits: Limits
  readonly resolution: { readonly fuzzy: boolean; readonly threshold: number; readonly margin: number }
  readonly query: {
    readonly attempts: number
    readonly maxRows: number
    readonly timeout: Duration.Duration
    readonly dialect: Dialect
    /**
     * Values that the database is asked for when nobody knows a word of the question: none, those that it names, or
     * short lists of the columns in question as well.
     */
    readonly values: "match" | "sample" | "off"
    /** Of a language model's prompt, estimated. */
    readonly promptTokens: number
    /** SQL functions allowed in addition to the guard's own list, lower case. */
    readonly allowedFunctions: ReadonlyArray<string>
  }
}
