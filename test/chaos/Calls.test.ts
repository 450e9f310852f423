/** The stage that a gather does not reach: every fault of a tool call, on a session of its own. */
import { assert, describe, it } from "@effect/vitest"
import { Duration, Effect, Result } from "effect"
import * as Arena from "./arena.ts"
import { predictionsAt, type Prediction } from "./predictions.ts"

const run = Effect.fnUntraced(function* ({ fault, outcome, times }: Prediction) {
  const context = `${JSON.stringify(fault)}: `
  const patient = outcome === "complete" || !outcome.reason.includes("TimedOut")
  const arena = yield* Arena.make()
  const [faulty] = arena.servers
  const call = Effect.suspend(() =>
    arena.connections[0]!.withSession((session) =>
      session.call("execute_query", { sql: "select 1" }, patient ? Arena.deadline.far : Arena.deadline.met)
    )
  ).pipe(arena.watched)
  yield* faulty.setScript({
    ...Arena.honest,
    faults: [{ at: "call", fault, ...(times === undefined ? {} : { times }) }]
  })
  const [elapsed, result] = yield* Effect.timed(Effect.result(call))
  assert.isBelow(Duration.toMillis(elapsed), Duration.toMillis(Duration.sum(Arena.deadline.met, Arena.slack)), context)
  if (Result.isSuccess(result)) assert.isTrue(outcome === "complete", `${context}succeeded`)
  else if (outcome === "complete") assert.fail(context + result.failure.message)
  else {
    assert.include(outcome.reason, result.failure.reason._tag, `${context}${result.failure.message}`)
    assert.include(outcome.stage, result.failure.stage, `${context}${result.failure.message}`)
  }
  // A tool may do things: whatever happens, it is called once, except where the server itself sent the call elsewhere.
  const calls = (yield* faulty.counters).requests["tools/call"]
  assert.strictEqual(
    calls,
    fault.kind === "redirect" && fault.to === "sameOrigin" && fault.status !== 303 ? 2 : 1,
    context
  )

  yield* faulty.setScript(Arena.honest)
  yield* arena.connections[0]!.closeIdle
  yield* call
  yield* arena.close
  yield* faulty.awaitIdle
  assert.strictEqual(arena.fibers(), 0, `${context}fibers`)
})

describe("chaos of calls", () => {
  it.live("ends every call as predicted, and calls a tool once", () =>
    Effect.forEach(predictionsAt("call"), (prediction) => Effect.scoped(run(prediction)), {
      concurrency: 8,
      discard: true
    })
  )
})
