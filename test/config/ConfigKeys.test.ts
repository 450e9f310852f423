import { assert, describe, it } from "@effect/vitest"
import { Duration, Effect, Predicate, Redacted, SchemaAST } from "effect"
import { ConfigFile } from "../../src/config/ConfigFile.ts"
import type { OrchestratorConfig, ServerConfig } from "../../src/config/OrchestratorConfig.ts"
import { keysOf } from "../../scripts/reference/Configuration.ts"
import { document, loadText, problemsOf } from "./loading.ts"

const first = (config: OrchestratorConfig): ServerConfig | undefined => config.servers[0]
const millis = (duration: Duration.Duration | undefined) => duration && Duration.toMillis(duration)

/** Every key: a value that is not its default, where it arrives, and what arrives. */
const keys: Readonly<Record<string, readonly [unknown, (config: OrchestratorConfig) => unknown, unknown]>> = {
  "mcp_servers.*.name": ["Other", (config) => first(config)?.name, "Other"],
  "mcp_servers.*.url": ["http://other/sse?a=1", (config) => first(config)?.url.reveal().href, "http://other/sse?a=1"],
  "mcp_servers.*.priority": [999, (config) => first(config)?.priority, 999],
  "mcp_servers.*.domains": [["a", "b"], (config) => first(config)?.domains, ["a", "b"]],
  "mcp_servers.*.capabilities": [["execute_query"], (config) => first(config)?.capabilities, ["execute_query"]],
  "mcp_servers.*.headers": [
    { A: "b" },
    (config) => Redacted.value(first(config)?.headers["A"] ?? Redacted.make("")),
    "b"
  ],
  "mcp_servers.*.connect_timeout": ["1 second", (config) => millis(first(config)?.connectTimeout), 1000],
  "mcp_servers.*.request_timeout": ["2 seconds", (config) => millis(first(config)?.requestTimeout), 2000],
  "mcp_servers.*.max_concurrency": [3, (config) => first(config)?.maxConcurrency, 3],
  "mcp_servers.*.rate_limit.requests": [9, (config) => first(config)?.rateLimit?.requests, 9],
  "mcp_servers.*.rate_limit.per": ["3 minutes", (config) => millis(first(config)?.rateLimit?.per), 180_000],
  "mcp_servers.*.dialect": ["mysql", (config) => first(config)?.dialect, "mysql"],
  "mcp_servers.*.tools.execute_query.name": ["query", (config) => first(config)?.sqlTool.name, "query"],
  "mcp_servers.*.tools.execute_query.argument": ["sql", (config) => first(config)?.sqlTool.argument, "sql"],
  "mcp_servers.*.tools.execute_query.arguments": [
    { path: "/data/shop.sqlite" },
    (config) => first(config)?.sqlTool.constants["path"],
    "/data/shop.sqlite"
  ],
  "mcp_servers.*.endpoint_base": [
    "http://main.example/mcp/",
    (config) => first(config)?.endpointBase?.reveal().href,
    "http://main.example/mcp/"
  ],
  "mcp_servers.*.resources.exclude": [["a://*"], (config) => first(config)?.excludedResources, ["a://*"]],
  "mcp_servers.*.introspection": ["never", (config) => first(config)?.introspection, "never"],
  "mcp_servers.*.allowed_addresses": [
    ["169.254.10.0/24"],
    (config) => first(config)?.allowedAddresses,
    ["169.254.10.0/24"]
  ],
  "mcp_servers.*.ca_file": ["ca.pem", (config) => first(config)?.caFile, "/etc/app/ca.pem"],
  "orchestration.enable_logging": [false, (config) => config.enableLogging, false],
  "orchestration.log_level": ["warning", (config) => config.logLevel, "WARNING"],
  "orchestration.connect_timeout": ["1.5 seconds", (config) => millis(first(config)?.connectTimeout), 1500],
  "orchestration.request_timeout": ["6 seconds", (config) => millis(first(config)?.requestTimeout), 6000],
  "orchestration.gather_timeout": ["1 minute", (config) => millis(config.gatherTimeout), 60_000],
  "orchestration.max_gathers": [7, (config) => config.maxGathers, 7],
  "orchestration.max_waiting": [0, (config) => config.maxWaiting, 0],
  "orchestration.share_gathers": [true, (config) => config.shareGathers, true],
  "orchestration.retry.attempts": [1, (config) => config.retry.attempts, 1],
  "orchestration.retry.base_delay": ["0 millis", (config) => millis(config.retry.baseDelay), 0],
  "orchestration.retry.factor": [1.5, (config) => config.retry.factor, 1.5],
  "orchestration.retry.max_delay": ["1 hour", (config) => millis(config.retry.maxDelay), 3_600_000],
  "orchestration.limits.pages": [2, (config) => config.limits.pages, 2],
  "orchestration.limits.resources": [3, (config) => config.limits.resources, 3],
  "orchestration.limits.resource_bytes": ["1.5 KiB", (config) => config.limits.resourceBytes, 1536],
  "orchestration.limits.server_bytes": ["2 kB", (config) => config.limits.serverBytes, 2000],
  "orchestration.resolution.fuzzy": [false, (config) => config.resolution.fuzzy, false],
  "orchestration.resolution.threshold": [0.5, (config) => config.resolution.threshold, 0.5],
  "orchestration.resolution.margin": [0, (config) => config.resolution.margin, 0],
  "orchestration.query.attempts": [1, (config) => config.query.attempts, 1],
  "orchestration.query.max_rows": [5, (config) => config.query.maxRows, 5],
  "orchestration.query.timeout": ["1 second", (config) => millis(config.query.timeout), 1000],
  "orchestration.query.dialect": ["postgres", (config) => config.query.dialect, "postgres"],
  "orchestration.query.values": ["sample", (config) => config.query.values, "sample"],
  "orchestration.query.prompt_tokens": [8000, (config) => config.query.promptTokens, 8000],
  "orchestration.query.allowed_functions": [["SoundEx"], (config) => config.query.allowedFunctions, ["soundex"]],
  "server.host": ["0.0.0.0", (config) => config.http.host, "0.0.0.0"],
  "server.port": [8443, (config) => config.http.port, 8443],
  "server.token": [
    "0123456789abcdef",
    (config) => Redacted.value(config.http.token ?? Redacted.make("")),
    "0123456789abcdef"
  ],
  "server.allowed_hosts": [["Api.example.org"], (config) => config.http.allowedHosts, ["api.example.org"]],
  "server.allowed_origins": [
    ["https://App.example.org:8443"],
    (config) => config.http.allowedOrigins,
    ["https://app.example.org:8443"]
  ],
  "server.max_requests": [3, (config) => config.http.maxRequests, 3],
  "server.request_timeout": ["3 seconds", (config) => millis(config.http.requestTimeout), 3000],
  "server.sampling": [true, (config) => config.http.sampling, true],
  "server.max_sessions": [3, (config) => config.http.maxSessions, 3],
  "server.session_idle": ["3 minutes", (config) => millis(config.http.sessionIdle), 180_000],
  "server.replica": ["pod-7_a", (config) => config.http.replica, "pod-7_a"],
  "server.limits_store": [
    "redis://:pass@cache.example.org/2",
    (config) => Redacted.value(config.http.limitsStore ?? Redacted.make("")),
    "redis://:pass@cache.example.org/2"
  ]
}

