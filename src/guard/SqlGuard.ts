/**
 * Lets a generated statement through only when it is one query that reads: the lexical wall always, then the
 * dialect's own parser where one is installed. It is defence in depth: the database role must be read-only too.
 */
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import type { Grounding } from "../grounding/Grounding.ts"
import type { Dialect } from "../sql/SqlGenerator.ts"
import { forbiddenFunction, isAllowedFunction } from "./AllowedFunctions.ts"
import { checkLexically } from "./LexicalGuard.ts"
import { checkNames, checkTables } from "./NameCheck.ts"
import { checkOutput, type OutputColumn } from "./OutputColumns.ts"
import { parsePostgres, postgresImplicitColumns } from "./PostgresWall.ts"
import { parseSqlite, sqliteImplicitColumns } from "./SqliteWall.ts"
import type { SqlRefusal } from "./SqlRefusal.ts"

export interface GuardOptions {
  readonly dialect: Dialect
  /** Names are checked against its tables; without any tables no name is refused. */
  readonly grounding: Pick<Grounding, "tables">
  /** Functions allowed beside the built-in list; a qualified one with its schema (`app.score`). */
  readonly allowedFunctions: ReadonlyArray<string>
}

/** A statement that may be sent. */
export interface GuardedSql {
  /** Without blanks, comments and semicolons around it. */
  readonly sql: string
  /** The walls it passed; `lexical` alone when the dialect has no parser here. */
  readonly walls: ReadonlyArray<"lexical" | "sqlite" | "postgres">
  /** The tables it reads, unquoted names possibly in lower case; best effort when the lexical wall stood alone. */
  readonly tables: ReadonlyArray<string>
  /** What it delivers; `null` where a `*` stands for columns that are not known. */
  readonly columns: ReadonlyArray<OutputColumn> | null
}

/** Passes the statement, or fails with what is wrong and the nearest valid names. Sends nothing. */
export const check: (sql: string, options: GuardOptions) => Effect.Effect<GuardedSql, SqlRefusal> = Effect.fn(
  "SqlGuard.check"
)(function* (text, { allowedFunctions, dialect, grounding }) {
  const lexical = yield* Effect.fromResult(checkLexically(text, allowedFunctions))
  const { implicitColumns, parse } = parsers[dialect]
  const parsed = yield* parse(lexical.sql)
  if (dialect === "mysql" || Option.isNone(parsed)) {
    yield* Effect.fromResult(checkTables(lexical.tables, grounding.tables))
    const columns = yield* Effect.fromResult(checkOutput(lexical.sql, { dialect, tables: grounding.tables }))
    return { sql: lexical.sql, walls: ["lexical"], tables: lexical.tables, columns }
  }
  // The parser may see a call that the lexical wall took for something else.
  const call = parsed.value.calls.find((name) => !isAllowedFunction(name, allowedFunctions))
  if (call !== undefined) return yield* forbiddenFunction(call, allowedFunctions)
  const tables = yield* Effect.fromResult(checkNames(parsed.value.query, grounding.tables, implicitColumns))
  const columns = yield* Effect.fromResult(checkOutput(lexical.sql, { dialect, tables: grounding.tables }))
  return { sql: lexical.sql, walls: ["lexical", dialect], tables, columns }
})

// -----------------------------------------------------------------------------
// internals

const parsers = {
  sqlite: { parse: parseSqlite, implicitColumns: sqliteImplicitColumns },
  postgres: { parse: parsePostgres, implicitColumns: postgresImplicitColumns },
  mysql: { parse: () => Effect.succeedNone, implicitColumns: new Set<string>() }
}
