import { assert, describe, it } from "@effect/vitest"
import { Effect, Layer, Metric } from "effect"
import { PrometheusMetrics } from "effect/observability"
import { Sessions } from "../../src/connection/Sessions.ts"
import { NotUnderstood } from "../../src/errors/QueryReason.ts"
import { type SqlAttempt, SqlGenerationError } from "../../src/OrchestratorError.ts"
import * as LanguageModelGenerator from "../../src/sql/LanguageModelGenerator.ts"
import * as QueryEvents from "../../src/query/QueryEvents.ts"
import * as QueryPipeline from "../../src/query/QueryPipeline.ts"
import { type GenerationRequest, SqlGenerator } from "../../src/sql/SqlGenerator.ts"
import * as Metrics from "../../src/telemetry/MetricNames.ts"
import * as RequestId from "../../src/telemetry/RequestId.ts"
import { type FakeScript, FakeServer, StubLanguageModel } from "../../src/testing/index.ts"
import * as LogCapture from "../LogCapture.ts"
import * as Servers from "./Servers.ts"

/** A generator that gives these statements one after the other, and remembers what it was asked. */
const scripted = (statements: ReadonlyArray<string>, { repairs = true } = {}) => {
  const requests: Array<GenerationRequest> = []
  const layer = Layer.succeed(SqlGenerator, {
    name: "scripted",
    repairs,
    generate: (request) =>
      Effect.suspend(() => {
        const sql = statements[requests.length]
        requests.push(request)
        return sql === undefined
          ? Effect.fail(
              new SqlGenerationError({
                question: request.question,
                reason: new NotUnderstood(),
                detail: "no more ideas",
                understood: [],
                // As the generators of this library do: what they were given.
                attempts: request.previous,
                remedy: "none"
              })
            )
          : Effect.succeed({ sql, explanation: `explains ${sql}`, usedEntities: [] })
      })
  })
  return { layer, requests }
}

/** A database with one table's worth of opinions about SQL. */
const reply: FakeScript.FakeTool["reply"] = ({ sql }) => {
  const statement = String(sql)
  if (statement.includes("prize")) return Servers.databaseError("no such column: prize")
  if (statement.includes("MAX(MIN(")) return Servers.databaseError("misuse of aggregate function MIN()")
  if (statement.includes("salary")) return Servers.databaseError("permission denied for column salary")
  return Servers.rows(["price"], [12.5])
}

const aliases = (canonical: string) => ({
  uri: "product://aliases",
  name: "product_aliases",
  json: { widget: { canonical_id: "widget", canonical_name: canonical, aliases: ["widgets"] } }
})

interface Options {
  readonly question?: string
  readonly dryRun?: boolean
  readonly orchestration?: { readonly [key: string]: unknown }
}

/** Asks these servers, the last of which is the database. */
const ask = Effect.fnUntraced(function* (servers: ReadonlyArray<FakeServer.FakeServer>, options: Options = {}) {
  const generation = yield* Servers.generationOf(servers, { orchestration: options.orchestration ?? {} })
  const { dryRun = false, question = "what is the price?" } = options
  return yield* RequestId.within(QueryPipeline.query(question, generation, { dryRun }), "asked-1")
}, Effect.provide(Sessions.layerSse))

/** One question to one database: the answer or the error, what the generator was asked, and what was logged. */
const askDatabase = Effect.fnUntraced(function* (
  statements: ReadonlyArray<string>,
  options: Options & { readonly script?: FakeScript.FakeScript; readonly repairs?: boolean } = {}
) {
  const server = yield* FakeServer.make(options.script ?? Servers.databaseScript(reply))
  const { layer, requests } = scripted(statements, { repairs: options.repairs ?? true })
  const logs = LogCapture.make()
  const outcome = yield* ask([server], options).pipe(Effect.result, Effect.provide([layer, logs.layer]))
  return { outcome, requests, logs, calls: (yield* server.counters).requests["tools/call"] ?? 0 }
})

