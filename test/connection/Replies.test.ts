import { assert, describe, it } from "@effect/vitest"
import { Effect, Schema } from "effect"
import * as Replies from "../../src/connection/Replies.ts"

const text = (uri: string) => ({ uri, text: "t" })
const contents = (uri: string, ...items: ReadonlyArray<unknown>) => Replies.decodeContents(uri, { contents: items })

describe("a reply", () => {
  it.effect("that ends a list does so with no cursor, null, or an empty one", () =>
    Effect.gen(function* () {
      for (const end of [{}, { nextCursor: null }, { nextCursor: "" }]) {
        assert.isNull((yield* Replies.decodeResourcePage({ resources: [], ...end })).nextCursor)
        assert.isNull((yield* Replies.decodeToolPage({ tools: [], ...end })).nextCursor)
      }
      assert.strictEqual((yield* Replies.decodeResourcePage({ resources: [], nextCursor: "2" })).nextCursor, "2")
    })
  )

  it.effect("that is invalid names the resource and the field", () =>
    Effect.gen(function* () {
      const broken = { uri: "db://broken", name: "broken", description: 5 }
      const failure = yield* Effect.flip(Replies.decodeResourcePage({ resources: [{ uri: "a", name: "a" }, broken] }))
      assert.strictEqual(failure.reason._tag, "InvalidReply")
      assert.strictEqual(failure.stage, "list")
      assert.match(failure.detail, /resources\.1\.description \(db:\/\/broken\)/)
      for (const page of [
        null,
        [],
        {},
        { resources: {} },
        { resources: [null] },
        { resources: [{ uri: "", name: "x" }] }
      ]) {
        assert.strictEqual((yield* Effect.flip(Replies.decodeResourcePage(page))).reason._tag, "InvalidReply")
      }
    })
  )

  it.effect("may hold null for what is not there", () =>
    Effect.gen(function* () {
      const nothing = { title: null, description: null, mimeType: null, size: null, annotations: null, _meta: null }
      const page = yield* Replies.decodeResourcePage({
        resources: [{ uri: "a", name: "A", ...nothing }, { uri: "b", name: null }, { uri: "c" }]
      })
      assert.deepStrictEqual(page.resources, [
        { uri: "a", name: "A" },
        { uri: "b", name: "b" },
        { uri: "c", name: "c" }
      ])
      assert.deepStrictEqual(yield* contents("a", { uri: "a", mimeType: null, text: "t", blob: null }), [text("a")])
      assert.deepStrictEqual(yield* contents("a", { uri: "a", text: null, blob: "AAEC" }), [{ uri: "a", blob: "AAEC" }])
    })
  )

  // encoding/json of Go writes a nil slice as null (google-gemini/gemini-cli#20363 has such a server).
  it.effect("with null for a list holds an empty one, and without the list is invalid", () =>
    Effect.gen(function* () {
      assert.isEmpty((yield* Replies.decodeResourcePage({ resources: null })).resources)
      assert.isEmpty((yield* Replies.decodeToolPage({ tools: null })).tools)
      assert.isEmpty(yield* Replies.decodeContents("a", { contents: null }))
      assert.isEmpty((yield* Replies.decodeTemplatePage({ resourceTemplates: null })).templates)
      assert.strictEqual((yield* Effect.flip(Replies.decodeResourcePage({}))).reason._tag, "InvalidReply")
      assert.strictEqual((yield* Effect.flip(Replies.decodeToolPage({}))).reason._tag, "InvalidReply")
      assert.strictEqual((yield* Effect.flip(Replies.decodeContents("a", {}))).reason._tag, "InvalidReply")
    })
  )

  it.effect.prop("gives the same base64 for every form of it", [Schema.Uint8Array], ([bytes]) =>
    Effect.gen(function* () {
      const plain = Buffer.from(bytes).toString("base64")
      // Python's encodebytes and Java's MIME encoder break it into lines; others use base64url.
      for (const form of [
        plain,
        plain.replace(/=+$/, ""),
        Buffer.from(bytes).toString("base64url"),
        plain.replace(/.{1,7}/g, "$&\n"),
        plain.replace(/.{1,7}/g, "$&\r\n")
      ]) {
        assert.deepStrictEqual(yield* contents("a", { uri: "a", blob: form }), [{ uri: "a", blob: plain }])
      }
    })
  )

  it.effect("keeps names such as __proto__ as data", () =>
    Effect.gen(function* () {
      const page = yield* Replies.decodeResourcePage(
        JSON.parse('{"resources":[{"uri":"__proto__","name":"__proto__"}]}')
      )
      assert.deepStrictEqual(page.resources, [{ uri: "__proto__", name: "__proto__" }])
    })
  )

  it.effect("must be about the resource that was asked, whatever its spelling", () =>
    Effect.gen(function* () {
      assert.lengthOf(yield* contents("db://a", text("db://a")), 1)
      assert.lengthOf(yield* contents("HTTP://Host/a", text("http://host/a")), 1)
      assert.lengthOf(yield* contents("db://dir", text("db://dir/1"), text("db://dir/2")), 2)
      assert.lengthOf(yield* contents("db://a"), 0)
      for (const wrong of [
        contents("db://a", text("db://b")),
        contents("db://dir", text("db://dir/1")),
        contents("a", text("a"), text("b"))
      ]) {
        assert.strictEqual((yield* Effect.flip(wrong)).reason._tag, "WrongResource")
      }
    })
  )

  it.effect("with binary content holds base64 and nothing else", () =>
    Effect.gen(function* () {
      assert.deepStrictEqual(yield* contents("a", { uri: "a", blob: "AAEC" }), [{ uri: "a", blob: "AAEC" }])
      const detailOf = (item: object) =>
        Effect.map(
          Effect.flip(contents("a", { uri: "a", ...item })),
          ({ detail, reason }) => `${reason._tag}: ${detail}`
        )
      for (const blob of ["a", "AAE!", "AA=C", "AAEC===="]) {
        assert.strictEqual(yield* detailOf({ blob }), "InvalidReply: contents.0.blob (a): not base64", blob)
      }
      assert.match(yield* detailOf({ blob: 5 }), /^InvalidReply: contents\.0\.blob \(a\)/)
      for (const empty of [{}, { blob: null }, { text: null, blob: null }]) {
        assert.strictEqual(yield* detailOf(empty), "InvalidReply: contents.0 (a): neither text nor a blob")
      }
    })
  )
})
