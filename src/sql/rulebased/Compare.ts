/** "compare A and B", "A vs B": named groups of which each gets a row. */
import * as Result from "effect/Result"
import { type Context } from "./Meaning.ts"
import type { Match, Part, Wish } from "./Parts.ts"
import { type Dimension, equals, type Test } from "./Plan.ts"
import { type ColumnReference, keyColumn, tableOf } from "./SchemaIndex.ts"

export interface Comparison {
  /** What rows are narrowed by, with what is compared as one of it. */
  readonly wishes: ReadonlyArray<Wish>
  readonly tables: ReadonlyArray<string>
  readonly dimension: (date: Result.Result<ColumnReference, string>) => Result.Result<Dimension, string>
}

/** `null` if nothing is compared. */
export const comparison = (
  context: Context,
  parts: ReadonlyArray<Part>,
  wishes: ReadonlyArray<Wish>
): Comparison | null => {
  const words = parts.filter(({ kind }) => kind === "compare").flatMap(({ tokens }) => tokens)
  if (!parts.some(({ kind }) => kind === "compare") && !wishes.some(isVersus)) return null
  const times = wishes.filter((wish) => wish.kind === "when")
  // "Landed flights: A vs B": they are compared, and what else is said is of both.
  const named = wishes.filter((wish) => wish.kind === "match")
  const groups = named.map((match) => [match, ...named.filter((one) => one !== match && isOfSame(one, match))])
  const all = groups.find((group) => group.flatMap((one) => one.matches).length > 1) ?? []
  const [match] = all
  const matches = all.flatMap((one) => one.matches)
  if (match !== undefined) {
    const merged: Wish = { ...match, tokens: [...words, ...all.flatMap(({ tokens }) => tokens)], matches, joint: "or" }
    return {
      wishes: [...wishes.filter((wish) => !all.some((one) => one === wish)), merged],
      tables: [match.column.table],
      dimension: () => dimensionOf(context, match.column, matches)
    }
  }
  if (times.length < 2) return null
  const tokens = [...words, ...times.flatMap((wish) => wish.tokens)]
  const tests = (date: ColumnReference): ReadonlyArray<Test> =>
    times.flatMap((wish) => (wish.kind === "when" ? [wish.test(date)] : []))
  const merged: Wish = {
    kind: "when",
    tokens,
    text: times.map(({ text }) => text).join(" or "),
    test: (date) => ({ kind: "any", tests: tests(date) })
  }
  return {
    wishes: [...wishes.filter((wish) => !times.some((one) => one === wish)), merged],
    tables: [],
    dimension: Result.map((date) => ({
      kind: "cases",
      tokens: [],
      cases: tests(date).map((test, at) => ({ label: times[at]?.text ?? "", test }))
    }))
  }
}

/** "A vs B" is read as values of one column, with the word between them. */
const isVersus = (wish: Wish): boolean => wish.kind === "match" && / (?:vs|versus|compared) /i.test(wish.text)

const isOfSame = (one: Wish, other: Wish & { readonly kind: "match" }): boolean =>
  one.kind === "match" &&
  one.column.table === other.column.table &&
  one.column.column === other.column.column &&
  one.negated === other.negated

/** Single entities are compared by their own row, values by their column, categories of members by name. */
const dimensionOf = (
  { index }: Context,
  column: ColumnReference,
  matches: ReadonlyArray<Match>
): Result.Result<Dimension, string> => {
  if (matches.some(({ values }) => values.length > 1)) {
    return Result.map(
      Result.all(matches.map(({ label, values }) => equals(index, column, values, label, false))),
      (tests): Dimension => ({
        kind: "cases",
        tokens: [],
        cases: tests.map((test, at) => ({ label: matches[at]?.entity ?? matches[at]?.label ?? "", test }))
      })
    )
  }
  const table = tableOf(index, column.table)
  const key = table === undefined ? undefined : keyColumn(index, table)
  return Result.succeed(
    key?.name === column.column
      ? { kind: "table", tokens: [], table: column.table, shown: [] }
      : { kind: "column", tokens: [], column }
  )
}