const answered = Effect.fnUntraced(function* (...args: Parameters<typeof askDatabase>) {
  const { outcome, ...rest } = yield* askDatabase(...args)
  return { ...rest, result: yield* Effect.fromResult(outcome) }
})

const failed = Effect.fnUntraced(function* (...args: Parameters<typeof askDatabase>) {
  const { outcome, ...rest } = yield* askDatabase(...args)
  return { ...rest, error: yield* Effect.flip(Effect.fromResult(outcome)) }
})

const outcomes = (attempts: ReadonlyArray<SqlAttempt>) =>
  attempts.map(({ category, outcome, sql }) => [sql, outcome, category])

const good = "SELECT price FROM products"
const unknownTable = "SELECT price FROM product"
const wrongAtDatabase = "SELECT MAX(price) AS prize FROM products"
const aggregate = 'SELECT price + 1 AS "MAX(MIN(" FROM products'
const forbidden = "SELECT price AS salary FROM products"
const writes = "DELETE FROM products"
/** What reaches the server: one row more than `query.max_rows`. */
const sent = (sql: string) => `${sql} LIMIT 1001`

describe("an answer", () => {
  it.live("has the SQL, the rows, where they came from and how it went", () =>
    Effect.gen(function* () {
      const { calls, result } = yield* answered([good])
      assert.strictEqual(result.query, "what is the price?")
      assert.strictEqual(result.sql, sent(good))
      assert.strictEqual(result.explanation, `explains ${good}`)
      assert.deepStrictEqual(result.result, { columns: ["price"], rows: [[12.5]], rowCount: 1, truncated: false })
      const { attempts, executedOn, generation, requestId, serversUsed, timingsMs } = result.metadata
      assert.deepStrictEqual([requestId, generation, executedOn], ["asked-1", 1, "server_1"])
      assert.deepStrictEqual(serversUsed, ["server_1"])
      assert.deepStrictEqual(outcomes(attempts), [[sent(good), "ok", null]])
      assert.deepStrictEqual(
        attempts.map(({ walls }) => walls),
        [["lexical", "sqlite"]]
      )
      assert.strictEqual(calls, 1)
      const { execute, gather, generate, resolve, total } = timingsMs
      assert.isAtMost(Math.abs(total - (gather + resolve + generate + execute)), 1)
    })
  )

  it.live("says that dates may be a day off where the server made moments of them", () =>
    Effect.gen(function* () {
      const resources = [{ uri: "db://days", name: "days", json: { tables: { days: { columns: { day: "DATE" } } } } }]
      const told = Effect.fnUntraced(function* (day: string) {
        const script = Servers.databaseScript(() => Servers.rows(["day"], [day]), { resources })
        return (yield* answered(["SELECT day FROM days"], { script })).result
      })
      const moved = yield* told("2024-01-03T23:00:00.000Z")
      assert.deepStrictEqual(moved.result?.rows, [["2024-01-03T23:00:00.000Z"]])
      assert.match(moved.explanation, /^explains .* Note: the server sent the dates of "day" as moments/u)
      const whole = yield* told("2024-01-04T00:00:00.000Z")
      assert.deepStrictEqual(whole.result?.rows, [["2024-01-04"]])
      assert.notInclude(whole.explanation, "Note")
    })
  )

  it.live("may use the functions that the configuration allows beside the known ones", () =>
    Effect.gen(function* () {
      const own = "SELECT our_price(price) FROM products"
      const refused = yield* failed([own], { orchestration: { query: { attempts: 1 } } })
      assert.match(refused.error.message, /our_price/)
      const { result } = yield* answered([own], { orchestration: { query: { allowed_functions: ["our_price"] } } })
      assert.strictEqual(result.sql, sent(own))
    })
  )

  it.live("counts the time at the database as execution", () =>
    Effect.gen(function* () {
      const script = Servers.databaseScript(reply, { latency: { call: 60 } })
      const { result } = yield* answered([wrongAtDatabase, good], { script })
      const { execute } = result.metadata.timingsMs
      assert.isAtLeast(execute, 110)
    })
  )

  it.live("is grounded in what was gathered for this question", () =>
    Effect.gen(function* () {
      const server = yield* FakeServer.make(Servers.databaseScript(reply))
      const { layer, requests } = scripted([good, good])
      yield* Effect.gen(function* () {
        yield* ask([server])
        yield* server.update((script) => ({
          ...script,
          resources: [
            {
              uri: "database://metadata",
              name: "database_metadata",
              json: { tables: { ...Servers.schema.tables, added: { columns: [{ name: "id" }] } } }
            }
          ]
        }))
        yield* ask([server], { orchestration: { query: { max_rows: 7, dialect: "postgres" } } })
      }).pipe(Effect.provide([layer, LogCapture.make().layer]))
      assert.deepStrictEqual(
        requests.map(({ grounding }) => grounding.tables.map(({ name }) => name)),
        [
          ["products", "orders"],
          ["products", "orders", "added"]
        ]
      )
      assert.deepStrictEqual(
        requests.map(({ dialect, maxRows }) => [dialect, maxRows]),
        [
          ["sqlite", 1000],
          ["postgres", 7]
        ]
      )
      assert.match(requests[0]?.today ?? "", /^\d{4}-\d\d-\d\d$/)
    })
  )

  it.live("names the servers that grounded it, not those that had nothing to say", () =>
    Effect.gen(function* () {
      const [names, silent, database] = yield* Effect.all([
        FakeServer.make({ resources: [aliases("Widget")] }),
        FakeServer.make({ resources: [{ uri: "a://b", name: "readme", text: "hello" }] }),
        FakeServer.make(Servers.databaseScript(reply))
      ])
      const { metadata, resolvedEntities } = yield* ask([names, silent, database], {
        question: "price of widgets"
      }).pipe(Effect.provide([scripted([good]).layer, LogCapture.make().layer]))
      assert.deepStrictEqual(metadata.serversUsed, ["server_1", "server_3"])
      assert.deepStrictEqual(
        resolvedEntities.map(({ canonicalName, server }) => [canonicalName, server]),
        [["Widget", "server_1"]]
      )
    })
  )
})

