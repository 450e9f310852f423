import { assert, describe, it } from "@effect/vitest"
import { Effect, Redacted } from "effect"
import * as ConfigLoader from "../../../src/config/ConfigLoader.ts"
import { line } from "../loading.ts"

const main = {
  name: "Main",
  url: "http://main.example/sse",
  priority: 1,
  domains: ["things"],
  capabilities: ["list_resources"],
  transport: "sse"
}

const problemsOf = (value: unknown) =>
  Effect.flatMap(Effect.flip(ConfigLoader.fromUnknown(value)), (error) =>
    error._tag === "ConfigError" ? Effect.succeed(error.problems.map(line)) : Effect.die(error)
  )

describe("a configuration given as a value", () => {
  it.effect("is decoded like the file, without a file and without expanding anything", () =>
    Effect.gen(function* () {
      const config = yield* ConfigLoader.fromUnknown({
        mcp_servers: {
          main: { ...main, name: "${HOME}", headers: { A: "b" }, ca_file: "/ca.pem", enabled: undefined }
        },
        orchestration: { request_timeout: "1 second" }
      })
      const [server] = config.servers
      assert.strictEqual(config.file, "")
      assert.strictEqual(server?.name, "${HOME}")
      assert.strictEqual(server?.caFile, "/ca.pem")
      assert.strictEqual(Redacted.value(server?.headers["A"] ?? Redacted.make("")), "b")
    })
  )

  it.effect("has all of its problems in one report, without places", () =>
    Effect.gen(function* () {
      const problems = yield* problemsOf({ mcp_servers: { main: { ...main, prioritty: 1, priority: 0 } } })
      assert.sameMembers(problems, [
        '-:- mcp_servers.main.prioritty: unknown key "prioritty"; did you mean "priority"?',
        "-:- mcp_servers.main.priority: expected a whole number from 1 to 999, found the number 0"
      ])
    })
  )

  it.effect("without an enabled server is a NoMcpAvailableError", () =>
    Effect.gen(function* () {
      const error = yield* Effect.flip(ConfigLoader.fromUnknown({ mcp_servers: { main: { ...main, enabled: false } } }))
      assert.strictEqual(error._tag, "NoMcpAvailableError")
    })
  )

  it.effect("must name its ca_file absolutely", () =>
    Effect.gen(function* () {
      const [problem] = yield* problemsOf({ mcp_servers: { main: { ...main, ca_file: "ca.pem" } } })
      assert.include(problem, "absolute path")
    })
  )

  const cyclic: Record<string, unknown> = { mcp_servers: { main } }
  cyclic["orchestration"] = cyclic
  const odd: ReadonlyArray<readonly [string, unknown, string]> = [
    ["undefined", undefined, "plain values"],
    ["a function", () => 1, "plain values"],
    [
      "a function inside",
      { mcp_servers: { main: { ...main, name: () => 1 } } },
      "mcp_servers.main.name: expected plain values"
    ],
    [
      "a bigint inside",
      { mcp_servers: { main: { ...main, priority: 1n } } },
      "mcp_servers.main.priority: expected plain values"
    ],
    ["a list", [], "found an empty list"],
    ["a cycle", cyclic, "unknown key"],
    ["a key __proto__", JSON.parse('{"mcp_servers":{},"__proto__":{"x":1}}'), "__proto__"]
  ]
  for (const [name, value, words] of odd) {
    it.effect(`of ${name} is refused`, () =>
      Effect.gen(function* () {
        const problems = yield* problemsOf(value)
        assert.include(problems.join("\n"), words)
      })
    )
  }
})
