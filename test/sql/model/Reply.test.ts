import { assert, describe, it } from "@effect/vitest"
import { Result } from "effect"
import * as Reply from "../../../src/sql/model/Reply.ts"

const read = (answer: string) => Result.getOrThrow(Reply.extract(answer))
const refused = (answer: string) => Result.getOrThrow(Result.flip(Reply.extract(answer)))

describe("Reply.extract", () => {
  it("reads JSON in a fence, inside prose, and with fields left out", () => {
    const reply = { sql: "SELECT 1", explanation: null, usedEntities: null }
    assert.deepStrictEqual(read('Here you are:\n```json\n{"sql": "SELECT 1"}\n```\nBye.'), reply)
    assert.deepStrictEqual(read('Sure! {"sql": "SELECT 1"} Anything else?'), reply)
    assert.deepStrictEqual(read('{"sql": null, "explanation": "no such table"}'), {
      sql: null,
      explanation: "no such table",
      usedEntities: null
    })
  })

  it("reads one fenced block and takes the prose as the explanation", () => {
    assert.deepStrictEqual(read("Total sales:\n\n```sql\nSELECT SUM(a)\n\nFROM t\nWHERE x = '$&'\n```\nDone."), {
      sql: "SELECT SUM(a)\n\nFROM t\nWHERE x = '$&'",
      explanation: "Total sales: Done.",
      usedEntities: null
    })
  })

  it("ignores fenced blocks that are no queries", () => {
    assert.strictEqual(
      read("```\npip install x\n```\n~~~~\nWITH a AS (SELECT 1) SELECT * FROM a\n~~~~").sql?.slice(0, 6),
      "WITH a"
    )
  })

  it("reads a bare statement up to the semicolon that ends its line", () => {
    assert.deepStrictEqual(read("With pleasure:\n\nSELECT a,\n  b\nFROM t;\n\nThis lists all a."), {
      sql: "SELECT a,\n  b\nFROM t;",
      explanation: "With pleasure: This lists all a.",
      usedEntities: null
    })
  })

  it("never drops a part that may belong to a bare statement", () => {
    assert.strictEqual(read("SELECT a FROM t\n\nWHERE b = 1").sql, "SELECT a FROM t\n\nWHERE b = 1")
  })

  it("skips the drafts of a model that thinks aloud", () => {
    assert.strictEqual(
      read("<think>\n```sql\nSELECT 1 FROM a\n```\n</think>\n```sql\nSELECT 2 FROM b\n```").sql,
      "SELECT 2 FROM b"
    )
  })

  it("refuses several statements: choosing one would be a guess", () => {
    assert.include(refused("```sql\nSELECT 1 FROM a\n```\nor\n```sql\nSELECT 2 FROM b\n```"), "2 SQL blocks")
    assert.include(refused('```json\n{"sql": "SELECT 1"}\n```\n```sql\nSELECT 2 FROM b\n```'), "2 SQL blocks")
    assert.include(refused("SELECT 1 FROM a;\nSELECT 2 FROM b;"), "several statements")
    assert.include(refused("SELECT 1 FROM a;\nDELETE FROM b;"), "several statements")
  })

  it("refuses a block that does not end: the statement may be cut", () => {
    assert.include(refused("```sql\nSELECT a FROM t"), "does not end")
  })

  it("refuses what holds no query, or is far too long to be one", () => {
    assert.include(refused("I cannot help with that."), "no SQL query")
    assert.include(refused("```sql\nDROP TABLE t\n```"), "no SQL query")
    assert.include(refused(""), "no SQL query")
    assert.include(refused(`SELECT a FROM t ${"x".repeat(20_000)}`), "characters")
  })

  it("does not quote the answer in what it refuses", () => {
    for (const answer of ["SECRET", "```sql\nSELECT SECRET", "SELECT 1 FROM a;\nSELECT SECRET FROM b"]) {
      assert.notInclude(refused(answer), "SECRET")
    }
  })
})

describe("Reply.unfenced", () => {
  it("takes off a fence around the whole statement only", () => {
    assert.strictEqual(Reply.unfenced("```sql\nSELECT 1\n```"), "SELECT 1")
    assert.strictEqual(Reply.unfenced(" SELECT '```' "), "SELECT '```'")
  })
})