describe("a repair", () => {
  it.live("follows a refusal of the guard, with what was wrong and the nearest names", () =>
    Effect.gen(function* () {
      const { calls, logs, requests, result } = yield* answered([unknownTable, good])
      assert.deepStrictEqual(requests[0]?.previous, [])
      assert.deepStrictEqual(outcomes(requests[1]?.previous ?? []), [[unknownTable, "rejected", "unknown_table"]])
      assert.deepStrictEqual(requests[1]?.previous[0]?.nearest, ["products"])
      assert.deepStrictEqual(outcomes(result.metadata.attempts), [
        [unknownTable, "rejected", "unknown_table"],
        [sent(good), "ok", null]
      ])
      assert.strictEqual(calls, 1)
      assert.strictEqual(logs.of("sql_rejected").length, 1)
      assert.strictEqual(logs.of("sql_generated").length, 2)
    })
  )

  it.live("follows an error of the database, with its category and the nearest names", () =>
    Effect.gen(function* () {
      const { calls, requests, result } = yield* answered([wrongAtDatabase, aggregate, good])
      assert.deepStrictEqual(outcomes(requests[2]?.previous ?? []), [
        [sent(wrongAtDatabase), "failed", "unknown_column"],
        [sent(aggregate), "failed", "aggregation"]
      ])
      assert.deepStrictEqual(requests[1]?.previous[0]?.nearest, ["price"])
      assert.strictEqual(requests[1]?.previous[0]?.message, "no such column: prize")
      assert.strictEqual(result.metadata.attempts.length, 3)
      assert.strictEqual(calls, 3)
    })
  )

  it.live("is tried query.attempts times, and then all of it is in the SqlGenerationError", () =>
    Effect.gen(function* () {
      const { calls, error, requests } = yield* failed([writes, unknownTable, writes, good], {
        orchestration: { query: { attempts: 3 } }
      })
      assert.strictEqual(error._tag, "SqlGenerationError")
      if (error._tag !== "SqlGenerationError") return
      assert.strictEqual(error.reason._tag, "Rejected")
      assert.deepStrictEqual(outcomes(error.attempts), [
        [writes, "rejected", "not_read_only"],
        [unknownTable, "rejected", "unknown_table"],
        [writes, "rejected", "not_read_only"]
      ])
      assert.strictEqual(requests.length, 3)
      assert.strictEqual(calls, 0)
    })
  )

  it.live("that ends at the database is a QueryExecutionError with all attempts", () =>
    Effect.gen(function* () {
      const { error, logs } = yield* failed([unknownTable, wrongAtDatabase], {
        orchestration: { query: { attempts: 2 } }
      })
      assert.strictEqual(error._tag, "QueryExecutionError")
      if (error._tag !== "QueryExecutionError") return
      assert.deepStrictEqual(
        [error.server, error.reason.category, error.sql],
        ["server_1", "unknown_column", sent(wrongAtDatabase)]
      )
      assert.deepStrictEqual(outcomes(error.attempts), [
        [unknownTable, "rejected", "unknown_table"],
        [sent(wrongAtDatabase), "failed", "unknown_column"]
      ])
      assert.strictEqual(logs.of("sql_execution_failed")[0]?.["server"], "server_1")
    })
  )

  it.live("that the generator gives up keeps each attempt once", () =>
    Effect.gen(function* () {
      const { error } = yield* failed([unknownTable])
      assert.strictEqual(error._tag, "SqlGenerationError")
      if (error._tag !== "SqlGenerationError") return
      assert.strictEqual(error.reason._tag, "NotUnderstood")
      assert.deepStrictEqual(outcomes(error.attempts), [[unknownTable, "rejected", "unknown_table"]])
    })
  )

  it.live("is not asked for where permission is missing", () =>
    Effect.gen(function* () {
      const { error, requests } = yield* failed([forbidden, good])
      assert.strictEqual(error._tag, "QueryExecutionError")
      if (error._tag !== "QueryExecutionError") return
      assert.strictEqual(error.reason.category, "permission")
      assert.match(error.remedy, /right to read/)
      assert.strictEqual(requests.length, 1)
    })
  )

  it.live("is not asked for after a timeout", () =>
    Effect.gen(function* () {
      const { error, requests } = yield* failed([good, good], {
        script: Servers.databaseScript(reply, { latency: { call: 60_000 } }),
        orchestration: { query: { timeout: "30 millis" } }
      })
      assert.strictEqual(error._tag, "QueryExecutionError")
      if (error._tag !== "QueryExecutionError") return
      assert.strictEqual(error.reason.category, "timeout")
      assert.match(error.remedy, /query\.timeout/)
      assert.strictEqual(requests.length, 1)
    })
  )

  it.live("is not asked for where no rule can read the reply: other SQL would not change it", () =>
    Effect.gen(function* () {
      const prose = { content: [{ type: "text", text: "Widgets are really not expensive at all this year." }] }
      const { calls, error, requests } = yield* failed([good, good, good], {
        script: Servers.databaseScript(() => prose),
        orchestration: { query: { attempts: 3 } }
      })
      assert.strictEqual(error._tag, "QueryExecutionError")
      if (error._tag !== "QueryExecutionError") return
      assert.strictEqual(error.reason._tag, "UnreadableReply")
      assert.include(error.message, "Widgets are really not expensive")
      assert.deepStrictEqual(outcomes(error.attempts), [[sent(good), "failed", "other"]])
      assert.strictEqual(requests.length, 1)
      assert.strictEqual(calls, 1)
    })
  )

  it.live("is not asked of a generator that has only one answer", () =>
    Effect.gen(function* () {
      const refused = yield* failed([unknownTable, good], { repairs: false })
      assert.strictEqual(refused.requests.length, 1)
      assert.strictEqual(refused.error._tag, "SqlGenerationError")
      const wrong = yield* failed([wrongAtDatabase, good], { repairs: false })
      assert.strictEqual(wrong.requests.length, 1)
      assert.strictEqual(wrong.error._tag, "QueryExecutionError")
    })
  )

  it.live("tells a language model the SQL, what was wrong and the nearest names", () =>
    Effect.gen(function* () {
      const server = yield* FakeServer.make(Servers.databaseScript(reply))
      const prompts: Array<string> = []
      const model = StubLanguageModel.layer(({ call, user }) => {
        prompts.push(user)
        return { sql: call === 0 ? unknownTable : call === 1 ? wrongAtDatabase : good, explanation: "the price" }
      })
      const { metadata } = yield* ask([server]).pipe(
        Effect.provide([LanguageModelGenerator.layer.pipe(Layer.provide(model)), LogCapture.make().layer])
      )
      assert.deepStrictEqual(outcomes(metadata.attempts), [
        [unknownTable, "rejected", "unknown_table"],
        [sent(wrongAtDatabase), "failed", "unknown_column"],
        [sent(good), "ok", null]
      ])
      assert.notInclude(prompts[0] ?? "", unknownTable)
      assert.include(prompts[1] ?? "", unknownTable)
      assert.match(prompts[1] ?? "", /unknown[_ ]table/)
      assert.include(prompts[2] ?? "", wrongAtDatabase)
      assert.include(prompts[2] ?? "", "no such column: prize")
    })
  )
})

