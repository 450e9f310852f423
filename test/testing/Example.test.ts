/** The example of docs/testing.md. */
import { assert, it } from "@effect/vitest"
import { Effect, Layer } from "effect"
import { ConfigLoader, ConfigSource, Orchestrator, Sessions, SqlGenerator } from "../../src/index.ts"
import { FakeServer } from "../../src/testing/index.ts"

it.effect("a server that breaks in mid-answer fails the whole gather, and nothing stays open", () =>
  Effect.gen(function* () {
    const metadata = yield* FakeServer.make({
      resources: [{ uri: "metadata://aliases", name: "aliases", json: { p1: { canonical_name: "Lavazza" } } }]
    })
    const database = yield* FakeServer.make({
      resources: [{ uri: "db://schema", name: "schema", json: { tables: { orders: { columns: ["id"] } } } }],
      tools: [{ name: "execute_query", reply: ({ sql }) => ({ content: [{ type: "text", text: String(sql) }] }) }],
      faults: [{ at: "read", fault: { kind: "halfAnswer" }, nth: 1 }]
    })
    // What the YAML file would hold: server_1 and server_2, with priorities in this order.
    const yaml = FakeServer.orchestratorConfig([metadata, database], {
      servers: [{}, { domains: ["sales"] }],
      orchestration: { retry: { attempts: 1 } }
    })
    const config = yield* ConfigLoader.fromUnknown(yaml)
    const gather = Effect.gen(function* () {
      const orchestrator = yield* Orchestrator
      return yield* orchestrator.gather()
    }).pipe(
      Effect.provide(Orchestrator.layer),
      Effect.provide([
        ConfigSource.layerValue(config),
        Sessions.layerSse,
        // A gather asks no generator: this one dies when it is used.
        Layer.mock(SqlGenerator, { name: "none", repairs: false })
      ])
    )

    const error = yield* Effect.flip(gather)
    assert.include(error.message, "server_2")
    yield* database.awaitIdle
    yield* metadata.awaitIdle

    // The fault struck once: the server has healed.
    const { servers } = yield* gather
    assert.deepStrictEqual(
      servers.map((server) => server.id),
      ["server_1", "server_2"]
    )
  })
)
