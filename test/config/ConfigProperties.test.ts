import { assert, describe, it } from "@effect/vitest"
import { Cause, Effect, Exit, Redacted, Result, Schema } from "effect"
import * as Yaml from "yaml"
import * as ConfigDiagnostics from "../../src/config/diagnosis/ConfigDiagnostics.ts"
import * as ConfigLoader from "../../src/config/ConfigLoader.ts"
import * as ConfigShow from "../../src/config/ConfigShow.ts"
import type { OrchestratorConfig } from "../../src/config/OrchestratorConfig.ts"
import { OrchestratorErrorJson } from "../../src/OrchestratorError.ts"
import { documents, mistaken, random, shuffled, type Table } from "./generated.ts"
import { document, loadBytes, loadText } from "./loading.ts"

/** What two configurations must have in common to be the same: header values too, but not the file. */
const essence = (config: OrchestratorConfig) =>
  JSON.stringify({
    ...config,
    file: "",
    servers: config.servers.map((server) => ({
      ...server,
      headers: Object.entries(server.headers).map(([name, value]) => [name, Redacted.value(value)])
    }))
  })

/** Texts are taken as they are by `fromUnknown`, while a file must escape what looks like a variable. */
const toYaml = (value: unknown) => Yaml.stringify(value).replaceAll("${", () => "$${")

const runs = { arbitrary: { runs: 100, seed: "configuration" } }

describe("a valid configuration", () => {
  it.effect.prop(
    "is the same through YAML, through JSON and as a value",
    [documents],
    ([{ document }]) =>
      Effect.gen(function* () {
        const direct = essence(yield* ConfigLoader.fromUnknown(document))
        assert.strictEqual(essence((yield* loadText(toYaml(document))).config), direct)
        assert.strictEqual(
          essence((yield* loadText(JSON.stringify(document).replaceAll("${", () => "$${"))).config),
          direct
        )
      }),
    runs
  )

  it.effect.prop(
    "with overrides is the same in whatever order the file and the environment are",
    [documents],
    ([{ document, seed }]) =>
      Effect.gen(function* () {
        const next = random(seed)
        const ids = Object.keys(document.mcp_servers)
        const some = <A>(items: ReadonlyArray<A>) => items.filter(() => next(2) === 0)
        const env = Object.entries({
          ...Object.fromEntries(some(ids).map((id) => [`MCP__MCP_SERVERS__${id.toUpperCase()}__NAME`, `n${next(9)}`])),
          ...Object.fromEntries(some(ids).map((id) => [`mcp__mcp_servers__${id}__domains`, "[x, y]"])),
          MCP__ORCHESTRATION__RETRY: `{ attempts: ${1 + next(9)} }`,
          MCP__ORCHESTRATION__RETRY__FACTOR: String(1 + next(9))
        })
        const reordered = (value: Table): Table => Object.fromEntries(shuffled(Object.entries(value), next))
        const other = reordered({
          ...document,
          mcp_servers: reordered(
            Object.fromEntries(Object.entries(document.mcp_servers).map(([id, server]) => [id, reordered(server)]))
          )
        })
        const first = yield* loadText(toYaml(document), { env: Object.fromEntries(env) })
        const second = yield* loadText(toYaml(other), { env: Object.fromEntries(shuffled(env, next)) })
        assert.strictEqual(essence(first.config), essence(second.config))
      }),
    runs
  )
})

/** Like a token in that it cannot be a name: names of keys, servers and variables are told. */
const canary = "kanarien+vogel"
/** One that looks like a name. */
const word = "kanarienvogel"

const escaped = (server: Table): Table =>
  Object.fromEntries(Object.entries(server).map(([key, value]) => [key, escape(value)]))

const escape = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(escape)
  return typeof value === "string" ? value.replaceAll("${", () => "$${") : value
}

