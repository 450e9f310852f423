/**
 * `npm run eval`: asks a set of questions of the configured generator, and compares the values it gets with those of
 * the expected SQL.
 *
 *     npm run eval                                          the demo's questions on the demo's servers
 *     npm run eval -- questions.jsonl --config config.yaml  your questions ({question, expected_sql} a line) on yours
 *
 * Ends with 1 if `--min-accuracy` (a share of 1) is not reached.
 */
import * as NodeRuntime from "@effect/platform-node/NodeRuntime"
import * as NodeServices from "@effect/platform-node/NodeServices"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Result from "effect/Result"
import { readFileSync } from "node:fs"
import { parseArgs } from "node:util"
import { demoConfig } from "../src/cli/DemoCommand.ts"
import * as ConfigLoader from "../src/config/ConfigLoader.ts"
import { Sessions } from "../src/connection/Sessions.ts"
import * as DemoServers from "../src/demo/DemoServers.ts"
import { ConfigSource } from "../src/config/ConfigSource.ts"
import * as ConfiguredGenerator from "../src/sql/ConfiguredGenerator.ts"
import { Orchestrator } from "../src/Orchestrator.ts"
import { SqlGenerator } from "../src/sql/SqlGenerator.ts"
import * as Logging from "../src/telemetry/Logging.ts"
import { sameValues } from "./Comparison.ts"

interface Case {
  readonly question: string
  readonly expected_sql: string
}

type Verdict = "right" | "wrong" | "refused" | "failed" | "broken"

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { config: { type: "string" }, "min-accuracy": { type: "string" }, json: { type: "boolean" } }
})

const cases: ReadonlyArray<Case> = readFileSync(positionals[0] ?? new URL("demo.jsonl", import.meta.url), "utf8")
  .split("\n")
  .filter((line) => line.trim() !== "")
  .map((line) => JSON.parse(line))

/** The same line, with the expected SQL in the generator's place. */
const oracle = Layer.succeed(
  SqlGenerator,
  SqlGenerator.of({
    name: "expected",
    repairs: false,
    generate: ({ question }) =>
      Effect.succeed({
        sql: cases.find((one) => one.question === question)?.expected_sql ?? "",
        explanation: "",
        usedEntities: []
      })
  })
)

const judge = Effect.fnUntraced(function* (
  one: Case,
  asked: Orchestrator["Service"],
  expected: Orchestrator["Service"]
) {
  const want = yield* Effect.result(expected.query(one.question))
  if (Result.isFailure(want)) return { one, verdict: "broken" as Verdict, note: want.failure.message }
  const got = yield* Effect.result(asked.query(one.question))
  if (Result.isFailure(got)) {
    const verdict: Verdict = got.failure._tag === "SqlGenerationError" ? "refused" : "failed"
    return { one, verdict, note: got.failure.message }
  }
  const [right, rows] = [want.success.result, got.success.result]
  const same = right !== null && rows !== null && sameValues(right, rows)
  return { one, verdict: (same ? "right" : "wrong") as Verdict, note: got.success.sql.replace(/\s+/g, " ") }
})

const quiet = Logging.layer({ enabled: false, level: "ERROR", format: "json", secrets: [] })

const program = Effect.gen(function* () {
  const config =
    values.config === undefined
      ? yield* ConfigLoader.fromUnknown(
          demoConfig(yield* DemoServers.start({ productPort: 0, databasePort: 0, host: "127.0.0.1" }))
        )
      : (yield* ConfigLoader.load({ file: values.config, env: process.env, cwd: process.cwd() })).config
  const build = (generator: typeof ConfiguredGenerator.layer) =>
    Layer.build(Orchestrator.layer.pipe(Layer.provide([ConfigSource.layerValue(config), generator, Sessions.layerSse])))
  const asked = yield* Effect.provide(Orchestrator, yield* build(ConfiguredGenerator.layer))
  const expected = yield* Effect.provide(Orchestrator, yield* build(oracle))
  const judged = yield* Effect.forEach(cases, (one) => judge(one, asked, expected))

  const count = (verdict: Verdict) => judged.filter((one) => one.verdict === verdict).length
  const scored = judged.length - count("broken")
  const accuracy = scored === 0 ? 0 : count("right") / scored
  if (values.json) {
    process.stdout.write(`${JSON.stringify({ questions: scored, accuracy, judged }, null, 2)}\n`)
  } else {
    for (const { note, one, verdict } of judged) {
      if (verdict !== "right") process.stdout.write(`${verdict.padEnd(8)} ${one.question}\n         ${note}\n`)
    }
    process.stdout.write(
      `\n${scored} questions: ${count("right")} right (execution accuracy ${(accuracy * 100).toFixed(1)} %), ` +
        `${count("refused")} refused, ${count("wrong")} wrong, ${count("failed")} failed` +
        `${count("broken") === 0 ? "" : `; ${count("broken")} left out: their expected SQL does not run`}\n`
    )
  }
  if (accuracy < Number(values["min-accuracy"] ?? 0)) process.exitCode = 1
}).pipe(Effect.scoped, Effect.provide([NodeServices.layer, quiet]))

NodeRuntime.runMain(program)
