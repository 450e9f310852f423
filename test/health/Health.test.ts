import { assert, describe, it } from "@effect/vitest"
import { Duration, Effect } from "effect"
import { FakeScript, FakeServer } from "../../src/testing/index.ts"
import * as Health from "../../src/health/Health.ts"
import { configOf, connect, quiet } from "../connection/fixture.ts"

describe("health", () => {
  it.live("looks at all servers, also when one fails, once each, and reads nothing", () =>
    Effect.gen(function* () {
      const well = yield* FakeServer.make({ resources: FakeScript.manyResources(3, 10) })
      const ill = yield* FakeServer.make({ faults: [{ at: "list", fault: { kind: "status", status: 500 } }] })
      const down = yield* FakeServer.make({ faults: [{ at: "connect", fault: { kind: "refuse" } }] })
      const slow = yield* FakeServer.make({ faults: [{ at: "list", fault: { kind: "stall" } }] })
      const config = configOf([well, ill, down, slow], { gatherTimeout: Duration.millis(300) })
      const health = yield* Health.check(yield* connect(config), config)
      assert.deepStrictEqual(
        health.map(({ error, healthy, resources, server }) => [server, healthy, resources, error?._tag, error?.reason]),
        [
          ["server_1", true, 3, undefined, undefined],
          ["server_2", false, 0, "ResourceFetchError", "Unavailable"],
          ["server_3", false, 0, "McpConnectionError", "Refused"],
          ["server_4", false, 0, "ResourceFetchError", "TimedOut"]
        ]
      )
      assert.strictEqual(health[1]?.error?.attempts, 1)
      assert.isUndefined((yield* well.counters).requests["resources/read"])
    }).pipe(quiet)
  )
})
