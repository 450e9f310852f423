/** The database that questions are kept in, by its name: a file for SQLite, or the address of a Postgres. */
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import * as SqlClient from "effect/sql/SqlClient"
import { isSqlError } from "effect/sql/SqlError"
import * as Redaction from "../telemetry/Redaction.ts"
import { BatchError, InvalidStore, StoreFailed } from "./BatchError.ts"

/** The database of a store, and its driver, which is loaded now. An address holds a password, so it is never shown. */
export const layer = (store: Redacted.Redacted): Layer.Layer<SqlClient.SqlClient, BatchError> =>
  Layer.unwrap(
    Effect.suspend(() => {
      const name = Redacted.value(store)
      const [, scheme] = /^([a-z][a-z\d+.-]+):/i.exec(name) ?? []
      if (scheme === undefined) return sqlite(name)
      if (/^postgres(ql)?$/i.test(scheme)) return postgres(store)
      return Effect.fail(
        BatchError.because(
          new InvalidStore({ packageName: null }),
          `questions can be kept in SQLite or Postgres, not in ${scheme}:`
        )
      )
    })
  )

/** A failure of the database, as it is told. */
export const failed = (error: unknown): BatchError =>
  BatchError.because(
    new StoreFailed({ isRetryable: isSqlError(error) && error.isRetryable }),
    `the database of the batches failed: ${Redaction.text(error instanceof Error ? error.message : String(error))}`
  )

// -----------------------------------------------------------------------------
// internals
// -----------------------------------------------------------------------------

const sqlite = Effect.fnUntraced(function* (file: string) {
  const { layer } = yield* Effect.promise(() => import("./Sqlite.ts"))
  return Layer.catch(layer(file), (error) => without(failed(error)))
})

const postgresDriver = "@effect/sql-pg"

const postgres = Effect.fnUntraced(function* (url: Redacted.Redacted) {
  const PgClient = yield* Effect.tryPromise({
    try: () => import("@effect/sql-pg/PgClient"),
    catch: () =>
      BatchError.because(
        new InvalidStore({ packageName: postgresDriver }),
        `the driver for Postgres, the package ${postgresDriver}, is not installed`
      )
  })
  const client = PgClient.layer({ url, applicationName: "mcp-orchestrator" })
  return Layer.catch(client, (error) => without(failed(error)))
})

const without = (error: BatchError) => Layer.effect(SqlClient.SqlClient, Effect.fail(error))
