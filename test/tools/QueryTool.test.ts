import { assert, describe, it } from "@effect/vitest"
import { Effect, Result } from "effect"
import type { SqlToolConfig } from "../../src/config/OrchestratorConfig.ts"
import type { Tool } from "../../src/connection/Replies.ts"
import type { Session } from "../../src/connection/Session.ts"
import * as QueryTool from "../../src/tools/QueryTool.ts"

const tool = (properties: unknown, required?: ReadonlyArray<string>): Tool => ({
  name: "execute_query",
  inputSchema: { type: "object", properties, ...(required === undefined ? {} : { required }) }
})

const string = { type: "string" }
const silent: SqlToolConfig = { name: null, argument: null, constants: {} }

/** What a call sends, or what is wrong. */
const callOf = (tools: ReadonlyArray<Tool>, configured: Partial<SqlToolConfig> = {}): unknown =>
  Result.match(QueryTool.choose(tools, { ...silent, ...configured }), {
    onSuccess: (chosen) => QueryTool.argumentsFor(chosen, "SELECT 1"),
    onFailure: ({ message }) => message
  })

const problemOf = (tools: ReadonlyArray<Tool>, configured: Partial<SqlToolConfig> = {}) =>
  Result.getOrThrow(Result.flip(QueryTool.choose(tools, { ...silent, ...configured })))

describe("the argument that takes the SQL", () => {
  const cases: ReadonlyArray<readonly [string, Tool, string | null]> = [
    ["is the one named as usual", tool({ database: string, sql: string }), "sql"],
    ["is the required one of two usual ones", tool({ sql: string, query: string }, ["query"]), "query"],
    ["is the only required string", tool({ note: string, text: string }, ["text"]), "text"],
    ["is the only string", tool({ command: string, limit: { type: "integer" } }), "command"],
    ["may be nullable", tool({ sql: { type: ["string", "null"] } }), "sql"],
    ["may be one of several types", tool({ sql: { anyOf: [{ type: "null" }, string] } }), "sql"],
    ["may be of any type", tool({ sql: {} }), "sql"],
    ["is none of several that could be meant", tool({ one: string, other: string }), null],
    ["is no number", tool({ sql: { type: "integer" } }), null],
    ["is no choice among words", tool({ sql: { type: "string", enum: ["a", "b"] } }), null],
    ["is not there without properties", tool(undefined), null],
    ["is not enough where another is required too", tool({ sql: string, database: string }, ["sql", "database"]), null]
  ]
  for (const [name, given, expected] of cases) {
    it(name, () => {
      const chosen = QueryTool.choose([given], silent)
      assert.strictEqual(Result.isSuccess(chosen) ? chosen.success.argument : null, expected)
    })
  }

  it("is found under a key such as __proto__", () => {
    const properties: unknown = JSON.parse('{"__proto__": {"type": "string"}}')
    assert.deepStrictEqual(callOf([tool(properties)]), JSON.parse('{"__proto__": "SELECT 1"}'))
  })

  it("may be a field of an object, also where the schema refers to it", () => {
    const input = { type: "object", properties: { sql: string }, required: ["sql"] }
    assert.deepStrictEqual(callOf([tool({ input }, ["input"])]), { input: { sql: "SELECT 1" } })
    // As Pydantic writes a model that is a parameter.
    const referred: Tool = {
      name: "execute_query",
      inputSchema: {
        $defs: { QueryInput: { ...input, properties: { sql_query: string }, required: ["sql_query"] } },
        properties: { input: { $ref: "#/$defs/QueryInput" } },
        required: ["input"]
      }
    }
    assert.deepStrictEqual(callOf([referred]), { input: { sql_query: "SELECT 1" } })
  })
})

