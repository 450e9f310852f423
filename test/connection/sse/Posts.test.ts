/** A server that takes messages and never says so: not even that may use up the sockets. */
import { assert, describe, it } from "@effect/vitest"
import { Deferred, Effect, Exit, Fiber, Queue } from "effect"
import * as http from "node:http"
import { type Agents, makeAgents } from "../../../src/connection/sse/Agents.ts"
import { Posts } from "../../../src/connection/sse/Posts.ts"
import { serverConfig } from "../fixture.ts"

/** Answers no POST; `ended` is done when `count` of them have lost their client. */
const silentServer = Effect.fnUntraced(function* (count: number) {
  const ended = yield* Deferred.make<void>()
  let closed = 0
  const url = yield* listening((request, response) => {
    request.resume()
    response.on("close", () => {
      closed += 1
      if (closed === count) Deferred.doneUnsafe(ended, Effect.void)
    })
  })
  return { url, ended: Deferred.await(ended) }
})

const listening = Effect.fnUntraced(function* (listener: http.RequestListener) {
  const server = http.createServer(listener)
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
  return new URL(`http://127.0.0.1:${port}/messages`)
})

/** Posts to `url` until the scope closes. */
const makePosts = (url: URL, agents: Agents, onActivity = () => {}) =>
  Effect.acquireRelease(
    Effect.sync(
      () =>
        new Posts({
          url,
          endpointBase: null,
          headers: {},
          agents,
          maxConcurrency: 32,
          idOffset: 0,
          now: () => 0,
          maxEventBytes: 1000,
          onMessage: () => undefined,
          onActivity,
          onSessionGone: () => undefined
        })
    ),
    (posts) =>
      Effect.sync(() => {
        posts.close()
        agents.destroy()
      })
  )

describe("POSTs", () => {
  it.live("of notifications that are never answered end by themselves, and make room for others", () =>
    Effect.gen(function* () {
      const { ended, url } = yield* silentServer(8)
      const agents = yield* makeAgents(serverConfig(url.href))
      const posts = yield* makePosts(url, agents)
      posts.open(url, [])
      const notices = Array.from({ length: 8 }, () =>
        Effect.exit(Effect.tryPromise(() => posts.send({ jsonrpc: "2.0", method: "notifications/cancelled" })))
      )
      const exits = yield* Effect.all(notices, { concurrency: "unbounded" }).pipe(Effect.timeout("10 seconds"))
      assert.deepStrictEqual([...new Set(exits.map(({ _tag }) => _tag))], ["Failure"])
      yield* ended
    })
  )

  it.live("that is given up while it waits for another try frees its place, and does not go out", () =>
    Effect.gen(function* () {
      const arrivals = yield* Queue.unbounded<string>()
      const abandoned = yield* Deferred.make<void>()
      const url = yield* listening((request, response) => {
        let body = ""
        request.on("data", (chunk) => (body += String(chunk)))
        request.on("end", () => {
          const isLast = body.includes('"id":9')
          if (request.url === "/moved" || isLast) Queue.offerUnsafe(arrivals, request.url ?? "")
          if (body.includes('"id":8')) response.writeHead(307, { location: "/moved" }).end()
        })
      })
      const posts = yield* makePosts(url, yield* makeAgents(serverConfig(url.href)), () => {
        // After the answer is taken, and before its POST is closed.
        process.nextTick(() => {
          posts.abandon(8)
          Deferred.doneUnsafe(abandoned, Effect.void)
        })
      })
      posts.open(url, [])
      const send = (id: number) =>
        Effect.exit(Effect.tryPromise(() => posts.send({ jsonrpc: "2.0", id, method: "ping" })))
      // As many as there are lanes, so that the one that is redirected must wait.
      const sent = yield* Effect.forEach([1, 2, 3, 4, 5, 6, 7, 8], (id) => Effect.forkChild(send(id)))
      yield* Deferred.await(abandoned)
      yield* Effect.forkChild(send(9))
      assert.strictEqual(yield* Queue.take(arrivals), "/messages")
      const givenUp = sent[7]
      if (givenUp !== undefined) assert.isTrue(Exit.isFailure(yield* Fiber.join(givenUp)))
    })
  )

  it.live("that is given up while its response is on the way leaves its socket to the next", () =>
    Effect.gen(function* () {
      const ports = yield* Queue.unbounded<number | undefined>()
      const url = yield* listening((request, response) => {
        request.resume().on("end", () => {
          response.writeHead(202).end()
          Queue.offerUnsafe(ports, request.socket.remotePort)
          posts.abandon(1)
        })
      })
      const posts = yield* makePosts(url, yield* makeAgents(serverConfig(url.href)))
      posts.open(url, [])
      yield* Effect.promise(() => posts.send({ jsonrpc: "2.0", id: 1, method: "ping" }))
      yield* Effect.promise(() => posts.send({ jsonrpc: "2.0", method: "notifications/cancelled" }))
      assert.strictEqual(yield* Queue.take(ports), yield* Queue.take(ports))
    })
  )

  it.live("that is given up before it is redirected goes nowhere else", () =>
    Effect.gen(function* () {
      const paths = yield* Queue.unbounded<string | undefined>()
      const url = yield* listening((request, response) => {
        request.resume().on("end", () => {
          Queue.offerUnsafe(paths, request.url)
          response.writeHead(307, { location: "/moved" }).end()
          posts.abandon(1)
        })
      })
      const posts = yield* makePosts(url, yield* makeAgents(serverConfig(url.href)))
      posts.open(url, [])
      const sent = yield* Effect.exit(Effect.tryPromise(() => posts.send({ jsonrpc: "2.0", id: 1, method: "ping" })))
      assert.isTrue(Exit.isFailure(sent))
      assert.strictEqual(yield* Queue.take(paths), "/messages")
      assert.strictEqual(yield* Queue.size(paths), 0)
    })
  )
})
