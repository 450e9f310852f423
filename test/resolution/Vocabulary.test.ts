import { assert, describe, it } from "@effect/vitest"
import { Schema } from "effect"
import { render } from "../../src/cli/VocabularyCommand.ts"
import { fromResources, Vocabulary } from "../../src/resolution/Vocabulary.ts"
import { gathered, server } from "./Gathered.ts"

const names = server("names", 1, ["products"], {
  aliases: {
    lamp: { canonical_name: "Lamp", aliases: ["light", "lamp"], categories: ["Lighting"] },
    torch: { canonical_name: "Torch", categories: ["Lighting"] }
  },
  terms: { user_friendly_terms: { revenue: "SUM(orders.total)" } }
})
const shop = {
  ...server("shop", 10, ["orders"], {
    schema: {
      tables: {
        orders: {
          description: "What was sold",
          columns: [
            { name: "total", type: "REAL" },
            { name: "status", type: "TEXT", description: "State", values: ["paid", "open"] }
          ]
        }
      }
    }
  }),
  capabilities: ["execute_query", "list_resources"]
}

describe("a vocabulary", () => {
  it("holds tables, columns, values, terms and names, with who says so and whose names win", () => {
    const vocabulary = fromResources(gathered(shop, names))
    assert.deepStrictEqual(vocabulary, {
      servers: [
        { server: "shop", priority: 10, domains: ["orders"] },
        { server: "names", priority: 1, domains: ["products"] }
      ],
      databases: [
        {
          server: "shop",
          tables: [
            {
              table: "orders",
              description: "What was sold",
              columns: [
                { column: "total", description: null, values: [] },
                { column: "status", description: "State", values: ["paid", "open"] }
              ],
              server: "shop",
              uri: "test://shop/schema"
            }
          ]
        }
      ],
      terms: [{ term: "revenue", expression: "SUM(orders.total)", server: "names", uri: "test://names/terms" }],
      entities: [
        { name: "Lamp", aliases: ["lamp", "light"], keys: ["lamp", "lamp", "light"], members: [] },
        { name: "Torch", aliases: ["torch"], keys: ["torch", "torch"], members: [] },
        { name: "Lighting", aliases: [], keys: ["lighting"], members: ["Lamp", "Torch"] }
      ].map((entity) => ({ ...entity, server: "names", uri: "test://names/aliases" }))
    })
    assert.deepStrictEqual(Schema.decodeSync(Vocabulary)(vocabulary), vocabulary)
  })

  it("is printed by kind and server", () => {
    assert.strictEqual(
      render(fromResources(gathered(shop, names))),
      `1 table with 2 columns in the database of shop
  orders
    total, status

Values of 1 column in the database of shop
  orders.status
    paid, open

1 term of names
  revenue

3 names of names
  Lamp (light), Torch, Lighting (all 2)`
    )
    assert.match(render(fromResources(gathered())), /^No server publishes a word/)
  })

  it.prop(
    "is printed in 80 columns and a bounded number of lines, whatever the servers say",
    { words: Schema.Array(Schema.String), many: Schema.Literals([1, 40]) },
    ({ many, words }) => {
      const all = Array.from({ length: many }, (_, at) => words.map((word) => `${word}${"x".repeat(at)}`)).flat()
      const text = render({
        servers: [],
        databases: [
          {
            server: "s",
            tables: all.map((table) => ({
              table,
              description: null,
              columns: all.slice(0, 50).map((column) => ({ column, description: null, values: all.slice(0, 50) })),
              server: "s",
              uri: "u"
            }))
          }
        ],
        terms: all.map((term) => ({ term, expression: "", server: "s", uri: "u" })),
        entities: all.map((name) => ({ name, aliases: all.slice(0, 3), keys: [], members: [], server: "s", uri: "u" }))
      })
      const lines = text.split("\n")
      assert.isAtMost(lines.length, 2 * (2 + 30 * 5 + 2) + 2 * (1 + 13 + 1))
      for (const line of lines) assert.isAtMost([...line].length, 80 + [...line.matchAll(/\p{M}/gu)].length)
    },
    { arbitrary: { runs: 30 } }
  )
})
