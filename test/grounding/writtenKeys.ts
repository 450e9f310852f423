/** Foreign keys, declared in one of the ways that servers declare them. */
import type { ForeignKeyShape, TableReference } from "../../src/grounding/TableShape.ts"
import { type Fields, type Json, type Next, pick, scattered } from "./spelling.ts"

/** A key of one column; `toColumn` is `null` where the primary key of `to` is meant without being named. */
export interface Key {
  readonly from: TableReference
  readonly column: string
  readonly to: TableReference
  readonly toColumn: string | null
}

export const shapeOf = ({ column, from, to, toColumn }: Key): ForeignKeyShape => ({
  from,
  columns: [column],
  to,
  toColumns: toColumn === null ? [] : [toColumn]
})

/** Where a key may be declared. */
export type Placement = "column" | "table" | "list"

/** Each key at one place. */
export const placed = (
  next: Next,
  keys: ReadonlyArray<Key>,
  first: Placement,
  ...rest: ReadonlyArray<Placement>
): ReadonlyMap<Placement, ReadonlyArray<Key>> => Map.groupBy(keys, () => pick(next, first, ...rest))

/** What a column says of the key that begins at it. */
export const columnKey = (next: Next, key: Key): Fields => {
  const { to, toColumn } = key
  const columns = toColumn === null ? {} : { [pick(next, "column", "columns", "field")]: toColumn }
  return pick<Fields>(
    next,
    { [pick(next, ...referring)]: target(next, key) },
    { [pick(next, ...referring)]: { table: nameOf(to), ...columns } },
    { [pick(next, ...referring)]: [target(next, key)] },
    {
      referenced_table_name: nameOf(to),
      ...(toColumn === null ? {} : { referenced_column_name: toColumn })
    }
  )
}

/** Keys in a list of their own: of a table, or beside tables. */
export const keyList = (next: Next, keys: ReadonlyArray<Key>, ofTable: boolean): Fields =>
  keys.length === 0
    ? {}
    : {
        [pick(next, "relationships", "relations", "table_relationships", "foreign_keys", "foreign_key_constraints")]:
          ofTable && next(4) === 0
            ? Object.fromEntries(keys.map((key) => [key.column, target(next, key)]))
            : keys.map((key) => (ofTable && next(2) === 0 ? ownItem(next, key) : item(next, key)))
      }

/** What follows the type of a column in `CREATE TABLE`; `quoted` writes a name. */
export const references = ({ to, toColumn }: Key, quoted: (name: string) => string): string =>
  `REFERENCES ${quoted(to.name)}${toColumn === null ? "" : ` (${quoted(toColumn)})`}`

// -----------------------------------------------------------------------------
// internals

const referring = ["references", "foreign_key", "fk"] as const

const target = (next: Next, { to, toColumn }: Key): string =>
  toColumn === null ? nameOf(to) : pick(next, `${nameOf(to)}.${toColumn}`, `${nameOf(to)}(${toColumn})`)

/** A key with both of its ends. */
const item = (next: Next, key: Key): Json => {
  const { column, from, to, toColumn } = key
  const said = toColumn ?? undefined
  const whole = `${nameOf(from)}.${column}`
  const [table, own, other, its] = pick(
    next,
    ["from_table", "from_column", "to_table", "to_column"] as const,
    ["source_table", "source_column", "target_table", "target_column"] as const,
    ["table_name", "column_name", "referenced_table_name", "referenced_column_name"] as const
  )
  const oneToMany = toColumn !== null && {
    [table]: nameOf(to),
    [own]: toColumn,
    [other]: nameOf(from),
    [its]: column,
    [pick(next, "type", "cardinality", "relationship_type")]: pick(next, "one-to-many", "ONE_TO_MANY", "1:N", "1:n")
  }
  return pick<Json>(
    next,
    scattered(next, { [table]: nameOf(from), [own]: column, [other]: nameOf(to), ...(said && { [its]: said }) }),
    scattered(next, oneToMany || { from: whole, to: target(next, key) }),
    scattered(next, { from: whole, to: target(next, key), type: pick(next, "many-to-one", "N:1", "1:1") }),
    // Without its column the other end would be a column of the same table.
    toColumn === null
      ? scattered(next, { source: whole, target: nameOf(to) })
      : `${whole} ${pick(next, "->", "=", "→", "references")} ${target(next, key)}`
  )
}

/** A key among those of the table that it begins at. */
const ownItem = (next: Next, key: Key): Json => {
  const { column, to, toColumn } = key
  return pick<Json>(
    next,
    scattered(next, { [pick(next, "column", "column_name")]: column, references: target(next, key) }),
    // As SQLAlchemy's inspector has it.
    scattered(next, {
      constrained_columns: [column],
      referred_table: nameOf(to),
      referred_columns: toColumn === null ? [] : [toColumn],
      name: null
    }),
    // As PRAGMA foreign_key_list has it.
    scattered(next, { id: next(3), seq: 0, table: nameOf(to), from: column, to: toColumn, on_update: "NO ACTION" })
  )
}

/** A key that begins at a column, as a row of a catalog names it. */
export const rowKey = (key: Key | undefined): ReadonlyArray<Json> =>
  key === undefined ? [null, null] : [nameOf(key.to), key.toColumn]

export const spokenKeys = (next: Next): ReadonlyArray<string> =>
  pick(next, ["referenced_table_name", "referenced_column_name"], ["foreign_table_name", "foreign_column_name"])

const nameOf = ({ name, schema }: TableReference): string => (schema === null ? name : `${schema}.${name}`)
