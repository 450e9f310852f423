/** Of what a kind or a type is one, where only another than what is asked about has a column of it. */
import { nameWords, wordKey } from "../../grounding/NameWords.ts"
import type { Subject } from "./Asked.ts"
import type { Grouped, Wish } from "./Parts.ts"

const isKind = (text: string): boolean => /^(?:kinds?|types?)$/i.test(text)

export const kindProblems = (
  groups: ReadonlyArray<{ readonly by: Grouped; readonly text: string }>,
  listed: Pick<Subject, "of" | "text"> | null,
  wishes: ReadonlyArray<Wish>,
  from: string
): ReadonlyArray<string> => {
  // "complaints by kind": the kind of what they are about is none of theirs.
  const grouped = groups.flatMap(({ by, text }) =>
    by.kind === "column" && by.column.table !== from && isKind(text)
      ? [`"${text}" may be that of ${from} or of ${by.column.table}`]
      : []
  )
  // "What kind of car is LB 297?", where only its repairs are of a kind.
  const owner = listed?.of.kind === "column" && isKind(listed.text) ? listed.of.column.table : null
  const isOfOthers = wishes.some(
    (wish) =>
      (wish.kind === "match" && wish.column.table !== owner) ||
      (wish.kind === "named" && wish.table !== null && wish.table !== owner)
  )
  // "Which properties are for sale?", of a propertyType: what there is, and not which kinds of it.
  const kind = listed?.of.kind === "column" ? nameWords(listed.of.column.column).map(wordKey) : []
  const isThing = isKind(kind.at(-1) ?? "") && kind.length > 1 && wordKey(listed?.text ?? "") === kind.at(-2)
  return [
    ...grouped,
    ...(owner !== null && isOfOthers ? [`nothing says of what "${listed?.text}" is, ${owner} or another`] : []),
    ...(isThing ? [`"${listed?.text}" may be more than the kinds of them`] : [])
  ]
}
