/** Every fault × every stage × (first server, last server) × (cold, warm), each held to its prediction. */
import { assert, describe, it } from "@effect/vitest"
import { Duration, Effect, Result } from "effect"
import { FakeFault } from "../../src/testing/index.ts"
import * as Arena from "./arena.ts"
import { predictionsAt, type Prediction } from "./predictions.ts"

const stages = ["connect", "headers", "endpoint", "initialize", "list", "read"] as const
const connecting: ReadonlySet<FakeFault.FaultStage> = new Set(["connect", "headers", "endpoint", "initialize"])

const named = ({ fault, times }: Prediction) => JSON.stringify(fault) + (times === undefined ? "" : ` ${times}×`)

const meetsDeadline = ({ outcome }: Prediction) => outcome !== "complete" && outcome.reason.includes("TimedOut")

/** Meets the fault, looks at what is left, heals the server, and gathers again. */
const run = Effect.fnUntraced(function* (prediction: Prediction, position: 0 | 1, warm: boolean) {
  const { at, fault, outcome, times } = prediction
  const context = `${named(prediction)}: `
  const arena = yield* Arena.make()
  const faulty = arena.servers[position]
  if (warm) yield* arena.gather
  yield* faulty.setScript({ ...Arena.honest, faults: [{ at, fault, ...(times === undefined ? {} : { times }) }] })
  if (warm && connecting.has(at)) {
    // A kept session meets no fault of connecting: it has to be lost first.
    const lost = yield* arena.connections[position]!.withSession(({ lost }) => Effect.succeed(lost))
    const faults = (yield* faulty.counters).faults
    if (faults === 0) yield* faulty.restart
    yield* lost
  }

  const { met } = Arena.deadline
  if (meetsDeadline(prediction)) {
    yield* arena.shorten(position, connecting.has(at) ? { connect: met } : { request: met })
  }
  const [elapsed, result] = yield* Effect.timed(Effect.result(arena.gather))
  const least = meetsDeadline(prediction) ? Duration.toMillis(met) - 5 : 0
  assert.isAtLeast(Duration.toMillis(elapsed), least, `${context}waits for its deadline`)
  assert.isBelow(Duration.toMillis(elapsed), least + Duration.toMillis(Arena.slack), `${context}and no longer`)
  if (outcome === "complete") {
    if (Result.isFailure(result)) assert.fail(`${context}${result.failure.message}`)
    else assert.deepStrictEqual(Arena.essence(result.success), Arena.complete, `${context}complete`)
    assert.isAbove((yield* faulty.counters).faults, 0, `${context}the fault struck`)
  } else {
    if (Result.isSuccess(result)) return assert.fail(`${context}succeeded`)
    const { failure } = result
    assert.strictEqual(failure._tag, connecting.has(at) ? "McpConnectionError" : "ResourceFetchError", context)
    assert.include(outcome.reason, failure.reason._tag, `${context}${failure.message}`)
    assert.include(outcome.stage, failure.stage, `${context}${failure.message}`)
    assert.strictEqual(failure.server, `server_${position + 1}`, context)
    assert.strictEqual(failure.attempts, 1, context)
    assert.isNotEmpty(failure.remedy, context)
    // "A failed request leaves nothing behind", not even a session that it could use again.
    yield* idle(arena, context)
  }
  yield* cancelledOnlyOpenRequests(faulty, context)

  yield* arena.shorten(position, {})
  yield* faulty.setScript(Arena.honest)
  assert.deepStrictEqual(Arena.essence(yield* arena.gather), Arena.complete, `${context}healed`)
  yield* arena.close
  yield* idle(arena, context)
})

/** 0 sockets, 0 sessions, 0 fibers. */
const idle = Effect.fnUntraced(function* ({ fibers, servers }: Arena.Arena, context: string) {
  for (const server of servers) {
    yield* server.awaitIdle.pipe(
      Effect.timeoutOrElse({
        duration: Arena.slack,
        orElse: () =>
          Effect.flatMap(server.counters, (counters) => Effect.die(new Error(context + JSON.stringify(counters))))
      })
    )
  }
  assert.strictEqual(fibers(), 0, `${context}fibers`)
})

const cancelledOnlyOpenRequests = Effect.fnUntraced(function* (
  server: Arena.Arena["servers"][number],
  context: string
) {
  const { cancelled } = yield* server.counters
  const asked = (yield* server.requests).flatMap(({ message }) =>
    Arena.isRequest(message) && message.method !== "initialize" ? [message.id] : []
  )
  for (const id of cancelled) assert.include(asked, id, `${context}cancelled what was asked`)
  assert.strictEqual(new Set(cancelled).size, cancelled.length, `${context}cancelled once`)
})

describe("chaos", () => {
  it("predicts every fault at every stage, in well over 300 cases", () => {
    for (const stage of [...stages, "call"] as const) {
      const kinds = new Set(predictionsAt(stage).map(({ fault }) => fault.kind))
      assert.deepStrictEqual([...kinds].toSorted(), [...FakeFault.faultsAt[stage]].toSorted(), stage)
    }
    assert.isAbove(stages.flatMap((stage) => predictionsAt(stage)).length * 4, 600)
  })

  for (const stage of stages) {
    for (const position of [0, 1] as const) {
      for (const warm of [false, true]) {
        it.live(`${stage}, ${position === 0 ? "first" : "last"} server, ${warm ? "warm" : "cold"}`, () =>
          Effect.gen(function* () {
            const before = Arena.resources()
            const all = (predictions: ReadonlyArray<Prediction>, concurrency: number) =>
              Effect.forEach(predictions, (prediction) => Effect.scoped(run(prediction, position, warm)), {
                concurrency,
                discard: true
              })
            // Apart: the work of the others must not use up the deadlines of those that wait.
            yield* all(predictionsAt(stage).filter(meetsDeadline), 16)
            yield* all(
              predictionsAt(stage).filter((prediction) => !meetsDeadline(prediction)),
              8
            )
            assert.deepStrictEqual(yield* Arena.moreThan(before), [], "handles and timers")
          })
        )
      }
    }
  }
})
