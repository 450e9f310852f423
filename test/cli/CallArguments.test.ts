import { assert, it } from "@effect/vitest"
import { Result } from "effect"
import * as CallArguments from "../../src/cli/CallArguments.ts"

const schema = {
  properties: {
    sql: { type: "string" },
    limit: { type: "integer" },
    tags: { type: "array" },
    either: { anyOf: [{ type: "string" }, { type: "null" }] },
    any: {}
  }
}
const parse = (...given: ReadonlyArray<string>) => CallArguments.parse(given, schema)

it("a value is what the tool's schema says it is", () => {
  assert.deepStrictEqual(
    parse("sql=1", "limit=2", "tags=[3]", "either=4", "any=5", "other=six", "eq=a=b"),
    Result.succeed({
      sql: "1",
      limit: 2,
      tags: [3],
      either: "4",
      any: 5,
      other: "six",
      eq: "a=b"
    })
  )
})

it("an integer is sent digit for digit", () => {
  const sent = (...given: ReadonlyArray<string>) => JSON.stringify(Result.getOrThrow(parse(...given)))
  assert.strictEqual(sent("limit=9007199254740993"), '{"limit":9007199254740993}')
  assert.strictEqual(sent('{"tags":[-9007199254740993,1.5]}'), '{"tags":[-9007199254740993,1.5]}')
})

it("one argument may be all of them as JSON, and a text may look like it", () => {
  assert.deepStrictEqual(parse(' {"sql": "x"}'), Result.succeed({ sql: "x" }))
  assert.deepStrictEqual(parse('sql={"a": 1}'), Result.succeed({ sql: '{"a": 1}' }))
  assert.deepStrictEqual(parse(), Result.succeed({}))
})

it("what is neither is told in a sentence", () => {
  for (const [given, problem] of [
    ["nope", /key=value/],
    ["limit=many", /^limit takes integer, and not "many"$/],
    ["{broken", /begin like a JSON object/]
  ] as const) {
    assert.match(Result.getOrThrow(Result.flip(parse(given))), problem)
  }
})

it("a name out of an object's prototype is a name like any other", () => {
  assert.deepStrictEqual(parse("constructor=1"), Result.succeed({ constructor: 1 }))
})
