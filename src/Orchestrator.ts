/**
 * The service other apps `yield*`: gather, resolve, query, health, validate over the servers of one configuration.
 *
 * ```ts
 * const program = Effect.gen(function* () {
 *   const orchestrator = yield* Orchestrator.Orchestrator
 *   return yield* orchestrator.query("total sales of widgets this year")
 * }).pipe(Effect.provide(Orchestrator.layer({ configPath: "mcp-config.yaml" })))
 * ```
 */
import * as NodeFileSystem from "@effect/platform-node/NodeFileSystem"
import * as NodePath from "@effect/platform-node/NodePath"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import type * as FileSystem from "effect/FileSystem"
import * as Latch from "effect/Latch"
import * as Layer from "effect/Layer"
import type * as Path from "effect/Path"
import * as Queue from "effect/Queue"
import type * as Scope from "effect/Scope"
import * as Stream from "effect/Stream"
import * as ConfigLoader from "./config/ConfigLoader.ts"
import * as ConfigWatch from "./config/ConfigWatch.ts"
import type { OrchestratorConfig } from "./config/OrchestratorConfig.ts"
import * as Generations from "./connection/Generations.ts"
import { Transports } from "./connection/Transports.ts"
import type { ConfigError, NoMcpAvailableError, SqlGenerationError } from "./OrchestratorError.ts"
import * as ConfiguredModel from "./query/model/ConfiguredModel.ts"
import * as QueryPipeline from "./query/QueryPipeline.ts"
import type { QueryResult } from "./query/QueryResult.ts"
import * as RuleBased from "./query/RuleBased.ts"
import * as ServerCheck from "./query/ServerCheck.ts"
import { SqlGenerator } from "./query/SqlGenerator.ts"
import * as Resolution from "./resolution/Resolution.ts"
import * as Gather from "./resources/Gather.ts"
import type { GatheredResources } from "./resources/GatheredResources.ts"
import { toError, type GatherError } from "./resources/GatherFailure.ts"
import * as Health from "./resources/Health.ts"
import * as Progress from "./resources/Progress.ts"
import * as LogEvent from "./telemetry/LogEvent.ts"
import * as RequestId from "./telemetry/RequestId.ts"

/** Given with any request; without it the request makes its own. */
export interface RequestOptions {
  /** Carried through logs, traces and results. */
  readonly requestId?: string
}

/** What was gathered, and under which generation of the configuration (1 without reloads). */
export interface Gathered extends GatheredResources {
  readonly generation: number
}

/** The last element of a gather's events is its result. */
export type GatherEvent = Progress.ProgressEvent | { readonly _tag: "Completed"; readonly resources: Gathered }

export class Orchestrator extends Context.Service<
  Orchestrator,
  {
    /** The configuration in force. */
    readonly config: Effect.Effect<OrchestratorConfig>
    /**
     * Every resource of every server, read afresh; complete, or one error that names the server. Bounded by
     * `gather_timeout`.
     */
    gather(options?: RequestOptions): Effect.Effect<Gathered, GatherError>
    /** The same as it happens: for a progress bar. Ends with `Completed`, or fails like `gather`. */
    gatherEvents(options?: RequestOptions): Stream.Stream<GatherEvent, GatherError>
    /**
     * Gathers, then finds the entity that `name` means among the servers whose domains contain `resourceType`. Not
     * found is an empty `option` with suggestions, not an error.
     */
    resolve(
      name: string,
      resourceType: string,
      options?: RequestOptions
    ): Effect.Effect<Resolution.Resolution, GatherError>
    /** Gathers, then answers the question with rows. With `dryRun` the SQL is generated and checked, not run. */
    query(
      question: string,
      options?: RequestOptions & { readonly dryRun?: boolean }
    ): Effect.Effect<QueryResult, QueryPipeline.QueryError>
    /** Whether each server's resources can be listed now; all servers, also when one fails. */
    health(options?: RequestOptions): Effect.Effect<ReadonlyArray<Health.ServerHealth>>
    /** Tests each server against what the configuration says of it; all servers, also when one fails. */
    validate(options?: RequestOptions): Effect.Effect<ReadonlyArray<ServerCheck.ServerReport>>
  }
>()("effect-mcp-orchestrator/Orchestrator") {}

/** Reloading the configuration of a running orchestrator; only `layerLive` has it. */
export class LiveConfig extends Context.Service<
  LiveConfig,
  {
    /**
     * Reads the file again now, and puts it in force. Gives the number of the new generation; on any failure the old
     * configuration stays in force.
     */
    readonly reload: Effect.Effect<number, ConfigError | NoMcpAvailableError | GatherError>
  }
>()("effect-mcp-orchestrator/LiveConfig") {}

/** For apps that bring their own configuration value, SQL generator or transport. Connects when first needed. */
export const layerConfig = (config: OrchestratorConfig): Layer.Layer<Orchestrator, never, SqlGenerator | Transports> =>
  Layer.effect(Orchestrator, Effect.flatMap(Generations.make(config), make))

/** What to load: `configPath`, else `MCP_CONFIG`, else `./mcp-config.yaml`. */
export interface FileOptions {
  readonly configPath?: string
}

