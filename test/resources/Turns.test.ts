import { assert, describe, it } from "@effect/vitest"
import { Clock, Deferred, Effect, Exit, Fiber, Schema } from "effect"
import { TestClock } from "effect/testing"
import * as Turns from "../../src/resources/Turns.ts"

/** Requests by when they come and how long their patience lasts. */
const Request = Schema.Struct({
  at: Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 400 })),
  patience: Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 400 }))
})
const Requests = Schema.NonEmptyArray(Request).check(Schema.isMaxLength(30))
const AtOnce = Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 4 }))
const Waiting = Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 8 }))

const full = Effect.fail("full" as const)

/** A run takes 100 ms of virtual time and reads at its begin; each is counted in all its ways to end. */
const world = <E = never>(outcome: (index: number) => Effect.Effect<number, E> = Effect.succeed) => {
  const runs: Array<{ readonly began: number; ended: "open" | "done" | "interrupted"; endedAt: number }> = []
  const run = Effect.flatMap(Clock.currentTimeMillis, (began) => {
    const mine: (typeof runs)[number] = { began, ended: "open", endedAt: Number.POSITIVE_INFINITY }
    const index = runs.push(mine) - 1
    return Effect.sleep(100).pipe(
      Effect.andThen(Effect.suspend(() => outcome(index))),
      Effect.onExit((exit) =>
        Effect.map(Clock.currentTimeMillis, (now) => {
          mine.ended = Exit.hasInterrupts(exit) ? "interrupted" : "done"
          mine.endedAt = now
        })
      )
    )
  })
  return { runs, run }
}

/** Longer than all requests and their runs, one after the other. */
const toTheEnd = TestClock.adjust(5000)

const start = <A, E>(requests: ReadonlyArray<typeof Request.Type>, ask: (index: number) => Effect.Effect<A, E>) =>
  Effect.forEach(requests, ({ at, patience }, index) =>
    Effect.forkChild(Effect.exit(Effect.andThen(Effect.sleep(at), Effect.timeoutOption(ask(index), patience))))
  )

/** How many runs were open at a time. */
const openAt = (runs: ReturnType<typeof world>["runs"], time: number) =>
  runs.filter(({ began, endedAt }) => began <= time && endedAt > time).length

const failureOf = <A, E>(exit: Exit.Exit<A, E>) =>
  Exit.isFailure(exit) ? exit.cause.reasons.find((reason) => reason._tag === "Fail")?.error : undefined

describe("bounded", () => {
  it.effect.prop(
    "never runs more at once than it may, serves in the order of asking, and refuses those for whom there is no room",
    { requests: Requests, atOnce: AtOnce, waiting: Waiting },
    Effect.fnUntraced(function* ({ atOnce, requests, waiting }) {
      const { run, runs } = world()
      const bounded = Turns.bounded({ atOnce, waiting }, full)
      const began = new Map<number, number>()
      let inside = 0
      const order: Array<number> = []
      const fibers = yield* start(requests, (index) =>
        Effect.suspend(() => {
          const isFull = inside >= atOnce + waiting
          if (!isFull) order.push(index)
          inside += 1
          return bounded(
            Effect.andThen(
              Effect.sync(() => began.set(index, began.size)),
              run
            )
          ).pipe(
            Effect.onExit((exit) =>
              Effect.sync(() => {
                inside -= 1
                assert.strictEqual(failureOf(exit) === "full", isFull)
              })
            )
          )
        })
      )
      yield* toTheEnd
      for (const { began } of runs) assert.isAtMost(openAt(runs, began), atOnce)
      const served = order.filter((index) => began.has(index))
      assert.deepStrictEqual(
        served.map((index) => began.get(index)),
        served.map((_, place) => place)
      )
      for (const fiber of fibers) {
        const exit = yield* Fiber.join(fiber)
        assert.isTrue(Exit.isSuccess(exit) || failureOf(exit) === "full")
      }
      // Nobody is left inside: there is room for as many as at the start.
      assert.strictEqual(inside, 0)
      const again = yield* Effect.forkChild(
        Effect.forEach(Array.from({ length: atOnce + waiting }), () => bounded(run), { concurrency: "unbounded" })
      )
      yield* toTheEnd
      assert.lengthOf(yield* Fiber.join(again), atOnce + waiting)
    })
  )
})

