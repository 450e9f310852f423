import { assert, describe, it } from "@effect/vitest"
import { InMemoryTransport } from "@modelcontextprotocol/sdk/inMemory.js"
import { Server } from "@modelcontextprotocol/sdk/server/index.js"
import { ListResourcesRequestSchema, ListToolsRequestSchema } from "@modelcontextprotocol/sdk/types.js"
import { Effect, Layer, Logger } from "effect"
import * as ConfigLoader from "../../src/config/ConfigLoader.ts"
import * as SdkSession from "../../src/connection/SdkSession.ts"
import { Sessions } from "../../src/connection/Sessions.ts"
import * as ServerReason from "../../src/errors/ServerReason.ts"
import * as ServerCheck from "../../src/health/ServerCheck.ts"
import * as ServerReport from "../../src/health/ServerReport.ts"
import { type FakeScript, FakeServer } from "../../src/testing/index.ts"
import * as SqliteServer from "../grounding/introspection/SqliteServer.ts"
import * as Servers from "../query/Servers.ts"

const check = Effect.fnUntraced(
  function* (
    servers: ReadonlyArray<FakeServer.FakeServer>,
    overrides: Parameters<typeof FakeServer.orchestratorConfig>[1] = {}
  ) {
    return yield* ServerCheck.check(yield* ConfigLoader.fromUnknown(FakeServer.orchestratorConfig(servers, overrides)))
  },
  Effect.provide([Sessions.layerSse, Logger.layer([])])
)

/** The report of one server. */
const checkOne = Effect.fnUntraced(function* (
  script: FakeScript.FakeScript,
  overrides: Parameters<typeof FakeServer.orchestratorConfig>[1] = {}
) {
  const [report] = yield* check([yield* FakeServer.make(script)], overrides)
  return report ?? (yield* Effect.die("no report"))
})

const one = { uri: "a://1", name: "one", text: "1" }

describe("a good server", () => {
  it.live("is reported with what it says of itself, what it offers, and the time of every step", () =>
    Effect.gen(function* () {
      const server = yield* FakeServer.make({
        ...Servers.databaseScript(Servers.rows([])),
        serverInfo: { name: "the database", version: "3.2.1" },
        protocolVersion: "2025-06-18"
      })
      const [report] = yield* check([server])
      assert.isTrue(report?.ok)
      assert.isNull(report?.error)
      assert.deepStrictEqual(report?.declared, ["list_resources", "execute_query"])
      assert.deepStrictEqual(report?.handshake, {
        protocolVersion: "2025-06-18",
        serverInfo: { name: "the database", version: "3.2.1" },
        offersResources: true,
        offersTools: true
      })
      assert.deepStrictEqual([report?.resources, report?.read], [1, 1])
      assert.strictEqual(report?.bytes, JSON.stringify(Servers.schema).length)
      assert.strictEqual(report?.sample, "database://metadata")
      assert.deepStrictEqual(report?.tools, ["execute_query"])
      assert.deepStrictEqual([report?.sqlTool, report?.sqlArgument], ["execute_query", "sql"])
      assert.deepStrictEqual(report?.walls, ["lexical", "sqlite"])
      assert.deepStrictEqual(report?.warnings, [])
      assert.deepStrictEqual(
        report?.steps.map(({ step }) => step),
        ["tcp", "connect", "list", "read", "tool"]
      )
      for (const { ms } of report?.steps ?? []) assert.isAtLeast(ms, 0)
      // Nothing is executed, and nothing is left behind.
      assert.isUndefined((yield* server.counters).requests["tools/call"])
      yield* server.awaitIdle
    })
  )

  it.live("known by name is looked up first", () =>
    Effect.gen(function* () {
      const server = yield* FakeServer.make({ resources: [one] })
      const url = `http://localhost:${server.port}/sse`
      const [report] = yield* check([server], { servers: [{ url }] })
      assert.deepStrictEqual(report?.warnings, [])
      assert.strictEqual(report?.steps[0]?.step, "dns")
    })
  )

  it.live("is given the time it took, step by step", () =>
    Effect.gen(function* () {
      const report = yield* checkOne({ resources: [one], latency: { initialize: 300, read: 30 } })
      const took = new Map(report.steps.map(({ ms, step }) => [step, ms]))
      assert.isAtLeast(took.get("connect") ?? 0, 290)
      assert.isAtLeast(took.get("read") ?? 0, 25)
      assert.isBelow(took.get("tcp") ?? Infinity, 290)
    })
  )
})

