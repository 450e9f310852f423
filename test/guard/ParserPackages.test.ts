import { assert, it } from "@effect/vitest"
import { Effect, Layer } from "effect"
import { vi } from "vitest"
import * as ConfigLoader from "../../src/config/ConfigLoader.ts"
import { ConfigSource } from "../../src/config/ConfigSource.ts"
import { Sessions } from "../../src/connection/Sessions.ts"
import { Orchestrator } from "../../src/Orchestrator.ts"
import { SqlGenerator } from "../../src/sql/SqlGenerator.ts"

// Of the packages that are looked for, MySQL's is not there.
vi.mock("../../src/NodeBuiltin.ts", () => ({
  nodeBuiltin: (name: string) => ({
    ...process.getBuiltinModule(name),
    ...(name === "node:module" && {
      createRequire: () => ({
        resolve: (name: string) => {
          if (name.includes("sqlparser")) throw new Error(`Cannot find module '${name}'`)
          return name
        }
      })
    })
  })
}))

const server = (priority: number, dialect: string, capability: string) => ({
  name: dialect,
  url: "http://localhost:1/sse",
  priority,
  domains: ["sales"],
  capabilities: [capability],
  transport: "sse",
  dialect
})

const start = Effect.fnUntraced(function* (servers: { readonly [id: string]: object }) {
  const config = yield* ConfigLoader.fromUnknown({ mcp_servers: servers, orchestration: { fail_fast: true } })
  const needed = Layer.mergeAll(
    ConfigSource.layerValue(config),
    Layer.mock(SqlGenerator, { name: "none", repairs: false }),
    Sessions.layerSse
  )
  yield* Effect.scoped(Layer.build(Orchestrator.layer.pipe(Layer.provide(needed))))
})

it.effect("a dialect without its parser is refused at the start, with the package to install", () =>
  Effect.gen(function* () {
    const error = yield* Effect.flip(
      start({ one: server(1, "mysql", "execute_query"), two: server(2, "sqlite", "execute_query") })
    )
    if (error._tag !== "ConfigError") return assert.fail(error.message)
    assert.deepStrictEqual(
      error.problems.map(({ path }) => path),
      ["mcp_servers.one.dialect"]
    )
    assert.include(error.message, "npm install @guanmingchiu/sqlparser-ts")
  })
)

it.effect("nothing is missed where no SQL of that dialect is run", () =>
  start({ one: server(1, "mysql", "list_resources"), two: server(2, "sqlite", "execute_query") })
)
