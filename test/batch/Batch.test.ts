/** Batches in one process: what is stored, in which order it is answered, what is tried again and what is not. */
import { assert, it } from "@effect/vitest"
import { Deferred, Effect, Layer, Ref, Schedule, Stream } from "effect"
import { DatabaseSync } from "node:sqlite"
import { vi } from "vitest"
import type { EventName } from "../../src/telemetry/LogEvent.ts"
import { Batch, type BatchError, type BatchResult } from "../../src/batch/index.ts"
import * as LogCapture from "../LogCapture.ts"
import { answerTo, notUnderstood, orchestrator, ready, refused, resultOf, storeFile } from "./Stub.ts"

const withStore = <A, E>(effect: Effect.Effect<A, E, Batch>) =>
  Effect.flatMap(storeFile, (file) => Effect.provide(effect, Batch.layerStore(file, { lease: "2 seconds" })))

const resultsOf = (batch: string) => Effect.flatMap(Batch, (batches) => Stream.runCollect(batches.results(batch)))

const outcomes = (results: ReadonlyArray<BatchResult>) => results.map(({ id, state }) => `${id} ${state}`)

const ask = (...questions: ReadonlyArray<string>) => questions.map((question) => ({ question }))

it.live("every question is answered, in the order of submission, with all digits of its numbers", () =>
  withStore(
    Effect.gen(function* () {
      const batch = yield* Batch
      const submitted = yield* batch.submit(ask("one", "two", "three"), { batch: "b" })
      assert.deepStrictEqual(submitted, { batch: "b", accepted: 3, known: 0 })
      yield* batch.work().pipe(Effect.provide(ready))
      const results = yield* resultsOf("b")
      assert.deepStrictEqual(
        results.map(({ answer, id }) => [id, answer]),
        [
          ["1", resultOf("one")],
          ["2", resultOf("two")],
          ["3", resultOf("three")]
        ]
      )
      const [status] = yield* batch.status("b")
      assert.deepInclude(status, { total: 3, open: 0, answered: 3, failed: 0, cancelled: 0 })
    })
  )
)

it.live("submitted twice under one id, a question is answered once", () =>
  withStore(
    Effect.gen(function* () {
      const batch = yield* Batch
      const asked = yield* Ref.make<ReadonlyArray<string>>([])
      const counting = orchestrator((question) =>
        Effect.as(
          Ref.update(asked, (all) => [...all, question]),
          resultOf(question)
        )
      )
      yield* batch.submit(ask("one", "two"), { batch: "b" })
      assert.deepStrictEqual(yield* batch.submit(ask("one", "two", "three"), { batch: "b" }), {
        batch: "b",
        accepted: 1,
        known: 2
      })
      yield* batch.work({ concurrency: 1 }).pipe(Effect.provide(counting))
      assert.deepStrictEqual(yield* batch.submit(ask("one"), { batch: "b" }), { batch: "b", accepted: 0, known: 1 })
      yield* batch.work().pipe(Effect.provide(counting))
      assert.deepStrictEqual(yield* Ref.get(asked), ["one", "two", "three"])
    })
  )
)

it.live("another question under a known id is refused, and nothing of its submission is stored", () =>
  withStore(
    Effect.gen(function* () {
      const batch = yield* Batch
      yield* batch.submit(ask("one"), { batch: "b" })
      const error = yield* Effect.flip(
        batch.submit(
          [
            { question: "new", id: "n" },
            { question: "other", id: "1" }
          ],
          { batch: "b" }
        )
      )
      assert.strictEqual(error.reason._tag, "Conflict")
      assert.deepStrictEqual(outcomes(yield* resultsOf("b")), ["1 open"])
    })
  )
)