describe("a dry run", () => {
  it.live("stops before execution: the SQL is checked, and no tool is called", () =>
    Effect.gen(function* () {
      const { calls, logs, result } = yield* answered([unknownTable, good], { dryRun: true })
      assert.strictEqual(result.sql, sent(good))
      assert.isNull(result.result)
      assert.strictEqual(result.metadata.executedOn, "server_1")
      assert.strictEqual(result.metadata.attempts.length, 2)
      assert.strictEqual(result.metadata.timingsMs.execute, 0)
      assert.strictEqual(calls, 0)
      assert.strictEqual(logs.of("sql_execution_started").length, 0)
    })
  )
})

describe("a failure", () => {
  it.live("for want of a database comes before anything is gathered", () =>
    Effect.gen(function* () {
      const server = yield* FakeServer.make({ resources: [aliases("Widget")] })
      const { layer, requests } = scripted([good])
      const error = yield* Effect.flip(ask([server])).pipe(Effect.provide([layer, LogCapture.make().layer]))
      assert.strictEqual(error._tag, "NoMcpAvailableError")
      assert.strictEqual((yield* server.counters).sessions.total, 0)
      assert.strictEqual(requests.length, 0)
    })
  )

  it.live("of a gather is the gather's, and no SQL is generated", () =>
    Effect.gen(function* () {
      const script = Servers.databaseScript(reply, { faults: [{ at: "read", fault: { kind: "error" } }] })
      const { error, requests } = yield* failed([good], { script })
      assert.strictEqual(error._tag, "ResourceFetchError")
      assert.strictEqual(requests.length, 0)
    })
  )

  it.live("of the connection on the way to the database is logged and reported as that", () =>
    Effect.gen(function* () {
      const script = Servers.databaseScript(reply, { faults: [{ at: "call", fault: { kind: "refuse" } }] })
      const { error, logs, requests } = yield* failed([good, good], { script })
      assert.strictEqual(error._tag, "McpConnectionError")
      assert.strictEqual(requests.length, 1)
      assert.strictEqual(logs.of("sql_execution_failed").length, 1)
    })
  )
})

