/** A package that only some need, and that is not there: what is to be done is told before any server is asked. */
import { NodeServices } from "@effect/platform-node"
import { assert, it } from "@effect/vitest"
import { Effect, FileSystem } from "effect"
import { vi } from "vitest"
import * as Harness from "./Harness.ts"

vi.mock("../../src/InstalledPackage.ts", () => ({ isInstalled: (name: string) => name !== "redis" }))

const configuration = {
  mcp_servers: {
    shop: {
      name: "Shop",
      url: "http://127.0.0.1:1/sse",
      priority: 1,
      domains: ["products"],
      capabilities: ["list_resources"],
      transport: "sse"
    }
  },
  server: { limits_store: "redis://:hunter22hunter22@127.0.0.1:1" }
}

it.live("limits_store without the package redis ends with 2, the key, and how to install it", () =>
  Effect.gen(function* () {
    const fs = yield* FileSystem.FileSystem
    const file = `${yield* fs.makeTempDirectoryScoped()}/mcp.yaml`
    yield* fs.writeFileString(file, JSON.stringify(configuration))
    for (const command of [["health"], ["serve", "--port", "0"]]) {
      const { exitCode, stderr, stdout } = yield* Harness.run([...command, "--config", file, "-q"])
      assert.deepStrictEqual([exitCode, stdout], [2, ""], command.join(" "))
      assert.include(stderr, file)
      assert.match(stderr, /server\.limits_store: .*the package redis, is not installed/)
      assert.match(stderr, /Install it beside this program: npm install redis\./)
      assert.notInclude(stderr, "hunter22")
    }
    const { stdout } = yield* Harness.run(["health", "--config", file, "--json", "-q"])
    const { error } = JSON.parse(stdout)
    assert.deepStrictEqual([error._tag, error.problems[0].path], ["ConfigError", "server.limits_store"])
  }).pipe(Effect.scoped, Effect.provide(NodeServices.layer))
)