it.live("a failure that cannot pass is tried once and stored with its error", () =>
  withStore(
    Effect.gen(function* () {
      const batch = yield* Batch
      const tries = yield* Ref.make(0)
      yield* batch.submit(ask("gibberish"), { batch: "b" })
      yield* batch.work().pipe(
        Effect.provide(
          orchestrator((question) =>
            Effect.andThen(
              Ref.update(tries, (n) => n + 1),
              notUnderstood(question)
            )
          )
        )
      )
      assert.strictEqual(yield* Ref.get(tries), 1)
      const [result] = yield* resultsOf("b")
      assert.strictEqual(result?.state, "failed")
      assert.deepStrictEqual(result?.error, notUnderstood("gibberish"))
    })
  )
)

it.live("a failure that may pass is tried again, and what it met is shown meanwhile", () =>
  withStore(
    Effect.gen(function* () {
      const batch = yield* Batch
      const tries = yield* Ref.make(0)
      yield* batch.submit(ask("one"), { batch: "b" })
      const second = orchestrator((question) =>
        Effect.gen(function* () {
          if ((yield* Ref.updateAndGet(tries, (n) => n + 1)) === 1) return yield* refused
          const [meanwhile] = yield* Effect.orDie(batch.status("b"))
          assert.deepInclude(meanwhile, { open: 1, retrying: 1 })
          const [open] = yield* Effect.orDie(Stream.runCollect(batch.results("b")))
          assert.deepStrictEqual([open?.state, open?.failures, open?.error], ["open", 1, refused])
          return resultOf(question)
        })
      )
      yield* batch.work().pipe(Effect.provide(second))
      const [result] = yield* resultsOf("b")
      assert.deepStrictEqual([result?.state, result?.error], ["answered", null])
    })
  )
)

it.live("a question that fails as often as it may is given up with its last error; retry opens it again", () =>
  withStore(
    Effect.gen(function* () {
      const batch = yield* Batch
      yield* batch.submit(ask("one"), { batch: "b" })
      yield* batch.work({ attempts: 2 }).pipe(Effect.provide(orchestrator(() => refused)))
      const [result] = yield* resultsOf("b")
      assert.deepStrictEqual([result?.state, result?.error], ["failed", refused])
      assert.strictEqual(yield* batch.retry("b"), 1)
      yield* batch.work().pipe(Effect.provide(ready))
      assert.deepStrictEqual(outcomes(yield* resultsOf("b")), ["1 answered"])
      assert.strictEqual(yield* batch.retry("b"), 0)
    })
  )
)

it.live("a bug that a question meets is its dead letter, and the others are answered", () =>
  withStore(
    Effect.gen(function* () {
      const batch = yield* Batch
      yield* batch.submit(ask("poison", "two"), { batch: "b" })
      yield* batch
        .work()
        .pipe(
          Effect.provide(
            orchestrator((question) =>
              question === "poison"
                ? Effect.die(new Error("token=hunter22hunter22 broke"))
                : Effect.succeed(resultOf(question))
            )
          )
        )
      const results = yield* resultsOf("b")
      assert.deepStrictEqual(outcomes(results), ["1 failed", "2 answered"])
      assert.strictEqual(results[0]?.error?._tag, "QuestionDropped")
      assert.notInclude(results[0]?.error?.message, "hunter22")
    })
  )
)

