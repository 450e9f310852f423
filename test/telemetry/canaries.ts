/**
 * Secrets in every place where one can stand, every way in which they could come out, and where they did.
 * `Canary.test.ts` proves that none does; `CanaryControl.test.ts` switches redaction off and proves that each would.
 */
import { NodeServices } from "@effect/platform-node"
import { Cause, ConfigProvider, Effect, Exit, FileSystem, Metric, Option, Tracer } from "effect"
import { PrometheusMetrics } from "effect/observability"
import { Buffer } from "node:buffer"
import { inspect } from "node:util"
import * as Metrics from "../../src/telemetry/MetricNames.ts"
import { type FakeFault, type FakeScript, FakeServer } from "../../src/testing/index.ts"
import * as Harness from "../cli/Harness.ts"
import * as FakeEndpoint from "../sql/model/fakeEndpoint.ts"
import * as Receiver from "./receiver.ts"
import * as Shop from "./shop.ts"

/** Letters only, so that nothing but their place gives them away; different in every stretch of 8. */
const letters = (seed: number): string => {
  let state = seed * 7919 + 17
  return Array.from({ length: 28 }, () => {
    state = (state * 48271) % 2147483647
    return "abcdefghijklmnopqrstuvwxyz".charAt(state % 26)
  }).join("")
}

/** Of the operator: in the configuration file, its variables and overrides; all of them are sent to one server. */
export const configured = {
  header: letters(1),
  variable: letters(2),
  variableInPart: letters(3),
  override: letters(4),
  tokenParameter: letters(5),
  keyParameter: letters(6),
  pathOfVariable: letters(7),
  pathVariable: letters(8),
  queryVariable: letters(9)
}

/** Nobody told us of these: they are known by where they stand. */
export const foreign = {
  modelKey: letters(10),
  exporterParameter: letters(12),
  bearer: letters(13),
  password: letters(14),
  urlPassword: letters(15),
  resourceUri: letters(16),
  loggedToken: letters(18)
}

/** What nobody repeats, and what we have no reason to show: safe without any redaction. */
export const withheld = {
  exporterHeader: letters(11),
  foreignEndpoint: letters(17),
  proxyPassword: letters(19),
  wrongUrl: letters(20),
  wrongOverride: letters(21)
}

/** Not secret, but nobody's business outside of the result. */
const data = { resource: letters(30), row: letters(31), brokenJson: letters(32) }

const canaries: { readonly [name: string]: string } = { ...configured, ...foreign, ...withheld, ...data }

/** What a server may make of what it was sent, where it does not know better or means harm. */
export const encodings: { readonly [name: string]: (text: string) => string } = {
  hex: (text) => Buffer.from(text).toString("hex"),
  percent: (text) => Buffer.from(text).toString("hex").replace(/../g, "%$&"),
  entities: (text) => text.replace(/./g, (letter) => `&#${letter.charCodeAt(0)};`),
  escapes: (text) => text.replace(/./g, (letter) => `\\u00${letter.charCodeAt(0).toString(16)}`),
  "base64 of base64": (text) => Buffer.from(Buffer.from(text).toString("base64")).toString("base64"),
  capitals: (text) => text.toUpperCase(),
  "lines of 9": (text) => text.replace(/.{9}/g, "$&\n"),
  spaces: (text) => text.replace(/./g, "$& ")
}

/** Any 8 letters of one are too much, and so is its base64, and so are 9 of 28 in any other encoding. */
const piecesOf = (canary: string): ReadonlyArray<string> => [
  ...Array.from({ length: canary.length - 7 }, (_, start) => canary.slice(start, start + 8)),
  Buffer.from(canary).toString("base64").slice(0, 30),
  ...Object.values(encodings).flatMap((encoded) => {
    // From where base64 of base64 begins a group.
    const part = encoded(canary.slice(9, 18)).replaceAll("\n", " ").trim()
    return [part, JSON.stringify(part).slice(1, -1)]
  })
]
const pieces = Object.entries(canaries).map(([name, canary]) => [name, piecesOf(canary)] as const)

/** The names of the canaries that a text gives away. */
export const found = (text: string): ReadonlyArray<string> =>
  pieces.flatMap(([name, parts]) => (parts.some((part) => text.includes(part)) ? [name] : []))

/** What a server may say of what it was sent, and of its own secrets. */
const said =
  `denied: ${Object.values(configured).join(" ")} ${Buffer.from(configured.header).toString("base64")}; ` +
  `Authorization: Bearer ${foreign.bearer}; password=${foreign.password}; see postgres://app:${foreign.urlPassword}@db/shop`

