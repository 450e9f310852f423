import { assert, describe, it } from "@effect/vitest"
import { Arbitrary, Result, Schema } from "effect"
import type { Grounding, Table } from "../../../src/grounding/Grounding.ts"
import * as Pieces from "../../../src/sql/model/Pieces.ts"
import * as Prompt from "../../../src/sql/model/Prompt.ts"
import type { GenerationRequest } from "../../../src/sql/SqlGenerator.ts"
import { groundingOf } from "../../query/Groundings.ts"
import { schemaWords } from "../../query/Mentions.ts"
import { mention, request } from "./requests.ts"

const source = { server: "db", uri: "db://schema" }
const described =
  "What the column holds, as somebody wrote it down at the length that people write such things, for others."

const table = (name: string, columns: number): Table => ({
  name,
  description: `Rows of ${name}`,
  columns: [
    { name: "id", type: "INTEGER", primaryKey: true, description: described, values: [] },
    ...Array.from({ length: columns - 1 }, (_, at) => ({
      name: `${name}_value_${at}`,
      type: "NUMERIC(12, 2)",
      primaryKey: false,
      description: described,
      values: []
    }))
  ],
  source
})

/** 200 tables of 30 columns with descriptions, each joined to the one before; one of them is `invoices`. */
const large: Grounding = (() => {
  const names = Array.from({ length: 200 }, (_, at) => (at === 120 ? "invoices" : `depot${at}`))
  const relationships = names.slice(1).map((name, at) => ({
    from: { table: name, column: "id" },
    to: { table: names[at] ?? "", column: "id" },
    declared: true
  }))
  return groundingOf({
    tables: names.map((name) => table(name, 30)),
    relationships,
    samples: [
      { question: "How many invoices are there?", sql: "SELECT COUNT(*) FROM invoices", source },
      { question: "What is in the depots?", sql: "SELECT * FROM depot1", source }
    ],
    mappings: [
      { term: "billed", expression: "SUM(invoices.invoices_value_1)", group: null, source },
      { term: "stocked", expression: "SUM(depot7.depot7_value_1)", group: null, source }
    ],
    texts: [
      {
        name: "glossary",
        text: "Invoices are sent by post.\n\nPigeons are birds.",
        source: { server: "a", uri: "a://t" }
      }
    ]
  })
})()

const asked = (grounding: Grounding, question: string, over: Partial<GenerationRequest> = {}) =>
  request({
    question,
    grounding,
    mentions: [],
    schemaWords: schemaWords(question, grounding),
    ...over
  })
const built = (...args: Parameters<typeof asked>) => Result.getOrThrow(Prompt.build(asked(...args)))
const question = "How much was billed on invoices?"

describe("A prompt's budget", () => {
  it("leaves nothing out while everything fits", () => {
    const { report, system } = built(large, question, { promptTokens: 1_000_000 })
    assert.isAbove(report.tokens, 200_000)
    assert.deepStrictEqual(report.leftOut, [])
    assert.notInclude(system, "left out")
  })

  it("holds 200 tables of 30 described columns by default: what the question is about in full, the rest by name", () => {
    const { report, system, user } = built(large, question)
    assert.isAtMost(report.tokens, 60_000)
    assert.strictEqual(report.budget, 60_000)
    assert.include(user, `invoices_value_28 NUMERIC(12, 2) -- ${described}`)
    assert.include(system, "was left out for want of room")
    for (const name of ["depot0", "depot199"]) assert.include(user, `table ${name} -- `)
    assert.include(user, "more columns are left out)")
    assert.deepStrictEqual(
      report.leftOut.map(({ what }) => what),
      Pieces.omissions.slice(0, report.leftOut.length)
    )
    assert.notInclude(
      report.leftOut.flatMap(({ of }) => of),
      "invoices"
    )
  })

  it("leaves out in the stated order, the least related first, and says what", () => {
    const tight = built(large, question, { promptTokens: 6000 })
    const out = new Map(tight.report.leftOut.map(({ of, what }) => [what, of]))
    assert.deepStrictEqual(out.get("texts without a word of the question"), ["glossary"])
    assert.deepStrictEqual(out.get("sample queries without a word of the question"), ["What is in the depots?"])
    assert.deepStrictEqual(out.get("column mappings"), ["stocked"])
    assert.notInclude(tight.user, "Pigeons")
    assert.include(tight.user, "Invoices are sent by post.")
    assert.include(tight.user, "SELECT COUNT(*) FROM invoices")
    assert.include(tight.user, '"billed" means')
    assert.include(tight.user, "table invoices")
    // The neighbours of the table in question go last.
    const tables = out.get("tables") ?? []
    assert.isAbove(tables.length, 0)
    assert.notInclude(tables, "depot119")
    assert.notInclude(tables, "depot121")
  })

  it("keeps the keys of the tables on the way between two that the question speaks of, and of no long way", () => {
    const { report, user } = built(large, "depot10 by depot13", { promptTokens: 8000 })
    const out = new Map(report.leftOut.map(({ of, what }) => [what, of]))
    for (const at of [10, 13]) assert.include(user, `depot${at}_value_28 NUMERIC(12, 2)`)
    for (const at of [11, 12]) {
      assert.include(user, `table depot${at} -- `)
      assert.include(out.get("columns but keys") ?? [], `depot${at}`)
    }
    assert.include(user, "depot12.id refers to depot11.id")
    assert.include(
      built(large, "depot10 by invoices", { promptTokens: 8000 }).report.leftOut.at(-1)?.of ?? [],
      "depot60"
    )
  })

  it("keeps the table of a name, a found value and a mapped term, whatever they are called", () => {
    const named = built(large, "what of it?", {
      promptTokens: 20_000,
      mentions: [mention("it", { databaseReferences: { "depot55.depot55_value_3": "x" } })]
    })
    assert.include(named.user, "depot55_value_28")
    const valued = {
      ...large,
      tables: large.tables.map((one) =>
        one.name === "depot66"
          ? {
              ...one,
              columns: one.columns.map((column, at) =>
                at === 4 ? { ...column, values: ["x"], partial: true } : column
              )
            }
          : one
      )
    }
    const { user } = built(valued, "what of it?", { promptTokens: 20_000 })
    assert.include(user, "depot66_value_28")
    assert.include(user, 'Holds among others: "x"')
  })

  it("is an error only where what the question needs does not fit, and says what is how big", () => {
    assert.isTrue(Result.isSuccess(Prompt.build(asked(large, question, { promptTokens: 2600 }))))
    const error = Result.getOrThrow(Result.flip(Prompt.build(asked(large, question, { promptTokens: 1000 }))))
    assert.strictEqual(error.reason._tag, "TooLarge")
    assert.match(error.detail, /its budget is 1000 \(rules \d+, schema \d+, /)
    assert.include(error.remedy, "orchestration.query.prompt_tokens")
  })

  const Budget = Arbitrary.map(Arbitrary.schema(Schema.Int), (number) => 2600 + Math.abs(number % 100_000))
  it.prop(
    "is kept, whatever it is, and what is left out does not depend on anything else",
    { promptTokens: Budget },
    ({ promptTokens }) => {
      const one = built(large, question, { promptTokens })
      assert.isAtMost(one.report.tokens, promptTokens)
      assert.strictEqual(Prompt.tokensOf(one.system + one.user), one.report.tokens)
      assert.deepStrictEqual(built(large, question, { promptTokens }), one)
      assert.include(one.user, "invoices_value_28")
    },
    { arbitrary: { runs: 8 } }
  )
})
