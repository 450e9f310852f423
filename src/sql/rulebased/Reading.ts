/** From tokens to items: each stretch of a question with what it can stand for, longest first, left to right. */
import type { Mention } from "../../resolution/ResolvedEntity.ts"
import { type DateRange, numberWord, rangeAt } from "./Calendar.ts"
import { adverbs, type Operation, phrases } from "./Lexicon.ts"
import { startsWithWords, type Token } from "./Question.ts"
import { type Meaning, meaningsAt, type Vocabulary } from "./Vocabulary.ts"

export type Item = { readonly text: string } & (
  | Operation
  | { readonly kind: "name"; readonly meanings: ReadonlyArray<Meaning> }
  | { readonly kind: "entities"; readonly mention: Mention }
  | { readonly kind: "range"; readonly range: DateRange }
  | { readonly kind: "literal"; readonly value: string }
  | { readonly kind: "number"; readonly value: number }
  | { readonly kind: "unknown" }
)

/** Every token ends up in exactly one item. */
export const read = (
  tokens: ReadonlyArray<Token>,
  vocabulary: Vocabulary,
  mentions: ReadonlyArray<Mention>,
  today: string
): ReadonlyArray<Item> => {
  const items: Array<Item> = []
  let at = 0
  while (at < tokens.length) {
    const { item, length } = itemAt(tokens, at, vocabulary, mentions, today)
    const text = tokens
      .slice(at, at + length)
      .map((token) => token.text)
      .join(" ")
    items.push(...item.map((one) => ({ ...one, text })))
    at += length
  }
  return items
}

type WithoutText<T> = T extends unknown ? Omit<T, "text"> : never

interface Found {
  readonly item: ReadonlyArray<WithoutText<Item>>
  readonly length: number
}

const itemAt = (
  tokens: ReadonlyArray<Token>,
  at: number,
  vocabulary: Vocabulary,
  mentions: ReadonlyArray<Mention>,
  today: string
): Found => {
  const token = tokens[at]
  if (token === undefined) return { item: [], length: 1 }
  const name = meaningsAt(vocabulary, tokens, at)
  const mentioned = mentionAt(tokens, at, mentions)
  // A mapped term or a name of the schema that is longer than the entity inside it is what was meant.
  const said = name !== null && name.meanings.some(({ kind }) => kind !== "unusable") ? name.length : 0
  if (mentioned !== null && mentioned.length >= said) return mentioned
  if (token.kind === "quoted") return { item: [{ kind: "literal", value: token.key }], length: 1 }
  const range = rangeAt(tokens, at, today)
  const phrase = phrases(token.key).find(([words]) => startsWithWords(tokens, at, words))
  const candidates: Array<Found> = []
  if (name !== null) candidates.push({ item: [{ kind: "name", meanings: name.meanings }], length: name.length })
  if (range !== null) candidates.push({ item: [{ kind: "range", range: range.range }], length: range.length })
  if (phrase !== undefined) candidates.push({ item: [phrase[1]], length: phrase[0].length })
  const grain = adverbs.get(token.key)
  if (grain !== undefined) candidates.push({ item: [{ kind: "per" }, { kind: "grain", grain }], length: 1 })
  const number = token.kind === "number" ? token.value : numberWord(token.key)
  if (!Number.isNaN(number)) candidates.push({ item: [{ kind: "number", value: number }], length: 1 })
  const isUnusable = name?.meanings.every(({ kind }) => kind === "unusable") === true
  const usable = isUnusable ? candidates.filter(({ item: [item] }) => item?.kind !== "name") : candidates
  // "total revenue" asks for a sum, also where a column is called "total".
  const [asked] = phrase?.[1].kind === "aggregate" ? candidates.filter(({ item: [item] }) => item === phrase[1]) : []
  if (
    asked !== undefined &&
    name?.length === asked.length &&
    meaningsAt(vocabulary, tokens, at + asked.length) !== null
  ) {
    return asked
  }
  const found = preferred(usable.length > 0 ? usable : candidates, tokens, at, today)
  return found ?? { item: [{ kind: "unknown" }], length: 1 }
}

/**
 * The longest; of two equally long, the one that was named by a server, except where the language is clearer: an
 * aggregation template adds nothing to a word the generator knows, and a unit of time is a unit of time.
 */
const preferred = (
  candidates: ReadonlyArray<Found>,
  tokens: ReadonlyArray<Token>,
  at: number,
  today: string
): Found | undefined => {
  const longest = Math.max(...candidates.map(({ length }) => length))
  const [first, second] = candidates.filter(({ length }) => length === longest)
  const [item] = first?.item ?? []
  if (first === undefined || second === undefined || item?.kind !== "name") return first
  if (item.meanings.every((meaning) => meaning.kind === "template")) return second
  const [other] = second.item
  // A comparison or a grouping word is never a value or the end of a column's name.
  const isWeak = item.meanings.every(
    (meaning) => meaning.kind === "value" || (meaning.kind === "column" && !meaning.full)
  )
  return isWeak && other !== undefined && other.kind !== "trade" && rangeAt(tokens, at, today) === null ? second : first
}

const mentionAt = (tokens: ReadonlyArray<Token>, at: number, mentions: ReadonlyArray<Mention>): Found | null => {
  const start = tokens[at]?.start ?? -1
  const mention = mentions.find((one) => one.start <= start && start < one.end)
  // A mention without a place in the database says nothing that SQL could use; its words may still mean something.
  if (mention === undefined || Object.keys(mention.resolution.databaseReferences).length === 0) return null
  let length = 1
  while ((tokens[at + length]?.start ?? Number.POSITIVE_INFINITY) < mention.end) length++
  return { item: [{ kind: "entities", mention }], length }
}
