/** `init` over real sockets: what it writes, what it says, and what it never does. */
import * as NodeServices from "@effect/platform-node/NodeServices"
import { assert, it } from "@effect/vitest"
import { Effect, FileSystem } from "effect"
import * as FakeServer from "../../../src/testing/FakeServer.ts"
import * as Harness from "../Harness.ts"

const withDirectory = <A, E, R>(use: (directory: string, fs: FileSystem.FileSystem) => Effect.Effect<A, E, R>) =>
  Effect.gen(function* () {
    const fs = yield* FileSystem.FileSystem
    return yield* use(yield* fs.makeTempDirectoryScoped(), fs)
  }).pipe(Effect.scoped, Effect.provide(NodeServices.layer))

const takesSql = { type: "object", properties: { sql: { type: "string" } }, required: ["sql"] }
const words = { resources: [{ uri: "words://aliases", name: "product aliases", json: { band: ["fitness band"] } }] }
const database = {
  tools: [{ name: "read_query", description: "Runs SQL on PostgreSQL", inputSchema: takesSql, reply: { content: [] } }]
}

it.live("from URLs it writes what the servers say of themselves, and validates it", () =>
  withDirectory((directory, fs) =>
    Effect.gen(function* () {
      const [sql, names] = [yield* FakeServer.make(database), yield* FakeServer.make(words)]
      const file = `${directory}/mcp.yaml`
      const init = ["init", file, "--server", `shop=${sql.url}`, "--server", `names=${names.url}`]
      const { exitCode, stderr, stdout } = yield* Harness.run(init)
      const text = yield* fs.readFileString(file)
      // The server that publishes words comes first, and its names win.
      assert.match(text, /names:[^]*priority: 10 [^]*capabilities: \["list_resources"\][^]*shop:/)
      assert.match(text, /shop:[^]*priority: 20\n[^]*capabilities: \["execute_query"\][^]*dialect: "postgres"/)
      assert.match(text, /domains: \["product_aliases"\]/)
      assert.include(stdout, `Wrote ${file} with 2 servers.`)
      // The fake database does not answer when it is asked for its schema, which only validating finds out.
      assert.include(stdout, `${file} can be read, but shop is not as it says`)
      assert.strictEqual(exitCode, 4, stderr)
    })
  )
)

it.live("of the demo's servers it writes what a question can be asked of", () =>
  withDirectory((directory) =>
    Effect.gen(function* () {
      const { databaseUrl, productUrl } = yield* Harness.withDemoServers
      const file = `${directory}/mcp.yaml`
      const { exitCode, stdout } = yield* Harness.run(["init", file, "--server", databaseUrl, "--server", productUrl])
      assert.strictEqual(exitCode, 0)
      assert.include(stdout, `${file} is valid`)
      const answer = yield* Harness.run([
        "query",
        "top 3 products by revenue",
        "--config",
        file,
        "--format",
        "csv",
        "-q"
      ])
      assert.lengthOf(answer.stdout.trimEnd().split("\n"), 4)
    })
  )
)

it.live("an existing file is overwritten only with --force", () =>
  withDirectory((directory, fs) =>
    Effect.gen(function* () {
      const file = `${directory}/mcp.yaml`
      yield* fs.writeFileString(file, "mine")
      const init = ["init", file, "--server", "http://localhost:1/sse", "--no-connect"]
      const refused = yield* Harness.run(init)
      assert.strictEqual(refused.exitCode, 2)
      assert.strictEqual(refused.stderr, `${file} exists already: name another file, or overwrite it with --force\n`)
      assert.strictEqual(yield* fs.readFileString(file), "mine")
      assert.strictEqual((yield* Harness.run([...init, "--force"])).exitCode, 0)
      assert.include(yield* fs.readFileString(file), 'url: "http://localhost:1/sse"')
    })
  )
)

it.live("from another client's file secrets are asked of the environment, and never written or shown", () =>
  withDirectory((directory, fs) =>
    Effect.gen(function* () {
      const server = yield* FakeServer.make(words)
      const from = `${directory}/mcp.json`
      const mcpServers = {
        names: { type: "sse", url: `${server.url}?api_key=canary-1`, headers: { Authorization: "Bearer canary-2" } },
        files: { command: "npx", env: { TOKEN: "canary-3" } },
        unsaid: { url: "http://localhost:1/mcp" }
      }
      yield* fs.writeFileString(from, JSON.stringify({ mcpServers }))
      const file = `${directory}/mcp.yaml`
      const { exitCode, stderr, stdout } = yield* Harness.run(["init", file, "--from", from])
      const text = yield* fs.readFileString(file)
      assert.strictEqual(exitCode, 0)
      assert.notMatch(text + stdout + stderr, /canary/)
      assert.match(text, /It offers 1 resource/)
      assert.match(text, /unsaid:[^]*enabled: false/)
      assert.match(stdout, /unsaid is disabled:/)
      assert.match(stdout, /Left out:\n {2}files: stdio/)
      assert.match(stdout, /Set these variables:\n {2}NAMES_TOKEN\n {2}NAMES_API_KEY|NAMES_API_KEY\n {2}NAMES_TOKEN/)
      assert.match(stdout, /Then: mcp-orchestrator validate/)
      yield* Harness.environment({ NAMES_TOKEN: "canary-2", NAMES_API_KEY: "canary-1" })
      assert.strictEqual((yield* Harness.run(["validate", file])).exitCode, 0)
      const sent = yield* server.requests
      assert.isAbove(sent.length, 0)
    })
  )
)

it.live("nothing is written where there is nothing to write, and the reasons are told", () =>
  withDirectory((directory, fs) =>
    Effect.gen(function* () {
      const from = `${directory}/config.toml`
      yield* fs.writeFileString(from, '[mcp_servers.files]\ncommand = "npx"\n')
      const file = `${directory}/mcp.yaml`
      const { exitCode, stderr } = yield* Harness.run(["init", file, "--from", from])
      assert.strictEqual(exitCode, 2)
      assert.match(stderr, /nothing was written\nfiles: stdio/)
      assert.isFalse(yield* fs.exists(file))
      const nothing = yield* Harness.run(["init", file])
      assert.match(nothing.stderr, /--server URL, or the file of another client with --from FILE/)
      const missing = yield* Harness.run(["init", file, "--from", `${directory}/no.json`])
      assert.match(missing.stderr, /no\.json cannot be read: there is no such file or directory/)
      const nowhere = yield* Harness.run([
        "init",
        `${directory}/no/mcp.yaml`,
        "--server",
        "http://h/sse",
        "--no-connect"
      ])
      assert.match(nowhere.stderr, /cannot be written: there is no such file or directory/)
    })
  )
)

it.live("a variable that is set to nothing names no file", () =>
  Effect.gen(function* () {
    yield* Harness.environment({ MCP_CONFIG: "" })
    const { exitCode, stderr } = yield* Harness.run(["init", "--server", "http://localhost:1/sse"])
    assert.match(stderr, /[/\\]mcp-config\.yaml exists already/)
    assert.strictEqual(exitCode, 2)
  })
)