describe("the capabilities", () => {
  it.live("declare an execute_query that the server does not offer: an error about its tools", () =>
    Effect.gen(function* () {
      const other = { name: "summarize", reply: Servers.rows([]) }
      const capabilities = ["execute_query", "list_resources"]
      const report = yield* checkOne({ resources: [one], tools: [other] }, { servers: [{ capabilities }] })
      assert.isFalse(report.ok)
      assert.strictEqual(report.error?._tag, "ResourceFetchError")
      assert.deepStrictEqual([report.error?.stage, report.error?.reason._tag], ["call", "Unsupported"])
      assert.match(
        report.error?.message ?? "",
        /^cannot list the tools of server_1: .*declares execute_query.*no tool of the server.* Correct mcp_servers\.server_1\.capabilities/
      )
      assert.deepStrictEqual(report.warnings, [])
      assert.deepStrictEqual(
        report.error?.reason,
        new ServerReason.Unsupported({ lacks: "tools", tools: ["summarize"] })
      )
      // What was found before stays in the report.
      assert.deepStrictEqual([report.resources, report.read], [1, 1])
      assert.deepStrictEqual(report.tools, ["summarize"])
    })
  )

  it.live("declare an execute_query, and the server has no tools at all: an error that says so", () =>
    Effect.gen(function* () {
      const report = yield* checkOne({ resources: [one] }, { servers: [{ capabilities: ["execute_query"] }] })
      assert.deepStrictEqual([report.error?.stage, report.error?.reason._tag], ["call", "Unsupported"])
      assert.match(report.error?.message ?? "", /declares execute_query, but the server does not offer the tools capab/)
      assert.isNull(report.tools)
    })
  )

  it.live("declare an execute_query that cannot take SQL: an error too", () =>
    Effect.gen(function* () {
      const tool = { name: "execute_query", inputSchema: { type: "object" }, reply: Servers.rows([]) } as const
      const report = yield* checkOne({ resources: [one], tools: [tool] })
      assert.deepStrictEqual([report.error?.stage, report.error?.reason._tag], ["call", "Unsupported"])
      assert.match(report.error?.message ?? "", /no argument of the tool "execute_query" is known to take SQL/)
      assert.deepStrictEqual(report.tools, ["execute_query"])
    })
  )

  it.live("that are declared and not offered, or offered and not declared, are warnings", () =>
    Effect.gen(function* () {
      const report = yield* checkOne(
        { resources: [one], ...Servers.databaseScript(Servers.rows([])) },
        { servers: [{ capabilities: ["list_resources", "summarize"] }] }
      )
      assert.isTrue(report.ok)
      assert.isNull(report.sqlArgument)
      assert.deepStrictEqual(report.warnings, [
        "the configuration declares summarize, but the server offers no such tool",
        "the server offers execute_query, but the configuration does not declare it: it is not used"
      ])
    })
  )

  it.live(
    "declare an execute_query that goes by another name: which tool runs SQL, and whether it says that it writes",
    () =>
      Effect.gen(function* () {
        const inputSchema = { type: "object", properties: { query: { type: "string" } }, required: ["query"] } as const
        // @executeautomation/database-server and @liangshanli/mcp-server-mysql.
        const reading = { name: "read_query", description: "Execute SELECT queries to read data from the database" }
        const writing = { name: "sql_query", description: "Execute SQL query, supports DDL and DML operations" }
        const reply = Servers.rows([])
        const checkTool = (tool: typeof reading, capability: string) =>
          checkOne(
            { resources: [one], tools: [{ ...tool, inputSchema, reply }] },
            { servers: [{ capabilities: ["list_resources", capability], introspection: "never" }] }
          )
        const read = yield* checkTool(reading, "execute_query")
        assert.deepStrictEqual([read.ok, read.sqlTool, read.sqlArgument], [true, "read_query", "query"])
        assert.deepStrictEqual(read.warnings, [])
        const write = yield* checkTool(writing, "execute_query")
        assert.deepStrictEqual(write.warnings, [
          "its SQL tool sql_query also accepts writes; statements are checked before they are sent"
        ])
        const unused = yield* checkTool(reading, "read_query")
        assert.isNull(unused.sqlTool)
        assert.deepStrictEqual(unused.warnings, [
          "the server offers read_query, but the configuration does not declare execute_query: it is not used"
        ])
      })
  )

  it.live("declare resources that the server does not offer: an error with the line to change", () =>
    Effect.gen(function* () {
      const tool = { ...Servers.databaseScript(Servers.rows([])), capabilities: { tools: {} } }
      const capabilities = ["execute_query", "list_resources"]
      const report = yield* checkOne(tool, { servers: [{ capabilities }] })
      assert.deepStrictEqual([report.error?.stage, report.error?.reason._tag], ["list", "Unsupported"])
      assert.include(report.error?.remedy, 'remove "list_resources" from mcp_servers.server_1.capabilities')
    })
  )

  // The SDK's default without resources, and one that advertises what it does not know (crush#2227).
  it.live("do not declare resources: the server is not asked for any, and its tools are tested", () =>
    Effect.gen(function* () {
      const { tools = [] } = Servers.databaseScript(Servers.rows([]))
      const unknown = { kind: "error", code: -32601 } as const
      const scripts: ReadonlyArray<FakeScript.FakeScript> = [
        { tools, capabilities: { tools: {} } },
        { tools, faults: [{ at: "list", fault: unknown }] }
      ]
      for (const script of scripts) {
        const only = { capabilities: ["execute_query"], introspection: "never" }
        const report = yield* checkOne(script, { servers: [only] })
        assert.isTrue(report.ok, report.error?.message)
        // That it offers resources says nothing: FastMCP advertises them whether there are any or not.
        assert.deepStrictEqual(report.warnings, [])
        assert.deepStrictEqual([report.resources, report.read, report.sqlArgument], [0, 0, "sql"])
        assert.deepStrictEqual(
          report.steps.map(({ step }) => step),
          ["tcp", "connect", "tool"]
        )
      }
    })
  )

  it.live("are none that is used: a warning", () =>
    Effect.gen(function* () {
      const neither = yield* checkOne(
        { tools: [{ name: "summarize", reply: Servers.rows([]) }], capabilities: { tools: {} } },
        { servers: [{ capabilities: ["summarize"] }] }
      )
      assert.isTrue(neither.ok)
      assert.deepStrictEqual(neither.warnings, [
        "the configuration declares neither list_resources nor execute_query: nothing of the server is used"
      ])
    })
  )
})

