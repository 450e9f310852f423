/** Things that are not called by their table, but by a value of theirs or by the users' term. */
import { isPlural, kindKey, nameWords, wordKey } from "../../grounding/NameWords.ts"
import type { Reading, Sentence } from "./Parts.ts"
import { thingsOf } from "./Paths.ts"

/** The table of the things that a condition names by itself. */
export const thingsMeant = ({ context }: Sentence, { parts }: Reading): string | null => {
  const [part, ...more] = parts
  if (part?.kind !== "wish" || more.length > 0) return null
  const { wish } = part
  if (wish.kind === "match") return wish.isPlural ? thingsOf(context.index, wish.column) : null
  if (wish.kind !== "test" || wish.test.kind !== "mapped") return null
  const [table, ...others] = wish.test.tables
  const words = nameWords(wish.text)
  const last = wordKey(words.at(-1) ?? "")
  const isNoun = isPlural(words.at(-1) ?? "")
  const isOther = context.index.tables.some(({ name }) => name !== table && kindKey(name) === last)
  return table === undefined || others.length > 0 || !isNoun || isOther ? null : table
}
