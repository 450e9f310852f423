/** `init` as it asks at a terminal: its few questions typed in tmux, and what stands in the file afterwards. */
import { NodeServices } from "@effect/platform-node"
import { assert, it } from "@effect/vitest"
import { Effect, FileSystem } from "effect"
import { spawnSync } from "node:child_process"
import * as FakeServer from "../../src/testing/FakeServer.ts"
import { root } from "./Command.ts"
import * as Screen from "./Screen.ts"

const name = "init writes a configuration from a few questions, and ends with what validate says of it"

if (spawnSync("tmux", ["-V"]).error !== undefined) it.skip(`${name} (skipped: there is no tmux here)`)
else {
  it.live(name, () =>
    Effect.gen(function* () {
      const fs = yield* FileSystem.FileSystem
      const home = yield* fs.makeTempDirectoryScoped()
      const words = yield* FakeServer.make({
        resources: [{ uri: "words://aliases", name: "product aliases", json: { band: ["fitness band"] } }]
      })
      const screen = yield* Screen.make(home, `init-${process.pid}`)
      const init = (file: string) => `${process.execPath} ${root}src/main.ts init ${file}`

      yield* screen.start(init("one.yaml"), "The address of an MCP server")
      assert.include(yield* screen.start("ftp://x", "http or https"), "the scheme must be http or https")
      // What was typed is still there, to be mended.
      yield* screen.start(`\u0015${words.url}`, "Its name")
      // What the server calls itself is there already, to be taken or changed.
      yield* screen.start("\u0015names", "The next one")
      const written = yield* screen.type("")
      assert.match(written, /Wrote \S+\/one\.yaml with 1 server\./)
      assert.match(written, /\S+\/one\.yaml is valid/)
      const text = yield* fs.readFileString(`${home}/one.yaml`)
      assert.match(text, /^ {2}names:\n[^]*capabilities: \["list_resources"\]/m)

      yield* screen.start(init("two.yaml"), "The address of an MCP server")
      yield* screen.start("http://127.0.0.1:1/sse", "Its name")
      yield* screen.start("shop", "If it wants a token")
      yield* screen.start("SHOP_TOKEN", "The next one")
      const doubtful = yield* screen.type("")
      assert.match(doubtful, /Set these variables:\n {2}SHOP_TOKEN/)
      assert.match(doubtful, /Then: mcp-orchestrator validate \S+\/two\.yaml/)
      assert.include(yield* fs.readFileString(`${home}/two.yaml`), "Bearer ${SHOP_TOKEN}")
    }).pipe(Effect.provide(NodeServices.layer))
  )
}
