/** `serve --workers N`: several processes that look like one. */
import { assert, describe, it } from "@effect/vitest"
import { Effect, Fiber } from "effect"
import * as http from "node:http"
import { configOf, fileOf, start } from "../cli/Spawned.ts"
import { ask, shop } from "../http/Served.ts"
import type { RecentRequests } from "../../src/http/index.ts"
import * as Door from "../mcp/Door.ts"
import * as HeldCall from "../mcp/HeldCall.ts"
import * as Raw from "../mcp/Raw.ts"
import * as FakeServer from "../../src/testing/FakeServer.ts"
import * as Load from "./Load.ts"

/** Whole processes start and end here, several of them; a busy machine takes its time. */
const patience = 300_000

const workers = Effect.gen(function* () {
  // Long enough for requests to be under way whenever something happens.
  const server = yield* FakeServer.make({
    ...shop,
    faults: [{ at: "read", fault: { kind: "delay", ms: 20 }, times: Infinity }]
  })
  const { file } = yield* fileOf(configOf([server], { sampling: true }))
  const served = yield* start(file, ["--workers", "2"])
  const url = yield* served.ready
  const pidOf = (worker: number) =>
    Effect.map(served.awaitStderr(new RegExp(`"worker_started".*"worker":${worker},"pid":(\\d+)`)), Number)
  const readyOf = (worker: number) => served.awaitStderr(new RegExp(`"http_ready".*"worker":${worker},`))
  return { ...served, url, server, pidOf, readyOf }
})

const requestsOf = (url: string) =>
  Effect.map(
    ask(`${url}/v1/requests`, { headers: { connection: "close" } }),
    ({ body }): typeof RecentRequests.Encoded.requests => body.requests
  )

/** The status of an answer over a connection of its own, or why there is none. */
const answerOf = (url: string) =>
  Effect.callback<string>((resume) => {
    const request = http.get(`${url}/health/live`, { agent: false }, (response) => {
      response.resume()
      resume(Effect.succeed(String(response.statusCode)))
    })
    request.on("error", (error) => resume(Effect.succeed("code" in error ? String(error.code) : error.message)))
    return Effect.sync(() => request.destroy())
  })

