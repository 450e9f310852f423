/** A server that takes messages and never says so: not even that may use up the sockets. */
import { assert, describe, it } from "@effect/vitest"
import { Deferred, Effect } from "effect"
import * as http from "node:http"
import { makeAgents } from "../../../src/connection/sse/Agents.ts"
import { Posts } from "../../../src/connection/sse/Posts.ts"
import { serverConfig } from "../fixture.ts"

/** Answers no POST; `ended` is done when `count` of them have lost their client. */
const silentServer = Effect.fnUntraced(function* (count: number) {
  const ended = yield* Deferred.make<void>()
  let closed = 0
  const server = http.createServer((request, response) => {
    request.resume()
    response.on("close", () => {
      closed += 1
      if (closed === count) Deferred.doneUnsafe(ended, Effect.void)
    })
  })
  yield* Effect.acquireRelease(
    Effect.callback<void>((resume) => void server.listen(0, "127.0.0.1", () => resume(Effect.void))),
    () =>
      Effect.sync(() => {
        server.close()
        server.closeAllConnections()
      })
  )
  const address = server.address()
  const port = typeof address === "object" && address !== null ? address.port : 0
  return { url: new URL(`http://127.0.0.1:${port}/messages`), ended: Deferred.await(ended) }
})

describe("POSTs", () => {
  it.live("of notifications that are never answered end by themselves, and make room for others", () =>
    Effect.gen(function* () {
      const { ended, url } = yield* silentServer(8)
      const agents = yield* makeAgents(serverConfig(url.href))
      const posts = new Posts({
        url,
        endpointBase: null,
        headers: {},
        agents,
        maxConcurrency: 32,
        idOffset: 0,
        now: () => 0,
        maxEventBytes: 1000,
        onMessage: () => undefined,
        onActivity: () => undefined,
        onSessionGone: () => undefined
      })
      yield* Effect.addFinalizer(() =>
        Effect.sync(() => {
          posts.close()
          agents.destroy()
        })
      )
      posts.open(url, [])
      const notices = Array.from({ length: 8 }, () =>
        Effect.exit(Effect.tryPromise(() => posts.send({ jsonrpc: "2.0", method: "notifications/cancelled" })))
      )
      const exits = yield* Effect.all(notices, { concurrency: "unbounded" }).pipe(Effect.timeout("10 seconds"))
      assert.deepStrictEqual([...new Set(exits.map(({ _tag }) => _tag))], ["Failure"])
      yield* ended
    })
  )
})
