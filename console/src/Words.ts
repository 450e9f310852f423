/** The words that a question can use, and how they complete what is being typed. */
import type { Wire } from "./Client.ts"

export interface Word {
  readonly text: string
  /** The text as it is compared: all of them are at each key that is pressed. */
  readonly lower: string
  /** What it is: `table`, `column of orders`, … */
  readonly kind: string
}

export const wordsOf = ({ databases, entities, terms }: Wire["vocabulary"]): ReadonlyArray<Word> => {
  const words = [
    ...entities.flatMap(({ aliases, members, name, server }) => [
      { text: name, kind: `${members.length === 0 ? "entity" : "category"} of ${server}` },
      ...aliases.map((text) => ({ text, kind: `alias of ${name}` }))
    ]),
    ...terms.map(({ expression, term }) => ({ text: term, kind: `term: ${expression}` })),
    ...databases.flatMap(({ tables }) =>
      tables.flatMap(({ columns, table }) => [
        { text: table, kind: "table" },
        ...columns.flatMap(({ column, values }) => [
          { text: column, kind: `column of ${table}` },
          ...values.map((text) => ({ text, kind: `value of ${table}.${column}` }))
        ])
      ])
    )
  ]
  const byText = new Map(words.map((word) => [word.text.toLowerCase(), word]))
  return [...byText].map(([lower, word]) => ({ ...word, lower }))
}

export interface Completion extends Word {
  /** Where in the question it begins to replace what was typed. */
  readonly from: number
}

/**
 * Words that begin like the last one, two or three before the cursor, or hold a word that does; the longest stretch first.
 */
export const complete = (words: ReadonlyArray<Word>, typed: string, most = 8): ReadonlyArray<Completion> => {
  const starts = [...typed.matchAll(/(?<![\p{L}\p{N}_])[\p{L}\p{N}_]/gu)].map(({ index }) => index).slice(-3)
  const found = new Map<string, Completion>()
  for (const inside of [false, true]) {
    for (const from of starts) {
      const beginning = typed.slice(from).toLowerCase()
      if (beginning.length < (inside ? 3 : 2)) continue
      for (const word of words) {
        if (found.size >= most) return [...found.values()]
        const { lower } = word
        const fits = inside
          ? lower.includes(beginning) && lower.split(/[\s_]+/).some((part) => part.startsWith(beginning))
          : lower.startsWith(beginning)
        if (fits && lower !== beginning && !found.has(lower)) found.set(lower, { ...word, from })
      }
    }
  }
  return [...found.values()]
}

/** What a refusal says, as far as it helps to say it better. */
export interface Refusal {
  /** `not understood: "zorkband" (Ireland?), "frob"` */
  readonly detail: string
  /** `"How many customers are there?" works` */
  readonly remedy: string
  /** What else could be meant. */
  readonly candidates: ReadonlyArray<string>
}

/**
 * The question in other words: with what could be meant in place of what was not understood, with the known words most
 * like it, without it; last a question that is said to work. At most five.
 */
export const rewordings = (
  { candidates, detail, remedy }: Refusal,
  question: string,
  words: ReadonlyArray<Word>
): ReadonlyArray<string> => {
  const lower = question.toLowerCase()
  const unknown = [...detail.matchAll(/"([^"]{1,80})"(?: \(([^()]{1,80})\?\))?/g)]
    .map(([, text = "", suggestion]) => ({ text, suggestion, at: lower.indexOf(text.toLowerCase()) }))
    .find(({ at, text }) => at >= 0 && text.length < question.length)
  const works = [...remedy.matchAll(/"([^"]{3,200}\?)" works/g)].map(([, text = ""]) => text)
  if (unknown === undefined) return works
  const { at, suggestion, text } = unknown
  const before = question.slice(0, at)
  const after = question.slice(at + text.length)
  const others = [...candidates, ...(suggestion === undefined ? [] : [suggestion]), ...nearest(words, text)]
  const without = `${before.replace(/(?:\b(?:of|for|in|by|from|with|the|a|an|all|per)\s+)+$/i, "")}${after}`
    .replaceAll(/\s{2,}/g, " ")
    .trim()
  const said = others
    .filter((other) => other.toLowerCase() !== text.toLowerCase())
    .map((other) => `${before}${other}${after}`)
  // What begins with "of …" has lost what it asks for.
  const isWhole = without.includes(" ") && !/^(?:of|for|in|by|from|with|per)\b/i.test(without)
  return [...new Set([...said, ...(isWhole ? [without] : []), ...works])].slice(0, 5)
}

// -----------------------------------------------------------------------------
// internals

/** The words most like it, by the pairs of letters that both have (Dice); none that share little. */
const nearest = (words: ReadonlyArray<Word>, text: string): ReadonlyArray<string> => {
  const wanted = pairs(text.toLowerCase())
  return words
    .map((word) => ({ word, likeness: likeness(wanted, pairs(word.lower)) }))
    .filter(({ likeness }) => likeness > 0.4)
    .toSorted((one, other) => other.likeness - one.likeness)
    .slice(0, 3)
    .map(({ word }) => word.text)
}

const pairs = (lower: string): ReadonlySet<string> =>
  new Set(Array.from({ length: Math.max(0, lower.length - 1) }, (_, index) => lower.slice(index, index + 2)))

const likeness = (one: ReadonlySet<string>, other: ReadonlySet<string>): number =>
  one.size + other.size === 0 ? 0 : (2 * [...one].filter((pair) => other.has(pair)).length) / (one.size + other.size)
