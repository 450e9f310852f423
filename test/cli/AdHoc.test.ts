/** One server by hand: of the configuration, or of a URL that no configuration names. */
import * as NodeServices from "@effect/platform-node/NodeServices"
import { assert, it } from "@effect/vitest"
import { Effect, FileSystem } from "effect"
import * as FakeServer from "../../src/testing/FakeServer.ts"
import * as Harness from "./Harness.ts"

const takesSql = { type: "object", properties: { sql: { type: "string" } }, required: ["sql"] }
const rows = [
  { id: 1, name: "Pulse, Band" },
  { id: 2, name: "AeroBuds" }
]
const shop = FakeServer.make({
  resources: [{ uri: "shop://rules", name: "rules", text: "# Rules\n", mimeType: "text/markdown" }],
  tools: [
    {
      name: "read_query",
      description: "Runs SQL",
      inputSchema: takesSql,
      reply: { content: [{ type: "text", text: JSON.stringify(rows) }] }
    },
    { name: "fails", inputSchema: {}, reply: { content: [{ type: "text", text: "no such table" }], isError: true } },
    { name: "greets", inputSchema: {}, reply: { content: [{ type: "text", text: "Hello there." }] } }
  ]
})
const quiet = (...args: ReadonlyArray<string>) => Harness.run([...args, "-q"])

it.live("tools, resources and read show what a server of a URL offers", () =>
  Effect.gen(function* () {
    const { url } = yield* shop
    const tools = yield* quiet("tools", "--url", url)
    assert.match(tools.stdout, /^read_query +sql: string +Runs SQL$/m)
    const resources = yield* quiet("resources", "--url", url, "--format", "csv")
    assert.strictEqual(resources.stdout, "uri,name,type,description\nshop://rules,rules,text/markdown,\n")
    const read = yield* quiet("read", "shop://rules", "--url", url)
    assert.strictEqual(read.stdout, "# Rules\n")
    const missing = yield* quiet("read", "shop://nope", "--url", url)
    assert.strictEqual(missing.exitCode, 4)
  })
)

it.live("call prints rows in the form that is asked for, and other answers as they are", () =>
  Effect.gen(function* () {
    const server = yield* shop
    const call = (...args: ReadonlyArray<string>) =>
      quiet("call", "read_query", "sql=SELECT 1", "--url", server.url, ...args)
    assert.strictEqual((yield* call()).stdout, "id  name\n──  ───────────\n 1  Pulse, Band\n 2  AeroBuds\n")
    assert.strictEqual((yield* call("--format", "csv")).stdout, 'id,name\n1,"Pulse, Band"\n2,AeroBuds\n')
    assert.strictEqual(
      (yield* call("--format", "markdown")).stdout,
      "| id | name |\n| ---: | --- |\n| 1 | Pulse, Band |\n| 2 | AeroBuds |\n"
    )
    assert.deepStrictEqual(JSON.parse((yield* call("--json")).stdout).content[0].text, JSON.stringify(rows))
    const greeting = yield* quiet("call", "greets", "--url", server.url)
    assert.strictEqual(greeting.stdout, "Hello there.\n")
    const notRows = yield* quiet("call", "greets", "--url", server.url, "--format", "csv")
    assert.strictEqual(notRows.exitCode, 2)
  })
)

it.live("a tool that says it failed ends with 7 and its words", () =>
  Effect.gen(function* () {
    const { url } = yield* shop
    const failed = yield* quiet("call", "fails", "--url", url)
    assert.deepStrictEqual([failed.exitCode, failed.stdout], [7, ""])
    assert.strictEqual(failed.stderr, "fails of server failed: no such table\n")
    const json = yield* quiet("call", "fails", "--url", url, "--json")
    assert.strictEqual(JSON.parse(json.stdout).error._tag, "ToolFailure")
  })
)

