import { assert, describe, it } from "@effect/vitest"
import { Result, Schema } from "effect"
import { decodeReply } from "../../src/tools/QueryReply.ts"
import * as ExactJson from "../../src/text/ExactJson.ts"
import type { SqlValue } from "../../src/tools/Rows.ts"
import { problemCategory } from "../../src/tools/SqlProblem.ts"

const structured = (structuredContent: unknown) => ({ content: [], structuredContent })
const text = (...texts: ReadonlyArray<string>) => ({ content: texts.map((item) => ({ type: "text", text: item })) })

const rowsOf = (reply: unknown, maxRows = 100, columns: ReadonlyArray<string> | null = null) =>
  Result.getOrThrow(decodeReply(reply, { maxRows, columns }))
const problemOf = (reply: unknown, columns: ReadonlyArray<string> | null = null) =>
  Result.getOrThrow(Result.flip(decodeReply(reply, { maxRows: 100, columns })))

/** An array in an array in … */
const nested = (depth: number): SqlValue => Array.from({ length: depth }).reduce<SqlValue>((inner) => [inner], 1)

const twoRows = {
  columns: ["id", "name"],
  rows: [
    [1, "Ada"],
    [2, null]
  ],
  rowCount: 2,
  truncated: false
}

describe("decodeReply", () => {
  const arrays = twoRows.rows
  const objects = [{ id: 1, name: "Ada" }, { id: 2 }]
  it.each([
    ["columns and rows as arrays", { columns: ["id", "name"], rows: arrays }],
    ["columns as objects", { columns: [{ name: "id", type: "int" }, { name: "name" }], rows: arrays }],
    ["columns called fields", { fields: [{ name: "id" }, { name: "name" }], rows: arrays, rowCount: 2 }],
    ["rows as objects", { rows: objects }],
    ["rows as objects with columns", { columns: ["id", "name"], rows: objects }],
    ["a bare array of objects", objects],
    ["data", { data: objects }],
    ["result", { result: objects }],
    ["results", { results: objects, truncated: false, row_count: 2 }],
    ["a count beside the rows", { rows: 2, data: objects }],
    ["a wrapped table", { result: { columns: ["id", "name"], rows: arrays } }],
    ["a table wrapped twice", { data: { result: { data: objects } } }],
    ["a table as text in a field", { result: JSON.stringify({ columns: ["id", "name"], rows: arrays }) }],
    ["an error that is none", { error: null, errors: [], rows: objects }]
  ])("reads %s, structured or as JSON text", (_name, value) => {
    assert.deepStrictEqual(rowsOf(text(JSON.stringify(value))), twoRows)
    if (!Array.isArray(value)) assert.deepStrictEqual(rowsOf(structured(value)), twoRows)
  })

  it("prefers structured content to the text beside it", () => {
    const reply = { ...text("a table of two people", "in two texts"), structuredContent: { rows: [{ id: 1 }] } }
    assert.deepStrictEqual(rowsOf(reply).rows, [[1]])
  })

  it("keeps columns of one name apart when rows are arrays", () => {
    const table = rowsOf(structured({ columns: ["id", "id"], rows: [[1, 2]] }))
    assert.deepStrictEqual(table.columns, ["id", "id"])
    assert.deepStrictEqual(table.rows, [[1, 2]])
  })

  it("names the columns that the server did not name", () => {
    assert.deepStrictEqual(rowsOf(structured({ rows: [[1, 2]] })).columns, ["column1", "column2"])
  })

  it("tells an empty result from a missing one", () => {
    const empty = { columns: ["id"], rows: [], rowCount: 0, truncated: false }
    assert.deepStrictEqual(rowsOf(structured({ columns: ["id"], rows: [] })), empty)
    assert.deepStrictEqual(rowsOf(text("[]")), { ...empty, columns: [] })
    assert.strictEqual(problemOf(text("{}")).category, "other")
    assert.match(problemOf(structured({ status: "ok" })).message, /no rows, only status/)
  })

  it("takes the keys of hostile rows for data", () => {
    const table = rowsOf(text('[{"__proto__": 1, "constructor": 2, "hasOwnProperty": 3}, {"toString": 4}]'))
    assert.deepStrictEqual(table.columns, ["__proto__", "constructor", "hasOwnProperty", "toString"])
    assert.deepStrictEqual(table.rows, [
      [1, 2, 3, null],
      [null, null, null, 4]
    ])
  })

  it("keeps integers beyond 2^53 digit for digit, in columns and in nested JSON", () => {
    const table = rowsOf(text('[{"id": 9007199254740993, "json": {"ids": [-18446744073709551615]}, "real": 1e20}]'))
    assert.deepStrictEqual(table.rows, [[9007199254740993n, { ids: [-18446744073709551615n] }, 1e20]])
    assert.strictEqual(
      ExactJson.stringify(table.rows),
      '[[9007199254740993,{"ids":[-18446744073709551615]},100000000000000000000]]'
    )
    assert.deepStrictEqual(rowsOf(structured({ rows: [[9007199254740993n]] })).rows, [[9007199254740993n]])
  })

  it("keeps nested JSON", () => {
    assert.deepStrictEqual(rowsOf(structured({ rows: [[nested(100)]] })).rows[0], [nested(100)])
  })

  it("cuts at the cap and says so", () => {
    const table = rowsOf(structured({ columns: ["n"], rows: [[1], [2], [3]] }), 2)
    assert.deepStrictEqual(table, { columns: ["n"], rows: [[1], [2]], rowCount: 2, truncated: true })
    assert.isFalse(rowsOf(structured({ columns: ["n"], rows: [[1], [2]] }), 2).truncated)
  })

  it.each([
    { rows: [[1]], truncated: true },
    { rows: [[1]], has_more: true },
    { rows: [[1]], rowCount: 12 },
    { data: { rows: [[1]] }, total: 12 },
    { result: { rows: [[1]], hasMore: true } }
  ])("believes the server that it cut the rows: %j", (reply) => {
    assert.isTrue(rowsOf(structured(reply)).truncated)
  })

  it.each([
    ["nothing", undefined],
    ["no content", {}],
    ["an image", { content: [{ type: "image", data: "" }] }],
    ["two tables in two texts", text("[[1]]", "[[2]]")],
    ["text that is not JSON", text("id | name")],
    ["a number", text("42")],
    ["a JSON string", text(JSON.stringify("done"))],
    ["rows of scalars", text("[1, 2]")],
    ["rows of both kinds", text('[{"id": 1}, [2]]')],
    ["uneven rows", structured({ columns: ["a", "b"], rows: [[1, 2], [3]] })],
    ["columns without names", structured({ columns: [1], rows: [[1]] })],
    ["columns that are no list", structured({ columns: "id", rows: [[1]] })],
    ["values that are not JSON", structured({ rows: [[Symbol("x")]] })],
    ["numbers that JSON cannot say", text("[[1e999]]")],
    ["endless wrapping", structured({ data: { data: { data: { data: { data: { data: { data: [] } } } } } } })],
    ["bottomless nesting", structured({ rows: [[nested(101)]] })],
    ["bottomless JSON", text("[".repeat(200_000))]
  ])("reports %s as a problem instead of rows", (_name, reply) => {
    assert.strictEqual(problemOf(reply).category, "other")
  })

  it.each([
    { ...text("no such column: naem"), isError: true },
    text("Error: no such column: naem"),
    text("Database error: no such column: naem"),
    structured({ error: "no such column: naem" }),
    structured({ error: { message: "no such column: naem", code: 1 }, rows: [] }),
    structured({ errors: [{ message: "no such column: naem" }] })
  ])("reads the database's error wherever the server put it: %j", (reply) => {
    const problem = problemOf(reply)
    assert.strictEqual(problem.category, "unknown_column")
    assert.match(problem.message, /no such column: naem/)
  })

  it("shows the server's words on one line and without secrets", () => {
    const { message } = problemOf({ ...text("syntax error\n\u001b[31mat postgres://app:hunter2@db/x"), isError: true })
    assert.notMatch(message, /[\p{Cc}]|hunter2/u)
    assert.match(problemOf({ content: [], isError: true }).message, /without a message/)
  })

  it.prop(
    "gives back what was encoded, in any shape",
    {
      rows: Schema.Array(Schema.Tuple([Schema.NullOr(Schema.String), Schema.BigInt, Schema.Finite, Schema.Boolean])),
      cap: Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 5 }))
    },
    ({ cap, rows }) => {
      const sent = text(ExactJson.stringify({ columns: ["a", "b", "c", "c"], rows }))
      const table = rowsOf(sent, cap)
      assert.deepStrictEqual(
        table.rows.map((row) => row.map((value) => (typeof value === "bigint" ? Number(value) : value))),
        rows
          .slice(0, cap)
          .map((row) => row.map((value) => (typeof value === "bigint" ? Number(value) : value === 0 ? 0 : value)))
      )
      assert.strictEqual(ExactJson.stringify(table.rows), ExactJson.stringify(rows.slice(0, cap)))
      assert.strictEqual(table.truncated, rows.length > cap)
    }
  )
})

