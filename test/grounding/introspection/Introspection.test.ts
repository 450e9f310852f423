/** Introspection as a part of the gather, over real sockets. */
import { assert, describe, it } from "@effect/vitest"
import { Duration, Effect, Fiber, Redacted } from "effect"
import type { OrchestratorConfig } from "../../../src/config/OrchestratorConfig.ts"
import * as Introspection from "../../../src/grounding/introspection/Introspection.ts"
import * as Gather from "../../../src/resources/Gather.ts"
import * as Progress from "../../../src/resources/Progress.ts"
import { type FakeScript, FakeServer } from "../../../src/testing/index.ts"
import * as LogCapture from "../../LogCapture.ts"
import { configOf, connect, type Overrides, quiet } from "../../connection/fixture.ts"
import * as SqliteServer from "./SqliteServer.ts"

const text = (content: string): FakeScript.FakeToolResult => ({ content: [{ type: "text", text: content }] })

const sqlTool = (reply: FakeScript.FakeTool["reply"]): FakeScript.FakeScript => ({
  tools: [
    {
      name: "execute_query",
      inputSchema: { type: "object", properties: { sql: { type: "string" } }, required: ["sql"] },
      reply
    }
  ]
})

/** The probe is answered as this dialect does, everything else so. */
const speaking = (half: string, cut: string, reply: (sql: string) => FakeScript.FakeToolResult) =>
  sqlTool(({ sql }) =>
    String(sql).includes("mo_m") ? text(JSON.stringify([{ mo_m: half, mo_c: cut }])) : reply(String(sql))
  )
const sqlite = (reply: (sql: string) => FakeScript.FakeToolResult) => speaking("0", "abc", reply)
const refusing = (message: string) => ({ isError: true, ...text(message) })

/** A gather with introspection, and with its log, over these servers, all of which declare `execute_query`. */
const logged = (
  servers: ReadonlyArray<FakeServer.FakeServer>,
  server: Overrides = {},
  overrides: Partial<OrchestratorConfig> = {}
) => {
  const config = configOf(servers, {
    server: { capabilities: ["list_resources", "execute_query"], ...server },
    ...overrides
  })
  return Effect.map(connect(config), (connections) => Gather.gatherAll(connections, config, Introspection.addSchema))
}

/** The same without its log. */
const gathering = (...args: Parameters<typeof logged>) => Effect.map(logged(...args), quiet)

const tablesOf = ({ servers: [server] }: Effect.Success<ReturnType<typeof Gather.gatherAll>>) =>
  server?.schema?.tables.map(({ name }) => name) ?? null

const limits = { pages: 1000, resources: 1000, resourceBytes: 8_000_000, serverBytes: 64_000_000 }

