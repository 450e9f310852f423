import { assert, it } from "@effect/vitest"
import { Schema } from "effect"
import * as ValidateReport from "../../src/cli/ValidateReport.ts"
import type { ServerReport } from "../../src/health/ServerReport.ts"
import type { Understood } from "../../src/grounding/Grounding.ts"

const one = (name: string, holding: Partial<Understood> = {}): Understood => ({
  server: "database_mcp",
  uri: `a://${name}`,
  name,
  tables: 0,
  mappings: 0,
  entities: 0,
  text: false,
  ...holding
})

const report = (understood: ReadonlyArray<Understood>, more: Partial<ServerReport> = {}): ServerReport => ({
  server: "database_mcp",
  name: "Database",
  priority: 10,
  declared: ["execute_query", "list_resources"],
  ok: true,
  handshake: null,
  resources: understood.length,
  excluded: 0,
  read: understood.length,
  bytes: 4210,
  sample: null,
  understood,
  schemaTables: null,
  tools: null,
  sqlTool: null,
  sqlArgument: null,
  walls: [],
  steps: [],
  warnings: [],
  error: null,
  ...more
})

/** What is shown of the first server below the table. */
const section = (...reports: ReadonlyArray<ServerReport>): ReadonlyArray<string> =>
  ValidateReport.render(reports).split("\n\n")[1]?.split("\n") ?? []

it("a line a resource says what it holds", () => {
  const understood = [
    one("aliases", { entities: 1 }),
    one("everything", { tables: 2, mappings: 1, entities: 3, text: true }),
    one("logo")
  ]
  const walls = ["lexical", "mysql"] as const
  assert.deepStrictEqual(section(report(understood, { sqlTool: "read_query", sqlArgument: "query", walls })), [
    "database_mcp: 3 of 3 resources read, 4210 bytes",
    "  runs SQL with read_query(query)",
    "  SQL passes two walls: lexical, mysql",
    "  1 entity                               aliases",
    "  2 tables, 1 mapping, 3 entities, text  everything",
    "  nothing                                logo"
  ])
})

it("what the database told of itself is counted where it was asked", () => {
  const declared = ["execute_query"]
  assert.deepStrictEqual(section(report([], { declared, schemaTables: 7, sqlTool: "query", sqlArgument: "sql" })), [
    "database_mcp: asked for no resources, because list_resources is not declared",
    "  runs SQL with query(sql)",
    "  schema through SQL: 7 tables"
  ])
})

it("how far the reading came is shown where it failed, nothing where it was not reached", () => {
  assert.deepStrictEqual(section(report([], { resources: 2, read: 1, bytes: 7 })), [
    "database_mcp: 1 of 2 resources read, 7 bytes"
  ])
  assert.deepStrictEqual(section(report([]))[0], "database_mcp: no resources")
  assert.deepStrictEqual(section(report([], { excluded: 2 }))[0], "database_mcp: no resources, 2 excluded")
  assert.deepStrictEqual(
    section(report([], { declared: ["execute_query"] }))[0],
    "database_mcp: asked for no resources, because list_resources is not declared"
  )
  assert.notInclude(ValidateReport.render([report([], { resources: null, ok: false })]), "\n\n")
})

it("of more resources than fit, those that hold the same share a line", () => {
  const tables = Array.from({ length: 25 }, (_, index) => one(`table_${index}`, { tables: 1 }))
  assert.deepStrictEqual(section(report([one("Tables", { entities: 25 }), ...tables, one("x"), one("y")])), [
    "database_mcp: 28 of 28 resources read, 4210 bytes",
    "  25 entities   Tables",
    "  1 table each  25 resources: table_0, table_1, table_2, table_3, table_4, tabl…",
    "  nothing       2 resources: x, y"
  ])
})

it("what still does not fit is counted", () => {
  const all = Array.from({ length: 31 }, (_, index) => one(`r${index}`, { entities: index + 1 }))
  const lines = section(report([...all, one("last", { entities: 31 })]))
  assert.lengthOf(lines, 22)
  assert.strictEqual(lines.at(-1), "  and 12 more resources: --json has all")
})

const Name = Schema.String.check(Schema.isMaxLength(200))
const Count = Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 30 }))

it.prop(
  "what is shown of a server is at most 22 lines of 80 columns, whatever it calls its resources",
  [Schema.Array(Schema.Tuple([Name, Count, Count])).check(Schema.isMaxLength(60)), Name],
  ([resources, sqlTool]) => {
    const understood = resources.map(([name, tables, entities]) => one(name, { tables, entities }))
    const text = ValidateReport.render([report(understood, { sqlTool, sqlArgument: "sql\u202e\u001b[2J" })])
    const lines = text.split("\n").slice(4, -2)
    assert.isAtMost(lines.length, 23)
    for (const line of lines) assert.isAtMost([...line].length, 80)
    assert.notMatch(text, /(?!\n)[\p{Cc}\u202a-\u202e\u2066-\u2069]/u)
  }
)

it("errors and warnings come last, and what all servers lack after them", () => {
  const text = ValidateReport.render([report([one("a")], { warnings: ["nothing was understood in a"] })])
  const [, , remarks, lacking = ""] = text.split("\n\n")
  assert.strictEqual(remarks, "database_mcp: warning: nothing was understood in a")
  assert.match(lacking, /^no table was found: a question cannot be answered/)
})
