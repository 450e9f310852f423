import { assert, it } from "@effect/vitest"
import * as Deferred from "effect/Deferred"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Fiber from "effect/Fiber"
import * as Scope from "effect/Scope"
import * as TestClock from "effect/testing/TestClock"
import * as Deadlines from "../../../src/connection/sse/Deadlines.ts"

const failures = { rejected: (cause: unknown) => `rejected: ${String(cause)}`, expired: () => "expired" }

/** A promise that never settles, and what became of its signal. */
const never = () => {
  const signals: Array<AbortSignal> = []
  const run = (signal: AbortSignal) => {
    signals.push(signal)
    return new Promise<never>(() => {})
  }
  return { run, aborted: () => signals.map((signal) => signal.aborted) }
}

it.effect("gives what the promise gives, and does not abort its signal", () =>
  Effect.gen(function* () {
    const deadlines = yield* Deadlines.make
    const signals: Array<AbortSignal> = []
    const run = (signal: AbortSignal) => {
      signals.push(signal)
      return Promise.resolve(1)
    }
    assert.strictEqual(yield* deadlines.within(Duration.seconds(1), run, failures), 1)
    yield* TestClock.adjust("1 minute")
    assert.deepStrictEqual(
      signals.map(({ aborted }) => aborted),
      [false]
    )
  })
)

it.effect("types what the promise rejects with", () =>
  Effect.gen(function* () {
    const deadlines = yield* Deadlines.make
    const failed = deadlines.within(Duration.seconds(1), () => Promise.reject("no"), failures)
    assert.strictEqual(yield* Effect.flip(failed), "rejected: no")
  })
)

it.effect("expires each request at its own deadline, not before, and aborts it", () =>
  Effect.gen(function* () {
    const deadlines = yield* Deadlines.make
    const promise = never()
    const expired: Array<string> = []
    const request = (name: string, timeout: Duration.Duration) =>
      deadlines.within(timeout, promise.run, failures).pipe(
        Effect.catch(() => Effect.sync(() => expired.push(name))),
        Effect.forkChild({ startImmediately: true })
      )
    yield* request("first", Duration.seconds(5))
    yield* TestClock.adjust("2 seconds")
    yield* request("second", Duration.seconds(5))
    yield* request("short", Duration.seconds(1))
    yield* TestClock.adjust("999 millis")
    assert.deepStrictEqual(expired, [])
    yield* TestClock.adjust("1 millis")
    assert.deepStrictEqual(expired, ["short"])
    yield* TestClock.adjust("2 seconds")
    assert.deepStrictEqual(expired, ["short", "first"])
    assert.deepStrictEqual(promise.aborted(), [true, false, true])
    yield* TestClock.adjust("2 seconds")
    assert.deepStrictEqual(expired, ["short", "first", "second"])
  })
)

it.effect("still expires a request that comes after nobody had waited for long", () =>
  Effect.gen(function* () {
    const deadlines = yield* Deadlines.make
    yield* deadlines.within(Duration.seconds(1), () => Promise.resolve(1), failures)
    yield* TestClock.adjust("1 minute")
    const late = yield* Effect.forkChild(Effect.flip(deadlines.within(Duration.seconds(1), never().run, failures)), {
      startImmediately: true
    })
    yield* TestClock.adjust("1 second")
    assert.strictEqual(yield* Fiber.join(late), "expired")
  })
)

it.effect("aborts what is interrupted", () =>
  Effect.gen(function* () {
    const deadlines = yield* Deadlines.make
    const promise = never()
    const fiber = yield* Effect.forkChild(deadlines.within(Duration.seconds(1), promise.run, failures), {
      startImmediately: true
    })
    yield* Fiber.interrupt(fiber)
    assert.deepStrictEqual(promise.aborted(), [true])
  })
)

it.effect("ends its timers with the scope", () =>
  Effect.gen(function* () {
    const scope = yield* Scope.make()
    const deadlines = yield* Scope.provide(Deadlines.make, scope)
    const settled = yield* Deferred.make<string>()
    yield* Effect.forkChild(
      Effect.flip(deadlines.within(Duration.seconds(1), never().run, failures)).pipe(
        Effect.flatMap((failure) => Deferred.succeed(settled, failure))
      ),
      { startImmediately: true }
    )
    yield* Scope.close(scope, Exit.void)
    yield* TestClock.adjust("1 minute")
    assert.isFalse(yield* Deferred.isDone(settled))
  })
)
