import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
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
      const broken = { uri: "db://broken", name: "broken", description: null }
      const failure = yield* Effect.flip(Replies.decodeResourcePage({ resources: [{ uri: "a", name: "a" }, broken] }))
      assert.strictEqual(failure.reason, "InvalidReply")
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
        assert.strictEqual((yield* Effect.flip(Replies.decodeResourcePage(page))).reason, "InvalidReply")
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
        assert.strictEqual((yield* Effect.flip(wrong)).reason, "WrongResource")
      }
    })
  )

  it.effect("with binary content holds base64 and nothing else", () =>
    Effect.gen(function* () {
      assert.deepStrictEqual(yield* contents("a", { uri: "a", blob: "AAEC" }), [{ uri: "a", blob: "AAEC" }])
      for (const blob of ["_-8", "a", 5, null]) {
        assert.strictEqual((yield* Effect.flip(contents("a", { uri: "a", blob }))).reason, "InvalidReply")
      }
      assert.strictEqual((yield* Effect.flip(contents("a", { uri: "a" }))).reason, "InvalidReply")
    })
  )
})
