/**
 * Asks a server's database for the values that a question may name, as a part of the request: afresh, within its
 * limits, and an error of it is one of the request. A value that is found is used; one that is not proves nothing, since
 * only the first rows of each table are looked at.
 */
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import type { OrchestratorConfig, ServerConfig } from "../../config/OrchestratorConfig.ts"
import type { ServerConnection } from "../../connection/ServerConnection.ts"
import { failure } from "../../connection/SessionFailure.ts"
import type { DatabaseSchema } from "../../resources/DatabaseSchema.ts"
import type { ServerResources } from "../../resources/GatheredResources.ts"
import type { GatherError, GatherFailure } from "../../resources/GatherFailure.ts"
import * as OneServer from "../../resources/OneServer.ts"
import * as ServerReason from "../../errors/ServerReason.ts"
import * as LogEvent from "../../telemetry/LogEvent.ts"
import * as Metrics from "../../telemetry/Metrics.ts"
import { isStateName } from "../ColumnWords.ts"
import type { Column, Grounding } from "../Grounding.ts"
import { tableNamed } from "../TableLookup.ts"
import * as Ask from "./Ask.ts"
import * as Introspection from "./Introspection.ts"
import * as ValueStatements from "./ValueStatements.ts"

export interface Wanted {
  /** What the question may name: a value that is one of them but for case is found. */
  readonly texts: ReadonlyArray<string>
  /** The tables in question: their columns are asked first, and with `query.values: sample` for short lists too. */
  readonly tables: ReadonlySet<string>
  /** Whether the columns that are called as states are (`status`) are listed, too, where nobody has listed them. */
  readonly states: boolean
}

/**
 * The grounding with the values that were found. Nothing is asked where nothing is wanted, or `query.values` is off. A
 * column with values that only the database told says that they may not be all (`partial`).
 */
export const find = Effect.fnUntraced(function* (
  grounding: Grounding,
  wanted: Wanted,
  connection: ServerConnection,
  gathered: ServerResources,
  config: OrchestratorConfig
): Effect.fn.Return<Grounding, GatherError> {
  const texts = wanted.texts.filter(ValueStatements.isPlain)
  const isWanted = texts.length > 0 || (wanted.states && hasUnlistedState(grounding))
  if (config.query.values === "off" || !isWanted || grounding.tables.length === 0) return grounding
  const { server } = connection
  const found = yield* OneServer.askAgain(connection, config, (session, at) => {
    at("introspect")
    return Effect.flatMap(Ask.make(session, connection, config, gathered), (asker) =>
      ask(asker, server, gathered, grounding, { ...wanted, texts }, config)
    )
  }).pipe(Metrics.step("introspect", server.id))
  return added(grounding, found)
})

/** What was found beside what was published of each column. */
export const added = (grounding: Grounding, found: ReadonlyArray<Found>): Grounding => {
  const byTable = Map.groupBy(found, ({ column }) => tableNamed(grounding.tables, `${column.schema}.${column.table}`))
  return {
    ...grounding,
    tables: grounding.tables.map((table) => {
      const ours = byTable.get(table)
      return ours === undefined ? table : { ...table, columns: table.columns.map((column) => completed(column, ours)) }
    })
  }
}

/** The values of a column that the database told. */
export interface Found {
  readonly column: ValueStatements.ValueColumn
  readonly values: ReadonlyArray<string>
}

// -----------------------------------------------------------------------------
// internals

const hasUnlistedState = ({ tables }: Grounding): boolean => tables.some(({ columns }) => columns.some(isUnlistedState))

const isUnlistedState = (column: Column | undefined): boolean => column?.values.length === 0 && isStateName(column.name)

const columnIn = ({ tables }: Grounding, { column, schema, table }: ValueStatements.ValueColumn): Column | undefined =>
  tableNamed(tables, `${schema}.${table}`)?.columns.find(({ name }) => name.toLowerCase() === column.toLowerCase())

/** Columns asked for one question: ten statements. Those of the tables in question come first. */
const mostColumns = 500

const ask = Effect.fnUntraced(function* (
  asker: Ask.Asker,
  server: ServerConfig,
  gathered: ServerResources,
  grounding: Grounding,
  { states, tables, texts }: Wanted,
  { query }: OrchestratorConfig
): Effect.fn.Return<ReadonlyArray<Found>, GatherFailure> {
  const started = yield* Clock.currentTimeMillis
  const schema = gathered.schema ?? (yield* schemaOf(asker, server))
  if (schema === null) return []
  const byTable = Map.groupBy(ValueStatements.askable(schema), (column) => `${column.schema}.${column.table}`)
  const groups = [...byTable].map(([table, columns]) => ({
    columns,
    isInQuestion: tables.has(tableNamed(grounding.tables, table)?.name ?? "")
  }))
  const spoken = groups.flatMap(({ columns, isInQuestion }) => (isInQuestion ? columns : []))
  const others = groups.flatMap(({ columns, isInQuestion }) => (isInQuestion ? [] : columns))
  const all = [...spoken, ...others].slice(0, mostColumns)
  const matched =
    texts.length === 0
      ? []
      : yield* inBatches(asker, all, (columns) => ValueStatements.matching(schema.dialect, columns, texts))
  const list = (columns: ReadonlyArray<ValueStatements.ValueColumn>) =>
    inBatches(asker, columns, (some) => ValueStatements.listing(schema.dialect, some))
  const sampled = query.values === "sample" ? yield* list(spoken.slice(0, mostColumns)) : []
  // Without them the rules know less, and refuse more.
  const told = states
    ? yield* list(all.filter((column) => isUnlistedState(columnIn(grounding, column)))).pipe(orWithout(server, []))
    : []
  const listed = [...sampled, ...told]
  yield* LogEvent.debug("values_read", {
    server: server.id,
    operation: "introspect",
    columns: all.length,
    values: matched.reduce((count, { values }) => count + values.length, 0),
    ...asker.spent(),
    duration_ms: (yield* Clock.currentTimeMillis) - started
  })
  return [...matched, ...listed.filter(({ values }) => values.length <= ValueStatements.mostValues)]
})

