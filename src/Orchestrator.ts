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
import * as Layer from "effect/Layer"
import * as Queue from "effect/Queue"
import * as Stream from "effect/Stream"
import * as ConfigLoader from "./config/ConfigLoader.ts"
import type { OrchestratorConfig } from "./config/OrchestratorConfig.ts"
import * as ServerConnection from "./connection/ServerConnection.ts"
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
import type { GatherError } from "./resources/GatherFailure.ts"
import * as Health from "./resources/Health.ts"
import * as Progress from "./resources/Progress.ts"
import * as RequestId from "./telemetry/RequestId.ts"

/** Given with any request; without it the request makes its own. */
export interface RequestOptions {
  /** Carried through logs, traces and results. */
  readonly requestId?: string
}

/** The last element of a gather's events is its result. */
export type GatherEvent =
  Progress.ProgressEvent | { readonly _tag: "Completed"; readonly resources: GatheredResources }

export class Orchestrator extends Context.Service<
  Orchestrator,
  {
    /** The configuration in force. */
    readonly config: OrchestratorConfig
    /**
     * Every resource of every server, read afresh; complete, or one error that names the server. Bounded by
     * `gather_timeout`.
     */
    gather(options?: RequestOptions): Effect.Effect<GatheredResources, GatherError>
    /** The same as it happens: for a progress bar. Ends with `Completed`, or fails like `gather`. */
    gatherEvents(options?: RequestOptions): Stream.Stream<GatherEvent, GatherError>
    /**
     * Gathers, then finds the entity that `name` means among the servers whose domains contain `resourceType`. Not
     * found is an empty `option` with suggestions, not an error.
     */
    resolve(name: string, resourceType: string, options?: RequestOptions): Effect.Effect<Resolution.Resolution, GatherError>
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

/** For apps that bring their own configuration value, SQL generator or transport. Connects when first needed. */
export const layerConfig = (
  config: OrchestratorConfig
): Layer.Layer<Orchestrator, never, SqlGenerator | Transports> => Layer.effect(Orchestrator, make(config))

/**
 * The orchestrator for a configuration file (`configPath`, else `MCP_CONFIG`, else `./mcp-config.yaml`), over SSE. SQL
 * comes from the language model that `LLM_BASE_URL` and `LLM_MODEL` name, else from the rule-based generator.
 */
export const layer = (
  options: { readonly configPath?: string } = {}
): Layer.Layer<Orchestrator, ConfigError | NoMcpAvailableError | SqlGenerationError> =>
  Layer.unwrap(
    Effect.map(
      ConfigLoader.load({
        ...(options.configPath === undefined ? {} : { file: options.configPath }),
        env: process.env,
        cwd: process.cwd()
      }),
      ({ config }) => layerConfig(config)
    )
  ).pipe(
    Layer.provide([generatorLayer, Transports.layerSse]),
    Layer.provide([NodeFileSystem.layer, NodePath.layer])
  )

/** The SQL generator that the environment asks for. */
export const generatorLayer: Layer.Layer<SqlGenerator, ConfigError | SqlGenerationError> =
  ConfiguredModel.layerFromEnvironment(RuleBased.layer)

const make = Effect.fnUntraced(function* (config: OrchestratorConfig) {
  const context = yield* Effect.context<SqlGenerator | Transports>()
  const connections = yield* Effect.forEach(config.servers, (server) => ServerConnection.make(server, config.limits))

  const gather = (options: RequestOptions = {}) => asRequest("gather", options, Gather.gatherAll(connections, config))
  const service: Orchestrator["Service"] = {
    config,
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
      asRequest(
        "resolve",
        options,
        Effect.map(Gather.gatherAll(connections, config), (resources) =>
          Resolution.explainEntity(name, resourceType, resources, config.resolution)
        )
      ),
    query: (question, options = {}) =>
      asRequest(
        "query",
        options,
        QueryPipeline.query(question, { connections, config, dryRun: options.dryRun ?? false })
      ).pipe(Effect.provideContext(context)),
    health: (options = {}) => asRequest("health", options, Health.check(connections, config)),
    validate: (options = {}) => asRequest("validate", options, ServerCheck.check(connections, config))
  }
  return service
})

/** One span and one request id around everything the request does. */
const asRequest = <A, E, R>(name: string, options: RequestOptions, effect: Effect.Effect<A, E, R>) =>
  RequestId.within(Effect.withSpan(effect, `Orchestrator.${name}`), options.requestId)
