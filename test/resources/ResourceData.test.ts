import { assert, describe, it } from "@effect/vitest"
import { Result, Schema } from "effect"
import { Buffer } from "node:buffer"
import { fromContents } from "../../src/resources/ResourceData.ts"
import * as Json from "../../src/text/Json.ts"

const uri = "a"
const of = (contents: Parameters<typeof fromContents>[0], listedType?: string) => {
  const result = fromContents(contents, listedType)
  return Result.isSuccess(result) ? result.success : assert.fail(result.failure)
}

const Structure = Schema.Union([Schema.Record(Schema.String, Schema.Json), Schema.Array(Schema.Json)])
const Type = Schema.Literals(["text/plain", "text/markdown", "application/json", "application/octet-stream"]).pipe(
  Schema.UndefinedOr
)
const isJsonType = (type: string | undefined) => type === "application/json"

const parsed = (text: string): unknown => Result.getOrNull(Result.try((): unknown => Json.parse(text)))

/** Any value but a string that holds a structure, which is unwrapped. */
const Value = Schema.Json.check(
  Schema.makeFilter((value) => typeof value !== "string" || typeof (parsed(value) ?? 0) !== "object")
)

/** Neither an object, nor an array, nor a JSON string that could hold one. */
const Nothing = Schema.String.check(
  Schema.makeFilter((text) => typeof parsed(text) !== "string" && typeof (parsed(text) ?? 0) !== "object")
)

describe("a resource's data", () => {
  it.prop("is the JSON value that was declared as JSON", [Value], ([value]) => {
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

  it.prop(
    "is the object or array that a content is, whatever type it travels under, and its type stays as it was served",
    { structure: Structure, mimeType: Type, listedType: Type, indent: Schema.Literals([0, 2]) },
    ({ indent, listedType, mimeType, structure }) => {
      const text = JSON.stringify(structure, null, indent)
      const type = mimeType === undefined ? {} : { mimeType }
      const listed = isJsonType(mimeType) ? undefined : listedType
      for (const form of [
        text,
        `\uFEFF${text}`,
        ` \r\n\t${text}\n `,
        JSON.stringify(text),
        JSON.stringify(`\uFEFF\n ${text}`),
        `\uFEFF ${JSON.stringify(text)}\n`,
        JSON.stringify(text).replace(/^"[{[]/, (start) => `"\\u00${start === '"{' ? "7B" : "5b"}`)
      ]) {
        const blob = Buffer.from(form).toString("base64")
        for (const content of [
          { uri, ...type, text: form },
          { uri, ...type, blob },
          { uri, ...type, blob: blob.replaceAll(/.{76}/g, "$&\n") },
          { uri, ...type, blob: Buffer.from(form).toString("base64url") }
        ]) {
          const { data, mimeType: kept } = of([content], listed)
          assert.strictEqual(JSON.stringify(data), JSON.stringify(structure), form)
          assert.strictEqual(kept, mimeType ?? listed ?? null)
        }
        assert.strictEqual(of([{ uri, ...type, text: form }]).size, Buffer.byteLength(form))
        assert.strictEqual(of([{ uri, ...type, blob }]).size, Buffer.byteLength(form))
        const several = of([
          { uri, ...type, text: form },
          { uri, ...type, blob },
          { uri, text: "and a text" }
        ])
        assert.strictEqual(JSON.stringify(several.data), JSON.stringify([structure, structure, "and a text"]))
      }
    }
  )

  it.prop(
    "is text as it is, or base64, where the content is neither and is not declared as JSON",
    { text: Nothing, bytes: Schema.Array(Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 255 }))) },
    ({ bytes, text }) => {
      for (const mimeType of ["text/plain", "image/png"]) {
        assert.deepStrictEqual(of([{ uri, mimeType, text }]), { data: text, size: Buffer.byteLength(text), mimeType })
        for (const content of [Buffer.from(text), Buffer.from(bytes), Buffer.from([0x7b, ...bytes, 0xff, 0x7d])]) {
          const blob = content.toString("base64")
          assert.strictEqual(of([{ uri, mimeType, blob }]).data, blob)
        }
      }
    }
  )

  it("is what real servers mean that leave the type to their framework", () => {
    // FastMCP 4.0.10 and the Python SDK 2.3.0 read a function's `str` as text/plain; recorded from such a server.
    const served = '{"mappings": {"user_friendly_terms": {"clients": "customers.name"}}, "total_mappings": 1}'
    assert.deepStrictEqual(of([{ uri: "resource://column_mappings", mimeType: "text/plain", text: served }]), {
      data: { mappings: { user_friendly_terms: { clients: "customers.name" } }, total_mappings: 1 },
      size: served.length,
      mimeType: "text/plain"
    })
    // Listed as JSON, read as text: modelcontextprotocol/python-sdk#152. Encoded twice: quarkus-langchain4j#2138.
    assert.deepStrictEqual(of([{ uri, mimeType: "text/plain", text: '{"a":1}' }], "application/json").data, { a: 1 })
    assert.deepStrictEqual(of([{ uri, mimeType: "application/json", text: '"{\\"a\\":1}"' }]).data, { a: 1 })
  })

  it("is text where text only begins like JSON, or is a value that is no object or array", () => {
    for (const text of [
      "[INFO] started\n[INFO] done]",
      "{no",
      "{{ template }}",
      '{"a":1}\n{"a":2}',
      "[1](https://example.org)",
      "5",
      "true",
      "null",
      '"word"',
      '"[not JSON]"',
      JSON.stringify(JSON.stringify(JSON.stringify({ a: 1 }))),
      "\uFEFFword",
      ""
    ]) {
      assert.strictEqual(of([{ uri, mimeType: "text/plain", text }]).data, text)
      assert.strictEqual(of([{ uri, text }]).data, text)
      const blob = Buffer.from(text).toString("base64")
      assert.strictEqual(of([{ uri, mimeType: "application/json", blob }]).data, blob)
    }
  })

  it("is found out in time in proportion to the length", () => {
    const started = performance.now()
    for (const part of [" ", "[", "{", '"', "\\n", '"\\n', "]", "} ", "\t}", "\uFEFF", '["']) {
      for (const start of ["", "[", '"', "{"]) {
        const text = start + part.repeat(500_000 / part.length)
        of([{ uri, text }])
        of([{ uri, blob: Buffer.from(text).toString("base64") }])
      }
    }
    assert.isBelow(performance.now() - started, 5_000)
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
    for (const text of ["{", "", "{'a': 1}", "word", "\u00A0{}"]) {
      const declared = fromContents([{ uri, mimeType: "application/json", text }], undefined)
      assert.isTrue(Result.isFailure(declared), text)
      assert.isTrue(Result.isFailure(fromContents([{ uri, text }], "application/json")), text)
    }
  })
})

it("is refused where it is nested too deeply, whatever type it travels under", () => {
  const nested = (levels: number) => `${"[".repeat(levels)}${"]".repeat(levels)}${" ".repeat(1000)}`
  for (const mimeType of ["application/json", "text/plain"]) {
    assert.isArray(of([{ uri, mimeType, text: nested(500) }]).data)
    for (const content of [
      { uri, mimeType, text: nested(502) },
      { uri, mimeType, text: nested(100_000) },
      { uri, mimeType, blob: Buffer.from(nested(3000)).toString("base64") }
    ]) {
      const refused = fromContents([content], undefined)
      assert.isTrue(Result.isFailure(refused) && refused.failure === "the content is nested more than 500 levels deep")
    }
  }
})
