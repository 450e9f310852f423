/**
 * What one resource says of a database's tables, as the resource says it: names are not yet compared, and nothing is
 * merged with what other resources say.
 */

/** A table by its name. */
export interface TableReference {
  readonly name: string
  /** The schema (in MySQL the database) that holds the table; `null` where the content does not say. */
  readonly schema: string | null
}

export interface ColumnShape {
  readonly name: string
  /** As written (`TEXT`, `numeric(10, 2)`, …); "" where the content does not say. */
  readonly type: string
  readonly primaryKey: boolean
  readonly description: string | null
  /** The values that the content lists for the column. Empty where it lists none: then any value may be there. */
  readonly values: ReadonlyArray<string>
}

export interface TableShape extends TableReference {
  readonly description: string | null
  readonly columns: ReadonlyArray<ColumnShape>
}

/** The `columns` of `from` refer to the `toColumns` of `to`, pair by pair. */
export interface ForeignKeyShape {
  readonly from: TableReference
  readonly columns: ReadonlyArray<string>
  readonly to: TableReference
  /** As many as `columns`; empty where the content leaves it at the primary key of `to` (`REFERENCES customers`). */
  readonly toColumns: ReadonlyArray<string>
}

export interface SchemaShapes {
  readonly tables: ReadonlyArray<TableShape>
  readonly foreignKeys: ReadonlyArray<ForeignKeyShape>
}

/** Shapes while they are being collected. */
export interface FoundShapes {
  readonly tables: Array<TableShape>
  readonly foreignKeys: Array<ForeignKeyShape>
}

/** An unquoted identifier, in any script. */
export const identifier = /^[\p{L}_][\p{L}\p{M}\p{N}_$]*$/u

/** `public.orders`, `"Order Items"`, `shop.public.orders`: the last part is the table, the one before it the schema. */
export const tableReference = (text: string, schema: string | null): TableReference => {
  const parts = text.match(/"[^"]*"|`[^`]*`|\[[^\]]*\]|[^.]+|\./g) ?? []
  const names = parts.filter((part) => part !== ".").map(unquoted)
  const last = names.at(-1)
  // A dot that is not between two names belongs to the name.
  if (names.length < 2 || last === undefined || parts.length !== 2 * names.length - 1 || !names.every(isPart)) {
    return { name: names.length === 1 && last !== undefined ? last : text.trim(), schema }
  }
  return { name: last, schema: names.at(-2) ?? schema }
}

/** A name without the quotes of any dialect. */
export const unquoted = (text: string): string => {
  const trimmed = text.trim()
  return /^(?:"[^"]+"|`[^`]+`|\[[^\]]+\])$/.test(trimmed) ? trimmed.slice(1, -1) : trimmed
}

const isPart = (name: string): boolean => /^[\p{L}_][\p{L}\p{M}\p{N}_$ -]*$/u.test(name)
