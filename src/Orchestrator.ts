/**
 * The service other apps `yield*`: gather, resolve, query, health, validate over the servers of one configuration.
 *
 * ```ts
 * const program = Effect.gen(function* () {
 *   const orchestrator = yield* Orchestrator
 *   return yield* orchestrator.query("total sales of widgets this year")
 * }).pipe(Effect.provide(Orchestrator.layerNode({ configPath: "mcp-config.yaml" })))
 * ```
 */
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import type * as LogLevel from "effect/LogLevel"
import type * as Option from "effect/Option"
import * as References from "effect/References"
import type * as Scope from "effect/Scope"
import * as Stream from "effect/Stream"
import { ConfigSource, type FileOptions } from "./config/ConfigSource.ts"
import * as ConfiguredTelemetry from "./config/ConfiguredTelemetry.ts"
import type { OrchestratorConfig } from "./config/OrchestratorConfig.ts"
import type { Content, ListedResource, ResourceTemplate } from "./connection/Replies.ts"
import * as ConfiguredLimits from "./connection/ConfiguredLimits.ts"
import * as ConnectionSets from "./connection/ConnectionSets.ts"
import { RateLimits } from "./connection/RateLimits.ts"
import { Sessions } from "./connection/Sessions.ts"
import { oncePer } from "./OncePer.ts"
import type { ConfigError, McpConnectionError, NoMcpAvailableError, OverloadedError } from "./OrchestratorError.ts"
import type { GatherEvent, QueryEvent } from "./OrchestratorEvent.ts"
import * as QueryEvents from "./query/QueryEvents.ts"
import type { QueryError } from "./query/QueryPipeline.ts"
import type { QueryResult } from "./query/QueryResult.ts"
import * as Reload from "./Reload.ts"
import type { ServerReport } from "./health/ServerReport.ts"
import * as ConfiguredGenerator from "./sql/ConfiguredGenerator.ts"
import { SqlGenerator } from "./sql/SqlGenerator.ts"
import * as Resolution from "./resolution/Resolution.ts"
import * as Vocabulary from "./resolution/Vocabulary.ts"
import { logResolution } from "./resolution/ResolutionEvents.ts"
import type { Resolved } from "./resolution/ResolvedEntity.ts"
import * as ParserPackages from "./guard/ParserPackages.ts"
import * as Catalogue from "./resources/Catalogue.ts"
import * as Gather from "./resources/Gather.ts"
import * as Gathers from "./resources/Gathers.ts"
import type { Gathered } from "./resources/GatheredResources.ts"
import { failed, toConnectionError, type GatherError } from "./resources/GatherFailure.ts"
import type { ServerHealth } from "./health/HealthReport.ts"
import * as Progress from "./resources/Progress.ts"
import type * as Logging from "./telemetry/Logging.ts"
import * as Metrics from "./telemetry/Metrics.ts"
import { minimumLevel } from "./telemetry/MinimumLevel.ts"
import * as RecentRequests from "./telemetry/RecentRequests.ts"
import * as RequestId from "./telemetry/RequestId.ts"

export type { Gathered, GatherEvent, QueryEvent, Resolved }

/** Given with any request; without it the request makes its own. */
export interface RequestOptions {
  /** Carried through logs, traces and results: up to 128 letters, digits and `.:_-`; another one is replaced. */
  readonly requestId?: string | undefined
}

export interface QueryOptions extends RequestOptions {
  /** The SQL is generated and checked, not run. */
  readonly dryRun?: boolean | undefined
  /** Writes the SQL of this question in place of the one that the Layer was given; the guard checks it all the same. */
  readonly generator?: SqlGenerator["Service"] | undefined
}

