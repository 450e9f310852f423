/**
 * The full proof: `npm run batch:faults [-- --kills 200 --questions 2000 --only sqlite|clocks|postgres]`. Workers are killed at random over SQLite, over
 * SQLite with clocks that are wrong, and over PostgreSQL, where it is installed, which is restarted meanwhile. Ends with 1
 * if an answer was lost, stored twice or wrong.
 */
import * as Console from "effect/Console"
import * as Effect from "effect/Effect"
import { parseArgs } from "node:util"
import { storeFile } from "../Stub.ts"
import * as Faults from "./Faults.ts"
import * as Postgres from "./Postgres.ts"

const { values } = parseArgs({
  options: {
    kills: { type: "string", default: "200" },
    questions: { type: "string", default: "2000" },
    only: { type: "string" }
  }
})
const size = { kills: Number(values.kills), questions: Number(values.questions) }

const report = Effect.fnUntraced(function* (name: string, run: Faults.Report) {
  const right = Faults.isRight(run, size)
  yield* Console.log(`${right ? "right" : "WRONG"}  ${name}: ${JSON.stringify(run)}`)
  if (!right) process.exitCode = 1
})

const sqlite = (name: string, clocks: ReadonlyArray<number>) =>
  Effect.gen(function* () {
    const store = yield* storeFile
    yield* report(name, yield* Faults.run({ store, ...size, clocks }))
  }).pipe(Effect.scoped)

const postgres = Effect.gen(function* () {
  const database = yield* Postgres.start
  const restarting = Effect.forever(Effect.delay(Effect.orDie(database.restart), "10 seconds"))
  yield* report(
    "PostgreSQL, restarted every 10 s",
    yield* Faults.run({ store: database.url, ...size, clocks: [0, 3600, -3600, 0], meanwhile: restarting })
  )
}).pipe(Effect.scoped)

const proofs = {
  sqlite: sqlite("SQLite", [0, 0, 0, 0]),
  clocks: sqlite("SQLite, one clock an hour ahead, one behind", [0, 3600, -3600, 0]),
  postgres: Postgres.missing === null ? postgres : Console.log(Postgres.missing)
}

await Effect.runPromise(
  Effect.gen(function* () {
    for (const [name, proof] of Object.entries(proofs)) {
      if (values.only === undefined || values.only === name) yield* proof
    }
  })
)
