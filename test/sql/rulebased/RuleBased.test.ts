import { isAnswer } from "../../../eval/Comparison.ts"
import { assert, it } from "@effect/vitest"
import { Arbitrary, Effect, Result, Schema } from "effect"
import { readFileSync } from "node:fs"
import * as DemoDatabase from "../../../src/demo/DemoDatabase.ts"
import type { Grounding } from "../../../src/grounding/Grounding.ts"
import * as RuleBased from "../../../src/sql/RuleBased.ts"
import { generate } from "../../../src/sql/rulebased/RuleBasedSql.ts"
import { type GenerationRequest, SqlGenerator } from "../../../src/sql/SqlGenerator.ts"
import { defog, demo, fromSchema, groundingOf } from "../../query/Groundings.ts"
import { demoMentions, mention, schemaWords } from "../../query/Mentions.ts"

const today = "2026-11-22"
const database = DemoDatabase.open(today)

const ask = (question: string, request: Partial<GenerationRequest> = {}) =>
  generate({
    question,
    grounding: demo,
    mentions: demoMentions(question),
    notes: [],
    schemaWords: schemaWords(question, request.grounding ?? demo),
    dialect: "sqlite",
    maxRows: 1000,
    today,
    previous: [],
    ...request
  })

const sqlOf = (question: string, request: Partial<GenerationRequest> = {}) =>
  Result.getOrThrow(ask(question, request)).sql.replaceAll("\n", " ")

const refusal = (question: string, request: Partial<GenerationRequest> = {}) =>
  Result.getOrThrow(Result.flip(ask(question, request)))

const run = (sql: string) => Result.getOrThrow(database.query(sql)).rows

// What the shipped questions expect, for a fixed day.
const evaluation = readFileSync(new URL("../../../eval/demo.jsonl", import.meta.url), "utf8")
  .trim()
  .split("\n")
  .map((line): { readonly question: string; readonly expected_sql: string } => JSON.parse(line))

it("answers the shipped questions rightly or not at all, and most of them", () => {
  const outcomes = evaluation.map(({ expected_sql, question }) => {
    const expected = run(expected_sql.replaceAll("'now'", `'${today}'`))
    const answer = ask(question)
    if (Result.isFailure(answer)) return "refused"
    assert.isTrue(isAnswer({ rows: expected }, { rows: run(answer.success.sql) }), `${question}\n${answer.success.sql}`)
    return "right"
  })
  assert.isAtLeast(outcomes.length, 60)
  assert.isAtLeast(outcomes.filter((outcome) => outcome === "right").length / outcomes.length, 0.8)
})

it("composes joins, conditions and groups from the schema", () => {
  assert.strictEqual(
    sqlOf("Revenue by country for AeroBuds Pro in 2025"),
    "SELECT customers.country, SUM(order_items.quantity * order_items.unit_price) AS revenue FROM order_items " +
      "JOIN orders ON orders.id = order_items.order_id JOIN customers ON customers.id = orders.customer_id " +
      "JOIN products ON products.id = order_items.product_id WHERE products.id = 1 " +
      "AND orders.order_date >= '2025-01-01' AND orders.order_date < '2026-01-01' " +
      "GROUP BY customers.country ORDER BY revenue DESC, customers.country"
  )
})

it("explains the answer in a sentence and names the entities it used", () => {
  const answer = Result.getOrThrow(ask("Top 3 customers by revenue for AeroBuds Pro last year"))
  assert.deepStrictEqual(answer.usedEntities, ["AeroBuds Pro"])
  assert.strictEqual(
    answer.explanation,
    "Revenue, by customers, only AeroBuds Pro, order_date last year (from 2025-01-01 to 2025-12-31), highest revenue first, at most 3 rows."
  )
})

it("never counts a row twice: conditions on related rows become subqueries", () => {
  const sql = sqlOf("Average order value of orders that contain the Silent Mouse")
  assert.include(
    sql,
    "SELECT AVG(orders.total_amount) AS average_order_value FROM orders WHERE orders.id IN (SELECT order_items.order_id"
  )
  assert.deepStrictEqual(
    run(sqlOf("How many customers ordered AeroBuds Pro in March 2026?")),
    run(`SELECT COUNT(DISTINCT customer_id) FROM orders JOIN order_items ON order_id = orders.id
      WHERE product_id = 1 AND order_date LIKE '2026-03-%'`)
  )
  // "the average order value by category" would count an order once for each of its items
  assert.match(refusal("Average order value by category").detail, /once for each row of order_items/)
})

