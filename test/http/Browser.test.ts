/** The definition of the API and its client in a browser: nothing of Node, and no MCP client. */
import { assert, it } from "@effect/vitest"
import { rolldown } from "rolldown"

it("can be bundled for a browser without Node and without the SDK", async () => {
  const bundle = await rolldown({
    input: "src/http/index.ts",
    platform: "browser",
    external: [/^node:/],
    logLevel: "silent"
  })
  const { output } = await bundle.generate({ format: "esm", minify: true })
  const chunks = output.filter((part) => part.type === "chunk")
  assert.deepStrictEqual(
    chunks.flatMap(({ imports }) => imports),
    []
  )
  const modules = chunks.flatMap(({ moduleIds }) => moduleIds)
  assert.deepStrictEqual(
    modules.filter((id) => /modelcontextprotocol|platform-node|\/src\/connection\/sse\//.test(id)),
    []
  )
  assert.isBelow(
    chunks.reduce((sum, { code }) => sum + code.length, 0),
    400_000
  )
})
