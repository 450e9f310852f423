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
import * as Metrics from "../telemetry/Metrics.ts"
import * as RequestId from "../telemetry/RequestId.ts"
import { makeThrottle, type Throttle } from "./Throttle.ts"
import type { Session } from "./Session.ts"
import type { SessionFailure } from "./SessionFailure.ts"
import { Sessions } from "./Sessions.ts"

export interface ServerConnection {
  readonly server: ServerConfig
  /**
   * Runs `use` with the open session, opening one if there is none. One try: retrying is the caller's decision, since
   * only the caller knows what has to be started over.
   */
  withSession<A, E, R>(use: (session: Session) => Effect.Effect<A, E, R>): Effect.Effect<A, E | SessionFailure, R>
  /** Runs one request under the server's concurrency and rate limits. */
  readonly throttle: Throttle
  /** Closes the session unless a request uses it: a failed request leaves nothing behind. */
  readonly closeIdle: Effect.Effect<void>
}

interface Slot {
  readonly session: Session
  readonly scope: Scope.Closeable
  users: number
}

/** A connection that is closed with the scope; who uses it afterwards is interrupted. Nothing is opened yet. */
export const make = Effect.fn("ServerConnection.make")(function* (
  server: ServerConfig,
  limits: Limits
): Effect.fn.Return<ServerConnection, never, Sessions | Scope.Scope> {
  const sessions = yield* Sessions
  const mutex = yield* Semaphore.make(1)
  const throttle = yield* makeThrottle(server)
  let slot: Slot | null = null
  let isClosed = false
  let wasLost = false
  let failures = 0
  let lastFailure: SessionFailure | null = null

  const closeSlot = (closing: Slot): Effect.Effect<void> =>
    Effect.suspend(() => {
      if (slot === closing) slot = null
      return Scope.close(closing.scope, Exit.void)
    })

  const openSlot = Effect.fnUntraced(function* (restore: Restore) {
    const started = yield* Clock.currentTimeMillis
    yield* LogEvent.debug("mcp_connection_initiated", { server: server.id, url: server.url.shown })
    const scope = yield* Scope.make()
    const session = yield* restore(sessions.open(server, limits)).pipe(
      Scope.provide(scope),
      Metrics.step("connect", server.id),
      Effect.tapError((failure) => {
        failures += 1
        lastFailure = failure
        return Effect.andThen(
          Metrics.connectionFailed(server.id, failure.reason),
          Effect.flatMap(Clock.currentTimeMillis, (now) =>
            LogEvent.warning("mcp_connection_failed", {
              server: server.id,
              operation: "connect",
              stage: failure.stage,
              reason: failure.reason,
              duration_ms: now - started,
              error: { type: failure.reason, message: failure.detail }
            })
          )
        )
      }),
      Effect.onError(() => Scope.close(scope, Exit.void))
    )
    const opened = yield* Clock.currentTimeMillis
    yield* LogEvent.info("mcp_connection_established", {
      server: server.id,
      operation: "connect",
      duration_ms: opened - started,
      protocol_version: session.info.protocolVersion
    })
    yield* Metrics.connectionOpened(server.id, wasLost)
    wasLost = false
    const made: Slot = { session, scope, users: 1 }
    slot = made
    let over = false
    /** Once: a session that was lost has ended before it is closed. */
    const ended = (log: Effect.Effect<void>) =>
      Effect.suspend(() => {
        if (over) return Effect.void
        over = true
        return Effect.flatMap(Clock.currentTimeMillis, (now) =>
          Effect.andThen(Metrics.connectionClosed(server.id, (now - opened) / 1000), log)
        )
      })
    yield* Scope.addFinalizer(scope, ended(LogEvent.debug("mcp_connection_closed", { server: server.id })))
    yield* session.lost.pipe(
      Effect.flatMap((failure) => {
        wasLost = true
        const error = { type: failure.reason, message: failure.detail }
        return ended(LogEvent.warning("mcp_connection_lost", { server: server.id, error }))
      }),
      // The session outlives the request that opened it.
      RequestId.outside,
      Effect.forkIn(scope)
    )
    return made
  })

  /** The open session with one more user; the lock makes those who come together share one handshake, or its failure. */
  const acquire = (restore: Restore): Effect.Effect<Slot, SessionFailure> =>
    Effect.suspend(() => {
      const before = failures
      return Effect.flatMap(restore(mutex.take(1)), () =>
        Effect.suspend((): Effect.Effect<Slot, SessionFailure> => {
          if (isClosed) return Effect.interrupt
          if (slot?.session.isOpen()) {
            slot.users += 1
            return Effect.succeed(slot)
          }
          // Were each to try for itself, the last of many would wait for all the others' deadlines.
          if (failures > before && lastFailure !== null) return Effect.fail(lastFailure)
          return Effect.andThen(slot === null ? Effect.void : closeSlot(slot), openSlot(restore))
        }).pipe(
          // Closed during the handshake: the finalizer has not seen this session.
          Effect.tap((held) => (isClosed ? Effect.andThen(closeSlot(held), Effect.interrupt) : Effect.void)),
          Effect.ensuring(mutex.release(1))
        )
      )
    })

  yield* Effect.addFinalizer(() =>
    Effect.suspend(() => {
      isClosed = true
      return slot === null ? Effect.void : closeSlot(slot)
    })
  )

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
