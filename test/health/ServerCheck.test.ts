import { assert, describe, it } from "@effect/vitest"
import { InMemoryTransport } from "@modelcontextprotocol/sdk/inMemory.js"
import { Server } from "@modelcontextprotocol/sdk/server/index.js"
import { ListResourcesRequestSchema, ListToolsRequestSchema } from "@modelcontextprotocol/sdk/types.js"
import { Effect, Layer, Logger } from "effect"
import * as ConfigLoader from "../../src/config/ConfigLoader.ts"
import { Transports } from "../../src/connection/Transports.ts"
import * as ServerCheck from "../../src/health/ServerCheck.ts"
import { type FakeScript, FakeServer } from "../../src/testing/index.ts"
import * as Servers from "../query/Servers.ts"

const check = Effect.fnUntraced(
  function* (
    servers: ReadonlyArray<FakeServer.FakeServer>,
    overrides: Parameters<typeof FakeServer.orchestratorConfig>[1] = {}
  ) {
    return yield* ServerCheck.check(yield* ConfigLoader.fromUnknown(FakeServer.orchestratorConfig(servers, overrides)))
  },
  Effect.provide([Transports.layerSse, Logger.layer([])])
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
      assert.deepStrictEqual(report?.handshake, {
        protocolVersion: "2025-06-18",
        serverInfo: { name: "the database", version: "3.2.1" },
        offersResources: true,
        offersTools: true
      })
      assert.strictEqual(report?.resources, 1)
      assert.strictEqual(report?.sample, "database://metadata")
      assert.deepStrictEqual(report?.tools, ["execute_query"])
      assert.strictEqual(report?.sqlArgument, "sql")
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
      const report = yield* checkOne({ resources: [one] }, { servers: [{ capabilities: ["execute_query"] }] })
      assert.isFalse(report.ok)
      assert.strictEqual(report.error?._tag, "ResourceFetchError")
      assert.deepStrictEqual([report.error?.stage, report.error?.reason], ["call", "Unsupported"])
      assert.match(
        report.error?.message ?? "",
        /^cannot list the tools of server_1: .*declares execute_query.*no tool of the server.* Correct mcp_servers\.server_1\.capabilities/
      )
      assert.deepStrictEqual(report.warnings, [])
      // What was found before stays in the report.
      assert.strictEqual(report.resources, 1)
      assert.strictEqual(report.sample, "a://1")
    })
  )

  it.live("declare an execute_query that cannot take SQL: an error too", () =>
    Effect.gen(function* () {
      const tool = { name: "execute_query", inputSchema: { type: "object" }, reply: Servers.rows([]) } as const
      const report = yield* checkOne({ resources: [one], tools: [tool] })
      assert.deepStrictEqual([report.error?.stage, report.error?.reason], ["call", "Unsupported"])
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

  it.live("without resources are an error: nothing could be gathered", () =>
    Effect.gen(function* () {
      const report = yield* checkOne({ capabilities: { tools: {} } })
      assert.deepStrictEqual([report.error?.stage, report.error?.reason], ["list", "Unsupported"])
    })
  )
})

describe("tools that cannot be listed", () => {
  /** A server of the SDK's, in memory, that fails to list its tools. */
  const inMemory = Layer.succeed(Transports, {
    make: () =>
      Effect.promise(async () => {
        const [client, served] = InMemoryTransport.createLinkedPair()
        const server = new Server({ name: "sdk", version: "1" }, { capabilities: { resources: {}, tools: {} } })
        server.setRequestHandler(ListResourcesRequestSchema, () => ({ resources: [] }))
        server.setRequestHandler(ListToolsRequestSchema, () => Promise.reject(new Error("no tools today")))
        await server.connect(served)
        return client
      })
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
      assert.deepStrictEqual([error?.stage, error?.reason], ["call", "ServerError"])
      assert.match(error?.message ?? "", /^cannot list the tools of server_1: .*no tools today/)
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
      assert.deepStrictEqual([report?.error?.reason, report?.error?.attempts], ["Unavailable", 1])
      assert.strictEqual((yield* server.counters).requests["resources/list"], 1)
    })
  )

  it.live("that never answers ends with its deadline", () =>
    Effect.gen(function* () {
      const server = yield* FakeServer.make({ faults: [{ at: "headers", fault: { kind: "stall" } }] })
      const [report] = yield* check([server], { servers: [{ connect_timeout: "50 millis" }] })
      assert.deepStrictEqual([report?.error?.stage, report?.error?.reason], ["http", "TimedOut"])
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
        { orchestration: { gather_timeout: "100 millis" } }
      )
      assert.deepStrictEqual([report.error?.stage, report.error?.reason], ["list", "TimedOut"])
    })
  )
})
