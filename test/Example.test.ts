import { assert, it } from "@effect/vitest"
import { Effect } from "effect"
import { execFile } from "node:child_process"
import { fileURLToPath } from "node:url"
import * as DemoServers from "../src/demo/DemoServers.ts"
import { FakeServer } from "../src/testing/index.ts"

const root = fileURLToPath(new URL("..", import.meta.url))

/** Runs the example as its reader would, against servers at these URLs. */
const run = (productUrl: string, databaseUrl: string) =>
  Effect.callback<{ readonly exitCode: number; readonly stdout: string; readonly stderr: string }>((resume) => {
    const child = execFile(
      process.execPath,
      ["--conditions=effect-mcp-orchestrator-source", "examples/top-products.ts"],
      {
        cwd: root,
        env: {
          PATH: process.env["PATH"],
          MCP__MCP_SERVERS__PRODUCT_METADATA_MCP__URL: productUrl,
          MCP__MCP_SERVERS__DATABASE_MCP__URL: databaseUrl,
          MCP__ORCHESTRATION__RETRY__BASE_DELAY: "1 millis"
        }
      },
      (_error, stdout, stderr) => resume(Effect.succeed({ exitCode: child.exitCode ?? -1, stdout, stderr }))
    )
    return Effect.sync(() => child.kill())
  })

const demo = DemoServers.start({ productPort: 0, databasePort: 0, host: "127.0.0.1" })

it.live("the example app reports the top products and ends by itself", () =>
  Effect.gen(function* () {
    const { databaseUrl, productUrl } = yield* demo
    const { exitCode, stderr, stdout } = yield* run(productUrl, databaseUrl)
    assert.deepStrictEqual([exitCode, stderr], [0, ""])
    const lines = stdout.trimEnd().split("\n")
    assert.strictEqual(lines.length, 4)
    for (const [index, line] of lines.slice(0, 3).entries()) {
      assert.match(line, new RegExp(`^${index + 1}\\. \\w.*: [\\d.]+$`))
    }
    assert.match(lines[3] ?? "", /^All products: [\d.]+$/)
  })
)

it.live("the example app says which server is down", () =>
  Effect.gen(function* () {
    const { productUrl } = yield* demo
    const down = yield* FakeServer.make()
    yield* down.kill
    const { exitCode, stderr, stdout } = yield* run(productUrl, down.url)
    assert.strictEqual(exitCode, 0)
    assert.match(stdout, /^No report: database_mcp is down \(Refused\)\. Start the server.*\n$/)
    assert.match(stderr, /"event":"retry_scheduled"/)
  })
)
