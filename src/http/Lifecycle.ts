/** From listening to closing: whether the door is ready, how many requests are inside, and how they are shown out. */
import * as Clock from "effect/Clock"
import * as Context from "effect/Context"
import * as Deferred from "effect/Deferred"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Layer from "effect/Layer"
import type * as Scope from "effect/Scope"
import * as Semaphore from "effect/Semaphore"
import { InFlight } from "../InFlight.ts"
import * as Places from "../Places.ts"
import * as LogEvent from "../telemetry/LogEvent.ts"
import { Busy, DeadlineExceeded, ShuttingDown } from "./Problems.ts"

export class Lifecycle extends Context.Service<
  Lifecycle,
  {
    /** Whether every server was connected once, and no shutdown has begun. */
    readonly isReady: Effect.Effect<boolean>
    /** Every server is connected. */
    readonly connected: Effect.Effect<void>
    /** Completes when shutting down begins: a stream without an end of its own ends now. */
    readonly draining: Effect.Effect<void>
    /** Runs a request, which fails when it has lasted long enough or has to make way for the end of the process. */
    readonly bounded: <A, E, R>(request: Effect.Effect<A, E, R>) => Effect.Effect<A, E | Ended, R>
    /** Lets a request in until its scope closes, which is when its answer has been sent. */
    readonly admit: Effect.Effect<void, Busy | ShuttingDown, Scope.Scope>
    /** Lets nobody in any more, and waits until the last one is out or had to go. */
    readonly shutDown: Effect.Effect<void>
  }
>()("effect-mcp-orchestrator/http/Lifecycle") {
  /** `maxRequests` may be inside at once, each for `deadline`; on shutdown they have `grace` to end by themselves. */
  static readonly layer = (options: {
    readonly maxRequests: number
    readonly deadline: Duration.Duration
    readonly grace: Duration.Input
  }) =>
    Layer.effect(
      Lifecycle,
      Effect.gen(function* () {
        const connected = yield* Deferred.make<void>()
        const draining = yield* Deferred.make<void>()
        const places = yield* Semaphore.make(options.maxRequests)
        const allOut = places.withPermits(options.maxRequests)(Effect.void)
        const { bounded, endAll } = yield* bounds(Duration.toMillis(options.deadline))
        return {
          isReady: Effect.gen(function* () {
            return (yield* Deferred.isDone(connected)) && !(yield* Deferred.isDone(draining))
          }),
          connected: Effect.asVoid(Deferred.succeed(connected, undefined)),
          draining: Deferred.await(draining),
          bounded,
          admit: Effect.suspend((): Effect.Effect<void, Busy | ShuttingDown, Scope.Scope> =>
            Deferred.isDoneUnsafe(draining)
              ? Effect.fail(new ShuttingDown())
              : Effect.flatMap(Places.take(places), (taken) => (taken ? Effect.void : Effect.fail(new Busy())))
          ),
          shutDown: Effect.gen(function* () {
            yield* Deferred.succeed(draining, undefined)
            yield* LogEvent.info("http_draining")
            yield* Effect.timeoutOption(allOut, options.grace)
            yield* endAll
          })
        }
      })
    )

  /** Shuts down when it is released; built after what listens, it is released before. */
  static readonly onRelease: Layer.Layer<never, never, Lifecycle> = Layer.effectDiscard(
    Effect.flatMap(Lifecycle, ({ shutDown }) => Effect.addFinalizer(() => shutDown))
  )
}

type Ended = DeadlineExceeded | ShuttingDown

// -----------------------------------------------------------------------------
// internals

/**
 * One fiber a request, and one that watches them all: a race of each with its deadline is four fibers and a timer, a tenth
 * of what a request costs.
 */
const bounds = Effect.fnUntraced(function* (deadline: number) {
  /** How each is ended, and when. */
  const running = new InFlight<(reason: Ended) => void, number>()
  let isOver = false
  const bounded = <A, E, R>(request: Effect.Effect<A, E, R>): Effect.Effect<A, E | Ended, R> =>
    Effect.contextWith((context: Context.Context<R>) =>
      Effect.callback((resume) => {
        if (isOver) return resume(Effect.fail(new ShuttingDown()))
        const fiber = Effect.runForkWith(context)(request)
        const interrupted = Effect.suspend(() => {
          running.delete(end)
          return Fiber.interrupt(fiber)
        })
        const end = (reason: Ended) => resume(Effect.andThen(interrupted, Effect.fail(reason)))
        running.set(end, now(Context.get(context, Clock.Clock)) + deadline)
        fiber.addObserver((exit) => {
          running.delete(end)
          resume(exit)
        })
        return interrupted
      })
    )
  const watched = Effect.clockWith((clock) => {
    const time = now(clock)
    let next = time + deadline
    running.forEach((at, end) => {
      if (at <= time) end(new DeadlineExceeded())
      else next = Math.min(next, at)
    })
    return Effect.sleep(next - time)
  })
  yield* Effect.forkScoped(Effect.forever(watched))
  const endAll = Effect.sync(() => {
    isOver = true
    for (const end of running.keys()) end(new ShuttingDown())
  })
  return { bounded, endAll }
})

/** Milliseconds that no one sets back. */
const now = (clock: Clock.Clock): number => Number(clock.monotonicTimeNanosUnsafe()) / 1e6
