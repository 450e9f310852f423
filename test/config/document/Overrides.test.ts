import { assert, describe, it } from "@effect/vitest"
import { Effect, Redacted } from "effect"
import { document, loadText, problemsOf, server } from "../loading.ts"

const load = (env: Readonly<Record<string, string>>, text = document()) =>
  loadText(text, { env }).pipe(Effect.map(({ config }) => config))

const two = `mcp_servers:\n${server("db-main", { headers: "{ X-Api-Key: a }" })}\n${server("db-main__copy", { priority: "2" })}\n`

describe("an override", () => {
  it.effect("replaces a value of the file", () =>
    Effect.gen(function* () {
      const config = yield* load({ MCP__MCP_SERVERS__MAIN__URL: "http://other/sse" })
      assert.strictEqual(config.servers[0]?.url.reveal().href, "http://other/sse")
    })
  )

  it.effect("gives a value that the file leaves out, in any case", () =>
    Effect.gen(function* () {
      const config = yield* load({ mcp__Orchestration__LOG_level: "error", MCP__ORCHESTRATION__RETRY__ATTEMPTS: "7" })
      assert.strictEqual(config.logLevel, "ERROR")
      assert.strictEqual(config.retry.attempts, 7)
    })
  )

  it.effect("of a list is words between commas or YAML's flow form", () =>
    Effect.gen(function* () {
      const config = yield* load({
        MCP__MCP_SERVERS__MAIN__DOMAINS: "a, b",
        MCP__MCP_SERVERS__MAIN__CAPABILITIES: '["c, d", e]'
      })
      assert.deepStrictEqual(config.servers[0]?.domains, ["a", "b"])
      assert.deepStrictEqual(config.servers[0]?.capabilities, ["c, d", "e"])
    })
  )

  it.effect("of a table replaces it, and one of a value in it comes after", () =>
    Effect.gen(function* () {
      const config = yield* load({
        MCP__ORCHESTRATION__RETRY__FACTOR: "3",
        MCP__ORCHESTRATION__RETRY: "{ attempts: 9 }",
        MCP__MCP_SERVERS__MAIN__RATE_LIMIT: "null"
      })
      assert.strictEqual(config.retry.attempts, 9)
      assert.strictEqual(config.retry.factor, 3)
      assert.isNull(config.servers[0]?.rateLimit)
    })
  )

  it.effect("finds ids with dashes and with __, and header names with dashes", () =>
    Effect.gen(function* () {
      const config = yield* load(
        {
          MCP__MCP_SERVERS__DB_MAIN__NAME: "one",
          MCP__MCP_SERVERS__DB_MAIN__COPY__NAME: "two",
          MCP__MCP_SERVERS__DB_MAIN__HEADERS__X_API_KEY: "b",
          MCP__MCP_SERVERS__DB_MAIN__HEADERS__X_TENANT: "c"
        },
        two
      )
      assert.deepStrictEqual(
        config.servers.map(({ id, name }) => [id, name]),
        [
          ["db-main", "one"],
          ["db-main__copy", "two"]
        ]
      )
      const headers = Object.entries(config.servers[0]?.headers ?? {}).map(([name, value]) => [
        name,
        Redacted.value(value)
      ])
      assert.deepStrictEqual(headers, [
        ["X-Api-Key", "b"],
        ["x-tenant", "c"]
      ])
    })
  )

  it.effect("is not expanded, and stays a text where one is wanted", () =>
    Effect.gen(function* () {
      const config = yield* load({ MCP__MCP_SERVERS__MAIN__NAME: "${HOME} 5" })
      assert.strictEqual(config.servers[0]?.name, "${HOME} 5")
    })
  )

  it.effect("works over a file without the section", () =>
    Effect.gen(function* () {
      const config = yield* load(
        { MCP__ORCHESTRATION__QUERY__DIALECT: "mysql" },
        document().replace(/orchestration[^]*/, "")
      )
      assert.strictEqual(config.query.dialect, "mysql")
    })
  )

  const refused: ReadonlyArray<readonly [string, Readonly<Record<string, string>>, string, string]> = [
    ["of an unknown key", { MCP__ORCHESTRATION__LOGLEVEL: "INFO" }, "-:- orchestration: ", "did you mean LOG_LEVEL?"],
    ["of an unknown section", { MCP__ORCHESTRATOR__LOG_LEVEL: "INFO" }, "-:- : ", "did you mean ORCHESTRATION?"],
    [
      "of an unknown server",
      { MCP__MCP_SERVERS__MIAN__URL: "x" },
      "-:- mcp_servers: ",
      'no server "mian" in mcp_servers; did you mean MAIN?'
    ],
    ["of a server unlike any", { MCP__MCP_SERVERS__ZZZZZZ__URL: "x" }, "-:- mcp_servers: ", "there are main"],
    ["of nothing", { MCP__: "x" }, "-:- : ", "MCP__ overrides nothing"],
    ["inside a value", { MCP__ORCHESTRATION__LOG_LEVEL__X: "x" }, "-:- orchestration.log_level: ", "single value"],
    [
      "inside a list",
      { MCP__MCP_SERVERS__MAIN__DOMAINS__0: "x" },
      "-:- mcp_servers.main.domains: ",
      "override it as a whole"
    ],
    [
      "of a wrong kind",
      { MCP__MCP_SERVERS__MAIN__PRIORITY: "high" },
      "-:- mcp_servers.main.priority: ",
      'found the text "high" from MCP__MCP_SERVERS__MAIN__PRIORITY'
    ],
    [
      "of a broken list",
      { MCP__MCP_SERVERS__MAIN__DOMAINS: "[a" },
      "-:- mcp_servers.main.domains: ",
      "at least one domain"
    ],
    ["of an empty list", { MCP__MCP_SERVERS__MAIN__DOMAINS: "" }, "-:- mcp_servers.main.domains: ", "an empty list"],
    [
      "of a password in a URL",
      { MCP__MCP_SERVERS__MAIN__URL: "http://u:hunter2@h/" },
      "-:- mcp_servers.main.url: ",
      "user name or password"
    ],
    [
      "of a header that HTTP cannot carry",
      { MCP__MCP_SERVERS__MAIN__HEADERS__A: "hunter2\n" },
      "-:- mcp_servers.main.headers.a: ",
      "(not shown)"
    ]
  ]
  for (const [name, env, start, words] of refused) {
    it.effect(`${name} is refused`, () =>
      Effect.gen(function* () {
        const problems = yield* problemsOf(document(), { env })
        assert.strictEqual(problems.length, 1, problems.join("\n"))
        assert.isTrue(problems[0]?.startsWith(start), problems[0])
        assert.include(problems[0], words)
        assert.notInclude(problems[0], "hunter2")
      })
    )
  }

  it.effect("given twice in different cases is refused", () =>
    Effect.gen(function* () {
      const env = { MCP__ORCHESTRATION__LOG_LEVEL: "INFO", mcp__orchestration__log_level: "DEBUG" }
      const problems = yield* problemsOf(document(), { env })
      assert.strictEqual(problems.length, 1)
      assert.include(
        problems[0],
        "mcp__orchestration__log_level and MCP__ORCHESTRATION__LOG_LEVEL override the same value"
      )
    })
  )

  it.effect("by the option --log-level wins over the environment", () =>
    Effect.gen(function* () {
      const options = { env: { MCP__ORCHESTRATION__LOG_LEVEL: "INFO" }, overrides: { logLevel: "error" } }
      const { config, sources } = yield* loadText(document(), options)
      assert.strictEqual(config.logLevel, "ERROR")
      assert.deepStrictEqual(sources.get("orchestration.log_level"), { kind: "option", option: "--log-level" })
      const [problem] = yield* problemsOf(document(), { overrides: { logLevel: "LOUD" } })
      assert.include(problem, 'found the text "LOUD" from --log-level')
    })
  )
})
