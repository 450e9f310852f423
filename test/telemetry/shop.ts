/** Two fake servers with the demo shop's words and tables, and the orchestrator over them. */
import { Effect, Layer } from "effect"
import * as ConfigLoader from "../../src/config/ConfigLoader.ts"
import { Sessions } from "../../src/connection/Sessions.ts"
import * as DemoMetadata from "../../src/demo/DemoMetadata.ts"
import { ConfigSource } from "../../src/config/ConfigSource.ts"
import type { OrchestratorConfig } from "../../src/config/OrchestratorConfig.ts"
import { Orchestrator } from "../../src/Orchestrator.ts"
import * as RuleBased from "../../src/sql/RuleBased.ts"
import { type FakeScript, FakeServer } from "../../src/testing/index.ts"

export const question = "total revenue of the fitness band last year"

export const metadata: ReadonlyArray<FakeScript.FakeResource> = [
  { uri: "product://aliases", name: "product_aliases", json: DemoMetadata.productAliases },
  { uri: "product://columns", name: "column_mappings", json: DemoMetadata.columnMappings }
]
export const schema: ReadonlyArray<FakeScript.FakeResource> = [
  { uri: "database://metadata", name: "database_metadata", json: DemoMetadata.databaseMetadata }
]

export const text = (words: string): FakeScript.FakeToolResult => ({ content: [{ type: "text", text: words }] })

export const sqlTool = (reply: FakeScript.FakeTool["reply"]): FakeScript.FakeTool => ({
  name: "execute_query",
  inputSchema: { type: "object", properties: { sql: { type: "string" } }, required: ["sql"] },
  reply
})

/** Ids `server_1` (words, priority 1) and `server_2` (tables, priority 2); what is given is laid over their scripts. */
export const open = Effect.fnUntraced(function* (
  changes: { readonly metadata?: FakeScript.FakeScript; readonly database?: FakeScript.FakeScript } = {}
) {
  const servers = [
    yield* FakeServer.make({ resources: metadata, ...changes.metadata }),
    yield* FakeServer.make({ resources: schema, tools: [sqlTool(text('[{"revenue":1}]'))], ...changes.database })
  ] as const
  const file = FakeServer.orchestratorConfig(servers, {
    orchestration: { retry: { attempts: 3, base_delay: "1 millis", max_delay: "2 millis" } }
  })
  return { servers, file, config: yield* ConfigLoader.fromUnknown(file) }
})

/** The orchestrator of a configuration over SSE, with the rule-based generator unless another Layer is given. */
export const orchestrator = (config: OrchestratorConfig, generator: typeof RuleBased.layer = RuleBased.layer) =>
  Orchestrator.layer.pipe(Layer.provide([ConfigSource.layerValue(config), generator, Sessions.layerSse]))
