/**
 * Sets of connections, one for each configuration that was in force. A reload connects the new set first, swaps it in
 * atomically, lets the requests in flight finish on the old set, then closes it. A server whose entry did not change
 * keeps its connection. Whatever goes wrong, the old set stays.
 */
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Redacted from "effect/Redacted"
import * as Scope from "effect/Scope"
import * as Semaphore from "effect/Semaphore"
import type { OrchestratorConfig, ServerConfig } from "../config/OrchestratorConfig.ts"
import { type Exhausted, withRetry } from "./RetryPolicy.ts"
import * as ServerConnection from "./ServerConnection.ts"
import type { SessionFailure } from "./SessionFailure.ts"
import { Sessions } from "./Sessions.ts"

export interface Generation {
  /** 1 for the first, one more with every reload that was taken. */
  readonly number: number
  readonly config: OrchestratorConfig
  /** In priority order. */
  readonly connections: ReadonlyArray<ServerConnection.ServerConnection>
}

/** A server of the new configuration that could not be connected. */
export interface Unreachable extends Exhausted<SessionFailure> {
  readonly _tag: "Unreachable"
  readonly server: ServerConfig
}

export interface Generations {
  /** The set in force, which stays open for as long as the scope. */
  readonly borrow: Effect.Effect<Generation, never, Scope.Scope>
  /** The set in force, to look at. */
  readonly current: Effect.Effect<Generation>
  /**
   * Puts the configuration that `load` gives in force. Loading is a part of it, because swaps go one at a time: what
   * was read earlier never replaces what was read later. Fails as `load` does, or with the first server that cannot be
   * connected within its retries.
   */
  swap<E, R>(load: Effect.Effect<OrchestratorConfig, E, R>): Effect.Effect<Generation, E | Unreachable, R>
}

interface Owned {
  readonly key: string
  readonly connection: ServerConnection.ServerConnection
  readonly scope: Scope.Closeable
  /** Sets it belongs to; closed at 0. */
  owners: number
}

interface Held extends Generation {
  readonly owned: ReadonlyArray<Owned>
  requests: number
}

/** The first set; nothing is connected until it is needed. All sets close with the scope, requests in flight or not. */
export const make = Effect.fn("Generations.make")(function* (
  config: OrchestratorConfig
): Effect.fn.Return<Generations, never, Sessions | Scope.Scope> {
  const sessions = yield* Sessions
  const swaps = yield* Semaphore.make(1)

  const own = Effect.fnUntraced(function* (server: ServerConfig, next: OrchestratorConfig, before: Held | null) {
    const key = keyOf(server, next)
    const kept = before?.owned.find((candidate) => candidate.key === key)
    if (kept !== undefined) {
      kept.owners += 1
      return kept
    }
    const scope = yield* Scope.make()
    const connection = yield* ServerConnection.make(server, next.limits).pipe(
      Effect.provideService(Sessions, sessions),
      Scope.provide(scope)
    )
    return { key, connection, scope, owners: 1 }
  })

  const disown = (owned: ReadonlyArray<Owned>) =>
    Effect.forEach(
      owned,
      (one) => {
        one.owners -= 1
        return one.owners === 0 ? Scope.close(one.scope, Exit.void) : Effect.void
      },
      { concurrency: "unbounded", discard: true }
    )

  const assemble = Effect.fnUntraced(function* (next: OrchestratorConfig, before: Held | null) {
    const owned = yield* Effect.forEach(next.servers, (server) => own(server, next, before))
    const held: Held = {
      number: (before?.number ?? 0) + 1,
      config: next,
      connections: owned.map(({ connection }) => connection),
      owned,
      requests: 0
    }
    return held
  })

  /** Every set that is not closed yet. */
  const sets = new Set<Held>()
  let isClosed = false

  const close = (held: Held) => Effect.suspend(() => (sets.delete(held) ? disown(held.owned) : Effect.void))
  const closeIfDone = (held: Held) =>
    Effect.suspend(() => (held !== current && held.requests === 0 ? close(held) : Effect.void))

  let current = yield* assemble(config, null)
  sets.add(current)
  yield* Effect.addFinalizer(() => {
    isClosed = true
    return Effect.forEach([...sets], close, { concurrency: "unbounded", discard: true })
  })

  return {
    current: Effect.sync(() => current),
    borrow: Effect.acquireRelease(
      Effect.sync(() => {
        current.requests += 1
        return current
      }),
      (held) => {
        held.requests -= 1
        return closeIfDone(held)
      }
    ),
    swap: (load) =>
      Effect.flatMap(load, (next) =>
        Effect.uninterruptibleMask((restore) =>
          Effect.gen(function* () {
            const before = current
            const held = yield* assemble(next, before)
            yield* restore(
              Effect.forEach(held.owned.filter(isNew), ({ connection }) => connect(connection, next), {
                concurrency: "unbounded",
                discard: true
              })
            ).pipe(Effect.onError(() => disown(held.owned)))
            // Closed meanwhile: the finalizer has not seen this set.
            if (isClosed) return yield* Effect.andThen(disown(held.owned), Effect.interrupt)
            sets.add(held)
            current = held
            yield* closeIfDone(before)
            return held
          })
        )
      ).pipe(swaps.withPermit)
  }
})

/**
 * Opens every session that is not open yet, each within its retries. The first server that cannot be connected is the
 * failure: it ends the other attempts, and what no request uses is closed again.
 */
export const connectAll = ({ config, connections }: Generation): Effect.Effect<void, Unreachable> =>
  Effect.forEach(connections, (connection) => connect(connection, config), {
    concurrency: "unbounded",
    discard: true
  }).pipe(Effect.onError(() => Effect.forEach(connections, ({ closeIdle }) => closeIdle, { discard: true })))

/** In this set for the first time: one that was kept is not tried, so that a server that is down cannot veto a reload. */
const isNew = ({ owners }: Owned) => owners === 1

const connect = (
  connection: ServerConnection.ServerConnection,
  { gatherTimeout, retry }: OrchestratorConfig
): Effect.Effect<void, Unreachable> =>
  withRetry(
    connection.withSession(() => Effect.void),
    { retry, patience: gatherTimeout, server: connection.server.id, operation: "connect", failureOf: (cause) => cause }
  ).pipe(Effect.mapError((exhausted) => ({ _tag: "Unreachable" as const, server: connection.server, ...exhausted })))

/**
 * Equal for entries that make the same connection. What a set decides for itself (priority, domains, capabilities) is
 * part of it too: a connection carries its entry.
 */
const keyOf = (server: ServerConfig, { limits }: OrchestratorConfig): string =>
  JSON.stringify([
    {
      ...server,
      url: server.url.reveal().href,
      endpointBase: server.endpointBase?.reveal().href,
      headers: Object.entries(server.headers).map(([k, v]) => [k, Redacted.value(v)])
    },
    limits
  ])