const metadata: FakeScript.FakeScript = {
  resources: [
    { uri: `note://secret?token=${foreign.resourceUri}`, name: "a_note", json: { note: data.resource } },
    ...Shop.metadata
  ]
}
const { sqlTool, text } = Shop
const database: FakeScript.FakeScript = {
  prefix: `/hooks/${configured.pathOfVariable}/mcp/${configured.pathVariable}`,
  resources: [
    { uri: `http://mcp.invalid/${configured.pathVariable}/a`, name: "at_home", text: "Nothing but its address." },
    ...Shop.schema
  ],
  tools: [sqlTool(text(JSON.stringify([{ revenue: data.row }])))]
}

export interface Scenario {
  readonly name: string
  readonly database?: FakeScript.FakeScript
  readonly faults?: ReadonlyArray<FakeFault.FaultRule>
  /** Laid over the environment. */
  readonly env?: { readonly [name: string]: string }
  /** What the language model's server answers; none is configured without. */
  readonly model?: ReadonlyArray<FakeEndpoint.Answer>
  /** The status that the OTLP receiver answers with; no export without. */
  readonly otlp?: number
  readonly commands?: ReadonlyArray<ReadonlyArray<string>>
  /** Whether at least one command has to fail: the scenario must not have been missed. */
  readonly fails?: boolean
}

const { question } = Shop
const serverCommands = [["gather"], ["query", question], ["health"], ["validate"]]
const queries = [["query", question]]

const commands = [
  ...serverCommands,
  ["resolve", "fitness band", "--type", "products"],
  ["resolve", "qwertyuiop", "--type", "products"],
  ["query", question, "--dry-run"],
  ["query", "why do customers churn so gloomily"],
  ["validate", "--no-connect"],
  ["config", "show"]
]

const struck = (name: string, ...faults: ReadonlyArray<FakeFault.FaultRule>): Scenario => ({
  name,
  faults,
  commands: serverCommands,
  fails: true
})

const refusal: FakeFault.Fault = { kind: "status", status: 401, body: said }
const rpcError: FakeFault.Fault = { kind: "error", message: said, data: { said } }

/** The same words, with the operator's secrets in another encoding. */
const encodedScenarios = Object.entries(encodings).map(([name, encoded]): Scenario => {
  const words = `denied: ${Object.values(configured).map(encoded).join(" ; ")}`
  return {
    ...struck(
      `servers repeat them in ${name}`,
      { at: "headers", fault: { ...refusal, body: words }, nth: 1 },
      { at: "list", fault: { ...rpcError, message: words }, nth: 1 },
      { at: "read", fault: { ...rpcError, message: words }, nth: 1 },
      { at: "call", fault: { ...rpcError, message: words } }
    ),
    commands: [["gather"], ["health"], ["validate"], ["query", question]]
  }
})

