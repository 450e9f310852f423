/** Whole questions to servers that call, answer and fail as real ones do; the database behind them is a real one. */
import { assert, describe, it } from "@effect/vitest"
import { Effect, Layer, Logger, Predicate } from "effect"
import { DatabaseSync } from "node:sqlite"
import { Sessions } from "../../src/connection/Sessions.ts"
import * as QueryPipeline from "../../src/query/QueryPipeline.ts"
import { SqlGenerator } from "../../src/sql/SqlGenerator.ts"
import { type FakeScript, FakeServer } from "../../src/testing/index.ts"
import * as Servers from "./Servers.ts"

/** Writes these statements one after the other. */
const writing = (...statements: ReadonlyArray<string>) => {
  let next = 0
  return Layer.succeed(SqlGenerator, {
    name: "scripted",
    repairs: true,
    generate: () =>
      Effect.sync(() => ({ sql: statements[next++] ?? "SELECT 1", explanation: "As told.", usedEntities: [] }))
  })
}

const ask = Effect.fnUntraced(
  function* (server: FakeServer.FakeServer, options: Parameters<typeof Servers.generationOf>[1] = {}) {
    const generation = yield* Servers.generationOf([server], {
      servers: [{ capabilities: ["list_resources", "execute_query"] }],
      ...options
    })
    return yield* QueryPipeline.query("what is there?", generation, { dryRun: false })
  },
  Effect.provide([Sessions.layerSse, Logger.layer([])])
)

const takes = (...names: ReadonlyArray<string>) => ({
  type: "object",
  properties: Object.fromEntries(names.map((name) => [name, { type: "string" }])),
  required: names
})

/** A server with the shop's schema and these tools. */
const serverWith = (...tools: ReadonlyArray<FakeScript.FakeTool>) =>
  FakeServer.make({ resources: [{ uri: "db://schema", name: "schema", json: Servers.schema }], tools })

const said = (text: string) => ({ content: [{ type: "text", text }] })

/** What SQLite makes of the statement, a text a row, and how many rows it had to deliver. */
const shop = () => {
  const database = new DatabaseSync(":memory:")
  database.exec("CREATE TABLE products (id INTEGER, name TEXT, price REAL)")
  database.exec(
    "WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < 100000) INSERT INTO products SELECT n, 'p' || n, 1.5 FROM c"
  )
  const sent: Array<unknown> = []
  let delivered = 0
  return {
    sent,
    delivered: () => delivered,
    reply: (args: { readonly [name: string]: unknown }) => {
      sent.push(args)
      const sql = Predicate.isString(args["query"]) ? args["query"] : ""
      const rows = database.prepare(sql).all()
      delivered += rows.length
      return { content: rows.map((row) => ({ type: "text", text: JSON.stringify(row) })) }
    }
  }
}