describe("the schema of a database", () => {
  it.live("is gathered through its SQL tool where no resource describes a table", () =>
    Effect.gen(function* () {
      const database = yield* SqliteServer.open(SqliteServer.awkward)
      const statements: Array<string> = []
      const tool = SqliteServer.tool(database, SqliteServer.replies.whole, (sql) => void statements.push(sql))
      const server = yield* FakeServer.make({
        resources: [{ uri: "notes://a", name: "a", text: "be kind" }],
        tools: [tool]
      })
      const log = LogCapture.make()
      const events: Array<Progress.ProgressEvent> = []
      const gathered = yield* (yield* logged([server])).pipe(
        Effect.provideService(Progress.Listener, (event) => void events.push(event)),
        Effect.provide(log.layer)
      )
      assert.deepStrictEqual(tablesOf(gathered), ["Order Lines", "busy", "customers", "notes", "rates", "untyped"])
      assert.strictEqual(gathered.servers[0]?.schema?.dialect, "sqlite")
      assert.lengthOf(statements, 2)
      const [line] = log.of("schema_introspected")
      assert.deepInclude(line, { component: "grounding", server: "server_1", dialect: "sqlite", tables: 6, calls: 2 })
      assert.deepStrictEqual(
        events.filter(({ _tag }) => _tag === "Introspected"),
        [{ _tag: "Introspected", server: "server_1", tables: 6 }]
      )
    })
  )

  const described: FakeScript.FakeResource = {
    uri: "db://schema",
    name: "schema",
    json: { tables: { orders: { columns: ["id"] } } }
  }
  const cases = [
    { introspection: "auto", resources: [described], capabilities: ["list_resources", "execute_query"], asked: false },
    { introspection: "always", resources: [described], capabilities: ["list_resources", "execute_query"], asked: true },
    { introspection: "never", resources: [], capabilities: ["list_resources", "execute_query"], asked: false },
    { introspection: "always", resources: [], capabilities: ["list_resources"], asked: false }
  ] as const
  for (const { asked, capabilities, introspection, resources } of cases) {
    const tables = resources.length === 0 ? "no table" : "a table"
    it.live(
      `is ${asked ? "" : "not "}asked for: ${introspection}, ${tables} described, ${capabilities.join(" and ")}`,
      () =>
        Effect.gen(function* () {
          const database = yield* SqliteServer.open("CREATE TABLE stock (id INTEGER)")
          const server = yield* FakeServer.make({ resources, tools: [SqliteServer.tool(database)] })
          const gathered = yield* yield* gathering([server], { introspection, capabilities })
          assert.deepStrictEqual(tablesOf(gathered), asked ? ["stock"] : null)
          assert.strictEqual((yield* server.counters).requests["tools/call"] ?? 0, asked ? 2 : 0)
        })
    )
  }

  for (const [way, reply] of Object.entries(SqliteServer.replies)) {
    it.live(`is whole, or an error, whatever the server cuts off: ${way}`, () =>
      Effect.gen(function* () {
        const database = yield* SqliteServer.open(SqliteServer.wide(40))
        const server = yield* FakeServer.make({ tools: [SqliteServer.tool(database, reply)] })
        const gathered = yield* yield* gathering([server], {}, { limits })
        const tables = gathered.servers[0]?.schema?.tables ?? []
        assert.deepStrictEqual(
          tables.map(({ columns, foreignKeys }) => [columns.length, foreignKeys.length]),
          Array.from({ length: 40 }, (_, index) => [30, index === 0 ? 0 : 1])
        )
      })
    )
  }

  it.live("is read anew by each gather", () =>
    Effect.gen(function* () {
      const database = yield* SqliteServer.open("CREATE TABLE one (id INTEGER)")
      const server = yield* FakeServer.make({ tools: [SqliteServer.tool(database)] })
      const gather = yield* gathering([server])
      assert.deepStrictEqual(tablesOf(yield* gather), ["one"])
      database.exec("CREATE TABLE two (id INTEGER); DROP TABLE one")
      assert.deepStrictEqual(tablesOf(yield* gather), ["two"])
    })
  )

  it.live("that changes between two pages is read once more from the start", () =>
    Effect.gen(function* () {
      const database = yield* SqliteServer.open(SqliteServer.alone(12))
      let pages = 0
      const tool = SqliteServer.tool(database, SqliteServer.replies["rows, at most 10"], (sql) => {
        // A table of the first page goes: without a look at where they meet, the second page would begin one too late.
        if (sql.includes("mo_k") && ++pages === 2) database.exec("DROP TABLE table_000")
      })
      const server = yield* FakeServer.make({ tools: [tool] })
      const tables = tablesOf(yield* yield* gathering([server]))
      assert.deepStrictEqual(
        tables,
        Array.from({ length: 11 }, (_, index) => `table_${String(index + 1).padStart(3, "0")}`)
      )
    })
  )

  it.live("that never stays the same is an error", () =>
    Effect.gen(function* () {
      const database = yield* SqliteServer.open(SqliteServer.wide(30))
      let pages = 0
      const tool = SqliteServer.tool(database, SqliteServer.replies["rows, at most 10"], (sql) => {
        if (sql.includes("mo_k") && ++pages > 1) database.exec(`CREATE TABLE a_${1000 - pages} (id INTEGER)`)
      })
      const server = yield* FakeServer.make({ tools: [tool] })
      const error = yield* Effect.flip(yield* gathering([server]))
      assert.deepInclude(
        { ...error, reason: error.reason._tag },
        { _tag: "ResourceFetchError", operation: "introspect", reason: "InvalidReply" }
      )
    })
  )

  it.live("has SQLite's views by name alone where one of them does not compile, and the log says why", () =>
    Effect.gen(function* () {
      const database = yield* SqliteServer.open(`${SqliteServer.awkward} CREATE VIEW broken AS SELECT * FROM nowhere;`)
      const server = yield* FakeServer.make({ tools: [SqliteServer.tool(database)] })
      const log = LogCapture.make()
      const gathered = yield* Effect.provide(yield* logged([server]), log.layer)
      const views = gathered.servers[0]?.schema?.tables.filter(({ kind }) => kind === "view")
      assert.deepStrictEqual(
        views?.map(({ columns, name }) => [name, columns.length]),
        [
          ["broken", 0],
          ["busy", 0]
        ]
      )
      const [line] = log.of("schema_introspected")
      assert.strictEqual(line?.["level"], "WARNING")
      assert.include(JSON.stringify(line?.["error"]), "nowhere")
    })
  )

  it.live("comes a row a column where the database has no JSON functions", () =>
    Effect.gen(function* () {
      const database = yield* SqliteServer.open(SqliteServer.awkward)
      const honest = SqliteServer.tool(database)
      const server = yield* FakeServer.make(
        sqlTool((args) => {
          if (String(args["sql"]).includes("json_array")) return refusing("no such function: json_group_array")
          return typeof honest.reply === "function" ? honest.reply(args) : refusing("")
        })
      )
      const [without] = (yield* yield* gathering([server])).servers
      yield* server.setScript({ tools: [honest] })
      const [withJson] = (yield* yield* gathering([server])).servers
      assert.strictEqual(without?.schema?.tables.length, 6)
      assert.deepStrictEqual(without?.schema, withJson?.schema)
    })
  )
})

