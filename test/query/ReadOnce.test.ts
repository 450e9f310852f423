import { assert, it } from "@effect/vitest"
import { Effect, Layer } from "effect"
import { vi } from "vitest"
import { Sessions } from "../../src/connection/Sessions.ts"
import * as SchemaReader from "../../src/grounding/SchemaReader.ts"
import * as QueryPipeline from "../../src/query/QueryPipeline.ts"
import { SqlGenerator } from "../../src/sql/SqlGenerator.ts"
import * as RequestId from "../../src/telemetry/RequestId.ts"
import { FakeServer } from "../../src/testing/index.ts"
import * as Servers from "./Servers.ts"

vi.mock("../../src/grounding/SchemaReader.ts", { spy: true })

const generator = Layer.succeed(SqlGenerator, {
  name: "fixed",
  repairs: false,
  generate: () => Effect.succeed({ sql: "SELECT price FROM products", explanation: "the price", usedEntities: [] })
})

it.live("a question reads each resource once, and the next question reads it again", () =>
  Effect.gen(function* () {
    const script = Servers.databaseScript(() => Servers.rows(["price"], [12.5]))
    const server = yield* FakeServer.make({
      ...script,
      resources: [
        { uri: "database://about", name: "about", json: { owner: "shop" } },
        ...(script.resources ?? []),
        { uri: "database://later", name: "later", json: { owner: "shop" } }
      ]
    })
    const generation = yield* Servers.generationOf([server])
    const ask = RequestId.within(QueryPipeline.query("what is the price?", generation, { dryRun: false }), "asked")
    const read = vi.mocked(SchemaReader.readSchema)
    for (const _ of ["first", "second"]) {
      read.mockClear()
      yield* ask
      assert.sameMembers(
        read.mock.calls.map(([, { uri }]) => uri),
        ["database://about", "database://metadata", "database://later"]
      )
    }
  }).pipe(Effect.provide([generator, Sessions.layerSse]), Effect.scoped)
)
