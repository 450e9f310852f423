import { assert, describe, it } from "@effect/vitest"
import { Schema } from "effect"
import { isExcluded, unmatched } from "../../src/resources/ExcludedResources.ts"

/** Few letters, so that pieces meet by chance. */
const Few = Schema.String.check(Schema.isPattern(/^[ab/.]{0,8}$/))
const Pattern = Schema.String.check(Schema.isPattern(/^[ab*]{0,6}$/))

/** The rule itself, one character at a time. */
const obeys = (pattern: string, uri: string): boolean => {
  const [first = ""] = pattern
  if (first === "") return uri === ""
  if (first !== "*") return uri.startsWith(first) && obeys(pattern.slice(1), uri.slice(1))
  return obeys(pattern.slice(1), uri) || (uri !== "" && obeys(pattern, uri.slice(1)))
}

describe("resources.exclude", () => {
  it.prop("matches as its rule says", { pattern: Pattern, uri: Few }, ({ pattern, uri }) => {
    assert.strictEqual(isExcluded([pattern])(uri), obeys(pattern, uri))
  })

  it.prop(
    "takes everything but a star for itself, and a star for any text",
    { before: Schema.String, text: Schema.String, after: Schema.String },
    ({ after, before, text }) => {
      const pattern = `${before}${after}`.replaceAll("*", "")
      assert.isTrue(isExcluded([pattern])(pattern))
      const [start, end] = [before.replaceAll("*", ""), after.replaceAll("*", "")]
      assert.isTrue(isExcluded(["no", `${start}*${end}`])(`${start}${text}${end}`))
      assert.isFalse(isExcluded([`${start}x*${end}`])(`${start}y${text}${end}`.replaceAll("%", "")))
      assert.isFalse(isExcluded([])(text))
    }
  )

  it("matches the whole URI, in its case, as it is listed or percent-decoded", () => {
    for (const [pattern, uri, matches] of [
      ["a://b", "a://b", true],
      ["a://b", "a://b/c", false],
      ["b", "a://b", false],
      ["A://b", "a://b", false],
      ["a.//b", "a:://b", false],
      ["*", "", true],
      ["a*a", "a", false],
      ["*a*", "bab", true],
      // https://www.npmjs.com/package/mcp-postgres-full-access lists its template as a resource.
      ["postgres://*/{tableName}/schema", "postgres://u@h:5432/shop/%7BtableName%7D/schema", true],
      ["postgres://*/%7BtableName%7D/schema", "postgres://u@h:5432/shop/%7BtableName%7D/schema", true],
      ["postgres://*/{tableName}/schema", "postgres://u@h:5432/shop/orders/schema", false],
      ["file:///größe", "file:///gr%C3%B6%c3%9Fe", true],
      ["a://%zz*", "a://%zz%", true]
    ] as const) {
      assert.strictEqual(isExcluded([pattern])(uri), matches, `${pattern} ${uri}`)
    }
  })

  it("tells which patterns match nothing, each once", () => {
    assert.deepStrictEqual(unmatched(["a*", "x*", "b", "x*"], ["ab", "c%20b"]), ["x*", "b"])
    assert.deepStrictEqual(unmatched(["*"], []), ["*"])
  })

  it("takes time in proportion to the length, whatever the URI", () => {
    const started = performance.now()
    const hostile = `${"a".repeat(1_000_000)}b`
    assert.isFalse(isExcluded([`${"*a".repeat(50)}*c`, `*${"a".repeat(200)}c*`])(hostile))
    assert.isFalse(isExcluded(["*%7B*c"])("%7".repeat(500_000)))
    assert.isBelow(performance.now() - started, 2_000)
  })
})
