/** What a command loads: what serves is loaded by `serve` alone. */
import { assert, it } from "@effect/vitest"
import { Effect } from "effect"
import { execFile } from "node:child_process"
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import * as FakeServer from "../../src/testing/FakeServer.ts"
import { question, shop } from "../http/Served.ts"

const root = fileURLToPath(new URL("../../", import.meta.url))

/** The modules of `src` that a run of the command has loaded, as V8 itself counts them for its coverage. */
const loadedBy = Effect.fnUntraced(function* (...args: ReadonlyArray<string>) {
  const folder = yield* Effect.acquireRelease(
    Effect.sync(() => mkdtempSync(join(tmpdir(), "loaded-"))),
    (path) => Effect.sync(() => rmSync(path, { recursive: true }))
  )
  const server = yield* FakeServer.make(shop)
  const config = join(folder, "mcp-config.yaml")
  writeFileSync(config, JSON.stringify(FakeServer.orchestratorConfig([server])))
  const coverage = join(folder, "coverage")
  yield* Effect.callback<void>((resume) => {
    const env = { PATH: process.env["PATH"], NODE_V8_COVERAGE: coverage }
    execFile(process.execPath, [`${root}src/main.ts`, ...args, "--config", config], { env }, () => resume(Effect.void))
  })
  const text = readdirSync(coverage)
    .map((file) => readFileSync(join(coverage, file), "utf8"))
    .join("")
  const modules = [...text.matchAll(/"url":"file:\/\/[^"]*?\/(src\/[^"]+\.ts|node_modules\/[^"]+)"/g)]
  return modules.map(([, path = ""]) => path)
})

/** The parsers, and what loads them. */
const secondWall = /sqlite3-parser|libpg-query|sqlparser|^src\/guard\/(?:TwoWalls|\w+Wall|Mysql\w+)\.ts$/

for (const args of [["gather"], ["query", question]]) {
  it.live(`${args[0]} loads nothing of the HTTP API, of the MCP server, and of what they rest on`, () =>
    Effect.gen(function* () {
      const modules = yield* loadedBy(...args)
      assert.include(modules, "src/cli/Cli.ts")
      assert.deepStrictEqual(
        modules.filter((path) =>
          /^src\/(?:http|mcp)\/|effect\/src\/http-api\/|effect\/dist\/http-api\/|HttpServer|HttpRouter|sdk\/dist\/esm\/server\/(?:index|sse)\.js/.test(
            path
          )
        ),
        []
      )
      const guard = modules.filter((path) => secondWall.test(path))
      // Whoever asks a question pays for it; whoever only gathers does not.
      if (args[0] === "gather") assert.deepStrictEqual(guard, [])
      else
        assert.isTrue(
          ["src/guard/TwoWalls.ts", "node_modules/sqlite3-parser"].every((path) =>
            guard.some((one) => one.startsWith(path))
          )
        )
    })
  )
}
