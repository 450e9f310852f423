/** An app whose exports are what the library gives: with `declaration: true` every one of their types has to have a name. */
import {
  ConfigDiagnostics,
  ConfigLoader,
  ConfigSource,
  ConfiguredGenerator,
  ConfiguredTelemetry,
  EntityCatalog,
  type GatheredResources,
  type GenerationRequest,
  Grounding,
  LanguageModelGenerator,
  Logging,
  Mentions,
  Metrics,
  Orchestrator,
  type OrchestratorConfig,
  OrchestratorError,
  Redaction,
  Resolution,
  RuleBased,
  type ServerConfig,
  Sessions,
  SqlGenerator,
  SqlGuard,
  Otlp
} from "effect-mcp-orchestrator"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Stream from "effect/Stream"

export const config = Effect.flatMap(Orchestrator, (orchestrator) => orchestrator.config)
export const connect = Effect.flatMap(Orchestrator, (orchestrator) => orchestrator.connect)
export const reload = Effect.flatMap(Orchestrator, (orchestrator) => orchestrator.reload)
export const gather = Effect.flatMap(Orchestrator, (orchestrator) => orchestrator.gather())
export const events = Stream.unwrap(Effect.map(Orchestrator, (orchestrator) => orchestrator.gatherEvents()))
export const resolve = Effect.flatMap(Orchestrator, (orchestrator) => orchestrator.resolve("widget", "products"))
export const query = Effect.flatMap(Orchestrator, (orchestrator) => orchestrator.query("how many widgets?"))
export const health = Effect.flatMap(Orchestrator, (orchestrator) => orchestrator.health())
export const validate = Effect.flatMap(Orchestrator, (orchestrator) => orchestrator.validate())

/** Parts of what the methods give, whose types are inferred too. */
export const parts = {
  servers: Effect.map(gather, ({ servers }) => servers),
  resources: Effect.map(gather, ({ servers }) =>
    servers.map(({ manifest, resources, schema }) => ({ manifest, resources, schema }))
  ),
  rows: Effect.map(query, ({ result }) => result),
  attempts: Effect.map(query, ({ metadata }) => metadata.attempts),
  entities: Effect.map(query, ({ resolvedEntities }) => resolvedEntities),
  reasons: Effect.map(Effect.flip(gather), ({ reason }) => reason),
  stages: Effect.map(Effect.flip(gather), (error) => (error._tag === "OverloadedError" ? null : error.stage)),
  steps: Effect.map(validate, (reports) => reports.map(({ steps, understood }) => ({ steps, understood }))),
  limits: Effect.map(config, ({ limits, query, resolution, retry, servers }) => ({
    limits,
    query,
    resolution,
    retry,
    urls: servers.map(({ url }) => url)
  }))
}

/** Options as a handler has them: perhaps there. */
export const handle = (question: string, requestId: string | undefined, dryRun: boolean | undefined) =>
  Effect.flatMap(Orchestrator, (orchestrator) => orchestrator.query(question, { requestId, dryRun }))

export const node = Orchestrator.layerNode({ configPath: process.env["MCP_CONFIG"], reload: true })
export const composed = (value: OrchestratorConfig) =>
  Orchestrator.layer.pipe(
    Layer.provide([ConfigSource.layerValue(value), RuleBased.layer, Sessions.layerSse]),
    Layer.provideMerge(Logging.layer({ enabled: true, level: "INFO", format: "json", secrets: [] }))
  )
export const watched = Orchestrator.layer.pipe(
  Layer.provide([ConfiguredGenerator.layer, Sessions.layerSse]),
  Layer.provideMerge(ConfiguredTelemetry.layer("json")),
  Layer.provide(ConfigSource.layerWatch())
)
export const modelled = Orchestrator.layer.pipe(Layer.provide(LanguageModelGenerator.layer))
export const reading = Effect.map(ConfigSource, ({ initial }) => initial)
export const load = ConfigLoader.load({})
export const open = (server: ServerConfig, limits: OrchestratorConfig["limits"]) =>
  Effect.flatMap(Sessions, (sessions) => sessions.open(server, limits))
export const generate = (request: GenerationRequest) =>
  Effect.flatMap(SqlGenerator, (generator) => generator.generate(request))

export const ground = (resources: GatheredResources) => Grounding.fromResources(resources)
export const guard = (sql: string, grounding: ReturnType<typeof ground>) =>
  SqlGuard.check(sql, { dialect: "sqlite", grounding, allowedFunctions: [] })
export const catalog = (resources: GatheredResources) => EntityCatalog.from(resources)
export const explain = (name: string, resources: GatheredResources, options: OrchestratorConfig["resolution"]) =>
  Resolution.explainEntity(name, "products", resources, options)
export const mentions = (question: string, resources: GatheredResources, options: OrchestratorConfig["resolution"]) =>
  Mentions.findMentions(question, resources, options)
export const rendered = Effect.mapError(load, (error) =>
  error._tag === "ConfigError" ? ConfigDiagnostics.render(error, { color: false }) : error.message
)
export const status = OrchestratorError.httpStatus
export const errorJson = OrchestratorError.OrchestratorErrorJson
export const shown = Redaction.url("http://localhost:8000/sse?token=t")
export const metricName = Metrics.prometheusName("orchestrator.requests")
export const tracing = Otlp.layerFromEnvironment({ secrets: [] })
