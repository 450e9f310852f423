import { assert, describe, it } from "@effect/vitest"
import { Result, Schema } from "effect"
import { readFileSync } from "node:fs"
import type { Tool } from "../../src/connection/Replies.ts"
import * as QueryTool from "../../src/tools/QueryTool.ts"
import * as ToolLikeness from "../../src/tools/ToolLikeness.ts"

/** The tool that is chosen without a word of the configuration, or what is wrong. */
const choose = (tools: ReadonlyArray<Tool>): string =>
  Result.match(QueryTool.choose(tools, { name: null, argument: null, constants: {} }), {
    onSuccess: ({ name }) => name,
    onFailure: ({ kind, message }) => `${kind}: ${message}`
  })

const hint = Schema.optionalKey(Schema.Boolean)
const Offer = Schema.fromJsonString(
  Schema.Struct({
    server: Schema.String,
    tools: Schema.Array(
      Schema.Struct({
        name: Schema.String,
        description: Schema.optionalKey(Schema.String),
        inputSchema: Schema.Record(Schema.String, Schema.Unknown),
        annotations: Schema.optionalKey(Schema.Struct({ readOnlyHint: hint, destructiveHint: hint }))
      })
    )
  })
)

/**
 * What servers on npm answered to `tools/list`, one server a line; descriptions are shortened, and the
 * schemas of tools that take no query are left out.
 */
const offers = readFileSync(new URL("toolLists.jsonl", import.meta.url), "utf8")
  .trimEnd()
  .split("\n")
  .map((line) => Schema.decodeSync(Offer)(line))

describe("of the tools of a real server", () => {
  const expected: ReadonlyArray<readonly [string, string | RegExp]> = [
    ["@modelcontextprotocol/server-postgres@0.6.2", "query"],
    ["@henkey/postgres-mcp-server@1.0.7", "pg_execute_query"],
    ["mcp-postgres-server@0.3.1", "query"],
    [
      "node-sqlite-mcp@0.1.0",
      /^Unclear: the tool "query" requires "path" too: write tools: .*arguments: \{ path: "…" \}/
    ],
    ["@modelcontextprotocol/server-everything@2026.8.31", /^None: /],
    ["@modelcontextprotocol/server-filesystem@2026.8.31", /^None: /],
    ["@modelcontextprotocol/server-memory@2026.8.31", /^None: /],
    ["@modelcontextprotocol/server-github@2025.4.8", /^None: /],
    ["@liangshanli/mcp-server-mysql@3.1.0", "sql_query"],
    ["enhanced-postgres-mcp-server@1.0.1", "query"],
    ["mysql-mcp-server@0.1.4", "execute_query"],
    ["@berthojoris/mcp-mysql-server@1.43.2", "run_select_query"],
    ["@bytebase/dbhub@1.4.0", "execute_sql"],
    ["mcp-postgres-full-access@0.3.0", "execute_query"],
    ["@executeautomation/database-server@1.1.0", "read_query"],
    ["@benborla29/mcp-server-mysql@2.0.9", "mysql_query"]
  ]

  it.each(expected)("%s the right one is chosen: %s", (server, right) => {
    const offer = offers.find((one) => one.server === server)
    const chosen = choose(offer?.tools ?? [])
    if (typeof right === "string") assert.strictEqual(chosen, right)
    else assert.match(chosen, right)
  })

  it("all are looked at", () => {
    assert.sameMembers(
      offers.map(({ server }) => server),
      expected.map(([server]) => server)
    )
  })

  it("those that were chosen and say that they also write are known", () => {
    const writing = offers.flatMap(({ server, tools }) => {
      const chosen = choose(tools)
      return tools.some((tool) => tool.name === chosen && ToolLikeness.acceptsWrites(tool)) ? [server] : []
    })
    assert.sameMembers(writing, ["@liangshanli/mcp-server-mysql@3.1.0", "@bytebase/dbhub@1.4.0"])
  })

  it("henkey's gets its operation", () => {
    const tools = offers.find(({ server }) => server.startsWith("@henkey"))?.tools ?? []
    const chosen = Result.getOrThrow(QueryTool.choose(tools, { name: null, argument: null, constants: {} }))
    assert.deepStrictEqual(QueryTool.argumentsFor(chosen, "SELECT 1"), { operation: "select", query: "SELECT 1" })
  })
})

const tool = (
  name: string,
  argument: string | ReadonlyArray<string>,
  description = "",
  annotations: Tool["annotations"] = {}
): Tool => {
  const names = [argument].flat()
  const properties = Object.fromEntries(names.map((one) => [one, { type: "string" }]))
  return { name, description, inputSchema: { type: "object", properties, required: names }, annotations }
}

