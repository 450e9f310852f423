import { assert, describe, it } from "@effect/vitest"
import { Effect, Fiber, Logger, Schema } from "effect"
import { Sessions } from "../../src/connection/Sessions.ts"
import { OrchestratorErrorJson } from "../../src/OrchestratorError.ts"
import * as Execution from "../../src/query/Execution.ts"
import { FakeServer } from "../../src/testing/index.ts"
import * as Servers from "./Servers.ts"

const sql = "SELECT id FROM products"
const statement: Execution.Statement = { sql, columns: null }

const encode = Schema.encodeSync(OrchestratorErrorJson)

/** The outcome of the statement on these servers. */
const executeOn = Effect.fnUntraced(
  function* (servers: ReadonlyArray<FakeServer.FakeServer>, options: Parameters<typeof Servers.generationOf>[1] = {}) {
    const { config, connections } = yield* Servers.generationOf(servers, options)
    const [connection] = yield* Execution.candidates(connections)
    return { server: connection.server.id, rows: yield* Execution.execute(connection, statement, config) }
  },
  Effect.provide([Sessions.layerSse, Logger.layer([])])
)

const executionFailure = Effect.fnUntraced(function* (
  script: Parameters<typeof FakeServer.make>[0],
  options: Parameters<typeof executeOn>[1] = {}
) {
  const server = yield* FakeServer.make(script)
  const error = yield* Effect.flip(executeOn([server], options))
  assert.strictEqual(error._tag, "ExecutionFailure")
  if (error._tag !== "ExecutionFailure") return yield* Effect.die(error)
  const { message, reason, repairable } = error
  return { message, reason, repairable, calls: (yield* server.counters).requests["tools/call"] ?? 0 }
})

describe("the server", () => {
  it.live("is the best-priority one that declares execute_query", () =>
    Effect.gen(function* () {
      const answer = (name: string) => Servers.databaseScript(Servers.rows(["server"], [name]))
      const undeclared = yield* FakeServer.make(answer("undeclared"))
      const right = yield* FakeServer.make(answer("right"))
      const worse = yield* FakeServer.make(answer("worse"))
      const { rows, server } = yield* executeOn([undeclared, right, worse], {
        servers: [{ capabilities: ["list_resources"] }]
      })
      assert.deepStrictEqual([server, rows.rows], ["server_2", [["right"]]])
      assert.strictEqual((yield* worse.counters).sessions.total, 0)
      assert.strictEqual((yield* undeclared.counters).sessions.total, 0)
    })
  )

  it.live("gets the statement as its tool's own argument", () =>
    Effect.gen(function* () {
      const received: Array<unknown> = []
      const server = yield* FakeServer.make({
        tools: [
          {
            name: "execute_query",
            inputSchema: { type: "object", properties: { limit: { type: "integer" }, statement: { type: "string" } } },
            reply: (args) => {
              received.push(args)
              return Servers.rows(["id"], [1])
            }
          }
        ]
      })
      yield* executeOn([server])
      assert.deepStrictEqual(received, [{ statement: sql }])
    })
  )

  it.live("must be declared by the configuration", () =>
    Effect.gen(function* () {
      const server = yield* FakeServer.make(Servers.databaseScript(Servers.rows(["id"])))
      const error = yield* Effect.flip(executeOn([server], { servers: [{ capabilities: ["list_resources"] }] }))
      assert.strictEqual(error._tag, "NoMcpAvailableError")
      assert.match(error.message, /no enabled server declares .*execute_query/)
    })
  )

  it.live("that offers no such tool is named", () =>
    Effect.gen(function* () {
      const server = yield* FakeServer.make()
      const error = yield* Effect.flip(executeOn([server], { servers: [{ capabilities: ["execute_query"] }] }))
      assert.strictEqual(error._tag, "NoMcpAvailableError")
      assert.match(
        error.message,
        /^server_1 declares the capability execute_query, but no tool of the server is known to run SQL/
      )
    })
  )

  it.live("whose tool cannot take SQL is an error about its tools", () =>
    Effect.gen(function* () {
      const inputSchema = { type: "object", properties: { id: { type: "integer" } } }
      const server = yield* FakeServer.make({
        tools: [{ name: "execute_query", inputSchema, reply: Servers.rows([]) }]
      })
      const error = yield* Effect.flip(executeOn([server]))
      assert.strictEqual(error._tag, "ResourceFetchError")
      if (error._tag !== "ResourceFetchError") return
      assert.deepStrictEqual([error.server, error.stage, error.reason._tag], ["server_1", "call", "Unsupported"])
      assert.match(error.message, /^cannot list the tools of server_1: .*Correct mcp_servers\.server_1\.capabilities/)
    })
  )

  it.live("that calls its tools by our secrets is not repeated", () =>
    Effect.gen(function* () {
      const secret = "opaque-value-1"
      const tools = [{ name: `run_sql_${secret}`, inputSchema: { type: "object" }, reply: Servers.rows([]) }]
      const headers = { "x-key": secret }
      for (const named of [{}, { tools: { execute_query: `run_sql_${secret}` } }]) {
        const server = yield* FakeServer.make({ tools })
        const error = yield* Effect.flip(
          executeOn([server], { servers: [{ capabilities: ["execute_query"], headers, ...named }] })
        )
        const shown = error._tag === "ExecutionFailure" ? error.message : JSON.stringify(encode(error))
        assert.include(shown, "run_sql_")
        assert.notInclude(shown, secret)
      }
    })
  )

  it.live("that is down is an McpConnectionError after all tries", () =>
    Effect.gen(function* () {
      const server = yield* FakeServer.make(Servers.databaseScript(Servers.rows([])))
      yield* server.kill
      const error = yield* Effect.flip(executeOn([server]))
      assert.strictEqual(error._tag, "McpConnectionError")
      if (error._tag !== "McpConnectionError") return
      assert.deepStrictEqual([error.server, error.reason._tag, error.attempts], ["server_1", "Refused", 2])
    })
  )
})

