/** The words of an answer: laws of what Markdown makes of data, and the sentences that the rules write. */
import { assert, describe, it } from "@effect/vitest"
import { Schema } from "effect"
import * as Markdown from "../../src/http/chat/Markdown.ts"
import * as Numbers from "../../src/http/chat/Numbers.ts"
import type { QueryResult } from "../../src/query/QueryResult.ts"
import type { Rows, SqlValue } from "../../src/tools/Rows.ts"

const rowsOf = (columns: ReadonlyArray<string>, ...rows: ReadonlyArray<ReadonlyArray<SqlValue>>): Rows => ({
  columns,
  rows,
  rowCount: rows.length,
  truncated: false
})

const resultOf = (result: Rows | null, sql = "SELECT 1"): QueryResult => ({
  query: "?",
  sql,
  explanation: "One.",
  resolvedEntities: [],
  result,
  metadata: {
    requestId: "r",
    generation: 1,
    executedOn: "shop",
    serversUsed: ["names", "shop"],
    attempts: [],
    prompt: null,
    usage: null,
    timingsMs: { gather: 0, resolve: 0, generate: 0, execute: 0, total: 0 },
    timestamp: "2026-01-01T00:00:00.000Z"
  }
})

const blocks = (result: Rows | null, sql?: string) =>
  Markdown.answer(resultOf(result, sql), { asked: "?", sentence: null })

/** What Markdown, HTML or a line acts on. */
const Piece = Schema.Literals([
  "|",
  "\\",
  "`",
  "``",
  "*",
  "_",
  "[",
  "]",
  "(",
  "!",
  "<",
  ">",
  "\n",
  "\r",
  "$",
  "~",
  "&",
  "#",
  "a",
  " ",
  "é",
  "\u202e"
])
const Nasty = Schema.Array(Piece)

/** Of GitHub's Markdown, cells: a bar ends one unless an odd number of backslashes stands before it. */
const cellsIn = (line: string): number => line.replaceAll(/\\./gu, "").split("|").length - 2

describe("data", () => {
  it.prop(
    "a table has as many lines and cells as the rows, whatever is in them",
    [Schema.Array(Schema.Tuple([Nasty, Nasty]))],
    ([pieces]) => {
      const rows = [["a", "b"], ...pieces.map((row) => row.map((cell) => cell.join("")))]
      const [, table = ""] = blocks(rowsOf(["a|b", "c"], ...rows.slice(0, Markdown.maxRows)))
      const lines = table.split("\n")
      assert.lengthOf(lines, rows.length + 2)
      for (const line of lines) assert.strictEqual(cellsIn(line), 2, line)
    }
  )

  it.prop("text has no character left that Markdown or HTML acts on", [Nasty], ([pieces]) => {
    const left = Markdown.text(pieces.join("")).replaceAll(/\\[^\n]/gu, "")
    assert.notMatch(left, /[\\`*_[\]<>|~&$#\n\u202e]/u)
  })

  it.prop("SQL ends where its fence ends", [Nasty], ([pieces]) => {
    const block = blocks(null, `SELECT ${pieces.join("")}`).find((one) => one.startsWith("```")) ?? ""
    const [fence = ""] = /^`+/.exec(block) ?? []
    const lines = block.split("\n")
    assert.strictEqual(
      lines.findIndex((line, at) => at > 0 && line.startsWith(fence)),
      lines.length - 1
    )
  })
})

describe("sentences of the rules", () => {
  for (const [what, rows, sentence] of [
    ["nothing", rowsOf(["a"]), "Nothing was found."],
    ["one value", rowsOf(["total_revenue"], [12.5]), String.raw`The answer is **12.5** (total\_revenue).`],
    ["a value beyond 2^53", rowsOf(["id"], [9007199254740993n]), "The answer is **9007199254740993** (id)."],
    ["no value", rowsOf(["total"], [null]), "There is no value of total."],
    ["one row", rowsOf(["name", "price"], ["A*", 1]), String.raw`One row: name **A\***, price **1**.`],
    ["a list", rowsOf(["name"], ["A"], ["B"], [""]), '3 values of name: **A**, **B**, "".'],
    ["a table", rowsOf(["name", "price"], ["A", 1], ["B", 2]), "2 rows."]
  ] as const) {
    it(`${what}: ${sentence}`, () => assert.strictEqual(Markdown.said(rows), sentence))
  }

  it("a long list names ten and counts the rest, a cut one says so", () => {
    const rows = Array.from({ length: 12 }, (_, at) => [at])
    assert.match(Markdown.said(rowsOf(["n"], ...rows)), /^12 values of n: \*\*0\*\*,.* and 2 more\.$/)
    assert.strictEqual(
      Markdown.said({ ...rowsOf(["n", "m"], [1, 2], [3, 4]), truncated: true }),
      "The first 2 rows; there are more."
    )
  })

  it("a table of more than a hundred rows says how many there are", () => {
    const rows = Array.from({ length: 101 }, (_, at) => [at, at])
    const [, table = "", more] = blocks(rowsOf(["n", "m"], ...rows))
    assert.lengthOf(table.split("\n"), 102)
    assert.match(more ?? "", /^The first 100 of 101 rows; /)
  })
})

describe("numbers that a model says", () => {
  for (const [said, isKnown] of [
    ["no number", true],
    ["1234.5", true],
    ["1,234.5", true],
    ["1.234,5", true],
    ["1 234", true],
    ["about 1235", true],
    ["1234.6", false],
    ["12345", false],
    ["in 2024, on 2024-03-01", true],
    ["in 2025", false]
  ] as const) {
    it(`${said}: ${isKnown ? "known" : "made up"}`, () =>
      assert.strictEqual(Numbers.areKnown(said, ["1234.5", "2024-03-01", "1", "234"]), isKnown))
  }
})
