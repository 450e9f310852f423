/** "The name of the customer", "the pupil's phone": whose it is that is asked for. */
import type { Item } from "./Reading.ts"
import { labelColumns, type SchemaIndex, tableOf } from "./SchemaIndex.ts"
import type { Meaning } from "./Vocabulary.ts"

/**
 * Names that are asked for become the columns that name those whose names they are, and other columns are those of whom
 * they are said to be. A name of nobody is none: whatever else is called "name" is not meant.
 */
export const spellNames = (index: SchemaIndex, items: ReadonlyArray<Item>): ReadonlyArray<Item> =>
  items.flatMap((item, at) => {
    const owner = ownerOf(items, at)
    if (!isName(item)) return [owner === null ? item : ofOwner(items, item, owner)]
    if (isTold(items[at + 1])) return [item]
    const named = owner ?? listedBefore(items, at)
    if (named === null) return [isOpen(items, at) ? unknown(item) : item]
    const labels = labelsOf(index, named)
    if (labels.length === 0) return [unknown(item)]
    return labels.map(({ name }, place): Item => ({
      ...item,
      kind: "name",
      meanings: [{ kind: "column", column: { table: named, column: name }, full: true }],
      afterComma: place > 0 || item.afterComma,
      before: place > 0 ? [] : item.before
    }))
  })

// ---------------------------------------------------------------------------------------------------------------------
// internals

const unknown = (item: Item): Item => ({ ...item, kind: "unknown" })

const isName = ({ text }: Item): boolean => /^(?:full )?names?$/i.test(text)

/** "name 'Ada'", "the name is Ada", "name Ada": what it is, and nothing that is asked for. */
const isTold = (next: Item | undefined): boolean =>
  next?.kind === "literal" ||
  next?.kind === "operator" ||
  next?.before.some((word) => /^(?:is|was)$/.test(word)) === true

const labelsOf = (index: SchemaIndex, name: string) => {
  const table = tableOf(index, name)
  return table === undefined ? [] : labelColumns(table)
}

const isColumn = (meaning: Meaning): meaning is Meaning & { readonly kind: "column" } => meaning.kind === "column"

const isOfColumns = (item: Item): boolean => item.kind === "name" && item.meanings.some(isColumn)

const tableAt = (item: Item | undefined): string | null => {
  const tables = item?.kind === "name" ? item.meanings.flatMap((one) => (one.kind === "table" ? [one.table] : [])) : []
  return tables.length === 1 ? (tables[0] ?? null) : null
}

const tablesBefore = (items: ReadonlyArray<Item>, at: number): ReadonlyArray<string> =>
  items.slice(0, at).flatMap((item) => tableAt(item) ?? [])

/** "customers with name and phone": theirs. */
const listedBefore = (items: ReadonlyArray<Item>, at: number): string | null => {
  const [item, last] = [items[at], items[at - 1]]
  const isListed =
    (last?.kind === "with" || last?.kind === "and" || item?.afterComma === true) &&
    item?.before.every((word) => /^(?:the|their|its)$/.test(word)) === true
  return isListed ? (tablesBefore(items, at)[0] ?? null) : null
}

/** Who is meant is not said, and what is asked about has no such column. */
const isOpen = (items: ReadonlyArray<Item>, at: number): boolean => {
  const item = items[at]
  const [asked] = items.flatMap((one) => tableAt(one) ?? [])
  const owners =
    item?.kind === "name" ? item.meanings.flatMap((one) => (isColumn(one) && one.full ? [one.column.table] : [])) : []
  const isPossessive = /['’]s?$/.test(items[at - 1]?.text ?? "") && item?.before.length === 0
  const behind = items[at + 1]
  const isBeforeColumn =
    behind !== undefined && behind.before.includes("of") && tableAt(behind) === null && isOfColumns(behind)
  // "name and club of the trainers"
  const [joint, other, whose] = items.slice(at + 1, at + 4)
  const isOfOthers = joint?.kind === "and" && tableAt(other) !== null && tableAt(whose) !== null
  return (
    isPossessive ||
    isOfOthers ||
    isBeforeColumn ||
    (asked !== undefined && owners.length > 0 && !owners.includes(asked)) ||
    (asked === undefined && items.some(({ kind, text }) => kind === "which" && /one who|body who/i.test(text)))
  )
}

/** "the trainer's phone": where the trainers have one, theirs; where those have it that are listed, it is not meant. */
const ofOwner = (items: ReadonlyArray<Item>, item: Item, owner: string): Item => {
  if (item.kind !== "name" || !item.meanings.some(isColumn) || tableAt(item) !== null) return item
  const own = item.meanings.filter((one) => isColumn(one) && one.column.table === owner)
  const [asked] = items.flatMap((one) => tableAt(one) ?? [])
  const isOfOthers = asked !== undefined && asked !== owner && item.meanings.every(isColumn)
  return own.length > 0 ? { ...item, meanings: own } : isOfOthers ? unknown(item) : item
}

/** Whose: of those who follow behind "of", also behind further columns of theirs, or stand right in front. */
const ownerOf = (items: ReadonlyArray<Item>, at: number): string | null => {
  const [item, last] = [items[at], items[at - 1]]
  const isBeside = item?.before.length === 0 && !item.afterComma
  if (item !== undefined && isBeside && tableAt(last) !== null && (isName(item) || /['’]s?$/.test(last?.text ?? "")))
    return tableAt(last)
  // "the trainer's name and phone"
  const joint = items[at - 2]
  const isFurther = last?.kind === "and" && item?.before.length === 0 && joint !== undefined && isOfColumns(joint)
  if (isFurther && /['’]s?$/.test(items[at - 3]?.text ?? "")) return tableAt(items[at - 3])
  if (item === undefined || !(isName(item) || isOfColumns(item))) return null
  let isOf = false
  for (const one of items.slice(at + 1)) {
    isOf = isOf || one.before.some((word) => word === "of" || (word === "for" && isName(item)))
    if (tableAt(one) !== null) return isOf ? tableAt(one) : null
    // "names and phones of", "of the 3 oldest active"
    const isBetween = isOf
      ? one.kind === "superlative" ||
        one.kind === "top" ||
        one.kind === "number" ||
        one.kind === "current" ||
        one.kind === "name"
      : one.kind === "and" || isOfColumns(one)
    if (!isBetween) return null
  }
  return null
}
