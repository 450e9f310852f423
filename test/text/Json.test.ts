import { assert, describe, it } from "@effect/vitest"
import { Schema } from "effect"
import * as ExactJson from "../../src/text/ExactJson.ts"
import * as Json from "../../src/text/Json.ts"

// Reproductions of https://github.com/nodejs/node/issues/63785.
const poisoned: ReadonlyArray<{ readonly before: string; readonly text: string }> = [
  { before: '{"p":{},"\\\\":1}', text: '{"p":{},"\\n":1}' },
  { before: '{"q":{},"\\\\":1}', text: '{"q":1,"\\"":2}' },
  { before: '{"r":{},"a\\\\":1}', text: '{"r":{},"a\\u0000":1}' }
]

describe("JSON", () => {
  for (const { before, text } of poisoned) {
    it(`keeps the keys of ${text} after ${before}, whose keys V8 would take`, () => {
      Json.parse(before)
      assert.strictEqual(JSON.stringify(Json.parse(text)), text)
      assert.strictEqual(JSON.stringify(ExactJson.parse(text)), text)
    })
  }

  const Key = Schema.Literals(["\\", "\n", '"', "a", "a\\", "a\n", "\t", "\u0000", "\ud800", "__proto__", "1", ""])
  const Value = Schema.Literals([1, "\\", '{"\\n":1}', "a:b"])
  const Entry = Schema.Struct({ key: Key, coded: Schema.Boolean, value: Schema.Union([Value, Schema.Array(Value)]) })

  it.prop(
    "has the keys that its text has, in their order, the last of two that are the same",
    { objects: Schema.Array(Schema.Array(Entry)) },
    ({ objects }) => {
      const keyOf = ({ coded, key }: typeof Entry.Type) =>
        coded ? `"${Array.from({ length: key.length }, (_, at) => unicode(key, at)).join("")}"` : JSON.stringify(key)
      const text = objects.map(
        (entries) => `{${entries.map((entry) => `${keyOf(entry)} : ${JSON.stringify(entry.value)}`).join(",")}}`
      )
      const expected = objects.map((entries) => Object.fromEntries(entries.map(({ key, value }) => [key, value])))
      const read: unknown = Json.parse(`[${text.join(",")}]`)
      assert.strictEqual(JSON.stringify(read), JSON.stringify(expected))
      assert.deepStrictEqual(read, expected)
    }
  )

  it("tells a reviver the keys that the text has", () => {
    const told: Array<string> = []
    Json.parseWith('{"a\\n":{"\\u0062":1}}', (key, value) => {
      told.push(key)
      return value
    })
    assert.deepStrictEqual(told, ["b", "a\n", ""])
  })

  it("is none where a string is not closed, however many quotes it has", () => {
    const text = `{"\\n":1,"${'\\"'.repeat(500_000)}`
    assert.throws(() => Json.parse(text), SyntaxError)
  })
})

const unicode = (text: string, at: number) => `\\u${text.charCodeAt(at).toString(16).padStart(4, "0")}`
