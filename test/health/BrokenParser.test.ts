/** A parser that is installed and cannot be loaded: said by `validate`, and by the question before any SQL is written. */
import { assert, it } from "@effect/vitest"
import { Effect, Layer, Logger } from "effect"
import { vi } from "vitest"
import * as ConfigLoader from "../../src/config/ConfigLoader.ts"
import { ConfigSource } from "../../src/config/ConfigSource.ts"
import { Sessions } from "../../src/connection/Sessions.ts"
import * as ServerCheck from "../../src/health/ServerCheck.ts"
import { Orchestrator } from "../../src/Orchestrator.ts"
import { SqlGenerator } from "../../src/sql/SqlGenerator.ts"
import { FakeServer } from "../../src/testing/index.ts"
import * as Servers from "../query/Servers.ts"

vi.mock("sqlite3-parser", () => {
  throw new Error("it does not run here")
})

const configured = Effect.gen(function* () {
  const server = yield* FakeServer.make(Servers.databaseScript(Servers.rows(["id"], [1])))
  return yield* ConfigLoader.fromUnknown(FakeServer.orchestratorConfig([server]))
})

it.live("validate warns of it, and names no second wall", () =>
  Effect.gen(function* () {
    const [report] = yield* ServerCheck.check(yield* configured)
    assert.deepStrictEqual(report?.walls, [])
    assert.include(report?.warnings.join(), "npm install sqlite3-parser")
  }).pipe(Effect.provide([Sessions.layerSse, Logger.layer([])]))
)

it.live("a question fails before its SQL is written", () =>
  Effect.gen(function* () {
    // Dies when it is asked.
    const generator = Layer.mock(SqlGenerator, { name: "none", repairs: false })
    const error = yield* Effect.flatMap(Orchestrator, ({ query }) => query("how many products")).pipe(
      Effect.provide(
        Orchestrator.layer.pipe(
          Layer.provide([ConfigSource.layerValue(yield* configured), generator, Sessions.layerSse])
        )
      ),
      Effect.flip
    )
    if (error._tag !== "SqlGenerationError") return assert.fail(error.message)
    assert.strictEqual(error.reason._tag, "NoParser")
    assert.include(error.message, "npm install sqlite3-parser")
  }).pipe(Effect.provide(Logger.layer([])))
)