it.live("questions of a higher priority go first, whatever was submitted first", () =>
  Effect.gen(function* () {
    const file = yield* storeFile
    const order: Array<string> = []
    /** Until what was done before is off the queue, and the next one of each priority is taken. */
    const takenAhead = (reader: DatabaseSync) =>
      Effect.sync(() =>
        reader
          .prepare(
            `SELECT SUM(state = 'completed') AS done,
               SUM(acquired_by IS NOT NULL) >= MIN(SUM(state = 'pending'), 1 + MAX(queue_name = :running)) AS ahead
             FROM mcp_batch_queue GROUP BY queue_name`
          )
          .all({ running: (order.at(-1) ?? "").replace(/ .*/, "") })
      ).pipe(
        Effect.repeat({
          until: (queues) =>
            queues.every(({ ahead }) => ahead === 1) &&
            queues.reduce((sum, { done }) => sum + Number(done), 0) === order.length - 1,
          schedule: Schedule.spaced("5 millis")
        })
      )
    yield* Effect.gen(function* () {
      const batch = yield* Batch
      const reader = yield* Effect.acquireRelease(
        Effect.sync(() => new DatabaseSync(file)),
        (database) => Effect.sync(() => database.close())
      )
      yield* batch.submit(ask("low 1", "low 2", "low 3"), { batch: "low", priority: "low" })
      yield* batch.submit([...ask("normal 1", "normal 2"), { question: "high 0", priority: "high" }], { batch: "n" })
      yield* batch.submit(ask("high 1", "high 2"), { batch: "high", priority: "high" })
      yield* batch.work({ concurrency: 1 }).pipe(
        Effect.provide(
          orchestrator((question) =>
            Effect.sync(() => void order.push(question)).pipe(
              Effect.andThen(takenAhead(reader)),
              // A question takes its time.
              Effect.delay("50 millis"),
              Effect.as(resultOf(question))
            )
          )
        )
      )
    }).pipe(Effect.provide(Batch.layerStore(file)))
    // The first one is of whichever queue was read first.
    const [first, ...rest] = order
    assert.deepStrictEqual(
      rest,
      ["high 0", "high 1", "high 2", "normal 1", "normal 2", "low 1", "low 2", "low 3"].filter((one) => one !== first)
    )
  })
)

it.live("a cancelled batch is not answered, also where an answer is on its way", () =>
  withStore(
    Effect.gen(function* () {
      const batch = yield* Batch
      yield* batch.submit(ask("one", "two"), { batch: "b" })
      yield* batch
        .work({ concurrency: 1 })
        .pipe(
          Effect.provide(orchestrator((question) => Effect.as(Effect.orDie(batch.cancel("b")), resultOf(question))))
        )
      assert.deepStrictEqual(outcomes(yield* resultsOf("b")), ["1 cancelled", "2 cancelled"])
    })
  )
)

it.live("what was cancelled holds up nothing, and can be asked again; a batch of a similar name is left alone", () =>
  Effect.gen(function* () {
    const file = yield* storeFile
    yield* Effect.gen(function* () {
      const batch = yield* Batch
      yield* batch.submit(ask("one", "two"), { batch: "b_1" })
      yield* batch.submit(ask("three"), { batch: "bx1" })
      assert.strictEqual(yield* batch.cancel("b_1"), 2)
      const reader = yield* Effect.acquireRelease(
        Effect.sync(() => new DatabaseSync(file)),
        (database) => Effect.sync(() => database.close())
      )
      const queued = reader.prepare("SELECT id FROM mcp_batch_queue").all()
      assert.deepStrictEqual(
        queued.map(({ id }) => id),
        ["bx1\n1\n1"]
      )
      assert.strictEqual(yield* batch.retry("b_1"), 2)
      yield* batch.work().pipe(Effect.provide(ready))
      assert.deepStrictEqual(outcomes(yield* resultsOf("b_1")), ["1 answered", "2 answered"])
    }).pipe(Effect.provide(Batch.layerStore(file)))
  })
)

it.live("an interrupted worker gives back what it is at, and the next one answers it without delay", () =>
  withStore(
    Effect.gen(function* () {
      const batch = yield* Batch
      yield* batch.submit(ask("one"), { batch: "b" })
      const begun = yield* Deferred.make<void>()
      const stuck = orchestrator(() => Effect.andThen(Deferred.succeed(begun, undefined), Effect.never))
      yield* batch.work().pipe(Effect.provide(stuck), Effect.raceFirst(Deferred.await(begun)))
      yield* batch.work().pipe(Effect.provide(ready), Effect.timeout("1500 millis"))
      assert.deepStrictEqual(outcomes(yield* resultsOf("b")), ["1 answered"])
    })
  )
)

