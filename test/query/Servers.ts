/** Fake database servers, and an orchestrator's connections to them. */
import { Effect } from "effect"
import * as ConfigLoader from "../../src/config/ConfigLoader.ts"
import * as ConnectionSets from "../../src/connection/ConnectionSets.ts"
import { type FakeScript, FakeServer } from "../../src/testing/index.ts"

export const schema = {
  tables: {
    products: {
      columns: [
        { name: "id", type: "INTEGER" },
        { name: "name", type: "TEXT" },
        { name: "price", type: "REAL" }
      ]
    },
    orders: {
      columns: [
        { name: "id", type: "INTEGER" },
        { name: "product_id", type: "INTEGER" },
        { name: "amount", type: "REAL" }
      ]
    }
  }
} as const

export const rows = (columns: ReadonlyArray<string>, ...values: ReadonlyArray<ReadonlyArray<string | number>>) => ({
  content: [{ type: "text", text: JSON.stringify({ columns, rows: values }) }]
})

/** What a server says of an error of its database. */
export const databaseError = (text: string) => ({ isError: true, content: [{ type: "text", text }] })

const takesSql = { type: "object", properties: { sql: { type: "string" } }, required: ["sql"] }

/** The script of a server that publishes the schema and answers `execute_query` so. */
export const databaseScript = (
  reply: FakeScript.FakeTool["reply"],
  more: FakeScript.FakeScript = {}
): FakeScript.FakeScript => ({
  resources: [{ uri: "database://metadata", name: "database_metadata", json: schema }],
  tools: [{ name: "execute_query", inputSchema: takesSql, reply }],
  ...more
})

/** Two tries with hardly a pause between them. */
const quick = { retry: { attempts: 2, base_delay: "1 millis" } }

/** The set in force for these servers, in priority order; closed with the scope. */
export const generationOf = Effect.fnUntraced(function* (
  servers: ReadonlyArray<FakeServer.FakeServer>,
  overrides: Parameters<typeof FakeServer.orchestratorConfig>[1] = {}
) {
  const file = FakeServer.orchestratorConfig(servers, {
    ...overrides,
    orchestration: { ...quick, ...overrides.orchestration }
  })
  const generations = yield* Effect.flatMap(ConfigLoader.fromUnknown(file), ConnectionSets.make)
  return yield* generations.borrow
})
