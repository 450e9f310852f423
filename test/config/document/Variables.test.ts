import { assert, describe, it } from "@effect/vitest"
import { Effect, Redacted } from "effect"
import * as Redaction from "../../../src/telemetry/Redaction.ts"
import { document, line, loadText, problemsOf } from "../loading.ts"

const nameOf = (text: string, env: Readonly<Record<string, string>>) =>
  loadText(document({ name: text }), { env }).pipe(Effect.map(({ config }) => config.servers[0]?.name))

describe("a variable", () => {
  const cases: ReadonlyArray<readonly [string, string, Readonly<Record<string, string>>, string]> = [
    ["is replaced by its value", '"${NAME}"', { NAME: "Ada" }, "Ada"],
    ["is replaced inside a text", "a ${NAME} b ${NAME}", { NAME: "x" }, "a x b x"],
    ["that is not set gives its default", "${NAME:-nobody}", {}, "nobody"],
    ["that is empty gives its default", "${NAME:-nobody}", { NAME: "" }, "nobody"],
    ["that is set wins over its default", "${NAME:-nobody}", { NAME: "Ada" }, "Ada"],
    ["may have an empty default", "x${NAME:-}", {}, "x"],
    ["may have a default with a colon", "${NAME:-http://h:1/}", {}, "http://h:1/"],
    ["that is required and set is replaced", "${NAME:?say it}", { NAME: "Ada" }, "Ada"],
    ["is written as it is after $$", "$${NAME}", { NAME: "Ada" }, "${NAME}"],
    ["is not a dollar sign alone", "$NAME costs $5", { NAME: "Ada" }, "$NAME costs $5"],
    ["is expanded once: its value is data", "${NAME}", { NAME: "${OTHER}", OTHER: "no" }, "${OTHER}"],
    ["stays a text where a text is wanted", "${NAME}", { NAME: "0042" }, "0042"],
    ["may hold YAML, which changes nothing", "${NAME}", { NAME: "x\n    url: evil # {[" }, "x\n    url: evil # {["]
  ]
  for (const [name, text, env, expected] of cases) {
    it.effect(name, () =>
      Effect.gen(function* () {
        assert.strictEqual(yield* nameOf(text, env), expected)
      })
    )
  }

  it.effect("in a comment or a key is left alone", () =>
    Effect.gen(function* () {
      const { config } = yield* loadText(`# \${UNSET}\n${document({ headers: "{ A: b } # ${UNSET}" })}`)
      assert.strictEqual(config.servers.length, 1)
      const problems = yield* problemsOf("${UNSET}: 1\n")
      assert.isTrue(problems.some((problem) => problem.includes('unknown key "${UNSET}"')))
    })
  )

  it.effect("is read as the kind of value that its place wants", () =>
    Effect.gen(function* () {
      const { config } = yield* loadText(
        document({ priority: "${P}", domains: "${D}", enabled: '"${E}"', rate_limit: "${R}", headers: "${H}" }),
        { env: { P: "7", D: "a, b", E: "True", R: "null", H: "{ A: 'b' }" } }
      )
      const server = config.servers[0]
      assert.strictEqual(server?.priority, 7)
      assert.deepStrictEqual(server?.domains, ["a", "b"])
      assert.isNull(server?.rateLimit)
      assert.deepStrictEqual(Object.keys(server?.headers ?? {}), ["A"])
    })
  )

  const refused: ReadonlyArray<readonly [string, string, Readonly<Record<string, string>>, string]> = [
    ["that is not set is named", "${NOPE}", {}, "the environment variable NOPE is not set"],
    ["that is required and not set says why", "${NOPE:?ask the admin}", {}, "NOPE is not set: ask the admin"],
    ["that is required and empty says why", "${NOPE:?}", { NOPE: "" }, "NOPE is not set: it is required"],
    ["that is not closed is refused", '"${NAME"', { NAME: "x" }, "${NAME:-default}"],
    ["without a name is refused", '"${}"', {}, "${NAME:-default}"],
    ["with an odd name is refused", '"${A B}"', {}, "${NAME:-default}"],
    ["with an unknown operator is refused", '"${NAME:+x}"', { NAME: "x" }, "${NAME:-default}"],
    ["within another one is refused", '"${A:-${B}}"', { A: "", B: "" }, "cannot be nested"],
    ["named like a member of Object.prototype is not set", "${constructor}", {}, "constructor is not set"]
  ]
  for (const [name, text, env, words] of refused) {
    it.effect(name, () =>
      Effect.gen(function* () {
        const problems = yield* problemsOf(document({ name: text }), { env })
        assert.strictEqual(problems.length, 1, problems.join("\n"))
        assert.isTrue(problems[0]?.startsWith("3:11 mcp_servers.main.name: "), problems[0])
        assert.include(problems[0], words)
      })
    )
  }

  it.effect("that is set but empty is a warning", () =>
    Effect.gen(function* () {
      const { warnings } = yield* loadText(document({ headers: "{ A: 'x${EMPTY}' }" }), { env: { EMPTY: "" } })
      assert.deepStrictEqual(warnings.map(line), [
        "9:19 mcp_servers.main.headers.A: the environment variable EMPTY is set but empty"
      ])
    })
  )

  it.effect("of the wrong kind is told with its name, and without its value where the name sounds secret", () =>
    Effect.gen(function* () {
      const env = { PLAIN: "many", DB_TOKEN: "hunter2" }
      const [plain] = yield* problemsOf(document({ priority: "${PLAIN}" }), { env })
      assert.include(plain, 'found the text "many" from ${PLAIN}')
      const [secret] = yield* problemsOf(document({ priority: "${DB_TOKEN}" }), { env })
      assert.include(secret, "found a text (not shown)")
    })
  )

  it.effect("in a header or a URL is one of the secrets, and so are the header and a secret parameter", () =>
    Effect.gen(function* () {
      const text = document({
        headers: '{ Authorization: "Bearer ${TOKEN}", X: "${Y:-other}" }',
        url: "http://h/sse?token=${IN_URL}&page=1"
      })
      const loaded = yield* loadText(text, { env: { TOKEN: "abc123", IN_URL: "def456" } })
      assert.sameMembers(loaded.secrets.map(Redacted.value), [
        "abc123",
        "other",
        "Bearer abc123",
        "other",
        "def456",
        "def456",
        "def456"
      ])
      assert.strictEqual(Redaction.withSecrets(loaded.secrets)("def456"), "${IN_URL}")
      assert.notInclude(JSON.stringify(loaded.config.servers[0]?.headers), "abc123")
    })
  )
})
