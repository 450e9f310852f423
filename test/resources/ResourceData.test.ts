import { assert, describe, it } from "@effect/vitest"
import { Result, Schema } from "effect"
import { fromContents } from "../../src/resources/ResourceData.ts"

const uri = "a"
const of = (contents: Parameters<typeof fromContents>[0], listedType?: string) => {
  const result = fromContents(contents, listedType)
  return Result.isSuccess(result) ? result.success : assert.fail(result.failure)
}

describe("a resource's data", () => {
  it.prop("is the JSON value that was declared as JSON", [Schema.Json], ([value]) => {
    const text = JSON.stringify(value)
    for (const mimeType of [
      "application/json",
      "Application/JSON; charset=utf-8",
      "application/geo+json",
      "text/json"
    ]) {
      const { data, size } = of([{ uri, mimeType, text }])
      assert.strictEqual(JSON.stringify(data), text)
      assert.strictEqual(size, Buffer.byteLength(text))
    }
    assert.strictEqual(JSON.stringify(of([{ uri, text }], "application/json").data), text)
  })

  it.prop("is text as it is when it is declared as text", [Schema.String], ([text]) => {
    assert.deepStrictEqual(of([{ uri, mimeType: "text/plain", text }]), {
      data: text,
      size: Buffer.byteLength(text),
      mimeType: "text/plain"
    })
  })

  it("says nothing of its type and looks like JSON: then it is, if it parses", () => {
    assert.deepStrictEqual(of([{ uri, text: " [1]" }]).data, [1])
    assert.strictEqual(of([{ uri, text: "{no" }]).data, "{no")
    assert.strictEqual(of([{ uri, text: "5" }]).data, "5")
  })

  it("of several items is the list of theirs, of none is null", () => {
    assert.deepStrictEqual(
      of(
        [
          { uri, text: "x" },
          { uri, blob: "AAEC" }
        ],
        "application/json"
      ),
      {
        data: ["x", "AAEC"],
        size: 4,
        mimeType: null
      }
    )
    assert.deepStrictEqual(of([]), { data: null, size: 0, mimeType: null })
  })

  it("that is declared as JSON and is not, is an error", () => {
    assert.isTrue(Result.isFailure(fromContents([{ uri, mimeType: "application/json", text: "{" }], undefined)))
  })
})
