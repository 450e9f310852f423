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
import { identity } from "effect/Function"
import * as Layer from "effect/Layer"
import type * as Path from "effect/Path"
import * as Queue from "effect/Queue"
import * as References from "effect/References"
import type * as Scope from "effect/Scope"
import * as Stream from "effect/Stream"
import * as ConfigLoader from "./config/ConfigLoader.ts"
import * as ConfigWatch from "./config/ConfigWatch.ts"
import type { OrchestratorConfig } from "./config/OrchestratorConfig.ts"
import * as ConnectionSets from "./connection/ConnectionSets.ts"
import { Transports } from "./connection/Transports.ts"
import type { ConfigError, ConfigProblem, NoMcpAvailableError, SqlGenerationError } from "./OrchestratorError.ts"
import type { GatherEvent, QueryEvent } from "./OrchestratorEvent.ts"
import * as ConfiguredModel from "./sql/model/ConfiguredModel.ts"
import * as QueryPipeline from "./query/QueryPipeline.ts"
import * as QueryEvents from "./query/QueryEvents.ts"
import type { QueryResult } from "./query/QueryResult.ts"
import * as RuleBased from "./sql/rulebased/RuleBased.ts"
import * as ServerCheck from "./health/ServerCheck.ts"
import { SqlGenerator } from "./sql/SqlGenerator.ts"
import * as Resolution from "./resolution/Resolution.ts"
import * as Vocabulary from "./resolution/Vocabulary.ts"
import { logResolution } from "./resolution/ResolutionEvents.ts"
import type { Resolved } from "./resolution/ResolvedEntity.ts"
import * as ParserPackages from "./guard/ParserPackages.ts"
import * as Introspection from "./grounding/introspection/Introspection.ts"
import * as Gather from "./resources/Gather.ts"
import type { Gathered } from "./resources/GatheredResources.ts"
import { failed, toError, type GatherError } from "./resources/GatherFailure.ts"
import * as Health from "./health/Health.ts"
import * as Progress from "./resources/Progress.ts"
import * as LogEvent from "./telemetry/LogEvent.ts"
import * as Metrics from "./telemetry/Metrics.ts"
import { minimumLevel } from "./telemetry/MinimumLevel.ts"
import * as RequestId from "./telemetry/RequestId.ts"

export type { Gathered, GatherEvent, QueryEvent, Resolved }

/** Given with any request; without it the request makes its own. */
export interface RequestOptions {
  /** Carried through logs, traces and results: up to 128 letters, digits and `.:_-`; another one is replaced. */
  readonly requestId?: string
}

/** Given with a question. */
export interface QueryOptions extends RequestOptions {
  /** The SQL is generated and checked, not run. */
  readonly dryRun?: boolean
}

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
     * Gathers, then finds the entity that `name` means among the servers whose domains contain `resourceType`, in
     * singular or plural; with `null` among all servers. Not found, or several equally near, is the `entity` `null`
     * with suggestions, not an error.
     */
    resolve(name: string, resourceType: string | null, options?: RequestOptions): Effect.Effect<Resolved, GatherError>
    /** Gathers, then gives all the words that a question can use. */
    vocabulary(options?: RequestOptions): Effect.Effect<Vocabulary.AnsweredVocabulary, GatherError>
    /** Gathers, then answers the question with rows. With `dryRun` the SQL is generated and checked, not run. */
    query(question: string, options?: QueryOptions): Effect.Effect<QueryResult, QueryPipeline.QueryError>
    /** The same as it happens: for whoever waits for an answer. Ends with `Completed`, or fails like `query`. */
    queryEvents(question: string, options?: QueryOptions): Stream.Stream<QueryEvent, QueryPipeline.QueryError>
    /** Whether what each server declares can be listed now; all servers, also when one fails. */
    health(options?: RequestOptions): Effect.Effect<ReadonlyArray<Health.ServerHealth>>
    /**
     * Tests each server, over a session of its own, against what the configuration says of it, and reads all that a
     * gather would; all servers, also when one fails.
     */
    validate(options?: RequestOptions): Effect.Effect<ReadonlyArray<ServerCheck.ServerReport>>
  }
>()("effect-mcp-orchestrator/Orchestrator") {}

/** Reloading the configuration of a running orchestrator; only `layerLive` has it. */
export class LiveConfig extends Context.Service<
  LiveConfig,
  {
    /**
     * Reads the file again now, and puts it in force. Gives the number of the new generation; on any failure the old
     * configuration stays in force. Reloads go one at a time.
     */
    readonly reload: Effect.Effect<number, ConfigError | NoMcpAvailableError | GatherError>
  }
>()("effect-mcp-orchestrator/LiveConfig") {}

/**
 * For apps that bring their own configuration value, SQL generator or transport. Connects when first needed. Fails where
 * the parser of a dialect is not installed, without which no SQL could be checked.
 */
