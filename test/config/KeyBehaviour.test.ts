/**
 * Every key of the configuration file, changed alone: the same servers, the same request, another outcome. Where a
 * value arrives is the matter of `ConfigKeys.test.ts`; here it is what the value does.
 */
import { NodeServices } from "@effect/platform-node"
import { assert, describe, it } from "@effect/vitest"
import { Effect, FileSystem, SchemaAST } from "effect"
import { ConfigFile } from "../../src/config/ConfigFile.ts"
import type { FakeScript, FakeServer } from "../../src/testing/index.ts"
import { quiet } from "../connection/fixture.ts"
import * as Servers from "../query/Servers.ts"
import { keysOf } from "../../scripts/reference/Configuration.ts"
import {
  answers,
  atOnce,
  delays,
  freePort,
  gather,
  gathers,
  leavesOut,
  type KeyCase,
  asksHost,
  asksStore,
  endsSilently,
  knocks,
  listens,
  sessionPrefix,
  sessions,
  logged,
  outcomeOf,
  peakInFlight,
  queries,
  received,
  requestsOf,
  resolves,
  written
} from "./observing.ts"

const texts = (...names: ReadonlyArray<string>): FakeScript.FakeScript => ({
  resources: names.map((name) => ({ uri: `text://${name}`, name, text: "x".repeat(3000) }))
})
const products = (...names: ReadonlyArray<string>): FakeScript.FakeScript => ({
  resources: [{ uri: "list://products", name: "products", json: names.map((name, id) => ({ id: `p-${id}`, name })) }]
})
const database = Servers.databaseScript(Servers.rows(["id"], [1], [2], [3]))
/** A database and names: each of which two servers may have. */
const shop: FakeScript.FakeScript = {
  ...database,
  resources: [...(database.resources ?? []), ...(products("Pulse Band").resources ?? [])]
}
/** An SQLite database whose only table is `stock`, and no resource that says so. */
const undescribed = Servers.databaseScript(
  ({ sql }) =>
    String(sql).includes("mo_m")
      ? Servers.rows(["mo_m", "mo_c"], [0, "abc"])
      : String(sql).includes("mo_v")
        ? Servers.rows(["mo_i", "mo_v"], ["9999", ""])
        : Servers.rows(
            ["mo_k", "mo_s", "mo_t", "mo_g", "mo_r"],
            ["1", "main", "stock", "", '["table","V","",[[1,"id","INTEGER","P1",""],[2,"state","TEXT","",""]]]'],
            ["9", "", "", "", ""]
          ),
  { resources: [] }
)
const takes = (...names: ReadonlyArray<string>) => ({
  type: "object",
  properties: Object.fromEntries(names.map((name) => [name, { type: "string" }]))
})
/** A server whose tool answers with the names of the arguments it was given. */
const echoing: FakeScript.FakeScript = {
  resources: [
    {
      uri: "database://metadata",
      name: "database_metadata",
      json: { tables: { products: { columns: ["id"] }, calls: { columns: ["name"] } } }
    }
  ],
  tools: [
    {
      name: "execute_query",
      inputSchema: takes("sql", "text", "mode"),
      reply: (args) =>
        Servers.rows(
          ["id"],
          ...Object.keys(args)
            .toSorted((one) => (one === "sql" ? -1 : 1))
            .map((name) => [name])
        )
    }
  ]
}
const failingReads = (times: number): FakeScript.FakeScript => ({
  ...texts("a"),
  faults: [{ at: "read", fault: { kind: "status", status: 503 }, nth: 1, times }]
})

/** Connecting, reading, or calling takes 200 ms; each deadline is either far below or far above. */
const slow = (at: "headers" | "read" | "call", script: FakeScript.FakeScript = texts("a")) => ({
  ...script,
  faults: [{ at, fault: { kind: "delay", ms: 200 } }] as const
})
const soon = "40 millis"
const late = "10 seconds"
const once = { retry: { attempts: 1 } }

/** The authority of the server's certificate, as a file. */
const authority = Effect.fnUntraced(function* ([server]: ReadonlyArray<FakeServer.FakeServer>) {
  const fs = yield* FileSystem.FileSystem
  const file = yield* fs.makeTempFileScoped({ suffix: ".pem" })
  yield* fs.writeFileString(file, server?.caCertificate ?? "")
  return file
})