it("asks for a related row when a verb or table says so", () => {
  assert.match(
    sqlOf("How many customers ordered?"),
    /WHERE customers\.id IN \(SELECT orders\.customer_id FROM orders\)/
  )
})

it("answers how much with an amount, or not at all", () => {
  const sales = /^SELECT SUM\(order_items\.quantity \* order_items\.unit_price\) AS (?:sales|revenue) FROM/
  for (const question of [
    "how much did we sell this year",
    "how much did we sell in Lisbon this year",
    "how much revenue did we make in Germany"
  ]) {
    assert.match(sqlOf(question), sales, question)
  }
  assert.match(sqlOf("how much did each customer spend"), /^SELECT customers\.name, SUM\(/)
  assert.match(sqlOf("how much does a Silent Mouse cost"), /products\.unit_price FROM products/)
  for (const question of ["how much are orders from Berlin", "how much is the Pulse Band"]) {
    assert.match(refusal(question).detail, /"how much" asks for an amount/, question)
  }
  // The names of those who spent it are no amount.
  const group = "how much did Enterprise customers in Germany spend on Audio this year"
  assert.match(refusal(group).detail, /"customers"/)
})

it("gives one row for a singular and all, in order, for a plural", () => {
  assert.match(sqlOf("Which customer has the most orders?"), /DESC, customers\.name LIMIT 1$/)
  assert.match(sqlOf("Which customers have the most orders?"), /DESC, customers\.name$/)
})

it("lets the words of a mention without a place in the database mean what they mean", () => {
  const question = "Customers in Germany"
  const mentions = [mention(question, "Customers", "Customers", {})]
  assert.match(sqlOf(question, { mentions }), /FROM customers WHERE customers\.country = 'Germany'/)
})

const column = (name: string, type = "INTEGER", primary_key = false) => ({ name, type, primary_key })

it("takes the date of the business, not that of the record keeping", () => {
  const grounding = fromSchema({
    tables: {
      orders: { columns: [column("id", "INTEGER", true), column("order_date", "DATE")] },
      lines: {
        columns: [
          column("id", "INTEGER", true),
          column("order_id"),
          column("pieces"),
          column("created_at", "TIMESTAMP")
        ]
      }
    }
  })
  assert.match(sqlOf("total pieces in 2025", { grounding }), /WHERE orders\.order_date >= '2025-01-01'/)
})

it("does not choose between two dates or two ways to a table", () => {
  const addresses = { columns: [column("id", "INTEGER", true), column("city", "TEXT")] }
  const grounding = fromSchema({
    tables: {
      addresses,
      orders: {
        columns: [
          column("id", "INTEGER", true),
          column("billing_address_id"),
          column("shipping_address_id"),
          column("due_date", "DATE"),
          column("paid_date", "DATE")
        ]
      }
    }
  })
  assert.match(refusal("number of orders by city", { grounding }).detail, /related in more than one way/)
  assert.match(refusal("number of orders in 2025", { grounding }).detail, /orders\.due_date or orders\.paid_date/)
  assert.match(sqlOf("number of orders with due date in 2025", { grounding }), /orders\.due_date >= '2025-01-01'/)
})

it("keeps conditions on one related row together", () => {
  const sql = sqlOf("Which customers bought the Pulse Watch or the Pulse Band last month?")
  assert.strictEqual(sql.match(/IN \(SELECT/g)?.length, 1)
})

it("compares entities, values and times", () => {
  assert.deepStrictEqual(
    run(sqlOf("Compare revenue this month and last month"))
      .map(([label]) => label)
      .toSorted(),
    ["last month", "this month"]
  )
  assert.deepStrictEqual(
    run(sqlOf("Revenue of Pulse Watch vs Pulse Band"))
      .map(([label]) => label)
      .toSorted(),
    ["Pulse Band", "Pulse Watch"]
  )
  assert.match(sqlOf("Compare orders in Germany, France and Austria"), /IN \('Germany', 'France', 'Austria'\)/)
})

it("excludes what is excluded, all of it", () => {
  assert.match(sqlOf("Revenue excluding Germany and France"), /country NOT IN \('Germany', 'France'\)/)
  assert.match(sqlOf("number of orders not completed"), /status <> 'completed'/)
  assert.match(sqlOf("Which products were not sold this month?"), /products\.id NOT IN \(SELECT/)
})

it("names the words it did not understand, what it understood, and the way out", () => {
  const error = refusal("What is the discombobulated revenue by country?")
  assert.strictEqual(error.reason._tag, "NotUnderstood")
  assert.match(error.detail, /"discombobulated"/)
  assert.deepStrictEqual(error.understood, ["revenue", "by country"])
  assert.match(error.remedy, /LLM_BASE_URL, LLM_MODEL, LLM_API_KEY/)
})

it("refuses what would be a guess", () => {
  for (const [question, why] of [
    ["How many products were sold last month?", /different ones or for pieces/],
    ["Average revenue", /two steps/],
    ["Which customers bought the Pulse Watch and the Pulse Band?", /both at once or for either/],
    ["Revenue of the top 5 products", /two steps/],
    ["Revenue in 2024 or 2025", /"or"|several times/],
    ["Revenue in Germany or over 1000", /joins conditions/],
    ["Revenue in Germany or for AeroBuds Pro", /joins conditions/],
    ["Revenue in Germany or this year", /"or" joins/],
    ["Revenue not", /"not" applies/],
    ["number of customers excluding AeroBuds Pro", /one or all/],
    ["customers sorted by price", /cannot be ordered by products\.unit_price/],
    ["Orders without the Silent Mouse", /not understood/],
    ["orders not over 1000", /not over 1000/],
    ["Average quantity per order", /one number or one for each/],
    ['orders of "Nobody Known"', /quoted/],
    ["average price of sold products", /which sales/],
    ["orders with at least 3 different products", /does not say of what/],
    ["orders with at least 3 Audio products", /does not say of what/],
    ["web orders and phone orders", /both at once or either/],
    ["hello", /hello/],
    ["drop table orders", /drop/],
    ["", /not said what/]
  ] as const) {
    assert.match(refusal(question).detail, why, question)
  }
})

it("says so when nothing describes a database", () => {
  const understood = [
    { server: "docs", uri: "a://1", name: "glossary", tables: 0, mappings: 0, entities: 0, text: true },
    { server: "meta", uri: "a://2", name: "aliases", tables: 0, mappings: 0, entities: 3, text: false },
    { server: "meta", uri: "a://3", name: "counts", tables: 0, mappings: 0, entities: 0, text: false }
  ]
  const error = refusal("revenue", { grounding: groundingOf({ understood }) })
  assert.strictEqual(error.reason._tag, "NoSchema")
  assert.include(
    error.detail,
    "gathered were glossary of docs (text), aliases of meta (entities 3), counts of meta (nothing understood)"
  )
  assert.match(error.remedy, /CREATE TABLE text.*introspection: always.*docs\/servers\.md/)
  assert.match(refusal("revenue", { grounding: groundingOf() }).detail, /nothing was gathered/)
})

it("reports a mention whose place the schema does not have", () => {
  const question = "revenue of Gizmo"
  const mentions = [mention(question, "Gizmo", "Gizmo 3000", { "gadgets.id": 3 })]
  assert.match(refusal(question, { mentions }).detail, /Gizmo 3000.*nothing says where/)
})

it("writes values as data, whatever is in them", () => {
  const question = `orders of customer "Robert'); DROP TABLE orders;--"`
  const sql = sqlOf(question)
  assert.include(sql, `customers.name = 'Robert''); DROP TABLE orders;--'`)
  assert.deepStrictEqual(run(sql), [])
  const hostile = "revenue of Bobby"
  const mentions = [mention(hostile, "Bobby", "Bobby", { "products.name": "x' OR '1'='1" })]
  assert.deepStrictEqual(run(sqlOf(hostile, { mentions })), [[null]])
  assert.include(sqlOf(hostile, { mentions, dialect: "mysql" }), "'x'' OR ''1''=''1'")
})

it("quotes names that need it, in the dialect's way", () => {
  const grounding = fromSchema({
    tables: {
      Order: {
        columns: [
          { name: "id", type: "int", primary_key: true },
          { name: 'odd "name"', type: "numeric" }
        ]
      }
    }
  })
  const total = (dialect: GenerationRequest["dialect"]) => sqlOf("total odd name", { grounding, dialect })
  assert.strictEqual(total("sqlite"), 'SELECT SUM("Order"."odd ""name""") AS total_odd_name FROM "Order"')
  assert.strictEqual(total("mysql"), 'SELECT SUM(`Order`.`odd "name"`) AS total_odd_name FROM `Order`')
})

it("asks other databases in their dialect", () => {
  assert.include(
    sqlOf("orders by month in 2026", { dialect: "postgres" }),
    "to_char(CAST(orders.order_date AS timestamp), 'YYYY-MM')"
  )
  assert.include(sqlOf("orders by month in 2026", { dialect: "mysql" }), "DATE_FORMAT(orders.order_date, '%Y-%m')")
})

it("works on schemas it has never seen", () => {
  const cases: ReadonlyArray<readonly [Grounding, string, string]> = [
    [
      defog("broker"),
      "What are the top 10 ticker symbols by total transaction amount? Return the ticker symbol, number of transactions and total transaction amount.",
      "SELECT sbTicker.sbTickerSymbol, COUNT(*) AS number_of_transactions, SUM(sbTransaction.sbTxAmount) AS total_transaction_amount FROM sbTransaction JOIN sbTicker ON sbTicker.sbTickerId = sbTransaction.sbTxTickerId GROUP BY sbTicker.sbTickerSymbol ORDER BY total_transaction_amount DESC, sbTicker.sbTickerSymbol LIMIT 10"
    ],
    [
      defog("broker"),
      "Return the customer ID and name of customers who have not made any transactions.",
      "SELECT sbCustomer.sbCustName, sbCustomer.sbCustId FROM sbCustomer WHERE sbCustomer.sbCustId NOT IN (SELECT sbTransaction.sbTxCustId FROM sbTransaction WHERE sbTransaction.sbTxCustId IS NOT NULL) LIMIT 1001"
    ],
    [
      defog("restaurants"),
      "What is the average rating of restaurants in each region?",
      "SELECT geographic.region, AVG(restaurant.rating) AS average_rating FROM restaurant JOIN geographic ON geographic.city_name = restaurant.city_name GROUP BY geographic.region ORDER BY average_rating DESC, geographic.region"
    ],
    [
      defog("car_dealership"),
      "total sale price by salesperson in 2023",
      "SELECT salespersons.first_name, salespersons.last_name, SUM(sales.sale_price) AS total_sale_price FROM sales JOIN salespersons ON salespersons.id = sales.salesperson_id WHERE sales.sale_date >= '2023-01-01' AND sales.sale_date < '2024-01-01' GROUP BY salespersons.id, salespersons.first_name, salespersons.last_name ORDER BY total_sale_price DESC, salespersons.first_name, salespersons.last_name"
    ]
  ]
  for (const [grounding, question, sql] of cases) assert.strictEqual(sqlOf(question, { grounding, mentions: [] }), sql)
})

const vocabulary =
  "total average highest lowest most fewest top 5 3 by per each and or not without which how many number of different revenue sales orders customers products order item category country city status channel price quantity value units sold name month quarter year this last in 2025 March 90 days over 1000 more than at least between 10 20 sorted descending first Germany France completed web Audio AeroBuds Pro Pulse Watch compare versus with best selling cheapest latest largest ordered bought minimum date id holiday season weekday excluding active".split(
    " "
  )
const soup = Arbitrary.map(
  Arbitrary.schema(
    Schema.Array(Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: vocabulary.length - 1 }))).check(
      Schema.isMinLength(2),
      Schema.isMaxLength(9)
    )
  ),
  (picks) => picks.map((pick) => vocabulary[pick]).join(" ")
)

