/** Text from servers, logs and configurations on a terminal: nothing that it would act on is left of it. */
import * as NodeServices from "@effect/platform-node/NodeServices"
import { assert, describe, it } from "@effect/vitest"
import { Effect, FileSystem, Schema } from "effect"
import type * as FakeScript from "../../src/testing/FakeScript.ts"
import * as FakeServer from "../../src/testing/FakeServer.ts"
import * as Harness from "./Harness.ts"

/** What moves the cursor, sets a title, colours, reorders, hides, or begins a line of its own. */
const Hostile = Schema.Literals([
  "\u001b[2J",
  "\u001b]0;title\u0007",
  "\u009b31m",
  "\u0090q",
  "\u0000",
  "\u0008",
  "\u007f",
  "\u0085",
  "\r",
  "\nFORGED",
  "\u2028FORGED",
  "\u2029",
  "\u200e",
  "\u202e",
  "\u2066",
  "\ufeff"
])
const Hostiles = Schema.Tuple([Hostile, Hostile, Hostile])

// oxlint-disable-next-line no-control-regex -- those are the subject
const acts = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u2029]|\p{Cf}/u

const harmless = (command: ReadonlyArray<string>, { stderr, stdout }: Harness.Ran) => {
  for (const [stream, text] of Object.entries({ stdout, stderr })) {
    assert.notMatch(text, acts, `${command.join(" ")}: ${stream}`)
    assert.notMatch(text, /^FORGED/m, `${command.join(" ")}: ${stream}`)
  }
}

const takesSql = { type: "object", properties: { sql: { type: "string" } }, required: ["sql"] }

/** A server of a shop, everything in it that is text with `evil` in it. */
const script = (evil: string): FakeScript.FakeScript => ({
  serverInfo: { name: `shop${evil}`, version: `1${evil}` },
  resources: [
    {
      uri: "shop://products",
      name: `products${evil}`,
      title: `title${evil}`,
      description: `description${evil}`,
      json: {
        [`band${evil}`]: {
          canonical_name: `Pulse Band${evil}`,
          aliases: ["fitness band", `fit${evil}band`],
          database_references: { [`products.name${evil}`]: `Pulse Band${evil}` },
          categories: [`Wearables${evil}`]
        }
      }
    },
    {
      uri: `shop://schema/${encodeURIComponent(evil)}`,
      name: `schema${evil}`,
      json: {
        tables: {
          orders: {
            columns: [
              { name: "id", type: "INTEGER" },
              { name: `status${evil}`, type: "TEXT", description: `One of: open${evil}, closed` }
            ]
          },
          [`other${evil}`]: { columns: [{ name: "id", type: `INTEGER${evil}` }] }
        },
        user_friendly_terms: { [`income${evil}`]: "SUM(orders.id)" }
      }
    }
  ],
  tools: [
    {
      name: "execute_query",
      description: `Runs SQL${evil}`,
      inputSchema: takesSql,
      reply: {
        content: [{ type: "text", text: JSON.stringify({ columns: [`n${evil}`], rows: [[`row${evil}`]] }) }]
      }
    },
    { name: `drop${evil}`, reply: { content: [] } }
  ]
})

/** The shipped configuration with both servers at a fake one, which is named as badly. */
const at = (url: string, evil: string) => ({
  MCP__MCP_SERVERS__PRODUCT_METADATA_MCP__ENABLED: "false",
  MCP__MCP_SERVERS__DATABASE_MCP__URL: url,
  MCP__MCP_SERVERS__DATABASE_MCP__NAME: `Shop${evil.replaceAll("\0", "")}`
})

const commands: ReadonlyArray<readonly [ReadonlyArray<string>, ReadonlyArray<number>]> = [
  [["gather"], [0]],
  [["resolve", "fitness band"], [0]],
  [
    ["resolve", "fitness sand"],
    [0, 5]
  ],
  [["resolve", "nothing of the kind"], [5]],
  [["query", "how many orders"], [0]],
  [["query", "how many orders", "--dry-run"], [0]],
  [
    ["query", "how many orders of the fitness band"],
    [0, 6]
  ],
  [["query", "why is it so gloomy"], [6]],
  [["vocabulary"], [0]],
  [["tools"], [0]],
  [["resources"], [0]],
  [["call", "execute_query", "sql=SELECT 1"], [0]],
  [["call", "execute_qury"], [2]],
  [["gather", "--format", "markdown"], [0]],
  [["query", "how many orders", "--format", "markdown"], [0]],
  [["health"], [0]],
  [["validate"], [0]],
  [["validate", "--no-connect"], [0]],
  [["config", "show"], [0]],
  [["config", "schema"], [0]],
  [["--help"], [0]]
]

const few = { arbitrary: { runs: 8 } }

