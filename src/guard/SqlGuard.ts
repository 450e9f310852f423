/**
 * Lets a generated statement through only when it is one query that reads: two walls agree on it, the lexical one and
 * the parser of its dialect. It is defence in depth: the database role must be read-only too.
 */
import * as Effect from "effect/Effect"
import type { Dialect } from "../config/OrchestratorConfig.ts"
import type { Grounding } from "../grounding/Grounding.ts"
import type { Wall } from "../OrchestratorError.ts"
import type { OutputColumn } from "./OutputColumns.ts"
import type { ParserUnavailable } from "./Parsed.ts"
import type { SqlRefusal } from "./SqlRefusal.ts"

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
  Effect.flatMap(twoWalls, (walls) => walls.ready(dialect))

/**
 * Passes the statement, or fails with what is wrong and the nearest valid names. Sends nothing. Without the dialect's
 * parser nothing passes: one wall is not enough.
 */
export const check = (sql: string, options: GuardOptions): Effect.Effect<GuardedSql, SqlRefusal | ParserUnavailable> =>
  Effect.flatMap(twoWalls, (walls) => walls.check(sql, options))

// -----------------------------------------------------------------------------
// internals

const twoWalls = Effect.promise(() => import("./TwoWalls.ts"))
