import { assert, describe, it } from "@effect/vitest"
import { Duration, Effect, type Scope } from "effect"
import { FakeScript, FakeServer } from "../../src/testing/index.ts"
import * as Health from "../../src/health/Health.ts"
import type { ServerHealth } from "../../src/health/HealthReport.ts"
import { configOf, connect, quiet } from "../connection/fixture.ts"

describe("health", () => {
  it.live("looks at all servers, also when one fails, once each, and reads nothing", () =>
    Effect.gen(function* () {
      const well = yield* FakeServer.make({ resources: FakeScript.manyResources(3, 10) })
      const ill = yield* FakeServer.make({ faults: [{ at: "list", fault: { kind: "status", status: 500 } }] })
      const down = yield* FakeServer.make({ faults: [{ at: "connect", fault: { kind: "refuse" } }] })
      const slow = yield* FakeServer.make({ faults: [{ at: "list", fault: { kind: "stall" } }] })
      // Time enough for those that answer, on a machine that is busy with something else.
      const patient = { connectTimeout: Duration.seconds(20), requestTimeout: Duration.seconds(20) }
      const config = configOf([well, ill, down, slow], { gatherTimeout: Duration.seconds(5), server: patient })
      const health = yield* Health.check(yield* connect(config), config)
      assert.deepStrictEqual(
        health.map(({ error, healthy, resources, server }) => [
          server,
          healthy,
          resources,
          error?._tag,
          error?.reason._tag
        ]),
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

  const tools = [
    { name: "execute_query", reply: { content: [] } },
    { name: "list_tables", reply: { content: [] } }
  ]
  const unknown = { kind: "error", code: -32601 } as const

  const healthOf = Effect.fnUntraced(function* (
    script: FakeScript.FakeScript,
    capabilities: ReadonlyArray<string>
  ): Effect.fn.Return<readonly [ServerHealth, ReadonlyArray<string>], never, Scope.Scope> {
    const server = yield* FakeServer.make(script)
    const config = configOf([server], { server: { capabilities } })
    const [health] = yield* Health.check(yield* connect(config), config)
    const asked = Object.keys((yield* server.counters).requests).filter((method) => method.endsWith("/list"))
    return [health ?? (yield* Effect.die("no health")), asked]
  }, quiet)

  // dbhub, mcp-postgres-server, henkey's and node-sqlite-mcp offer tools only.
  it.live("of a server that declares no resources is the listing of its tools", () =>
    Effect.gen(function* () {
      const scripts: ReadonlyArray<FakeScript.FakeScript> = [
        { tools, capabilities: { tools: {} } },
        { tools, faults: [{ at: "list", fault: unknown }] }
      ]
      for (const script of scripts) {
        const [health, asked] = yield* healthOf(script, ["execute_query"])
        assert.deepStrictEqual([health.healthy, health.resources, health.tools], [true, 0, 2])
        assert.deepStrictEqual(asked, ["tools/list"])
      }
    })
  )

  it.live("is the listing of both where both are declared, and of resources alone where nothing runs SQL", () =>
    Effect.gen(function* () {
      const script = { resources: FakeScript.manyResources(3, 10), tools }
      const [both, askedBoth] = yield* healthOf(script, ["list_resources", "execute_query"])
      assert.deepStrictEqual([both.healthy, both.resources, both.tools], [true, 3, 2])
      assert.deepStrictEqual(askedBoth, ["resources/list", "tools/list"])
      const [resources, asked] = yield* healthOf(script, ["list_resources", "summarize"])
      assert.deepStrictEqual([resources.healthy, resources.resources, resources.tools], [true, 3, null])
      assert.deepStrictEqual(asked, ["resources/list"])
    })
  )

  it.live("is bad where what is declared is not offered, with the line to change", () =>
    Effect.gen(function* () {
      const [noTools] = yield* healthOf({ resources: [] }, ["execute_query"])
      assert.isFalse(noTools.healthy)
      assert.match(
        noTools.error?.message ?? "",
        /^cannot list the tools of server_1: .*declares execute_query.*does not offer the tools capability.*mcp_servers\.server_1\.capabilities/
      )
      const [noResources] = yield* healthOf({ tools, capabilities: { tools: {} } }, ["list_resources", "execute_query"])
      assert.match(noResources.error?.message ?? "", /^cannot list the resources .*remove "list_resources" from/)
      assert.isNull(noResources.tools)
    })
  )
})
