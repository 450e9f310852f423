/**
 * `npm run eval`: asks both halves of the evaluation, and compares the values of the answers with those of the expected
 * SQL. Prints counts only.
 *
 *     npm run eval                                          the tuned half (the demo) and the unseen one
 *     npm run eval -- --half tuned                          one half: tuned or unseen
 *     npm run eval -- questions.jsonl --config config.yaml  your questions ({question, expected_sql} a line) on yours
 *     npm run eval -- --show                                the tuned questions that were not answered rightly, too
 *     npm run eval -- --json                                the counts as JSON
 *
 * The unseen questions are never shown, so that nobody tunes on them. Ends with 1 if fewer than `--min-right` of the
 * tuned questions were answered rightly, or more than `--max-wrong` wrongly (those that failed included).
 */
import * as NodeRuntime from "@effect/platform-node/NodeRuntime"
import * as NodeServices from "@effect/platform-node/NodeServices"
import * as Effect from "effect/Effect"
import { parseArgs } from "node:util"
import * as Logging from "../src/telemetry/Logging.ts"
import { type Judged, type Verdict, verdicts } from "./Half.ts"
import * as Tuned from "./Tuned.ts"
import * as Unseen from "./Unseen.ts"

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

type Counts = { readonly [verdict in Verdict | "questions"]: number }

const count = (judged: ReadonlyArray<Judged>): Counts => {
  const of = (verdict: Verdict) => judged.filter((one) => one.verdict === verdict).length
  return {
    questions: judged.length,
    right: of("right"),
    refused: of("refused"),
    wrong: of("wrong"),
    failed: of("failed")
  }
}

/** The counts of all, then of each level, then of each group if there are several. */
const tally = (judged: ReadonlyArray<Judged>): ReadonlyArray<readonly [string, Counts]> => {
  const by = (key: "level" | "group") => [...Map.groupBy(judged, (one) => one[key])]
  const parts = [...by("level"), ...by("group")].filter(([, part]) => part.length < judged.length)
  return [["all", count(judged)], ...parts.map(([name, part]) => [name, count(part)] as const)]
}

const table = (half: string, judged: ReadonlyArray<Judged>): string =>
  [
    `${half.padEnd(14)}${["questions", ...verdicts].map((title) => title.padStart(10)).join("")}   right`,
    ...tally(judged).map(([name, counts]) => {
      const figures = [counts.questions, ...verdicts.map((verdict) => counts[verdict])]
      const share = `${((100 * counts.right) / counts.questions).toFixed(1)} %`
      return `${name.padEnd(14)}${figures.map((figure) => String(figure).padStart(10)).join("")}${share.padStart(8)}`
    })
  ].join("\n")

const quiet = Logging.layer({ enabled: false, level: "ERROR", format: "json", secrets: [] })

const program = Effect.gen(function* () {
  const own = positionals[0] !== undefined || values.config !== undefined
  const tuned = values.half === "unseen" ? [] : yield* Tuned.run({ questions: positionals[0], config: values.config })
  const unseen = own || values.half === "tuned" ? [] : yield* Unseen.run
  const halves = [["tuned", tuned] as const, ["unseen", unseen] as const].filter(([, judged]) => judged.length > 0)

  if (values.show) {
    for (const { note, question, verdict } of tuned.filter((one) => one.verdict !== "right")) {
      process.stdout.write(`${verdict.padEnd(8)} ${question}\n         ${note.replaceAll(/\s+/g, " ")}\n`)
    }
  }
  process.stdout.write(
    values.json
      ? `${JSON.stringify(Object.fromEntries(halves.map(([half, judged]) => [half, Object.fromEntries(tally(judged))])), null, 2)}\n`
      : `${halves.map(([half, judged]) => table(half, judged)).join("\n\n")}\n`
  )
  const { failed, right, wrong } = count(tuned)
  if (right < Number(values["min-right"] ?? 0) || wrong + failed > Number(values["max-wrong"] ?? Infinity)) {
    process.exitCode = 1
  }
}).pipe(Effect.provide([NodeServices.layer, quiet]))

NodeRuntime.runMain(program)