describe("a database that does not tell its schema", () => {
  /** What a gather fails with, and how many statements it sent. */
  const failing = Effect.fnUntraced(function* (
    script: FakeScript.FakeScript,
    server: Overrides = {},
    overrides: Partial<OrchestratorConfig> = {}
  ) {
    const fake = yield* FakeServer.make(script)
    const error = yield* Effect.flip(yield* gathering([fake], server, overrides))
    return { error, calls: (yield* fake.counters).requests["tools/call"] ?? 0 }
  })

  const spoken = [
    ["0", "ab", "postgres"],
    ["1.0000", "ab", "mysql"]
  ] as const
  for (const [half, cut, dialect] of spoken) {
    it.live(`is told from one whose dialect is ${dialect}, before it is asked in another`, () =>
      Effect.gen(function* () {
        const { calls, error } = yield* failing(speaking(half, cut, () => refusing("syntax error")))
        assert.deepInclude(
          { ...error, reason: error.reason._tag },
          { _tag: "ResourceFetchError", operation: "introspect", reason: "Unsupported" }
        )
        assert.include(error.remedy, `dialect: "${dialect}"`)
        assert.include(error.remedy, "mcp_servers.server_1")
        assert.strictEqual(calls, 1)
      })
    )
  }

  it.live("is one of another dialect: nothing is asked in ours", () =>
    Effect.gen(function* () {
      const { calls, error } = yield* failing(speaking("1", "abc", () => refusing("syntax error")))
      assert.include(error.detail, "none of sqlite, postgres and mysql")
      assert.strictEqual(calls, 1)
    })
  )

  // The servers' own words: @berthojoris/mcp-mysql-server, mcp-postgres-full-access over node-postgres, a role.
  const refusals = [
    ["Access to information_schema is not allowed", 'introspection: "never"'],
    ["current transaction is aborted, commands ignored until end of transaction block", "Restart the server"],
    ["permission denied for table pg_class", 'introspection: "never"']
  ] as const
  for (const [message, remedy] of refusals) {
    it.live(`is asked nothing else after: ${message}`, () =>
      Effect.gen(function* () {
        const { calls, error } = yield* failing(sqlite(() => refusing(message)))
        assert.deepInclude(
          { ...error, reason: error.reason._tag },
          { operation: "introspect", stage: "call", reason: "ServerError", attempts: 1 }
        )
        assert.include(error.detail, message)
        assert.include(error.remedy, remedy)
        assert.strictEqual(calls, 2)
      })
    )
  }

  it.live("says an error of the protocol, too, in its own words", () =>
    Effect.gen(function* () {
      const { error } = yield* failing({
        ...sqlite(() => text("[]")),
        faults: [{ at: "call", fault: { kind: "error", message: "permission denied" }, nth: 2 }]
      })
      assert.deepInclude({ ...error, reason: error.reason._tag }, { operation: "introspect", reason: "ServerError" })
      assert.include(error.detail, "permission denied")
    })
  )

  // capybara-db-mcp: no rows at all, whatever was asked.
  const empty = [
    ["no rows", "[]"],
    ["an empty object", '{"success":true,"data":{}}'],
    ["prose", "Done."]
  ] as const
  for (const [what, reply] of empty) {
    it.live(`answers with ${what}: an error, not an empty schema`, () =>
      Effect.gen(function* () {
        const { error } = yield* failing(sqlite(() => text(reply)))
        assert.deepInclude({ ...error, reason: error.reason._tag }, { operation: "introspect", reason: "InvalidReply" })
        assert.include(error.remedy, 'introspection: "never"')
      })
    )
  }

  it.live("sends replies so small that not one more row fits: the error says what to raise", () =>
    Effect.gen(function* () {
      const database = yield* SqliteServer.open(SqliteServer.wide(3))
      const { error } = yield* failing({
        tools: [SqliteServer.tool(database, (rows) => text(JSON.stringify(rows.slice(0, 1))))]
      })
      assert.deepInclude({ ...error, reason: error.reason._tag }, { operation: "introspect", reason: "InvalidReply" })
      assert.include(error.remedy, "PG_MAX_RESULT_BYTES")
    })
  )

  it.live("needs more calls, or more bytes, than the limits: a bound that was reached, never a part", () =>
    Effect.gen(function* () {
      const database = yield* SqliteServer.open(SqliteServer.wide(40))
      const cut = { tools: [SqliteServer.tool(database, SqliteServer.replies["rows, at most 10"])] }
      const pages = yield* failing(cut, {}, { limits: { ...limits, pages: 3 } })
      assert.deepInclude(
        { ...pages.error, reason: pages.error.reason._tag },
        { operation: "introspect", stage: "limit", reason: "TooMany" }
      )
      assert.strictEqual(pages.calls, 3)
      const bytes = yield* failing(cut, {}, { limits: { ...limits, serverBytes: 20_000 } })
      assert.deepInclude(
        { ...bytes.error, reason: bytes.error.reason._tag },
        { operation: "introspect", stage: "limit", reason: "TooLarge" }
      )
    })
  )

  it.live("has no tool for SQL, though the configuration says so", () =>
    Effect.gen(function* () {
      const { calls, error } = yield* failing({ resources: [] })
      assert.deepInclude({ ...error, reason: error.reason._tag }, { operation: "introspect", reason: "Unsupported" })
      assert.strictEqual(calls, 0)
    })
  )

  it.live("does not get through what it repeats of the headers", () =>
    Effect.gen(function* () {
      const secret = "c4n4ry-c4n4ry-c4n4ry"
      const headers = { "x-tenant": Redacted.make(secret) }
      const { error } = yield* failing(
        sqlite(() => refusing(`tenant ${secret} may not`)),
        { headers }
      )
      assert.notInclude(JSON.stringify(error) + error.message, secret)
    })
  )
})

