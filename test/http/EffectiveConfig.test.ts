/** What the API says of the configuration, when its file is read again. */
import { assert, it } from "@effect/vitest"
import { Effect, Layer, Ref, Stream } from "effect"
import * as ConfigLoader from "../../src/config/ConfigLoader.ts"
import { ConfigSource } from "../../src/config/ConfigSource.ts"
import { Sessions } from "../../src/connection/Sessions.ts"
import { EffectiveConfig } from "../../src/http/EffectiveConfig.ts"
import { Orchestrator } from "../../src/Orchestrator.ts"
import { ConfigError, ConfigProblem } from "../../src/OrchestratorError.ts"
import * as RuleBased from "../../src/sql/RuleBased.ts"

const problem = new ConfigProblem({
  path: "mcp_servers.shop.priority",
  message: "must be a whole number",
  line: 7,
  column: 15,
  severity: "error"
})

const configOf = (port: number) =>
  ConfigLoader.fromUnknown({
    orchestration: { retry: { attempts: 1 } },
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

/** What the API says, beside the orchestrator that reads the source. */
const over = (source: ConfigSource["Service"]) =>
  Orchestrator.layer.pipe(
    Layer.provideMerge(EffectiveConfig.layer.pipe(Layer.provide(Layer.succeed(ConfigSource, source)))),
    Layer.provide([RuleBased.layer, Sessions.layerSse])
  )

it.effect("a file that is refused says where and why, while the one before it is in force", () =>
  Effect.gen(function* () {
    const first = yield* configOf(1)
    const second = yield* configOf(2)
    const reading = { warnings: [], secrets: [], values: [] }
    const next = yield* Ref.make<ConfigSource["Service"]["load"]>(
      Effect.fail(new ConfigError({ file: "/a.yaml", problems: [problem], remedy: "Mend it." }))
    )
    const source = {
      initial: { ...reading, config: first },
      load: Effect.flatten(Ref.get(next)),
      changes: Stream.empty
    }
    yield* Effect.gen(function* () {
      const { latest } = yield* EffectiveConfig
      const { load } = yield* ConfigSource
      assert.deepStrictEqual(latest(first), { current: true, problems: [] })
      yield* Effect.flip((yield* Orchestrator).reload)
      assert.deepStrictEqual(latest(first), { current: false, problems: [problem] })
      yield* Ref.set(next, Effect.succeed({ ...reading, config: second }))
      yield* load
      // Read, and its servers are being connected.
      assert.deepStrictEqual(latest(first), { current: false, problems: [] })
      assert.deepStrictEqual(latest(second), { current: true, problems: [] })
    }).pipe(Effect.provide(over(source)))
  })
)

it.live("a file whose servers cannot be reached says so", () =>
  Effect.gen(function* () {
    const first = yield* configOf(1)
    const second = yield* configOf(2)
    const reading = { warnings: [], secrets: [], values: [] }
    const source = {
      initial: { ...reading, config: first },
      load: Effect.succeed({ ...reading, config: second }),
      changes: Stream.empty
    }
    yield* Effect.gen(function* () {
      const { latest } = yield* EffectiveConfig
      yield* Effect.flip((yield* Orchestrator).reload)
      const { current, problems } = latest(first)
      assert.isFalse(current)
      assert.lengthOf(problems, 1)
      assert.strictEqual(problems[0]?.path, "mcp_servers.shop")
      assert.match(problems[0]?.message ?? "", /cannot connect to shop at http:\/\/localhost:2\/sse/)
    }).pipe(Effect.provide(over(source)))
  })
)