it.live("two workers on one batch answer each question once", () =>
  withStore(
    Effect.gen(function* () {
      const batch = yield* Batch
      const asked = yield* Ref.make<ReadonlyArray<string>>([])
      const questions = Array.from({ length: 100 }, (_, index) => `question ${index}`)
      yield* batch.submit(ask(...questions), { batch: "b" })
      const counting = Layer.fresh(
        orchestrator((question) =>
          Effect.as(
            Ref.update(asked, (all) => [...all, question]),
            resultOf(question)
          )
        )
      )
      yield* Effect.all([batch.work(), batch.work()], { concurrency: 2 }).pipe(Effect.provide(counting))
      assert.sameMembers([...(yield* Ref.get(asked))], questions)
      const results = yield* resultsOf("b")
      assert.deepStrictEqual(
        results.map(({ answer }) => answer?.result?.rows[0]?.[0]),
        questions.map(answerTo)
      )
    })
  )
)

/** As if so many processes had died over a question. */
const deaths = (file: string, id: string, count: number) =>
  Effect.scoped(
    Effect.map(
      Effect.acquireRelease(
        Effect.sync(() => new DatabaseSync(file)),
        (database) => Effect.sync(() => database.close())
      ),
      (database) => void database.prepare("UPDATE mcp_batch_question SET starts = ? WHERE id = ?").run(count, id)
    )
  )

it.live("a question that ten workers died over is given up without another try, and the error says so", () =>
  Effect.gen(function* () {
    const file = yield* storeFile
    yield* Effect.gen(function* () {
      const batch = yield* Batch
      yield* batch.submit(ask("poison", "two"), { batch: "b" })
      yield* deaths(file, "1", 10)
      yield* batch
        .work()
        .pipe(
          Effect.provide(
            orchestrator((question) =>
              question === "poison" ? Effect.die("asked") : Effect.succeed(resultOf(question))
            )
          )
        )
      const [poison, two] = yield* resultsOf("b")
      assert.strictEqual(two?.state, "answered")
      assert.strictEqual(poison?.error?.message, "10 workers died while they were at it")
    }).pipe(Effect.provide(Batch.layerStore(file)))
  })
)

it.live("questions that several workers died over run one at a time, beside the others", () =>
  Effect.gen(function* () {
    const file = yield* storeFile
    yield* Effect.gen(function* () {
      const batch = yield* Batch
      yield* batch.submit(ask("suspect 1", "suspect 2", "suspect 3", "four"), { batch: "b" })
      for (const id of ["1", "2", "3"]) yield* deaths(file, id, 3)
      let running = 0
      let most = 0
      const four = yield* Deferred.make<void>()
      const watching = orchestrator((question) =>
        question === "four"
          ? Effect.as(Deferred.succeed(four, undefined), resultOf(question))
          : Effect.acquireUseRelease(
              Effect.sync(() => void (most = Math.max(most, ++running))),
              () => Effect.as(Deferred.await(four), resultOf(question)),
              () => Effect.sync(() => void running--)
            )
      )
      yield* batch.work().pipe(Effect.provide(watching))
      assert.strictEqual(most, 1)
      assert.strictEqual((yield* batch.status("b"))[0]?.answered, 4)
    }).pipe(Effect.provide(Batch.layerStore(file)))
  })
)

it.live("a batch that is not there is an error that says so, in every call that names one", () =>
  withStore(
    Effect.gen(function* () {
      const batch = yield* Batch
      for (const call of [
        batch.status("b"),
        batch.cancel("b"),
        batch.retry("b"),
        Stream.runDrain(batch.results("b"))
      ]) {
        const error = yield* Effect.flip<unknown, BatchError, never>(call)
        assert.deepInclude(error.reason, { _tag: "UnknownBatch", batch: "b" })
      }
      assert.deepStrictEqual(yield* batch.status(), [])
    })
  )
)

