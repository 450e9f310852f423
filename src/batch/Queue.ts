/** The queue that hands out the questions, in the database of the questions themselves. */
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as PersistedQueue from "effect/persistence/PersistedQueue"
import * as Schedule from "effect/Schedule"
import * as SqlClient from "effect/sql/SqlClient"
import type { SqlError } from "effect/sql/SqlError"
import type { Priority } from "./Question.ts"
import { Ticket } from "./Questions.ts"

const table = "mcp_batch_queue"

/** `lease`: how long a worker that shows no life keeps the questions that it took. */
export const layer = (
  lease: Duration.Duration
): Layer.Layer<PersistedQueue.PersistedQueueFactory, SqlError, SqlClient.SqlClient> => {
  const store = PersistedQueue.layerStoreSql({
    tableName: table,
    pollInterval: "250 millis",
    lockRefreshInterval: beats(lease),
    lockExpiration: lease
  })
  const queue = PersistedQueue.layer.pipe(
    Layer.merge(PersistedQueue.layerCleanup({ timeToLive: "1 day" })),
    Layer.provide(store)
  )
  // The queue takes a database that it cannot reach for a bug.
  const reached = SqlClient.SqlClient.use((sql) => Effect.as(sql`SELECT 1`, queue))
  return Layer.unwrap(reached)
}

/** How often a worker shows that it lives. */
export const beats = (lease: Duration.Duration): Duration.Duration => Duration.divideUnsafe(lease, 4)

/** One queue a priority; the first is worked on first. */
export const priorities: ReadonlyArray<Priority> = ["high", "normal", "low"]

/** The queues by priority. */
export type Queues = { readonly [priority in Priority]: PersistedQueue.PersistedQueue<Ticket> }

/** All of them, which are made once for whoever offers to them and takes from them. */
export const make: Effect.Effect<Queues, never, PersistedQueue.PersistedQueueFactory> = Effect.suspend(() =>
  Effect.all({ high: of("high"), normal: of("normal"), low: of("low") })
)

const of = (priority: Priority) =>
  PersistedQueue.make({
    name: priority,
    schema: Ticket,
    // Which questions are given up is decided by the worker, which knows the error to store with them.
    maxAttempts: 2 ** 31 - 1,
    retrySchedule: pauses
  })

/** Between the tries of one question: 1 s, 2 s, 4 s … 5 min. */
const pauses = Schedule.min([Schedule.exponential("1 second"), Schedule.spaced(Duration.minutes(5))])

/** By which a question is known in its queue; an id holds no line break. */
export const ticketId = ({ batch, id, round }: Ticket): string => `${prefix(batch)}${id}\n${round}`

const prefix = (batch: string) => `${batch}\n`

/** Takes a batch's questions out of the queues, so that no worker has to pass over them; not what a worker is at. */
export const withdraw = (sql: SqlClient.SqlClient, batch: string) =>
  sql`DELETE FROM ${sql(table)}
    WHERE state = 'pending' AND acquired_by IS NULL AND substr(id, 1, ${[...prefix(batch)].length}) = ${prefix(batch)}`

/**
 * Takes back what lies in the future. SQLite has no clock but its processes': where one ran ahead, or was set back, a
 * dead worker's questions would wait until that time has come. Postgres has one clock for all.
 */
export const healFuture = Effect.gen(function* () {
  const sql = yield* SqlClient.SqlClient
  yield* sql.onDialectOrElse({
    sqlite: () =>
      Effect.andThen(
        sql`UPDATE ${sql(table)} SET acquired_at = CURRENT_TIMESTAMP
          WHERE state = 'pending' AND acquired_at > datetime(CURRENT_TIMESTAMP, '+5 seconds')`,
        // No pause is longer.
        sql`UPDATE ${sql(table)} SET visible_at = CURRENT_TIMESTAMP
          WHERE state = 'pending' AND visible_at > datetime(CURRENT_TIMESTAMP, '+6 minutes')`
      ),
    orElse: () => Effect.void
  })
})