const urlOf = (index: number) => (servers: ReadonlyArray<FakeServer.FakeServer>) =>
  Effect.succeed(servers[index]?.url ?? "")

const connectTimeout: KeyCase = {
  values: [soon, late],
  outcomes: ["TimedOut", "gathered"],
  observe: gathers,
  scripts: [slow("headers")],
  orchestration: once
}
const requestTimeout: KeyCase = { ...connectTimeout, scripts: [slow("read")] }

const cases: Readonly<Record<string, KeyCase>> = {
  "mcp_servers.*.name": {
    values: ["One", "Other"],
    outcomes: ["One", "Other"],
    observe: (world) => Effect.map(gather(world), ({ servers }) => servers[0]?.name),
    scripts: [{}]
  },
  "mcp_servers.*.url": {
    values: [urlOf(0), urlOf(1)],
    outcomes: [["a"], ["b"]],
    observe: (world) => Effect.map(gather(world), ({ servers }) => [...(servers[0]?.resources.keys() ?? [])]),
    scripts: [texts("a"), texts("b")]
  },
  "mcp_servers.*.priority": {
    values: [1, 3],
    outcomes: [
      ["server_1", "server_1"],
      ["server_2", "server_2"]
    ],
    // Whose entity a name means, and who runs the SQL.
    observe: (world) =>
      Effect.all([
        resolves("Pulse Band")(world),
        Effect.map(queries("SELECT 1")(world), ({ metadata }) => metadata.executedOn)
      ]),
    scripts: [shop, shop]
  },
  "mcp_servers.*.domains": {
    values: [["products"], ["sales"]],
    outcomes: ["server_1", null],
    observe: resolves("Pulse Band"),
    scripts: [products("Pulse Band")]
  },
  "mcp_servers.*.capabilities": {
    values: [["execute_query"], ["list_resources"]],
    outcomes: [
      [["server_2"], "answered"],
      [["server_1", "server_2"], "NotCapable"]
    ],
    // Who is asked for resources, and who runs the SQL.
    observe: (world) =>
      Effect.all([
        Effect.map(gather(world), ({ servers }) =>
          servers.filter(({ resources }) => resources.size > 0).map(({ id }) => id)
        ),
        Effect.catch(answers("SELECT id FROM products")(world), (error) =>
          Effect.succeed("reason" in error ? error.reason._tag : error._tag)
        )
      ]),
    scripts: [database, { resources: database.resources ?? [] }],
    server: { introspection: "never" }
  },
  "mcp_servers.*.transport": {
    values: ["sse", "stdio"],
    outcomes: ["gathered", "ConfigError"],
    observe: gathers,
    scripts: [{}]
  },
  "mcp_servers.*.enabled": {
    values: [true, false],
    outcomes: [["server_1", "server_2"], ["server_2"]],
    observe: (world) => Effect.map(gather(world), ({ servers }) => servers.map(({ id }) => id)),
    scripts: [{}, {}]
  },
  "mcp_servers.*.headers": {
    values: [{}, { "X-Key": "open" }],
    outcomes: [[null], ["open"]],
    observe: received("x-key"),
    scripts: [texts("a")]
  },
  "mcp_servers.*.connect_timeout": connectTimeout,
  "mcp_servers.*.request_timeout": requestTimeout,
  "mcp_servers.*.max_concurrency": {
    values: [1, 2],
    outcomes: [1, 2],
    observe: peakInFlight,
    scripts: [{ ...texts("a", "b", "c", "d"), latency: { read: 30 } }]
  },
  "mcp_servers.*.rate_limit.requests": {
    values: [2, 1000],
    outcomes: [true, false],
    observe: (world) => Effect.map(logged("rate_limited")(world), (lines) => lines.length > 0),
    scripts: [texts("a", "b", "c", "d")],
    server: { rate_limit: { per: "100 millis" } }
  },
  "mcp_servers.*.rate_limit.per": {
    values: ["1 millis", "200 millis"],
    outcomes: ["short", "long"],
    observe: delays("rate_limited"),
    scripts: [texts("a", "b")],
    server: { rate_limit: { requests: 1 } }
  },
  "mcp_servers.*.resources.exclude": {
    values: [[], ["text://b*", "*/{table}"]],
    outcomes: [["a", "b", "c"], ["a"]],
    observe: (world) => Effect.map(gather(world), ({ servers }) => [...(servers[0]?.resources.keys() ?? [])]),
    scripts: [
      {
        resources: [
          { uri: "text://a", name: "a", text: "a" },
          { uri: "text://b", name: "b", text: "b" },
          { uri: "postgres://c/%7Btable%7D", name: "c", text: "c" }
        ]
      }
    ]
  },
  "mcp_servers.*.dialect": {
    values: ["sqlite", "postgres"],
    outcomes: ["gathered", "Unsupported"],
    observe: gathers,
    scripts: [undescribed]
  },
  "mcp_servers.*.introspection": {
    values: ["auto", "never"],
    outcomes: [["stock"], undefined],
    observe: (world) => Effect.map(gather(world), ({ servers }) => servers[0]?.schema?.tables.map(({ name }) => name)),
    scripts: [undescribed]
  },
  "mcp_servers.*.endpoint_base": {
    values: [undefined, ([server]) => Effect.succeed(`${server?.origin}/gateway`)],
    outcomes: ["Rejected", "gathered"],
    observe: gathers,
    scripts: [{ ...texts("a"), proxyPrefix: "/gateway" }]
  },
  "mcp_servers.*.allowed_addresses": {
    values: [undefined, ["169.254.10.7"]],
    outcomes: ["ConfigError", "http://169.254.10.7/sse"],
    observe: ({ config }) => Effect.succeed(String(config.servers[0]?.url)),
    scripts: [texts("a")],
    server: { url: "http://169.254.10.7/sse" }
  },
  "mcp_servers.*.ca_file": {
    values: [undefined, authority],
    outcomes: ["Tls", "gathered"],
    observe: gathers,
    scripts: [{ tls: "localhost" }]
  },
  "mcp_servers.*.tools.execute_query.name": {
    values: ["ask", "read_query"],
    outcomes: [["ask"], ["read_query"]],
    observe: (world) => Effect.map(queries("SELECT id FROM products")(world), ({ result }) => result?.rows[0]),
    scripts: [
      {
        ...database,
        tools: ["ask", "read_query"].map((name) => ({
          name,
          inputSchema: takes("sql"),
          reply: Servers.rows(["id"], [name])
        }))
      }
    ],
    server: { capabilities: ["execute_query", "list_resources"] }
  },
  "mcp_servers.*.tools.execute_query.argument": {
    values: ["text", "sql"],
    outcomes: [["text"], ["sql"]],
    observe: (world) => Effect.map(queries("SELECT id FROM products")(world), ({ result }) => result?.rows[0]),
    scripts: [echoing],
    server: { introspection: "never" }
  },
  "mcp_servers.*.tools.execute_query.arguments": {
    values: [{}, { mode: "fast" }],
    outcomes: [["sql"], ["sql", "mode"]],
    observe: (world) =>
      Effect.map(queries("SELECT * FROM calls")(world), ({ result }) => result?.rows.map(([name]) => name)),
    scripts: [echoing],
    server: { introspection: "never" }
  },
  "orchestration.fail_fast": {
    values: [true, false],
    outcomes: ["gathered", "ConfigError"],
    observe: gathers,
    scripts: [{}]
  },
  "orchestration.enable_logging": {
    values: [true, false],
    outcomes: [["INFO"], []],
    observe: written,
    scripts: [texts("a")]
  },
  "orchestration.log_level": {
    values: ["DEBUG", "error"],
    outcomes: [["DEBUG", "INFO"], []],
    observe: written,
    scripts: [texts("a")]
  },
  "orchestration.connect_timeout": connectTimeout,
  "orchestration.request_timeout": requestTimeout,
  "orchestration.gather_timeout": requestTimeout,
  "orchestration.max_servers": {
    values: [1, 2],
    outcomes: ["ConfigError", "gathered"],
    observe: gathers,
    scripts: [{}, {}]
  },
  "orchestration.max_gathers": {
    values: [1, 2],
    outcomes: [
      [1, ["gathered", "gathered", "gathered"]],
      [2, ["gathered", "gathered", "gathered"]]
    ],
    observe: atOnce(3),
    scripts: [{ ...texts("a"), latency: { read: 30 } }]
  },
  "orchestration.max_waiting": {
    values: [0, 1],
    outcomes: [
      [1, ["gathered", "TooManyWaiting", "TooManyWaiting"]],
      [1, ["gathered", "gathered", "TooManyWaiting"]]
    ],
    observe: atOnce(3),
    scripts: [{ ...texts("a"), latency: { read: 30 } }],
    orchestration: { max_gathers: 1 }
  },
  "orchestration.share_gathers": {
    values: [false, true],
    outcomes: [3, 1],
    observe: (world) => Effect.andThen(atOnce(3)(world), requestsOf("resources/read")(world)),
    scripts: [texts("a")]
  },
  "orchestration.retry.attempts": {
    values: [1, 2],
    outcomes: ["Unavailable", "gathered"],
    observe: gathers,
    scripts: [failingReads(1)],
    orchestration: { retry: { base_delay: "1 millis" } }
  },
  "orchestration.retry.base_delay": {
    values: ["0 millis", "200 millis"],
    outcomes: ["short", "long"],
    observe: delays("retry_scheduled"),
    scripts: [failingReads(1)]
  },
  "orchestration.retry.factor": {
    values: [1, 20],
    outcomes: ["short", "long"],
    // Of the second delay: the first one has no factor yet.
    observe: delays("retry_scheduled"),
    scripts: [failingReads(2)],
    orchestration: { retry: { base_delay: "10 millis" } }
  },
  "orchestration.retry.max_delay": {
    values: ["1 millis", "1 second"],
    outcomes: ["short", "long"],
    observe: delays("retry_scheduled"),
    scripts: [failingReads(1)],
    orchestration: { retry: { base_delay: "200 millis" } }
  },
  "orchestration.limits.pages": {
    values: [1, 2],
    outcomes: ["TooMany", "gathered"],
    observe: gathers,
    scripts: [{ ...texts("a", "b"), pageSize: 1 }]
  },
  "orchestration.limits.resources": {
    values: [1, 2],
    outcomes: ["TooMany", "gathered"],
    observe: gathers,
    scripts: [texts("a", "b")]
  },
  "orchestration.limits.resource_bytes": {
    values: ["2 kB", "4 kB"],
    outcomes: ["TooLarge", "gathered"],
    observe: gathers,
    scripts: [texts("a", "b")]
  },
  "orchestration.limits.server_bytes": {
    values: ["4 kB", "6.1 kB"],
    outcomes: ["TooLarge", "gathered"],
    observe: gathers,
    scripts: [texts("a", "b")]
  },
  "orchestration.resolution.fuzzy": {
    values: [true, false],
    outcomes: ["server_1", null],
    observe: resolves("Pulse Bamd"),
    scripts: [products("Pulse Band")]
  },
  "orchestration.resolution.threshold": {
    values: [0.5, 1],
    outcomes: ["server_1", null],
    observe: resolves("Pulse Bamd"),
    scripts: [products("Pulse Band")]
  },
  "orchestration.resolution.margin": {
    values: [0, 0.5],
    outcomes: ["server_1", null],
    observe: resolves("Pulse Bamd"),
    scripts: [products("Pulse Band", "Pulse Bench")]
  },
  "orchestration.query.attempts": {
    values: [1, 2],
    outcomes: [1, 2],
    observe: (world) =>
      Effect.map(Effect.flip(queries("DELETE FROM products")(world)), (error) =>
        error._tag === "SqlGenerationError" ? error.attempts.length : error._tag
      ),
    scripts: [database]
  },
  "orchestration.query.max_rows": {
    values: [2, 3],
    outcomes: [
      [2, true],
      [3, false]
    ],
    observe: (world) =>
      Effect.map(queries("SELECT id FROM products")(world), ({ result }) => [result?.rowCount, result?.truncated]),
    scripts: [database]
  },
  "orchestration.query.timeout": {
    values: [soon, late],
    outcomes: ["TimedOut", "answered"],
    observe: answers("SELECT id FROM products"),
    scripts: [slow("call", database)]
  },
  "orchestration.query.dialect": {
    values: ["postgres", "sqlite"],
    outcomes: ["answered", "Rejected"],
    observe: answers("SELECT id FROM products WHERE name ILIKE 'a%'"),
    scripts: [database],
    orchestration: { query: { attempts: 1 } }
  },
  "orchestration.query.values": {
    values: ["off", "match"],
    // The dialect, the schema and the statement; between them the values.
    outcomes: [3, 4],
    observe: (world) =>
      Effect.andThen(
        queries("SELECT id FROM stock", "what is pending?")(world),
        Effect.map(world.servers[0]?.counters ?? Effect.undefined, (counters) => counters?.requests["tools/call"])
      ),
    scripts: [undescribed]
  },
  "orchestration.query.prompt_tokens": {
    values: [1500, 8000],
    outcomes: [["texts without a word of the question"], []],
    observe: leavesOut,
    scripts: [{ ...database, resources: [...(database.resources ?? []), ...(texts("long").resources ?? [])] }]
  },
  "orchestration.query.allowed_functions": {
    values: [[], ["App_Score"]],
    outcomes: ["Rejected", "answered"],
    observe: answers("SELECT app_score(name) FROM products"),
    scripts: [database],
    orchestration: { query: { attempts: 1 } }
  },
  "server.host": {
    values: ["127.0.0.1", "127.0.0.2"],
    outcomes: ["127.0.0.1", "127.0.0.2"],
    observe: (world) => Effect.map(listens(world), ({ host }) => host),
    scripts: [{}]
  },
  "server.port": {
    values: [() => freePort, 0],
    outcomes: [true, false],
    observe: (world) => Effect.map(listens(world), ({ port }) => port === world.config.http.port),
    scripts: [{}]
  },
  "server.token": {
    values: [undefined, "0123456789abcdef"],
    outcomes: [[200], [401]],
    observe: knocks("GET /v1/config HTTP/1.1\r\nhost: localhost"),
    scripts: [{}]
  },
  "server.allowed_hosts": {
    values: [[], ["api.example.org"]],
    outcomes: [[421], [200]],
    observe: knocks("GET /v1/config HTTP/1.1\r\nhost: api.example.org"),
    scripts: [{}]
  },
  "server.allowed_origins": {
    values: [[], ["https://app.example.org"]],
    outcomes: [[403], [200]],
    observe: knocks("GET /v1/config HTTP/1.1\r\nhost: localhost\r\norigin: https://app.example.org"),
    scripts: [{}]
  },
  "server.max_requests": {
    values: [1, 2],
    outcomes: [
      [200, 503],
      [200, 200]
    ],
    observe: knocks("POST /v1/gather HTTP/1.1\r\nhost: localhost\r\ncontent-length: 0", 2),
    scripts: [slow("read", texts("a"))]
  },
  "server.request_timeout": {
    values: [soon, late],
    outcomes: [[504], [200]],
    observe: knocks("POST /v1/gather HTTP/1.1\r\nhost: localhost\r\ncontent-length: 0"),
    scripts: [slow("read", texts("a"))]
  },
  "server.sampling": {
    values: [false, true],
    outcomes: [false, true],
    observe: asksHost,
    scripts: [database]
  },
  "server.max_sessions": {
    values: [1, 2],
    outcomes: [
      [200, 503],
      [200, 200]
    ],
    observe: sessions(2),
    scripts: [{}]
  },
  "server.session_idle": {
    values: ["50 millis", "1 minute"],
    outcomes: [true, false],
    observe: endsSilently,
    scripts: [{}]
  },
  "server.replica": {
    values: ["a", "b"],
    outcomes: ["a.", "b."],
    observe: sessionPrefix,
    scripts: [{}]
  },
  "server.limits_store": {
    // Nobody listens there: what is looked at is whether it is asked at all.
    values: ["redis://127.0.0.1:1", undefined],
    outcomes: [true, false],
    observe: asksStore,
    scripts: [{}]
  }
}

describe("what happens changes with every key of the file", () => {
  it("has a case for each", () => {
    assert.sameMembers(
      Object.keys(cases),
      keysOf(SchemaAST.toEncoded(ConfigFile.ast)).map(({ path }) => path)
    )
  })

  for (const [key, one] of Object.entries(cases)) {
    it.live(key, () =>
      Effect.gen(function* () {
        const [first, second] = one.values
        assert.notDeepEqual(one.outcomes[0], one.outcomes[1])
        assert.deepStrictEqual(
          [yield* outcomeOf(key, first, one), yield* outcomeOf(key, second, one)],
          [...one.outcomes]
        )
      }).pipe(quiet, Effect.provide(NodeServices.layer))
    )
  }
})