describe("another argument that is required", () => {
  it.each([
    ["its const", { type: "string", const: "main" }, "main"],
    ["its default", { type: "string", default: "main" }, "main"],
    ["the only value of its enum", { type: "string", enum: ["main"] }, "main"],
    ["the word for reading in its enum", { type: "string", enum: ["insert", "select", "count"] }, "select"],
    ["a default that is false", { type: "boolean", default: false }, false]
  ])("is filled with %s", (_name, schema, expected) => {
    assert.deepStrictEqual(callOf([tool({ sql: string, mode: schema }, ["sql", "mode"])]), {
      sql: "SELECT 1",
      mode: expected
    })
  })

  it("is filled with the constant of the configuration before anything else, beside the SQL where it belongs there", () => {
    const mode = { type: "string", default: "main" }
    const constants = { mode: "replica" }
    assert.deepStrictEqual(callOf([tool({ sql: string, mode }, ["sql", "mode"])], { constants }), {
      sql: "SELECT 1",
      mode: "replica"
    })
    const input = { type: "object", properties: { sql: string, mode }, required: ["sql", "mode"] }
    assert.deepStrictEqual(callOf([tool({ input }, ["input"])], { constants }), {
      input: { sql: "SELECT 1", mode: "replica" }
    })
  })

  it("that nothing fills is named, with the line to write", () => {
    const path = tool({ path: string, sql: string }, ["path", "sql"])
    assert.deepStrictEqual(problemOf([path]), {
      kind: "Unclear",
      message:
        'the tool "execute_query" requires "path" too: write tools: { execute_query: { name: "execute_query", arguments: { path: "…" } } }',
      tools: ["execute_query"]
    })
    assert.deepStrictEqual(callOf([path], { constants: { path: "/data/shop.sqlite" } }), {
      path: "/data/shop.sqlite",
      sql: "SELECT 1"
    })
  })
})

describe("the configuration", () => {
  const offered: ReadonlyArray<Tool> = [
    { name: "ask", inputSchema: { properties: { text: string, mode: string } } },
    { name: "read_query", inputSchema: { properties: { query: string } } }
  ]

  it("names the tool and the argument, whatever they look like", () => {
    assert.deepStrictEqual(callOf(offered, { name: "ask", argument: "text", constants: { mode: "sql" } }), {
      text: "SELECT 1",
      mode: "sql"
    })
  })

  it("may name a field of an object, and is believed where a schema names nothing", () => {
    const nested = tool({ input: { properties: { a: string, b: string } } })
    assert.deepStrictEqual(callOf([nested], { argument: "input.b" }), { input: { b: "SELECT 1" } })
    assert.deepStrictEqual(callOf([{ name: "run", inputSchema: {} }], { name: "run", argument: "sql" }), {
      sql: "SELECT 1"
    })
  })

  it("that names what is not offered is told what is", () => {
    assert.deepStrictEqual(problemOf(offered, { name: "query" }), {
      kind: "Unclear",
      message:
        'the server offers no tool "query", which the configuration names; it offers "ask", "read_query": write tools: { execute_query: "read_query" }',
      tools: ["ask", "read_query"]
    })
    assert.strictEqual(
      problemOf(offered, { name: "ask", argument: "sql" }).message,
      'the tool "ask" has no argument "sql" that takes a text (it has "text", "mode"): write tools: { execute_query: { name: "ask", argument: "…" } }'
    )
    assert.match(problemOf(offered, { name: "read_query", constants: { limit: 1 } }).message, /has no argument "limit"/)
  })
})

