/** Servers of others, over PostgreSQL and SQLite: each beside a metadata server, and ten at once. */
import { assert } from "@effect/vitest"
import { Effect, Layer } from "effect"
import * as Databases from "./support/Databases.ts"
import * as Installation from "./support/Installation.ts"
import * as Product from "./support/Product.ts"
import { assertAnswer, isReady, questions } from "./support/Questions.ts"
import * as RealServers from "./support/RealServers.ts"
import { ask, assertComplete, quiet, Servers, testServer, withServers } from "./support/Suite.ts"

const running = Layer.effect(
  Servers,
  Effect.gen(function* () {
    const [metadata, everything, sqlite, postgres] = yield* Effect.all(
      [RealServers.metadata, RealServers.everything, Databases.sqlite, Databases.postgres],
      { concurrency: 4 }
    )
    return [
      metadata,
      everything,
      ...(yield* RealServers.startAll(RealServers.sqlite, sqlite, ["/data/shop.sqlite", sqlite.file])),
      ...(yield* RealServers.startAll(RealServers.postgres, postgres))
    ]
  })
)

withServers("servers over PostgreSQL and SQLite", Installation.missing, running, (it) => {
  for (const server of [...Object.keys(RealServers.sqlite), ...Object.keys(RealServers.postgres)]) {
    testServer(it, server)
  }

  it.effect("ten at once: a gather is what the official SDK client reads from each of them", () =>
    Effect.gen(function* () {
      const servers = yield* ten
      const orchestrator = yield* Product.load(yield* Product.configure(servers))
      yield* assertComplete(yield* orchestrator.gather(), servers)
    }).pipe(quiet)
  )

  it.effect("ten at once: validate finds no fault in any of them", () =>
    Effect.gen(function* () {
      const servers = yield* ten
      const orchestrator = yield* Product.load(yield* Product.configure(servers))
      const reports = yield* orchestrator.validate()
      assert.deepStrictEqual(
        reports.map(({ error, server }) => [server, error?.message]),
        Object.keys(servers).map((id) => [id, undefined])
      )
    }).pipe(quiet)
  )

  it.effect("ten at once: of eight databases with the same tables the best priority answers", () =>
    Effect.gen(function* () {
      const servers = yield* ten
      const orchestrator = yield* Product.load(yield* Product.configure(servers))
      for (const question of readyQuestions) {
        const { metadata, result } = yield* orchestrator.query(question.question)
        assert.strictEqual(metadata.executedOn, "server_3")
        assertAnswer(question, result, yield* answerOf(servers, question.sql))
      }
    }).pipe(quiet)
  )

  it.effect(
    "ten at once: the command line validates, gathers and answers as a process of its own",
    () =>
      Effect.gen(function* () {
        const servers = yield* ten
        const file = yield* Product.configure(servers)
        const validated = yield* Product.command("validate", file, "--json")
        assert.isTrue(JSON.parse(validated).valid)
        const gathered = yield* Product.command("gather", "--config", file, "--json")
        assert.deepStrictEqual(Object.keys(JSON.parse(gathered)), Object.keys(servers))
        for (const question of readyQuestions.slice(0, 3)) {
          const answered = yield* Product.command("query", question.question, "--config", file, "--json")
          assertAnswer(question, JSON.parse(answered).result, yield* answerOf(servers, question.sql))
        }
      }),
    // Five processes, one after the other, on a machine that may be busy.
    120_000
  )
})

const readyQuestions = questions.filter((question) => isReady(question, "fastmcp (SQLite)"))

/** All that run, by their ids in the configuration. */
const ten = Effect.map(Servers, (servers): { readonly [id: string]: RealServers.Running } =>
  Object.fromEntries(servers.map((running, index) => [`server_${index + 1}`, running]))
)

/** The database of the best priority: it has the id of the first after metadata and the reference server. */
const answerOf = ({ server_3 }: { readonly [id: string]: RealServers.Running }, sql: string) => {
  assert(server_3 !== undefined)
  return ask(server_3, sql)
}
