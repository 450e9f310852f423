/** Reading what still goes on, where only its end is kept: "on loan", "which patients are admitted?". */
import { isPlural, kindKey } from "../../grounding/NameWords.ts"
import { isVerb } from "./Measures.ts"
import { stillOpen } from "./Outcomes.ts"
import {
  choicesAt,
  isTimed,
  nounsIn,
  problem,
  type Reader,
  type Reading,
  type Sentence,
  stretch,
  testsWished,
  testWishes
} from "./Parts.ts"
import { referringTo } from "./Paths.ts"
import type { Test } from "./Plan.ts"
import { related } from "./Related.ts"
import { tableOf } from "./SchemaIndex.ts"

/** "books on loan", "what does Ada have on loan?": what was lent and has not come back. */
export const readOnLoan: Reader = (sentence, at, before) => {
  const { items } = sentence
  const isHeld = items[at]?.kind === "with" && /^ha(?:ve|s)$/i.test(items[at]?.text ?? "")
  const isOut = /^out$/i.test(items[at]?.text ?? "")
  const place = isHeld || isOut ? at + 1 : at
  const item = items[place]
  const table = choicesAt(sentence, place)?.table
  const noun = nounsIn(before).at(-1)
  const isLent = item?.before.at(-1) === "on" && /^(?:loan|hire|lease|rent)$/i.test(item.text)
  if (!isLent || table == null || noun === undefined || noun === table) return null
  const open = stillOpen(sentence.context, table)
  return open === null || isTimed(sentence)
    ? problem(sentence, at, place + 1, `nothing says which ${noun} are "on ${item.text}"`)
    : ofNow(sentence, at, place + 1, table, open)
}

/** "Which patients are admitted?", "admitted patients per ward": those of now, and not whoever has ever been. */
export const readStillIn: Reader = (sentence, at, before) => {
  const { items } = sentence
  const item = items[at]
  const table = choicesAt(sentence, at)?.table
  if (item === undefined || table == null || !isVerb(item.text)) return null
  const behind = items[at + 1]
  const isSaid = item.before.some((word) => /^(?:is|are)$/.test(word))
  const described =
    behind?.before.length === 0 && !behind.afterComma ? (choicesAt(sentence, at + 1)?.table ?? null) : null
  const isAdjective = described !== null && described !== table && isPlural(behind?.text ?? "")
  const noun = isAdjective ? described : nounsIn(before).at(-1)
  // "Which category is borrowed most often?" asks how often, and not what is out.
  if (behind?.kind === "often" || behind?.kind === "superlative") return null
  if (!(isSaid || isAdjective) || noun === undefined || noun === table) return null
  const open = isTimed(sentence) ? null : stillOpen(sentence.context, table)
  if (open !== null && isAdjective) {
    const where = testWishes(sentence, at, at + 1, open)
    return related(sentence, at, at + 1, { table, of: noun, where, negated: false })
  }
  if (open !== null) return ofNow(sentence, at, at + 1, table, open)
  return isSaid && behind === undefined
    ? problem(sentence, at, at + 1, `${table} tell what was ever "${item.text}", and not what is now`)
    : null
}

/** "How many patients are in the hospital?": those whose stay has no end. */
export const readInside: Reader = (sentence, at, before) => {
  const item = sentence.items[at]
  const noun = nounsIn(before).at(-1)
  // "died in hospital" is told of those who are there no more.
  const isThere =
    item?.before.some((word) => /^(?:is|are)$/.test(word)) === true || choicesAt(sentence, at - 1)?.table === noun
  const isInside = item?.before.includes("in") === true && isThere && /^hospital$/i.test(item.text)
  if (!isInside || noun === undefined) return null
  // Doctors are in the hospital, too, and have no stays of their own.
  if (!/^(?:patient|person)$/.test(kindKey(noun)))
    return { parts: [{ kind: "aside", ...stretch(sentence, at, at + 1) }], next: at + 1 }
  const { index } = sentence.context
  const [stays, ...others] = referringTo(index, noun).filter((name) =>
    tableOf(index, name)?.columns.some((one) => /^discharge/i.test(one.name))
  )
  const open = stays === undefined || others.length > 0 ? null : stillOpen(sentence.context, stays)
  return stays === undefined || open === null || isTimed(sentence)
    ? problem(sentence, at, at + 1, `nothing says which ${noun} are in the hospital`)
    : ofNow(sentence, at, at + 1, stays, open)
}

// ---------------------------------------------------------------------------------------------------------------------
// internals

/** The rows of what was done that still go on, of which whatever else is said is said, too. */
const ofNow = (sentence: Sentence, from: number, to: number, table: string, open: ReadonlyArray<Test>): Reading => {
  const verb = related(sentence, from, to, { table, of: null, where: [], negated: false })
  return { parts: [...verb.parts, ...testsWished(sentence, from, to, open).parts], next: to }
}