describe("problemCategory", () => {
  it.each([
    ["syntax", 'near "FORM": syntax error'],
    ["syntax", "incomplete input"],
    ["syntax", 'unrecognized token: "#"'],
    ["syntax", 'ERROR:  syntax error at or near "FORM"\nLINE 1: SELECT * FORM t'],
    ["syntax", "You have an error in your SQL syntax; check the manual near 'FORM' at line 1"],
    ["unknown_column", "no such column: o.totl"],
    ["unknown_column", 'column "totl" does not exist'],
    ["unknown_column", "column o.totl does not exist"],
    ["unknown_column", "(1054, \"Unknown column 'totl' in 'field list'\")"],
    ["unknown_table", "no such table: order"],
    ["unknown_table", 'relation "order" does not exist'],
    ["unknown_table", 'missing FROM-clause entry for table "o"'],
    ["unknown_table", "Table 'shop.order' doesn't exist"],
    ["ambiguous_column", "ambiguous column name: id"],
    ["ambiguous_column", 'column reference "id" is ambiguous'],
    ["ambiguous_column", "Column 'id' in on clause is ambiguous"],
    ["type", "datatype mismatch"],
    ["type", "wrong number of arguments to function ROUND()"],
    ["type", "operator does not exist: text = integer"],
    ["type", 'invalid input syntax for type integer: "x"'],
    [
      "type",
      "function date_trunc(unknown, text) does not exist. No function matches the given name and argument types."
    ],
    ["type", "Incorrect DATE value: 'x'"],
    ["forbidden_function", "no such function: DATE_TRUNC"],
    ["forbidden_function", "FUNCTION shop.DATE_TRUNC does not exist"],
    ["aggregation", "misuse of aggregate: SUM()"],
    ["aggregation", 'column "o.id" must appear in the GROUP BY clause or be used in an aggregate function'],
    ["aggregation", "Invalid use of group function"],
    ["aggregation", "Expression #1 of SELECT list is not in GROUP BY clause and contains nonaggregated column"],
    ["permission", "permission denied for table salaries"],
    ["permission", "SELECT command denied to user 'app'@'%' for table 'salaries'"],
    ["permission", "not authorized"],
    ["not_read_only", "attempt to write a readonly database"],
    ["not_read_only", "cannot execute DELETE in a read-only transaction"],
    ["not_read_only", "Only SELECT queries are allowed"],
    ["multiple_statements", "cannot insert multiple commands into a prepared statement"],
    ["timeout", "canceling statement due to statement timeout"],
    ["timeout", "Query execution was interrupted, maximum statement execution time exceeded"],
    ["timeout", "interrupted"],
    ["other", "division by zero"],
    ["other", "disk I/O error"]
  ])("finds %s in: %s", (category, message) => {
    assert.strictEqual(problemCategory(message), category)
  })
})
