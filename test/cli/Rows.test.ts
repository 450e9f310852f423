/** What is rows is to be had as CSV and Markdown too, and nothing is shown as an empty frame. */
import { assert, it } from "@effect/vitest"
import { Effect } from "effect"
import * as Harness from "./Harness.ts"

const log = ["logs", "summary", "test/cli/fixtures/run.ndjson"]
const waterfall = [...log, "--waterfall", "a43ee4c54cee1ac952b2777526330c71"]

/** The lines on stdout. */
const lines = (args: ReadonlyArray<string>) =>
  Effect.map(Harness.run([...args, "-q"]), ({ stdout }) => stdout.trimEnd().split("\n"))

it.live("validate has a row a server, and in it why one is not as the file says", () =>
  Effect.gen(function* () {
    yield* Harness.withDemoServers
    const [head = "", ...rows] = yield* lines(["validate", "--format", "csv"])
    assert.strictEqual(head, "priority,server,ok,says it is,protocol,resources,execute_query,ms,why not")
    assert.match(rows.join("\n"), /^1,product_metadata_mcp,yes,.*,\n10,database_mcp,yes,.*,$/)
    yield* Harness.environment({ MCP__MCP_SERVERS__DATABASE_MCP__URL: "http://127.0.0.1:1/sse" })
    const { exitCode, stdout } = yield* Harness.run(["validate", "--format", "markdown", "-q"])
    assert.strictEqual(exitCode, 3)
    assert.match(stdout, /^\| priority \| server \| ok \|.*\n\| ---: \| --- \|/)
    assert.match(stdout, /\| database\\_mcp \| no \|.* ECONNREFUSED .*\|$/m)
    assert.deepStrictEqual(yield* lines(["validate", "--no-connect", "--format", "csv"]), [
      "server",
      "product_metadata_mcp",
      "database_mcp"
    ])
    const json = yield* Harness.run(["validate", "--no-connect", "--format", "json"])
    assert.isTrue(JSON.parse(json.stdout).valid)
  })
)

it.live("logs summary has a row an event, a waterfall a row a step", () =>
  Effect.gen(function* () {
    const [head, ...rows] = yield* lines([...log, "--format", "csv"])
    assert.strictEqual(head, "event,server,count,p50_ms,p95_ms,p99_ms,max_ms,errors")
    assert.match(rows.join("\n"), /^mcp_connection_established,database_mcp,\d+,[\d.]+,[\d.]+,[\d.]+,[\d.]+,$/m)
    const { events } = JSON.parse((yield* Harness.run([...log, "--format", "json"])).stdout)
    assert.lengthOf(rows, events.length)
    const [steps, ...bars] = yield* lines([...waterfall, "--format", "csv"])
    assert.strictEqual(steps, "step,start_ms,duration_ms,unfinished,error")
    assert.match(bars[0] ?? "", /^\w+,0,[\d.]+,no,$/)
    assert.match((yield* lines([...log, "--format", "markdown"])).join("\n"), /^\| event \| server \| count \|/)
  })
)

it.live("an answer without rows is one line with its columns, of a question and of a tool", () =>
  Effect.gen(function* () {
    yield* Harness.withDemoServers
    const none = "sql=SELECT id, name FROM products WHERE id < 0"
    const called = yield* lines(["call", "execute_query", none, "--server", "database_mcp"])
    assert.deepStrictEqual(called, ["(no rows: id, name)"])
    const asked = yield* lines(["query", "revenue of Pulse Band by country in 1999"])
    assert.include(asked, "(no rows: country, revenue)")
  })
)
