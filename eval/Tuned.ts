/** The tuned half: the demo's questions on the demo's servers, or a file of questions on the servers of a configuration. */
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import { readFileSync } from "node:fs"
import { demoConfig } from "../src/cli/DemoCommand.ts"
import * as ConfigLoader from "../src/config/ConfigLoader.ts"
import type { OrchestratorConfig } from "../src/config/OrchestratorConfig.ts"
import { Transports } from "../src/connection/Transports.ts"
import * as DemoServers from "../src/demo/DemoServers.ts"
import * as Orchestrator from "../src/Orchestrator.ts"
import { SqlGenerator } from "../src/sql/SqlGenerator.ts"
import { ask, type Case } from "./Half.ts"

const Line = Schema.fromJsonString(Schema.Struct({ question: Schema.String, expected_sql: Schema.String }))
const decode = Schema.decodeUnknownSync(Line)

/** The configuration of the demo, with both its servers running for as long as the scope is open. */
const demo = Effect.flatMap(DemoServers.start({ productPort: 0, databasePort: 0, host: "127.0.0.1" }), (servers) =>
  ConfigLoader.fromUnknown(demoConfig(servers))
)

/** `questions` is a file with `{question, expected_sql}` a line; both are the demo's by default. */
export const run = Effect.fn("Tuned.run")(function* (options: {
  readonly questions: string | undefined
  readonly config: string | undefined
}) {
  const lines = readFileSync(options.questions ?? new URL("demo.jsonl", import.meta.url), "utf8")
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map((line) => decode(line))
  const config =
    options.config === undefined
      ? yield* demo
      : (yield* ConfigLoader.load({ file: options.config, env: process.env, cwd: process.cwd() })).config
  const sqlOf = new Map(lines.map((line) => [line.question, line.expected_sql]))
  const expected = yield* serviceOf(config, oracle(sqlOf))
  const cases = yield* Effect.forEach(lines, ({ question }) =>
    Effect.map(
      Effect.result(expected.query(question)),
      Result.match({
        onFailure: ({ message }) => {
          process.stderr.write(`left out, because its expected SQL does not run: ${question}\n  ${message}\n`)
          return []
        },
        onSuccess: ({ result }): ReadonlyArray<Case> => [
          { question, level: "all", expected: result === null ? [] : [result], ordered: false }
        ]
      })
    )
  )
  const asked = yield* serviceOf(config, Orchestrator.generatorLayer)
  return yield* ask(options.config === undefined ? "demo" : config.file, cases.flat(), asked)
}, Effect.scoped)

/** The orchestrator with a generator, until the scope closes. */
const serviceOf = (config: OrchestratorConfig, generator: typeof Orchestrator.generatorLayer) =>
  Layer.build(Orchestrator.layerConfig(config).pipe(Layer.provide([generator, Transports.layerSse]))).pipe(
    Effect.flatMap((context) => Effect.provide(Orchestrator.Orchestrator, context))
  )

/** The whole line of a question, with the expected SQL in the generator's place. */
const oracle = (sqlOf: ReadonlyMap<string, string>) =>
  Layer.succeed(
    SqlGenerator,
    SqlGenerator.of({
      name: "expected",
      repairs: false,
      generate: ({ question }) => Effect.succeed({ sql: sqlOf.get(question) ?? "", explanation: "", usedEntities: [] })
    })
  )
