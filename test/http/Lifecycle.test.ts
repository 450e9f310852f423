/** How long a request may last. */
import { assert, describe, it } from "@effect/vitest"
import { setFlagsFromString } from "node:v8"
import { runInNewContext } from "node:vm"
import * as Deferred from "effect/Deferred"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Fiber from "effect/Fiber"
import { TestClock } from "effect/testing"
import { Lifecycle } from "../../src/http/Lifecycle.ts"
import { DeadlineExceeded, ShuttingDown } from "../../src/http/Problems.ts"

/** Begins a request that never ends by itself; `left` completes when it has been interrupted. */
const endless = Effect.gen(function* () {
  const { bounded } = yield* Lifecycle
  const left = yield* Deferred.make<void>()
  const stalled = Effect.onInterrupt(Effect.never, () => Deferred.succeed(left, undefined))
  const request = yield* Effect.forkChild(bounded(stalled), { startImmediately: true })
  return { request, left: Deferred.await(left) }
})

/** What a turn of the event loop has used counts as used until it ends. */
const macrotask = Effect.callback<void>((resume) => void setImmediate(() => resume(Effect.void)))

// The tests' processes have no `gc` of their own.
setFlagsFromString("--expose-gc")
const collectGarbage: () => void = runInNewContext("gc")

describe("a request may last as long as its deadline", () => {
  const deadline = Duration.seconds(10)
  const layer = Lifecycle.layer({ maxRequests: 10, deadline, grace: "5 seconds" })

  it.effect("each from its own beginning, and its work ends with it", () =>
    Effect.gen(function* () {
      const first = yield* endless
      yield* TestClock.adjust("4 seconds")
      const second = yield* endless
      yield* TestClock.adjust("5999 millis")
      assert.isUndefined(first.request.pollUnsafe())
      yield* TestClock.adjust("1 millis")
      assert.deepStrictEqual(yield* Fiber.await(first.request), Exit.fail(new DeadlineExceeded()))
      yield* first.left
      assert.isUndefined(second.request.pollUnsafe())
      yield* TestClock.adjust("4 seconds")
      assert.deepStrictEqual(yield* Fiber.await(second.request), Exit.fail(new DeadlineExceeded()))
    }).pipe(Effect.provide(layer))
  )

  it.effect("one whose client left is interrupted, and nobody else with it", () =>
    Effect.gen(function* () {
      const [leaving, staying] = [yield* endless, yield* endless]
      yield* Fiber.interrupt(leaving.request)
      yield* leaving.left
      assert.isUndefined(staying.request.pollUnsafe())
    }).pipe(Effect.provide(layer))
  )

  it.effect("what a request brought is not held when it has ended, while others are watched", () =>
    Effect.gen(function* () {
      const { bounded } = yield* Lifecycle
      yield* TestClock.adjust("4 seconds")
      yield* endless
      // The watcher knows of it from here on.
      yield* TestClock.adjust("6 seconds")
      const brought: Array<WeakRef<object>> = []
      const request = bounded(
        Effect.map(Effect.yieldNow, () => {
          const answer = { text: "an answer" }
          brought.push(new WeakRef(answer))
          return answer
        })
      )
      yield* Effect.replicateEffect(request, 200, { concurrency: 10, discard: true })
      yield* macrotask
      collectGarbage()
      assert.isBelow(brought.filter((answer) => answer.deref() !== undefined).length, 3)
    }).pipe(Effect.provide(layer))
  )

  it.effect("a shutdown ends what is still running after its grace, and what begins then", () =>
    Effect.gen(function* () {
      const { admit, bounded, shutDown } = yield* Lifecycle
      const running = yield* endless
      yield* Effect.scoped(
        Effect.gen(function* () {
          yield* admit
          const shut = yield* Effect.forkChild(shutDown, { startImmediately: true })
          yield* TestClock.adjust("4999 millis")
          assert.isUndefined(running.request.pollUnsafe())
          yield* TestClock.adjust("1 millis")
          yield* Fiber.join(shut)
        })
      )
      assert.deepStrictEqual(yield* Fiber.await(running.request), Exit.fail(new ShuttingDown()))
      yield* running.left
      assert.deepStrictEqual(yield* Effect.flip(bounded(Effect.never)), new ShuttingDown())
    }).pipe(Effect.provide(layer))
  )
})
