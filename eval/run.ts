/**
 * `npm run eval`: asks both halves of the evaluation, and compares the values of the answers with those of the expected
 * SQL. Prints counts only, a table for each set: the demo and the development set are the tuned half, the unseen set and
 * the held-out one the unseen half.
 *
 *     npm run eval                                          the tuned half and the unseen one
 *     npm run eval -- --half tuned                          one half: tuned or unseen
 *     npm run eval -- questions.jsonl --config config.yaml  your questions ({question, expected_sql} a line) on yours
 *     npm run eval -- --show                                the tuned questions that were not answered rightly, too
 *     npm run eval -- --json                                the counts as JSON
 *
 * The rules are asked, or the language model of `LLM_BASE_URL` and `LLM_MODEL`: then also how many repairs and tokens it
 * took is told.
 *
 * The questions of the unseen half are never shown, so that nobody tunes on them. Ends with 1 if fewer than
 * `--min-right` of the tuned questions were answered rightly, or more than `--max-wrong` wrongly (those that failed
 * included).
 */
import * as NodeRuntime from "@effect/platform-node/NodeRuntime"
import * as NodeServices from "@effect/platform-node/NodeServices"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { parseArgs } from "node:util"
import * as Logging from "../src/telemetry/Logging.ts"
import * as ModelSettings from "../src/sql/model/ModelSettings.ts"
import * as Report from "./Report.ts"
import * as Trades from "./Trades.ts"
import * as Tuned from "./Tuned.ts"

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    config: { type: "string" },
    half: { type: "string" },
    show: { type: "boolean" },
    json: { type: "boolean" },
    "min-right": { type: "string" },
    "max-wrong": { type: "string" }
  }
})

const quiet = Logging.layer({ enabled: false, level: "ERROR", format: "json", secrets: [] })

const program = Effect.gen(function* () {
  const own = positionals[0] !== undefined || values.config !== undefined
  const tuned = values.half === "unseen" ? [] : yield* Tuned.run({ questions: positionals[0], config: values.config })
  const development = own || values.half === "unseen" ? [] : yield* Trades.run("development")
  const unseen = own || values.half === "tuned" ? [] : yield* Trades.run("unseen")
  const heldout = own || values.half === "tuned" ? [] : yield* Trades.run("heldout")
  const withCost = Option.isSome(yield* ModelSettings.fromEnvironment)
  const sets = [
    ["tuned", tuned] as const,
    ["development", development] as const,
    ["unseen", unseen] as const,
    ["heldout", heldout] as const
  ].filter(([, judged]) => judged.length > 0)
  const shown = [...tuned, ...development]

  if (values.show) {
    for (const { note, question, verdict } of shown.filter((one) => one.verdict !== "right")) {
      process.stdout.write(`${verdict.padEnd(8)} ${question}\n         ${note.replaceAll(/\s+/g, " ")}\n`)
    }
  }
  process.stdout.write(
    values.json
      ? `${JSON.stringify(Object.fromEntries(sets.map(([set, judged]) => [set, Object.fromEntries(Report.tally(judged, withCost))])), null, 2)}\n`
      : `${sets.map(([set, judged]) => Report.table(set, judged, withCost)).join("\n\n")}\n`
  )
  const { failed, right, wrong } = Report.count(shown, withCost)
  if (right < Number(values["min-right"] ?? 0) || wrong + failed > Number(values["max-wrong"] ?? Infinity)) {
    process.exitCode = 1
  }
}).pipe(Effect.provide([NodeServices.layer, quiet]))

NodeRuntime.runMain(program)
