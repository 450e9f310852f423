/**
 * What the guard costs: loading the parser of a dialect, and checking statements. `npm run bench:guard`. Writes the
 * section `guard` of `docs/benchmarks.md`.
 *
 * Each dialect is measured in processes of its own, because a parser is loaded once, and by the gold statements of
 * sql-eval that the tests use too.
 */
import { spawnSync } from "node:child_process"
import { readFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { parseArgs } from "node:util"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import * as Heap from "../src/cli/Heap.ts"
import type { Dialect } from "../src/config/OrchestratorConfig.ts"
import * as SqlGuard from "../src/guard/SqlGuard.ts"
import * as Document from "./support/Document.ts"
import { median } from "./support/Statistics.ts"

const dialects: ReadonlyArray<Dialect> = ["sqlite", "postgres", "mysql"]

/** Milliseconds, and 10^6 bytes of resident memory. */
const Measured = Schema.Struct({
  loadMs: Schema.Finite,
  loadedMb: Schema.Finite,
  peakMb: Schema.Finite,
  settledMb: Schema.Finite,
  statementMs: Schema.Finite,
  slowestMs: Schema.Finite
})
const MeasuredJson = Schema.fromJsonString(Measured)
const Line = Schema.fromJsonString(Schema.Struct({ sql: Schema.String }))

const { values: options } = parseArgs({ options: { dialect: { type: "string" }, runner: { type: "boolean" } } })
const dialect = dialects.find((one) => one === options.dialect)
const processes = 5
/** By then V8 has compiled what it finds worth compiling, which takes more memory than anything else here. */
const rounds = 20

if (dialect === undefined) report()
else console.log(Schema.encodeSync(MeasuredJson)(await Effect.runPromise(measure(dialect))))

function report(): void {
  const rows = dialects.flatMap((one) =>
    [false, true].map((asRunner) => {
      const runs = Array.from({ length: processes }, () => inProcess(one, asRunner))
      const figure = (pick: (run: typeof Measured.Type) => number, digits: number) =>
        median(runs.map(pick)).toFixed(digits)
      return [
        asRunner ? `${one}, as the runner` : one,
        figure(({ loadMs }) => loadMs, 0),
        figure(({ loadedMb }) => loadedMb, 0),
        figure(({ peakMb }) => peakMb, 0),
        figure(({ settledMb }) => settledMb, 0),
        figure(({ statementMs }) => statementMs, 2),
        figure(({ slowestMs }) => slowestMs, 1)
      ]
    })
  )
  const markdown = [
    "## The guard",
    "`npm run bench:guard`",
    `Machine: ${Document.machine()}.`,
    `Method: ${processes} processes a row, medians. The parser is loaded with its first parse; then every gold statement of sql-eval
(\`test/guard/sql-eval\`) is checked ${rounds} times, and the last time counts: both walls, names without a schema. Memory is what the
process has more than before the parser was loaded, 10^6 bytes: once it is loaded, at its peak (the high-water mark that the kernel
keeps), and after a garbage collection at the end. "As the runner" is with V8's flags as the runner sets them.`,
    Document.table(
      ["dialect", "load ms", "loaded MB", "peak MB", "in the end MB", "a statement ms", "slowest ms"],
      rows
    ),
    `The peak is V8's optimising compiler, not the parsers: their WebAssembly memory stays as large as it was after the first statement,
and is given back with nothing of a statement in it. One function of PostgreSQL's parser takes that compiler 0.6 GB for about a second,
once in a process. The runner does without it; an application that has less memory does too with
\`node --no-wasm-dynamic-tiering --no-wasm-tier-up\`.`
  ].join("\n\n")
  console.log(markdown)
  Document.writeSection("guard", markdown)
}

function inProcess(one: Dialect, asRunner: boolean): typeof Measured.Type {
  const { stderr, stdout } = spawnSync(
    process.execPath,
    ["--expose-gc", fileURLToPath(import.meta.url), "--dialect", one, ...(asRunner ? ["--runner"] : [])],
    { encoding: "utf8" }
  )
  if (stdout === "") throw new Error(stderr)
  return Schema.decodeSync(MeasuredJson)(stdout)
}

function measure(one: Dialect): Effect.Effect<typeof Measured.Type, SqlGuard.ParserUnavailable> {
  return Effect.gen(function* () {
    if (options.runner === true) Heap.keepSmall()
    const file = new URL(`../test/guard/sql-eval/${one}.jsonl`, import.meta.url)
    const statements = readFileSync(file, "utf8")
      .trimEnd()
      .split("\n")
      .map((line) => Schema.decodeSync(Line)(line).sql)
    const before = process.memoryUsage.rss()
    const started = performance.now()
    yield* SqlGuard.ready(one)
    const loadMs = performance.now() - started
    const loaded = process.memoryUsage.rss()
    let times: Array<number> = []
    for (let round = 0; round < rounds; round += 1) {
      times = []
      for (const sql of statements) {
        const from = performance.now()
        // The names are unknown and the statement is refused for them: by then both walls have read it.
        yield* Effect.exit(SqlGuard.check(sql, { dialect: one, grounding: { tables: [] }, allowedFunctions: [] }))
        times.push(performance.now() - from)
      }
    }
    globalThis.gc?.()
    return {
      loadMs,
      loadedMb: (loaded - before) / 1e6,
      // The kernel counts in units of 1,024 bytes.
      peakMb: (process.resourceUsage().maxRSS * 1024 - before) / 1e6,
      settledMb: (process.memoryUsage.rss() - before) / 1e6,
      statementMs: median(times),
      slowestMs: Math.max(...times)
    }
  })
}