/**
 * The orchestrator for a configuration file, over SSE. SQL comes from the language model that `LLM_BASE_URL` and
 * `LLM_MODEL` name, else from the rule-based generator.
 */
export const layer = (
  options: FileOptions = {}
): Layer.Layer<Orchestrator, ConfigError | NoMcpAvailableError | SqlGenerationError> =>
  Layer.unwrap(Effect.map(load(options), ({ config }) => layerConfig(config))).pipe(
    Layer.provide([generatorLayer, Transports.layerSse]),
    Layer.provide([NodeFileSystem.layer, NodePath.layer])
  )

/**
 * The same, reloading when the file changes and on demand: the new set of servers is connected first, requests in
 * flight finish on the old one. A file that is wrong, or a server of it that cannot be reached, changes nothing and
 * logs `config_rejected`.
 */
export const layerLive = (
  options: FileOptions = {}
): Layer.Layer<Orchestrator | LiveConfig, ConfigError | NoMcpAvailableError | SqlGenerationError> =>
  Layer.effectContext(
    Effect.gen(function* () {
      const { config } = yield* load(options)
      const generations = yield* Generations.make(config)
      const platform = yield* Effect.context<FileSystem.FileSystem | Path.Path>()
      const reload = reloadInto(generations, { ...options, configPath: config.file }).pipe(
        Effect.provideContext(platform)
      )
      const watching = yield* Latch.make()
      yield* ConfigWatch.changes(config.file, { onReady: () => watching.openUnsafe() }).pipe(
        Stream.runForEach(() => Effect.ignore(reload)),
        Effect.forkScoped
      )
      yield* watching.await
      return Context.make(Orchestrator, yield* make(generations)).pipe(Context.add(LiveConfig, { reload }))
    })
  ).pipe(Layer.provide([generatorLayer, Transports.layerSse]), Layer.provide([NodeFileSystem.layer, NodePath.layer]))

/** The SQL generator that the environment asks for. */
export const generatorLayer: Layer.Layer<SqlGenerator, ConfigError | SqlGenerationError> =
  ConfiguredModel.layerFromEnvironment(RuleBased.layer)

const load = ({ configPath }: FileOptions) =>
  ConfigLoader.load({ file: configPath, env: process.env, cwd: process.cwd() })

const reloadInto = (generations: Generations.Generations, options: FileOptions) =>
  Effect.gen(function* () {
    const { config } = yield* load(options)
    const generation = yield* generations.swap(config).pipe(
      Effect.mapError(({ failure, server }) => {
        const last = { operation: "connect", uri: null, failure, attempts: 1 } as const
        return toError(server, { last, attempts: 1 })
      })
    )
    yield* LogEvent.info("config_reloaded", {
      file: config.file,
      generation: generation.number,
      servers: config.servers.map(({ id }) => id)
    })
    return generation.number
  }).pipe(
    Effect.tapError((error) =>
      LogEvent.error("config_rejected", { error: { type: error._tag, message: error.message } })
    )
  )

const make = Effect.fnUntraced(function* (generations: Generations.Generations) {
  const context = yield* Effect.context<SqlGenerator | Transports>()

  /** One request: a generation of its own to the end, one span and one request id around everything it does. */
  const request = <A, E, R>(
    name: string,
    options: RequestOptions,
    use: (generation: Generations.Generation) => Effect.Effect<A, E, R>
  ): Effect.Effect<A, E, Exclude<R, Scope.Scope>> =>
    RequestId.within(
      generations.borrow.pipe(
        Effect.flatMap((generation) => Effect.annotateLogs(use(generation), { generation: generation.number })),
        Effect.scoped,
        Effect.withSpan(`Orchestrator.${name}`)
      ),
      options.requestId
    )

  const gather = (options: RequestOptions = {}) =>
    request("gather", options, ({ config, connections, number: generation }) =>
      Effect.map(Gather.gatherAll(connections, config), ({ servers }) => ({ servers, generation }))
    )
  const service: Orchestrator["Service"] = {
    config: Effect.map(generations.current, ({ config }) => config),
    gather,
    gatherEvents: (options = {}) =>
      Stream.callback((queue) =>
        gather(options).pipe(
          Effect.provideService(Progress.Listener, (event) => void Queue.offerUnsafe(queue, event)),
          Effect.flatMap((resources) => Queue.offer(queue, { _tag: "Completed", resources })),
          Effect.andThen(Queue.end(queue)),
          Effect.catchCause((cause) => Queue.failCause(queue, cause))
        )
      ),
    resolve: (name, resourceType, options = {}) =>
      request("resolve", options, ({ config, connections }) =>
        Effect.map(Gather.gatherAll(connections, config), (resources) =>
          Resolution.explainEntity(name, resourceType, resources, config.resolution)
        )
      ),
    query: (question, options = {}) =>
      request("query", options, (generation) =>
        QueryPipeline.query(question, generation, { dryRun: options.dryRun ?? false })
      ).pipe(Effect.provideContext(context)),
    health: (options = {}) =>
      request("health", options, ({ config, connections }) => Health.check(connections, config)),
    validate: (options = {}) =>
      request("validate", options, ({ config, connections }) => ServerCheck.check(connections, config))
  }
  return service
})
