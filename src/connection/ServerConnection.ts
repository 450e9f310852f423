/**
 * The connection to one server: at most one session at a time, opened when first needed, shared by the requests in
 * flight, replaced when it was lost. The session is kept between requests; nothing it delivered is.
 */
import * as Clock from "effect/Clock"
import * as Context from "effect/Context"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as RcRef from "effect/RcRef"
import * as Scope from "effect/Scope"
import type { Limits, ServerConfig } from "../config/OrchestratorConfig.ts"
import * as LogEvent from "../telemetry/LogEvent.ts"
import * as Metrics from "../telemetry/Metrics.ts"
import { observed } from "../telemetry/Observed.ts"
import * as RequestId from "../telemetry/RequestId.ts"
import { makeThrottle, type Throttle } from "./Throttle.ts"
import * as Session from "./Session.ts"
import type { SessionFailure } from "./SessionFailure.ts"
import { Transports } from "./Transports.ts"

export interface ServerConnection {
  readonly server: ServerConfig
  /**
   * Runs `use` with the open session, opening one if there is none. One try: retrying is the caller's decision, since
   * only the caller knows what has to be started over. Those who come together share one handshake or its failure; it
   * goes on when whoever began it is interrupted, and ends when nobody waits for it any more.
   */
  withSession<A, E, R>(
    use: (session: Session.Session) => Effect.Effect<A, E, R>
  ): Effect.Effect<A, E | SessionFailure, R>
  /** Runs one request under the server's concurrency and rate limits. */
  readonly throttle: Throttle
  /** Closes the session unless a request uses it: a failed request leaves nothing behind. */
  readonly closeIdle: Effect.Effect<void>
}

/** A connection that is closed with the scope; who uses it afterwards is interrupted. Nothing is opened yet. */
export const make = Effect.fn("ServerConnection.make")(function* (
  server: ServerConfig,
  limits: Limits
): Effect.fn.Return<ServerConnection, never, Transports | Scope.Scope> {
  const throttle = yield* makeThrottle(server)
  let last: Session.Session | null = null
  let wasLost = false
  let users = 0

  const open = Effect.uninterruptibleMask(
    Effect.fnUntraced(function* (restore) {
      const session = yield* restore(openSession(server, limits))
      yield* Metrics.connectionOpened(server.id, wasLost)
      wasLost = false
      last = session
      yield* watch(server, session, () => {
        wasLost = true
      })
      return session
    })
  )
  // Only its services: the spans and annotations around a handshake are those of whoever asks for it.
  const sessions = yield* RcRef.make({ acquire: open, idleTimeToLive: Duration.infinity }).pipe(
    Effect.updateContext((context: Context.Context<Transports | Scope.Scope>) =>
      Context.pick(Scope.Scope, Transports)(context)
    )
  )
  const close = RcRef.invalidate(sessions)
  const closeLost = Effect.suspend(() => (last?.isOpen() === false ? close : Effect.void))

  return {
    server,
    throttle,
    withSession: (use) =>
      Effect.acquireUseRelease(
        Effect.suspend(() => {
          users += 1
          return Scope.make()
        }),
        (using) => closeLost.pipe(Effect.andThen(RcRef.get(sessions)), Scope.provide(using), Effect.flatMap(use)),
        (using, exit) => {
          users -= 1
          return Scope.close(using, exit)
        }
      ),
    closeIdle: Effect.suspend(() => (users > 0 ? Effect.void : close))
  }
})

// -----------------------------------------------------------------------------
// internals

const openSession = (server: ServerConfig, limits: Limits) =>
  observed(Session.open(server, limits), {
    step: "connect",
    server: server.id,
    started: LogEvent.debug("mcp_connection_initiated", { server: server.id, url: server.url.shown }),
    completed: ({ info: { protocolVersion: protocol_version } }, duration_ms) =>
      LogEvent.info("mcp_connection_established", {
        server: server.id,
        operation: "connect",
        duration_ms,
        protocol_version
      }),
    failed: ({ detail, reason, stage }, duration_ms) =>
      Effect.andThen(
        Metrics.connectionFailed(server.id, reason._tag),
        LogEvent.warning("mcp_connection_failed", {
          server: server.id,
          operation: "connect",
          stage,
          reason: reason._tag,
          duration_ms,
          error: { type: reason._tag, message: detail }
        })
      )
  })

/** Tells once of the session's end: that it was lost, or that it is closed with its scope. */
const watch = Effect.fnUntraced(function* ({ id }: ServerConfig, session: Session.Session, onLost: () => void) {
  const opened = yield* Clock.currentTimeMillis
  let isOver = false
  const ended = (log: Effect.Effect<void>) =>
    Effect.suspend(() => {
      if (isOver) return Effect.void
      isOver = true
      return Effect.flatMap(Clock.currentTimeMillis, (now) =>
        Effect.andThen(Metrics.connectionClosed(id, (now - opened) / 1000), log)
      )
    })
  yield* Effect.addFinalizer(() => ended(LogEvent.debug("mcp_connection_closed", { server: id })))
  yield* session.lost.pipe(
    Effect.flatMap(({ detail, reason }) => {
      onLost()
      return ended(
        LogEvent.warning("mcp_connection_lost", { server: id, error: { type: reason._tag, message: detail } })
      )
    }),
    // The session outlives the request that opened it.
    RequestId.outside,
    Effect.forkScoped
  )
})