/** Every scenario is run with and without `--json`, all at DEBUG. */
export const scenarios: ReadonlyArray<Scenario> = [
  { name: "all is well", commands },
  { name: "all is well and is exported", otlp: 200, commands: [["query", question], ["gather"]] },
  { name: "the exporter is refused", otlp: 401, commands: queries },
  struck("HTTP errors at the stream", { at: "headers", fault: refusal }),
  struck("HTTP errors at the handshake", { at: "initialize", fault: { ...refusal, status: 400 } }),
  struck("HTTP errors at the listing", { at: "list", fault: { ...refusal, status: 503 } }),
  struck("HTTP errors at a read", { at: "read", fault: { ...refusal, status: 410 } }),
  struck("JSON-RPC errors at the handshake", { at: "initialize", fault: rpcError }),
  struck("JSON-RPC errors at the listing", { at: "list", fault: rpcError }),
  struck("JSON-RPC errors at a read", { at: "read", fault: rpcError }),
  struck("a content type that speaks", { at: "headers", fault: { kind: "contentType", contentType: said } }),
  struck("an endpoint elsewhere", {
    at: "endpoint",
    fault: { kind: "foreignEndpoint", url: `http://u:${withheld.foreignEndpoint}@foreign.invalid/?token=${said}` }
  }),
  struck("contents of something else", {
    at: "read",
    fault: { kind: "wrongUri", uri: `note://other?token=${foreign.resourceUri}` }
  }),
  struck("a reply against the specification", {
    at: "read",
    fault: { kind: "invalidResult", result: { contents: [{ uri: said, text: 1 }] } }
  }),
  { name: "a connection breaks once", faults: [{ at: "read", fault: { kind: "drop" }, nth: 1 }], commands: queries },
  {
    ...struck("JSON that is none"),
    database: {
      ...database,
      resources: [
        { uri: "x://broken", name: "broken", mimeType: "application/json", text: `{"a": ${data.brokenJson}}` },
        ...(database.resources ?? [])
      ]
    }
  },
  { ...struck("JSON-RPC errors of the tool", { at: "call", fault: rpcError }), commands: queries },
  { ...struck("HTTP errors of the tool", { at: "call", fault: { ...refusal, status: 403 } }), commands: queries },
  ...[
    text(`Error: ${said}`),
    text(`no rows but ${said}`),
    { ...text(said), isError: true },
    { content: [], structuredContent: { error: { message: said } } }
  ].map((reply, index): Scenario => ({
    name: `SQL errors of form ${index + 1}`,
    database: { ...database, tools: [sqlTool(reply)] },
    commands: queries,
    fails: true
  })),
  {
    name: "SQL errors where the schema is asked for",
    database: { ...database, resources: [], tools: [sqlTool({ ...text(said), isError: true })] },
    commands: serverCommands,
    fails: true
  },
  {
    name: "SQL errors that a model repairs",
    database: {
      ...database,
      tools: [{ ...sqlTool(text("")), reply: [{ ...text(`no such column ${said}`), isError: true }, text("[[1]]")] }]
    },
    model: Array.from({ length: 4 }, () =>
      FakeEndpoint.completion(JSON.stringify({ sql: "SELECT id FROM orders", explanation: "All.", usedEntities: [] }))
    ),
    commands: queries
  },
  ...[401, 400].map((status): Scenario => ({
    name: `a model's server answers ${status}`,
    model: Array.from({ length: 6 }, () => ({
      status,
      body: { error: { message: `no such key: ${foreign.modelKey}; Bearer ${foreign.bearer}` } }
    })),
    commands: queries,
    fails: true
  })),
  {
    name: "a proxy that is not there",
    env: {
      HTTP_PROXY: `http://u:${withheld.proxyPassword}@127.0.0.1:1`,
      MCP__MCP_SERVERS__DATABASE_MCP__URL: `http://mcp.invalid/sse?key=${configured.keyParameter}`
    },
    commands: serverCommands,
    fails: true
  },
  {
    name: "a URL with a password",
    env: { MCP__MCP_SERVERS__DATABASE_MCP__URL: `http://u:${withheld.wrongUrl}@127.0.0.1/sse` },
    commands,
    fails: true
  },
  {
    name: "an override of nothing",
    env: { MCP__MCP_SERVERS__DATABASE_MCP__HEADERZ__X: withheld.wrongOverride },
    commands,
    fails: true
  },
  ...encodedScenarios
]

/** Where a canary was found: `gather --json: stderr: header`. */
export interface Leak {
  readonly where: string
  readonly canary: string
}

/** Runs one scenario and says what came out where it should not. */
export const run = Effect.fnUntraced(
  function* (scenario: Scenario) {
    const spans: Array<Tracer.Span> = []
    const recorder = Tracer.make({
      span: (options) => {
        const span = new Tracer.NativeSpan(options)
        spans.push(span)
        return span
      }
    })
    const servers = [
      yield* FakeServer.make(metadata),
      yield* FakeServer.make({ ...(scenario.database ?? database), faults: scenario.faults ?? [] })
    ] as const
    const receiver = scenario.otlp === undefined ? null : yield* Receiver.start(scenario.otlp)
    const model = scenario.model === undefined ? null : yield* FakeEndpoint.start(scenario.model)
    yield* Harness.environment({
      MCP_CONFIG: yield* writeConfig(servers),
      CANARY_TOKEN: configured.variable,
      CANARY_TENANT: configured.variableInPart,
      CANARY_BASE: `${servers[1].origin}/hooks/${configured.pathOfVariable}`,
      CANARY_PATH: configured.pathVariable,
      CANARY_WORKSPACE: configured.queryVariable,
      MCP__MCP_SERVERS__DATABASE_MCP__HEADERS__X_OVERRIDE: configured.override,
      ...(receiver === null
        ? {}
        : {
            OTEL_EXPORTER_OTLP_ENDPOINT: `${receiver.url}/?token=${foreign.exporterParameter}`,
            OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: `${receiver.url}/v1/traces?token=${foreign.exporterParameter}`,
            OTEL_EXPORTER_OTLP_HEADERS: `x-tenant=${withheld.exporterHeader}`
          }),
      ...(model === null ? {} : { LLM_BASE_URL: model.baseUrl.href, LLM_MODEL: "m", LLM_API_KEY: foreign.modelKey }),
      ...scenario.env
    })
    const leaks: Array<Leak> = []
    const look = (where: string, written: string, allowed: ReadonlyArray<string> = []) => {
      for (const canary of found(written)) if (!allowed.includes(canary)) leaks.push({ where, canary })
    }
    let log = ""
    let failures = 0
    for (const command of scenario.commands ?? []) {
      for (const args of [command, [...command, "--json"]]) {
        const { exitCode, stderr, stdout } = yield* Harness.run([...args, "--log-level", "debug"]).pipe(
          Effect.provideService(Tracer.Tracer, recorder),
          Effect.provideService(ConfigProvider.ConfigProvider, ConfigProvider.fromEnv({ env: environment() }))
        )
        if (exitCode !== 0) failures += 1
        log += stderr
        look(`${args.join(" ")}: stdout`, stdout, allowedOnStdout(args))
        look(`${args.join(" ")}: stderr`, stderr)
      }
    }
    for (const args of yield* summaries(log)) {
      const { stderr, stdout } = yield* Harness.run(args)
      look(`${args[1]}: stdout`, stdout)
      look(`${args[1]}: stderr`, stderr)
    }
    look("metrics", inspect(yield* Metric.snapshot, { depth: 20 }))
    look("Prometheus", yield* PrometheusMetrics.format({ metricNameMapper: Metrics.prometheusName }))
    for (const span of spans) look(`span ${span.name}`, shown(span))
    for (const { body } of receiver?.received ?? []) look("OTLP", body)
    if (scenario.fails === true && failures === 0) return yield* Effect.die(`nothing failed: ${scenario.name}`)
    return { leaks, exported: receiver?.received ?? [] }
  },
  Effect.scoped,
  Effect.provideServiceEffect(
    Metric.MetricRegistry,
    Effect.sync(() => new Map())
  ),
  Effect.provide(NodeServices.layer)
)

