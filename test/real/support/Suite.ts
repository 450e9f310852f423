/** What holds for every database server of others beside a metadata server, as tests. */
import { assert, it, layer, type Vitest } from "@effect/vitest"
import { Context, Effect, type Layer } from "effect"
import type { GatheredResources } from "../../../src/index.ts"
import * as LogCapture from "../../LogCapture.ts"
import * as Documented from "./Documented.ts"
import { assertGathered } from "./Gathers.ts"
import * as Product from "./Product.ts"
import { assertAnswer, questions } from "./Questions.ts"
import type { Running } from "./RealServers.ts"
import * as SdkClient from "./SdkClient.ts"

/** The servers that run, in the order of their priorities; the first has the aliases and column mappings. */
export class Servers extends Context.Service<Servers, ReadonlyArray<Running>>()(
  "effect-mcp-orchestrator/test/real/Servers"
) {}

/**
 * Tests over servers that are started once for all of them; skipped, with the reason in the name, when something is
 * `missing`. Their clock is the real one.
 */
export const withServers = <E>(
  title: string,
  missing: string | null,
  running: Layer.Layer<Servers, E>,
  tests: (it: Vitest.MethodsNonLive<Servers>) => void
): void => {
  if (missing !== null) it.skip(`${title} (${missing})`, () => {})
  else layer(running, { excludeTestServices: true, timeout: "5 minutes" })(title, tests)
}

/** The tests of one database server, by its name in the documentation's table; for `spoilt` see `assertAnswer`. */
export const testServer = (
  it: Vitest.MethodsNonLive<Servers>,
  server: string,
  spoilt: ReadonlyArray<string> = []
): void => {
  it.effect(`${server}: validate finds no fault, and knows the tables, the aliases and the mappings`, () =>
    Effect.gen(function* () {
      const orchestrator = yield* Product.load(yield* Product.configure(yield* pair(server)))
      const [metadata, database] = yield* orchestrator.validate()
      assert.deepStrictEqual([metadata?.error?.message, database?.error?.message], [undefined, undefined])
      assert.deepStrictEqual(
        metadata?.understood.map(({ entities, mappings, name }) => [name, entities > 0, mappings > 0]),
        [
          ["get_column_mappings", false, true],
          ["get_product_aliases", true, false]
        ]
      )
      // Five tables and a view, published by the server or told of by the database.
      const published = database?.understood.reduce((tables, one) => tables + one.tables, 0)
      assert.strictEqual(database?.schemaTables ?? published, 6)
    }).pipe(quiet)
  )

  it.effect(`${server}: a gather is what the official SDK client reads`, () =>
    Effect.gen(function* () {
      const servers = yield* pair(server)
      const orchestrator = yield* Product.load(yield* Product.configure(servers))
      yield* assertComplete(yield* orchestrator.gather(), servers)
    }).pipe(quiet)
  )

  for (const question of questions) {
    it.effect(`${server}: ${question.question}`, () =>
      Effect.gen(function* () {
        const servers = yield* pair(server)
        const orchestrator = yield* Product.load(yield* Product.configure(servers))
        const { metadata, result } = yield* orchestrator.query(question.question)
        assertAnswer(question, result, yield* ask(servers.database_mcp, question.sql), spoilt)
        assert.strictEqual(metadata.executedOn, "database_mcp")
        assert.lengthOf(metadata.attempts, 1)
      }).pipe(quiet)
    )
  }
}

/** Asserts that a gather of these servers, by id, is what the official SDK client reads from each of them. */
export const assertComplete = Effect.fnUntraced(function* (
  gathered: GatheredResources,
  servers: { readonly [id: string]: Running }
) {
  assert.deepStrictEqual(
    gathered.servers.map(({ id }) => id),
    Object.keys(servers)
  )
  for (const { id, resources } of gathered.servers) {
    const running = servers[id]
    assert(running !== undefined)
    assertGathered(resources, yield* SdkClient.readAll(running.url, Documented.excludedBy(running.server)))
  }
})

/** What the database behind a server answers to a statement. */
export const ask = ({ database, server }: Running, sql: string) =>
  database === null ? Effect.die(new Error(`${server} is no database`)) : database.ask(sql)

/** Without the log lines of the product. */
export const quiet = <A, E, R>(effect: Effect.Effect<A, E, R>): Effect.Effect<A, E, R> =>
  Effect.provide(effect, LogCapture.make().layer)

// -----------------------------------------------------------------------------
// internals

/** A database server beside the metadata server, by their ids in the configuration. */
const pair = Effect.fnUntraced(function* (server: string) {
  const servers = yield* Servers
  const [metadata_mcp] = servers
  const database_mcp = servers.find((running) => running.server === server)
  assert(metadata_mcp !== undefined && database_mcp !== undefined)
  return { metadata_mcp, database_mcp }
})