describe("among tools as they are called and described in public", () => {
  // Names and descriptions: modelcontextprotocol/servers (sqlite, memory), designcomputer/mysql_mcp_server,
  // ClickHouse/mcp-clickhouse, supabase-community/supabase-mcp, pab1it0/prometheus-mcp-server, neo4j-contrib/mcp-neo4j.
  const cases: ReadonlyArray<readonly [string, string | RegExp, ReadonlyArray<Tool>]> = [
    [
      "the one that reads is chosen",
      "read_query",
      [
        tool("read_query", "query", "Execute a SELECT query on the SQLite database"),
        tool("write_query", "query", "Execute an INSERT, UPDATE, or DELETE query on the SQLite database"),
        tool("create_table", "query", "Create a new table in the SQLite database"),
        tool("append_insight", "insight")
      ]
    ],
    [
      "the only one is chosen",
      "execute_sql",
      [tool("execute_sql", "query", "Execute an SQL query on the MySQL server")]
    ],
    ["a longer name is understood", "run_select_query", [tool("run_select_query", "query", "Run a SELECT query")]],
    [
      "names in camel case are understood",
      "executeReadOnlyQuery",
      [tool("executeReadOnlyQuery", "sql"), tool("executeWriteQuery", "sql", "Runs INSERT, UPDATE")]
    ],
    ["names with dots and dashes are understood", "db.execute-query", [tool("db.execute-query", "sql")]],
    // A Python function without a docstring has no description.
    [
      "one that says nothing but its name is chosen",
      "read_query",
      [tool("read_query", "query"), tool("list_tables", "schema")]
    ],
    ["one that repeats its name is chosen", "query", [tool("query", "query", "query"), tool("list_tables", [])]],
    [
      "an execute_query that only writes gives way to a tool that reads",
      "read_query",
      [tool("execute_query", "sql", "Execute INSERT, UPDATE or DELETE"), tool("read_query", "sql", "Run a SELECT")]
    ],
    [
      "hints decide where nothing else does",
      "run_query",
      [tool("run_query", "sql", "", { readOnlyHint: true }), tool("run_sql", "sql", "", { destructiveHint: true })]
    ],
    [
      "two that are equal are named, with the line to write",
      'Unclear: "execute_sql" and "run_query" may run SQL; it offers "execute_sql", "run_query": write tools: { execute_query: "execute_sql" }',
      [tool("execute_sql", "sql", "Runs SQL"), tool("run_query", "sql", "Runs SQL")]
    ],
    [
      "one that wants a project is told so",
      /requires "project_id" too/,
      [tool("execute_sql", ["project_id", "query"], "Executes raw SQL in the Postgres database")]
    ],
    [
      "one that reads and lacks a constant does not give way to one that writes",
      /"read_query" requires "path" too/,
      [
        tool("read_query", ["query", "path"], "Run a SELECT"),
        tool("execute_sql", "sql", "Run SELECT, INSERT, UPDATE or DELETE")
      ]
    ],
    [
      "an execute_query that takes PromQL is none",
      /^None: /,
      [
        tool("execute_query", "query", "Execute a PromQL instant query against Prometheus"),
        tool("execute_range_query", "query", "Execute a PromQL range query")
      ]
    ],
    [
      "the SQL tool is found beside an execute_query of another language",
      "run_sql",
      [tool("execute_query", "query", "Run a GraphQL query"), tool("run_sql", "sql", "Run SQL")]
    ],
    ["Cypher is no SQL", /^None: /, [tool("read_neo4j_cypher", "query", "Execute a Cypher read query")]],
    ["GraphQL is no SQL", /^None: /, [tool("graphql_query", "query", "Run a GraphQL query")]],
    ["a search is no SQL", /^None: /, [tool("query", "query", "Search the web"), tool("search_code", "query")]],
    ["documents are no SQL", /^None: /, [tool("query", "query", "Query a MongoDB collection")]],
    ["a question is no SQL", /^None: /, [tool("query", "query", "Ask the wiki in natural language")]],
    ["notes are no SQL", /^None: /, [tool("query", "query", "Find notes")]],
    ["vectors are no SQL", /^None: /, [tool("query", "query", "Semantic search in the vector database")]],
    [
      "what only writes is not chosen",
      /^None: /,
      [tool("write_query", "query", "Execute INSERT"), tool("execute_ddl", "sql")]
    ],
    ["what only explains is not chosen", /^None: /, [tool("explain_query", "sql"), tool("validate_sql", "sql")]]
  ]
  it.each(cases)("%s", (_name, right, tools) => {
    for (const order of [tools, tools.toReversed()]) {
      const chosen = choose(order)
      if (typeof right !== "string") assert.match(chosen, right)
      else if (order === tools || !right.startsWith("Unclear")) assert.strictEqual(chosen, right)
    }
  })
})

const Choice = Schema.Struct({
  read: Schema.Literals(["execute_query", "read_query", "run_select_query", "query", "pg_execute_sql", "runQuery"]),
  says: Schema.Literals(["Runs a SELECT statement.", "Read-only SQL.", "Executes SQL; never modifies data."]),
  writing: Schema.Array(
    Schema.Struct({
      name: Schema.Literals(["write_query", "execute_sql", "query_db", "execute_ddl", "insert_query", "mysql_query"]),
      says: Schema.Literals(["Execute INSERT, UPDATE or DELETE", "Modifies data", "Runs DDL statements"]),
      destructive: Schema.Boolean
    })
  ),
  last: Schema.Boolean
})

it.prop("a tool that writes is never chosen where one reads", { offer: Choice }, ({ offer }) => {
  const reading = tool(offer.read, "sql", offer.says, offer.says === "Read-only SQL." ? { readOnlyHint: true } : {})
  const writing = offer.writing.map(({ destructive, name, says }) =>
    tool(name, "sql", says, { destructiveHint: destructive })
  )
  assert.strictEqual(choose(offer.last ? [...writing, reading] : [reading, ...writing]), offer.read)
})