describe("what it says of itself", () => {
  const isolated = <A, E, R>(effect: Effect.Effect<A, E, R>) =>
    Effect.provideService(effect, Metric.MetricRegistry, new Map())
  const scrape = PrometheusMetrics.format({ metricNameMapper: Metrics.prometheusName })

  it.live("in logs: the question, each name and its losers, each statement, the end; all with the request's id", () =>
    Effect.gen(function* () {
      const [best, worse, database] = yield* Effect.all([
        FakeServer.make({ resources: [aliases("Widget")] }),
        FakeServer.make({ resources: [aliases("Other widget")] }),
        FakeServer.make(Servers.databaseScript(reply))
      ])
      const logs = LogCapture.make()
      const metrics = yield* ask([best, worse, database], { question: "price of widgets" }).pipe(
        Effect.andThen(scrape),
        Effect.provide([scripted([good]).layer, logs.layer]),
        isolated
      )
      const [resolved] = logs.of("entity_resolved")
      assert.deepStrictEqual([resolved?.["name"], resolved?.["server"]], ["widgets", "server_1"])
      const [conflict] = logs.of("resolution_conflict")
      assert.deepStrictEqual([conflict?.["server"], conflict?.["losers"]], ["server_1", ["server_2"]])
      assert.include(metrics, 'orchestrator_resolution_conflicts_total{server="server_2"} 1')
      const events = [
        "query_received",
        "resource_gathering_completed",
        "entity_resolved",
        "resolution_conflict",
        "sql_generated",
        "sql_execution_started",
        "sql_execution_completed",
        "query_processing_completed"
      ] as const
      for (const event of events) {
        assert.deepStrictEqual([event, ...logs.of(event).map((record) => record["request_id"])], [event, "asked-1"])
      }
      assert.strictEqual(logs.of("query_processing_completed")[0]?.["row_count"], 1)
    })
  )

  it.live("in logs: a question that is not understood is no error of the server", () =>
    Effect.gen(function* () {
      const database = yield* FakeServer.make(Servers.databaseScript(reply))
      const logs = LogCapture.make()
      yield* Effect.flip(ask([database], { question: " " })).pipe(
        Effect.provide([scripted([good]).layer, logs.layer]),
        isolated
      )
      const [ended] = logs.of("query_processing_completed")
      assert.deepInclude(ended, { level: "INFO" })
      assert.include(JSON.stringify(ended?.["error"]), "NotUnderstood")
    })
  )

  it.live("in events: each statement, what became of it, and the steps that the log has too", () =>
    Effect.gen(function* () {
      const steps: Array<QueryEvents.QueryStep> = []
      const { logs } = yield* answered([unknownTable, wrongAtDatabase, good]).pipe(
        Effect.provideService(QueryEvents.Listener, (step) => void steps.push(step))
      )
      assert.deepStrictEqual(
        steps.map((step) => [step._tag, step._tag === "Resolved" ? step.mentions.length : step.attempt]),
        [
          ["Resolved", 0],
          ["SqlGenerated", 1],
          ["SqlRejected", 1],
          ["SqlGenerated", 2],
          ["SqlFailed", 2],
          ["SqlGenerated", 3],
          ["Executed", 3]
        ]
      )
      assert.deepInclude(steps[2], { sql: unknownTable, category: "unknown_table" })
      assert.deepInclude(steps[4], { server: "server_1", reason: "unknown_column", message: "no such column: prize" })
      assert.deepInclude(steps[6], { server: "server_1", rowCount: 1 })
      assert.deepStrictEqual(
        (["sql_generated", "sql_rejected", "sql_execution_failed", "sql_execution_completed"] as const).map(
          (event) => logs.of(event).length
        ),
        [3, 1, 1, 1]
      )
    })
  )

  it.live("in metrics: the statements by outcome, the refusals by category, the steps", () =>
    Effect.gen(function* () {
      const metrics = yield* answered([unknownTable, wrongAtDatabase, good]).pipe(Effect.andThen(scrape), isolated)
      for (const line of [
        'orchestrator_sql_attempts_total{outcome="rejected"} 1',
        'orchestrator_sql_attempts_total{outcome="failed"} 1',
        'orchestrator_sql_attempts_total{outcome="ok"} 1',
        'orchestrator_sql_refusals_total{category="unknown_table"} 1',
        'orchestrator_step_duration_seconds_count{step="resolve",outcome="ok"} 1',
        'orchestrator_step_duration_seconds_count{step="generate",outcome="ok"} 3',
        'orchestrator_step_duration_seconds_count{step="execute",server="server_1",outcome="error",error.type="unknown_column"} 1',
        'orchestrator_step_duration_seconds_count{step="execute",server="server_1",outcome="ok"} 1'
      ]) {
        assert.include(metrics.replaceAll("error_type", "error.type"), line)
      }
    })
  )
})