/** Secrets in every place where one may be. */
const withSecrets = (document: { readonly mcp_servers: { readonly [id: string]: Table } }): Table => ({
  ...document,
  mcp_servers: Object.fromEntries(
    Object.entries(document.mcp_servers).map(([id, server], index) => [
      id,
      {
        ...escaped(server),
        url: `http://h${index}.example/sse?api_key=${canary}1&page=2`,
        headers: {
          Authorization: `Bearer ${canary}2`,
          "X-Api-Key": "${MY_VARIABLE}",
          Cookie: `a=\${UNSET:-${canary}3}; b=\${MY_VARIABLE:?needed}`,
          "X-Long": `${canary}4\n  and ${canary}5`.replaceAll("\n", " ".repeat(70))
        }
      }
    ])
  )
})

const env = { MY_VARIABLE: `${canary}6`, MCP__MCP_SERVERS__NOBODY__HEADERS__A: `${canary}7` }

const encode = Schema.encodeSync(OrchestratorErrorJson)

const shownOf = (text: string, environment: Readonly<Record<string, string>>) =>
  Effect.map(Effect.result(loadText(text, { env: environment })), (result) => {
    if (Result.isSuccess(result)) {
      const { file } = result.success.config
      return ConfigDiagnostics.render({ file, problems: result.success.warnings }, { color: false })
    }
    const error = result.failure
    const rendered = error._tag === "ConfigError" ? ConfigDiagnostics.render(error, { color: true }) : ""
    return [rendered, error.message, String(error), JSON.stringify(encode(error))].join("\n")
  })

describe("a secret", () => {
  it.effect.prop(
    "is not in what is shown of a valid configuration",
    [documents],
    ([{ document }]) =>
      Effect.gen(function* () {
        const loaded = yield* loadText(Yaml.stringify(withSecrets(document)), { env: { MY_VARIABLE: `${canary}6` } })
        assert.notInclude(JSON.stringify(ConfigShow.effective(loaded)), canary)
        assert.notInclude(JSON.stringify(loaded.warnings), canary)
        const secrets = loaded.secrets.map(Redacted.value).join("\n")
        for (const number of [1, 2, 3, 6]) assert.include(secrets, `${canary}${number}`)
      }),
    runs
  )

  it.effect.prop(
    "is not in any diagnostic of a file with a mistake",
    [documents],
    ([{ document, seed }]) =>
      Effect.gen(function* () {
        const next = random(seed)
        const text = Yaml.stringify(withSecrets(document), {
          defaultStringType: next(2) === 0 ? "PLAIN" : "QUOTE_DOUBLE"
        })
        for (let round = 0; round < 10; round++) {
          const wrong = mistaken(text, next)
          const shown = yield* shownOf(wrong, env)
          assert.notInclude(shown, canary, wrong)
        }
      }),
    runs
  )

  const places: ReadonlyArray<readonly [string, string]> = [
    ["user-info of a URL", document({ url: `http://me:${canary}@h/sse` })],
    ["user-info of a URL that lost its @", document({ url: `http://me:${canary}h/sse` })],
    ["a parameter of a URL that is wrong", document({ url: `ftp://h/sse?token=${canary}` })],
    ["a URL in a list", document({ url: `[ "http://me:${canary}@h/sse" ]` })],
    ["a URL that became a block", document({ url: `>http://me:${canary}@h/sse` })],
    ["a misspelt headers", document({ header: `{ Authorization: ${canary} }` })],
    ["headers as a text", document({ headers: `"Authorization: ${canary}"` })],
    ["headers as a list", document({ headers: `["Authorization: ${canary}"]` })],
    ["headers with a colon lost", document({ headers: `{ Authorization ${canary} }` })],
    ["headers with only a token", document({ headers: `{ ${canary} }` })],
    ["a header given twice", document({ headers: `{ A: ${canary}, A: ${canary} }` })],
    ["a token given twice instead of headers", document({ headers: `{ ${canary}, ${canary} }` })],
    ["a key given twice in a header", document({ headers: `{ A: { ${canary}: 1, ${canary}: 2 } }` })],
    ["a colon too many in a header", document({ headers: `\n      A: ${canary} : x` })],
    ["a header in a table", document({ headers: `{ A: { B: ${canary} } }` })],
    ["an unclosed header", document({ headers: `{ A: "${canary} }` })],
    ["an alias for a header", document({ headers: `{ A: *${canary} }` })],
    ["a tag for a header", document({ headers: `{ A: !${canary} x }` })],
    ["a bad escape in a header", document({ headers: String.raw`{ A: "\q${canary}" }` })],
    [
      "an anchored text that is also a name",
      `mcp_servers:\n  main: { name: &n "${canary}", priority: 0, headers: { A: *n } }\n`
    ],
    ["a token with a colon too many", `${document()}server:\n  token:\n    ${word}:\n`],
    ["a table in place of an address of Redis", `${document()}server: { limits_store: { ${word}: 1 } }\n`],
    ["a comment", document({ priority: `0 # ${canary}` })],
    ["a line that is not YAML", `${document()}${canary}\n`],
    ["a whole file", canary]
  ]
  for (const [name, text] of places) {
    it.effect(`is not shown from ${name}`, () =>
      Effect.gen(function* () {
        const shown = yield* shownOf(text, {})
        assert.include(shown, "ConfigError")
        assert.notInclude(shown, canary)
        assert.notInclude(shown, word)
      })
    )
  }
})

