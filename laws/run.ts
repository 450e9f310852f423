/**
 * `npm run laws`: questions with known answers, of generated databases, for the rule-based generator.
 *
 *     npm run laws                                             a minute of them, from the first world on
 *     npm run laws -- --first 5000 --seconds 600               other worlds, longer
 *     npm run laws -- --templates phrasings.json,others.json   other phrasings
 *     npm run laws -- --worlds 100 --assert                    ends with 1 if a law is broken
 */
import * as Schema from "effect/Schema"
import { readFileSync } from "node:fs"
import { parseArgs } from "node:util"
import { merge } from "./English.ts"
import { allLaws, runLaws, type Tally } from "./Report.ts"

const Phrasings = Schema.fromJsonString(Schema.Record(Schema.String, Schema.Array(Schema.String)))

const { values } = parseArgs({
  options: {
    templates: { type: "string" },
    first: { type: "string", default: "1" },
    worlds: { type: "string", default: "1000000" },
    questions: { type: "string", default: "25" },
    seconds: { type: "string", default: "60" },
    assert: { type: "boolean", default: false }
  }
})

const files = values.templates?.split(",") ?? [new URL("phrasings.json", import.meta.url)]
const phrasings = merge(files.map((file) => Schema.decodeSync(Phrasings)(readFileSync(file, "utf8"))))

const { all, clauses, heads, kinds, laws, worlds } = runLaws(phrasings, {
  first: Number(values.first),
  worlds: Number(values.worlds),
  questions: Number(values.questions),
  laws: allLaws,
  deadline: performance.now() + Number(values.seconds) * 1000
})

const lineOf = (name: string, { asked, broken, refused, right }: Tally): string =>
  `${name.padEnd(20)} ${[asked, right, refused, broken].map((count) => String(count).padStart(7)).join(" ")}`

const lines = [
  ...[...kinds]
    .toSorted(([, one], [, other]) => other.count - one.count)
    .flatMap(([kind, { count, example, seed }]) => [
      `${String(count).padStart(5)}  ${kind}  (world ${seed})`,
      `       ${example.question}`,
      `       ${example.sql}`,
      `       ${example.explanation}`,
      `       ${example.why}`
    ]),
  "",
  `${"".padEnd(20)}   asked   right refused   wrong`,
  ...[...heads].map(([name, tally]) => lineOf(name, tally)),
  "",
  ...[...clauses].map(([name, tally]) => lineOf(name, tally)),
  "",
  lineOf(`${worlds} worlds`, all),
  `laws broken: ${laws.size === 0 ? "none" : [...laws].map(([law, count]) => `${law} ${count}`).join(", ")}`
]
process.stdout.write(`${lines.join("\n")}\n`)
if (values.assert && laws.size > 0) process.exitCode = 1
