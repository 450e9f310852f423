import * as NodeServices from "@effect/platform-node/NodeServices"
import { assert, describe, it } from "@effect/vitest"
import { Effect, FileSystem } from "effect"
import { execFileSync } from "node:child_process"
import * as FakeServer from "../../src/testing/FakeServer.ts"
import * as Harness from "./Harness.ts"

const logLines = (stderr: string) =>
  stderr
    .split("\n")
    .filter((line) => line.startsWith("{"))
    .map((line): { readonly [key: string]: unknown } => JSON.parse(line))

const takesSql = { type: "object", properties: { sql: { type: "string" } }, required: ["sql"] }

it.live("gather prints a row a server in priority order, and logs only to stderr", () =>
  Effect.gen(function* () {
    yield* Harness.withDemoServers
    const { exitCode, stderr, stdout } = yield* Harness.run(["gather"])
    assert.strictEqual(exitCode, 0)
    const rows = stdout.trimEnd().split("\n").slice(2)
    assert.match(rows[0] ?? "", /^ +1 +product_metadata_mcp +3 /)
    assert.match(rows[1] ?? "", /^ +10 +database_mcp +2 /)
    assert.notInclude(stdout, "timestamp")
    const events = logLines(stderr).map(({ event }) => event)
    assert.include(events, "config_loaded")
    assert.include(events, "resource_gathering_completed")
  })
)

it.live("gather --json is one document by server id, with the data of every resource", () =>
  Effect.gen(function* () {
    yield* Harness.withDemoServers
    const { stdout } = yield* Harness.run(["gather", "--json", "--log-level", "error"])
    const document = JSON.parse(stdout)
    assert.deepStrictEqual(Object.keys(document), ["product_metadata_mcp", "database_mcp"])
    assert.strictEqual(document.product_metadata_mcp.priority, 1)
    assert.deepStrictEqual(Object.keys(document.product_metadata_mcp.resources).toSorted(), [
      "column_mappings",
      "metadata_summary",
      "product_aliases"
    ])
    assert.isObject(document.database_mcp.resources.database_metadata.tables)
  })
)

it.live("resolve says which rule chose the winner", () =>
  Effect.gen(function* () {
    yield* Harness.withDemoServers
    const { exitCode, stdout } = yield* Harness.run(["resolve", "fitness band", "--type", "products"])
    assert.strictEqual(exitCode, 0)
    assert.match(stdout, /"fitness band" is Pulse Band/)
    assert.match(stdout, /product_metadata_mcp \(priority 1\), resource product_aliases/)
    assert.match(stdout, /alias match on "fitness band"/)
  })
)

it.live("resolve breaks its lines between words, and none is wider than the terminal", () =>
  Effect.gen(function* () {
    yield* Harness.withDemoServers
    const resolve = ["resolve", "fitness band"]
    const whole = (yield* Harness.run(resolve)).stdout
    const lines = (yield* Harness.run(resolve, { terminal: { columns: 50 } })).stdout.split("\n")
    for (const line of lines) assert.isAtMost(line.length, 50)
    assert.strictEqual(lines.join("\n").replaceAll(/\n {13}/g, " "), whole)
    assert.isAbove(lines.length, whole.split("\n").length)
  })
)

it.live("resolve without a type asks all servers, and a singular type means its plural", () =>
  Effect.gen(function* () {
    yield* Harness.withDemoServers
    for (const type of [[], ["--type", "product"]]) {
      const { exitCode, stdout } = yield* Harness.run(["resolve", "Fitness Band", ...type])
      assert.strictEqual(exitCode, 0)
      assert.match(stdout, /"Fitness Band" is Pulse Band/)
    }
  })
)

it.live("resolve of an unknown name ends with 5 and says so in JSON too", () =>
  Effect.gen(function* () {
    yield* Harness.withDemoServers
    const { exitCode, stdout } = yield* Harness.run(["resolve", "qwertyuiop", "--type", "products", "--json"])
    assert.strictEqual(exitCode, 5)
    assert.strictEqual(JSON.parse(stdout).error._tag, "EntityNotFoundError")
  })
)

