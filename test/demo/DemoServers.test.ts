import { assert, it } from "@effect/vitest"
import { Client } from "@modelcontextprotocol/sdk/client/index.js"
import { SSEClientTransport } from "@modelcontextprotocol/sdk/client/sse.js"
import { Effect, Exit, Scope } from "effect"
import * as DemoServers from "../../src/demo/DemoServers.ts"

const anyPorts = { productPort: 0, databasePort: 0, host: "127.0.0.1" }

/** The SDK's own client: the servers must be of use to a client that knows nothing of this project. */
const connect = (url: string) =>
  Effect.acquireRelease(
    Effect.promise(async () => {
      const client = new Client({ name: "test", version: "0" })
      await client.connect(new SSEClientTransport(new URL(url)))
      return client
    }),
    (client) => Effect.promise(() => client.close())
  )

const callSql = (client: Client, sql: unknown) =>
  Effect.promise(() => client.callTool({ name: "execute_query", arguments: { sql } }))

it.live("serves the product metadata to any client", () =>
  Effect.gen(function* () {
    const servers = yield* DemoServers.start(anyPorts)
    assert.deepStrictEqual(servers.notices, [])
    const client = yield* connect(servers.productUrl)
    const { resources } = yield* Effect.promise(() => client.listResources())
    assert.deepStrictEqual(
      resources.map((resource) => resource.name),
      ["product_aliases", "column_mappings", "metadata_summary"]
    )
    for (const { uri } of resources) {
      const { contents } = yield* Effect.promise(() => client.readResource({ uri }))
      const [content] = contents
      assert.isTrue(content !== undefined && "text" in content && typeof JSON.parse(content.text) === "object")
    }
    const missing = yield* Effect.promise(() => client.readResource({ uri: "product://none" }).then(() => "", String))
    assert.match(missing, /-32002.*product:\/\/none/)
    assert.isUndefined(client.getServerCapabilities()?.tools)
  })
)

it.live("runs queries, and answers errors as results", () =>
  Effect.gen(function* () {
    const servers = yield* DemoServers.start(anyPorts)
    const client = yield* connect(servers.databaseUrl)
    const { tools } = yield* Effect.promise(() => client.listTools())
    assert.deepStrictEqual(
      tools.map((tool) => [tool.name, tool.inputSchema.required]),
      [["execute_query", ["sql"]]]
    )
    const good = yield* callSql(client, "SELECT id, name FROM products WHERE id < 3")
    const expected = {
      columns: ["id", "name"],
      rows: [
        [1, "AeroBuds Pro"],
        [2, "AeroBuds Lite"]
      ],
      rowCount: 2
    }
    assert.deepStrictEqual(good.structuredContent, expected)
    assert.deepStrictEqual(good.content, [{ type: "text", text: JSON.stringify(expected) }])
    const bad = yield* callSql(client, "SELECT absent FROM products")
    assert.isTrue(bad.isError)
    assert.match(JSON.stringify(bad.content), /no such column: absent/)
    assert.isTrue((yield* callSql(client, 5)).isError)
  })
)

it.live("keeps sessions apart", () =>
  Effect.gen(function* () {
    const servers = yield* DemoServers.start(anyPorts)
    const clients = yield* Effect.all([connect(servers.databaseUrl), connect(servers.databaseUrl)])
    const results = yield* Effect.forEach(clients, (client, index) => callSql(client, `SELECT ${index} AS who`), {
      concurrency: "unbounded"
    })
    assert.deepStrictEqual(
      results.map((result) => result.structuredContent),
      [0, 1].map((who) => ({ columns: ["who"], rows: [[who]], rowCount: 1 }))
    )
  })
)

it.live("takes a free port when the wanted one is taken, and says so", () =>
  Effect.gen(function* () {
    const first = yield* DemoServers.start(anyPorts)
    const taken = Number(new URL(first.databaseUrl).port)
    const second = yield* DemoServers.start({ ...anyPorts, databasePort: taken })
    assert.notStrictEqual(second.databaseUrl, first.databaseUrl)
    const port = new URL(second.databaseUrl).port
    assert.deepStrictEqual(second.notices, [`port ${taken} is taken: Database MCP listens on ${port}`])
  })
)

it.live("fails when the address is not this machine's", () =>
  Effect.gen(function* () {
    const error = yield* Effect.flip(DemoServers.start({ ...anyPorts, host: "192.0.2.1" }))
    assert.strictEqual(error._tag, "DemoServerError")
    assert.match(error.message, /192\.0\.2\.1:0 \(EADDRNOTAVAIL\)/)
  })
)

it.live("answers what is not MCP with 404 and stays up", () =>
  Effect.gen(function* () {
    const servers = yield* DemoServers.start(anyPorts)
    const base = new URL(servers.databaseUrl).origin
    const status = (path: string, init?: RequestInit) =>
      Effect.promise(() =>
        fetch(`${base}${path}`, init).then((response) => response.text().then(() => response.status))
      )
    assert.strictEqual(yield* status("/"), 404)
    assert.strictEqual(yield* status("/messages?sessionId=none", { method: "POST", body: "{}" }), 404)
    assert.strictEqual(yield* status("//"), 400)
    yield* connect(servers.databaseUrl)
  })
)

it.live("closes its sockets, open event streams included, with the scope", () =>
  Effect.gen(function* () {
    const scope = yield* Scope.make()
    const servers = yield* DemoServers.start(anyPorts).pipe(Scope.provide(scope))
    const stream = yield* Effect.promise(() => fetch(servers.productUrl))
    const ended = Effect.promise(() =>
      stream.text().then(
        () => "ended",
        () => "destroyed"
      )
    )
    yield* Scope.close(scope, Exit.void)
    assert.strictEqual(yield* ended, "destroyed")
    const refused = yield* Effect.promise(() =>
      fetch(servers.productUrl).then(
        () => "open",
        () => "refused"
      )
    )
    assert.strictEqual(refused, "refused")
  })
)
