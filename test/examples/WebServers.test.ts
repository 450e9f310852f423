/** The web servers of `examples` and of the documentation, run as their readers would, against the demo's MCP servers. */
import { assert, describe, it } from "@effect/vitest"
import { Deferred, Effect, Exit, Scope } from "effect"
import { spawn } from "node:child_process"
import { readFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import * as DemoServers from "../../src/demo/DemoServers.ts"

const root = fileURLToPath(new URL("../..", import.meta.url))

/**
 * The address of the running program, and the end of the MCP servers behind it; it gets SIGTERM with the scope, and has
 * to end by itself.
 */
const start = Effect.fnUntraced(function* (...program: ReadonlyArray<string>) {
  const servers = yield* Scope.fork(yield* Effect.scope)
  const { databaseUrl, productUrl } = yield* DemoServers.start({
    productPort: 0,
    databasePort: 0,
    host: "127.0.0.1"
  }).pipe(Scope.provide(servers))
  const listening = yield* Deferred.make<string>()
  const child = yield* Effect.acquireRelease(
    Effect.sync(() =>
      spawn(process.execPath, ["--conditions=effect-mcp-orchestrator-source", ...program], {
        cwd: root,
        stdio: ["ignore", "pipe", "pipe"],
        env: {
          PATH: process.env["PATH"],
          PORT: "0",
          MCP__MCP_SERVERS__PRODUCT_METADATA_MCP__URL: productUrl,
          MCP__MCP_SERVERS__DATABASE_MCP__URL: databaseUrl,
          MCP__ORCHESTRATION__RETRY__BASE_DELAY: "1 millis"
        }
      })
    ),
    (child) =>
      Effect.callback<void>((resume) => {
        if (child.exitCode !== null) return resume(Effect.void)
        child.once("exit", () => resume(Effect.void))
        child.kill("SIGTERM")
      })
  )
  let output = ""
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => {
      output += text
      // Alone on its line: the log tells of the MCP servers' addresses too.
      const address = /^(?:.* Listening on )?(http:\/\/127\.0\.0\.1:\d+)$/m.exec(output)?.[1]
      if (address !== undefined) Deferred.doneUnsafe(listening, Effect.succeed(address))
    })
  }
  child.once("exit", () => Deferred.doneUnsafe(listening, Effect.die(`it ended: ${output}`)))
  return { address: yield* Deferred.await(listening), endServers: Scope.close(servers, Exit.void) }
})

/** A server that is asked to end waits for connections that are kept alive. */
const alone = { connection: "close" }

const post = (url: string, body: object) =>
  Effect.promise(() =>
    fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json", ...alone },
      body: JSON.stringify(body)
    })
  )
const textOf = (response: Response) => Effect.promise(() => response.text())

const question = "total revenue of the fitness band this year"

const answers = Effect.fnUntraced(function* (address: string) {
  const answer = yield* post(`${address}/query`, { question })
  const text = yield* textOf(answer)
  assert.strictEqual(answer.status, 200, text)
  assert.deepStrictEqual(JSON.parse(text).result.rowCount, 1)
  const refused = yield* post(`${address}/query`, { question: "what is the meaning of blorp?" })
  const error = yield* textOf(refused)
  assert.strictEqual(refused.status, 422, error)
  assert.include(error, "SqlGenerationError")
})

const tagsIn = (text: string) => Array.from(text.matchAll(/^data: ?\{"_tag":"(\w+)"/gm), ([, tag]) => tag)

describe("examples/hono.ts", () => {
  it.live("answers, refuses with the error's status, tells its progress, and knows its health", () =>
    Effect.gen(function* () {
      const { address } = yield* start("examples/hono.ts")
      yield* answers(address)
      const events = tagsIn(yield* textOf(yield* post(`${address}/query/events`, { question })))
      assert.includeMembers(events, ["Gathered", "Resolved", "SqlGenerated", "Executed"])
      assert.strictEqual(events.at(-1), "Completed")
      const failed = yield* textOf(yield* post(`${address}/query/events`, { question: "blorp" }))
      assert.match(failed, /event: Failed\ndata: \{"error":\{.*"_tag":"SqlGenerationError"/)
      const health = yield* Effect.promise(() => fetch(`${address}/health`, { headers: alone }))
      assert.strictEqual(health.status, 200)
    })
  )
})

describe("examples/http-api.ts", () => {
  it.live("answers, refuses with the error's status, and tells its progress", () =>
    Effect.gen(function* () {
      const { address, endServers } = yield* start("examples/http-api.ts")
      yield* answers(address)
      const url = `${address}/query/events?question=${encodeURIComponent(question)}`
      const events = tagsIn(yield* textOf(yield* Effect.promise(() => fetch(url, { headers: alone }))))
      assert.strictEqual(events.at(-1), "Completed")
      assert.include(
        yield* textOf(yield* Effect.promise(() => fetch(`${address}/openapi.json`, { headers: alone }))),
        '"/query"'
      )
      // Whatever goes wrong, with all that the error says.
      const failure = (tag: string) => new RegExp(`^data: \\{"_tag":"Failed","error":\\{.*"_tag":"${tag}"`, "m")
      const blorp = yield* Effect.promise(() => fetch(`${address}/query/events?question=blorp`, { headers: alone }))
      assert.match(yield* textOf(blorp), failure("SqlGenerationError"))
      yield* endServers
      assert.match(
        yield* textOf(yield* Effect.promise(() => fetch(url, { headers: alone }))),
        failure("McpConnectionError")
      )
    })
  )
})

describe("the Express server of docs/web-servers.md", () => {
  it.live("answers, and refuses with the error's status", () =>
    Effect.gen(function* () {
      const guide = readFileSync(`${root}/docs/web-servers.md`, "utf8")
      const [, snippet] = /^\*\*Express\*\*[\s\S]*?```ts\n([\s\S]*?)```/m.exec(guide) ?? []
      assert.isDefined(snippet)
      const { address } = yield* start(
        "--input-type=module",
        "--eval",
        `import express from "express"
         import { errorResponse, open } from "effect-mcp-orchestrator/promise"
         const orchestrator = await open()
         ${snippet}
         const server = app.listen(0, "127.0.0.1", () => console.log("http://127.0.0.1:" + server.address().port))
         process.once("SIGTERM", () => {
           server.close()
           void orchestrator[Symbol.asyncDispose]()
         })`
      )
      yield* answers(address)
    })
  )
})