export class Orchestrator extends Context.Service<
  Orchestrator,
  {
    /** The configuration in force. */
    readonly config: Effect.Effect<OrchestratorConfig>
    /**
     * Connects every server that is not connected, each within its retries, or fails with the first that cannot be: for
     * an app that wants to fail at its start. Without it a server is connected when it is first needed.
     */
    readonly connect: Effect.Effect<void, McpConnectionError>
    /**
     * Loads the configuration again now and puts it in force: the servers that are new in it are connected first, requests
     * in flight finish on the old set, and a server whose entry did not change keeps its connection. Gives the number of
     * the new generation; on any failure, told as `config_rejected`, the old configuration stays. One goes after another.
     */
    readonly reload: Effect.Effect<number, ConfigError | NoMcpAvailableError | McpConnectionError>
    /**
     * Every resource of every server, read afresh; complete, or one error that names the server. Bounded by
     * `gather_timeout` from when it begins: at most `max_gathers` run at once, in the order in which they were asked for.
     */
    gather(options?: RequestOptions): Effect.Effect<Gathered, GatherError | OverloadedError>
    /** The same as it happens: for a progress bar. Ends with `Completed`, or fails like `gather`. */
    gatherEvents(options?: RequestOptions): Stream.Stream<GatherEvent, GatherError | OverloadedError>
    /** What every server lists now, without the contents, in priority order; complete, or one error. */
    resources(options?: RequestOptions): Effect.Effect<ReadonlyArray<Catalogue.OfServer<ListedResource>>, GatherError>
    /** The URI templates of every server; complete, or one error. */
    templates(options?: RequestOptions): Effect.Effect<ReadonlyArray<Catalogue.OfServer<ResourceTemplate>>, GatherError>
    /**
     * One resource of one server, read afresh. `None` where there is no such server or resource, or where the
     * configuration excludes it.
     */
    read(
      server: string,
      uri: string,
      options?: RequestOptions
    ): Effect.Effect<Option.Option<ReadonlyArray<Content>>, GatherError>
    /**
     * Gathers, then finds the entity that `name` means among the servers whose domains contain `resourceType`, in
     * singular or plural; with `null` among all servers. Not found, or several equally near, is the `entity` `null`
     * with suggestions, not an error.
     */
    resolve(
      name: string,
      resourceType: string | null,
      options?: RequestOptions
    ): Effect.Effect<Resolved, GatherError | OverloadedError>
    /** Gathers, then gives all the words that a question can use. */
    vocabulary(options?: RequestOptions): Effect.Effect<Vocabulary.AnsweredVocabulary, GatherError | OverloadedError>
    /** Gathers, then answers the question with rows. With `dryRun` the SQL is generated and checked, not run. */
    query(question: string, options?: QueryOptions): Effect.Effect<QueryResult, QueryError>
    /** The same as it happens: for whoever waits for an answer. Ends with `Completed`, or fails like `query`. */
    queryEvents(question: string, options?: QueryOptions): Stream.Stream<QueryEvent, QueryError>
    /** Whether what each server declares can be listed now; all servers, also when one fails. */
    health(options?: RequestOptions): Effect.Effect<ReadonlyArray<ServerHealth>>
    /**
     * Tests each server, over a session of its own, against what the configuration says of it, and reads all that a
     * gather would; all servers, also when one fails.
     */
    validate(options?: RequestOptions): Effect.Effect<ReadonlyArray<ServerReport>>
  }
>()("effect-mcp-orchestrator/Orchestrator") {
  /**
   * The orchestrator of a configuration, a generator and a way to open sessions. Reloads when the source says that it
   * changed. `log_level` and `enable_logging` are the logger's business: `ConfiguredTelemetry.layer` heeds them, and what
   * a reload changes of them holds for the requests that begin after it, but for callers with a level of their own. What a reload cannot do is switch on logging that
   * was off at the start, or make the logger of the start know the header values that came later: those are masked by
   * name and by looks, as everything is, until the next start.
   */
  static readonly layer: Layer.Layer<Orchestrator, ConfigError, ConfigSource | SqlGenerator | Sessions> = Layer.effect(
    Orchestrator,
    Effect.suspend(() => make)
  )

  /**
   * The same with what Node has: a configuration file, SSE, and the SQL generator that the environment asks for (a
   * language model if `LLM_MODEL` names one, else the rules).
   */
  static readonly layerNode = ({ logs, reload, ...file }: NodeOptions = {}): Layer.Layer<
    Orchestrator,
    ConfigError | NoMcpAvailableError
  > =>
    Orchestrator.layer.pipe(
      Layer.provide([ConfiguredGenerator.layer, Sessions.layerSse]),
      Layer.provideMerge(logs === undefined ? Layer.empty : ConfiguredTelemetry.layer(logs)),
      Layer.provide(reload === true ? ConfigSource.layerWatch(file) : ConfigSource.layerFile(file)),
      Layer.provide(files)
    )
}

