/**
 * Accuracy and speed of name matching, as users get them.
 *
 *     npm run bench:names [folder with {catalog, positives, negatives} files]
 *
 * Without a folder: the environment variable NAMES_DATA, else the committed fixture. The ranking is measured without a
 * threshold; `resolve` and questions with the shipped settings. The milliseconds are those of CPU that a process which
 * answers one question spends on 100,000 names made of the catalogs: medians of processes started afresh.
 */
import { execFileSync } from "node:child_process"
import { readdirSync } from "node:fs"
import { join } from "node:path"
import * as Schema from "effect/Schema"
import { ColdTimes } from "./ColdNames.ts"
import { measureAccuracy, measureEndToEnd, readNameSet } from "./NameAccuracy.ts"

const fixture = join(import.meta.dirname, "..", "test", "resolution", "fixtures")
const folder = process.argv[2] ?? process.env["NAMES_DATA"] ?? fixture
const files = readdirSync(folder)
  .filter((file) => file.endsWith(".json"))
  .map((file) => join(folder, file))
const processes = 5

const row = (name: string, ...figures: ReadonlyArray<string>) =>
  console.log(`${name.padEnd(20)}${figures.map((figure) => figure.padStart(9)).join("")}`)
const share = (figure: number) => figure.toFixed(3)

row("", "", "ranking", "", "resolve", "", "", "question", "", "")
row("", "names", "acc@1", "rec@5%", "right", "wrong", "unknown", "recall", "precis.", "unknown")
for (const file of files) {
  const set = readNameSet(file)
  const { accuracyAt1, recallAt5Percent } = measureAccuracy(set)
  const { precision, recall, right, unknown, unknownLinked, wrong } = measureEndToEnd(set)
  const figures = [accuracyAt1, recallAt5Percent, right, wrong, unknown, recall, precision, unknownLinked]
  row(set.name, String(set.catalog.length), ...figures.map(share))
}

const decode = Schema.decodeUnknownSync(Schema.fromJsonString(ColdTimes))
const cold = Array.from({ length: processes }, () =>
  decode(execFileSync(process.execPath, [join(import.meta.dirname, "ColdNames.ts"), ...files], { encoding: "utf8" }))
)
console.log(`\n100,000 names in a fresh process, ms of CPU`)
for (const step of ["catalog", "index", "question", "total"] as const) {
  const times = cold.map((times) => times[step]).toSorted((left, right) => left - right)
  row(step, (times[times.length >> 1] ?? 0).toFixed(0))
}
