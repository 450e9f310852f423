/**
 * Lets a generated statement through only when it is one query that reads: two walls agree on it, the lexical one and
 * the parser of its dialect. It is defence in depth: the database role must be read-only too.
 */
import * as Effect from "effect/Effect"
import type { Dialect } from "../config/OrchestratorConfig.ts"
import type { Grounding } from "../grounding/Grounding.ts"
import type { Wall } from "../OrchestratorError.ts"
import { forbiddenFunction, isAllowedFunction } from "./AllowedFunctions.ts"
import { checkLexically } from "./LexicalGuard.ts"
import { mysqlNames, parseMysql } from "./MysqlWall.ts"
import { checkNames, type DialectNames } from "./NameCheck.ts"
import { checkOutput, type OutputColumn } from "./OutputColumns.ts"
import type { Parsed, ParserUnavailable } from "./Parsed.ts"
import { parsePostgres, postgresNames } from "./PostgresWall.ts"
import { parseSqlite, sqliteNames } from "./SqliteWall.ts"
import type { SqlRefusal } from "./SqlRefusal.ts"
import { checkRecursion } from "./Work.ts"

export type { ParserUnavailable } from "./Parsed.ts"

export interface GuardOptions {
  readonly dialect: Dialect
  /** The tables of the server that is to run the statement: it may read these and no others. */
  readonly grounding: Pick<Grounding, "tables">
  /** Functions allowed beside the built-in list; a qualified one with its schema (`app.score`). */
  readonly allowedFunctions: ReadonlyArray<string>
}

/** A statement that may be sent. */
export interface GuardedSql {
  /** Without blanks, comments and semicolons around it. */
  readonly sql: string
  /** The walls it passed. */
  readonly walls: ReadonlyArray<Wall>
  /** The tables it reads, unquoted names possibly in lower case. */
  readonly tables: ReadonlyArray<string>
  /** What it delivers; `null` where a `*` stands for columns that are not known. */
  readonly columns: ReadonlyArray<OutputColumn> | null
}

/** The walls that stand before a database of this dialect. */
export const wallsOf = (dialect: Dialect): ReadonlyArray<Wall> => ["lexical", dialect]

/** Loads the dialect's parser and lets it read a statement; fails where that cannot be done. */
export const ready = (dialect: Dialect): Effect.Effect<void, ParserUnavailable> =>
  parsers[dialect].parse("SELECT 1").pipe(Effect.asVoid, Effect.catchTag("SqlRefusal", Effect.die))

/**
 * Passes the statement, or fails with what is wrong and the nearest valid names. Sends nothing. Without the dialect's
 * parser nothing passes: one wall is not enough.
 */
export const check: (sql: string, options: GuardOptions) => Effect.Effect<GuardedSql, SqlRefusal | ParserUnavailable> =
  Effect.fn("SqlGuard.check")(function* (text, { allowedFunctions, dialect, grounding: { tables: known } }) {
    const sql = yield* Effect.fromResult(checkLexically(text, { allowedFunctions, dialect }))
    const { names, parse } = parsers[dialect]
    const { calls, query } = yield* parse(sql)
    // The parser may see a call that the lexical wall took for something else.
    const call = calls.find((name) => !isAllowedFunction(name, allowedFunctions))
    if (call !== undefined) return yield* forbiddenFunction(call, allowedFunctions)
    yield* Effect.fromResult(checkRecursion(query))
    const tables = yield* Effect.fromResult(checkNames(query, known, names))
    const columns = yield* Effect.fromResult(checkOutput(sql, { dialect, tables: known }))
    return { sql, walls: wallsOf(dialect), tables, columns }
  })

// -----------------------------------------------------------------------------
// internals

interface Parser {
  readonly parse: (sql: string) => Effect.Effect<Parsed, SqlRefusal | ParserUnavailable>
  readonly names: DialectNames
}

const parsers: { readonly [dialect in Dialect]: Parser } = {
  sqlite: { parse: parseSqlite, names: sqliteNames },
  postgres: { parse: parsePostgres, names: postgresNames },
  mysql: { parse: parseMysql, names: mysqlNames }
}
