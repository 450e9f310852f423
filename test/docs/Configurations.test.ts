/** Every block of YAML in README and docs/ that is a configuration is one: it is read as the file would be. */
import { assert, it } from "@effect/vitest"
import { Result } from "effect"
import { Yaml } from "effect/encoding"
import * as ConfigText from "../../src/config/ConfigText.ts"
import { blocksOf, pages } from "./Snippets.ts"

/** What a page leaves out where it is about one key: overrides put it in, where the block does not say it. */
const usual = {
  name: "A server",
  url: "http://localhost:8000/sse",
  priority: "7",
  domains: "[orders]",
  capabilities: "[list_resources]",
  transport: "sse"
}

const blocks = pages
  .flatMap(blocksOf)
  .filter(({ language, text }) => language === "yaml" && !/^apiVersion:/m.test(text))

it("there are configurations in the pages", () => {
  assert.isAtLeast(blocks.length, 8)
})

for (const { place, text } of blocks) {
  it(`the configuration at ${place} is valid`, () => {
    // Some keys of a server stand alone.
    const whole = text.startsWith(" ") ? `mcp_servers:\n  server:\n${text}` : text
    const read = ConfigText.readText(whole, { env: { ...variablesOf(whole), ...leftOut(whole) } }, "", (path) => path)
    if (Result.isFailure(read)) return assert.fail(read.failure.message)
    assert.deepStrictEqual(read.success.warnings, [])
  })
}

/** A value for each variable that has no default. */
const variablesOf = (text: string) =>
  Object.fromEntries([...text.matchAll(/\$\{(\w+)(?!:-)[}:]/g)].map(([, name = ""]) => [name, "as-told-by-its-owner"]))

const leftOut = (text: string) => {
  const servers: { readonly [id: string]: object } = Object(Object(Yaml.parse(text)).mcp_servers)
  return Object.fromEntries(
    Object.entries(servers).flatMap(([id, server]) =>
      Object.entries(usual)
        .filter(([key]) => !(key in server))
        .map(([key, value]) => [`MCP__MCP_SERVERS__${id.toUpperCase()}__${key.toUpperCase()}`, value])
    )
  )
}
