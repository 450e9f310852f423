/**
 * Workers as processes that die at any moment, over databases that are busy, restarted, or read by wrong clocks: no answer
 * is lost, none is stored twice, none is wrong. The same at full length is `npm run batch:faults`.
 */
import { assert, it } from "@effect/vitest"
import { Deferred, Effect, Exit, Fiber, Schedule, Stream } from "effect"
import { DatabaseSync } from "node:sqlite"
import { vi } from "vitest"
import { Batch } from "../../src/batch/index.ts"
import * as Faults from "./faults/Faults.ts"
import * as Postgres from "./faults/Postgres.ts"
import { orchestrator, ready, resultOf, storeFile } from "./Stub.ts"

const patience = 240_000

const assertRight = (report: Faults.Report, run: { readonly questions: number; readonly kills: number }) => {
  const { answered, givenUp, kills, lost, storedTwice, wrong } = report
  assert.deepStrictEqual(
    { answered, givenUp, lost, storedTwice, wrong },
    { answered: run.questions, givenUp: 0, lost: 0, storedTwice: 0, wrong: 0 }
  )
  // How many of them die before all is answered is a matter of how busy the machine is: one at the least.
  assert.isAtLeast(kills, 1)
  assert.isAtMost(kills, run.kills)
}

it.live(
  "20 workers are killed over 200 questions in SQLite: each answer is there, right, and stored once",
  () =>
    Effect.gen(function* () {
      const run = { questions: 200, kills: 20 }
      assertRight(yield* Faults.run({ store: yield* storeFile, ...run, clocks: [0, 0, 0] }), run)
    }),
  patience
)

it.live(
  "the same where one worker's clock is an hour ahead and another's an hour behind",
  () =>
    Effect.gen(function* () {
      const run = { questions: 60, kills: 4 }
      assertRight(yield* Faults.run({ store: yield* storeFile, ...run, clocks: [0, 3600, -3600] }), run)
    }),
  patience
)

it.live(
  "what a dead worker with a clock an hour ahead was at is answered within its lease, not an hour later",
  () =>
    Effect.gen(function* () {
      const store = yield* storeFile
      const reader = yield* Effect.acquireRelease(
        Effect.sync(() => new DatabaseSync(store)),
        (database) => Effect.sync(() => database.close())
      )
      yield* Effect.gen(function* () {
        const batch = yield* Batch
        yield* batch.submit([{ question: "one" }], { batch: "b" })
        const worker = yield* Faults.start({ store, aheadSeconds: 3600, questionMs: 3_600_000 })
        yield* Effect.sync(() => reader.prepare("SELECT starts FROM mcp_batch_question").get()?.["starts"]).pipe(
          Effect.repeat({ until: (starts) => starts === 1, schedule: Schedule.spaced("20 millis") })
        )
        yield* worker.kill
        yield* batch.work().pipe(Effect.provide(ready), Effect.timeout("1 minute"))
        const [result] = yield* Stream.runCollect(batch.results("b"))
        assert.strictEqual(result?.state, "answered")
      }).pipe(Effect.provide(Batch.layerStore(store, { lease: "2 seconds" })))
    }),
  patience
)