it.prop(
  "never sends SQL that the database refuses, whatever the words",
  [soup],
  ([question]) => {
    const answer = ask(question)
    if (Result.isSuccess(answer))
      assert.isTrue(Result.isSuccess(database.query(answer.success.sql)), answer.success.sql)
  },
  { arbitrary: { runs: 1500 } }
)

const answerable = evaluation.map(({ question }) => question).filter((question) => Result.isSuccess(ask(question)))

it.prop(
  "refuses every question with one word more that it does not know, and names the word",
  {
    index: Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: answerable.length - 1 })),
    place: Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 12 })),
    word: Schema.String.check(Schema.isPattern(/^zx[a-z]{3,8}$/))
  },
  ({ index, place, word }) => {
    const words = (answerable[index] ?? "").split(" ")
    const question = words.toSpliced(Math.min(place, words.length), 0, word).join(" ")
    // Inside a name, the word makes it another name.
    const error = refusal(question)
    assert.include(error.detail, word)
  },
  { arbitrary: { runs: 300 } }
)

it("says of each part of its explanation which piece of the SQL does it", () => {
  const { explanation, parts = [], sql } = Result.getOrThrow(ask("Top 3 customers by revenue in 2025"))
  assert.deepStrictEqual(
    parts.map(({ words }) => words),
    explanation.slice(0, -1).toLowerCase().split(", ")
  )
  for (const { sql: piece } of parts) if (piece !== null) assert.include(sql, piece)
  assert.deepInclude(parts, { words: "at most 3 rows", sql: "LIMIT 3" })
})

