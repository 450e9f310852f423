/** Workers as processes that are killed at any moment, and what must hold of the answers afterwards. */
import * as Deferred from "effect/Deferred"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Layer from "effect/Layer"
import * as Queue from "effect/Queue"
import * as Random from "effect/Random"
import * as Redacted from "effect/Redacted"
import * as Schedule from "effect/Schedule"
import type * as Scope from "effect/Scope"
import * as SqlClient from "effect/sql/SqlClient"
import type { SqlError } from "effect/sql/SqlError"
import * as Stream from "effect/Stream"
import { spawn } from "node:child_process"
import { fileURLToPath } from "node:url"
import { Batch, type BatchError } from "../../../src/batch/index.ts"
import * as Store from "../../../src/batch/Store.ts"
import { answerTo } from "../Stub.ts"

/** A worker's process. */
export interface Worker {
  readonly kill: Effect.Effect<void>
  readonly signal: (name: NodeJS.Signals) => Effect.Effect<void>
  /** When it has ended, how: a code, or -1 where it was killed; with what it wrote on stderr. */
  readonly ended: Effect.Effect<{ readonly code: number; readonly stderr: string }>
}

export interface StartOptions {
  readonly store: string
  readonly aheadSeconds?: number
  readonly questionMs?: number
  /** Whether it answers nothing before it gets SIGUSR2. */
  readonly held?: boolean
  /** Is told each line: `ready`, then `begun` for each question, and the question itself when it is answered. */
  readonly onLine?: (line: string) => void
}

const lease = 2
/** Long enough for a kill to find questions in the middle. */
const usualMs = 60

const script = fileURLToPath(new URL("worker.ts", import.meta.url))

/** Starts a worker; it is killed with the scope. */
export const start = Effect.fnUntraced(function* (options: StartOptions): Effect.fn.Return<Worker, never, Scope.Scope> {
  const ended = yield* Deferred.make<{ readonly code: number; readonly stderr: string }>()
  const child = yield* Effect.acquireRelease(
    Effect.sync(() =>
      spawn(process.execPath, [script, options.store, String(lease), String(options.questionMs ?? usualMs)], {
        env: { ...process.env, CLOCK_AHEAD: String(options.aheadSeconds ?? 0), HELD: options.held ? "1" : "" },
        stdio: ["ignore", "pipe", "pipe"]
      })
    ),
    (child) => Effect.sync(() => child.kill("SIGKILL"))
  )
  let stderr = ""
  child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text))
  let rest = ""
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    const lines = (rest + text).split("\n")
    rest = lines.pop() ?? ""
    for (const line of lines) options.onLine?.(line)
  })
  child.once("close", (code) => Deferred.doneUnsafe(ended, Exit.succeed({ code: code ?? -1, stderr })))
  const signal = (name: NodeJS.Signals) => Effect.sync(() => void child.kill(name))
  return { kill: signal("SIGKILL"), signal, ended: Deferred.await(ended) }
})

export interface FaultRun {
  readonly store: string
  readonly questions: number
  readonly kills: number
  /** How far ahead the clock of each worker is, in seconds; as many workers live at any time. */
  readonly clocks: ReadonlyArray<number>
  /** What else goes wrong, until the work is done. */
  readonly meanwhile?: Effect.Effect<never>
}

export interface Report {
  readonly answered: number
  readonly wrong: number
  /** Neither answered nor given up. */
  readonly lost: number
  readonly givenUp: number
  /** Answers that were stored more than once. */
  readonly storedTwice: number
  /** Answers that were computed, also those that were lost with their worker or came too late. */
  readonly computed: number
  /** Workers that were killed in the middle of a question. */
  readonly kills: number
  readonly seconds: number
}

/**
 * Submits questions, lets workers answer them, and kills one at random of those that have a question in hand, at a random
 * moment, each time that some more were answered; another one takes its place. Ends when no question is open.
 */
