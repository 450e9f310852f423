/** The two walls: the lexical one, and the parser of the dialect. Loaded with the first statement (`SqlGuard`). */
import * as Effect from "effect/Effect"
import type { Dialect } from "../config/OrchestratorConfig.ts"
import { forbiddenFunction, isAllowedFunction } from "./AllowedFunctions.ts"
import { checkLexically } from "./LexicalGuard.ts"
import { mysqlNames, parseMysql } from "./MysqlWall.ts"
import { checkNames, type DialectNames } from "./NameCheck.ts"
import { checkOutput } from "./OutputColumns.ts"
import type { Parsed, ParserUnavailable } from "./Parsed.ts"
import { parsePostgres, postgresNames } from "./PostgresWall.ts"
import { parseSqlite, sqliteNames } from "./SqliteWall.ts"
import { type GuardedSql, type GuardOptions, wallsOf } from "./SqlGuard.ts"
import type { SqlRefusal } from "./SqlRefusal.ts"
import { checkRecursion } from "./Work.ts"

export const ready = (dialect: Dialect): Effect.Effect<void, ParserUnavailable> =>
  parsers[dialect].parse("SELECT 1").pipe(Effect.asVoid, Effect.catchTag("SqlRefusal", Effect.die))

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
