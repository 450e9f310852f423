/**
 * How the throughput of a batch grows with its workers. `npm run bench:batch`, or quickly with `-- --quick`. Writes the
 * section `batch` of `docs/benchmarks.md`.
 *
 * The orchestrator of the workers is one that needs no servers and takes a while for each question: what is measured is
 * what the store and the queue cost, and whether workers stand in each other's way.
 */
import * as Deferred from "effect/Deferred"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import { parseArgs } from "node:util"
import { Batch } from "../src/batch/Batch.ts"
import * as Faults from "../test/batch/faults/Faults.ts"
import * as Postgres from "../test/batch/faults/Postgres.ts"
import { storeFile } from "../test/batch/Stub.ts"
import * as Document from "./support/Document.ts"

const { values: options } = parseArgs({ options: { quick: { type: "boolean", default: false } } })

const questions = options.quick ? 40 : 240
/** Of a question, on average. */
const questionMs = 100
const concurrency = 4
const most = options.quick ? 2 : 4

/** Questions a second, from the moment at which all workers were there. */
const throughput = (store: string, workers: number) =>
  Effect.gen(function* () {
    const batch = yield* Batch
    const answered = yield* Deferred.make<void>()
    let ready = 0
    let from = 0
    let measured = 0
    let done = 0
    const onLine = (line: string) => {
      if (line === "ready") ready += 1
      else done += 1
      if (ready === workers && from === 0) from = performance.now()
      else if (from > 0 && line !== "ready") measured += 1
      if (done === questions) Deferred.doneUnsafe(answered, Exit.void)
    }
    yield* batch.submit(
      Array.from({ length: questions }, (_, index) => ({ question: `question ${index}` })),
      { batch: `workers-${workers}` }
    )
    yield* Effect.forEach(Array.from({ length: workers }), () => Faults.start({ store, questionMs, onLine }))
    yield* Deferred.await(answered)
    return (measured / (performance.now() - from)) * 1000
  }).pipe(Effect.scoped, Effect.provide(Batch.layerStore(store)))

const series = (store: string) =>
  Effect.forEach(
    Array.from({ length: most }, (_, index) => index + 1),
    (workers) => throughput(store, workers)
  )

const row = (name: string, figures: ReadonlyArray<number>) => [
  name,
  ...figures.map((figure) => `${figure.toFixed(0)} (×${(figure / (figures[0] ?? figure)).toFixed(1)})`)
]

await Effect.runPromise(
  Effect.gen(function* () {
    const rows = [row("SQLite", yield* Effect.flatMap(storeFile, series))]
    if (Postgres.missing === null) {
      rows.push(row("PostgreSQL", yield* Effect.flatMap(Postgres.start, ({ url }) => series(url))))
    }
    const markdown = [
      "## Batches",
      "`npm run bench:batch`",
      `Machine: ${Document.machine()}.`,
      `Method: ${questions} questions, which take ${questionMs} ms on average and no servers; processes with ${concurrency} questions at once each, so ${(
        (1000 / questionMs) *
        concurrency
      ).toFixed(
        0
      )} a second would be what one could do at most. Questions a second, once all processes have started; one run.`,
      Document.table(
        ["store", ...Array.from({ length: most }, (_, index) => `${index + 1} ${index === 0 ? "worker" : "workers"}`)],
        rows
      )
    ].join("\n\n")
    console.log(markdown)
    if (!options.quick) Document.writeSection("batch", markdown)
  }).pipe(Effect.scoped)
)
