/**
 * What the gathered resources say about the database: tables, relationships and the users' words for SQL
 * expressions. Pure; computed afresh for every question.
 */

/** Where a piece of knowledge came from. */
export interface Provenance {
  readonly server: string
  readonly uri: string
}

export interface Column {
  readonly name: string
  /** As the server wrote it (`TEXT`, `INTEGER`, `timestamp`, …); "" when it did not say. */
  readonly type: string
  readonly primaryKey: boolean
  readonly description: string | null
}

export interface Table {
  readonly name: string
  readonly description: string | null
  readonly columns: ReadonlyArray<Column>
  readonly source: Provenance
}

/** `from` refers to `to`; declared by the schema resource, or read off a foreign-key name (`customer_id`). */
export interface Relationship {
  readonly from: { readonly table: string; readonly column: string }
  readonly to: { readonly table: string; readonly column: string }
  readonly declared: boolean
}

/** The users' words for an SQL expression. */
export interface ColumnMapping {
  readonly term: string
  /** May hold placeholders such as `{date_column}`. */
  readonly expression: string
  /** `user_friendly_terms`, `aggregation_terms`, …; `null` when the record is flat. */
  readonly group: string | null
  readonly source: Provenance
}

export interface Grounding {
  readonly tables: ReadonlyArray<Table>
  readonly relationships: ReadonlyArray<Relationship>
  readonly mappings: ReadonlyArray<ColumnMapping>
}
