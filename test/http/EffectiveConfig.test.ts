/** What the API says of the configuration, when its file is read again. */
import { assert, it } from "@effect/vitest"
import { Effect, Layer, Ref, Stream } from "effect"
import * as ConfigLoader from "../../src/config/ConfigLoader.ts"
import { ConfigSource } from "../../src/config/ConfigSource.ts"
import { EffectiveConfig } from "../../src/http/EffectiveConfig.ts"
import { ConfigError, ConfigProblem } from "../../src/OrchestratorError.ts"

const problem = new ConfigProblem({
  path: "mcp_servers.shop.priority",
  message: "must be a whole number",
  line: 7,
  column: 15,
  severity: "error"
})

const configOf = (port: number) =>
  ConfigLoader.fromUnknown({
    mcp_servers: {
      shop: {
        name: "Shop",
        url: `http://localhost:${port}/sse`,
        priority: 1,
        domains: ["products"],
        capabilities: ["list_resources"],
        transport: "sse"
      }
    }
  })

it.effect("a file that is refused says where and why, while the one before it is in force", () =>
  Effect.gen(function* () {
    const first = yield* configOf(1)
    const second = yield* configOf(2)
    const reading = { warnings: [], secrets: [], values: [] }
    const next = yield* Ref.make<ConfigSource["Service"]["load"]>(
      Effect.fail(new ConfigError({ file: "/a.yaml", problems: [problem], remedy: "Mend it." }))
    )
    const source = Layer.succeed(ConfigSource, {
      initial: { ...reading, config: first },
      load: Effect.flatten(Ref.get(next)),
      changes: Stream.empty
    })
    yield* Effect.gen(function* () {
      const { latest } = yield* EffectiveConfig
      const { load } = yield* ConfigSource
      assert.deepStrictEqual(latest(first), { current: true, problems: [] })
      yield* Effect.exit(load)
      assert.deepStrictEqual(latest(first), { current: false, problems: [problem] })
      yield* Ref.set(next, Effect.succeed({ ...reading, config: second }))
      yield* load
      // Read, and its servers are being connected.
      assert.deepStrictEqual(latest(first), { current: false, problems: [] })
      assert.deepStrictEqual(latest(second), { current: true, problems: [] })
    }).pipe(Effect.provide(EffectiveConfig.layer.pipe(Layer.provide(source))))
  })
)
