import { assert, describe, it } from "@effect/vitest"
import { Effect, Schema } from "effect"
import * as ConfigDiagnostics from "../../../src/config/diagnosis/ConfigDiagnostics.ts"
import { ConfigError, OrchestratorErrorJson } from "../../../src/OrchestratorError.ts"
import { document, loadText } from "../loading.ts"

const errorOf = (...parameters: Parameters<typeof loadText>) =>
  loadText(...parameters).pipe(
    Effect.flip,
    Effect.filterOrElse(
      (error) => error._tag === "ConfigError",
      (error) => Effect.die(error)
    )
  )

describe("the report", () => {
  it.effect("has a line a problem, and under it the line of the file with a caret", () =>
    Effect.gen(function* () {
      const error = yield* errorOf(document({ prioritty: "5", connect_timeout: "30s" }), {
        env: { MCP__ORCHESTRATION__LOG_LEVEL: "LOUD" }
      })
      assert.deepStrictEqual(ConfigDiagnostics.render(error, { color: false }).split("\n"), [
        '/etc/app/mcp-config.yaml orchestration.log_level: error: expected DEBUG, INFO, WARNING or ERROR, found the text "LOUD" from MCP__ORCHESTRATION__LOG_LEVEL',
        '/etc/app/mcp-config.yaml:9:5 mcp_servers.main.prioritty: error: unknown key "prioritty"; did you mean "priority"?',
        " 9 |     prioritty: ·",
        "   |     ^^^^^^^^^",
        '/etc/app/mcp-config.yaml:10:22 mcp_servers.main.connect_timeout: error: expected a duration from "1 milli" to "1 day", such as "5 seconds" or "200 millis", found the text "30s"; did you mean "30 seconds"?',
        " 10 |     connect_timeout: 30s",
        "    |                      ^^^",
        "",
        "3 errors. Mend these and try again; every key is described in docs/configuration.md."
      ])
    })
  )

  it.effect("is coloured for a terminal only", () =>
    Effect.gen(function* () {
      const error = yield* errorOf(document({ priority: "0" }))
      const colored = ConfigDiagnostics.render(error, { color: true })
      const plain = ConfigDiagnostics.render(error, { color: false })
      assert.include(colored, "\u001b[31merror\u001b[39m")
      assert.notInclude(plain, "\u001b")
      // eslint-disable-next-line no-control-regex
      assert.strictEqual(colored.replaceAll(/\u001b\[\d+m/g, ""), plain)
    })
  )

  it.effect("of warnings says so", () =>
    Effect.gen(function* () {
      const loaded = yield* loadText(document({ name: "x${EMPTY}" }), { env: { EMPTY: "" } })
      const report = ConfigDiagnostics.render({ file: loaded.config.file, problems: loaded.warnings }, { color: false })
      assert.include(report, "mcp_servers.main.name: warning: the environment variable EMPTY is set but empty")
      assert.isTrue(report.endsWith("\n1 warning"))
    })
  )

  it.effect("keeps the place in sight in a long line, under tabs and after emoji", () =>
    Effect.gen(function* () {
      const long = `{ name: "${"😀".repeat(60)}", priority: 0 }`
      const error = yield* errorOf(`mcp_servers:\n  main: ${long}\n`)
      const problem = error.problems.find(({ path }) => path.endsWith("priority"))
      const [line = "", carets = ""] = problem?.excerpt?.split("\n") ?? []
      assert.strictEqual(line.slice(carets.indexOf("^"), carets.length), "0")
    })
  )

  it.effect("carries no control characters of the file to the terminal", () =>
    Effect.gen(function* () {
      const error = yield* errorOf(
        `${document({ name: '"\\e[31m\\u202e"', priority: "0 # \u001b[2J" })}"\\e[2Jkey": 1\n`
      )
      const report = ConfigDiagnostics.render(error, { color: false })
      const required = yield* errorOf(document({ name: '"${NAME:?\\e[2J}"' }))
      assert.include(required.message, "NAME is not set: ·[2J")
      // eslint-disable-next-line no-control-regex
      assert.notMatch(report, /[\u0000-\u0009\u000b-\u001f\u202e]/)
    })
  )

  it.effect("for machines has what was found, what is expected, the nearest word and the variable", () =>
    Effect.gen(function* () {
      const error = yield* errorOf(document({ transport: "SSE" }), { env: { MCP__MCP_SERVERS__MAIN__PRIORITY: "0" } })
      const json = yield* Schema.encodeEffect(OrchestratorErrorJson)(error)
      assert.deepStrictEqual(JSON.parse(JSON.stringify(json)).problems, [
        {
          path: "mcp_servers.main.priority",
          message: "expected a whole number from 1 to 999, found the number 0 from MCP__MCP_SERVERS__MAIN__PRIORITY",
          line: null,
          column: null,
          severity: "error",
          found: "the number 0 from MCP__MCP_SERVERS__MAIN__PRIORITY",
          expected: "a whole number from 1 to 999",
          suggestion: null,
          variable: "MCP__MCP_SERVERS__MAIN__PRIORITY",
          excerpt: null
        },
        {
          path: "mcp_servers.main.transport",
          message: 'expected "sse", found the text "SSE"; did you mean "sse"?',
          line: 8,
          column: 16,
          severity: "error",
          found: 'the text "SSE"',
          expected: '"sse"',
          suggestion: "sse",
          variable: null,
          excerpt: "    transport: SSE\n               ^^^"
        }
      ])
      const decoded = yield* Schema.decodeUnknownEffect(OrchestratorErrorJson)(JSON.parse(JSON.stringify(json)))
      assert.instanceOf(decoded, ConfigError)
      assert.strictEqual(decoded.message, error.message)
    })
  )

  it.effect("ends after two hundred problems with the number of the others", () =>
    Effect.gen(function* () {
      const error = yield* errorOf(
        `${document()}${Array.from({ length: 300 }, (_, index) => `k${index}: 1`).join("\n")}\n`
      )
      assert.strictEqual(error.problems.length, 201)
      assert.strictEqual(error.problems[200]?.message, "and 100 more problems")
    })
  )
})
