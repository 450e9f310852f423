/**
 * The rows of the statements, in one form for both of theirs: a row that tells a whole table is as many of these as the
 * other form has rows. Pure.
 */
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import { kinds, type Form } from "./Statements.ts"

interface OfTable {
  readonly schema: string
  readonly table: string
}

export interface TableRow extends OfTable {
  readonly _tag: "Table"
  readonly kind: "table" | "view"
  readonly visible: boolean
  readonly comment: string
}

export interface ColumnRow extends OfTable {
  readonly _tag: "Column"
  readonly position: number
  readonly name: string
  readonly type: string
  readonly notNull: boolean
  readonly unique: boolean
  /** Its place in the primary key, from 1, and the key's length where the database tells; `null` outside of it. */
  readonly key: { readonly place: number; readonly length: number | null } | null
  readonly comment: string
}

export interface LabelRow extends OfTable {
  readonly _tag: "Label"
  readonly column: string
  readonly position: number
  readonly label: string
}

/** One column of a foreign key. */
export interface ForeignKeyRow extends OfTable {
  readonly _tag: "ForeignKey"
  readonly constraint: string
  readonly position: number
  readonly column: string
  readonly toSchema: string
  readonly toTable: string
  /** "" stands for the column of the other's primary key. */
  readonly toColumn: string
}

export type SchemaRow = TableRow | ColumnRow | LabelRow | ForeignKeyRow

/** What the cells of one row tell, in the order of `Statements.columns[form]`; none if they cannot be read. */
export const fromCells = (form: Form, cells: ReadonlyArray<string>): Option.Option<ReadonlyArray<SchemaRow>> =>
  form === "table" ? fromTableForm(cells) : fromColumnForm(cells)

// -----------------------------------------------------------------------------
// internals

type Read = Option.Option<ReadonlyArray<SchemaRow>>

const fromColumnForm = ([
  kind,
  schema = "",
  table = "",
  number = "",
  column = "",
  first = "",
  second = "",
  third = "",
  constraint = ""
]: ReadonlyArray<string>): Read => {
  const position = Number(number)
  if (!Number.isSafeInteger(position)) return Option.none()
  const of = { schema, table }
  switch (kind) {
    case kinds.table:
      return Option.some([tableRow(of, first, second, third)])
    case kinds.column:
      return Option.some([columnRow(of, position, column, first, second, third)])
    case kinds.label:
      return Option.some([labelRow(of, column, position, first)])
    case kinds.foreignKey:
      return Option.some([foreignKeyRow(of, constraint, [first, second], [position, column, third])])
    default:
      return Option.none()
  }
}

const fromTableForm = ([kind, schema = "", table = "", constraint = "", json]: ReadonlyArray<string>): Read => {
  const of = { schema, table }
  switch (kind) {
    case kinds.table:
      return Option.map(decodeTable(json), ([tableKind, flags, comment, columns]) => [
        tableRow(of, tableKind, flags, comment),
        ...columnRows(of, columns)
      ])
    case kinds.column:
      return Option.map(decodeColumns(json), (columns) => columnRows(of, columns))
    case kinds.foreignKey:
      return Option.map(decodeForeignKey(json), ([toSchema, toTable, pairs]) =>
        (pairs ?? []).map((pair) => foreignKeyRow(of, constraint, [toSchema, toTable], pair))
      )
    default:
      return Option.none()
  }
}

/** MariaDB writes JSON within JSON as a string. */
const nested = <A, E>(schema: Schema.Codec<A, E>) => Schema.Union([schema, Schema.fromJsonString(schema)])

/** An aggregate over nothing is NULL. */
const List = <A, E>(item: Schema.Codec<A, E>) => Schema.NullOr(nested(Schema.Array(nested(item))))

const Text = Schema.NullOr(Schema.String)

const Columns = List(
  Schema.Tuple([Schema.Int, Schema.String, Text, Text, Text, Schema.optionalKey(List(Schema.String))])
)
const KeyColumns = List(Schema.Tuple([Schema.Int, Schema.String, Text]))

const decodeTable = Schema.decodeUnknownOption(
  Schema.fromJsonString(Schema.Tuple([Text, Text, Text, Schema.optionalKey(Columns)]))
)
const decodeColumns = Schema.decodeUnknownOption(Schema.fromJsonString(Columns))
const decodeForeignKey = Schema.decodeUnknownOption(
  Schema.fromJsonString(Schema.Tuple([Schema.String, Schema.String, KeyColumns]))
)

const tableRow = (of: OfTable, kind: string | null, flags: string | null, comment: string | null): TableRow => ({
  _tag: "Table",
  ...of,
  kind: kind === "view" ? "view" : "table",
  visible: flags?.includes("V") ?? false,
  comment: comment ?? ""
})

const columnRow = (
  of: OfTable,
  position: number,
  name: string,
  type: string | null,
  flags: string | null,
  comment: string | null
): ColumnRow => {
  const [, place, length] = /P(\d+)(?:\/(\d+))?/.exec(flags ?? "") ?? []
  return {
    _tag: "Column",
    ...of,
    position,
    name,
    type: type ?? "",
    notNull: flags?.includes("N") ?? false,
    unique: flags?.includes("U") ?? false,
    key: place === undefined ? null : { place: Number(place), length: length === undefined ? null : Number(length) },
    comment: comment ?? ""
  }
}

const labelRow = (of: OfTable, column: string, position: number, label: string): LabelRow => ({
  _tag: "Label",
  ...of,
  column,
  position,
  label
})

const columnRows = (of: OfTable, columns: typeof Columns.Type | undefined): ReadonlyArray<SchemaRow> =>
  (columns ?? []).flatMap(([position, name, type, flags, comment, labels]) => [
    columnRow(of, position, name, type, flags, comment),
    ...(labels ?? []).map((label, index) => labelRow(of, name, index + 1, label))
  ])

const foreignKeyRow = (
  of: OfTable,
  constraint: string,
  [toSchema, toTable]: readonly [string, string],
  [position, column, toColumn]: readonly [number, string, string | null]
): ForeignKeyRow => ({
  _tag: "ForeignKey",
  ...of,
  constraint,
  position,
  column,
  toSchema,
  toTable,
  toColumn: toColumn ?? ""
})
