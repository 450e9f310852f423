/**
 * The wire of Python FastMCP servers as it was recorded: mcp 2.3.0's and fastmcp 4's, with nothing but defaults. These
 * are the servers this program is made for, and they need no installation.
 */
import { assert, describe, it } from "@effect/vitest"
import * as NodeServices from "@effect/platform-node/NodeServices"
import { Effect, Layer } from "effect"
import { ConfigLoader, Orchestrator, SqlGenerator, Transports } from "../../src/index.ts"
import * as LogCapture from "../LogCapture.ts"
import { assertGathered } from "./support/Gathers.ts"
import * as Product from "./support/Product.ts"
import * as Replay from "./support/Replay.ts"
import * as SdkClient from "./support/SdkClient.ts"

/** How a Python server answers rows is how its author annotated the tool; its resources are text/plain unless told. */
const databases = {
  "database-mcp-2.3-typed": "a class as the return type, the schema under text/plain",
  "database-mcp-2.3-typed-json": "a class as the return type",
  "database-mcp-2.3-list": "a list of rows as the return type",
  "database-mcp-2.3-str": "a text as the return type",
  "database-mcp-2.3-untyped": "no return type: a text a row, and no content for no rows"
}

const replies = [
  { what: "one row", sql: Replay.recordedSql.oneRow, columns: ["n"], rows: [[3]] },
  {
    what: "a reply of three rows",
    sql: Replay.recordedSql.threeRows,
    columns: ["customer_id", "name"],
    rows: [
      [1, "Ana"],
      [2, "Bo"],
      [3, "Cy"]
    ]
  },
  { what: "a reply without rows", sql: Replay.recordedSql.noRows, columns: null, rows: [] }
]

/** A recorded database server beside the recorded metadata server. */
const pair = Effect.fnUntraced(function* (recording: string) {
  const [metadata, database] = yield* Effect.all([Replay.start("metadata-fastmcp-4"), Replay.start(recording)])
  const file = yield* Product.configure({
    metadata_mcp: { url: metadata, lines: { capabilities: ["list_resources"] } },
    database_mcp: { url: database, lines: { capabilities: ["list_resources", "execute_query"] } }
  })
  return { metadata, database, file }
})

/** An orchestrator whose generator says what was recorded. */
const saying = Effect.fnUntraced(function* (file: string, sql: string) {
  const { config } = yield* Effect.provide(ConfigLoader.load({ file, env: {}, cwd: "/" }), NodeServices.layer)
  const generator = SqlGenerator.SqlGenerator.of({
    name: "recorded",
    repairs: false,
    generate: () => Effect.succeed({ sql, explanation: "as recorded", usedEntities: [] })
  })
  const context = yield* Layer.build(
    Orchestrator.layerConfig(config).pipe(
      Layer.provide([Layer.succeed(SqlGenerator.SqlGenerator, generator), Transports.Transports.layerSse])
    )
  )
  return yield* Orchestrator.Orchestrator.pipe(Effect.provideContext(context))
})

const quiet = <A, E, R>(effect: Effect.Effect<A, E, R>) => Effect.provide(effect, LogCapture.make().layer)

for (const [recording, what] of Object.entries(databases)) {
  describe(`${recording}: ${what}`, () => {
    it.live("validate finds no fault, and understands the table, the alias and the mapping", () =>
      Effect.gen(function* () {
        const orchestrator = yield* Product.load((yield* pair(recording)).file)
        const [metadata, database] = yield* orchestrator.validate()
        assert.deepStrictEqual([metadata?.error, database?.error], [null, null])
        assert.strictEqual(database?.sqlArgument, "query")
        assert.deepStrictEqual(
          [...(metadata?.understood ?? []), ...(database?.understood ?? [])].map(({ mappings, name, tables }) => [
            name,
            tables,
            mappings
          ]),
          [
            ["get_column_mappings", 0, 1],
            ["get_product_aliases", 0, 0],
            ["get_database_metadata", 1, 0]
          ]
        )
        assert.isAbove(metadata?.understood[1]?.entities ?? 0, 0)
      }).pipe(quiet)
    )

    it.live("a gather is what the official SDK client reads, with JSON as JSON", () =>
      Effect.gen(function* () {
        const { database, file, metadata } = yield* pair(recording)
        const orchestrator = yield* Product.load(file)
        const { servers } = yield* orchestrator.gather()
        assertGathered(servers[0]?.resources, yield* SdkClient.readAll(metadata))
        assertGathered(servers[1]?.resources, yield* SdkClient.readAll(database))
      }).pipe(quiet)
    )

    it.live("a name is resolved through the alias that the metadata server has under text/plain", () =>
      Effect.gen(function* () {
        const orchestrator = yield* Product.load((yield* pair(recording)).file)
        const { entity } = yield* orchestrator.resolve("hoc", "products")
        assert.deepInclude(entity, {
          canonicalName: "Peru",
          server: "metadata_mcp",
          match: "alias",
          matchedName: "hoc"
        })
      }).pipe(quiet)
    )

    it.live("a question is answered by the rules", () =>
      Effect.gen(function* () {
        const orchestrator = yield* Product.load((yield* pair(recording)).file)
        const { metadata, result } = yield* orchestrator.query("How many customers are there?")
        assert.deepStrictEqual(result?.rows, [[3]])
        assert.strictEqual(metadata.executedOn, "database_mcp")
      }).pipe(quiet)
    )

    for (const { columns, rows, sql, what } of replies) {
      it.live(`${what} arrives as it is`, () =>
        Effect.gen(function* () {
          const orchestrator = yield* saying((yield* pair(recording)).file, sql)
          const { result } = yield* orchestrator.query("Anything")
          assert.deepStrictEqual(result?.rows, rows)
          // Servers that say nothing for no rows say no names either.
          if (columns !== null) assert.deepStrictEqual(result?.columns, columns)
        }).pipe(quiet)
      )
    }

    it.live("a call that fails keeps the server's text, and runs once", () =>
      Effect.gen(function* () {
        const orchestrator = yield* saying((yield* pair(recording)).file, "SELECT country FROM customers")
        const error = yield* Effect.flip(orchestrator.query("Anything"))
        assert.strictEqual(error._tag, "QueryExecutionError")
        assert.include(error.message, "Error executing tool execute_query")
      }).pipe(quiet)
    )
  })
}
