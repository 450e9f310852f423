/** A database's schema as the database itself tells it (`grounding/introspection`); afresh in every gather. */
import * as Schema from "effect/Schema"
import { Dialect } from "../config/OrchestratorConfig.ts"

const texts = Schema.Array(Schema.String)

export const SchemaColumn = Schema.Struct({
  name: Schema.String,
  /** As the database writes it, a domain as its base type; "" where it has none. */
  type: Schema.String,
  notNull: Schema.Boolean,
  /** Unique by itself, the primary key aside. SQLite does not tell. */
  unique: Schema.Boolean,
  /** The database's own text, at most 500 characters; "" for none. */
  comment: Schema.String,
  /** The labels of an enumeration, in its order; else none. */
  values: texts
})
export type SchemaColumn = typeof SchemaColumn.Type

/** A column of the key at the same place in `columns` and `toColumns`. */
export const SchemaForeignKey = Schema.Struct({
  columns: texts,
  toSchema: Schema.String,
  toTable: Schema.String,
  toColumns: texts
})
export type SchemaForeignKey = typeof SchemaForeignKey.Type

export const SchemaTable = Schema.Struct({
  /** `main` for SQLite, the database for MySQL. */
  schema: Schema.String,
  name: Schema.String,
  kind: Schema.Literals(["table", "view"]),
  /** May stand in SQL without its schema. */
  visible: Schema.Boolean,
  comment: Schema.String,
  /** Those that may be read, in order; none of a SQLite view where one of the database's views does not compile. */
  columns: Schema.Array(SchemaColumn),
  /** In the key's order; empty where there is none, or where not all of it may be read. */
  primaryKey: texts,
  /** Those both of whose ends may be read. */
  foreignKeys: Schema.Array(SchemaForeignKey)
})
export type SchemaTable = typeof SchemaTable.Type

/** The tables and views that the server's role may read, by schema and name. */
export const DatabaseSchema = Schema.Struct({ dialect: Dialect, tables: Schema.Array(SchemaTable) })
export type DatabaseSchema = typeof DatabaseSchema.Type