export const layerConfig = (
  config: OrchestratorConfig
): Layer.Layer<Orchestrator, ConfigError, SqlGenerator | Transports> =>
  Layer.effect(
    Orchestrator,
    ParserPackages.checkInstalled(config).pipe(Effect.andThen(ConnectionSets.make(config)), Effect.flatMap(make))
  )

/** What to load. */
export interface FileOptions {
  /** Else `MCP_CONFIG`, else `./mcp-config.yaml`. */
  readonly configPath?: string
  /** Wins over the file's `log_level`, now and after every reload. */
  readonly logLevel?: string
}

/**
 * The orchestrator for a configuration file, over SSE. SQL comes from the language model that `LLM_BASE_URL` and
 * `LLM_MODEL` name, else from the rule-based generator.
 */
export const layer = (
  options: FileOptions = {}
): Layer.Layer<Orchestrator, ConfigError | NoMcpAvailableError | SqlGenerationError> =>
  Layer.unwrap(Effect.map(loadConfig(options), ({ config }) => layerConfig(config))).pipe(
    Layer.provide([generatorLayer, Transports.layerSse]),
    Layer.provide([NodeFileSystem.layer, NodePath.layer])
  )

/**
 * The same, reloading when the file changes and on demand: the new servers are connected first, requests in flight
 * finish on the old set, a server whose entry did not change keeps its connection. A file that is wrong, or a new
 * server that cannot be reached, changes nothing and logs `config_rejected` with the report.
 *
 * The environment is read again with the file: an override stays in force. `log_level` and `enable_logging: false`
 * hold for the requests that begin after the reload. What a reload cannot do is switch on logging that was off at the
 * start (the logger was never made), or make the start's logger know the header values that came later: those are
 * masked by name and by looks, as everything is, until the next start.
 */
export const layerLive = (
  options: FileOptions = {}
): Layer.Layer<Orchestrator | LiveConfig, ConfigError | NoMcpAvailableError | SqlGenerationError> =>
  Layer.effectContext(
    Effect.gen(function* () {
      const first = yield* loadConfig(options)
      const pinned = { ...options, configPath: first.config.file }
      const watch = ConfigWatch.make(first.config.file, first.text)
      const sets = yield* ConnectionSets.make(first.config)
      const next = loadConfig(pinned).pipe(
        Effect.tap(({ text }) => watch.read(text)),
        Effect.map(({ config }) => config)
      )
      const platform = yield* Effect.context<FileSystem.FileSystem | Path.Path>()
      const reload = Effect.provideContext(reloadInto(sets, next, pinned.configPath), platform)
      yield* watch.changes.pipe(
        // Rejected ones are in the log; a bug in one reload must not be the end of all others.
        Stream.runForEach(() => Effect.ignoreCause(reload, { log: "Debug" })),
        Effect.forkScoped
      )
      return Context.make(Orchestrator, yield* make(sets)).pipe(Context.add(LiveConfig, { reload }))
    })
  ).pipe(Layer.provide([generatorLayer, Transports.layerSse]), Layer.provide([NodeFileSystem.layer, NodePath.layer]))

/** The SQL generator that the environment asks for. */
export const generatorLayer: Layer.Layer<SqlGenerator, ConfigError | SqlGenerationError> =
  ConfiguredModel.layerFromEnvironment(RuleBased.layer)

const load = ({ configPath, logLevel }: FileOptions) =>
  ConfigLoader.load({ file: configPath, env: process.env, cwd: process.cwd(), overrides: { logLevel } })

/** What was read, and is to be put in force next. */
const loadConfig = Effect.fnUntraced(function* (options: FileOptions) {
  const loaded = yield* load(options)
  const { config, warnings } = loaded
  yield* ParserPackages.checkInstalled(config)
  yield* LogEvent.info("config_loaded", {
    file: config.file,
    servers: config.servers.map(({ id }) => id),
    ...(warnings.length === 0 ? {} : { warnings: warnings.map(line) })
  })
  return loaded
})

const reloadInto = Effect.fn("LiveConfig.reload")(function* (
  sets: ConnectionSets.ConnectionSets,
  next: Effect.Effect<OrchestratorConfig, ConfigError | NoMcpAvailableError, FileSystem.FileSystem | Path.Path>,
  file: string
) {
  const { config, number } = yield* sets.swap(next).pipe(
    Effect.catchTag("Unreachable", ({ attempts, failure, server }) =>
      Effect.fail(toError(server, failed("connect", failure, { attempts })))
    ),
    Effect.tapError((error) =>
      Effect.flatMap(sets.current, ({ number: generation }) =>
        LogEvent.error("config_rejected", {
          file,
          generation,
          error: { type: error._tag, message: error.message },
          ...(error._tag === "ConfigError" ? { problems: error.problems.map(line) } : {})
        })
      )
    )
  )
  const servers = config.servers.map(({ id }) => id)
  yield* LogEvent.info("config_reloaded", { file: config.file, generation: number, servers })
  return number
})