describe("an answer", () => {
  it.live(
    "comes from a tool of another name, with its constants, and of 100,000 rows only those that are shown travel",
    () =>
      Effect.gen(function* () {
        const { delivered, reply, sent } = shop()
        const write = { name: "write_query", inputSchema: takes("query"), reply: said("never") }
        const read = { name: "read_query", description: "Runs SQL.", inputSchema: takes("query", "path"), reply }
        const server = yield* serverWith(write, read)
        const tools = { execute_query: { arguments: { path: "/data/shop.sqlite" } } }
        const { metadata, result, sql } = yield* ask(server, {
          servers: [{ capabilities: ["list_resources", "execute_query"], tools }],
          orchestration: { query: { max_rows: 10 } }
        }).pipe(Effect.provide(writing("SELECT name FROM products ORDER BY id LIMIT 5000")))
        assert.strictEqual(sql, "SELECT name FROM products ORDER BY id LIMIT 11")
        assert.deepStrictEqual(sent, [{ query: sql, path: "/data/shop.sqlite" }])
        assert.deepStrictEqual(
          metadata.attempts.map((attempt) => attempt.sql),
          [sql]
        )
        assert.strictEqual(delivered(), 11)
        assert.deepStrictEqual([result?.rowCount, result?.truncated, result?.rows.at(-1)], [10, true, ["p10"]])
      })
  )

  it.live("is read from one row and from none", () =>
    Effect.gen(function* () {
      const server = yield* serverWith({ name: "query", inputSchema: takes("query"), reply: shop().reply })
      const rowsOf = (sql: string) =>
        ask(server).pipe(
          Effect.provide(writing(sql)),
          Effect.map(({ result }) => result?.rows)
        )
      assert.deepStrictEqual(yield* rowsOf("SELECT COUNT(*) AS n FROM products"), [[100_000]])
      assert.deepStrictEqual(yield* rowsOf("SELECT name FROM products WHERE id < 0"), [])
    })
  )

  it.live("has numbers where the server sends texts, as node-postgres does", () =>
    Effect.gen(function* () {
      const server = yield* serverWith({
        name: "query",
        inputSchema: takes("sql"),
        reply: said('[{"n": "91", "total": "195.50", "biggest": "9007199254740993", "name": "007"}]')
      })
      const sql = "SELECT COUNT(*) AS n, SUM(price) AS total, MAX(id) AS biggest, MIN(name) AS name FROM products"
      const { result } = yield* ask(server).pipe(Effect.provide(writing(sql)))
      assert.deepStrictEqual(result?.rows, [[91, 195.5, 9007199254740993n, "007"]])
    })
  )

  it.live("follows the refusal of two columns of one name, which objects would not hold", () =>
    Effect.gen(function* () {
      const twice = "SELECT id, product_id AS id FROM orders"
      const server = yield* serverWith({
        name: "query",
        inputSchema: takes("sql"),
        reply: said('[{"id": 1, "of": 2}]')
      })
      const { metadata, result } = yield* ask(server).pipe(
        Effect.provide(writing(twice, "SELECT id, product_id AS of FROM orders"))
      )
      assert.deepStrictEqual(
        metadata.attempts.map(({ category, outcome }) => [outcome, category]),
        [
          ["rejected", "ambiguous_column"],
          ["ok", null]
        ]
      )
      assert.match(metadata.attempts[0]?.message ?? "", /called "id": give each its own name with AS/)
      assert.deepStrictEqual(result?.rows, [[1, 2]])
      assert.strictEqual((yield* server.counters).requests["tools/call"], 1)
    })
  )
})

describe("a failure", () => {
  it.live("to read the reply is no reason to run other SQL", () =>
    Effect.gen(function* () {
      const server = yield* serverWith({
        name: "query",
        inputSchema: takes("sql"),
        reply: said("id | name\n---+---\n1 | a")
      })
      const error = yield* Effect.flip(ask(server)).pipe(Effect.provide(writing("SELECT id FROM products")))
      assert.strictEqual(error._tag, "QueryExecutionError")
      assert.match(error.message, /the reply is not a table: id \| name.*\(other, 1 attempt\)/)
      assert.strictEqual((yield* server.counters).requests["tools/call"], 1)
    })
  )

  it.live("of the call that says nothing more is tried again with other SQL", () =>
    Effect.gen(function* () {
      // What the Python SDK 2.3 makes of an exception.
      const failed = { ...said("Error executing tool execute_query"), isError: true }
      const reply = [failed, said('[{"id": 1}]')]
      const server = yield* serverWith({ name: "execute_query", inputSchema: takes("query"), reply })
      const { result } = yield* ask(server).pipe(
        Effect.provide(writing("SELECT id FROM products", "SELECT MIN(id) AS id FROM products"))
      )
      assert.deepStrictEqual(result?.rows, [[1]])
    })
  )

  it.live("to choose a tool names those there are, and the line to write", () =>
    Effect.gen(function* () {
      const server = yield* serverWith(
        { name: "execute_sql", inputSchema: takes("sql"), reply: said("[]") },
        { name: "run_query", inputSchema: takes("sql"), reply: said("[]") }
      )
      const error = yield* Effect.flip(ask(server)).pipe(Effect.provide(writing("SELECT id FROM products")))
      assert.include(
        error.message,
        '"execute_sql" and "run_query" may run SQL; it offers "execute_sql", "run_query": write tools: { execute_query: "execute_sql" }'
      )
      assert.isUndefined((yield* server.counters).requests["tools/call"])
    })
  )
})
