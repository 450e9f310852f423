/** `-` is stdin, wherever a command reads a text. */
import * as NodeServices from "@effect/platform-node/NodeServices"
import { assert, it } from "@effect/vitest"
import { Effect, FileSystem } from "effect"
import { spawnSync } from "node:child_process"
import { inject } from "vitest"

const run = (args: ReadonlyArray<string>, input: string) =>
  spawnSync(process.execPath, [inject("runner"), ...args], { input, encoding: "utf8" })

it("logs summary reads it with - and without a file", () => {
  const line = `app-1  | ${JSON.stringify({ timestamp: "2026-11-26T10:00:00Z", level: "INFO", event: "config_loaded" })}\n`
  for (const args of [["-"], []]) {
    const { status, stdout } = run(["logs", "summary", "--json", ...args], line)
    assert.strictEqual(status, 0)
    assert.strictEqual(JSON.parse(stdout).events[0].event, "config_loaded")
  }
})

it.live("init takes another client's configuration from it", () =>
  Effect.gen(function* () {
    const fs = yield* FileSystem.FileSystem
    const file = `${yield* fs.makeTempDirectoryScoped()}/mcp.yaml`
    const from = JSON.stringify({ mcpServers: { one: { type: "sse", url: "http://localhost:1/sse" } } })
    const { status, stdout } = run(["init", file, "--from", "-", "--no-connect"], from)
    assert.strictEqual(status, 0)
    assert.match(stdout, /is valid: one/)
    assert.include(yield* fs.readFileString(file), 'url: "http://localhost:1/sse"')
  }).pipe(Effect.scoped, Effect.provide(NodeServices.layer))
)

it.live("whatever else has that name", () =>
  Effect.gen(function* () {
    const fs = yield* FileSystem.FileSystem
    const cwd = yield* fs.makeTempDirectoryScoped()
    yield* fs.makeDirectory(`${cwd}/-`)
    const line = JSON.stringify({ timestamp: "2026-11-26T10:00:00Z", level: "INFO", event: "config_loaded" })
    const main = inject("runner")
    const args = ["logs", "summary", "-", "--json"]
    const { status, stdout } = spawnSync(process.execPath, [main, ...args], { cwd, input: line, encoding: "utf8" })
    assert.strictEqual(status, 0)
    assert.strictEqual(JSON.parse(stdout).events[0].event, "config_loaded")
  }).pipe(Effect.scoped, Effect.provide(NodeServices.layer))
)

it("a question that is empty is a slip of the pen", () => {
  const { status, stderr } = run(["query", "-"], " \n")
  assert.deepStrictEqual([status, stderr.trim().split("\n").at(-1)], [2, "ask a question, in quotes"])
})