/** `line:column path: message`, without what has no place in the file. */
const line = ({ column, line, message, path }: ConfigProblem): string =>
  `${line === null ? "" : `${line}:${column ?? 1} `}${path === "" ? "" : `${path}: `}${message}`

const make = Effect.fnUntraced(function* (sets: ConnectionSets.ConnectionSets) {
  const context = yield* Effect.context<SqlGenerator | Transports>()
  const first = (yield* sets.current).config

  /** One request: a generation of its own to the end, one span and one request id around everything it does. */
  const request = <A, E, R>(
    kind: "gather" | "resolve" | "vocabulary" | "query" | "health" | "validate",
    options: RequestOptions,
    use: (set: ConnectionSets.ConnectionSet) => Effect.Effect<A, E, R>
  ): Effect.Effect<A, E, Exclude<R, Scope.Scope>> =>
    RequestId.within(
      sets.borrow.pipe(
        Effect.flatMap((generation) =>
          use(generation).pipe(
            Effect.annotateLogs("generation", generation.number),
            loggingAs(generation.config, first)
          )
        ),
        Effect.scoped,
        Effect.withLogSpan(kind),
        Effect.withSpan(`Orchestrator.${kind}`),
        Metrics.request(kind)
      ),
      options.requestId
    )

  const answered = (generation: number): Effect.Effect<RequestId.Answered> =>
    Effect.map(RequestId.RequestId, (requestId) => ({ requestId: requestId ?? "", generation }))

  const gather = (options: RequestOptions = {}) =>
    request(
      "gather",
      options,
      Effect.fnUntraced(function* ({ config, connections, number }): Effect.fn.Return<Gathered, GatherError> {
        return {
          ...(yield* Gather.gatherAll(connections, config, Introspection.addSchema)),
          ...(yield* answered(number))
        }
      })
    )
  const query = (question: string, options: QueryOptions = {}) =>
    request("query", options, (generation) =>
      QueryPipeline.query(question, generation, { dryRun: options.dryRun ?? false })
    ).pipe(Effect.provideContext(context))
  const service: Orchestrator["Service"] = {
    config: Effect.map(sets.current, ({ config }) => config),
    gather,
    gatherEvents: (options) =>
      streaming<GatherEvent, GatherError>((tell) =>
        gather(options).pipe(
          Effect.provideService(Progress.Listener, tell),
          Effect.map((resources) => ({ _tag: "Completed", resources }))
        )
      ),
    resolve: (name, resourceType, options = {}) =>
      request(
        "resolve",
        options,
        Effect.fnUntraced(function* ({ config, connections, number }): Effect.fn.Return<Resolved, GatherError> {
          const resources = yield* Gather.gatherAll(connections, config, Introspection.addSchema)
          const resolution = yield* Effect.sync(() =>
            Resolution.explainEntity(name, resourceType, resources, config.resolution)
          ).pipe(Metrics.step("resolve"))
          if (resolution.entity !== null) yield* logResolution(name, resolution.entity)
          return { ...resolution, ...(yield* answered(number)) }
        })
      ),
    vocabulary: (options = {}) =>
      request(
        "vocabulary",
        options,
        Effect.fnUntraced(function* ({
          config,
          connections,
          number
        }): Effect.fn.Return<Vocabulary.AnsweredVocabulary, GatherError> {
          const resources = yield* Gather.gatherAll(connections, config, Introspection.addSchema)
          return { ...Vocabulary.fromResources(resources), ...(yield* answered(number)) }
        })
      ),
    query,
    queryEvents: (question, options) =>
      streaming<QueryEvent, QueryPipeline.QueryError>((tell) =>
        query(question, options).pipe(
          Effect.provideService(Progress.Listener, tell),
          Effect.provideService(QueryEvents.Listener, tell),
          Effect.map((result) => ({ _tag: "Completed", result }))
        )
      ),
    health: (options = {}) =>
      request("health", options, ({ config, connections }) => Health.check(connections, config)),
    validate: (options = {}) =>
      request("validate", options, ({ config }) => ServerCheck.check(config)).pipe(Effect.provideContext(context))
  }
  return service
})

/**
 * What a request tells while it runs, then what it gives. The queue has no bound of its own: `limits` bounds the events
 * of a gather, `query.attempts` those of a question.
 */
const streaming = <Event, E>(run: (tell: (event: Event) => void) => Effect.Effect<Event, E>): Stream.Stream<Event, E> =>
  Stream.callback<Event, E>((queue) =>
    run((event) => void Queue.offerUnsafe(queue, event)).pipe(
      Effect.flatMap((last) => Queue.offer(queue, last)),
      Effect.andThen(Queue.end(queue))
    )
  )

/** As it was at the start, logging is its owner's business: only what a reload changed of it is imposed on a request. */
const loggingAs = ({ enableLogging, logLevel }: OrchestratorConfig, first: OrchestratorConfig) =>
  enableLogging === first.enableLogging && logLevel === first.logLevel
    ? identity
    : Effect.provideService(References.MinimumLogLevel, enableLogging ? minimumLevel[logLevel] : "None")