describe("rows", () => {
  it.live("beyond query.max_rows are cut, and the result says so", () =>
    Effect.gen(function* () {
      const server = yield* FakeServer.make(Servers.databaseScript(Servers.rows(["id"], [1], [2], [3])))
      const cut = yield* executeOn([server], { orchestration: { query: { max_rows: 2 } } })
      assert.deepStrictEqual(cut.rows, { columns: ["id"], rows: [[1], [2]], rowCount: 2, truncated: true })
      const whole = yield* executeOn([server], { orchestration: { query: { max_rows: 3 } } })
      assert.deepStrictEqual([whole.rows.rowCount, whole.rows.truncated], [3, false])
    })
  )
})

describe("a failure", () => {
  it.live("of the database has its category, and other SQL may help", () =>
    Effect.gen(function* () {
      const failed = yield* executionFailure(Servers.databaseScript(Servers.databaseError("no such column: prize")))
      assert.deepStrictEqual(
        [failed.reason.category, failed.message, failed.repairable, failed.calls],
        ["unknown_column", "no such column: prize", true, 1]
      )
    })
  )

  it.live("of the database answered as an error of the protocol is one of the database", () =>
    Effect.gen(function* () {
      const failing = (message: string) =>
        Servers.databaseScript(Servers.rows([]), {
          faults: [{ at: "call", fault: { kind: "error", code: -32_603, message } }]
        })
      const known = yield* executionFailure(failing("SQL failed: no such table: product"))
      assert.deepStrictEqual([known.reason.category, known.repairable], ["unknown_table", true])
      const unknown = yield* executionFailure(failing("out of memory"))
      assert.deepStrictEqual([unknown.reason.category, unknown.repairable], ["other", false])
    })
  )

  it.live("for want of permission is not repairable", () =>
    Effect.gen(function* () {
      const failed = yield* executionFailure(
        Servers.databaseScript(Servers.databaseError("permission denied for table a"))
      )
      assert.deepStrictEqual([failed.reason.category, failed.repairable], ["permission", false])
      const refused = yield* executionFailure(
        Servers.databaseScript(Servers.rows([]), { faults: [{ at: "call", fault: { kind: "status", status: 403 } }] })
      )
      assert.deepStrictEqual([refused.reason.category, refused.repairable], ["permission", false])
    })
  )

  it.live("to answer within query.timeout is cancelled at the server and not sent again", () =>
    Effect.gen(function* () {
      const server = yield* FakeServer.make(Servers.databaseScript(Servers.rows([]), { latency: { call: 60_000 } }))
      const error = yield* Effect.flip(executeOn([server], { orchestration: { query: { timeout: "50 millis" } } }))
      assert.strictEqual(error._tag, "ExecutionFailure")
      if (error._tag !== "ExecutionFailure") return
      assert.deepStrictEqual([error.reason.category, error.repairable], ["timeout", false])
      assert.match(error.message, /no answer within 50ms/)
      yield* server.awaitCounters(({ cancelled }) => cancelled.length === 1)
      assert.strictEqual((yield* server.counters).requests["tools/call"], 1)
    })
  )
})