/** What the user asked for, where it was asked for. */
const allowedOnStdout = (args: ReadonlyArray<string>): ReadonlyArray<string> => {
  if (args[0] === "gather" && args.includes("--json")) return ["resource"]
  return args[0] === "query" && !args.includes("--dry-run") ? ["row"] : []
}

const environment = (): Record<string, string> =>
  Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]))
  )

const temporaryFile = Effect.fnUntraced(function* (name: string, content: string) {
  const fs = yield* FileSystem.FileSystem
  const file = `${yield* fs.makeTempDirectoryScoped()}/${name}`
  yield* fs.writeFileString(file, content)
  return file
})

const writeConfig = ([one, two]: readonly [FakeServer.FakeServer, FakeServer.FakeServer]) => {
  const { mcp_servers } = FakeServer.orchestratorConfig([one, two], {
    servers: [
      {},
      {
        url:
          "${CANARY_BASE}/mcp/${CANARY_PATH}/sse?workspace=${CANARY_WORKSPACE:-none}" +
          `&key=${configured.keyParameter}&token=${configured.tokenParameter}`,
        headers: {
          Authorization: "Bearer ${CANARY_TOKEN}",
          "X-Team": configured.header,
          "X-Tenant": "tenant=${CANARY_TENANT:-none}; x"
        },
        capabilities: ["list_resources", "execute_query"]
      }
    ]
  })
  const config = {
    mcp_servers: { metadata_mcp: mcp_servers["server_1"], database_mcp: mcp_servers["server_2"] },
    orchestration: { retry: { attempts: 2, base_delay: "1 millis", max_delay: "2 millis" } }
  }
  return temporaryFile("mcp-config.yaml", JSON.stringify(config))
}

/** Summaries of what was logged, and of a log by somebody who was less careful. */
const summaries = Effect.fnUntraced(function* (log: string) {
  const own = yield* temporaryFile("own.ndjson", log)
  const careless = yield* temporaryFile(
    "careless.ndjson",
    [
      { event: `Bearer ${foreign.loggedToken}`, server: `https://u:${foreign.loggedToken}@db`, request_id: "r-1" },
      { event: "resource_fetch_completed", uri: `x://y?token=${foreign.loggedToken}`, request_id: "r-1" },
      { event: "log", error: { type: `password=${foreign.loggedToken}` }, request_id: "r-1" }
    ]
      .map((line) => JSON.stringify({ timestamp: "2025-01-01T00:00:00Z", ...line }))
      .join("\n")
  )
  const requestId = /"request_id":"([^"]+)"/.exec(log)?.[1] ?? "none"
  return [own, careless].flatMap((file) =>
    [[], ["--json"], ["--waterfall", file === own ? requestId : "r-1"]].map((more) => [
      "logs",
      "summary",
      file,
      ...more
    ])
  )
})

/** All that a tracer could export of a span. */
const shown = (span: Tracer.Span): string => {
  const cause = span.status._tag === "Ended" && Exit.isFailure(span.status.exit) ? span.status.exit.cause : null
  const events = span instanceof Tracer.NativeSpan ? span._events : undefined
  return inspect(
    [
      span.name,
      [...span.attributes],
      events,
      cause === null ? null : [Cause.pretty(cause), Option.getOrNull(Cause.findErrorOption(cause))]
    ],
    { depth: 20 }
  )
}