describe("the resources", () => {
  // The two that mcp-postgres-full-access lists: what is there, and a placeholder that nobody can read.
  it.live("are all read: one that cannot be read is an error with its URI, and how to leave it out", () =>
    Effect.gen(function* () {
      const uri = "postgres://host/%7BtableName%7D/schema"
      const report = yield* checkOne(
        {
          resources: [
            { uri: "postgres://host/database-schemas", name: "database-schemas", json: [] },
            { uri, name: "table-schema", json: [] }
          ],
          faults: [{ at: "read", uri, fault: { kind: "error", message: 'relation "{tableName}" does not exist' } }]
        },
        { servers: [{ max_concurrency: 1 }] }
      )
      assert.isFalse(report.ok)
      const { error } = report
      if (error?._tag !== "ResourceFetchError") return assert.fail("another error")
      assert.deepStrictEqual([error.uri, error.reason._tag], [uri, "ServerError"])
      assert.include(error.remedy, `add ${JSON.stringify(uri)} to mcp_servers.server_1.resources.exclude`)
      // How far it came.
      assert.deepStrictEqual([report.resources, report.read, report.bytes], [2, 1, 2])
      assert.deepStrictEqual(report.understood, [])
    })
  )

  it.live("are reported with what was understood of each, in the order of their names", () =>
    Effect.gen(function* () {
      const report = yield* checkOne({
        resources: [
          { uri: "db://schema?token=abcdefghijkl", name: "schema", json: Servers.schema },
          {
            uri: "a://mappings",
            name: "column_mappings",
            json: { revenue: "SUM(orders.amount)", price: "products.price" }
          },
          { uri: "a://aliases", name: "aliases", json: { pulse: { canonical_name: "Pulse", aliases: ["band"] } } },
          { uri: "a://rules", name: "rules", text: "Revenue is net of returns." },
          { uri: "a://logo", name: "logo", blob: "AAEC", mimeType: "image/png" },
          { uri: "a://counts", name: "counts", json: [1, 2] }
        ]
      })
      const none = { server: "server_1", tables: 0, mappings: 0, entities: 0, text: false }
      assert.deepStrictEqual(report.understood, [
        { uri: "a://aliases", name: "aliases", ...none, entities: 1 },
        { uri: "a://mappings", name: "column_mappings", ...none, mappings: 2 },
        { uri: "a://counts", name: "counts", ...none },
        { uri: "a://logo", name: "logo", ...none },
        { uri: "a://rules", name: "rules", ...none, text: true },
        { uri: "db://schema?token=<redacted>", name: "schema", ...none, tables: 2 }
      ])
      assert.deepStrictEqual(report.warnings, ["nothing was understood in counts, logo"])
    })
  )

  // bytebase/dbhub#130: what a server with templates alone gives is an empty gather.
  it.live("that are only templates are a warning with the first of them", () =>
    Effect.gen(function* () {
      const templates = ["schemas", "tables", "indexes", "procedures"].map((kind) => `db://{schema}/${kind}`)
      const report = yield* checkOne({ templates })
      assert.isTrue(report.ok)
      assert.deepStrictEqual(report.warnings, [
        "the server lists no resources, only templates, which are not expanded: db://{schema}/schemas, db://{schema}/tables, db://{schema}/indexes and 1 more"
      ])
    })
  )
})

