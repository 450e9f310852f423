/** `demo`: two real MCP servers in this process, and the whole line over them. */
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { ConfigSource } from "../config/ConfigSource.ts"
import * as ConfigLoader from "../config/ConfigLoader.ts"
import { type DemoServers, start } from "../demo/DemoServers.ts"
import { Orchestrator } from "../Orchestrator.ts"
import * as Formats from "./Formats.ts"
import * as GatherCommand from "./GatherCommand.ts"
import * as GlobalFlags from "./GlobalFlags.ts"
import * as Output from "./Output.ts"
import * as QueryCommand from "./QueryCommand.ts"
import * as Setup from "./Setup.ts"
import * as Table from "../text/Table.ts"
import * as Terminal from "./Terminal.ts"

const questions = [
  "Total revenue of the fitness band this year",
  "Revenue of audio products by country last quarter",
  "Compare the revenue of AeroBuds Pro and the fitness band by month in the last 90 days"
]

export const run = Effect.fnUntraced(function* ({ keep }: { readonly keep: boolean }) {
  const servers = yield* start({ productPort: 8002, databasePort: 8000, host: "127.0.0.1" })
  for (const notice of servers.notices) yield* Output.stderr(notice)
  if (keep) {
    const lines = [`Product Metadata MCP  ${servers.productUrl}`, `Database MCP          ${servers.databaseUrl}`]
    const overrides =
      servers.notices.length === 0
        ? []
        : [
            "mcp-config.yaml names other ports; in the other terminal:",
            `export MCP__MCP_SERVERS__PRODUCT_METADATA_MCP__URL=${servers.productUrl}`,
            `export MCP__MCP_SERVERS__DATABASE_MCP__URL=${servers.databaseUrl}`
          ]
    yield* Output.stdout([...lines, ...overrides, "Ctrl-C stops both."].join("\n"))
    return yield* Effect.never
  }
  const level = yield* GlobalFlags.LogLevel
  const config = yield* ConfigLoader.fromUnknown(demoConfig(servers, Option.getOrUndefined(level)))
  yield* Effect.provide(show, Setup.orchestratorLayer(ConfigSource.layerValue(config), "told"))
}, Effect.scoped)

const show = Effect.gen(function* () {
  const orchestrator = yield* Orchestrator
  yield* Output.stdout("Gathering every resource of two MCP servers over SSE:\n")
  yield* Output.stdout(Formats.table(GatherCommand.sheet(yield* orchestrator.gather())))
  for (const question of questions) {
    const result = yield* orchestrator.query(question)
    const heading = Table.wrap(question, Terminal.columns() - 3).join("\n   ")
    yield* Output.stdout(`\n── ${heading}\n\n${QueryCommand.explain(result)}`)
  }
})

/** mcp-config.yaml with the ports that were really taken; quiet unless asked, so that the result stands alone. */
export const demoConfig = (servers: DemoServers, logLevel = "WARNING") => ({
  mcp_servers: {
    product_metadata_mcp: {
      name: "Product Metadata MCP Server",
      url: servers.productUrl,
      priority: 1,
      domains: ["products", "product_aliases", "column_mappings"],
      capabilities: ["list_resources"],
      transport: "sse"
    },
    database_mcp: {
      name: "Database MCP Server",
      url: servers.databaseUrl,
      priority: 10,
      domains: ["sales", "transactions", "orders", "customers", "products"],
      capabilities: ["execute_query", "list_resources"],
      transport: "sse"
    }
  },
  orchestration: { log_level: logLevel }
})
