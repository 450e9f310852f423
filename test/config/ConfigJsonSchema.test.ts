import { assert, describe, it } from "@effect/vitest"
import { Ajv2020 } from "ajv/dist/2020.js"
import { Effect } from "effect"
import { globSync, readFileSync } from "node:fs"
import * as Yaml from "yaml"
import * as ConfigJsonSchema from "../../src/config/ConfigJsonSchema.ts"
import { documents } from "./generated.ts"
import { document, loadText } from "./loading.ts"

const validate = new Ajv2020({ allErrors: true }).compile(ConfigJsonSchema.document())

const accepts = (value: unknown) => {
  const valid = validate(value)
  return { valid, errors: JSON.stringify(validate.errors) }
}

const root = new URL("../..", import.meta.url)

describe("the JSON Schema", () => {
  it("is the one at the root of the repository", () => {
    const committed = readFileSync(new URL("mcp-config.schema.json", root), "utf8")
    assert.strictEqual(
      committed,
      ConfigJsonSchema.text(),
      "write it anew: npm start -- config schema > mcp-config.schema.json"
    )
  })

  const examples = globSync("**/*mcp-config*.{yaml,yml}", { cwd: root, exclude: ["node_modules", "dist", "test"] })

  it("has examples to be tested with", () => {
    assert.include(examples, "mcp-config.yaml")
  })

  for (const example of examples) {
    it.effect(`accepts ${example}, and so does the loader`, () =>
      Effect.gen(function* () {
        const text = readFileSync(new URL(example, root), "utf8")
        const { errors, valid } = accepts(Yaml.parse(text))
        assert.isTrue(valid, errors)
        yield* loadText(text)
        assert.match(text, /^# yaml-language-server: \$schema=\S*mcp-config\.schema\.json$/m)
      })
    )
  }

  for (const file of ["docs/configuration.md", "README.md"]) {
    it.effect(`accepts the example of ${file}, and so does the loader`, () =>
      Effect.gen(function* () {
        const page = readFileSync(new URL(file, root), "utf8")
        const [, block = ""] = /```yaml\n([^]*?)```/.exec(page) ?? []
        const { errors, valid } = accepts(Yaml.parse(block))
        assert.isTrue(valid, errors)
        yield* loadText(block, { env: { DATABASE_MCP_TOKEN: "x" } })
      })
    )
  }

  it.prop("accepts every configuration that the loader accepts", [documents], ([{ document }]) => {
    const { errors, valid } = accepts(document)
    assert.isTrue(valid, errors)
  })

  const accepted: ReadonlyArray<readonly [string, string]> = [
    ["a variable for a number", document({ priority: "${P}" })],
    ["a variable with a default for a list", document({ domains: "'${D:-a,b}'" })],
    ["a variable for a word", document({ transport: "${T:?say}" })],
    ["a variable for a duration", document({ connect_timeout: "${T} seconds" })],
    ["a variable for a URL", document({ url: '"${URL}"' })],
    ["no rate limit", document({ rate_limit: "null" })],
    ["an empty section", document({}, "  retry:")],
    ["a log level in small letters", document({}, "  log_level: warning")]
  ]
  for (const [name, text] of accepted) {
    it(`accepts ${name}`, () => {
      const { errors, valid } = accepts(Yaml.parse(text))
      assert.isTrue(valid, errors)
    })
  }

  const refused: ReadonlyArray<readonly [string, string]> = [
    ["an unknown key", document({ prioritty: "1" })],
    ["an unknown section", `${document()}orchestrator: {}\n`],
    ["a missing key", document().replace(/ {4}url.*\n/, "")],
    ["a priority of 0", document({ priority: "0" })],
    ["a fraction of a priority", document({ priority: "1.5" })],
    ["a text for a number", document({ priority: "high" })],
    ["empty domains", document({ domains: "[]" })],
    ["transport stdio", document({ transport: "stdio" })],
    ["a duration without a space", document({ connect_timeout: "30s" })],
    ["a size without a unit", document({}, "  limits: { server_bytes: '8' }")],
    ["fail_fast: false", document({}, "  fail_fast: false")],
    ["a URL that is not http", document({ url: "ftp://x" })],
    ["a header's name with a space", document({ headers: "{ A B: x }" })],
    ["too many servers allowed", document({}, "  max_servers: 11")],
    ["an unknown dialect", document({}, "  query: { dialect: oracle }")]
  ]
  for (const [name, text] of refused) {
    it(`refuses ${name}`, () => {
      assert.isFalse(accepts(Yaml.parse(text)).valid)
    })
  }
})