/**
 * Only what the database itself says of its tables is asked for, because a view may be slow and one wrong name fails a
 * whole statement. Where resources describe the schema it is asked now; a database that does not tell has no values.
 */
const schemaOf = (asker: Ask.Asker, server: ServerConfig): Effect.Effect<DatabaseSchema | null, GatherFailure> =>
  server.introspection === "never"
    ? Effect.succeed(null)
    : Introspection.readSchema(asker, server).pipe(
        Effect.map(({ schema }): DatabaseSchema | null => schema),
        orWithout(server, null)
      )

/** What the database does not tell, the question goes without. */
const orWithout =
  <A, B>(server: ServerConfig, nothing: B) =>
  (told: Effect.Effect<A, GatherFailure>): Effect.Effect<A | B, GatherFailure> =>
    Effect.catchIf(
      told,
      ({ failure: { ended, reason } }) => !ended && saysNo.has(reason._tag),
      ({ failure: { detail } }) =>
        Effect.as(
          LogEvent.warning("values_read", { server: server.id, error: { type: "NotTold", message: detail } }),
          nothing
        )
    )

/** What it is no failure of the question to go without: nobody asked this database for it before. */
const saysNo: ReadonlySet<ServerReason.ServerReason["_tag"]> = new Set([
  "ServerError",
  "InvalidReply",
  "Unsupported",
  "TimedOut",
  "TooMany",
  "TooLarge"
])

const inBatches = (
  asker: Ask.Asker,
  columns: ReadonlyArray<ValueStatements.ValueColumn>,
  statement: (columns: ReadonlyArray<ValueStatements.ValueColumn>) => string
): Effect.Effect<ReadonlyArray<Found>, GatherFailure> => {
  const batches = Array.from({ length: Math.ceil(columns.length / ValueStatements.batchSize) }, (_, batch) =>
    columns.slice(batch * ValueStatements.batchSize, (batch + 1) * ValueStatements.batchSize)
  )
  return Effect.map(
    Effect.forEach(batches, (batch) => readBatch(asker, batch, statement), { concurrency: 4 }),
    (found) => found.flat()
  )
}

/** A reply without its end mark was cut: the columns are asked for in halves. */
const readBatch: ReadBatch = Effect.fnUntraced(function* (asker, batch, statement) {
  const answer = yield* asker.ask(statement(batch), ValueStatements.columns)
  if (answer._tag === "Refused") {
    const detail = `it refused to tell values of its columns: ${answer.message}`
    return yield* Ask.failed(failure("call", new ServerReason.ServerError(), detail), withoutValues)
  }
  if (answer._tag === "Rows" && answer.rows.at(-1)?.[0] === ValueStatements.end) {
    const byPlace = Map.groupBy(answer.rows.slice(0, -1), ([place]) => place)
    return batch.flatMap((column, place): ReadonlyArray<Found> => {
      const rows = byPlace.get(ValueStatements.placeOf(place)) ?? []
      return rows.length === 0 ? [] : [{ column, values: rows.map(([, value = ""]) => value) }]
    })
  }
  if (batch.length === 1) {
    const detail = answer._tag === "Rows" ? "the server's reply ends before the values do" : answer.message
    return yield* Ask.failed(failure("decode", new ServerReason.InvalidReply(), detail), withoutValues)
  }
  const half = Math.ceil(batch.length / 2)
  const halves = [batch.slice(0, half), batch.slice(half)]
  return (yield* Effect.forEach(halves, (columns) => readBatch(asker, columns, statement))).flat()
})

type ReadBatch = (
  asker: Ask.Asker,
  batch: ReadonlyArray<ValueStatements.ValueColumn>,
  statement: (columns: ReadonlyArray<ValueStatements.ValueColumn>) => string
) => Effect.Effect<ReadonlyArray<Found>, GatherFailure>

const withoutValues = 'Let the server send larger replies, or write orchestration.query.values: "off".'

/** A value beyond a published list shows that the list is not all. */
const completed = (column: Column, found: ReadonlyArray<Found>): Column => {
  const values = found
    .filter((one) => one.column.column.toLowerCase() === column.name.toLowerCase())
    .flatMap((one) => one.values)
    .filter((value) => !column.values.includes(value))
  return values.length === 0
    ? column
    : { ...column, values: [...new Set([...column.values, ...values])], partial: true }
}
