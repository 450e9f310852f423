import { assert, describe, it } from "@effect/vitest"
import { Effect, References, Schema } from "effect"
import * as RequestId from "../../src/telemetry/RequestId.ts"

const seen = Effect.gen(function* () {
  const span = yield* Effect.currentSpan
  const annotations = yield* References.CurrentLogAnnotations
  return [yield* RequestId.RequestId, annotations["request_id"], span.attributes.get("request_id")]
}).pipe(Effect.withSpan("work"))

describe("a request id", () => {
  it.effect("given by the caller is in the context, the logs and the spans", () =>
    Effect.gen(function* () {
      assert.deepStrictEqual(yield* RequestId.within(seen, "abc-1"), ["abc-1", "abc-1", "abc-1"])
      assert.isNull(yield* RequestId.RequestId)
    })
  )

  it.effect("is made where none is given, another for every request", () =>
    Effect.gen(function* () {
      const [one, two] = yield* Effect.all([RequestId.within(seen), RequestId.within(seen)])
      assert.match(String(one[0]), /^[0-9a-f]{32}$/)
      assert.deepStrictEqual(one, [one[0], one[0], one[0]])
      assert.notStrictEqual(one[0], two[0])
    })
  )

  it.effect("stays the same in what a request does", () =>
    Effect.gen(function* () {
      assert.deepStrictEqual(yield* RequestId.within(RequestId.within(seen), "outer"), ["outer", "outer", "outer"])
      assert.strictEqual((yield* RequestId.within(RequestId.within(seen, "inner"), "outer"))[0], "inner")
    })
  )

  it.effect.prop("from outside is taken only if it cannot write the log", [Schema.String], ([id]) =>
    Effect.gen(function* () {
      const [used] = yield* RequestId.within(seen, id)
      assert.match(String(used), /^[\w.:-]{1,128}$/)
      assert.match(String((yield* RequestId.within(seen, `${id}\n{"level":"INFO"}`))[0]), /^[0-9a-f]{32}$/)
      assert.match(String((yield* RequestId.within(seen, "a".repeat(129)))[0]), /^[0-9a-f]{32}$/)
    })
  )
})