describe("resources.exclude", () => {
  it.live("leaves out what is then neither read nor missed; a pattern that matches nothing is a warning", () =>
    Effect.gen(function* () {
      const uri = "postgres://host/%7BtableName%7D/schema"
      const report = yield* checkOne(
        {
          resources: [{ uri, name: "table-schema", json: [] }],
          faults: [{ at: "read", uri, fault: { kind: "error" } }]
        },
        { servers: [{ resources: { exclude: ["*/{tableName}/schema", "db://none/*"] } }] }
      )
      assert.deepStrictEqual([report.ok, report.resources, report.excluded, report.read], [true, 0, 1, 0])
      assert.deepStrictEqual(report.warnings, [
        'resources.exclude has "db://none/*", which matches no resource that is listed'
      ])
    })
  )
})

describe("the schema", () => {
  it.live("is asked of a database that describes none, as in a gather, and its tables are counted", () =>
    Effect.gen(function* () {
      const tool = SqliteServer.tool(yield* SqliteServer.open(SqliteServer.awkward))
      const script = { tools: [tool], capabilities: { tools: {} } }
      const report = yield* checkOne(script, { servers: [{ capabilities: ["execute_query"] }] })
      assert.isTrue(report.ok, report.error?.message)
      assert.strictEqual(report.schemaTables, 6)
      assert.deepStrictEqual(
        report.steps.map(({ step }) => step),
        ["tcp", "connect", "tool", "schema"]
      )
      assert.deepStrictEqual(ServerReport.shortcomings([report]), [])
    })
  )

  it.live("that cannot be had is an error, as in a gather; what was found before stays in the report", () =>
    Effect.gen(function* () {
      const tool = SqliteServer.tool(yield* SqliteServer.open(SqliteServer.awkward))
      const report = yield* checkOne({ resources: [one], tools: [tool] }, { servers: [{ dialect: "postgres" }] })
      if (report.error?._tag !== "ResourceFetchError") return assert.fail("another error")
      assert.deepStrictEqual([report.error.operation, report.error.reason._tag], ["introspect", "Unsupported"])
      assert.include(report.error.remedy, 'dialect: "sqlite"')
      assert.deepStrictEqual([report.read, report.sqlTool, report.schemaTables], [1, "execute_query", null])
    })
  )
})

