import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import type { Tool } from "../../src/connection/Replies.ts"
import type { Session } from "../../src/connection/Session.ts"
import * as QueryTool from "../../src/tools/QueryTool.ts"

const tool = (properties: unknown, required?: ReadonlyArray<string>): Tool => ({
  name: "execute_query",
  inputSchema: { type: "object", properties, ...(required === undefined ? {} : { required }) }
})

const string = { type: "string" }

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
    it(name, () => assert.strictEqual(QueryTool.sqlArgument(given), expected))
  }

  it("is found under a key such as __proto__", () => {
    const properties: unknown = JSON.parse('{"__proto__": {"type": "string"}}')
    assert.strictEqual(QueryTool.sqlArgument(tool(properties)), "__proto__")
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
    listTemplates: Effect.die("not asked"),
    read: () => Effect.die("not asked"),
    call: () => Effect.die("not asked"),
    listTools: (cursor) => {
      const page = Number(cursor ?? "0")
      const nextCursor = endless || page + 1 < pages.length ? String(page + 1) : null
      return Effect.succeed({ tools: pages[page] ?? [], nextCursor })
    }
  })
  const other: Tool = { name: "other", inputSchema: {} }

  it.effect("are looked for on every page", () =>
    Effect.gen(function* () {
      const found = yield* QueryTool.find(session([[other], [], [tool({ sql: string })]]), 10)
      assert.deepStrictEqual(found, { argument: "sql" })
    })
  )

  it.effect("may lack execute_query", () =>
    Effect.gen(function* () {
      assert.isNull(yield* QueryTool.find(session([[other]]), 10))
    })
  )

  it.effect("are not asked for where the server offers none", () =>
    Effect.gen(function* () {
      assert.isNull(yield* QueryTool.find(session([[tool({ sql: string })]], { offersTools: false }), 10))
    })
  )

  it.effect("that go on for ever are a failure, not a list that was cut", () =>
    Effect.gen(function* () {
      const failed = yield* Effect.flip(QueryTool.find(session([[other]], { endless: true }), 10))
      assert.deepStrictEqual([failed.stage, failed.reason], ["call", "TooMany"])
      const whole = session(Array.from({ length: 10 }, () => [other]))
      assert.strictEqual((yield* QueryTool.listAll(whole, 10)).length, 10)
    })
  )

  it.effect("with an execute_query that cannot take SQL are a failure that says so", () =>
    Effect.gen(function* () {
      const failed = yield* Effect.flip(QueryTool.find(session([[tool({ id: { type: "integer" } })]]), 10))
      assert.deepStrictEqual([failed.stage, failed.reason], ["call", "Unsupported"])
      assert.match(failed.detail, /execute_query/)
    })
  )
})