it.live("interrupting a query cancels it at the server", () =>
  Effect.gen(function* () {
    const server = yield* FakeServer.make(Servers.databaseScript(Servers.rows([]), { latency: { call: 60_000 } }))
    const running = yield* Effect.forkChild(executeOn([server]))
    yield* server.awaitRequest("tools/call")
    yield* Fiber.interrupt(running)
    const { inFlight } = yield* server.awaitCounters(({ cancelled }) => cancelled.length === 1)
    assert.strictEqual(inFlight.now, 0)
  })
)

describe("a call that was lost", () => {
  const dropped = Servers.databaseScript(Servers.rows(["id"], [7]), {
    faults: [{ at: "call", fault: { kind: "drop" }, times: 1 }]
  })

  it.live("is sent again, because its statement only reads", () =>
    Effect.gen(function* () {
      const server = yield* FakeServer.make(dropped)
      const { rows } = yield* executeOn([server])
      assert.deepStrictEqual(rows.rows, [[7]])
      assert.strictEqual((yield* server.counters).requests["tools/call"], 2)
    })
  )

  it.live("is sent again when it was refused as one too many", () =>
    Effect.gen(function* () {
      const server = yield* FakeServer.make(
        Servers.databaseScript(Servers.rows(["id"], [7]), {
          faults: [{ at: "call", fault: { kind: "status", status: 429 }, times: 1 }]
        })
      )
      const { rows } = yield* executeOn([server])
      assert.deepStrictEqual(rows.rows, [[7]])
    })
  )

  it.live("with its server is a connection error, not one of the statement", () =>
    Effect.gen(function* () {
      const server = yield* FakeServer.make(
        Servers.databaseScript(Servers.rows([]), { faults: [{ at: "call", fault: { kind: "refuse" } }] })
      )
      const error = yield* Effect.flip(executeOn([server]))
      assert.strictEqual(error._tag, "McpConnectionError")
    })
  )
})

it.live("tools that are listed for ever end with gather_timeout, once and for all", () =>
  Effect.gen(function* () {
    const server = yield* FakeServer.make(Servers.databaseScript(Servers.rows(["id"], [1]), { endlessTools: true }))
    const error = yield* Effect.flip(
      executeOn([server], {
        orchestration: { gather_timeout: "500 millis", limits: { pages: 1_000_000 } }
      })
    )
    assert.strictEqual(error._tag, "ResourceFetchError")
    assert.include(error.message, "the tools were not listed within gather_timeout (500ms)")
    assert.strictEqual((yield* server.counters).requests["tools/call"] ?? 0, 0)
  })
)
