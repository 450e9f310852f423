/** How long a question waits between its tries, on a clock that the test turns. */
import { assert, it } from "@effect/vitest"
import { Clock, Effect, Layer } from "effect"
import { PersistedQueue } from "effect/persistence"
import { TestClock } from "effect/testing"
import * as Queue from "../../src/batch/Queue.ts"

const inMemory = PersistedQueue.layer.pipe(Layer.provide(PersistedQueue.layerStoreMemory))

it.effect("a question waits 1 s, then 2 s, then twice as long each time, but never more than 5 minutes", () =>
  Effect.gen(function* () {
    const { normal } = yield* Queue.make
    yield* normal.offer({ batch: "b", id: "1", round: 1 })
    const tries: Array<number> = []
    yield* normal
      .take(() => Effect.andThen(Clock.currentTimeMillis, (now) => Effect.fail(tries.push(now))))
      .pipe(Effect.ignore, Effect.forever, Effect.forkScoped({ startImmediately: true }))
    yield* TestClock.adjust("30 minutes")
    const pauses = tries.slice(1).map((now, index) => (now - tries[index]!) / 1000)
    assert.deepStrictEqual(pauses.slice(0, 11), [1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300])
  }).pipe(Effect.provide(inMemory))
)
