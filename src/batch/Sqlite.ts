/**
 * A `SqlClient` over Node's own SQLite: a file, no server, nothing to install. Several processes may share the file.
 *
 * Statements of one process go one after another over one connection, and are synchronous. Where another process is
 * writing, a statement waits outside of SQLite, so that the event loop goes on meanwhile.
 */
import type { DatabaseSync, SQLInputValue } from "node:sqlite"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Predicate from "effect/Predicate"
import * as Reactivity from "effect/reactivity/Reactivity"
import * as Schedule from "effect/Schedule"
import * as Semaphore from "effect/Semaphore"
import * as SqlClient from "effect/sql/SqlClient"
import type { Connection } from "effect/sql/SqlConnection"
import { classifySqliteError, SqlError } from "effect/sql/SqlError"
import * as Statement from "effect/sql/Statement"
import * as Stream from "effect/Stream"
import { nodeBuiltin } from "../NodeBuiltin.ts"

/**
 * The database in a file, which is made if it is not there. What is committed outlives the death of the process at any
 * moment, and a loss of power once `wal_checkpoint` was done; to wait for the disk at each commit takes four times as
 * long.
 */
export const layer = (file: string): Layer.Layer<SqlClient.SqlClient, SqlError> =>
  Layer.effect(SqlClient.SqlClient, make(file)).pipe(Layer.provide(Reactivity.layer))

// -----------------------------------------------------------------------------
// internals
// -----------------------------------------------------------------------------

/** How long another process may hold the database before a statement gives up. */
const patience = Duration.seconds(60)

const make = Effect.fnUntraced(function* (file: string) {
  const database = yield* Effect.acquireRelease(
    attempt(() => {
      const { closeSync, openSync } = nodeBuiltin("node:fs")
      // Answers are for whoever runs this alone. SQLite gives the files beside it the same rights.
      closeSync(openSync(file, "a", 0o600))
      return new (nodeBuiltin("node:sqlite").DatabaseSync)(file, { timeout: 0 })
    }),
    (database) => Effect.sync(() => database.close())
  )
  // Readers do not wait for writers then. A file that several processes make at once is busy for a moment.
  yield* whenFree(attempt(() => database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL")))
  const connection = connect(database)
  const acquirers = SqlClient.makeSqliteAcquirers({
    connection: Effect.succeed(connection),
    semaphore: yield* Semaphore.make(1),
    isTransaction: () => database.isTransaction
  })
  return yield* SqlClient.make({
    ...acquirers,
    // One that begins by reading would fail, not wait, where it writes after another process has written.
    beginTransaction: "BEGIN IMMEDIATE",
    compiler: Statement.makeCompilerSqlite(),
    driver: "node-sqlite",
    spanAttributes: [["db.system.name", "sqlite"]]
  })
})

const connect = (database: DatabaseSync): Connection => {
  const rows = (sql: string, params: ReadonlyArray<unknown>) =>
    whenFree(attempt(() => database.prepare(sql).all(...params.map(toInput))))
  const values = (sql: string, params: ReadonlyArray<unknown>) =>
    Effect.map(rows(sql, params), (found) => found.map((row) => Object.values(row)))
  const execute: Connection["execute"] = (sql, params, transform) =>
    transform === undefined ? rows(sql, params) : Effect.map(rows(sql, params), transform)
  return {
    execute,
    executeUnprepared: execute,
    executeRaw: rows,
    executeValues: values,
    executeValuesUnprepared: values,
    executeStream: (sql, params, transform) =>
      Stream.unwrap(Effect.map(execute(sql, params, transform), Stream.fromIterable))
  }
}

/** SQLite throws. */
const attempt = <A>(run: () => A): Effect.Effect<A, SqlError> =>
  Effect.try({
    try: run,
    catch: (cause) => new SqlError({ reason: classifySqliteError(numbered(cause), { message: messageOf(cause) }) })
  })

const messageOf = (cause: unknown): string => (cause instanceof Error ? cause.message : String(cause))

/** Node has the number of SQLite in a field of its own; as `code`, busy is told from broken. */
const numbered = (cause: unknown) =>
  Predicate.hasProperty(cause, "errcode") ? { code: cause.errcode, message: messageOf(cause), cause } : cause

/** A statement that found the database busy has done nothing. */
const whenFree = <A>(statement: Effect.Effect<A, SqlError>): Effect.Effect<A, SqlError> =>
  Effect.retry(statement, {
    while: (error) => error.reason._tag === "LockTimeoutError",
    schedule: Schedule.spaced("5 millis").pipe(Schedule.jittered, Schedule.upTo({ duration: patience }))
  })

const toInput = (value: unknown): SQLInputValue => {
  if (value === undefined || value === null) return null
  if (typeof value === "boolean") return value ? 1 : 0
  if (typeof value === "string" || typeof value === "number" || typeof value === "bigint") return value
  if (Predicate.isUint8Array(value)) return value
  // A bug of ours, which fails the statement.
  throw new TypeError(`SQLite takes no ${typeof value}`)
}
