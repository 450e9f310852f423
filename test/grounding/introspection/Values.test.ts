import { assert, describe, it } from "@effect/vitest"
import { Effect, Layer } from "effect"
import { Sessions } from "../../../src/connection/Sessions.ts"
import * as Values from "../../../src/grounding/introspection/Values.ts"
import * as QueryPipeline from "../../../src/query/QueryPipeline.ts"
import { unknownRuns } from "../../../src/resolution/UnknownWords.ts"
import * as RuleBased from "../../../src/sql/RuleBased.ts"
import { type GenerationRequest, SqlGenerator } from "../../../src/sql/SqlGenerator.ts"
import type { FakeResource } from "../../../src/testing/FakeScript.ts"
import { FakeServer } from "../../../src/testing/index.ts"
import { groundingOf } from "../../query/Groundings.ts"
import * as Servers from "../../query/Servers.ts"
import * as SqliteServer from "./SqliteServer.ts"

const shop = `
CREATE TABLE customers (id INTEGER PRIMARY KEY, country TEXT, email TEXT, note TEXT);
CREATE TABLE orders (id INTEGER PRIMARY KEY, customer_id INTEGER REFERENCES customers, status VARCHAR(20), api_key TEXT);
CREATE VIEW busy AS SELECT status, country FROM orders JOIN customers ON customers.id = customer_id;
INSERT INTO customers VALUES (1, 'Germany', 'pending', 'pending'), (2, 'Österreich', 'b@x.example', NULL), (3, 'New Zealand', '', '');
INSERT INTO orders VALUES (1, 1, 'pending', 'pending'), (2, 2, 'Shipped', 's'), (3, 3, 'shipped', 't');`

const published = {
  uri: "database://metadata",
  name: "database_metadata",
  json: {
    tables: {
      customers: {
        columns: [
          { name: "id", type: "INTEGER" },
          { name: "country", type: "TEXT" }
        ]
      },
      orders: {
        columns: [
          { name: "id", type: "INTEGER" },
          { name: "customer_id", type: "INTEGER" },
          { name: "status", type: "TEXT" }
        ]
      }
    }
  }
}

/** Answers with the values that the generator saw, as if they were the statement; and remembers what was asked. */
const ask = Effect.fnUntraced(function* (
  question: string,
  options: {
    readonly query?: object
    readonly resources?: ReadonlyArray<FakeResource>
    readonly reply?: Parameters<typeof SqliteServer.tool>[1]
    readonly setup?: string
    readonly server?: { readonly [key: string]: unknown }
    /** Of the generator. */
    readonly name?: string
  } = {}
) {
  const database = yield* SqliteServer.open(options.setup ?? shop)
  const statements: Array<string> = []
  const server = yield* FakeServer.make({
    resources: options.resources ?? [],
    tools: [SqliteServer.tool(database, options.reply, (sql) => statements.push(sql))]
  })
  const generation = yield* Servers.generationOf([server], {
    servers: [options.server ?? {}],
    orchestration: { query: { ...options.query } }
  })
  const seen: Array<GenerationRequest> = []
  const generator = Layer.succeed(SqlGenerator, {
    name: options.name ?? "curious",
    repairs: false,
    generate: (request) => {
      seen.push(request)
      return Effect.succeed({ sql: "SELECT id FROM orders", explanation: "", usedEntities: [] })
    }
  })
  const result = yield* QueryPipeline.query(question, generation, { dryRun: true }).pipe(
    Effect.provide(generator),
    Effect.result
  )
  const found = Object.fromEntries(
    (seen[0]?.grounding.tables ?? []).flatMap(({ columns, name }) =>
      columns.flatMap((column) => (column.values.length === 0 ? [] : [[`${name}.${column.name}`, column.values]]))
    )
  )
  const references = (seen[0]?.mentions ?? []).map(({ resolution }) => resolution.databaseReferences)
  return { asked: statements.filter((sql) => sql.includes("mo_v")), found, references, result, statements }
}, Effect.provide(Sessions.layerSse))

