import { assert, describe, it } from "@effect/vitest"
import { Schema } from "effect"
import { fold, joinTokens, normalizeTokens, stem, tokenize } from "../../src/text/Tokens.ts"

describe("tokenize", () => {
  it("splits letters from digits and drops the rest", () => {
    assert.deepStrictEqual(tokenize("Aspirin 300mg (USB-C)"), ["aspirin", "300", "mg", "usb", "c"])
  })

  it("knows one spelling of a number", () => {
    assert.deepStrictEqual(tokenize("0.50 0,5 007 1,250.50 1,000,000 3.0"), [
      "0.5",
      "0.5",
      "7",
      "1250.5",
      "1000000",
      "3"
    ])
  })

  it("keeps O'Brien whole and drops the possessive", () => {
    assert.deepStrictEqual(tokenize("O'Brien Smith's SMITH’S d'Or"), ["obrien", "smith", "smith", "dor"])
  })

  it("folds accents and letters that look like ASCII, and keeps the vowels of other scripts", () => {
    assert.deepStrictEqual(tokenize("Łódź Straße Øresund ＡＢ１"), ["lodz", "strasse", "oresund", "ab", "1"])
    assert.notDeepEqual(tokenize("हिन्दी"), tokenize("हन्द"))
  })

  it.prop("gives offsets of what was tokenized, from left to right", { text: Schema.String }, ({ text }) => {
    const offsets: Array<number> = []
    const tokens = tokenize(text, offsets)
    assert.lengthOf(offsets, 2 * tokens.length)
    for (const [at, token] of tokens.entries()) {
      const [start = -1, end = -1] = offsets.slice(2 * at)
      assert.isAtLeast(start, offsets[2 * at - 1] ?? 0)
      assert.isAbove(end, start)
      assert.deepStrictEqual(tokenize(text.slice(start, end)), [token])
    }
  })

  it.prop(
    "does not see case",
    { text: Schema.String.check(Schema.isPattern(/^[a-zA-Z0-9 äöéç.,'-]*$/)) },
    ({ text }) => {
      assert.deepStrictEqual(tokenize(text.toUpperCase()), tokenize(text.toLowerCase()))
    }
  )
})

describe("stem", () => {
  it("undoes regular plurals only", () => {
    const plurals = ["boxes", "batteries", "laptops", "dishes", "glass", "status", "basis", "gas", "series"]
    assert.deepStrictEqual(plurals.map(stem), [
      "box",
      "battery",
      "laptop",
      "dish",
      "glass",
      "status",
      "basis",
      "gas",
      "sery"
    ])
  })
})

describe("normalized names", () => {
  it("have no separators, but two numbers stay two", () => {
    assert.strictEqual(joinTokens(["head", "phones"]), "headphones")
    assert.notStrictEqual(joinTokens(["1", "23"]), joinTokens(["12", "3"]))
    assert.strictEqual(normalizeTokens(tokenize("lap-tops")), normalizeTokens(tokenize("Laptop")))
  })

  it.prop("fold once and for all", { text: Schema.String }, ({ text }) =>
    assert.strictEqual(fold(fold(text)), fold(text))
  )
})