describe("a gather with introspection", () => {
  const stalled = (database: Parameters<typeof SqliteServer.tool>[0]): FakeScript.FakeScript => ({
    tools: [SqliteServer.tool(database)],
    faults: [{ at: "call", fault: { kind: "stall" }, nth: 2 }]
  })

  it.live("is cancelled on the wire, statement and all, when another server fails", () =>
    Effect.gen(function* () {
      const database = yield* SqliteServer.open(SqliteServer.awkward)
      const asked = yield* FakeServer.make(stalled(database))
      const failing = yield* FakeServer.make({
        resources: [{ uri: "a://1", name: "a", text: "x" }],
        faults: [{ at: "read", fault: { kind: "delay", ms: 0 } }]
      })
      const gather = yield* gathering([asked, failing], { requestTimeout: Duration.seconds(9) })
      yield* failing.update((script) => ({ ...script, faults: [{ at: "list", fault: { kind: "stall" } }] }))
      const fiber = yield* Effect.forkChild(Effect.flip(gather))
      yield* asked.awaitRequest("tools/call", 2)
      yield* failing.awaitRequest("resources/list")
      yield* failing.kill
      const error = yield* Fiber.join(fiber)
      assert.strictEqual(error.server, "server_2")
      yield* asked.awaitCounters(({ cancelled }) => cancelled.length === 1)
      yield* asked.awaitIdle
    })
  )

  it.live("fails as a whole when the server dies in the middle of it", () =>
    Effect.gen(function* () {
      const database = yield* SqliteServer.open(SqliteServer.awkward)
      const dying = yield* FakeServer.make(stalled(database))
      const other = yield* FakeServer.make({ tools: [SqliteServer.tool(database)] })
      const fiber = yield* Effect.forkChild(Effect.flip(yield* gathering([dying, other])))
      yield* dying.awaitRequest("tools/call", 2)
      yield* dying.kill
      const error = yield* Fiber.join(fiber)
      assert.strictEqual(error.server, "server_1")
      yield* Effect.all([dying.awaitIdle, other.awaitIdle])
    })
  )

  it.live("begins again with a fresh session when the server restarts in the middle of it", () =>
    Effect.gen(function* () {
      const database = yield* SqliteServer.open(SqliteServer.awkward)
      const server = yield* FakeServer.make({
        tools: [SqliteServer.tool(database)],
        faults: [{ at: "call", fault: { kind: "restart" }, nth: 2, times: 1 }]
      })
      const gathered = yield* yield* gathering([server])
      assert.lengthOf(tablesOf(gathered) ?? [], 6)
      assert.strictEqual((yield* server.counters).requests["initialize"], 2)
    })
  )

  it.live("ends at gather_timeout, and says what it was at", () =>
    Effect.gen(function* () {
      const database = yield* SqliteServer.open(SqliteServer.awkward)
      const server = yield* FakeServer.make(stalled(database))
      const gather = yield* gathering(
        [server],
        { requestTimeout: Duration.seconds(9) },
        { gatherTimeout: Duration.millis(300) }
      )
      const error = yield* Effect.flip(gather)
      assert.deepInclude(
        { ...error, reason: error.reason._tag },
        { _tag: "ResourceFetchError", operation: "introspect", reason: "TimedOut" }
      )
      assert.include(error.message, "gather_timeout")
      assert.include(error.remedy, "PG_MAX_RESULT_BYTES")
    })
  )

  it.live("does not send a statement again that took the whole of request_timeout", () =>
    Effect.gen(function* () {
      const database = yield* SqliteServer.open(SqliteServer.awkward)
      const server = yield* FakeServer.make(stalled(database))
      const gather = yield* gathering([server], { requestTimeout: Duration.millis(300) })
      const error = yield* Effect.flip(gather)
      assert.deepInclude(
        { ...error, reason: error.reason._tag },
        { operation: "introspect", stage: "call", reason: "TimedOut", attempts: 1 }
      )
      assert.strictEqual((yield* server.counters).requests["tools/call"], 2)
    })
  )
})
