import { assert, describe, it } from "@effect/vitest"
import { Schema } from "effect"
import { measureAccuracy, readNameSet } from "../../bench/NameAccuracy.ts"
import { NameIndex } from "../../src/resolution/NameIndex.ts"
import { matchName } from "../../src/resolution/NameMatch.ts"
import { tokenSimilarity } from "../../src/resolution/TokenSimilarity.ts"
import { tokenize } from "../../src/text/Tokens.ts"

const matcher = (...names: ReadonlyArray<string>) => {
  const index = new NameIndex(names.length, (name) => tokenize(names[name] ?? ""))
  return (query: string) => matchName(index, tokenize(query)).map(({ name, score }) => ({ name: names[name], score }))
}

const Word = Schema.String.check(Schema.isPattern(/^[a-z]{3,12}$/))

describe("matching names", () => {
  it("is as accurate on the committed companies as when it was measured", () => {
    const { accuracyAt1, recallAt5Percent } = measureAccuracy(
      readNameSet(new URL("fixtures/companies.json", import.meta.url))
    )
    assert.isAtLeast(accuracyAt1, 0.98)
    assert.isAtLeast(recallAt5Percent, 0.96)
  })

  it("tells strengths apart", () => {
    const match = matcher("Aspirin 300 mg tablets", "Aspirin 500 mg tablets", "Ibuprofen 400 mg")
    assert.strictEqual(match("asprin 500mg tab")[0]?.name, "Aspirin 500 mg tablets")
    const one = matcher("Aspirin Protect Coated Tablets 300")
    assert.isBelow(one("aspirin protect coated tablets 500")[0]?.score ?? 1, 0.6)
    assert.isAbove(one("aspirin protect coated tablets")[0]?.score ?? 0, 0.85)
    const unasked = matcher("Aspirin Protect Coated Tablets")("aspirin protect coated tablets 500")[0]?.score ?? 0
    assert.isTrue(unasked > 0.65 && unasked < 0.8)
    assert.isBelow(match("aspirin 250 mg tablets")[0]?.score ?? 1, 0.75)
  })

  it("finds words written apart, plurals, abbreviations and swapped letters", () => {
    const match = matcher("Wireless Headphones", "Mechanical Keyboard", "Paper Tablets")
    assert.strictEqual(match("wireless head phones")[0]?.name, "Wireless Headphones")
    assert.strictEqual(match("mechancial keyboards")[0]?.name, "Mechanical Keyboard")
    assert.strictEqual(match("paper tab")[0]?.name, "Paper Tablets")
    assert.isAbove(matcher("Paper tab")("paper tablets")[0]?.score ?? 0, 0.75)
  })

  it("finds nothing where nothing is alike, and nothing in nothing", () => {
    assert.deepStrictEqual(matcher("Standing Desk")("quarterly"), [])
    assert.deepStrictEqual(matcher()("desk"), [])
    assert.deepStrictEqual(matcher("Desk")("!?"), [])
  })

  it.prop("gives a name itself, with the full score", { names: Schema.NonEmptyArray(Word) }, ({ names }) => {
    const match = matcher(...names)
    for (const name of names) {
      assert.closeTo(match(name)[0]?.score ?? 0, 1, 1e-9)
      assert.strictEqual(match(name)[0]?.name, name)
    }
  })

  it.prop("scores between 0 and 1", { names: Schema.NonEmptyArray(Schema.String), query: Schema.String }, (given) => {
    for (const { score } of matcher(...given.names)(given.query)) assert.isTrue(score > 0 && score <= 1 + 1e-9)
  })
})

describe("token similarity", () => {
  it("orders equal, plural, swapped, misspelt, unrelated", () => {
    const similarities = ["laptop", "laptops", "lapotp", "laqtop", "xaptop", "window"].map((to) =>
      tokenSimilarity("laptop", to)
    )
    assert.deepStrictEqual(
      similarities,
      similarities.toSorted((left, right) => right - left)
    )
    assert.strictEqual(new Set(similarities).size, similarities.length)
    assert.strictEqual(similarities.at(-1), 0)
  })

  it("never takes one number for another", () => {
    assert.strictEqual(tokenSimilarity("12345", "12346"), 0)
    assert.strictEqual(tokenSimilarity("12345", "12345"), 1)
  })

  it.prop("is symmetric", { left: Word, right: Word }, ({ left, right }) =>
    assert.strictEqual(tokenSimilarity(left, right), tokenSimilarity(right, left))
  )
})
