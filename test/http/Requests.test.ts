/** The last requests of the process, whatever they came through, as `GET /v1/requests` tells them. */
import { assert, describe, it } from "@effect/vitest"
import { Effect, Fiber } from "effect"
import type { RecentRequests } from "../../src/http/index.ts"
import * as Door from "../mcp/Door.ts"
import { ask, question, serve, shop, token } from "./Served.ts"

type Requests = typeof RecentRequests.Encoded.requests

const requestsOf = (url: string) => Effect.map(ask(`${url}/v1/requests`), ({ body }): Requests => body.requests)

/** As `list server_1`, each once, by name. */
const stepsOf = ({ steps }: Requests[number]) =>
  [...new Set(steps.map(({ name, server }) => (server === null ? name : `${name} ${server}`)))].toSorted()

const answered = ["execute server_1", "gather server_1", "generate", "list server_1", "resolve"]

describe("the last requests", () => {
  it.live("are those that came over HTTP, from an MCP host and from a chat page, each with its steps", () =>
    Effect.gen(function* () {
      const { url } = yield* serve()
      yield* ask(`${url}/v1/query`, { json: { question, requestId: "over-http" } })
      yield* ask(`${url}/v1/query/events`, { json: { question, requestId: "as-a-stream" } })
      const host = yield* Door.connect(Door.at(url))
      yield* Effect.promise(() => host.callTool({ name: "query", arguments: { question } }))
      yield* Effect.promise(() => host.listResources())
      yield* ask(`${url}/v1/chat/completions`, {
        json: { model: "mcp-orchestrator", messages: [{ role: "user", content: question }] }
      })
      const requests = yield* requestsOf(url)
      const kinds = requests.map(({ kind }) => kind)
      assert.deepStrictEqual(
        kinds.filter((kind) => kind === "query"),
        ["query", "query", "query", "query"]
      )
      assert.include(kinds, "list")
      for (const request of requests) {
        assert.deepInclude(request, { outcome: "ok", errorType: null })
        assert.isAbove(request.requestId.length, 8)
        for (const { durationMs, offsetMs, outcome } of request.steps) {
          assert.strictEqual(outcome, "ok")
          assert.isAtLeast(offsetMs, 0)
          assert.isAtMost(offsetMs + durationMs, request.durationMs ?? -1)
        }
        // The first one had to connect.
        const connecting = request.requestId === "over-http" ? ["connect server_1"] : []
        if (request.kind === "query") assert.deepStrictEqual(stepsOf(request), [...connecting, ...answered].toSorted())
      }
      const times = requests.map(({ beganAt }) => beganAt)
      assert.deepStrictEqual(times, times.toSorted().toReversed())
    })
  )

  it.live("are told while they run, when they failed, and when whoever asked went away", () =>
    Effect.gen(function* () {
      const { fakes, url } = yield* serve({ scripts: [{ ...shop, latency: { read: 60_000 } }] })
      const asking = yield* Effect.forkChild(ask(`${url}/v1/gather`, { json: { requestId: "hanging" } }))
      yield* fakes[0]!.awaitRequest("resources/read")
      assert.deepInclude((yield* requestsOf(url))[0], { requestId: "hanging", durationMs: null, outcome: null })
      yield* Fiber.interrupt(asking)
      yield* fakes[0]!.awaitRequest("notifications/cancelled")
      const ended = Effect.repeat(requestsOf(url), { until: ([last]) => last?.outcome !== null })
      assert.strictEqual((yield* ended)[0]?.outcome, "interrupted")
      yield* fakes[0]!.setScript({ ...shop, faults: [{ at: "read", fault: { kind: "error" } }] })
      yield* ask(`${url}/v1/gather`, { json: { requestId: "failing" } })
      const [failed] = yield* requestsOf(url)
      assert.deepInclude(failed, { requestId: "failing", kind: "gather", outcome: "error", errorType: "ServerError" })
      assert.strictEqual(failed?.steps.find(({ name }) => name === "gather")?.outcome, "error")
    })
  )

  it.live("are not those that look at it: health, metrics, configuration, and these themselves", () =>
    Effect.gen(function* () {
      const { url } = yield* serve()
      for (const path of ["/v1/servers", "/metrics", "/v1/config", "/v1/requests", "/v1/requests"]) {
        assert.strictEqual((yield* ask(`${url}${path}`)).status, 200)
      }
      assert.deepStrictEqual(yield* requestsOf(url), [])
    })
  )

  it.live("hold nothing that a caller or a server wrote", () =>
    Effect.gen(function* () {
      const canary = "canaryword"
      const { url } = yield* serve({
        scripts: [
          {
            ...shop,
            resources: [
              ...(shop.resources ?? []),
              { uri: `x://${canary}`, name: canary, json: [{ id: canary, name: canary }] }
            ]
          }
        ]
      })
      yield* ask(`${url}/v1/query`, { json: { question } })
      yield* ask(`${url}/v1/query`, { json: { question: `total ${canary}` } })
      yield* ask(`${url}/v1/resolve`, { json: { name: canary } })
      yield* ask(`${url}/v1/vocabulary`)
      const host = yield* Door.connect(Door.at(url))
      yield* Effect.promise(() => host.callTool({ name: "resolve", arguments: { name: canary, type: canary } }))
      const { body, text } = yield* ask(`${url}/v1/requests`)
      assert.lengthOf(body.requests, 5)
      assert.notMatch(text, /canaryword|products|SELECT|:\/\//i)
    })
  )

  it.live("are told of a gather that several of them share", () =>
    Effect.gen(function* () {
      const { fakes, url } = yield* serve({
        scripts: [{ ...shop, latency: { read: 100 } }],
        orchestration: { share_gathers: true, request_timeout: "30 seconds" }
      })
      const gather = (requestId: string) => Effect.forkChild(ask(`${url}/v1/gather`, { json: { requestId } }))
      const first = yield* gather("first")
      yield* fakes[0]!.awaitRequest("resources/read")
      yield* Fiber.joinAll([first, yield* gather("second"), yield* gather("third")])
      const requests = yield* requestsOf(url)
      for (const id of ["second", "third"]) {
        const request = requests.find(({ requestId }) => requestId === id)
        assert.isDefined(request)
        if (request !== undefined) assert.deepStrictEqual(stepsOf(request), ["gather server_1", "list server_1"])
      }
    })
  )

  it.live("are behind the token", () =>
    Effect.gen(function* () {
      const { url } = yield* serve({ server: { token } })
      assert.strictEqual((yield* ask(`${url}/v1/requests`)).status, 401)
      const { status } = yield* ask(`${url}/v1/requests`, { headers: { authorization: `Bearer ${token}` } })
      assert.strictEqual(status, 200)
    })
  )
})