describe("several workers", () => {
  it.live(
    "a message reaches the worker that holds its session, whoever gets it",
    () =>
      Effect.gen(function* () {
        const { url } = yield* workers
        const [one, two] = [yield* HeldCall.sessionOf(Door.at(url), 1), yield* HeldCall.sessionOf(Door.at(url), 2)]
        // Each POST is a connection of its own, and those go round.
        for (const session of [one, two, one, two, one, two]) {
          yield* HeldCall.initialized(session)
        }
        assert.strictEqual(yield* one.post("{", { endpoint: one.endpoint }), 400)
        assert.strictEqual(yield* one.post({}, { contentType: "text/plain" }), 415)
        for (const nobody of ["9.", "2.", "x", ""]) {
          const endpoint = `/messages?sessionId=${nobody}00000000-0000-4000-8000-000000000000`
          assert.strictEqual(yield* one.post(HeldCall.initialize, { endpoint }), 404)
        }
      }),
    patience
  )

  it.live(
    "they answer as one: metrics of all by worker, requests of all, one readiness, memory said",
    () =>
      Effect.gen(function* () {
        const { awaitStderr, child, ended, url } = yield* workers
        assert.match(yield* awaitStderr(/^ready: .*$/m), /; 2 workers, \d+ MB resident$/)
        const load = yield* Load.start(url, { http: 2, mcp: 0 })
        yield* load.more(10)
        yield* load.stop
        const { text } = yield* ask(`${url}/metrics`)
        const values = [...text.matchAll(/^orchestrator_requests_total\{worker="(\d)",.*outcome="ok".*\} (\d+)$/gm)]
        const sum = values.reduce((all, [, , value]) => all + Number(value), 0)
        assert.strictEqual(sum, load.answered())
        assert.lengthOf(text.match(/^process_memory_usage_bytes\{worker="\d"\} \d+$/gm) ?? [], 2)
        assert.lengthOf(text.match(/^# TYPE process_memory_usage_bytes gauge$/gm) ?? [], 1)
        for (let asked = 0; asked < 4; asked++) {
          assert.strictEqual((yield* ask(`${url}/health/ready`)).status, 204)
        }
        // Both have answered questions, and either tells of all.
        assert.lengthOf(values, 2)
        for (let asked = 0; asked < 4; asked++) {
          const begun = (yield* requestsOf(url)).map(({ beganAt }) => beganAt)
          assert.lengthOf(begun, Math.min(50, sum))
          assert.deepStrictEqual(begun, begun.toSorted().toReversed())
        }
        const session = yield* Raw.open(Door.at(url))
        const held = yield* HeldCall.hold(session)
        child.kill("SIGTERM")
        yield* awaitStderr(/"http_draining"[^]*"http_draining"/)
        yield* held.finish
        assert.isTrue(yield* session.ended)
        const { code, stdout } = yield* ended
        assert.deepStrictEqual([code, stdout], [0, ""])
      }),
    patience
  )

  it.live(
    "one that is killed under load takes its own requests with it, no others, and is replaced",
    () =>
      Effect.gen(function* () {
        const { pidOf, readyOf, url } = yield* workers
        const [one, two] = [yield* HeldCall.sessionOf(Door.at(url), 1), yield* HeldCall.sessionOf(Door.at(url), 2)]
        yield* HeldCall.hold(one)
        const held = yield* HeldCall.hold(two)
        const load = yield* Load.start(url, { http: 6, mcp: 0 })
        yield* load.more(20)
        const pid = yield* pidOf(1)
        process.kill(pid, "SIGKILL")
        assert.isFalse(yield* one.ended)
        yield* HeldCall.initialized(two)
        yield* held.finish
        assert.strictEqual(yield* two.post(HeldCall.initialize, { endpoint: one.endpoint }), 404)
        yield* load.more(20)
        yield* readyOf(3)
        yield* load.more(20)
        yield* load.stop
        assert.isAtMost(load.failures.length, 6, load.failures.join("\n"))
        for (const failure of load.failures) assert.match(failure, /^no answer: (?:UND_ERR_SOCKET|ECONNRESET)$/)
        // A number is never used again, so that no session is taken for another's.
        assert.include((yield* HeldCall.sessionOf(Door.at(url), 3)).endpoint, "sessionId=3.")
      }),
    patience
  )

  it.live(
    "a connection that one was handed and never took is closed when it is killed",
    () =>
      Effect.gen(function* () {
        const { pidOf, readyOf, url } = yield* workers
        const pid = yield* pidOf(1)
        yield* readyOf(1)
        yield* readyOf(2)
        process.kill(pid, "SIGSTOP")
        // They go round: of two one is handed to the worker that has stopped, and the third is handed out after both.
        const [one, two] = [yield* Effect.forkChild(answerOf(url)), yield* Effect.forkChild(answerOf(url))]
        const first = yield* Effect.raceFirst(Fiber.join(one), Fiber.join(two))
        assert.strictEqual(first, "204")
        assert.strictEqual(yield* answerOf(url), "204")
        process.kill(pid, "SIGKILL")
        assert.sameMembers([yield* Fiber.join(one), yield* Fiber.join(two)], ["204", "ECONNRESET"])
      }),
    patience
  )

  it.live(
    "SIGHUP replaces all of them under load without one failed request",
    () =>
      Effect.gen(function* () {
        const { awaitStderr, child, url } = yield* workers
        const load = yield* Load.start(url, { http: 4, mcp: 2 })
        yield* load.more(20)
        const one = yield* HeldCall.sessionOf(Door.at(url), 1)
        const silent = yield* HeldCall.sessionOf(Door.at(url), 1)
        const two = yield* HeldCall.sessionOf(Door.at(url), 2)
        const [heldByOne, heldByTwo] = [yield* HeldCall.hold(one), yield* HeldCall.hold(two)]
        child.kill("SIGHUP")
        assert.isTrue(yield* silent.ended)
        // What the host's model says reaches the one that leaves, by way of those that accept connections.
        yield* heldByOne.finish
        assert.isTrue(yield* one.ended)
        yield* awaitStderr(/"worker_replaced".*"worker":1,"by":3/)
        yield* heldByTwo.finish
        assert.isTrue(yield* two.ended)
        yield* awaitStderr(/"worker_replaced".*"worker":2,"by":4/)
        yield* load.more(20)
        yield* load.stop
        assert.deepStrictEqual(load.failures, [])
        // Each session ended once its worker left, and the next was opened at another.
        assert.isAtLeast(load.sessions(), 4)
      }),
    patience
  )

  it.live(
    "what keeps it from starting is said once, and ends with its code",
    () =>
      Effect.gen(function* () {
        const server = yield* FakeServer.make(shop)
        yield* server.kill
        const { file } = yield* fileOf(configOf([server]))
        const { code, stderr } = yield* (yield* start(file, ["--workers", "2"])).ended
        assert.strictEqual(code, 3)
        assert.lengthOf(stderr.match(/McpConnectionError: cannot connect to server_1/g) ?? [], 1)
      }),
    patience
  )

  it.live(
    "none and too many workers are refused",
    () =>
      Effect.gen(function* () {
        const { file } = yield* fileOf({})
        for (const count of ["0", "257"]) {
          const { code, stderr } = yield* (yield* start(file, ["--workers", count])).ended
          assert.strictEqual(code, 2)
          assert.include(stderr, `expected 1 to 256 workers, found ${count}`)
        }
      }),
    patience
  )
})