it.live("vocabulary prints the words that a question can use, with their servers, and in JSON all of them", () =>
  Effect.gen(function* () {
    yield* Harness.withDemoServers
    const text = (yield* Harness.run(["vocabulary"])).stdout
    assert.match(text, /^4 tables with 20 columns in the database of database_mcp$/m)
    assert.match(text, /^ {2}orders\.status\n {4}completed, pending, cancelled$/m)
    assert.match(text, /^23 terms of product_metadata_mcp$/m)
    assert.match(text, /^22 names of product_metadata_mcp$/m)
    const { exitCode, stdout } = yield* Harness.run(["vocabulary", "--json"])
    assert.strictEqual(exitCode, 0)
    const document = JSON.parse(stdout)
    assert.deepStrictEqual(
      document.servers.map(({ server }: { server: string }) => server),
      ["product_metadata_mcp", "database_mcp"]
    )
    assert.lengthOf(document.databases[0].tables, 4)
    assert.lengthOf(document.terms, 23)
    assert.isTrue(document.entities.some(({ aliases }: { aliases: Array<string> }) => aliases.includes("fitness band")))
  })
)

it.live("query prints the names, the SQL and the rows", () =>
  Effect.gen(function* () {
    yield* Harness.withDemoServers
    const { exitCode, stdout } = yield* Harness.run(["query", "total revenue of the fitness band last year"])
    assert.strictEqual(exitCode, 0)
    assert.match(stdout, /fitness band +Pulse Band +product_metadata_mcp \(priority 1\) +alias/)
    assert.match(stdout, /SELECT SUM\(/)
    assert.match(stdout, /products\.id = 9|product_id = 9/)
    assert.match(stdout, /1 row from database_mcp/)
  })
)

it.live("query --dry-run shows the SQL and runs nothing", () =>
  Effect.gen(function* () {
    yield* Harness.withDemoServers
    const human = yield* Harness.run(["query", "how many orders this year", "--dry-run"])
    assert.match(human.stdout, /not run \(--dry-run\)/)
    const { stdout } = yield* Harness.run(["query", "how many orders this year", "--dry-run", "--json"])
    const result = JSON.parse(stdout)
    assert.isNull(result.result)
    assert.strictEqual(result.metadata.timingsMs.execute, 0)
  })
)

it.live("a question beyond the rule-based generator ends with 6 and names what it did not understand", () =>
  Effect.gen(function* () {
    yield* Harness.withDemoServers
    const { exitCode, stderr } = yield* Harness.run(["query", "why do customers in Germany churn so gloomily"])
    assert.strictEqual(exitCode, 6)
    assert.match(stderr, /SqlGenerationError/)
    assert.match(stderr, /LLM_BASE_URL/)
  })
)

it.live("health says of each server whether it is healthy, and ends with 3 when one is down", () =>
  Effect.gen(function* () {
    yield* Harness.withDemoServers
    const well = yield* Harness.run(["health", "--json"])
    assert.strictEqual(well.exitCode, 0)
    assert.isTrue(JSON.parse(well.stdout).healthy)
    const down = yield* FakeServer.make({})
    yield* down.kill
    yield* Harness.environment({ MCP__MCP_SERVERS__DATABASE_MCP__URL: down.url })
    const ill = yield* Harness.run(["health"])
    assert.strictEqual(ill.exitCode, 3)
    assert.match(ill.stdout, /product_metadata_mcp +yes +3/)
    assert.match(ill.stdout, /database_mcp +no +– .*connect: /)
  })
)

it.live("a server that is down fails gather with its name and nothing else on stdout", () =>
  Effect.gen(function* () {
    yield* Harness.withDemoServers
    const down = yield* FakeServer.make({})
    yield* down.kill
    yield* Harness.environment({
      MCP__MCP_SERVERS__DATABASE_MCP__URL: down.url,
      MCP__ORCHESTRATION__RETRY__ATTEMPTS: "1"
    })
    const { exitCode, stderr, stdout } = yield* Harness.run(["gather"])
    assert.strictEqual(exitCode, 3)
    assert.strictEqual(stdout, "")
    assert.match(stderr, /McpConnectionError: cannot connect to database_mcp at .* \(connect, Refused, 1 attempt\)\./)
    const json = yield* Harness.run(["gather", "--json"])
    const { error } = JSON.parse(json.stdout)
    assert.strictEqual(error._tag, "McpConnectionError")
    assert.strictEqual(error.server, "database_mcp")
  })
)

it.live("validate shows a row for every server, and takes the file as an argument", () =>
  Effect.gen(function* () {
    yield* Harness.withDemoServers
    const { exitCode, stdout } = yield* Harness.run(["validate", "mcp-config.yaml"])
    assert.strictEqual(exitCode, 0)
    assert.match(stdout, /product_metadata_mcp +yes +product-metadata-mcp 1\.0\.0 +\d{4}-\d\d-\d\d +3 /)
    assert.match(stdout, /database_mcp +yes +database-mcp .* takes sql /)
    assert.match(stdout, /database_mcp: 2 of 2 resources read, \d+ bytes\n {2}runs SQL with execute_query\(sql\)\n/)
    assert.match(stdout, /\n {2}4 tables +database_metadata\n/)
    assert.notInclude(stdout, "no table was found")
  })
)

it.live("validate --json has what was understood of every resource, and what all servers lack", () =>
  Effect.gen(function* () {
    yield* Harness.withDemoServers
    const whole = JSON.parse((yield* Harness.run(["validate", "--json"])).stdout)
    assert.deepStrictEqual([whole.valid, whole.shortcomings], [true, []])
    assert.deepStrictEqual(whole.servers[1].understood[0], {
      server: "database_mcp",
      uri: "database://metadata",
      name: "database_metadata",
      tables: 4,
      mappings: 0,
      entities: 0,
      text: false
    })
    const plain = yield* FakeServer.make({
      tools: [{ name: "execute_query", inputSchema: takesSql, reply: { content: [] } }]
    })
    yield* Harness.environment({
      MCP__MCP_SERVERS__DATABASE_MCP__URL: plain.url,
      MCP__MCP_SERVERS__DATABASE_MCP__INTROSPECTION: "never"
    })
    const { exitCode, stdout } = yield* Harness.run(["validate", "--json"])
    const lacking = JSON.parse(stdout)
    assert.deepStrictEqual([exitCode, lacking.valid], [0, true])
    assert.match(lacking.shortcomings.join("\n"), /^no table was found: a question cannot be answered/)
  })
)

it.live("validate --no-connect needs no server", () =>
  Effect.gen(function* () {
    const { exitCode, stdout } = yield* Harness.run(["validate", "--no-connect", "--json"])
    assert.strictEqual(exitCode, 0)
    assert.deepStrictEqual(JSON.parse(stdout).servers, ["product_metadata_mcp", "database_mcp"])
  })
)

it.live("validate of a server that does not offer what it declares ends with an error that says so", () =>
  Effect.gen(function* () {
    yield* Harness.withDemoServers
    const plain = yield* FakeServer.make({ resources: [{ uri: "a://1", name: "one", text: "1" }] })
    yield* Harness.environment({ MCP__MCP_SERVERS__DATABASE_MCP__URL: plain.url })
    const { exitCode, stdout } = yield* Harness.run(["validate"])
    assert.notStrictEqual(exitCode, 0)
    assert.match(stdout, /database_mcp +no /)
    assert.match(stdout, /declares execute_query/)
  })
)

it.live("a missing configuration ends with 2 and the absolute path that was tried", () =>
  Effect.gen(function* () {
    const { exitCode, stderr } = yield* Harness.run(["gather", "--config", "nowhere.yaml"])
    assert.strictEqual(exitCode, 2)
    assert.match(stderr, new RegExp(`${process.cwd()}/nowhere\\.yaml`))
    assert.match(stderr, /named by --config[\s\S]*Check the path given by --config\. mcp-orchestrator init writes one/)
    const argument = yield* Harness.run(["validate", "nowhere.yaml"])
    assert.match(argument.stderr, /named by the argument/)
  })
)

it.live("a wrong option ends with 2, with help on stderr and as JSON if that was asked", () =>
  Effect.gen(function* () {
    const human = yield* Harness.run(["gather", "--jason"])
    assert.strictEqual(human.exitCode, 2)
    assert.strictEqual(human.stdout, "")
    assert.match(human.stderr, /--jason[\s\S]*Try: mcp-orchestrator gather --help/)
    const json = yield* Harness.run(["gather", "--json", "--nope"])
    assert.strictEqual(JSON.parse(json.stdout).error._tag, "UsageError")
  })
)

it.live("--help and --version are results", () =>
  Effect.gen(function* () {
    const help = yield* Harness.run(["--help"])
    assert.strictEqual(help.exitCode, 0)
    for (const command of [
      "validate",
      "gather",
      "resolve",
      "query",
      "vocabulary",
      "health",
      "config",
      "logs",
      "demo"
    ]) {
      assert.include(help.stdout, command)
    }
    const version = yield* Harness.run(["--version"])
    assert.match(version.stdout, /\d+\.\d+\.\d+/)
  })
)

it.live("config show names the source of every value and masks secrets", () =>
  Effect.gen(function* () {
    yield* Harness.environment({
      MCP__MCP_SERVERS__DATABASE_MCP__HEADERS__AUTHORIZATION: "Bearer canary-1234567890",
      MCP__ORCHESTRATION__GATHER_TIMEOUT: "7 seconds"
    })
    const { exitCode, stderr, stdout } = yield* Harness.run(["config", "show"])
    assert.strictEqual(exitCode, 0)
    assert.match(stdout, /orchestration\.gather_timeout +7 seconds +MCP__ORCHESTRATION__GATHER_TIMEOUT/)
    assert.match(stdout, /mcp_servers\.database_mcp\.priority +10 +line \d+/)
    assert.notInclude(stdout + stderr, "canary-1234567890")
    const json = yield* Harness.run(["config", "show", "--json"])
    assert.isArray(JSON.parse(json.stdout).values)
  })
)

it.live("config schema is the JSON Schema of the file", () =>
  Effect.gen(function* () {
    const { stdout } = yield* Harness.run(["config", "schema"])
    assert.match(JSON.parse(stdout).$schema, /json-schema\.org/)
  })
)

it.live("logs summary counts the events of a run, and draws one request", () =>
  Effect.gen(function* () {
    const summary = yield* Harness.run(["logs", "summary", "test/cli/fixtures/run.ndjson"])
    assert.strictEqual(summary.exitCode, 0)
    assert.match(summary.stdout, /resource_gathering_completed/)
    const json = yield* Harness.run(["logs", "summary", "--json", "test/cli/fixtures/run.ndjson"])
    assert.isObject(JSON.parse(json.stdout))
    const bars = yield* Harness.run([
      "logs",
      "summary",
      "test/cli/fixtures/run.ndjson",
      "--waterfall",
      "a43ee4c54cee1ac952b2777526330c71"
    ])
    assert.match(bars.stdout, /█/)
    const missing = yield* Harness.run(["logs", "summary", "nowhere.ndjson"])
    assert.strictEqual(missing.exitCode, 2)
  })
)

it.live("the demo logs if it is asked to", () =>
  Effect.gen(function* () {
    const { exitCode, stderr } = yield* Harness.run(["demo", "--log-level", "debug", "--json-logs"])
    assert.strictEqual(exitCode, 0)
    assert.include(stderr, '"event":"resource_fetch_completed"')
  })
)

it.live("the demo answers its questions and says which names it recognised", () =>
  Effect.gen(function* () {
    const { exitCode, stderr, stdout } = yield* Harness.run(["demo"])
    assert.strictEqual(exitCode, 0)
    assert.notInclude(stderr, "resource_gathering")
    assert.strictEqual(stdout.match(/^── /gm)?.length, 3)
    assert.match(stdout, /product_metadata_mcp \(priority 1\)/)
    assert.match(
      stdout,
      /AeroBuds Pro +AeroBuds Pro +product_metadata_mcp \(priority 1\) +exact 1\.00 +database_mcp \(exact/
    )
    assert.strictEqual(stdout.match(/rows? from database_mcp/g)?.length, 3)
  })
)

describe("a configuration that is no regular file is refused at once", () => {
  const commands: ReadonlyArray<ReadonlyArray<string>> = [
    ["validate", "--no-connect"],
    ["validate"],
    ["gather"],
    ["resolve", "x"],
    ["query", "x"],
    ["vocabulary"],
    ["health"],
    ["config", "show"]
  ]
  for (const command of commands) {
    it.live(`by ${command.join(" ")}: a pipe that nobody writes to`, () =>
      Effect.gen(function* () {
        const directory = yield* Effect.provide(
          Effect.flatMap(FileSystem.FileSystem, (fs) => fs.makeTempDirectoryScoped()),
          NodeServices.layer
        )
        execFileSync("mkfifo", [`${directory}/fifo`])
        const { exitCode, stderr } = yield* Harness.run([...command, "--config", `${directory}/fifo`])
        assert.strictEqual(exitCode, 2)
        assert.include(stderr, `${directory}/fifo: error: this is a pipe, not a regular file (named by --config)`)
      })
    )
  }
})