/** What `Orchestrator.layerNode` is made of. */
export interface NodeOptions extends FileOptions {
  /** Whether the file is watched, and put in force anew when its content changes. */
  readonly reload?: boolean | undefined
  /**
   * Writes logs in this format to stderr and exports to OTLP (see `ConfiguredTelemetry`), also for the app around it.
   * Without it log calls go to the loggers of the app, and `log_level` is not heeded.
   */
  readonly logs?: Logging.Settings["format"] | undefined
}

const make = Effect.gen(function* () {
  const source = yield* ConfigSource
  // Service by service: the whole context would bring the span, annotations and level of whoever builds the Layer.
  const generator = yield* SqlGenerator
  const sessions = yield* Sessions
  const level = yield* References.MinimumLogLevel
  const recorder = yield* RecentRequests.Recorder
  const first = source.initial.config
  yield* ParserPackages.checkInstalled(first)
  yield* Reload.logLoaded(source.initial)
  const rateLimits = yield* ConfiguredLimits.make(first)
  const sets = yield* ConnectionSets.make(first).pipe(Effect.provideService(RateLimits, rateLimits))
  yield* source.changes.pipe(
    // Rejected ones are in the log; a bug in one reload must not be the end of all others.
    Stream.runForEach(() => Effect.ignoreCause(Reload.into(sets, source), { log: "Debug" })),
    Effect.forkScoped
  )

  /** One request: a generation of its own to the end, one span and one request id around everything it does. */
  const request = <A, E, R>(
    kind: RecentRequests.RequestKind,
    options: RequestOptions,
    use: (set: ConnectionSets.ConnectionSet) => Effect.Effect<A, E, R>
  ): Effect.Effect<A, E, Exclude<R, Scope.Scope>> =>
    RequestId.within(
      sets.borrow.pipe(
        Effect.flatMap((generation) =>
          use(generation).pipe(
            Effect.annotateLogs("generation", generation.number),
            loggingAs(generation.config, first, level)
          )
        ),
        Effect.scoped,
        Effect.withLogSpan(kind),
        Effect.withSpan(`Orchestrator.${kind}`),
        recorder.record(kind),
        Metrics.request(kind)
      ),
      options.requestId
    )

  /** Those of a generation take turns among themselves: a server that hangs under the old one does not hold up the new. */
  const gathering = oncePer((set: ConnectionSets.ConnectionSet) =>
    Gathers.make(
      Gather.gatherAll(set.connections, set.config, addSchema).pipe(
        // For a gather that is shared, and therefore no request's.
        Effect.annotateLogs("generation", set.number)
      ),
      set.config
    )
  )

  const answered = (generation: number): Effect.Effect<RequestId.Answered> =>
    Effect.map(RequestId.RequestId, (requestId) => ({ requestId: requestId ?? "", generation }))

  const gather = (options: RequestOptions = {}) =>
    request("gather", options, (set): Effect.Effect<Gathered, GatherError | OverloadedError> =>
      Effect.zipWith(gathering(set), answered(set.number), (resources, of) => ({ ...resources, ...of }))
    )
  const query = (question: string, options: QueryOptions = {}) =>
    request("query", options, (generation) =>
      Effect.flatMap(queryPipeline, (pipeline) =>
        pipeline.query(question, generation, { dryRun: options.dryRun ?? false, gather: gathering(generation) })
      )
    ).pipe(Effect.provideService(SqlGenerator, options.generator ?? generator))
  const service: Orchestrator["Service"] = {
    config: Effect.map(sets.current, ({ config }) => config),
    connect: sets.borrow.pipe(
      Effect.flatMap(ConnectionSets.connectAll),
      Effect.mapError(({ attempts, failure, server }) =>
        toConnectionError(server, failed("connect", failure, { attempts }))
      ),
      Effect.scoped,
      Effect.withSpan("Orchestrator.connect")
    ),
    reload: Reload.into(sets, source),
    gather,
    gatherEvents: (options) =>
      Progress.streaming<GatherEvent, GatherError | OverloadedError>((tell) =>
        gather(options).pipe(
          Effect.provideService(Progress.Listener, tell),
          Effect.map((resources) => ({ _tag: "Completed", resources }))
        )
      ),
    resources: (options = {}) =>
      request("list", options, ({ config, connections }) => Catalogue.resources(connections, config)),
    templates: (options = {}) =>
      request("list", options, ({ config, connections }) => Catalogue.templates(connections, config)),
    read: (server, uri, options = {}) =>
      request("read", options, ({ config, connections }) => Catalogue.read(connections, config, server, uri)),
    resolve: (name, resourceType, options = {}) =>
      request("resolve", options, (set): Effect.Effect<Resolved, GatherError | OverloadedError> =>
        Effect.flatMap(gathering(set), (resources) =>
          Effect.sync(() => Resolution.explainEntity(name, resourceType, resources, set.config.resolution)).pipe(
            Metrics.step("resolve"),
            Effect.tap(({ entity }) => (entity === null ? Effect.void : logResolution(name, entity))),
            Effect.zipWith(answered(set.number), (resolution, of) => ({ ...resolution, ...of }))
          )
        )
      ),
    vocabulary: (options = {}) =>
      request(
        "vocabulary",
        options,
        (set): Effect.Effect<Vocabulary.AnsweredVocabulary, GatherError | OverloadedError> =>
          Effect.zipWith(gathering(set), answered(set.number), (resources, of) => ({
            ...Vocabulary.fromResources(resources),
            ...of
          }))
      ),
    query,
    queryEvents: (question, options) =>
      Progress.streaming<QueryEvent, QueryError>((tell) =>
        query(question, options).pipe(
          Effect.provideService(Progress.Listener, tell),
          Effect.provideService(QueryEvents.Listener, tell),
          Effect.map((result) => ({ _tag: "Completed", result }))
        )
      ),
    health: (options = {}) =>
      request("health", options, ({ config, connections }) =>
        Effect.flatMap(health, ({ check }) => check(connections, config))
      ),
    validate: (options = {}) =>
      request("validate", options, ({ config }) => Effect.flatMap(serverCheck, ({ check }) => check(config))).pipe(
        Effect.provideService(Sessions, sessions)
      )
  }
  return service
})