describe("Values", () => {
  it.live("that the question names are found in the database, as it writes them", () =>
    Effect.gen(function* () {
      const { found } = yield* ask("How many shipped orders went to germany or New Zealand?")
      assert.deepStrictEqual(found, {
        "customers.country": ["Germany", "New Zealand"],
        "orders.status": ["Shipped", "shipped"]
      })
    })
  )

  it.live("are found where resources describe the schema, too", () =>
    Effect.gen(function* () {
      const { found } = yield* ask("orders that are pending", { resources: [published] })
      assert.deepStrictEqual(found, { "orders.status": ["pending"] })
    })
  )

  it.live("beyond ASCII are found as they are written", () =>
    Effect.map(ask("orders to Österreich"), ({ found }) =>
      assert.deepStrictEqual(found, { "customers.country": ["Österreich"] })
    )
  )

  it.live("are found in the singular, too", () =>
    Effect.map(ask("orders to Germanys"), ({ found }) =>
      assert.deepStrictEqual(found, { "customers.country": ["Germany"] })
    )
  )

  it.live("that are the name of an entity say where the database keeps it, where no server does", () =>
    Effect.gen(function* () {
      const synonyms = { uri: "a://synonyms", name: "country_synonyms", json: { Germany: ["Deutschland"] } }
      const { found, references } = yield* ask("orders to Deutschland", { resources: [published, synonyms] })
      assert.deepStrictEqual(found, { "customers.country": ["Germany"] })
      assert.deepStrictEqual(references, [{ "customers.country": "Germany" }])
    })
  )

  it.live("are not asked for where every word is known", () =>
    Effect.map(ask("How many orders per country in this month?"), ({ asked }) => assert.deepStrictEqual(asked, []))
  )

  it.live("are states, for the rules alone, where nobody publishes any", () =>
    Effect.gen(function* () {
      const question = "How many orders per country in this month?"
      const rules = yield* ask(question, { name: "rule-based" })
      assert.deepStrictEqual(rules.found, { "orders.status": ["Shipped", "pending", "shipped"] })
      assert.strictEqual(rules.asked.length, 1)
      const off = yield* ask(question, { name: "rule-based", query: { values: "off" } })
      assert.deepStrictEqual(off.asked, [])
      const column = { name: "status", type: "TEXT", values: ["pending"] }
      const listed = { ...published, json: { tables: { orders: { columns: [column] } } } }
      const { asked } = yield* ask("orders", { name: "rule-based", resources: [listed] })
      assert.deepStrictEqual(asked, [])
    })
  )

  it.live("are not asked for with off", () =>
    Effect.map(ask("pending orders", { query: { values: "off" } }), ({ asked, found }) => {
      assert.deepStrictEqual(asked, [])
      assert.deepStrictEqual(found, {})
    })
  )

  it.live("of keys, views, notes, addresses and secrets are never asked for", () =>
    Effect.map(ask("pending orders"), ({ asked }) => {
      assert.strictEqual(asked.length, 1)
      for (const name of ["busy", "email", "note", "api_key", "customer_id"]) assert.notInclude(asked[0], name)
    })
  )

  it.live("come as short lists of the columns in question with sample, and no other column's", () =>
    Effect.gen(function* () {
      const { found } = yield* ask("pending orders", { query: { values: "sample" } })
      assert.deepStrictEqual(found, { "orders.status": ["pending", "Shipped", "shipped"] })
    })
  )

  it.live("are no list where there are more than 200", () =>
    Effect.gen(function* () {
      const many = Array.from({ length: 201 }, (_, index) => `(${index + 10}, 1, 'status ${index}', '')`).join(", ")
      const { found } = yield* ask("pending orders", {
        query: { values: "sample" },
        setup: `${shop} INSERT INTO orders VALUES ${many};`
      })
      assert.deepStrictEqual(found, { "orders.status": ["pending"] })
    })
  )

  it.live("are looked for in the first 10,000 rows of a table, and one not found proves nothing", () =>
    Effect.gen(function* () {
      const rows = `WITH RECURSIVE n(i) AS (SELECT 10 UNION ALL SELECT i + 1 FROM n WHERE i < 10020)
        INSERT INTO orders SELECT i, 1, 'late', '' FROM n; INSERT INTO orders VALUES (20000, 1, 'misplaced', '');`
      const { found, result } = yield* ask("misplaced orders", { setup: shop + rows })
      assert.deepStrictEqual(found, {})
      assert.strictEqual(result._tag, "Success")
    })
  )

  it.live("come whole through a server that cuts its replies", () =>
    Effect.gen(function* () {
      const tables = Array.from(
        { length: 60 },
        (_, at) => `CREATE TABLE t${at} (a TEXT); INSERT INTO t${at} VALUES ('pending');`
      )
      const { asked, found } = yield* ask("what is pending?", {
        setup: tables.join("\n"),
        reply: SqliteServer.replies["rows, at most 10"]
      })
      assert.strictEqual(Object.keys(found).length, 60)
      assert.isAbove(asked.length, 2)
    })
  )

  it.live("that a server refuses to tell fail the question, and say how to do without", () =>
    Effect.gen(function* () {
      const { result } = yield* ask("pending orders", {
        reply: (rows) =>
          rows.some((row) => row["mo_v"] !== undefined)
            ? { isError: true, content: [{ type: "text", text: "too busy" }] }
            : SqliteServer.replies.whole(rows)
      })
      const error = yield* Effect.flip(Effect.fromResult(result))
      assert.strictEqual(error._tag, "ResourceFetchError")
      assert.include(error.detail, "refused to tell values of its columns: too busy")
      assert.include(error.remedy, 'query.values: "off"')
    })
  )

  it.live("that are states are gone without where a server refuses to tell them", () =>
    Effect.gen(function* () {
      const { found, result, statements } = yield* ask("How many orders per country in this month?", {
        name: "rule-based",
        reply: (rows) =>
          rows.some((row) => row["mo_v"] !== undefined)
            ? { isError: true, content: [{ type: "text", text: "no UNION here" }] }
            : SqliteServer.replies.whole(rows)
      })
      assert.deepStrictEqual([found, result._tag], [{}, "Success"])
      assert.isAbove(statements.length, 0)
    })
  )

  it.live("are not asked of a database that does not tell its schema", () =>
    Effect.gen(function* () {
      const never = yield* ask("pending orders", { resources: [published], server: { introspection: "never" } })
      assert.deepStrictEqual([never.statements, never.result._tag], [[], "Success"])
      const silent = yield* ask("pending orders", {
        resources: [published],
        reply: () => ({ isError: true, content: [{ type: "text", text: "not allowed" }] })
      })
      assert.deepStrictEqual([silent.asked, silent.result._tag], [[], "Success"])
    })
  )

  it.live("are used by the rules as conditions", () =>
    Effect.gen(function* () {
      const database = yield* SqliteServer.open(shop)
      const server = yield* FakeServer.make({ resources: [], tools: [SqliteServer.tool(database)] })
      const generation = yield* Servers.generationOf([server])
      const { result, sql } = yield* QueryPipeline.query("How many pending orders are there?", generation, {
        dryRun: false
      }).pipe(Effect.provide([RuleBased.layer, Sessions.layerSse]))
      assert.include(sql, "'pending'")
      assert.deepStrictEqual(result?.rows, [[1]])
    }).pipe(Effect.provide(Sessions.layerSse))
  )

  it.live("of a category are those of its column, where a server lists only some of its members", () =>
    Effect.gen(function* () {
      const database = yield* SqliteServer.open(`
        CREATE TABLE products (id INTEGER PRIMARY KEY, name TEXT, category TEXT);
        INSERT INTO products VALUES (1, 'Gadget Z1', 'electronics'), (2, 'Photon Chip', 'electronics'), (3, 'Desk Radio', 'electronics'), (4, 'Wand', 'toys')`)
      const member = (name: string) => ({
        canonical_name: name,
        database_references: { "products.name": name },
        categories: ["electronics"]
      })
      const aliases = { gadget: member("Gadget Z1"), photon: member("Photon Chip") }
      const server = yield* FakeServer.make({
        resources: [{ uri: "a://aliases", name: "product_aliases", json: aliases }],
        tools: [SqliteServer.tool(database)]
      })
      const generation = yield* Servers.generationOf([server])
      const { result } = yield* QueryPipeline.query("How many electronics products are there?", generation, {
        dryRun: false
      }).pipe(Effect.provide([RuleBased.layer, Sessions.layerSse]))
      assert.deepStrictEqual(result?.rows, [[3]])
    }).pipe(Effect.provide(Sessions.layerSse))
  )
})

