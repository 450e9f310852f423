/** What the package exports: a name that comes or goes is a decision, not an accident of a file. */
import { assert, it } from "@effect/vitest"
import * as HttpPackage from "../src/http/index.ts"
import * as Package from "../src/index.ts"
import * as PromisePackage from "../src/promise.ts"

it("the package exports these services, errors, models and namespaces, and nothing else", () => {
  assert.deepStrictEqual(Object.keys(Package).toSorted(), [
    "Answered",
    "AnsweredVocabulary",
    "ConfigDiagnostics",
    "ConfigError",
    "ConfigLoader",
    "ConfigProblem",
    "ConfigSource",
    "ConfiguredGenerator",
    "ConfiguredTelemetry",
    "Conflict",
    "DatabaseSchema",
    "Dialect",
    "EntityCatalog",
    "EntityNotFoundError",
    "ExactJson",
    "GatherEvent",
    "GatherManifest",
    "Gathered",
    "GatheredResource",
    "GatheredResources",
    "GeneratedSql",
    "Grounding",
    "HealthReport",
    "LanguageModelGenerator",
    "Limits",
    "LogLevel",
    "Logging",
    "MatchTier",
    "McpConnectionError",
    "Mention",
    "Mentions",
    "Metrics",
    "NoMcpAvailableError",
    "Orchestrator",
    "OrchestratorConfig",
    "OrchestratorError",
    "OrchestratorEvent",
    "Otlp",
    "OverloadedError",
    "ProgressEvent",
    "QueryEvent",
    "QueryExecutionError",
    "QueryMetadata",
    "QueryReason",
    "QueryResult",
    "QueryStep",
    "RateLimit",
    "Redaction",
    "Resolution",
    "Resolved",
    "ResolvedEntity",
    "ResourceFetchError",
    "RetryConfig",
    "Rows",
    "RuleBased",
    "SchemaColumn",
    "SchemaForeignKey",
    "SchemaTable",
    "ServerConfig",
    "ServerHealth",
    "ServerReason",
    "ServerReport",
    "ServerResources",
    "ServerUrl",
    "SessionFailure",
    "SessionInfo",
    "Sessions",
    "SqlAttempt",
    "SqlGenerationError",
    "SqlGenerator",
    "SqlGuard",
    "SqlProblemCategory",
    "SqlRefusal",
    "SqlToolConfig",
    "SqlValue",
    "Stage",
    "ValidationReport",
    "Vocabulary"
  ])
})

it("namespaces hold what an app may call", () => {
  const { ConfigLoader, Grounding, Logging, Metrics, Resolution, RuleBased, SqlGuard } = Package
  assert.deepStrictEqual(
    [ConfigLoader, Metrics, RuleBased, SqlGuard].map((namespace) => Object.keys(namespace).toSorted()),
    [["fromUnknown", "load"], ["prometheusName"], ["layer"], ["check", "ready", "wallsOf"]]
  )
  assert.includeMembers(Object.keys(Grounding), ["fromResources"])
  assert.includeMembers(Object.keys(Resolution), ["explainEntity", "resolveEntity"])
  assert.includeMembers(Object.keys(Logging), ["layer"])
})

it("the API over HTTP exports its definition, and a client", () => {
  assert.deepStrictEqual(Object.keys(HttpPackage).toSorted(), [
    "Admission",
    "Api",
    "ConfigValue",
    "EffectiveConfig",
    "Events",
    "GatherLine",
    "GatherRequest",
    "HttpOrchestrator",
    "Problems",
    "QueryRequest",
    "Questions",
    "RecentRequests",
    "ResolveRequest",
    "Validation"
  ])
  assert.deepStrictEqual(Object.keys(HttpPackage.Api.groups.orchestrator.endpoints).toSorted(), [
    "config",
    "gather",
    "gatherEvents",
    "gatherLines",
    "query",
    "queryEvents",
    "requests",
    "resolve",
    "resolveEvents",
    "servers",
    "validate",
    "vocabulary"
  ])
})

it("the door for promises exports two functions", () => {
  assert.deepStrictEqual(Object.keys(PromisePackage).toSorted(), ["errorResponse", "open"])
})
