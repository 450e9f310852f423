/** Matches between two of one table: those of a club, at home or away, and those between two clubs. */
import * as Result from "effect/Result"
import type { Relationship } from "../../grounding/Grounding.ts"
import { choicesAt, type Reading, type Sentence, stretch, type Wish, wished } from "./Parts.ts"
import type { Condition, Test } from "./Plan.ts"
import { roleWords, type SchemaIndex } from "./SchemaIndex.ts"

/** The two keys by which a match tells who plays at home and who is the guest. */
export const sidesOf = ({ relationships }: SchemaIndex, base: string, table: string): ReadonlyArray<Relationship> => {
  const keys = relationships.filter(({ from, to }) => from.table === base && to.table === table)
  const isSide = (side: (word: string) => boolean) => keys.some(({ from }) => side(roleWords(from)[0] ?? ""))
  return keys.length === 2 && isSide(isHome) && isSide(isAway) ? keys : []
}

export const isHome = (word: string): boolean => /^(?:home|host)$/.test(word)
export const isAway = (word: string): boolean => /^(?:away|guest|visitor|visiting)$/.test(word)

/** Whether rows of a table are between two of another, one of them at home. */
export const hasSides = (index: SchemaIndex, table: string | undefined): boolean =>
  table !== undefined &&
  index.relationships.some(({ from, to }) => from.table === table && sidesOf(index, table, to.table).length > 0)

type Outcome = (Wish & { readonly kind: "outcome" })["outcome"]
type MatchWish = Wish & { readonly kind: "match" }

/** "matches of Northam": at home or away, or on the side that is said. */
export const onSides = (
  { matches, joint, text, tokens }: MatchWish,
  sides: ReadonlyArray<Relationship>,
  wishes: ReadonlyArray<Wish>,
  test: Test,
  scored: (side: "home" | "away", outcome: Outcome) => Test | null
): Result.Result<Condition, string> => {
  const said = wishes.flatMap((one) => (one.kind === "side" ? [one.side] : []))
  const outcomes = wishes.filter((one) => one.kind === "outcome")
  const clubs = wishes.filter((one) => one.kind === "match" && sides.some(({ to }) => to.table === one.column.table))
  if (outcomes.length > 1 || (outcomes.length > 0 && clubs.length > 1)) {
    return Result.fail(`it is not said of whom "${outcomes.map((one) => one.text).join(" ")}" is`)
  }
  if (matches.length > 1 && joint === "and") {
    return Result.fail(`"${text}" may be each of them, or both of one row`)
  }
  const where = sides
    .filter(({ from }) => said.every((side) => roleWords(from).includes(side)))
    .flatMap(({ from, to }): ReadonlyArray<Condition> => {
      const playing: Condition = {
        kind: "exists",
        tokens,
        related: { step: { from, to, many: false }, joins: [] },
        table: to.table,
        where: [{ kind: "holds", tokens, test }],
        negated: false
      }
      const [ended] = outcomes
      if (ended?.kind !== "outcome") return [playing]
      const score = scored(isHome(roleWords(from)[0] ?? "") ? "home" : "away", ended.outcome)
      const { tokens: own } = ended
      return score === null
        ? []
        : [{ kind: "all", tokens: own, where: [playing, { kind: "holds", tokens: own, test: score }] }]
    })
  const [only, ...others] = where
  if (only === undefined) return Result.fail(`"${said.join(" ")}" is not said of "${text}"`)
  return Result.succeed(others.length === 0 ? only : { kind: "either", tokens, where })
}

/** "matches between Northam and Castleton": of both. */
export const readBetween = (
  sentence: Sentence,
  at: number,
  of: string | undefined,
  read: Reading | null
): Reading | null => {
  const [part, ...more] = read?.parts ?? []
  if (read === null || part?.kind !== "wish" || part.wish.kind !== "match" || more.length > 0) return null
  const { wish } = part
  const isOfTwo = sentence.context.index.relationships.some(
    ({ from, to }) =>
      from.table === of && to.table === wish.column.table && /^(?:home|away)$/.test(roleWords(from)[0] ?? "")
  )
  if (!isOfTwo || wish.matches.length !== 2 || wish.joint !== "and") return null
  const { tokens } = stretch(sentence, at, at + 1)
  return {
    parts: wish.matches.flatMap(
      (match) => wished({ ...wish, tokens: [...tokens, ...wish.tokens], matches: [match] }, read.next).parts
    ),
    next: read.next
  }
}

/** "home games", "away matches of Northam" */
export const readSide = (sentence: Sentence, at: number): Reading | null => {
  const item = sentence.items[at]
  const side = item?.text.toLowerCase() ?? ""
  const noun = choicesAt(sentence, at + 1)?.table ?? null
  const isSaid = item?.kind === "unknown" || item?.kind === "name"
  const isBeside = noun !== null && sentence.items[at + 1]?.before.length === 0
  const isKey =
    isBeside &&
    sentence.context.index.relationships.some(({ from }) => from.table === noun && roleWords(from)[0] === side)
  return isSaid && /^(?:home|away)$/.test(side) && isKey
    ? wished({ kind: "side", ...stretch(sentence, at, at + 1), side }, at + 1)
    : null
}
