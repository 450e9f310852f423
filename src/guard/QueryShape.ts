/**
 * What a query refers to, in the same shape for every dialect: the second walls translate their parsers' trees into
 * this, and `NameCheck` compares it with the gathered schema.
 */

export interface Query {
  readonly ctes: ReadonlyArray<CommonTable>
  /** True behind WITH RECURSIVE. */
  readonly recursive: boolean
  /** One, or the arms of a UNION, INTERSECT or EXCEPT in order. */
  readonly selects: ReadonlyArray<Select>
  /** ORDER BY, LIMIT and OFFSET of the whole. */
  readonly tail: Expressions
  /** True if it has a LIMIT. */
  readonly isLimited: boolean
}

/** One name of a WITH clause. */
export interface CommonTable {
  readonly name: string
  /** The column list behind the name; `null` without one. */
  readonly columns: ReadonlyArray<string> | null
  readonly query: Query
}

export interface Select extends Expressions {
  readonly sources: ReadonlyArray<Source>
  readonly outputs: ReadonlyArray<Output>
  /** True if a condition of WHERE, HAVING, ON or USING looks at a column. */
  readonly isFiltered: boolean
}

/** What expressions refer to, wherever they stand in a SELECT. */
export interface Expressions {
  readonly references: ReadonlyArray<Reference>
  readonly queries: ReadonlyArray<Query>
}

/** Something a FROM clause names. `opaque` has columns that cannot be known: a function, a parenthesised join. */
export type Source =
  | { readonly kind: "table"; readonly path: ReadonlyArray<string>; readonly alias: Alias | null }
  | { readonly kind: "query"; readonly query: Query; readonly alias: Alias | null }
  | { readonly kind: "opaque"; readonly alias: Alias | null; readonly rowsOfFunction?: true }

export interface Alias {
  readonly name: string
  /** Names for the first columns, in order. */
  readonly columns: ReadonlyArray<string>
}

/**
 * A result column: `*`, `t.*`, or one whose name is `null` where the database makes it up. An `alias` may be referred to
 * from inside the same SELECT.
 */
export type Output =
  | { readonly kind: "star"; readonly table: string | null }
  | { readonly kind: "alias" | "column"; readonly name: string | null }

/** A column as written: `["c"]`, `["t", "c"]`, `["schema", "t", "c"]`. */
export interface Reference {
  readonly path: ReadonlyArray<string>
  /** It may name a result column of the same SELECT. */
  readonly mayBeAlias: boolean
  /** SQLite reads "text" as a string when no column has that name. */
  readonly mayBeString: boolean
}
