/** A server for `bench/serve.ts`: what `Given` says, on a port that it tells over IPC. */
import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as HttpServer from "effect/http/HttpServer"
import * as Layer from "effect/Layer"
import * as Schema from "effect/Schema"
import * as Scope from "effect/Scope"
import * as Heap from "../../src/cli/Heap.ts"
import * as ConfigLoader from "../../src/config/ConfigLoader.ts"
import { ConfigSource } from "../../src/config/ConfigSource.ts"
import { Sessions } from "../../src/connection/Sessions.ts"
import { ChatModel } from "../../src/http/chat/ChatModel.ts"
import { EffectiveConfig } from "../../src/http/EffectiveConfig.ts"
import { Lifecycle } from "../../src/http/Lifecycle.ts"
import * as Serve from "../../src/http/Serve.ts"
import { Orchestrator } from "../../src/Orchestrator.ts"
import { QueryResult } from "../../src/query/QueryResult.ts"
import * as RuleBased from "../../src/sql/RuleBased.ts"
import * as Logging from "../../src/telemetry/Logging.ts"
import { configuration, serverId } from "../support/Configuration.ts"
import type { Given } from "../support/Doors.ts"
import { collect } from "../support/Garbage.ts"

Heap.keepSmall()
Heap.serve()

/** One row. */
const answer: QueryResult = {
  query: "how many products are there?",
  sql: "SELECT COUNT(*) AS count FROM products LIMIT 1000",
  explanation: "Counts the products.",
  resolvedEntities: [],
  result: { columns: ["count"], rows: [[3]], rowCount: 1, truncated: false },
  metadata: {
    requestId: "0".repeat(32),
    generation: 1,
    executedOn: serverId(0),
    serversUsed: [serverId(0)],
    attempts: [],
    prompt: null,
    usage: null,
    timingsMs: { gather: 0, resolve: 0, generate: 0, execute: 0, total: 0 },
    timestamp: "2026-01-01T00:00:00.000Z"
  }
}

const value = Schema.encodeSync(Schema.toCodecJson(QueryResult))(answer)

/** What any program on Node does at least: the body is read and parsed, the answer written. */
const bare = Effect.callback<number>((resume) => {
  const server = createServer((request, response) => {
    const chunks: Array<Buffer> = []
    request.on("data", (chunk: Buffer) => chunks.push(chunk))
    request.on("end", () => {
      JSON.parse(Buffer.concat(chunks).toString())
      const body = JSON.stringify(value)
      response.writeHead(200, { "content-type": "application/json", "content-length": Buffer.byteLength(body) })
      response.end(body)
    })
  })
  // boundary: it listens at a port
  server.listen(0, "127.0.0.1", () => resume(Effect.succeed((server.address() as AddressInfo).port)))
})

const serve = Effect.fnUntraced(function* (given: Exclude<Given, { readonly kind: "bare" }>) {
  const urls = given.kind === "serve" ? given.urls : ["http://127.0.0.1:1/sse"]
  const { mcp_servers, orchestration } = configuration(urls, given.kind === "serve" ? given.orchestration : {})
  const first = { [serverId(0)]: { ...mcp_servers[serverId(0)], capabilities: ["list_resources", "execute_query"] } }
  const config = yield* ConfigLoader.fromUnknown({
    mcp_servers: { ...mcp_servers, ...first },
    orchestration,
    server: { port: 0, max_requests: 10_000 }
  })
  const orchestrator = Layer.effect(
    Orchestrator,
    Effect.map(Orchestrator, (one) => (given.kind === "empty" ? { ...one, query: () => Effect.succeed(answer) } : one))
  ).pipe(
    Layer.provide(Orchestrator.layer),
    Layer.provide([RuleBased.layer, Sessions.layerSse]),
    Layer.provideMerge(EffectiveConfig.layer),
    Layer.provide(ConfigSource.layerValue(config)),
    Layer.provideMerge(Logging.layer({ enabled: false, level: "ERROR", format: "json", secrets: [] }))
  )
  const context = yield* Layer.build(
    Serve.layer(config.http).pipe(Layer.provide(ChatModel.layerRules), Layer.provideMerge(orchestrator))
  )
  yield* Context.get(context, Lifecycle).connected
  const { address } = Context.get(context, HttpServer.HttpServer)
  return address._tag === "UnixPathAddress" ? 0 : address.port
})

// boundary: only the benchmark's own process starts this one
const given = JSON.parse(process.argv[2] ?? "") as Given
/** Never closed: it ends with the process. */
const listening = Effect.runPromise(
  Effect.provideService(given.kind === "bare" ? bare : serve(given), Scope.Scope, Scope.makeUnsafe())
)

process.on("message", () => {
  listening.then(
    (port) => {
      const { system, user } = process.cpuUsage()
      collect()
      process.send?.({ port, cpuMs: (system + user) / 1000, rssBytes: process.memoryUsage.rss() })
    },
    (cause) => process.send?.({ error: String(cause) })
  )
})
process.on("disconnect", () => process.exit())