describe("the shortcomings of all servers", () => {
  const shortcomings = (scripts: ReadonlyArray<FakeScript.FakeScript>) =>
    Effect.gen(function* () {
      const servers = yield* Effect.forEach(scripts, (script) => FakeServer.make(script))
      const never = { introspection: "never" }
      return ServerReport.shortcomings(yield* check(servers, { servers: [never, never] }))
    })

  it.live("are none where tables are known and somebody runs SQL", () =>
    Effect.gen(function* () {
      const { resources = [], tools = [] } = Servers.databaseScript(Servers.rows([]))
      assert.deepStrictEqual(yield* shortcomings([{ resources }, { tools }]), [])
    })
  )

  it.live("are that nobody describes a table, that nobody runs SQL, or both", () =>
    Effect.gen(function* () {
      const { resources = [], tools = [] } = Servers.databaseScript(Servers.rows([]))
      const [noTable, ...rest] = yield* shortcomings([{ resources: [one], tools }])
      assert.match(noTable ?? "", /^no table was found: a question cannot be answered\. .*docs\/servers\.md/)
      assert.deepStrictEqual(rest, [])
      const noSql = "no server declares execute_query: a question cannot be answered, names can be resolved"
      assert.deepStrictEqual(yield* shortcomings([{ resources }]), [noSql])
      assert.deepStrictEqual(yield* shortcomings([{}]), [noTable ?? "", noSql])
    })
  )

  it.live("are not known while a server fails", () =>
    Effect.gen(function* () {
      const broken = { faults: [{ at: "list", fault: { kind: "error" } }] } as const
      assert.deepStrictEqual(yield* shortcomings([{}, broken]), [])
    })
  )
})

describe("tools that cannot be listed", () => {
  /** A server of the SDK's, in memory, that fails to list its tools. */
  const inMemory = Layer.succeed(Sessions, {
    open: (config) =>
      SdkSession.open(
        config,
        Effect.promise(async () => {
          const [client, served] = InMemoryTransport.createLinkedPair()
          const server = new Server({ name: "sdk", version: "1" }, { capabilities: { resources: {}, tools: {} } })
          server.setRequestHandler(ListResourcesRequestSchema, () => ({ resources: [] }))
          server.setRequestHandler(ListToolsRequestSchema, () => Promise.reject(new Error("no tools today")))
          await server.connect(served)
          return client
        })
      )
  })
  const checkWith = Effect.fnUntraced(
    function* (capability: string) {
      const server = yield* FakeServer.make({})
      const overrides = { servers: [{ capabilities: [capability] }] }
      const config = yield* ConfigLoader.fromUnknown(FakeServer.orchestratorConfig([server], overrides))
      const [report] = yield* ServerCheck.check(config)
      return report ?? (yield* Effect.die("no report"))
    },
    Effect.provide([inMemory, Logger.layer([])])
  )

  it.live("are an error where execute_query is declared", () =>
    Effect.gen(function* () {
      const { error, tools } = yield* checkWith("execute_query")
      assert.isNull(tools)
      assert.deepStrictEqual([error?.stage, error?.reason._tag], ["call", "ServerError"])
      assert.match(error?.message ?? "", /^cannot list the tools of server_1: .*no tools today/)
    })
  )

  it.live("are an error where nothing else is declared", () =>
    Effect.gen(function* () {
      const { error } = yield* checkWith("summarize")
      assert.deepStrictEqual([error?.stage, error?.reason._tag], ["call", "ServerError"])
    })
  )

  it.live("are a warning where nobody needs them", () =>
    Effect.gen(function* () {
      const { ok, warnings } = yield* checkWith("list_resources")
      assert.isTrue(ok)
      assert.match(warnings.join("\n"), /its tools cannot be listed: .*no tools today/)
    })
  )
})

