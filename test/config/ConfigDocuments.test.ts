import { assert, describe, it } from "@effect/vitest"
import { SchemaAST } from "effect"
import { globSync, readFileSync } from "node:fs"
import { ConfigFile } from "../../src/config/ConfigFile.ts"
import { keysOf } from "./loading.ts"

const root = new URL("../..", import.meta.url)
const read = (file: string) => readFileSync(new URL(file, root), "utf8")

describe("docs/configuration.md", () => {
  it("has every key with its default", () => {
    const [servers = "", orchestration = "", server = ""] = read("docs/configuration.md").split(
      /## Keys of `(?:orchestration|server)`/
    )
    for (const { ast, path } of keysOf(SchemaAST.toEncoded(ConfigFile.ast))) {
      const key = path
        .replace(/^(?:mcp_servers\.\*|orchestration|server)\./, "")
        .replace(/^rate_limit\..*/, "rate_limit")
      const page = path.startsWith("orchestration.") ? orchestration : path.startsWith("server.") ? server : servers
      const row = page.split("\n").find((line) => line.startsWith(`| \`${key}\` |`))
      assert.isDefined(row, key)
      const fallback = SchemaAST.resolve(ast)?.["default"]
      if (fallback !== undefined) assert.isTrue(row?.startsWith(`| \`${key}\` | \`${String(fallback)}\` |`), row)
    }
  })
})

describe(".env.example", () => {
  it("lists every variable that the sources name", () => {
    const listed = read(".env.example")
    const sources = globSync("src/**/*.ts", { cwd: root }).map(read).join("\n")
    const names = new Set(
      sources.match(/\b(?:MCP_CONFIG|LLM_[A-Z_]+[A-Z]|OTEL_[A-Z_]+[A-Z]|[A-Z]+_PROXY|NODE_EXTRA_CA_CERTS)\b/g)
    )
    assert.isAtLeast(names.size, 8)
    for (const name of names) assert.include(listed, `#${name}=`)
  })
})