it.effect("is the SqlGenerator service", () =>
  Effect.gen(function* () {
    const generator = yield* SqlGenerator
    assert.strictEqual(generator.name, "rule-based")
    assert.isFalse(generator.repairs)
    const request = {
      question: "revenue",
      grounding: demo,
      mentions: [],
      notes: [],
      schemaWords: schemaWords("revenue", demo),
      dialect: "sqlite",
      maxRows: 10,
      today,
      previous: []
    } as const
    assert.include((yield* generator.generate(request)).sql, "SUM(")
    const error = yield* Effect.flip(generator.generate({ ...request, question: "blorp" }))
    assert.strictEqual(error._tag, "SqlGenerationError")
  }).pipe(Effect.provide(RuleBased.layer))
)

it("asks which table is meant where two schemas have one of the name, and takes the one that needs no schema", () => {
  const columns = [column("id", "INTEGER", true)]
  const schemas = fromSchema({ tables: { "sales.orders": { columns }, "archive.orders": { columns } } })
  assert.include(refusal("How many orders are there?", { grounding: schemas }).detail, "sales.orders or archive.orders")
  const usual = fromSchema({ tables: { orders: { columns }, "archive.orders": { columns } } })
  assert.match(sqlOf("How many orders are there?", { grounding: usual }), /FROM orders$/)
})

