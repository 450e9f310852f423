/** `batch …` from the terminal's side, over the demo servers and a store that is gone afterwards. */
import { assert, it } from "@effect/vitest"
import { Effect, Result } from "effect"
import { spawnSync } from "node:child_process"
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { inject } from "vitest"
import * as BatchProgress from "../../src/cli/BatchProgress.ts"
import * as BatchRecords from "../../src/cli/BatchRecords.ts"
import * as DemoDatabase from "../../src/demo/DemoDatabase.ts"
import { refused, resultOf } from "../batch/Stub.ts"
import * as Harness from "./Harness.ts"

/** A folder with a store in it, which the environment names. */
const withStore = Effect.gen(function* () {
  const folder = yield* Effect.acquireRelease(
    Effect.sync(() => mkdtempSync(join(tmpdir(), "batch-"))),
    (path) => Effect.sync(() => rmSync(path, { recursive: true, force: true }))
  )
  const store = join(folder, "questions.sqlite")
  yield* Harness.environment({ MCP_BATCH_STORE: store })
  const file = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text)
    return join(folder, name)
  }
  return { store, file }
})

it.live("questions are submitted, answered and read; what cannot be answered is there with its error", () =>
  Effect.gen(function* () {
    yield* Harness.withDemoServers
    const { file, store } = yield* withStore
    const questions = file(
      "q.txt",
      'number of orders\n{"id":"p","question":"total sales of Pulse Band","priority":"high"}\nqwertz\n'
    )
    const submitted = yield* Harness.run(["batch", "submit", questions, "--batch", "b"])
    assert.deepStrictEqual([submitted.exitCode, submitted.stdout], [0, "b: 3 questions accepted\n"])
    const again = yield* Harness.run(["batch", "submit", questions, "--batch", "b", "--json"])
    assert.deepStrictEqual(JSON.parse(again.stdout), { batch: "b", accepted: 0, known: 3 })

    const worked = yield* Harness.run(["batch", "work"])
    assert.strictEqual(worked.exitCode, 0)
    assert.match(worked.stdout, /^b +3 +0 +0 +2 +1 +0 /m)
    const status = yield* Harness.run(["batch", "status", "--json"])
    assert.deepInclude(JSON.parse(status.stdout)[0], { batch: "b", total: 3, answered: 2, failed: 1 })

    const { stdout } = yield* Harness.run(["batch", "results", "b"])
    const results = stdout
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line))
    assert.deepStrictEqual(
      results.map(({ id, state }) => [id, state]),
      [
        ["1", "answered"],
        ["p", "answered"],
        ["3", "failed"]
      ]
    )
    // The demo's orders go up to today.
    const database = DemoDatabase.open(new Date().toISOString().slice(0, 10))
    const counted = Result.getOrThrow(database.query("SELECT COUNT(*) FROM orders"))
    database.close()
    assert.deepStrictEqual(results[0].answer.result.rows, counted.rows)
    assert.strictEqual(results[2].error._tag, "SqlGenerationError")
    const csv = (yield* Harness.run(["batch", "results", "b", "--format", "csv"])).stdout.split("\n")
    assert.match(csv[0] ?? "", /^id,state,priority,question,sql,/)
    assert.match(csv[1] ?? "", /^1,answered,normal,number of orders,/)
    const markdown = (yield* Harness.run(["batch", "results", "b", "--format", "markdown"])).stdout.split("\n")
    assert.match(markdown[0] ?? "", /^\| id \| state \| priority \| question \| sql \|/)
    assert.match(markdown[1] ?? "", /^(?:\| --- )+\|$/)
    assert.match(markdown[2] ?? "", /^\| 1 \| answered \| normal \| number of orders \| /)
    assert.lengthOf(markdown, 6)
    for (const command of [
      ["batch", "status"],
      ["batch", "work"]
    ]) {
      const { exitCode, stdout: table } = yield* Harness.run([...command, "--format", "csv"])
      const [first, ...rest] = table.trimEnd().split("\n")
      assert.deepStrictEqual(
        [exitCode, first],
        [0, "batch,total,open,retrying,answered,failed,cancelled,submitted"],
        command.join(" ")
      )
      assert.deepStrictEqual(
        rest.map((line) => line.replace(/,[^,]*$/, "")),
        command[1] === "status" ? ["b,3,0,0,2,1,0"] : []
      )
    }
    // Nobody else may read what was asked and answered.
    assert.strictEqual(statSync(store).mode & 0o077, 0)
  })
)