it.live(
  "a worker that was stopped past its lease comes too late with its answer: the other one's is kept",
  () =>
    Effect.gen(function* () {
      const store = yield* storeFile
      const reader = yield* Effect.acquireRelease(
        Effect.sync(() => new DatabaseSync(store)),
        (database) => Effect.sync(() => database.close())
      )
      yield* Effect.gen(function* () {
        const batch = yield* Batch
        yield* batch.submit([{ question: "one" }], { batch: "b" })
        const late = yield* Deferred.make<void>()
        const first = yield* Faults.start({
          store,
          held: true,
          onLine: (line) => void (line === "one" && Deferred.doneUnsafe(late, Exit.void))
        })
        const starts = reader.prepare("SELECT starts FROM mcp_batch_question WHERE id = '1'")
        yield* Effect.sync(() => starts.get()?.["starts"]).pipe(
          Effect.repeat({ until: (count) => count === 1, schedule: Schedule.spaced("20 millis") })
        )
        yield* first.signal("SIGSTOP")
        // Open until the late answer is there: a worker with nothing open ends, whatever it is at.
        yield* batch.submit([{ question: "one" }, { question: "two" }], { batch: "b" })
        const second = orchestrator((question) =>
          question === "two"
            ? Effect.as(Deferred.await(late), resultOf(question))
            : Effect.succeed(resultOf("answered by the second"))
        )
        const work = yield* Effect.forkChild(batch.work().pipe(Effect.provide(second)))
        const answered = Effect.map(batch.status("b"), ([status]) => status?.answered)
        yield* Effect.repeat(answered, { until: (count) => count === 1, schedule: Schedule.spaced("50 millis") })
        yield* first.signal("SIGUSR2")
        yield* first.signal("SIGCONT")
        yield* Fiber.join(work)
        const { code, stderr } = yield* first.ended
        assert.strictEqual(code, 0, stderr)
        assert.notInclude(stderr, "batch_question_answered")
        const results = yield* Stream.runCollect(batch.results("b"))
        assert.deepStrictEqual(
          results.map(({ answer, state }) => [state, answer]),
          [
            ["answered", resultOf("answered by the second")],
            ["answered", resultOf("two")]
          ]
        )
        assert.strictEqual(starts.get()?.["starts"], 2)
      }).pipe(Effect.provide(Batch.layerStore(store, { lease: "2 seconds" })))
    }),
  patience
)

/** Gives what completes once so many writes were tried, one after another: while none gets through, each is refused. */
const triedWrites = Effect.fnUntraced(function* (count: number) {
  const enough = yield* Deferred.make<void>()
  const { prepare } = DatabaseSync.prototype
  let tries = 0
  yield* Effect.acquireRelease(
    Effect.sync(() =>
      vi.spyOn(DatabaseSync.prototype, "prepare").mockImplementation(function (this: DatabaseSync, statement) {
        if (!statement.startsWith("SELECT") && ++tries === count) Deferred.doneUnsafe(enough, Exit.void)
        return prepare.call(this, statement)
      })
    ),
    (spy) => Effect.sync(() => spy.mockRestore())
  )
  return { done: Deferred.await(enough) }
})

it.live("a database that another program holds is waited for, and the loop of events goes on meanwhile", () =>
  Effect.gen(function* () {
    const store = yield* storeFile
    yield* Effect.gen(function* () {
      const batch = yield* Batch
      yield* batch.submit(
        Array.from({ length: 20 }, (_, index) => ({ question: `question ${index}` })),
        { batch: "b" }
      )
      const other = yield* Effect.acquireRelease(
        Effect.sync(() => new DatabaseSync(store)),
        (database) => Effect.sync(() => database.close())
      )
      yield* Effect.sync(() => other.exec("BEGIN EXCLUSIVE"))
      const writes = yield* triedWrites(100)
      const work = yield* Effect.forkChild(batch.work().pipe(Effect.provide(ready)))
      yield* writes.done
      yield* Effect.sync(() => other.exec("COMMIT"))
      yield* Fiber.join(work)
      const [status] = yield* batch.status("b")
      assert.deepInclude(status, { answered: 20, failed: 0 })
    }).pipe(Effect.provide(Batch.layerStore(store)))
  })
)

it.live.skipIf(Postgres.missing !== null)(
  `workers are killed and PostgreSQL is restarted over 100 questions: no answer lost, none twice, none wrong${Postgres.missing === null ? "" : ` (${Postgres.missing})`}`,
  () =>
    Effect.gen(function* () {
      const database = yield* Postgres.start
      const run = { questions: 100, kills: 6 }
      const restarts = Effect.orDie(database.restart).pipe(
        Effect.delay("3 seconds"),
        Effect.repeat({ times: 1 }),
        Effect.andThen(Effect.never)
      )
      assertRight(
        yield* Faults.run({ store: database.url, ...run, clocks: [0, 3600, -3600], meanwhile: restarts }),
        run
      )
    }),
  patience
)