it("selects a DATE as text, which no driver can shift by its time zone, and filters by the date itself", () => {
  const grounding = fromSchema({
    tables: { orders: { columns: [column("id", "INTEGER", true), column("order_date", "date"), column("amount")] } }
  })
  const ask = (question: string, dialect: GenerationRequest["dialect"]) => sqlOf(question, { grounding, dialect })
  assert.strictEqual(
    ask("order date and amount of orders in 2025", "postgres"),
    "SELECT to_char(orders.order_date, 'YYYY-MM-DD') AS order_date, orders.amount FROM orders " +
      "WHERE orders.order_date >= '2025-01-01' AND orders.order_date < '2026-01-01' LIMIT 1001"
  )
  assert.strictEqual(
    ask("latest order date", "postgres"),
    "SELECT to_char(MAX(orders.order_date), 'YYYY-MM-DD') AS highest_order_date FROM orders"
  )
  // PostgreSQL orders DISTINCT rows by nothing but what they show.
  assert.include(
    ask("distinct order dates of orders sorted by order date", "postgres"),
    "ORDER BY to_char(orders.order_date, 'YYYY-MM-DD')"
  )
  assert.include(
    ask("order date of orders", "mysql"),
    "SELECT DATE_FORMAT(orders.order_date, '%Y-%m-%d') AS order_date"
  )
  assert.include(ask("order date of orders", "sqlite"), "SELECT orders.order_date FROM")
})