/**
 * As it was at the start, logging is its owner's business: only what a reload changed of it is imposed on a request, and not
 * on a caller with another level than the `start` had.
 */
const loggingAs =
  ({ enableLogging, logLevel }: OrchestratorConfig, first: OrchestratorConfig, start: LogLevel.LogLevel) =>
  <A, E, R>(request: Effect.Effect<A, E, R>): Effect.Effect<A, E, R> =>
    enableLogging === first.enableLogging && logLevel === first.logLevel
      ? request
      : Effect.flatMap(References.MinimumLogLevel, (level) =>
          level === start
            ? Effect.provideService(
                request,
                References.MinimumLogLevel,
                enableLogging ? minimumLevel[logLevel] : "None"
              )
            : request
        )

// Loaded with the first use.
const files = Effect.all([
  Effect.promise(() => import("@effect/platform-node/NodeFileSystem")),
  Effect.promise(() => import("@effect/platform-node/NodePath"))
]).pipe(
  Effect.map((modules) => Layer.mergeAll(modules[0].layer, modules[1].layer)),
  Layer.unwrap
)
const introspection = Effect.promise(() => import("./grounding/introspection/Introspection.ts"))
const queryPipeline = Effect.promise(() => import("./query/QueryPipeline.ts"))
const health = Effect.promise(() => import("./health/Health.ts"))
const serverCheck = Effect.promise(() => import("./health/ServerCheck.ts"))

const addSchema: Gather.Addition = (...of) => Effect.flatMap(introspection, (found) => found.addSchema(...of))
