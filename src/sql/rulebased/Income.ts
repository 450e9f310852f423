/** Reading "rental income", "revenue from rentals", "spent on passes": what rows of a record took in. */
import { isDate } from "../../grounding/ColumnWords.ts"
import { nameWords, wordKey } from "../../grounding/NameWords.ts"
import { sumOf, summed } from "./HowMuch.ts"
import { choicesAt, problem, type Reader, type Reading, type Sentence, stretch } from "./Parts.ts"
import { stepsTo } from "./Paths.ts"
import type { Measure } from "./Plan.ts"
import type { Item } from "./Reading.ts"
import { amountColumns, type ColumnReference, columnSaying, labelColumns, tableOf } from "./SchemaIndex.ts"

/** "rental income", "revenue from rentals", "money spent on passes", "how much has Ada paid for passes": what rows took in. */
export const readIncome: Reader = (sentence, at) => {
  const { items } = sentence
  const [item, next, last] = items.slice(at, at + 3)
  const isFront = choicesAt(sentence, at)?.table != null && next !== undefined && isIncome(next)
  const isCompound = isFront && next.before.length === 0 && !next.afterComma
  const isBehind = item !== undefined && isIncome(item) && next?.before.some((word) => /^(?:from|of|with)$/.test(word))
  const isMoney = /^money$/i.test(item?.text ?? "") && isPaid(next) && isFor(last)
  const isHowMuch = items.slice(0, at).some(({ kind }) => kind === "howMuch")
  const isAsked = isHowMuch && isPaid(item) && isFor(next)
  // "How much money did businesses give us?"
  const given = isHowMuch ? recordOf(sentence, item) : null
  if (given !== null) return taking(sentence, at, at + 1, given)
  const thing = isCompound ? at : isBehind === true ? at + 1 : isMoney ? at + 2 : isAsked ? at + 1 : -1
  const table = choicesAt(sentence, thing)?.table ?? null
  if (table === null) return null
  return taking(sentence, at, Math.max(thing + 1, at + 2), table)
}

/** "Which film earned us the most money?": what is taken in with it, where only one kind of rows says so. */
export const earnedBy = (sentence: Sentence, subject: string): Measure | string => {
  const { index } = sentence.context
  const [taken, ...others] = index.tables.flatMap(({ name }) => {
    const column = takenIn(sentence, name)
    return typeof column === "string" || stepsTo(index, name, subject) === null ? [] : [column]
  })
  return taken === undefined || others.length > 0
    ? `nothing, or more than one thing, says what ${subject} earned`
    : sumOf(sentence, taken)
}

/** The one amount that rows of a record say; what may not have taken place has taken nothing in. */
export const takenIn = ({ context: { index } }: Sentence, name: string): ColumnReference | string => {
  const table = tableOf(index, name)
  const [amount, ...others] = table === undefined ? [] : amountColumns(index, table)
  if (table === undefined || labelColumns(table).length > 0 || !table.columns.some(isDate))
    return `${name} are no record of what was paid`
  if (amount === undefined || others.length > 0) return `${name} have no one amount`
  const isVoid =
    table.columns.some((column) => /refund|cancel|void/i.test(column.name)) ||
    columnSaying(table, /cancel|void|refund|no.?show|fail|draft/i) !== undefined
  return isVoid ? `some ${name} may not have taken place` : { table: name, column: amount.name }
}

export const isIncome = (item: Item): boolean =>
  item.kind === "unknown" && /^(?:incomes?|revenues?|turnover|takings|earnings|proceeds|money)$/i.test(item.text)

// ---------------------------------------------------------------------------------------------------------------------
// internals

/** All that the rows of a table took in, as what stands at a place. */
const taking = (sentence: Sentence, at: number, end: number, table: string): Reading | null => {
  const place = stretch(sentence, at, end)
  const taken = takenIn(sentence, table)
  if (typeof taken === "string") return problem(sentence, at, end, `nothing says what "${place.text}" is: ${taken}`)
  return summed(sentence, at, end, [taken])
}

/** What is given and donated is kept in donations, what is paid in payments. */
const recordOf = ({ context: { index } }: Sentence, verb: Item | undefined): string | null => {
  const word = verb?.text.toLowerCase() ?? ""
  if (!/^(?:give|given|gave|donated?|contributed?|paid|pay)$/.test(word)) return null
  const nouns = /^(?:paid|pay)$/.test(word) ? ["payment"] : ["donation", "gift", "contribution"]
  const [table, ...others] = index.tables.filter(({ name }) => nouns.includes(wordKey(nameWords(name).at(-1) ?? "")))
  return table === undefined || others.length > 0 ? null : table.name
}

const isPaid = (item: Item | undefined): boolean =>
  /^(?:paid|pay|pays|spent|spend|spends|spending)$/i.test(item?.text ?? "")

const isFor = (item: Item | undefined): boolean => item?.before.some((word) => /^(?:on|for)$/.test(word)) === true
