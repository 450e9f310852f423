/** Foreign keys as declared, by names that somebody wrote, to relationships between known columns. */
import type { Relationship, Table } from "./Grounding.ts"
import { tableNamed } from "./TableLookup.ts"
import type { ForeignKeyShape, TableReference } from "./TableShape.ts"

/**
 * The keys of one column whose both ends are known, each once; the end that is a primary key is `to`. A key of several
 * columns is left out: rows joined by one of them alone would be wrong.
 */
export const resolveForeignKeys = (
  keys: ReadonlyArray<ForeignKeyShape>,
  tables: ReadonlyArray<Table>
): ReadonlyArray<Relationship> => {
  const found = new Map<string, Relationship>()
  for (const key of keys) {
    if (key.columns.length !== 1) continue
    const from = endOf(key.from, key.columns[0], tables)
    const to = endOf(key.to, key.toColumns[0], tables)
    if (from === undefined || to === undefined) continue
    if (from.table === to.table && from.column === to.column) continue
    const backwards = from.isKey && !to.isKey
    const [start, end] = backwards ? [to, from] : [from, to]
    const relationship = {
      from: { table: start.table, column: start.column },
      to: { table: end.table, column: end.column },
      declared: true
    }
    found.set(JSON.stringify([relationship.from, relationship.to]), relationship)
  }
  return [...found.values()]
}

// -----------------------------------------------------------------------------
// internals

/** A key that names no column means the primary key of the table it refers to, as SQL has it. */
const endOf = ({ name, schema }: TableReference, written: string | undefined, tables: ReadonlyArray<Table>) => {
  const owner = tableNamed(tables, schema === null ? name : `${schema}.${name}`)
  const primary = owner?.columns.filter(({ primaryKey }) => primaryKey) ?? []
  const column =
    written === undefined
      ? primary.length === 1
        ? primary[0]
        : undefined
      : owner?.columns.find((one) => one.name.toLowerCase() === written.toLowerCase())
  return owner === undefined || column === undefined
    ? undefined
    : { table: owner.name, column: column.name, isKey: column.primaryKey }
}