it.live("what was gathered is not kept: the store holds the question, its state and its answer", () =>
  Effect.gen(function* () {
    yield* Harness.withDemoServers
    const { file, store } = yield* withStore
    yield* Harness.run(["batch", "submit", file("q.txt", "number of orders"), "--batch", "b"])
    yield* Harness.run(["batch", "work", "--log-level", "ERROR"])
    const bytes = readFileSync(store, "latin1")
    assert.include(bytes, "number of orders")
    // A table and a product of the servers that the question does not name.
    assert.notInclude(bytes, "order_items")
    assert.notInclude(bytes, "Pulse Band")
  })
)

it.live("failed and cancelled questions are asked again when that is wanted", () =>
  Effect.gen(function* () {
    const { file } = yield* withStore
    yield* Harness.run(["batch", "submit", file("q.txt", "one\ntwo"), "--batch", "b"])
    const cancelled = yield* Harness.run(["batch", "cancel", "b", "--json"])
    assert.deepStrictEqual(JSON.parse(cancelled.stdout), { batch: "b", cancelled: 2 })
    assert.strictEqual((yield* Harness.run(["batch", "retry", "b"])).stdout, "b: 2 to be asked again\n")
    const { stdout } = yield* Harness.run(["batch", "status", "b", "--json"])
    assert.deepInclude(JSON.parse(stdout)[0], { open: 2, cancelled: 0 })
  })
)

it.live("what goes wrong is told once, with its exit code, and as JSON if that was asked", () =>
  Effect.gen(function* () {
    const { file } = yield* withStore
    const cases = [
      [["batch", "status", "nope"], 5, "UnknownBatch"],
      [["batch", "submit", file("q.jsonl", '{"quest": 1}')], 2, "InvalidInput"],
      [["batch", "submit", file("q.txt", "a"), "--batch", "a b"], 2, "InvalidInput"],
      [["batch", "submit", "/nowhere/q.txt"], 2, "InvalidInput"],
      [["batch", "submit", file("none.txt", "")], 2, "InvalidInput"],
      [["batch", "status", "--store", "mysql://somewhere/x"], 2, "InvalidStore"],
      [["batch", "status", "--store", "/nowhere/q.sqlite"], 3, "StoreFailed"],
      [["batch", "status", "--store", "postgres://me:hunter22hunter22@127.0.0.1:1/x"], 3, "StoreFailed"]
    ] as const
    for (const [args, exitCode, reason] of cases) {
      const human = yield* Harness.run(args)
      assert.deepStrictEqual([human.exitCode, human.stdout], [exitCode, ""], args.join(" "))
      assert.match(human.stderr, /^BatchError: /)
      assert.notInclude(human.stderr, "hunter22")
      const forms = [["--json"], ...(args[1] === "status" ? [["--format", "json"]] : [])]
      for (const form of forms) {
        const { error } = JSON.parse((yield* Harness.run([...args, ...form])).stdout)
        assert.deepStrictEqual([error._tag, error.reason._tag], ["BatchError", reason])
      }
    }
  })
)

