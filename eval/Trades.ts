/**
 * A set of questions about several trades: each of its schemas behind two MCP servers on loopback sockets, a database
 * server with the schema's data and a metadata server with its names and terms, asked on the day that the questions were
 * written for.
 */
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import { existsSync } from "node:fs"
import type { DatabaseSync, SQLOutputValue } from "node:sqlite"
import * as ConfigLoader from "../src/config/ConfigLoader.ts"
import { Sessions } from "../src/connection/Sessions.ts"
import { ConfigSource } from "../src/config/ConfigSource.ts"
import * as ConfiguredGenerator from "../src/sql/ConfiguredGenerator.ts"
import { Orchestrator } from "../src/Orchestrator.ts"
import type { FakeResource, FakeTool, FakeToolResult } from "../src/testing/FakeScript.ts"
import * as FakeServer from "../src/testing/FakeServer.ts"
import type { SqlValue } from "../src/tools/Rows.ts"
import { ask, type Case } from "./Half.ts"
import { open, type Question, questions, read, type Trade, trades, type Trades } from "./Questions.ts"

/** The day of the questions. */
const today = "2026-11-22"

/** Asks every question of every schema; the groups are the schemas. */
export const run = (set: Trades) =>
  Effect.map(
    Effect.forEach(trades(set), (trade) => Effect.scoped(askAbout(trade))),
    (judged) => judged.flat()
  )

// ---------------------------------------------------------------------------------------------------------------------
// internals

function askAbout(trade: Trade) {
  return Effect.gen(function* () {
    const database = yield* Effect.acquireRelease(
      Effect.sync(() => open(trade)),
      (opened) => Effect.sync(() => opened.close())
    )
    database.exec("PRAGMA query_only = ON")
    const cases = questions(trade).map((question) => caseOf(database, question))
    const config = yield* ConfigLoader.fromUnknown(yield* serve(trade, database))
    const layer = Orchestrator.layer.pipe(
      Layer.provide([ConfigSource.layerValue(config), ConfiguredGenerator.layer, Sessions.layerSse])
    )
    const context = yield* Layer.build(layer)
    const asked = Effect.flatMap(Orchestrator, (orchestrator) => ask(trade.name, cases, orchestrator))
    return yield* asked.pipe(
      Effect.provide(context),
      Effect.provideServiceEffect(Clock.Clock, Effect.map(Clock.Clock, onTheDay))
    )
  })
}

/** The clock moved to noon of the day; it goes on, so that deadlines are kept. */
const onTheDay = (clock: Clock.Clock): Clock.Clock => {
  const offset = Date.parse(`${today}T12:00:00Z`) - clock.currentTimeMillisUnsafe()
  const millis = () => clock.currentTimeMillisUnsafe() + offset
  const nanos = () => clock.currentTimeNanosUnsafe() + BigInt(offset) * 1_000_000n
  return {
    currentTimeMillisUnsafe: millis,
    currentTimeMillis: Effect.sync(millis),
    currentTimeNanosUnsafe: nanos,
    currentTimeNanos: Effect.sync(nanos),
    monotonicTimeNanosUnsafe: () => clock.monotonicTimeNanosUnsafe(),
    monotonicTimeNanos: clock.monotonicTimeNanos,
    sleep: (duration) => clock.sleep(duration)
  }
}

const caseOf = (database: DatabaseSync, question: Question): Case =>
  question.sql === null
    ? { question: question.question, level: "unanswerable", expected: null, ordered: false }
    : {
        question: question.question,
        level: question.level,
        expected: [question.sql, ...(question.alternatives ?? [])].map((sql) => ({ rows: rowsOf(database, sql).rows })),
        ordered: question.ordered ?? false
      }

/** Starts the servers of a schema; gives the configuration with both, or without the metadata server if it has nothing. */
const serve = Effect.fnUntraced(function* (trade: Trade, database: DatabaseSync) {
  const words = ["aliases", "terms"].flatMap((name) => resourceOf(trade, name))
  const metadata = words.length === 0 ? [] : [yield* FakeServer.make({ resources: words })]
  const data = yield* FakeServer.make({ resources: resourceOf(trade, "metadata"), tools: [executeQuery(database)] })
  return FakeServer.orchestratorConfig([...metadata, data], { orchestration: { enable_logging: false } })
})

const decodeJson = Schema.decodeUnknownSync(Schema.fromJsonString(Schema.Json))

const resourceOf = (trade: Trade, name: string): ReadonlyArray<FakeResource> =>
  existsSync(new URL(`${name}.json`, trade.folder))
    ? [{ uri: `${trade.name}://${name}`, name, json: decodeJson(read(trade, `${name}.json`)) }]
    : []

const executeQuery = (database: DatabaseSync): FakeTool => ({
  name: "execute_query",
  inputSchema: { type: "object", properties: { sql: { type: "string" } }, required: ["sql"] },
  reply: ({ sql }) => reply(database, String(sql))
})

const reply = (database: DatabaseSync, sql: string): FakeToolResult =>
  Result.match(
    Result.try(() => rowsOf(database, sql)),
    {
      onFailure: (cause) => ({ content: [{ type: "text", text: String(cause) }], isError: true }),
      onSuccess: ({ columns, rows }) => ({ content: [], structuredContent: { columns, rows, row_count: rows.length } })
    }
  )

/** The database's own date is that of the machine: SQL that asks for it is given the day of the questions. */
const rowsOf = (database: DatabaseSync, sql: string) => {
  const statement = database.prepare(sql.replaceAll(/'now'|\bcurrent_date\b/gi, `'${today}'`))
  return {
    columns: statement.columns().map(({ name }) => name),
    // boundary: the connection returns arrays, which its types do not say.
    rows: statement.all().map((row) => Object.values(row).map(toJson))
  }
}

const toJson = (value: SQLOutputValue): SqlValue & Schema.Json =>
  typeof value === "bigint" || value instanceof Uint8Array ? String(value) : value
