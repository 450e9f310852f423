/** `batch …` as it is run: from stdin, so many questions at a time, on a terminal, and over PostgreSQL. */
import { assert, it } from "@effect/vitest"
import { Effect } from "effect"
import { spawn, spawnSync } from "node:child_process"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { inject } from "vitest"
import * as Postgres from "../batch/faults/Postgres.ts"
import * as Harness from "./Harness.ts"

const main = inject("runner")

/** A store that is gone afterwards, which the environment names. */
const withStore = Effect.gen(function* () {
  const folder = yield* Effect.acquireRelease(
    Effect.sync(() => mkdtempSync(join(tmpdir(), "batch-"))),
    (path) => Effect.sync(() => rmSync(path, { recursive: true, force: true }))
  )
  yield* Harness.environment({ MCP_BATCH_STORE: join(folder, "questions.sqlite") })
})

/** Runs a program with this on its stdin; the servers it asks may be of this process, which goes on meanwhile. */
const run = (program: string, args: ReadonlyArray<string>, input = "") =>
  Effect.callback<Harness.Ran>((resume) => {
    const child = spawn(program, args, { stdio: "pipe" })
    const written = { stdout: "", stderr: "" }
    child.stdout.setEncoding("utf8").on("data", (text: string) => (written.stdout += text))
    child.stderr.setEncoding("utf8").on("data", (text: string) => (written.stderr += text))
    child.once("close", (code) => resume(Effect.succeed({ exitCode: code ?? -1, ...written })))
    child.stdin.end(input)
    return Effect.sync(() => child.kill("SIGKILL"))
  })

const submit = (input: string, ...args: ReadonlyArray<string>) =>
  run(process.execPath, [main, "batch", "submit", "-", "--batch", "b", ...args], input)

const batch = (...args: ReadonlyArray<string>) => Harness.run(["batch", ...args])

const questions = (count: number) => "number of orders\n".repeat(count)

it.live("submit takes questions from stdin", () =>
  Effect.gen(function* () {
    yield* withStore
    const { exitCode, stdout } = yield* submit("one\n\ntwo\n")
    assert.deepStrictEqual([exitCode, stdout], [0, "b: 2 questions accepted\n"])
    const { stdout: lines } = yield* batch("results", "b")
    assert.deepStrictEqual(
      lines
        .trimEnd()
        .split("\n")
        .map((line) => JSON.parse(line).question),
      ["one", "two"]
    )
  })
)

/** How many questions were under way at once at most, by the log. */
const atOnce = (log: string): number => {
  let [now, most] = [0, 0]
  for (const [, event] of log.matchAll(/"event":"(query_received|query_processing_completed)"/g)) {
    now += event === "query_received" ? 1 : -1
    most = Math.max(most, now)
  }
  return most
}

it.live("work answers as many questions at once as --concurrency says", () =>
  Effect.gen(function* () {
    yield* Harness.withDemoServers
    yield* withStore
    yield* submit(questions(9))
    const one = yield* batch("work", "--concurrency", "1")
    assert.match(one.stdout, /^b +9 +0 +0 +9 +0 +0 /m)
    assert.strictEqual(atOnce(one.stderr), 1)
    yield* submit(questions(18))
    const three = yield* batch("work", "--concurrency", "3")
    assert.match(three.stdout, /^b +18 +0 +0 +18 +0 +0 /m)
    assert.include([2, 3], atOnce(three.stderr))
    const none = yield* batch("work", "--concurrency", "0")
    assert.strictEqual(none.exitCode, 2)
  })
)

const hasScript = spawnSync("script", ["--version"]).error === undefined

it.live.skipIf(!hasScript)(
  `on a terminal work draws a bar, and leaves the table alone behind${hasScript ? "" : " (skipped: there is no script(1) here)"}`,
  () =>
    Effect.gen(function* () {
      yield* Harness.withDemoServers
      yield* withStore
      yield* submit(questions(3))
      const command = `${process.execPath} ${main} batch work`
      const { exitCode, stdout } = yield* run("script", ["-qec", command, "/dev/null"])
      assert.strictEqual(exitCode, 0, stdout)
      const bars = stdout.split(/(?=[█░]{24} )/).filter((text) => /^[█░]/.test(text))
      assert.match(bars[0] ?? "", /^░{24} 0\/3 {2}0\.0\/s/)
      // Wiped: back over the line it was drawn in, and all that is below.
      const last = (bars.at(-1) ?? "").replaceAll("\u001b", "ESC")
      assert.match(last, /^[^\n]*\n\rESC\[1AESC\[J[^█░]*\bb +3 +0 +0 +3 +0 +0 /)
    })
)

it.live.skipIf(Postgres.missing !== null)(
  `questions are submitted, answered and read over PostgreSQL${Postgres.missing === null ? "" : ` (${Postgres.missing})`}`,
  () =>
    Effect.gen(function* () {
      yield* Harness.withDemoServers
      const { url } = yield* Postgres.start
      const store = ["--store", url]
      const submitted = yield* submit(`${questions(2)}qwertz\n`, ...store)
      assert.deepStrictEqual([submitted.exitCode, submitted.stdout], [0, "b: 3 questions accepted\n"])
      const worked = yield* batch("work", ...store)
      assert.strictEqual(worked.exitCode, 0, worked.stderr)
      assert.match(worked.stdout, /^b +3 +0 +0 +2 +1 +0 /m)
      const { stdout } = yield* batch("results", "b", "--format", "csv", ...store)
      assert.match(stdout, /^1,answered,[^]*^2,answered,[^]*^3,failed,/m)
      const retried = yield* batch("retry", "b", ...store)
      assert.strictEqual(retried.stdout, "b: 1 to be asked again\n")
      const cancelled = yield* batch("cancel", "b", "--json", ...store)
      assert.deepStrictEqual(JSON.parse(cancelled.stdout), { batch: "b", cancelled: 1 })
      const status = yield* batch("status", "--format", "csv", ...store)
      assert.match(status.stdout, /^b,3,0,0,2,0,1,/m)
    })
)