describe("warnings", () => {
  it.live("are given for a server without resources", () =>
    Effect.gen(function* () {
      const report = yield* checkOne({})
      assert.isTrue(report.ok)
      assert.deepStrictEqual([report.resources, report.sample], [0, null])
      assert.deepStrictEqual(report.warnings, ["the server has no resources"])
    })
  )

  it.live("are given for plain http to another machine, whether it answers or not", () =>
    Effect.gen(function* () {
      const server = yield* FakeServer.make({})
      // A name that is no loopback by its looks; by RFC 6761 it is never found.
      const [report] = yield* check([server], { servers: [{ url: "http://mcp.invalid/sse" }] })
      assert.isFalse(report?.ok)
      assert.strictEqual(report?.error?.stage, "dns")
      assert.match(report?.warnings.join() ?? "", /^plain http to mcp\.invalid/)
      assert.deepStrictEqual(report?.steps, [])
    })
  )
})

describe("a bad server", () => {
  it.live("does not keep the others from being tested, in priority order", () =>
    Effect.gen(function* () {
      const [down, broken, good] = yield* Effect.all([
        FakeServer.make({}),
        FakeServer.make({ resources: [one], faults: [{ at: "read", fault: { kind: "error" } }] }),
        FakeServer.make({ resources: [one] })
      ])
      yield* down.kill
      const reports = yield* check([down, broken, good])
      assert.deepStrictEqual(
        reports.map(({ error, ok, server }) => [server, ok, error?._tag, error?.stage]),
        [
          ["server_1", false, "McpConnectionError", "connect"],
          ["server_2", false, "ResourceFetchError", "read"],
          ["server_3", true, undefined, undefined]
        ]
      )
      assert.isNull(reports[0]?.handshake)
      assert.isNull(reports[0]?.tools)
      assert.deepStrictEqual(
        reports[1]?.steps.map(({ step }) => step),
        ["tcp", "connect", "list"]
      )
      yield* broken.awaitIdle
    })
  )

  it.live("is tried once", () =>
    Effect.gen(function* () {
      const unavailable = { kind: "status", status: 503 } as const
      const server = yield* FakeServer.make({ faults: [{ at: "list", fault: unavailable }] })
      const [report] = yield* check([server])
      assert.deepStrictEqual([report?.error?.reason._tag, report?.error?.attempts], ["Unavailable", 1])
      assert.strictEqual((yield* server.counters).requests["resources/list"], 1)
    })
  )

  it.live("is read again as in a gather, where one of many reads met it at a bad moment", () =>
    Effect.gen(function* () {
      const report = yield* checkOne(
        { resources: [one], faults: [{ at: "read", nth: 1, fault: { kind: "status", status: 503 } }] },
        { orchestration: { retry: { base_delay: "1 millis" } } }
      )
      assert.deepStrictEqual([report.ok, report.read], [true, 1])
    })
  )

  it.live("that never answers ends with its deadline", () =>
    Effect.gen(function* () {
      const server = yield* FakeServer.make({ faults: [{ at: "headers", fault: { kind: "stall" } }] })
      const [report] = yield* check([server], { servers: [{ connect_timeout: "50 millis" }] })
      assert.deepStrictEqual([report?.error?.stage, report?.error?.reason._tag], ["http", "TimedOut"])
      assert.deepStrictEqual(
        report?.steps.map(({ step }) => step),
        ["tcp"]
      )
      yield* server.awaitIdle
    })
  )

  it.live("that lists for ever ends with gather_timeout", () =>
    Effect.gen(function* () {
      const report = yield* checkOne(
        { latency: { list: 5 }, faults: [{ at: "list", fault: { kind: "cursor", cursor: "endless" } }] },
        { orchestration: { gather_timeout: "400 millis" } }
      )
      assert.deepStrictEqual([report.error?.stage, report.error?.reason._tag], ["list", "TimedOut"])
    })
  )
})
