/** What mappings do to the words of a question: they add meanings, and take none away. */
import { assert, describe, it } from "@effect/vitest"
import { Result } from "effect"
import * as Contents from "../../../src/grounding/Contents.ts"
import { fromContents } from "../../../src/grounding/Grounding.ts"
import { EntityCatalog } from "../../../src/resolution/EntityCatalog.ts"
import { link } from "../../../src/resolution/Mentions.ts"
import * as RuleBased from "../../../src/sql/rulebased/RuleBasedSql.ts"
import * as Shop from "../../grounding/Shop.ts"
import { gathered, server } from "../../query/Groundings.ts"
import { schemaWords } from "../../query/Mentions.ts"

const database = Shop.open()

const ask = (question: string, metadata: Parameters<typeof server>[2]) => {
  const contents = Contents.read(
    gathered(server("meta", 1, metadata), {
      ...server("db", 10, { get_database_metadata: Shop.schema }),
      capabilities: ["execute_query", "list_resources"]
    })
  )
  const grounding = fromContents(contents)
  const { mentions, schemaWords } = link(question, EntityCatalog.from(contents), grounding, {
    fuzzy: true,
    threshold: 0.82,
    margin: 0.05
  })
  return RuleBased.generate({
    question,
    grounding,
    mentions,
    notes: [],
    schemaWords,
    dialect: "sqlite",
    maxRows: 100,
    today: "2026-11-22",
    previous: []
  })
}

const rowsFor = (question: string, metadata: Parameters<typeof server>[2] = {}) => {
  const { sql } = Result.getOrThrow(ask(question, metadata))
  return database
    .prepare(sql)
    .all()
    .map((row) => Object.values(row))
}

describe("a mapping", () => {
  const answers = [
    ["How many orders this month?", [[2]]],
    ["number of orders", [[4]]],
    ["average total amount of orders", [[137.5]]],
    ["How many orders with total amount greater than 120?", [[2]]],
    ["How many orders with total amount between 100 and 150?", [[2]]]
  ] satisfies ReadonlyArray<readonly [string, unknown]>

  for (const [group, terms] of [
    ["none", {}],
    ["a term with a bare column", { user_friendly_terms: Shop.mappings.mappings.user_friendly_terms }],
    [
      "a date term with a placeholder",
      {
        date_terms: { "this month": "DATE_TRUNC('month', {date_column}) = DATE_TRUNC('month', CURRENT_DATE)" }
      }
    ],
    [
      "a term with a column that no table has",
      { user_friendly_terms: { "this month": "DATE_TRUNC('month', sale_date) = 1" } }
    ],
    ["comparison operators", { comparison_operators: Shop.mappings.mappings.comparison_operators }],
    [
      "bare names of functions",
      {
        aggregation_terms: { ...Shop.mappings.mappings.aggregation_terms, "number of": "COUNT", highest: "MAX" }
      }
    ],
    ["all of them", Shop.mappings.mappings]
  ] as const) {
    it(`takes no word away from questions: ${group}`, () => {
      for (const [question, rows] of answers) {
        assert.deepEqual(rowsFor(question, { column_mappings: { mappings: terms } }), rows, question)
      }
    })
  }

  it("with a boolean expression is a condition, which is not negated by guess", () => {
    const metadata = { column_mappings: { open: "orders.status IN ('pending', 'shipped')" } }
    assert.deepStrictEqual(rowsFor("number of open orders", metadata), [[3]])
    assert.isTrue(Result.isFailure(ask("number of not open orders", metadata)))
  })
})

describe("a category", () => {
  const metadata = { product_aliases: Shop.aliases }

  it("is said to be what its server lists, where no column is known to hold it", () => {
    const { explanation } = Result.getOrThrow(ask("How many electronics products are there?", metadata))
    assert.include(explanation, "electronics (the 2 that meta lists: Gadget Z1, Photon Chip P5)")
  })

  it("means the column that lists it as a value", () => {
    const described = {
      product_aliases: Shop.aliases,
      glossary: { tables: { products: { columns: [{ name: "category", description: "One of: toys, electronics" }] } } }
    }
    for (const [question, rows] of [
      ["How many electronics products are there?", [[3]]],
      ["total quantity of electronics", [[4]]]
    ] satisfies ReadonlyArray<readonly [string, unknown]>) {
      assert.deepEqual(rowsFor(question, described), rows, question)
    }
    assert.notInclude(
      Result.getOrThrow(ask("How many electronics products are there?", described)).explanation,
      "lists"
    )
  })
})

it("a column called like an aggregation takes the word only where nothing to aggregate follows", () => {
  const view = {
    view: { tables: { order_totals: { columns: ["order_id", { name: "order_total", type: "DECIMAL" }] } } }
  }
  const both = { tables: { ...Shop.schema.tables, ...view.view.tables } }
  const contents = Contents.read(gathered({ ...server("db", 10, { both }), capabilities: ["execute_query"] }))
  const request = {
    grounding: fromContents(contents),
    mentions: [],
    notes: [],
    schemaWords: schemaWords("total quantity", fromContents(contents)),
    dialect: "sqlite",
    maxRows: 100,
    today: "2026-11-22",
    previous: []
  } as const
  const answer = Result.getOrThrow(RuleBased.generate({ ...request, question: "total quantity" }))
  assert.match(answer.sql, /SUM\(order_items\.quantity\)/)
})
