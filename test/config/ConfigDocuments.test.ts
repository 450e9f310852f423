import { assert, describe, it } from "@effect/vitest"
import { globSync, readFileSync } from "node:fs"

const root = new URL("../..", import.meta.url)
const read = (file: string) => readFileSync(new URL(file, root), "utf8")

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
