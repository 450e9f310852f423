/** A database's schema as the database itself tells it (`grounding/introspection`); afresh in every gather. */
import type { Dialect } from "../config/OrchestratorConfig.ts"

export interface SchemaColumn {
  readonly name: string
  /** As the database writes it, a domain as its base type; "" where it has none. */
  readonly type: string
  readonly notNull: boolean
  /** Unique by itself, the primary key aside. SQLite does not tell. */
  readonly unique: boolean
  /** The database's own text, at most 500 characters; "" for none. */
  readonly comment: string
  /** The labels of an enumeration, in its order; else none. */
  readonly values: ReadonlyArray<string>
}

/** A column of the key at the same place in `columns` and `toColumns`. */
export interface SchemaForeignKey {
  readonly columns: ReadonlyArray<string>
  readonly toSchema: string
  readonly toTable: string
  readonly toColumns: ReadonlyArray<string>
}

export interface SchemaTable {
  /** `main` for SQLite, the database for MySQL. */
  readonly schema: string
  readonly name: string
  readonly kind: "table" | "view"
  /** May stand in SQL without its schema. */
  readonly visible: boolean
  readonly comment: string
  /** Those that may be read, in order; none of a SQLite view where one of the database's views does not compile. */
  readonly columns: ReadonlyArray<SchemaColumn>
  /** In the key's order; empty where there is none, or where not all of it may be read. */
  readonly primaryKey: ReadonlyArray<string>
  /** Those both of whose ends may be read. */
  readonly foreignKeys: ReadonlyArray<SchemaForeignKey>
}

/** The tables and views that the server's role may read, by schema and name. */
export interface DatabaseSchema {
  readonly dialect: Dialect
  readonly tables: ReadonlyArray<SchemaTable>
}
