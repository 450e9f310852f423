/**
 * effect-mcp-orchestrator: every resource of every MCP server or one typed error, names resolved by priority, questions
 * answered with SQL that only reads.
 */

/** The service and its Layers: start here. */
export * as Orchestrator from "./Orchestrator.ts"

/** Every error, with its exit code, HTTP status and JSON codec. */
export * as OrchestratorError from "./OrchestratorError.ts"

/** Why talking to a server failed: the reasons of `McpConnectionError` and `ResourceFetchError`. */
export * as ServerReason from "./errors/ServerReason.ts"

/** The reasons of the other errors. */
export * as QueryReason from "./errors/QueryReason.ts"

/** Configuration from a YAML file and the environment, or from a plain value. */
export * as ConfigLoader from "./config/ConfigLoader.ts"

/** The decoded configuration. */
export type * as OrchestratorConfig from "./config/OrchestratorConfig.ts"

/** The address of a server, which shows no secret when it is written out. */
export * as ServerUrl from "./config/ServerUrl.ts"

/** How sessions reach their servers: SSE, or a Layer of your own. */
export * as Transports from "./connection/Transports.ts"

/** What a gather returns. */
export type * as GatheredResources from "./resources/GatheredResources.ts"

/** How far a gather has come, as events. */
export * as Progress from "./resources/Progress.ts"

/** Resolving a name among gathered resources, as pure functions. */
export * as Resolution from "./resolution/Resolution.ts"

/** The names in a question, as pure functions. */
export * as Mentions from "./resolution/Mentions.ts"

/** The models of a resolution. */
export * as ResolvedEntity from "./resolution/ResolvedEntity.ts"

/** All the words that a question can use. */
export * as Vocabulary from "./resolution/Vocabulary.ts"

/** The answer to a question. */
export type * as QueryResult from "./query/QueryResult.ts"

/** Writing SQL for a question: bring your own as a Layer. */
export * as SqlGenerator from "./sql/SqlGenerator.ts"

/** What the gathered resources say of a database. */
export * as Grounding from "./grounding/Grounding.ts"

/** The read-only check that every statement passes before it is sent. */
export * as SqlGuard from "./guard/SqlGuard.ts"

/** JSON lines on stderr; an app keeps its own logger by not providing this. */
export * as Logging from "./telemetry/Logging.ts"

/** What is counted and measured, and its names for Prometheus. */
export * as Metrics from "./telemetry/Metrics.ts"

/** Spans and metrics over OTLP, as the `OTEL_*` variables say. */
export * as Tracing from "./telemetry/Tracing.ts"
