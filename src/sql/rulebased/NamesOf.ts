/** "The name of the customer", "the pupil's name", where no column is called name and several say it. */
import type { Item } from "./Reading.ts"
import type { Meaning } from "./Vocabulary.ts"
import { labelColumns, type SchemaIndex, tableOf } from "./SchemaIndex.ts"

/** Names that are asked for become the columns that name those whose names they are. */
export const spellNames = (index: SchemaIndex, items: ReadonlyArray<Item>): ReadonlyArray<Item> =>
  items.flatMap((item, at) => {
    if (!isName(item)) return [item]
    const listed = items[at - 1]?.kind === "with" && item.before.length === 0 ? tableBefore(items, at) : null
    // "shifts with names": of whom, where a shift has none?
    if (listed !== null && ownerOf(items, at) === null && labelsOf(index, listed).length === 0) {
      return [{ ...item, kind: "unknown" }]
    }
    const owner = ownerOf(items, at) ?? listed
    const labels = owner === null ? [] : labelsOf(index, owner)
    const isOwn =
      item.kind === "name" && item.meanings.some((one) => isColumn(one) && one.full && one.column.table === owner)
    if (owner === null || isOwn || labels.length === 0) return [item]
    return labels.map(({ name }, place): Item => ({
      ...item,
      kind: "name",
      meanings: [{ kind: "column", column: { table: owner, column: name }, full: true }],
      afterComma: place > 0 || item.afterComma,
      before: place > 0 ? [] : item.before
    }))
  })

// ---------------------------------------------------------------------------------------------------------------------
// internals

const labelsOf = (index: SchemaIndex, name: string) => {
  const table = tableOf(index, name)
  return table === undefined ? [] : labelColumns(table)
}

const isName = ({ text }: Item): boolean => /^(?:full )?names?$/i.test(text)

const isColumn = (meaning: Meaning): meaning is Meaning & { readonly kind: "column" } => meaning.kind === "column"

const isOfColumns = (item: Item): boolean => item.kind === "name" && item.meanings.some(isColumn)

const tableAt = (item: Item | undefined): string | null => {
  const tables = item?.kind === "name" ? item.meanings.flatMap((one) => (one.kind === "table" ? [one.table] : [])) : []
  return tables.length === 1 ? (tables[0] ?? null) : null
}

const tableBefore = (items: ReadonlyArray<Item>, at: number): string | null =>
  items.slice(0, at).reduce<string | null>((found, item) => found ?? tableAt(item), null)

/** Whose names: of those who follow behind "of", also behind further columns of theirs, or stand right in front. */
const ownerOf = (items: ReadonlyArray<Item>, at: number): string | null => {
  const [item, last] = [items[at], items[at - 1]]
  if (item?.before.length === 0 && !item.afterComma && tableAt(last) !== null) return tableAt(last)
  let isOf = false
  for (const one of items.slice(at + 1)) {
    isOf = isOf || one.before.some((word) => word === "of" || word === "for")
    if (tableAt(one) !== null) return isOf ? tableAt(one) : null
    // "names and phones of", "of the 3 oldest active"
    const isBetween = isOf
      ? one.kind === "superlative" || one.kind === "top" || one.kind === "number" || one.kind === "name"
      : one.kind === "and" || isOfColumns(one)
    if (!isBetween) return null
  }
  return null
}
