import { assert, describe, it } from "@effect/vitest"
import { Effect, Stream } from "effect"
import { LanguageModel } from "effect/ai"
import * as StubLanguageModel from "../../src/testing/StubLanguageModel.ts"

const say = (prompt: string) => Effect.map(LanguageModel.generateText({ prompt }), ({ text }) => text)

describe("StubLanguageModel", () => {
  it.effect("gives its replies in order, objects as JSON, and fails when none is left", () =>
    Effect.gen(function* () {
      assert.strictEqual(yield* say("a"), "one")
      assert.strictEqual(yield* say("b"), '{"sql":"SELECT 1","explanation":null,"usedEntities":null}')
      const error = yield* Effect.flip(say("c"))
      assert.strictEqual(error.reason._tag, "InternalProviderError")
      assert.include(error.message, "has only 2 replies")
    }).pipe(Effect.provide(StubLanguageModel.layer(["one", { sql: "SELECT 1" }])))
  )

  it.effect("hands a function what was asked, and for which time", () =>
    Effect.gen(function* () {
      assert.strictEqual(yield* say("hello"), "0 hello")
      assert.strictEqual(yield* say("again"), "1 again")
    }).pipe(Effect.provide(StubLanguageModel.layer(({ call, user }) => `${call} ${user}`)))
  )

  it.effect("starts from its first reply wherever it is built", () =>
    Effect.gen(function* () {
      const layer = StubLanguageModel.layer(["one"])
      assert.strictEqual(yield* Effect.provide(say("a"), layer), "one")
      assert.strictEqual(yield* Effect.provide(say("a"), layer, { local: true }), "one")
    })
  )

  it.effect("does not stream", () =>
    Effect.gen(function* () {
      const error = yield* Effect.flip(Stream.runDrain(LanguageModel.streamText({ prompt: "x" })))
      assert.strictEqual(error.reason._tag, "InvalidRequestError")
    }).pipe(Effect.provide(StubLanguageModel.layer(["one"])))
  )
})
