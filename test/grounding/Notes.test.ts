/** The keys are those of the schema resources that talk-2-tables, WrenAI and Vanna publish or ask for. */
import { assert, describe, it } from "@effect/vitest"
import { notesOf } from "../../src/grounding/Notes.ts"
import { fromResources } from "../../src/grounding/Grounding.ts"
import { gathered, server } from "../query/Groundings.ts"

describe("Notes beside a schema", () => {
  it("are sample queries, as statements, with their questions, or by them", () => {
    const samples = (data: Parameters<typeof notesOf>[0]) => notesOf(data).samples
    assert.deepStrictEqual(samples({ tables: { orders: { sample_queries: ["SELECT * FROM orders LIMIT 10"] } } }), [
      { question: null, sql: "SELECT * FROM orders LIMIT 10" }
    ])
    assert.deepStrictEqual(samples({ examples: [{ question: "How many?", sql: "SELECT COUNT(*) FROM t" }] }), [
      { question: "How many?", sql: "SELECT COUNT(*) FROM t" }
    ])
    assert.deepStrictEqual(
      samples({ commonQueries: [{ description: "All", query: " with a as (select 1) select * from a " }] }),
      [{ question: "All", sql: "with a as (select 1) select * from a" }]
    )
    assert.deepStrictEqual(samples({ queries: { "How many?": "SELECT COUNT(*) FROM t" } }), [
      { question: "How many?", sql: "SELECT COUNT(*) FROM t" }
    ])
  })

  it("are rules in prose, as text, lists or records", () => {
    const rules = (data: Parameters<typeof notesOf>[0]) => notesOf(data).rules
    assert.deepStrictEqual(rules({ business_rules: ["Revenue is net.", "Weeks begin on Monday."] }), [
      { name: "business_rules", text: "Revenue is net.\nWeeks begin on Monday." }
    ])
    assert.deepStrictEqual(rules({ business_context: { revenue: "without tax" }, notes: "Only 2026." }), [
      { name: "business_context", text: "revenue: without tax" },
      { name: "notes", text: "Only 2026." }
    ])
  })

  it("are not what writes, what is no statement, or what columns are called", () => {
    const data = {
      sample_queries: ["DELETE FROM t", "a question?", 7],
      tables: { t: { columns: [{ name: "notes", notes: "x" }] } }
    }
    assert.deepStrictEqual(notesOf(data), { samples: [], rules: [] })
  })

  it("have the provenance of their resource, and rules stand with the texts", () => {
    const { samples, texts } = fromResources(
      gathered(
        server("database", 1, {
          metadata: { tables: { t: { columns: ["id"] } }, rules: "Ids are odd.", sample_queries: ["SELECT id FROM t"] }
        })
      )
    )
    const source = (name: string) => ({ server: "database", uri: `database://${name}` })
    assert.deepStrictEqual(samples, [{ question: null, sql: "SELECT id FROM t", source: source("metadata") }])
    assert.deepStrictEqual(texts, [{ name: "rules", text: "Ids are odd.", source: source("metadata") }])
  })
})
