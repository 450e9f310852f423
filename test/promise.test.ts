/** The door for apps without Effect, used as they would use it. */
import { assert, describe, it } from "vitest"
import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { Duration, Effect } from "effect"
import { errorResponse, open, type Orchestrator } from "../src/promise.ts"
import { RateLimited } from "../src/errors/ServerReason.ts"
import { EntityNotFoundError, McpConnectionError } from "../src/OrchestratorError.ts"
import { FakeServer, type FakeScript } from "../src/testing/index.ts"
import * as Servers from "./query/Servers.ts"

const script = Servers.databaseScript(() => ({
  content: [{ type: "text", text: '[{"n":9007199254740993}]' }]
}))

/** Runs with a server and an opened orchestrator of its file; both end with the call. */
const withServer = (
  use: (orchestrator: Orchestrator, server: FakeServer.FakeServer) => Promise<void>,
  changes: FakeScript.FakeScript = {}
) =>
  Effect.gen(function* () {
    const server = yield* FakeServer.make({ ...script, ...changes })
    const configPath = fileOf(server)
    yield* Effect.promise(async () => {
      await using orchestrator = await open({ configPath })
      await use(orchestrator, server)
    })
    yield* server.awaitIdle
  }).pipe(Effect.scoped, Effect.runPromise)

const directory = mkdtempSync(join(tmpdir(), "promise-"))
const fileOf = (server: FakeServer.FakeServer) => {
  const file = join(directory, `${new URL(server.url).port}.yaml`)
  const servers = [{ capabilities: ["execute_query", "list_resources"] }]
  const orchestration = { retry: { attempts: 1 } }
  writeFileSync(file, JSON.stringify(FakeServer.orchestratorConfig([server], { servers, orchestration })))
  return file
}
process.once("exit", () => rmSync(directory, { recursive: true, force: true }))

const rejected = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => assert.fail("it was to be rejected"),
    (error: unknown) => error
  )

const abortController = () => new AbortController()

/** Every event's tag, which its JSON has too. */
const tagsOf = async (events: AsyncIterable<{ readonly _tag: string }>) => {
  const seen: Array<string> = []
  for await (const event of events) {
    assert.strictEqual(JSON.parse(JSON.stringify(event))._tag, event._tag)
    seen.push(event._tag)
  }
  return seen
}

describe("open", () => {
  it("connects every server, and closes every connection when it is disposed of", () =>
    withServer(async (_orchestrator, server) => {
      assert.strictEqual((await Effect.runPromise(server.counters)).sessions.open, 1)
    }))

  it("rejects with the tagged error when a server cannot be reached or the file is wrong", async () => {
    const file = await Effect.gen(function* () {
      const server = yield* FakeServer.make(script)
      yield* server.kill
      return fileOf(server)
    }).pipe(Effect.scoped, Effect.runPromise)
    const down = await rejected(open({ configPath: file }))
    assert.instanceOf(down, McpConnectionError)
    assert.strictEqual(errorResponse(down).status, 503)
    const missing = await rejected(open({ configPath: "/nowhere/mcp.yaml" }))
    assert.strictEqual(errorResponse(missing).status, 400)
  })

  it("gives up when its signal says so, with the signal's reason", () =>
    Effect.gen(function* () {
      const server = yield* FakeServer.make({ ...script, latency: { initialize: 60_000 } })
      const controller = abortController()
      const opening = rejected(open({ configPath: fileOf(server), signal: controller.signal }))
      yield* server.awaitRequest("initialize")
      const why = new Error("shutting down")
      controller.abort(why)
      assert.strictEqual(yield* Effect.promise(() => opening), why)
      yield* server.awaitIdle
    }).pipe(Effect.scoped, Effect.runPromise))
})

describe("a request", () => {
  it("gives results that JSON.stringify writes whole", () =>
    withServer(async (orchestrator) => {
      const gathered = await orchestrator.gather({ requestId: "mine" })
      assert.strictEqual(gathered.requestId, "mine")
      const text = JSON.stringify(gathered)
      assert.include(text, '"database_metadata":{"tables"')
      const answer = await orchestrator.query("how many products are there?")
      assert.deepStrictEqual(answer.result?.rows, [[9007199254740993n]])
      assert.include(JSON.stringify(answer), "[9007199254740993]")
      const { entity, suggestions } = await orchestrator.resolve("nothing", "products")
      assert.deepStrictEqual([entity, suggestions], [null, []])
      assert.match(
        JSON.stringify(await orchestrator.health()),
        /^\[\{"server":"server_1","priority":\d+,"healthy":true/
      )
    }))

  it("tells its steps, and the result last", () =>
    withServer(async (orchestrator) => {
      const gather = await tagsOf(orchestrator.events())
      assert.deepStrictEqual([gather[0], gather.at(-1)], ["Connected", "Completed"])
      const query = await tagsOf(orchestrator.queryEvents("how many products are there?"))
      assert.includeMembers(query, ["Read", "Gathered", "Resolved", "SqlGenerated", "Executed"])
      assert.strictEqual(query.at(-1), "Completed")
    }))

  it("ends with its signal, down to the server", () =>
    withServer(
      async (orchestrator, server) => {
        for (const iterate of [false, true]) {
          const controller = new AbortController()
          const { signal } = controller
          const request = iterate
            ? tagsOf(orchestrator.events({ signal }))
            : orchestrator.query("how many products are there?", { signal })
          const error = rejected(request)
          await Effect.runPromise(server.awaitRequest("resources/read", iterate ? 2 : 1))
          controller.abort()
          assert.strictEqual(await error, signal.reason)
          assert.strictEqual(errorResponse(await error).status, 499)
          await Effect.runPromise(server.awaitCounters(({ inFlight }) => inFlight.now === 0))
        }
      },
      { latency: { read: 60_000 } }
    ))

  it("ends when its loop is left", () =>
    withServer(
      async (orchestrator, server) => {
        for await (const event of orchestrator.queryEvents("how many products are there?")) {
          if (event._tag === "Listed") break
        }
        await Effect.runPromise(server.awaitCounters(({ inFlight }) => inFlight.now === 0))
      },
      { latency: { read: 60_000 } }
    ))
})

describe("errorResponse", () => {
  it("is the whole error with its status, and when to come again", () => {
    const limited = new McpConnectionError({
      server: "one",
      stage: "http",
      reason: new RateLimited({ retryAfter: Duration.millis(1500) }),
      url: "http://localhost/sse",
      attempts: 1,
      detail: "too many",
      remedy: "Wait."
    })
    const { body, headers, status } = errorResponse(limited)
    assert.deepStrictEqual([status, headers], [503, { "retry-after": "2" }])
    assert.deepInclude(body.error, { _tag: "McpConnectionError", server: "one", message: limited.message })
    const unknown = new EntityNotFoundError({
      name: "x",
      resourceType: "y",
      suggestions: [],
      ambiguous: false,
      remedy: "Look."
    })
    assert.strictEqual(errorResponse(unknown).status, 404)
  })

  it("tells nothing of an error that is not ours", () => {
    for (const error of [new Error("password=hunter2"), "hunter2", null, { _tag: "ConfigError", message: "hunter2" }]) {
      const response = errorResponse(error)
      assert.strictEqual(response.status, 500)
      assert.notInclude(JSON.stringify(response), "hunter2")
    }
  })
})