describe("nothing that a terminal acts on is left of hostile text", () => {
  it.live.prop(
    "in what any command prints, as text and as JSON",
    [Hostiles],
    Effect.fnUntraced(function* ([hostiles]) {
      const evil = hostiles.join("x")
      const server = yield* FakeServer.make(script(evil))
      yield* Harness.environment(at(server.url, evil))
      for (const [command, codes] of commands) {
        for (const arguments_ of command[0] === "config" || command[0] === "--help"
          ? [command]
          : [command, [...command, "--json"]]) {
          const ran = yield* Harness.run(arguments_)
          harmless(arguments_, ran)
          assert.include(codes, ran.exitCode, arguments_.join(" "))
        }
      }
    }, Effect.scoped),
    few
  )

  it.live.prop(
    "in data that a terminal gets, which a pipe gets as it is",
    [Hostiles],
    Effect.fnUntraced(function* ([hostiles]) {
      const evil = hostiles.join("x")
      const server = yield* FakeServer.make(script(evil))
      for (const command of [
        ["read", "shop://products"],
        ["call", "execute_query", "sql=SELECT 1", "--format", "csv"]
      ]) {
        const { stdout } = yield* Harness.run([...command, "--url", server.url], { terminal: { columns: 80 } })
        assert.notMatch(stdout, acts)
      }
      const piped = yield* Harness.run(["read", "shop://products", "--url", server.url])
      assert.strictEqual(JSON.parse(piped.stdout)[`band${evil}`].canonical_name, `Pulse Band${evil}`)
    }, Effect.scoped),
    few
  )

  it.live.prop(
    "in what the failure of a server says",
    [Hostiles],
    Effect.fnUntraced(function* ([hostiles]) {
      const evil = hostiles.join("x")
      const refuses = { isError: true, content: [{ type: "text", text: `no such table${evil}` }] }
      const failing: ReadonlyArray<FakeScript.FakeScript> = [
        { ...script(evil), faults: [{ at: "read", fault: { kind: "error", code: -32000, message: `no${evil}` } }] },
        { ...script(evil), faults: [{ at: "headers", fault: { kind: "status", status: 418, body: `no${evil}` } }] },
        { ...script(evil), tools: [{ name: "execute_query", inputSchema: takesSql, reply: refuses }] },
        { ...script(evil), tools: [{ name: `a${evil}`, reply: { content: [] } }] }
      ]
      for (const one of failing) {
        const server = yield* FakeServer.make(one)
        yield* Harness.environment({ ...at(server.url, evil), MCP__ORCHESTRATION__RETRY__ATTEMPTS: "1" })
        for (const command of [["query", "how many orders"], ["health"], ["validate"]]) {
          for (const arguments_ of [command, [...command, "--json"]]) {
            harmless(arguments_, yield* Harness.run(arguments_))
          }
        }
      }
    }, Effect.scoped),
    few
  )

  it.live.prop(
    "in a summary of logs and a request drawn from them",
    [Hostiles],
    Effect.fnUntraced(
      function* ([hostiles]) {
        const evil = hostiles.join("x")
        const line = (event: string, more: {}) =>
          JSON.stringify({
            timestamp: "2026-11-22T18:21:59.100Z",
            level: "ERROR",
            event,
            component: `query${evil}`,
            request_id: `r${evil}`,
            server: `shop${evil}`,
            uri: `a://${evil}`,
            error: { type: `Bad${evil}`, message: `no${evil}` },
            duration_ms: 3,
            ...more
          })
        const fs = yield* FileSystem.FileSystem
        const file = yield* fs.makeTempFileScoped()
        yield* fs.writeFileString(file, [line(`read${evil}`, {}), line("resource_fetch_completed", {})].join("\n"))
        for (const arguments_ of [
          ["logs", "summary", file],
          ["logs", "summary", file, "--waterfall", `r${evil}`],
          ["logs", "summary", `${file}${evil}`]
        ]) {
          harmless(arguments_, yield* Harness.run(arguments_))
        }
      },
      Effect.scoped,
      Effect.provide(NodeServices.layer)
    ),
    few
  )

  it.live.prop(
    "in what is wrong with a configuration or a command line",
    [Hostiles],
    Effect.fnUntraced(
      function* ([hostiles]) {
        const evil = hostiles.join("x")
        const fs = yield* FileSystem.FileSystem
        const file = yield* fs.makeTempFileScoped()
        const texts = [
          `mcp_servers:\n  a: { name: ${JSON.stringify(evil)}, prioritty: ${JSON.stringify(evil)} }\n`,
          `mcp_servers:\n  ${JSON.stringify(`a${evil}`)}: {}\n`,
          `mcp_servers: ${evil}`
        ]
        for (const text of texts) {
          yield* fs.writeFileString(file, text)
          const arguments_ = ["validate", file, "--no-connect"]
          harmless(arguments_, yield* Harness.run(arguments_))
        }
        for (const arguments_ of [
          [`gather${evil}`],
          ["gather", `--jsn${evil}`],
          ["gather", "--config", `${file}${evil}`]
        ]) {
          harmless(arguments_, yield* Harness.run(arguments_))
        }
      },
      Effect.scoped,
      Effect.provide(NodeServices.layer)
    ),
    few
  )
})
