/**
 * The orchestrator for apps that do not use Effect: promises, async iterables, an `AbortSignal`.
 *
 * ```ts
 * await using orchestrator = await open({ configPath: "mcp-config.yaml" })
 * const answer = await orchestrator.query("total sales of widgets this year")
 * ```
 *
 * Open it once and keep it: it holds the connections. A promise rejects with one of the tagged errors (`error._tag`,
 * `error.remedy`; see `errorResponse`), or with the signal's reason when its signal ended it, down to the requests at the
 * servers. `JSON.stringify` of a result writes all of it.
 *
 * This module is the boundary to promises: nothing behind it throws.
 */
import * as RetryAfter from "./errors/RetryAfter.ts"
import "./NodeCheck.ts"
import * as Cause from "effect/Cause"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Layer from "effect/Layer"
import * as Logger from "effect/Logger"
import * as ManagedRuntime from "effect/ManagedRuntime"
import * as Schema from "effect/Schema"
import * as Stream from "effect/Stream"
import { ServerHealth } from "./health/HealthReport.ts"
import * as Service from "./Orchestrator.ts"
import { httpStatus, OrchestratorError, OrchestratorErrorJson } from "./OrchestratorError.ts"
import { GatherEvent, QueryEvent } from "./OrchestratorEvent.ts"
import { QueryResult } from "./query/QueryResult.ts"
import { Resolved } from "./resolution/ResolvedEntity.ts"
import { Gathered } from "./resources/GatheredResources.ts"

export type { Gathered, GatherEvent, QueryEvent, QueryResult, Resolved, ServerHealth }

export interface OpenOptions {
  /** Else `MCP_CONFIG`, else `./mcp-config.yaml`. */
  readonly configPath?: string | undefined
  /** Whether the file is watched, and put in force anew when its content changes. */
  readonly reload?: boolean | undefined
  /** Writes logs in this format to stderr, at the file's `log_level`. Without it there are none. */
  readonly logs?: "json" | "pretty" | undefined
  /** Gives up opening; later it means nothing. */
  readonly signal?: AbortSignal | undefined
}

export interface RequestOptions {
  /** Carried through logs, traces and results: up to 128 letters, digits and `.:_-`; another one is replaced. */
  readonly requestId?: string | undefined
  /** Ends the request. */
  readonly signal?: AbortSignal | undefined
}

export interface QueryOptions extends RequestOptions {
  /** The SQL is generated and checked, not run. */
  readonly dryRun?: boolean | undefined
}

export interface Orchestrator extends AsyncDisposable {
  /** Gathers, then answers the question with rows; integers beyond 2^53 are `bigint`, and plain numbers in JSON. */
  query(question: string, options?: QueryOptions): Promise<QueryResult>
  /** The same as it happens; the last element is `Completed`. Leaving the loop ends the request. */
  queryEvents(question: string, options?: QueryOptions): AsyncIterable<QueryEvent>
  /** Every resource of every server, read afresh; complete, or an error. */
  gather(options?: RequestOptions): Promise<Gathered>
  /** The same as it happens; the last element is `Completed`. Leaving the loop ends the request. */
  events(options?: RequestOptions): AsyncIterable<GatherEvent>
  /** What the name means among the servers whose domains contain `resourceType`; `entity` is `null` if nothing. */
  resolve(name: string, resourceType: string, options?: RequestOptions): Promise<Resolved>
  /** Whether each server could deliver now; all of them, also when one could not. */
  health(options?: RequestOptions): Promise<ReadonlyArray<ServerHealth>>
  /** Ends what runs and closes every connection. */
  [Symbol.asyncDispose](): Promise<void>
}

