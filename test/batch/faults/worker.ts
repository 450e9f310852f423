/**
 * A worker as a process, to be killed: `node worker.ts STORE LEASE [QUESTION_MS]`. Its orchestrator needs no servers; it
 * takes some milliseconds for a question, and writes a line when it begins with one and when it has one answered. `CLOCK_AHEAD` (seconds) makes its
 * clock, and that of its SQLite, wrong; with `HELD` it answers only once it gets SIGUSR2.
 */
import * as NodeRuntime from "@effect/platform-node/NodeRuntime"
import * as Deferred from "effect/Deferred"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Logger from "effect/Logger"
import * as Random from "effect/Random"
import type * as Sqlite from "node:sqlite"
import { createRequire, syncBuiltinESMExports } from "node:module"
import { Batch } from "../../../src/batch/Batch.ts"
import { orchestrator, resultOf } from "../Stub.ts"

const [store = "", lease = "2", questionMs = "20"] = process.argv.slice(2)
const aheadMs = Number(process.env["CLOCK_AHEAD"] ?? 0) * 1000

if (aheadMs !== 0) {
  const now = Date.now
  Date.now = () => now() + aheadMs
  const sqlite: typeof Sqlite = createRequire(import.meta.url)("node:sqlite")
  const { DatabaseSync } = sqlite
  sqlite.DatabaseSync = class extends DatabaseSync {
    constructor(...args: ConstructorParameters<typeof DatabaseSync>) {
      super(...args)
      // SQLite calls it for the keyword of the same name.
      this.function("current_timestamp", () => new Date(Date.now()).toISOString().slice(0, 19).replace("T", " "))
    }
  }
  syncBuiltinESMExports()
}

// From the beginning: a signal that nobody listens for ends the process.
const released = Deferred.makeUnsafe<void>()
process.once("SIGUSR2", () => Deferred.doneUnsafe(released, Exit.void))

/** The time that a question takes, so that a kill finds some in the middle. */
const thinking = process.env["HELD"]
  ? Deferred.await(released)
  : Effect.flatMap(Random.nextIntBetween(1, 2 * Number(questionMs)), (ms) => Effect.sleep(ms))

const answering = orchestrator((question) =>
  Effect.sync(() => void process.stdout.write("begun\n")).pipe(
    Effect.andThen(thinking),
    Effect.andThen(Effect.sync(() => void process.stdout.write(`${question}\n`))),
    Effect.as(resultOf(question))
  )
)

Effect.gen(function* () {
  process.stdout.write("ready\n")
  yield* (yield* Batch).work()
}).pipe(
  Effect.provide([
    Batch.layerStore(store, { lease: Duration.seconds(Number(lease)) }),
    answering,
    Logger.layer([Logger.withConsoleError(Logger.formatLogFmt)])
  ]),
  NodeRuntime.runMain
)