describe("Values in a grounding", () => {
  const source = { server: "db", uri: "sql:schema" }
  const column = (values: ReadonlyArray<string>) => ({
    name: "status",
    type: "TEXT",
    primaryKey: false,
    description: null,
    values
  })
  const grounding = (values: ReadonlyArray<string>) =>
    groundingOf({ tables: [{ name: "orders", description: null, columns: [column(values)], source }] })
  const found = (values: ReadonlyArray<string>) => [
    { column: { schema: "main", table: "orders", column: "status", listed: true }, values }
  ]
  const after = (published: ReadonlyArray<string>, told: ReadonlyArray<string>) =>
    Values.added(grounding(published), found(told)).tables[0]?.columns[0]

  it("are some of those that a column holds, and show that a published list is not all", () => {
    assert.deepInclude(after([], ["open"]), { values: ["open"], partial: true })
    assert.deepInclude(after(["open"], ["lost"]), { values: ["open", "lost"], partial: true })
    assert.notProperty(after(["open"], ["open"]) ?? {}, "partial")
  })
})

describe("The words that nobody knows", () => {
  const runs = (question: string) => unknownRuns(question, { mentions: [], schemaWords: [] })

  it("are runs of one to four words, in the singular too, and what stands in quotes", () => {
    assert.deepStrictEqual(runs("sales in New York"), [
      "sales",
      "sale",
      "sales in",
      "sales in New",
      "sales in New York",
      "in New",
      "in New York",
      "New",
      "New York",
      "York"
    ])
    assert.include(runs('orders of "Ana Sol, Lima"'), "Ana Sol, Lima")
  })

  it("are those beside them that may be surnames", () => {
    const city = { text: "Cork", start: 12, end: 16, match: "value" as const, score: 1, targets: [] }
    const beside = (question: string) => unknownRuns(question, { mentions: [], schemaWords: [city] })
    assert.include(beside("visits Brian Cork"), "Cork")
    assert.notInclude(beside("visits, ann, Cork"), "Cork")
  })

  it("are codes of letters and digits, whatever the letters say", () => {
    assert.include(runs("pupils in 7A"), "7A")
    assert.notInclude(runs("a class of 7"), "7")
  })

  it("are no numbers, and no words of grammar or of the calendar", () => {
    assert.deepStrictEqual(runs("how many of the 12 in this month are there per day?"), [])
  })
})
