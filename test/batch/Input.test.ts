/** What may be submitted, and what is said of the rest. */
import { assert, it } from "@effect/vitest"
import { Effect } from "effect"
import * as Input from "../../src/batch/Input.ts"

it.effect("a line is a question, or a JSON object with one; empty lines and a byte order mark are passed over", () =>
  Effect.gen(function* () {
    const text =
      '\uFEFFtotal sales\r\n\r\n  number of orders  \n{"question":"urgent","id":"u","priority":"high"}\n{"question":"x"}\n'
    assert.deepStrictEqual(yield* Input.parse(text), [
      { id: "1", question: "total sales" },
      { id: "3", question: "number of orders" },
      { id: "u", question: "urgent", priority: "high" },
      { id: "5", question: "x" }
    ])
    const nothing = yield* Effect.flip(Input.parse("\n"))
    assert.match(nothing.message, /there is no question in it/)
  })
)

it.effect.each([
  ['{"question":"a","prioriti":"high"}', "prioriti"],
  ['{"question":"a","priority":"urgent"}', '"high" | "normal" | "low"'],
  ['{"question":" "}', "a question"],
  ['{"question":"a","id":"../etc passwd"}', "an id of 1 to 100"],
  ['{"question":"a"', "JSON"],
  ["{}", "question"]
])("%s is refused with its line", ([line, word]) =>
  Effect.gen(function* () {
    const error = yield* Effect.flip(Input.parse(`fine\n${line}`))
    assert.deepInclude(error.reason, { _tag: "InvalidInput", line: 2 })
    assert.match(error.message, /^line 2 is no question: /)
    assert.include(error.message, word ?? "")
    assert.notInclude(error.message, "\n")
  })
)

const options = { batch: "b", last: 7, priority: "low" } as const

it.effect(
  "questions get their places, ids and priorities; an id that is given twice with one text is one question",
  () =>
    Effect.gen(function* () {
      const completed = yield* Input.complete(
        [{ question: "a" }, { id: "x", question: "b", priority: "high" }, { id: "x", question: "b" }],
        options
      )
      assert.deepStrictEqual(completed, [
        { batch: "b", id: "1", position: 8, question: "a", priority: "low" },
        { batch: "b", id: "x", position: 9, question: "b", priority: "high" }
      ])
    })
)

it.effect("an id that stands for two questions is a conflict, also with an id that was made", () =>
  Effect.gen(function* () {
    const error = yield* Effect.flip(Input.complete([{ question: "a" }, { id: "1", question: "b" }], options))
    assert.deepInclude(error.reason, { _tag: "Conflict", batch: "b", id: "1" })
  })
)

it.effect("a batch's name has the form of an id", () =>
  Effect.gen(function* () {
    assert.strictEqual(yield* Input.batchName("2026-11/Übersicht"), "2026-11/Übersicht")
    for (const name of ["", "-x", "a b", "a\nb", "x".repeat(101)]) {
      assert.strictEqual((yield* Effect.flip(Input.batchName(name))).reason._tag, "InvalidInput", name)
    }
  })
)