const valid = {
  name: "Main",
  url: "http://main.example/sse",
  priority: 1,
  domains: ["things"],
  capabilities: ["list_resources"],
  transport: "sse",
  rate_limit: { requests: 1, per: "1 hour" }
}

type Table = { readonly [key: string]: unknown }

const isTable = (value: unknown): value is Table => Predicate.isObject(value)

const setAt = (table: Table, [key, ...rest]: ReadonlyArray<string>, f: (table: Table) => Table): Table => {
  if (key === undefined) return f(table)
  const child = table[key]
  return { ...table, [key]: setAt(isTable(child) ? child : {}, rest, f) }
}

/** Keys whose effect is not a value of the configuration; each has its own test. */
const elsewhere = [
  "mcp_servers.*.transport",
  "mcp_servers.*.enabled",
  "orchestration.fail_fast",
  "orchestration.max_servers"
]

describe("every key of the file", () => {
  it("has a test", () => {
    assert.sameMembers(
      keysOf(SchemaAST.toEncoded(ConfigFile.ast)).map(({ path }) => path),
      [...Object.keys(keys), ...elsewhere]
    )
  })

  for (const [key, [value, read, expected]] of Object.entries(keys)) {
    it.effect(`changes the configuration, in the file and as an override: ${key}`, () =>
      Effect.gen(function* () {
        const path = key.replace("*", "main").split(".")
        const base = setAt({ mcp_servers: { main: valid }, orchestration: {} }, path.slice(0, -1), (table) => table)
        const changed = setAt(base, path.slice(0, -1), (table) => ({ ...table, [path.at(-1) ?? ""]: value }))
        // JSON is YAML.
        const before = yield* loadText(JSON.stringify(base))
        assert.notDeepEqual(read(before.config), expected)
        assert.deepStrictEqual(read((yield* loadText(JSON.stringify(changed))).config), expected)
        const text = typeof value === "string" ? value : JSON.stringify(value)
        const env = { [`MCP__${path.join("__").toUpperCase()}`]: text }
        assert.deepStrictEqual(read((yield* loadText(JSON.stringify(base), { env })).config), expected)
      })
    )
  }

  it.effect("transport, enabled, fail_fast and max_servers take part", () =>
    Effect.gen(function* () {
      const disabled = yield* Effect.flip(loadText(document({ enabled: "false" })))
      assert.strictEqual(disabled._tag, "NoMcpAvailableError")
      assert.strictEqual((yield* problemsOf(document({ transport: "stdio" }))).length, 1)
      assert.strictEqual((yield* problemsOf(document({}, "  fail_fast: false"))).length, 1)
      assert.strictEqual((yield* problemsOf(document({}, "  max_servers: 0"))).length, 1)
      yield* loadText(document({}, "  max_servers: 1\n  fail_fast: true"))
    })
  )

  it.effect("has the documented default", () =>
    Effect.gen(function* () {
      const { config } = yield* loadText(document())
      const server = first(config)
      assert.deepStrictEqual(
        {
          ...config,
          servers: [
            server?.maxConcurrency,
            server?.rateLimit?.requests,
            millis(server?.rateLimit?.per),
            server?.caFile
          ],
          timeouts: [server?.connectTimeout, server?.requestTimeout, config.gatherTimeout, config.query.timeout].map(
            millis
          ),
          delays: [config.retry.baseDelay, config.retry.maxDelay].map(millis),
          gatherTimeout: undefined,
          retry: [config.retry.attempts, config.retry.factor],
          query: { ...config.query, timeout: undefined },
          http: {
            ...config.http,
            requestTimeout: millis(config.http.requestTimeout),
            sessionIdle: millis(config.http.sessionIdle)
          }
        },
        {
          file: "/etc/app/mcp-config.yaml",
          servers: [32, 500, 1000, null],
          timeouts: [5000, 5000, 30_000, 30_000],
          delays: [200, 5000],
          enableLogging: true,
          logLevel: "INFO",
          gatherTimeout: undefined,
          maxGathers: 4,
          maxWaiting: 1000,
          shareGathers: false,
          retry: [3, 2],
          limits: { pages: 1000, resources: 10_000, resourceBytes: 8 * 2 ** 20, serverBytes: 64 * 2 ** 20 },
          resolution: { fuzzy: true, threshold: 0.82, margin: 0.05 },
          query: {
            attempts: 3,
            maxRows: 1000,
            timeout: undefined,
            dialect: "sqlite",
            values: "match",
            promptTokens: 60_000,
            allowedFunctions: []
          },
          http: {
            host: "127.0.0.1",
            port: 8080,
            token: null,
            allowedHosts: [],
            allowedOrigins: [],
            maxRequests: 64,
            requestTimeout: 120_000,
            sampling: false,
            maxSessions: 100,
            sessionIdle: 1_800_000,
            replica: null,
            limitsStore: null
          }
        }
      )
    })
  )
})
