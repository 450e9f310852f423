/** A session that ended has nobody left to tell: what waited for a socket must not hold up the failure. */
import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { makeAgents } from "../../../src/connection/sse/Agents.ts"
import { SseTransport } from "../../../src/connection/sse/SseTransport.ts"
import { FakeServer } from "../../../src/testing/index.ts"
import { serverConfig } from "../fixture.ts"

describe("a transport that closes", () => {
  it.live("does not wait for notifications that have no socket yet", () =>
    Effect.gen(function* () {
      const { url } = yield* FakeServer.make()
      const transport = new SseTransport({
        url: new URL(url),
        endpointBase: null,
        headers: {},
        maxEventBytes: 1000,
        idOffset: 0,
        maxConcurrency: 32,
        agents: yield* makeAgents(serverConfig(url)),
        now: () => 0
      })
      yield* Effect.addFinalizer(() => Effect.promise(() => transport.close()))
      yield* Effect.tryPromise(() => transport.start())
      const notices = Array.from({ length: 20 }, () =>
        transport.send({ jsonrpc: "2.0", method: "notifications/roots/list_changed" }).catch(() => undefined)
      )
      assert.lengthOf(notices, 20)
      const flushed = transport.flushed().then(() => "flushed")
      yield* Effect.promise(() => transport.close())
      assert.strictEqual(yield* Effect.promise(() => flushed).pipe(Effect.timeout("1 second")), "flushed")
    })
  )
})
