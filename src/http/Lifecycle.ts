/** From listening to closing: whether the door is ready, how many requests are inside, and how they are shown out. */
import * as Context from "effect/Context"
import * as Deferred from "effect/Deferred"
import type * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import type * as Scope from "effect/Scope"
import * as Semaphore from "effect/Semaphore"
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
    /** Completes when what is still running has to end. */
    readonly over: Effect.Effect<void>
    /** Lets a request in until its scope closes, which is when its answer has been sent. */
    readonly admit: Effect.Effect<void, Busy | ShuttingDown, Scope.Scope>
    /** Lets nobody in any more, and waits until the last one is out or had to go. */
    readonly shutDown: Effect.Effect<void>
  }
>()("effect-mcp-orchestrator/http/Lifecycle") {
  /** `maxRequests` may be inside at once; on shutdown they have `grace` to end by themselves. */
  static readonly layer = (options: { readonly maxRequests: number; readonly grace: Duration.Input }) =>
    Layer.effect(
      Lifecycle,
      Effect.gen(function* () {
        const connected = yield* Deferred.make<void>()
        const draining = yield* Deferred.make<void>()
        const over = yield* Deferred.make<void>()
        const places = yield* Semaphore.make(options.maxRequests)
        const allOut = places.withPermits(options.maxRequests)(Effect.void)
        return {
          isReady: Effect.gen(function* () {
            return (yield* Deferred.isDone(connected)) && !(yield* Deferred.isDone(draining))
          }),
          connected: Effect.asVoid(Deferred.succeed(connected, undefined)),
          draining: Deferred.await(draining),
          over: Deferred.await(over),
          admit: Effect.gen(function* () {
            if (yield* Deferred.isDone(draining)) return yield* new ShuttingDown()
            if (!(yield* Places.take(places))) return yield* new Busy()
          }),
          shutDown: Effect.gen(function* () {
            yield* Deferred.succeed(draining, undefined)
            yield* LogEvent.info("http_draining")
            yield* Effect.timeoutOption(allOut, options.grace)
            yield* Deferred.succeed(over, undefined)
          })
        }
      })
    )

  /** Shuts down when it is released; built after what listens, it is released before. */
  static readonly onRelease: Layer.Layer<never, never, Lifecycle> = Layer.effectDiscard(
    Effect.flatMap(Lifecycle, ({ shutDown }) => Effect.addFinalizer(() => shutDown))
  )
}

/** Fails when a request has lasted long enough, or has to make way for the end of the process. */
export const ends = ({ over }: Lifecycle["Service"], deadline: Duration.Input) =>
  over.pipe(
    Effect.andThen(Effect.fail(new ShuttingDown())),
    Effect.timeoutOrElse({ duration: deadline, orElse: () => Effect.fail(new DeadlineExceeded()) })
  )
