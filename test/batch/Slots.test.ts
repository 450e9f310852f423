/** Which of those that wait for a slot goes first. */
import { assert, it } from "@effect/vitest"
import { Deferred, Effect, Fiber } from "effect"
import * as Slots from "../../src/batch/Slots.ts"

it.effect("of those that wait, the lowest lane goes first, and in a lane who came first", () =>
  Effect.gen(function* () {
    const slots = Slots.make(1)
    const order: Array<string> = []
    const gate = yield* Deferred.make<void>()
    const enter = (lane: number, name: string) =>
      Effect.forkChild(slots.within(lane)(Effect.sync(() => void order.push(name))), { startImmediately: true })
    yield* Effect.forkChild(slots.within(2)(Deferred.await(gate)), { startImmediately: true })
    const waiting = yield* Effect.all([enter(2, "low 1"), enter(1, "normal 1"), enter(2, "low 2"), enter(0, "high")])
    yield* Deferred.succeed(gate, undefined)
    yield* Effect.forEach(waiting, Fiber.join)
    assert.deepStrictEqual(order, ["high", "normal 1", "low 1", "low 2"])
  })
)

it.effect("as many run at once as there are slots, and a slot is free again after a failure or an interruption", () =>
  Effect.gen(function* () {
    const slots = Slots.make(2)
    let running = 0
    let most = 0
    const gate = yield* Deferred.make<void>()
    const one = slots.within(0)(
      Effect.acquireUseRelease(
        Effect.sync(() => (most = Math.max(most, ++running))),
        () => Effect.andThen(Deferred.await(gate), Effect.fail("broke")),
        () => Effect.sync(() => void running--)
      )
    )
    const fibers = yield* Effect.forEach(Array.from({ length: 5 }), () =>
      Effect.forkChild(one, { startImmediately: true })
    )
    // One that runs, and one that waits.
    yield* Fiber.interrupt(fibers[0]!)
    yield* Fiber.interrupt(fibers[4]!)
    yield* Deferred.succeed(gate, undefined)
    for (const fiber of fibers) yield* Fiber.await(fiber)
    assert.deepStrictEqual({ most, running }, { most: 2, running: 0 })
    yield* slots.within(1)(slots.within(1)(Effect.void))
  })
)

it.effect("a turn that comes to one that is interrupted at that moment goes to the next", () =>
  Effect.gen(function* () {
    const slots = Slots.make(1)
    const gate = yield* Deferred.make<void>()
    const first = yield* Effect.forkChild(slots.within(0)(Deferred.await(gate)), { startImmediately: true })
    const second = yield* Effect.forkChild(slots.within(0)(Effect.never), { startImmediately: true })
    const third = yield* Effect.forkChild(slots.within(0)(Effect.succeed("third")), { startImmediately: true })
    yield* Deferred.succeed(gate, undefined)
    yield* Fiber.join(first)
    yield* Fiber.interrupt(second)
    assert.strictEqual(yield* Fiber.join(third), "third")
  })
)