describe("the tools", () => {
  /** A session whose listing has these pages, and never ends if `endless`. */
  const session = (
    pages: ReadonlyArray<ReadonlyArray<Tool>>,
    { endless = false, offersTools = true } = {}
  ): Session => ({
    info: { protocolVersion: "", serverInfo: { name: "", version: "" }, offersResources: true, offersTools },
    isOpen: () => true,
    lost: Effect.never,
    listPage: () => Effect.die("not asked"),
    listTemplates: () => Effect.die("not asked"),
    read: () => Effect.die("not asked"),
    call: () => Effect.die("not asked"),
    listTools: (cursor) => {
      const page = Number(cursor ?? "0")
      const nextCursor = endless || page + 1 < pages.length ? String(page + 1) : null
      return Effect.succeed({ tools: pages[page] ?? [], nextCursor })
    }
  })
  const other: Tool = { name: "other", inputSchema: {} }
  const limits = { pages: 10, resources: 100, resourceBytes: 1000, serverBytes: 10_000 }

  it.effect("are looked for on every page", () =>
    Effect.gen(function* () {
      const found = yield* QueryTool.find(session([[other], [], [tool({ sql: string })]]), silent, limits)
      assert.strictEqual(Result.getOrThrow(found).argument, "sql")
    })
  )

  it.effect("may hold none that runs SQL: then those offered are named", () =>
    Effect.gen(function* () {
      const found = yield* QueryTool.find(session([[other]]), silent, limits)
      assert.deepStrictEqual(Result.getOrThrow(Result.flip(found)), {
        kind: "None",
        message:
          'no tool of the server is known to run SQL; it offers "other": write tools: { execute_query: "<the tool that runs SQL>" }',
        tools: ["other"]
      })
    })
  )

  it.effect("are not asked for where the server offers none", () =>
    Effect.gen(function* () {
      const found = yield* QueryTool.find(session([[tool({ sql: string })]], { offersTools: false }), silent, limits)
      assert.match(Result.getOrThrow(Result.flip(found)).message, /it offers no tools/)
    })
  )

  it.effect("that go on for ever are a failure, not a list that was cut", () =>
    Effect.gen(function* () {
      const failed = yield* Effect.flip(QueryTool.find(session([[other]], { endless: true }), silent, limits))
      assert.deepStrictEqual([failed.stage, failed.reason._tag], ["call", "TooMany"])
      const whole = session(Array.from({ length: 10 }, () => [other]))
      assert.strictEqual((yield* QueryTool.listAll(whole, limits)).length, 10)
    })
  )

  it.effect("are within the limits of resources: a cursor that comes back, too many, too large", () =>
    Effect.gen(function* () {
      const listing = (tools: ReadonlyArray<Tool>, cursor = "again"): Session => ({
        ...session([]),
        listTools: (asked) =>
          Effect.succeed({ tools, nextCursor: cursor === "again" ? cursor : `${cursor}${asked?.length ?? 0}` })
      })
      const failureOf = (asked: Session) => Effect.flip(QueryTool.listAll(asked, limits))
      const many = Array.from({ length: 101 }, (_, index): Tool => ({ name: `tool ${index}`, inputSchema: {} }))
      const large: Tool = { name: "large", inputSchema: { properties: { sql: { description: "x".repeat(10_000) } } } }
      const repeated = yield* failureOf(listing([other]))
      assert.strictEqual(repeated.reason._tag, "InvalidReply")
      assert.match(repeated.detail, /page 2 of tools repeats an earlier cursor/)
      assert.match((yield* failureOf(listing(many))).detail, /more than 100 tools \(limits\.resources\)/)
      for (const asked of [listing([large]), listing([], "c".repeat(4000))]) {
        const failed = yield* failureOf(asked)
        assert.deepStrictEqual([failed.stage, failed.reason._tag], ["call", "TooLarge"])
      }
    })
  )

  it("with an execute_query that cannot take SQL are a problem that says so", () => {
    const { kind, message } = problemOf([tool({ id: { type: "integer" } })])
    assert.strictEqual(kind, "Unclear")
    assert.match(message, /no argument of the tool "execute_query" is known to take SQL/)
  })

  it("are listed up to a number, on one line", () => {
    const many = Array.from({ length: 100 }, (_, index): Tool => ({ name: `tool\n${index}`, inputSchema: {} }))
    const { message } = problemOf(many)
    assert.match(message, /"tool\\n0".* and 80 more/)
    assert.notMatch(message, /\n/)
  })
})
