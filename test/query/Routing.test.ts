import { assert, describe, it } from "@effect/vitest"
import { Result } from "effect"
import type * as Schema from "effect/Schema"
import * as Contents from "../../src/grounding/Contents.ts"
import { fromContents } from "../../src/grounding/Grounding.ts"
import * as Routing from "../../src/query/Routing.ts"
import { EntityCatalog } from "../../src/resolution/EntityCatalog.ts"
import { link } from "../../src/resolution/Mentions.ts"
import { gathered, server } from "./Groundings.ts"

const options = { fuzzy: true, threshold: 0.82, margin: 0.05 }

const database = (id: string, priority: number, tables: { readonly [name: string]: ReadonlyArray<string> }) => ({
  ...server(id, priority, {
    schema: { tables: Object.fromEntries(Object.entries(tables).map(([name, columns]) => [name, { columns }])) }
  }),
  capabilities: ["execute_query", "list_resources"]
})

// The two databases of designcomputer/mysql_mcp_server#99: tables of their own, and one of the same name.
const shop = database("shop_db", 5, { orders: ["id", "total", "status"], users: ["id", "email"] })
const hr = database("hr_db", 10, { employees: ["id", "name", "salary"], users: ["id", "login", "role"] })

const route = (
  question: string,
  servers: ReadonlyArray<ReturnType<typeof server>> = [shop, hr],
  metadata: { readonly [name: string]: Schema.Json } = {}
) => {
  const contents = Contents.read(gathered(server("meta", 1, metadata), ...servers))
  const grounding = fromContents(contents)
  const [first = shop, ...others] = servers
  return Routing.route(question, link(question, EntityCatalog.from(contents), grounding, options), grounding, [
    first,
    ...others
  ])
}

const routed = (...parameters: Parameters<typeof route>) => Result.getOrThrow(route(...parameters))
const refused = (...parameters: Parameters<typeof route>) => Result.getOrThrow(Result.flip(route(...parameters)))

describe("a question goes to", () => {
  it("the server that has what it speaks of, and says why", () => {
    for (const [question, id] of [
      ["How many orders are there?", "shop_db"],
      ["How many employees are there?", "hr_db"],
      ["average salary of employees", "hr_db"],
      ["users with role admin", "hr_db"],
      ["users by email", "shop_db"]
    ] as const) {
      assert.strictEqual(routed(question).database.server, id, question)
    }
    assert.strictEqual(
      routed("average salary of employees").reason,
      'Run on hr_db, the only server that has "salary", "employees".'
    )
  })

  it("the server of a term's column, and of an entity's place", () => {
    const metadata = {
      column_mappings: { pay: "employees.salary" },
      aliases: [{ name: "Acme", database_references: { "orders.id": 7 } }]
    }
    assert.strictEqual(routed("total pay", [shop, hr], metadata).database.server, "hr_db")
    assert.strictEqual(routed("status of Acme", [shop, hr], metadata).database.server, "shop_db")
  })

  it("the server that has a column of which a part is said, where nothing is called so", () => {
    const depot = database("depot_db", 5, { parcels: ["id", "net_weight"] })
    assert.strictEqual(routed("average weight", [depot, hr]).database.server, "depot_db")
    assert.strictEqual(routed("salary over the weight", [depot, hr]).database.server, "hr_db")
  })

  it("the only server there is, without a word about it", () => {
    const { database, reason } = routed("anything at all", [shop])
    assert.deepStrictEqual([database.server, reason], ["shop_db", null])
  })

  it("the server that the question names, and loses those words", () => {
    for (const [question, rest] of [
      ["How many users are there in hr_db?", "How many users are there?"],
      ["How many users are there in the HR db database?", "How many users are there?"],
      ["list users from the hr_db server by role", "list users by role"]
    ] as const) {
      const { database, question: asked } = routed(question)
      assert.strictEqual(database.server, "hr_db", question)
      assert.strictEqual(asked.length, question.length)
      assert.strictEqual(asked.replace(/\s+/g, " ").replace(" ?", "?"), rest)
    }
  })

  it("no server because a word of the schema is called like it", () => {
    const sales = database("sales", 5, { sales: ["id", "amount"], people: ["id"] })
    assert.strictEqual(routed("number of people in sales", [sales, hr]).question, "number of people in sales")
    assert.strictEqual(routed("users in the sales database", [sales, hr]).database.server, "sales")
  })

  it("the best priority among servers with the same tables", () => {
    const staging = database("staging", 7, { orders: ["status", "id", "total"], users: ["id", "email"], notes: ["id"] })
    const { database: chosen, reason } = routed("How many orders are there?", [shop, staging])
    assert.strictEqual(chosen.server, "shop_db")
    assert.match(reason ?? "", /best priority among those with the same tables/)
    assert.strictEqual(routed("How many notes are there?", [shop, staging]).database.server, "staging")
  })

  it("the server with a table of that name rather than a column", () => {
    const counts = database("counts", 7, { days: ["day", "orders"] })
    assert.strictEqual(routed("How many orders are there?", [counts, shop]).database.server, "shop_db")
  })
})

describe("a question is refused", () => {
  it("when tables of one name differ", () => {
    const { candidates, detail } = refused("How many users are there?")
    assert.deepStrictEqual(candidates, ["shop_db", "hr_db"])
    assert.strictEqual(detail, '"users" may be that of shop_db or of hr_db')
  })

  it("when it speaks of tables of two servers", () => {
    const { detail } = refused("total of orders and salary of employees")
    assert.match(detail, /one statement cannot read two servers: shop_db has .*"orders".*, hr_db has .*"salary"/)
  })

  it("when it speaks of nothing that any of them has", () => {
    const { detail } = refused("what is up?")
    assert.match(detail, /nothing in the question says which database is meant: shop_db \(orders, users\), or hr_db/)
  })
})