/** Loads the configuration and connects every server; rejects if one cannot be connected, with nothing left open. */
export const open = ({ signal, ...options }: OpenOptions = {}): Promise<Orchestrator> => {
  const logs = options.logs === undefined ? Logger.layer([]) : Layer.empty
  const runtime = ManagedRuntime.make(Service.Orchestrator.layerNode(options).pipe(Layer.provideMerge(logs)))

  const promise = <A, E>(
    use: (orchestrator: Service.Orchestrator["Service"]) => Effect.Effect<A, E>,
    signal: AbortSignal | undefined
  ): Promise<A> =>
    runtime
      .runPromiseExit(Effect.flatMap(Service.Orchestrator, use), signal === undefined ? {} : { signal })
      .then((exit) => (Exit.isSuccess(exit) ? exit.value : Promise.reject(reasonOf(exit.cause, signal))))

  const iterable = <A, E>(
    use: (orchestrator: Service.Orchestrator["Service"]) => Stream.Stream<A, E>,
    signal: AbortSignal | undefined
  ): AsyncIterable<A> => {
    const stream = Effect.map(runtime.contextEffect, (context) =>
      Stream.provideContext(use(Context.get(context, Service.Orchestrator)), context)
    )
    return Stream.toAsyncIterable(Stream.interruptWhen(Stream.unwrap(stream), aborted(signal)))
  }

  const orchestrator: Orchestrator = {
    query: (question, { signal, ...options } = {}) =>
      promise(({ query }) => Effect.map(query(question, options), asJson(QueryResult)), signal),
    queryEvents: (question, { signal, ...options } = {}) =>
      iterable(({ queryEvents }) => Stream.map(queryEvents(question, options), asJson(QueryEvent)), signal),
    gather: ({ signal, ...options } = {}) =>
      promise(({ gather }) => Effect.map(gather(options), asJson(Gathered)), signal),
    events: ({ signal, ...options } = {}) =>
      iterable(({ gatherEvents }) => Stream.map(gatherEvents(options), asJson(GatherEvent)), signal),
    resolve: (name, resourceType, { signal, ...options } = {}) =>
      promise(({ resolve }) => Effect.map(resolve(name, resourceType, options), asJson(Resolved)), signal),
    health: ({ signal, ...options } = {}) =>
      promise(({ health }) => Effect.map(health(options), asJson(Schema.Array(ServerHealth))), signal),
    [Symbol.asyncDispose]: () => runtime.dispose()
  }
  return promise(({ connect }) => connect, signal).then(
    () => orchestrator,
    (reason: unknown) => runtime.dispose().then(() => Promise.reject(reason))
  )
}

/** An answer of an HTTP server. */
export interface ErrorResponse {
  readonly status: 400 | 404 | 422 | 499 | 500 | 502 | 503
  /** `Retry-After` in seconds, where a server asked for it. */
  readonly headers: { readonly [name: string]: string }
  /** For JSON: the fields of the error, with its `message` for people. */
  readonly body: {
    readonly error: { readonly _tag: string; readonly message: string; readonly [field: string]: unknown }
  }
}

/**
 * What a web server answers when a request of the orchestrator was rejected: the tagged errors whole, with their status; an
 * aborted request as 499, for nobody reads it; anything else as 500 without a word of it, since it is not known whose.
 */
export const errorResponse = (error: unknown): ErrorResponse => {
  if (isOurs(error)) {
    const { _tag, message } = error
    return {
      status: httpStatus[_tag],
      headers: RetryAfter.headersOf(error),
      body: { error: { ...fieldsOf(error), _tag, message } }
    }
  }
  return isAbort(error)
    ? { status: 499, headers: {}, body: { error: { _tag: "Aborted", message: "the request was aborted" } } }
    : { status: 500, headers: {}, body: { error: { _tag: "InternalError", message: "internal error" } } }
}

// -----------------------------------------------------------------------------
// internals

const isOurs = Schema.is(OrchestratorError)
const encodeError = Schema.encodeSync(OrchestratorErrorJson)
const fieldsOf = (error: OrchestratorError): object => Object(encodeError(error))

const isAbort = (error: unknown): boolean => error instanceof DOMException && error.name === "AbortError"

/** What a promise is rejected with. */
const reasonOf = (cause: Cause.Cause<unknown>, signal: AbortSignal | undefined): unknown => {
  if (signal?.aborted && Cause.hasInterruptsOnly(cause)) return signal.reason
  return Cause.hasInterruptsOnly(cause)
    ? new DOMException("the orchestrator was closed", "AbortError")
    : Cause.squash(cause)
}

/** Fails with the signal's reason once it is aborted. */
const aborted = (signal: AbortSignal | undefined): Effect.Effect<never, unknown> =>
  Effect.callback((resume) => {
    if (signal === undefined) return
    const abort = () => resume(Effect.fail(signal.reason))
    if (signal.aborted) return abort()
    signal.addEventListener("abort", abort, { once: true })
    return Effect.sync(() => signal.removeEventListener("abort", abort))
  })

/** The value with what `JSON.stringify` asks for: by itself it would drop a `Map` and refuse a `bigint`. */
const asJson = <A extends object>(schema: Schema.Codec<A, unknown>): ((value: A) => A) => {
  const encode = Schema.encodeSync(Schema.toCodecJson(schema))
  return (value) => Object.defineProperty(value, "toJSON", { value: () => encode(value) })
}
