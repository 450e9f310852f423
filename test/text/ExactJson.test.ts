import { assert, describe, it } from "@effect/vitest"
import { Arbitrary, Schema } from "effect"
import * as ExactJson from "../../src/text/ExactJson.ts"

describe("ExactJson", () => {
  it("keeps integers that a double cannot hold", () => {
    assert.deepStrictEqual(ExactJson.parse('{"a":9007199254740993,"b":1,"c":1.5,"d":"9007199254740993"}'), {
      a: 9007199254740993n,
      b: 1,
      c: 1.5,
      d: "9007199254740993"
    })
    assert.strictEqual(
      ExactJson.stringify([9007199254740993n, "9007199254740993"]),
      '[9007199254740993,"9007199254740993"]'
    )
  })

  it("says undefined of what is no JSON", () => {
    assert.isUndefined(ExactJson.parse("{"))
  })

  it.prop(
    "writes an integer so that JSON.stringify writes its digits",
    { integer: Arbitrary.schema(Schema.BigInt) },
    ({ integer }) => {
      const raw = ExactJson.raw(integer)
      assert.strictEqual(JSON.stringify([raw]), `[${integer}]`)
      assert.isTrue(ExactJson.isRaw(raw))
      assert.isFalse(ExactJson.isRaw({ rawJSON: String(integer) }))
    }
  )
})