it.live("how far batches are is read without one answer", () =>
  Effect.gen(function* () {
    const file = yield* storeFile
    const said = yield* Effect.gen(function* () {
      const batch = yield* Batch
      yield* batch.submit(ask("one", "two"), { batch: "b" })
      yield* batch.work().pipe(Effect.provide(ready))
      const statements = yield* Effect.acquireRelease(
        Effect.sync(() => vi.spyOn(DatabaseSync.prototype, "prepare")),
        (spy) => Effect.sync(() => spy.mockRestore())
      )
      yield* batch.status()
      yield* batch.status("b")
      yield* batch.cancel("b")
      return statements.mock.calls.map(([statement]) => statement).filter((statement) => statement.startsWith("SELECT"))
    }).pipe(Effect.scoped, Effect.provide(Batch.layerStore(file)))
    assert.lengthOf(said, 3)
    const database = yield* Effect.acquireRelease(
      Effect.sync(() => new DatabaseSync(file)),
      (database) => Effect.sync(() => database.close())
    )
    for (const statement of said) {
      const plan = database.prepare(`EXPLAIN QUERY PLAN ${statement}`).all()
      const reading = plan.map(({ detail }) => String(detail)).filter((detail) => /^(?:SCAN|SEARCH)/.test(detail))
      assert.isNotEmpty(reading)
      for (const detail of reading) assert.include(detail, "USING COVERING INDEX", statement)
    }
  })
)

it.live("results come complete and in order, over more pages than one and over two submissions", () =>
  withStore(
    Effect.gen(function* () {
      const batch = yield* Batch
      const ids = (from: number, count: number) =>
        Array.from({ length: count }, (_, index) => ({ id: `q${from + index}`, question: `question ${from + index}` }))
      yield* batch.submit(ids(0, 700), { batch: "b" })
      yield* batch.submit(ids(700, 50), { batch: "b" })
      const results = yield* resultsOf("b")
      assert.deepStrictEqual(
        results.map(({ id }) => id),
        ids(0, 750).map(({ id }) => id)
      )
    })
  )
)

it.live("a worker that is to stay answers what is submitted later", () =>
  withStore(
    Effect.gen(function* () {
      const batch = yield* Batch
      yield* batch.submit(ask("one"), { batch: "b" })
      const answered = yield* Deferred.make<void>()
      const working = batch
        .work({ keep: true })
        .pipe(
          Effect.provide(
            orchestrator((question) =>
              Effect.as(question === "late" ? Deferred.succeed(answered, undefined) : Effect.void, resultOf(question))
            )
          )
        )
      const asking = Effect.gen(function* () {
        yield* batch
          .status("b")
          .pipe(Effect.repeat({ until: ([status]) => status?.open === 0, schedule: Schedule.spaced("20 millis") }))
        yield* batch.submit(ask("late"), { batch: "c" })
        yield* Deferred.await(answered)
      })
      yield* Effect.raceFirst(working, asking)
    })
  )
)

it.live("the log says what became of each question by its id, and never holds a question", () =>
  withStore(
    Effect.gen(function* () {
      const batch = yield* Batch
      const logs = LogCapture.make("Info")
      const tries = yield* Ref.make(0)
      yield* batch.submit(ask("secret fine", "secret gibberish", "secret late"), { batch: "b" })
      const mixed = orchestrator((question) =>
        Effect.gen(function* () {
          if (question === "secret gibberish") return yield* notUnderstood(question)
          if (question === "secret late" && (yield* Ref.updateAndGet(tries, (n) => n + 1)) === 1) return yield* refused
          return resultOf(question)
        })
      )
      yield* batch.work().pipe(Effect.provide([mixed, logs.layer]))
      const told = (event: EventName) => logs.of(event).map((record) => [record["batch"], record["question_id"]])
      assert.sameDeepMembers(told("batch_question_answered"), [
        ["b", "1"],
        ["b", "3"]
      ])
      assert.deepStrictEqual(told("batch_question_retried"), [["b", "3"]])
      const [failed] = logs.of("batch_question_failed")
      assert.deepInclude(failed, { level: "WARNING", component: "batch", question_id: "2" })
      assert.deepStrictEqual(failed?.["error"], {
        type: "SqlGenerationError",
        message: "no word of it is known",
        reason: "NotUnderstood"
      })
    })
  )
)