it.live("a file of questions that cannot be read is told in plain words", () =>
  Effect.gen(function* () {
    const { store } = yield* withStore
    const folder = dirname(store)
    for (const [name, problem] of [
      [folder, `${folder} is a directory, not a file`],
      [`${folder}/nope`, `${folder}/nope cannot be read: there is no such file or directory`]
    ] as const) {
      const { stderr } = yield* Harness.run(["batch", "submit", name])
      assert.isTrue(stderr.startsWith(`BatchError: ${problem}. Give one question a line`), stderr)
    }
  })
)

it.live("a worker whose servers cannot be reached ends with 3, and no question has lost a try", () =>
  Effect.gen(function* () {
    const { file } = yield* withStore
    const nowhere = "http://127.0.0.1:9/sse"
    yield* Harness.environment({
      MCP__MCP_SERVERS__PRODUCT_METADATA_MCP__URL: nowhere,
      MCP__MCP_SERVERS__DATABASE_MCP__URL: nowhere
    })
    yield* Harness.run(["batch", "submit", file("q.txt", "one"), "--batch", "b"])
    const worked = yield* Harness.run(["batch", "work"])
    assert.strictEqual(worked.exitCode, 3)
    const { stdout } = yield* Harness.run(["batch", "status", "b", "--json"])
    assert.deepInclude(JSON.parse(stdout)[0], { open: 1, retrying: 0 })
  })
)

it.live("the work shows itself on a terminal, unless it is to be quiet", () =>
  Effect.gen(function* () {
    yield* Harness.withDemoServers
    const { file } = yield* withStore
    for (const [flags, shows] of [
      [[], true],
      [["--quiet"], false]
    ] as const) {
      yield* Harness.run(["batch", "submit", file("q.txt", "number of orders")])
      const { exitCode, stderr } = yield* Harness.run(["batch", "work", ...flags], { terminal: { columns: 80 } })
      assert.strictEqual(exitCode, 0)
      assert.strictEqual(/[█░] \d+\/\d+/.test(stderr), shows, stderr)
    }
  })
)

it.live("a variable that is set to nothing names no store", () =>
  Effect.gen(function* () {
    const { file, store } = yield* withStore
    const folder = dirname(store)
    const { status } = spawnSync(process.execPath, [inject("runner"), "batch", "submit", file("q.txt", "one")], {
      cwd: folder,
      env: { ...process.env, MCP_BATCH_STORE: "" }
    })
    assert.strictEqual(status, 0)
    assert.include(readdirSync(folder), "mcp-batch.sqlite")
  })
)

const result = {
  batch: "b",
  id: "1",
  question: '=1+1, "quoted"',
  priority: "normal",
  state: "answered",
  failures: 0,
  answer: resultOf("x"),
  error: null,
  finishedAt: "2026-01-01T00:00:00.000Z"
} as const

it("a record of CSV keeps commas, quotes and all digits, and is no formula", () => {
  assert.strictEqual(
    BatchRecords.csv.record(result),
    `1,answered,normal,"'=1+1, ""quoted""",SELECT 1,database_mcp,1,false,"[""answer"",""exact""]","[[""x"",9007199254740993]]",,2026-01-01T00:00:00.000Z`
  )
  const failed = BatchRecords.csv.record({ ...result, question: "q", state: "failed", answer: null, error: refused })
  assert.match(failed, /^1,failed,normal,q,,,,,,,"?McpConnectionError: /)
})

it("the bar says how many are done, what failed, how fast it goes and how long it takes", () => {
  const first = { open: 200, retrying: 0, failed: 5 }
  assert.strictEqual(
    BatchProgress.render(first, { open: 50, retrying: 2, failed: 8 }, 10_000),
    "██████████████████░░░░░░ 150/200  3 failed  2 to be retried  15.0/s  4 s left"
  )
  assert.strictEqual(BatchProgress.render(first, first, 0), "░░░░░░░░░░░░░░░░░░░░░░░░ 0/200  0.0/s")
  assert.match(BatchProgress.render(first, { open: 300, retrying: 0, failed: 5 }, 1000), / 0\/300 /)
})