describe("the loader", () => {
  /** Ends in a configuration or a report, never in a defect. */
  const endsWell = (bytes: Uint8Array) =>
    Effect.map(Effect.exit(loadBytes(bytes, { env: { MY_VARIABLE: "x" } })), (exit) => {
      if (Exit.isFailure(exit) && Cause.hasDies(exit.cause)) {
        assert.fail(`${Cause.pretty(exit.cause)}\nof ${JSON.stringify(new TextDecoder().decode(bytes))}`)
      }
      return Exit.isSuccess(exit)
    })

  const valid = document({ headers: '{ A: "${MY_VARIABLE}" }' }, "  retry: { attempts: 3 }\n  log_level: INFO")
  const encoder = new TextEncoder()
  const pieces = [
    ...valid.split(/(\s+|[^\w\s]+)/),
    "&a ",
    "*a",
    "!!map ",
    "!x ",
    "? ",
    "- ",
    "|\n",
    ">-\n",
    "%YAML 1.1\n",
    "---\n",
    "...\n",
    "<<: ",
    "\u0000",
    "\uFEFF",
    "𝔘",
    "${",
    "}",
    "${A:-",
    "0x1F",
    ".inf",
    "~",
    "2001-01-01",
    "__proto__: "
  ]

  const inputs: ReadonlyArray<readonly [string, number, (next: (limit: number) => number) => Uint8Array]> = [
    ["arbitrary bytes", 6000, (next) => Uint8Array.from({ length: next(100) }, () => next(256))],
    ["arbitrary ASCII", 6000, (next) => Uint8Array.from({ length: next(60) }, () => 1 + next(127))],
    [
      "arbitrary pieces of YAML",
      4500,
      (next) => encoder.encode(Array.from({ length: next(30) }, () => pieces[next(pieces.length)]).join(""))
    ],
    [
      "a valid file with mistakes",
      4500,
      (next) => {
        let text = valid
        for (let count = 1 + next(4); count > 0; count--) text = mistaken(text, next)
        return encoder.encode(text)
      }
    ]
  ]
  for (const [name, count, make] of inputs) {
    it.effect(`ends in a configuration or a report whatever it is given: ${count} times ${name}`, () =>
      Effect.gen(function* () {
        const next = random(20_26)
        let loaded = 0
        for (let round = 0; round < count; round++) loaded += (yield* endsWell(make(next))) ? 1 : 0
        // Mistakes that change nothing show that the other ones were looked at by more than the first rule.
        if (name.startsWith("a valid")) assert.isAbove(loaded, 0)
      })
    )
  }
})