export const run = (options: FaultRun): Effect.Effect<Report, BatchError | SqlError> =>
  Effect.gen(function* () {
    const batch = yield* Batch
    const asked = Array.from({ length: options.questions }, (_, index) => `question ${index} of ${options.questions}`)
    yield* batch.submit(
      asked.map((question) => ({ question })),
      { batch: "faults" }
    )
    yield* countStores
    const startedMs = Date.now()
    const lines = yield* Queue.make<string>()
    const busy = new Map<Worker, number>()
    /** Each place has a worker, until one finds nothing open: a database that is away ends one that starts, too. */
    const place = Effect.fnUntraced(function* (aheadSeconds: number) {
      while (true) {
        let inHand = 0
        const onLine = (line: string) => {
          if (line !== "ready") inHand += line === "begun" ? 1 : -1
          if (inHand > 0) busy.set(worker, inHand)
          else busy.delete(worker)
          Queue.offerUnsafe(lines, line)
        }
        const worker: Worker = yield* start({ store: options.store, aheadSeconds, onLine })
        const { code } = yield* worker.ended
        busy.delete(worker)
        if (code === 0) return
      }
    }, Effect.scoped)
    yield* Effect.forEach(options.clocks, (clock) => Effect.forkScoped(place(clock)))

    let computed = 0
    let kills = 0
    const killer = Effect.gen(function* () {
      // A kill falls due with every so many answers: in the first half of them, because one may have to wait for a victim.
      const between = options.questions / (2 * options.kills)
      while (true) {
        const line = yield* Queue.take(lines)
        if (line !== "ready" && line !== "begun") computed += 1
        // The next one that is busy: whoever waited for another answer might wait for the last.
        for (const due = kills + 1; kills < due && due <= options.kills && computed >= due * between;) {
          // At any moment: right after an answer would be a special one.
          yield* Effect.sleep(yield* Random.nextIntBetween(0, 30))
          const victims = [...busy.keys()]
          if (victims.length === 0) continue
          const victim = victims[yield* Random.nextIntBetween(0, victims.length - 1)]!
          yield* victim.kill
          if ((yield* victim.ended).code === -1) kills += 1
        }
      }
    })
    yield* Effect.raceAllFirst([killer, options.meanwhile ?? Effect.never, untilNoneIsOpen(batch)])
    const results = yield* Stream.runCollect(batch.results("faults"))
    const answers = results.filter(({ state }) => state === "answered")
    return {
      answered: answers.length,
      wrong: answers.filter(({ answer, question }) => answer?.result?.rows[0]?.[0] !== answerTo(question)).length,
      lost: asked.length - results.filter(({ state }) => state !== "open").length,
      givenUp: results.filter(({ state }) => state === "failed").length,
      storedTwice: yield* storedTwice,
      computed,
      kills,
      seconds: (Date.now() - startedMs) / 1000
    }
  }).pipe(Effect.scoped, Effect.provide(Layer.provideMerge(Batch.layer(), Store.layer(Redacted.make(options.store)))))

/** The reader rides out a database that is away, too. */
const untilNoneIsOpen = (batch: Batch["Service"]) =>
  Effect.retry(batch.status("faults"), { times: 100, schedule: Schedule.spaced("100 millis") }).pipe(
    Effect.repeat({ until: ([status]) => status?.open === 0, schedule: Schedule.spaced("200 millis") })
  )

/** The database itself writes down each answer that it stores. */
const countStores = Effect.gen(function* () {
  const sql = yield* SqlClient.SqlClient
  yield* sql`CREATE TABLE stored_answer (id TEXT NOT NULL)`
  yield* sql.onDialectOrElse({
    pg: () =>
      Effect.andThen(
        sql`CREATE FUNCTION count_answer() RETURNS trigger LANGUAGE plpgsql AS
          'BEGIN INSERT INTO stored_answer VALUES (NEW.id); RETURN NEW; END'`,
        sql`CREATE TRIGGER stored AFTER UPDATE OF answer ON mcp_batch_question FOR EACH ROW
          EXECUTE FUNCTION count_answer()`
      ),
    orElse: () =>
      sql`CREATE TRIGGER stored AFTER UPDATE OF answer ON mcp_batch_question
        BEGIN INSERT INTO stored_answer VALUES (NEW.id); END`
  })
})

const storedTwice = Effect.gen(function* () {
  const sql = yield* SqlClient.SqlClient
  return (yield* sql`SELECT id FROM stored_answer GROUP BY id HAVING COUNT(*) > 1`).length
})

/** What must hold after any faults. */
export const isRight = (report: Report, { kills, questions }: Pick<FaultRun, "kills" | "questions">): boolean =>
  report.answered === questions &&
  report.kills === kills &&
  report.givenUp === 0 &&
  report.lost === 0 &&
  report.storedTwice === 0 &&
  report.wrong === 0