describe("sharingNext", () => {
  it.effect.prop(
    "serves nobody with what was read before they asked, one run at a time, and no more than there are requests",
    { requests: Requests },
    Effect.fnUntraced(function* ({ requests }) {
      const { run, runs } = world()
      const share = Turns.sharingNext(() => run, 1000, full)
      const fibers = yield* start(requests, share)
      yield* toTheEnd
      for (const [i, fiber] of fibers.entries()) {
        const exit = yield* Fiber.join(fiber)
        if (!Exit.isSuccess(exit)) return assert.fail("no request fails")
        const { at, patience } = requests[i] ?? assert.fail()
        // At worst one that began just before, then the next.
        if (exit.value._tag === "None") assert.isAtMost(patience, 200)
        else assert.isAtLeast(runs[exit.value.value]?.began ?? -1, at)
      }
      for (const { began } of runs) assert.isAtMost(openAt(runs, began), 1)
      assert.isAtMost(runs.length, requests.length)
    })
  )

  it.effect.prop(
    "tells a run whom it serves: all who get its outcome, and nobody else",
    { requests: Requests },
    Effect.fnUntraced(function* ({ requests }) {
      const { run } = world()
      const share = Turns.sharingNext(
        (members: ReadonlySet<number>) => {
          const atItsBegin = [...members]
          return Effect.as(run, atItsBegin)
        },
        1000,
        full
      )
      const fibers = yield* start(requests, share)
      yield* toTheEnd
      for (const [i, fiber] of fibers.entries()) {
        const exit = yield* Fiber.join(fiber)
        if (Exit.isSuccess(exit) && exit.value._tag === "Some") assert.include(exit.value.value, i)
      }
    })
  )

  it.effect.prop(
    "shares a failure with all who wait for it, and with nobody else",
    { requests: Requests },
    Effect.fnUntraced(function* ({ requests }) {
      const { run, runs } = world((index) => Effect.fail(index))
      const share = Turns.sharingNext(() => run, 1000, full)
      const patient = requests.map((one) => ({ ...one, patience: 1000 }))
      const fibers = yield* start(patient, share)
      yield* toTheEnd
      for (const [i, fiber] of fibers.entries()) {
        const failed = failureOf(yield* Fiber.join(fiber))
        assert.isNumber(failed)
        assert.isAtLeast(runs[Number(failed)]?.began ?? -1, patient[i]?.at ?? 0)
      }
    })
  )

  it.effect.prop(
    "goes on for those who still wait, ends with the last of them, and leaves nothing",
    { requests: Requests },
    Effect.fnUntraced(function* ({ requests }) {
      const { run, runs } = world()
      const share = Turns.sharingNext(() => run, 1000, full)
      const fibers = yield* start(requests, share)
      yield* toTheEnd
      const served = new Set<number>()
      for (const fiber of fibers) {
        const exit = yield* Fiber.join(fiber)
        if (Exit.isSuccess(exit) && exit.value._tag === "Some") served.add(exit.value.value)
      }
      for (const [i, { ended }] of runs.entries()) {
        // Who was served, was served by a whole run; what nobody waited for was cut short.
        assert.strictEqual(ended, served.has(i) ? "done" : "interrupted")
      }
      // A new request begins at once, with a run of its own.
      const before = runs.length
      const late = yield* Effect.forkChild(share(-1))
      yield* TestClock.adjust(0)
      assert.strictEqual(runs.length, before + 1)
      assert.strictEqual(runs[before]?.began, yield* Clock.currentTimeMillis)
      yield* Fiber.interrupt(late)
      assert.strictEqual(runs[before]?.ended, "interrupted")
    })
  )

  it.effect("lets nobody join a run that is being interrupted: who comes meanwhile gets the next, after its end", () =>
    Effect.gen(function* () {
      const began = yield* Deferred.make<void>()
      const ending = yield* Deferred.make<void>()
      const mayEnd = yield* Deferred.make<void>()
      const log: Array<string> = []
      let count = 0
      const share = Turns.sharingNext(
        () =>
          Effect.suspend(() => {
            const mine = ++count
            log.push(`${mine} begins`)
            if (mine > 1) return Effect.succeed(mine)
            return Effect.andThen(Deferred.succeed(began, undefined), Effect.never).pipe(
              Effect.onInterrupt(() =>
                Effect.andThen(Deferred.succeed(ending, undefined), Deferred.await(mayEnd)).pipe(
                  Effect.andThen(Effect.sync(() => log.push(`${mine} ends`)))
                )
              )
            )
          }),
        1000,
        full
      )
      const first = yield* Effect.forkChild(share(1))
      yield* Deferred.await(began)
      const leaving = yield* Effect.forkChild(Fiber.interrupt(first))
      yield* Deferred.await(ending)
      const meanwhile = yield* Effect.forkChild(share(2), { startImmediately: true })
      const gone = yield* Effect.forkChild(share(3), { startImmediately: true })
      yield* Fiber.interrupt(gone)
      assert.deepStrictEqual(log, ["1 begins"])
      yield* Deferred.succeed(mayEnd, undefined)
      assert.strictEqual(yield* Fiber.join(meanwhile), 2)
      yield* Fiber.join(leaving)
      assert.deepStrictEqual(log, ["1 begins", "1 ends", "2 begins"])
    })
  )

  it.effect("lets nobody join the next run, either, once the last who waited for it gives up", () =>
    Effect.gen(function* () {
      const { run, runs } = world()
      const share = Turns.sharingNext(() => run, 1000, full)
      const first = yield* Effect.forkChild(share(1))
      yield* TestClock.adjust(10)
      const second = yield* Effect.forkChild(share(2), { startImmediately: true })
      // In the very tick in which the only one who waited for the next run gives up.
      const leaving = yield* Effect.forkChild(Fiber.interrupt(second), { startImmediately: true })
      const third = yield* Effect.forkChild(share(3), { startImmediately: true })
      yield* toTheEnd
      yield* Fiber.join(leaving)
      assert.deepStrictEqual([yield* Fiber.join(first), yield* Fiber.join(third)], [0, 1])
      assert.deepStrictEqual(
        runs.map(({ ended }) => ended),
        ["done", "done"]
      )
    })
  )

  it.effect("refuses whoever comes when as many wait for the next run as may, and nobody while nothing runs", () =>
    Effect.gen(function* () {
      const { run } = world()
      const share = Turns.sharingNext(() => run, 2, full)
      const together = [1, 2, 3, 4]
      const first = yield* Effect.forkChild(Effect.forEach(together, share, { concurrency: "unbounded" }))
      yield* TestClock.adjust(50)
      const waiting = yield* Effect.forkChild(Effect.forEach([5, 6], share, { concurrency: "unbounded" }))
      yield* TestClock.adjust(1)
      assert.strictEqual(yield* Effect.flip(share(7)), "full")
      yield* toTheEnd
      assert.deepStrictEqual(
        [yield* Fiber.join(first), yield* Fiber.join(waiting)],
        [
          [0, 0, 0, 0],
          [1, 1]
        ]
      )

      const alone = Turns.sharingNext(() => run, 0, full)
      const only = yield* Effect.forkChild(alone(1))
      yield* TestClock.adjust(50)
      assert.strictEqual(yield* Effect.flip(alone(2)), "full")
      yield* toTheEnd
      yield* Fiber.join(only)
    })
  )
})
