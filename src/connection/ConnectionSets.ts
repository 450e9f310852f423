/**
 * Sets of connections, one for each configuration that was in force. A reload connects the new set first, swaps it in
 * atomically, lets the requests in flight finish on the old set, then closes it. A server whose entry did not change
 * keeps its connection. Whatever goes wrong, the old set stays.
 */
import * as Data from "effect/Data"
import * as Effect from "effect/Effect"
import * as Equal from "effect/Equal"
import * as Exit from "effect/Exit"
import * as Hash from "effect/Hash"
import * as RcMap from "effect/RcMap"
import * as Redacted from "effect/Redacted"
import * as Scope from "effect/Scope"
import * as Semaphore from "effect/Semaphore"
import type { Limits, OrchestratorConfig, ServerConfig } from "../config/OrchestratorConfig.ts"
import { withRetry } from "./RetryPolicy.ts"
import * as ServerConnection from "./ServerConnection.ts"
import type { SessionFailure } from "./SessionFailure.ts"
import type { Transports } from "./Transports.ts"

export interface ConnectionSet {
  /** 1 for the first, one more with every reload that was taken. */
  readonly number: number
  readonly config: OrchestratorConfig
  /** In priority order. */
  readonly connections: ReadonlyArray<ServerConnection.ServerConnection>
}

/** A server of the new configuration that could not be connected. */
export class Unreachable extends Data.TaggedError("Unreachable")<{
  readonly server: ServerConfig
  readonly failure: SessionFailure
  readonly attempts: number
}> {}

export interface ConnectionSets {
  /** The set in force, which stays open for as long as the scope. */
  readonly borrow: Effect.Effect<ConnectionSet, never, Scope.Scope>
  /** The set in force, to look at. */
  readonly current: Effect.Effect<ConnectionSet>
  /**
   * Puts the configuration that `load` gives in force. Loading is a part of it, because swaps go one at a time: what
   * was read earlier never replaces what was read later. Fails as `load` does, or with the first server that cannot be
   * connected within its retries.
   */
  swap<E, R>(load: Effect.Effect<OrchestratorConfig, E, R>): Effect.Effect<ConnectionSet, E | Unreachable, R>
}

/** The first set; nothing is connected until it is needed. All sets close with the scope, requests in flight or not. */
export const make = Effect.fn("ConnectionSets.make")(function* (
  config: OrchestratorConfig
): Effect.fn.Return<ConnectionSets, never, Transports | Scope.Scope> {
  const outer = yield* Effect.scope
  const swaps = yield* Semaphore.make(1)
  // A connection is closed when neither a set nor a request holds it any more.
  const connections = yield* RcMap.make({
    lookup: ({ limits, server }: Entry) => ServerConnection.make(server, limits)
  })

  /** In a scope of their own, which closes those that nobody else holds at the same time. */
  const hold = Effect.fnUntraced(function* (entries: ReadonlyArray<Entry>, within: Scope.Scope) {
    const scope = yield* Scope.fork(within, "parallel")
    const held = yield* Effect.forEach(entries, (entry) => RcMap.get(connections, entry)).pipe(Scope.provide(scope))
    return { connections: held, scope }
  })
  const open = Effect.fnUntraced(function* (config: OrchestratorConfig, number: number) {
    const entries = config.servers.map((server) => new Entry(server, config.limits))
    const { connections, scope } = yield* hold(entries, outer)
    return { set: { number, config, connections }, entries, scope }
  })
  let current = yield* open(config, 1)

  return {
    current: Effect.sync(() => current.set),
    borrow: Effect.flatMap(Effect.scope, (scope) => {
      const { entries, set } = current
      return Effect.as(hold(entries, scope), set)
    }),
    swap: (load) =>
      Effect.flatMap(load, (next) =>
        Effect.uninterruptibleMask((restore) =>
          Effect.gen(function* () {
            const before = current
            const after = yield* open(next, before.set.number + 1)
            // One that was kept is not tried: a server that is down cannot veto a reload.
            const added = after.set.connections.filter((one) => !before.set.connections.includes(one))
            yield* restore(
              Effect.forEach(added, (one) => connect(one, next), { concurrency: "unbounded", discard: true })
            ).pipe(Effect.onError(() => Scope.close(after.scope, Exit.void)))
            current = after
            yield* Scope.close(before.scope, Exit.void)
            return after.set
          })
        )
      ).pipe(swaps.withPermit)
  }
})

// -----------------------------------------------------------------------------
// internals

const connect = (
  { server, withSession }: ServerConnection.ServerConnection,
  { gatherTimeout, retry }: OrchestratorConfig
): Effect.Effect<void, Unreachable> =>
  withRetry(
    withSession(() => Effect.void),
    {
      retry,
      maxRetryAfter: gatherTimeout,
      server: server.id,
      operation: "connect",
      failureOf: (cause) => cause,
      failed: (failure, attempts) => new Unreachable({ server, failure, attempts })
    }
  )

/**
 * What makes a connection. Two are equal if they make the same one: what a set decides for itself (priority, domains,
 * capabilities) counts too, because a connection carries its entry.
 */
class Entry implements Equal.Equal {
  readonly server: ServerConfig
  readonly limits: Limits
  readonly #key: string
  readonly #hash: number

  constructor(server: ServerConfig, limits: Limits) {
    this.server = server
    this.limits = limits
    this.#key = JSON.stringify([
      {
        ...server,
        url: server.url.reveal().href,
        endpointBase: server.endpointBase?.reveal().href,
        headers: Object.entries(server.headers).map(([k, v]) => [k, Redacted.value(v)])
      },
      limits
    ])
    this.#hash = Hash.string(this.#key)
  }

  [Equal.symbol](that: Equal.Equal): boolean {
    return that instanceof Entry && that.#key === this.#key
  }

  [Hash.symbol](): number {
    return this.#hash
  }
}
