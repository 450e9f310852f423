/**
 * The connection to one server: at most one session at a time, opened when first needed, shared by the requests in
 * flight, replaced when it was lost (P9). The session is kept between requests; nothing it delivered is.
 */
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Scope from "effect/Scope"
import * as Semaphore from "effect/Semaphore"
import type { Limits, ServerConfig } from "../config/OrchestratorConfig.ts"
import * as LogEvent from "../telemetry/LogEvent.ts"
import * as Redaction from "../telemetry/Redaction.ts"
import { makeThrottle, type Throttle } from "./Throttle.ts"
import * as Session from "./Session.ts"
import type { SessionFailure } from "./SessionFailure.ts"
import { Transports } from "./Transports.ts"

export interface ServerConnection {
  readonly server: ServerConfig
  /**
   * Runs `use` with the open session, opening one if there is none. One try: retrying is the caller's decision, since
   * only the caller knows what has to be started over.
   */
  withSession<A, E, R>(
    use: (session: Session.Session) => Effect.Effect<A, E, R>
  ): Effect.Effect<A, E | SessionFailure, R>
  /** Runs one request under the server's concurrency and rate limits. */
  readonly throttle: Throttle
  /** Closes the session unless a request uses it: a failed request leaves nothing behind. */
  readonly closeIdle: Effect.Effect<void>
}

interface Slot {
  readonly session: Session.Session
  readonly scope: Scope.Closeable
  users: number
}

/** A connection that is closed with the scope. Nothing is opened yet. */
export const make = Effect.fn("ServerConnection.make")(function* (
  server: ServerConfig,
  limits: Limits
): Effect.fn.Return<ServerConnection, never, Transports | Scope.Scope> {
  const transports = yield* Transports
  const mutex = yield* Semaphore.make(1)
  const throttle = yield* makeThrottle(server)
  let slot: Slot | null = null

  const closeSlot = (closing: Slot): Effect.Effect<void> =>
    Effect.suspend(() => {
      if (slot === closing) slot = null
      return Scope.close(closing.scope, Exit.void)
    })

  const openSlot = Effect.fnUntraced(function* (restore: Restore) {
    const started = yield* Clock.currentTimeMillis
    yield* LogEvent.debug("mcp_connection_initiated", { server: server.id, url: Redaction.url(server.url) })
    const scope = yield* Scope.make()
    const session = yield* restore(Session.open(server, limits)).pipe(
      Effect.provideService(Transports, transports),
      Scope.provide(scope),
      Effect.tapError((failure) =>
        LogEvent.warning("mcp_connection_failed", {
          server: server.id,
          stage: failure.stage,
          reason: failure.reason,
          error: { type: failure.reason, message: failure.detail }
        })
      ),
      Effect.onError(() => Scope.close(scope, Exit.void))
    )
    yield* LogEvent.info("mcp_connection_established", {
      server: server.id,
      duration_ms: (yield* Clock.currentTimeMillis) - started,
      protocol_version: session.info.protocolVersion
    })
    yield* Scope.addFinalizer(scope, LogEvent.debug("mcp_connection_closed", { server: server.id }))
    const opened: Slot = { session, scope, users: 1 }
    slot = opened
    yield* session.lost.pipe(
      Effect.flatMap((failure) =>
        LogEvent.warning("mcp_connection_lost", {
          server: server.id,
          error: { type: failure.reason, message: failure.detail }
        })
      ),
      Effect.forkIn(scope)
    )
    return opened
  })

  /** The open session with one more user; the lock makes those who come together share one handshake. */
  const acquire = (restore: Restore): Effect.Effect<Slot, SessionFailure> =>
    Effect.flatMap(restore(mutex.take(1)), () =>
      Effect.suspend(() => {
        if (slot?.session.isOpen()) {
          slot.users += 1
          return Effect.succeed(slot)
        }
        return Effect.andThen(slot === null ? Effect.void : closeSlot(slot), openSlot(restore))
      }).pipe(Effect.ensuring(mutex.release(1)))
    )

  yield* Effect.addFinalizer(() => Effect.suspend(() => (slot === null ? Effect.void : closeSlot(slot))))

  return {
    server,
    throttle,
    withSession: (use) =>
      Effect.uninterruptibleMask((restore) =>
        Effect.flatMap(acquire(restore), (held) =>
          restore(use(held.session)).pipe(
            Effect.ensuring(
              Effect.sync(() => {
                held.users -= 1
              })
            )
          )
        )
      ),
    closeIdle: Effect.suspend(() => (slot === null || slot.users > 0 ? Effect.void : closeSlot(slot)))
  }
})

type Restore = <A, E, R>(effect: Effect.Effect<A, E, R>) => Effect.Effect<A, E, R>