it.live("what is not there is told with what is, and ends with 2", () =>
  Effect.gen(function* () {
    const { url } = yield* shop
    for (const [args, problem] of [
      [
        ["call", "read_qury", "--url", url],
        /no tool read_qury; did you mean read_query\?\nIt offers: read_query, fails/
      ],
      [["tools", "--server", "databse_mcp"], /no enabled server databse_mcp; did you mean database_mcp\?\nThere are: /],
      [["tools"], /name one of the servers with --server: product_metadata_mcp, database_mcp/],
      [["tools", "--url", "ftp://x"], /^--url: the scheme must be http or https/],
      [["tools", "--url", url, "--header", "canary-secret"], /a header is given as --header "Name: value"/],
      [["tools", "--server", "database_mcp", "--header", "A: b"], /--header goes with --url/]
    ] as const) {
      const { exitCode, stderr, stdout } = yield* quiet(...args)
      assert.deepStrictEqual([exitCode, stdout], [2, ""], args.join(" "))
      assert.match(stderr, problem)
      assert.notInclude(stderr, "canary-secret")
    }
  })
)

it.live("a header reaches the server, and nothing shows it", () =>
  Effect.gen(function* () {
    const server = yield* shop
    const { exitCode, stderr, stdout } = yield* Harness.run([
      "tools",
      "--url",
      server.url,
      "--header",
      "Authorization: Bearer canary-1",
      "-v"
    ])
    assert.strictEqual(exitCode, 0)
    assert.notInclude(stdout + stderr, "canary")
    const sent = yield* server.requests
    assert.isTrue(sent.every(({ headers }) => headers["authorization"] === "Bearer canary-1"))
  })
)

it.live("a server of the configuration is named by its id", () =>
  Effect.gen(function* () {
    yield* Harness.withDemoServers
    const { stdout } = yield* quiet(
      "call",
      "execute_query",
      "sql=SELECT COUNT(*) AS n FROM products",
      "--server",
      "database_mcp",
      "--format",
      "csv"
    )
    assert.match(stdout, /^n\n\d+\n$/)
  })
)

it.live("a call has the deadline of a statement, whatever a gather may take, and ends with 7 when it passes", () =>
  Effect.gen(function* () {
    const server = yield* FakeServer.make({
      tools: [{ name: "sleeps", reply: { content: [] } }],
      faults: [{ at: "call", tool: "sleeps", fault: { kind: "stall" } }]
    })
    const config = FakeServer.orchestratorConfig([server], {
      servers: [{ capabilities: ["list_resources"] }],
      orchestration: { gather_timeout: "1 second", query: { timeout: "1100 millis" } }
    })
    const fs = yield* FileSystem.FileSystem
    const file = `${yield* fs.makeTempDirectoryScoped()}/config.json`
    yield* fs.writeFileString(file, JSON.stringify(config))
    const { exitCode, stderr } = yield* quiet("call", "sleeps", "--config", file)
    assert.strictEqual(stderr, "server_1 could not run sleeps: no answer within 1s 100ms\n")
    assert.strictEqual(exitCode, 7)
  }).pipe(Effect.provide(NodeServices.layer))
)

it.live("what is wrong with a URL is told with the flags it was given with, and not with keys of a configuration", () =>
  Effect.gen(function* () {
    const [down, denies] = [
      yield* FakeServer.make({}),
      yield* FakeServer.make({ faults: [{ at: "headers", fault: { kind: "status", status: 401 } }] })
    ]
    yield* down.kill
    const slow = yield* FakeServer.make({ faults: [{ at: "headers", fault: { kind: "status", status: 429 } }] })
    for (const [args, exitCode, problem] of [
      [["--url", down.url], 3, /correct --url\.$/m],
      [["--url", denies.url], 3, /Check the credentials in --header\.$/m],
      [["--url", slow.url], 3, /set rate_limit or max_concurrency\. Other settings .* need a configuration: /],
      [["--url", down.url, "--header", "Host: x"], 2, /^--header: the header Host is made from url/],
      [["--url", "http://169.254.1.1/sse"], 2, /^--url: 169\.254\.1\.1 is a link-local or metadata address/]
    ] as const) {
      const ran = yield* quiet("tools", ...args)
      assert.match(ran.stderr, problem)
      assert.notInclude(ran.stderr, "mcp_servers")
      assert.strictEqual(ran.exitCode, exitCode)
    }
  })
)
