import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import * as ConfigShow from "../../src/config/ConfigShow.ts"
import { document, loadText, server } from "./loading.ts"

const rowsOf = (...parameters: Parameters<typeof loadText>) =>
  Effect.map(loadText(...parameters), (loaded) =>
    Object.fromEntries(ConfigShow.effective(loaded).map(({ path, source, value }) => [path, [value, source]]))
  )

describe("the effective configuration", () => {
  it.effect("says of each value where it came from", () =>
    Effect.gen(function* () {
      const rows = yield* rowsOf(
        document(
          { name: '"The ${NAME}"', domains: "[a, '${DOMAIN:-b}']", connect_timeout: "90 seconds" },
          "  request_timeout: 250 millis"
        ),
        {
          env: { NAME: "one", MCP__MCP_SERVERS__MAIN__PRIORITY: "5", MCP__ORCHESTRATION__LIMITS__PAGES: "7" },
          overrides: { logLevel: "debug" }
        }
      )
      const shown = (path: string, value: string, source: string) =>
        assert.deepStrictEqual(rows[path], [value, source], path)
      shown("mcp_servers.main.name", "The one", "line 3 (${NAME})")
      shown("mcp_servers.main.url", "http://main.example/sse", "line 4")
      shown("mcp_servers.main.priority", "5", "MCP__MCP_SERVERS__MAIN__PRIORITY")
      shown("mcp_servers.main.domains", '["a","b"]', "line 6 (${DOMAIN})")
      shown("mcp_servers.main.connect_timeout", "90 seconds", "line 9")
      shown("mcp_servers.main.request_timeout", "250 millis", "orchestration.request_timeout")
      shown("mcp_servers.main.rate_limit.per", "1 second", "default")
      shown("orchestration.request_timeout", "250 millis", "line 11")
      shown("orchestration.limits.pages", "7", "MCP__ORCHESTRATION__LIMITS__PAGES")
      shown("orchestration.limits.resource_bytes", "8 MiB", "default")
      shown("orchestration.log_level", "DEBUG", "--log-level")
      shown("orchestration.query.allowed_functions", "[]", "default")
    })
  )

  it.effect("masks headers and secret parameters, and shows what is not secret", () =>
    Effect.gen(function* () {
      const rows = yield* rowsOf(document({ headers: "{ X-Tenant: acme }", url: "http://h/sse?token=hunter2&page=1" }))
      assert.deepStrictEqual(rows["mcp_servers.main.headers.X-Tenant"], ["<redacted>", "line 9"])
      assert.deepStrictEqual(rows["mcp_servers.main.url"], ["http://h/sse?token=<redacted>&page=1", "line 4"])
    })
  )

  it.effect("shows variables in place of what they put into a URL, but for host and port", () =>
    Effect.gen(function* () {
      const rows = yield* rowsOf(
        document({
          url: '"http://${HOST}/mcp/${TOKEN}/sse?workspace=${SPACE:-acme-1}"',
          endpoint_base: '"http://${HOST}/mcp/${TOKEN}"'
        }),
        { env: { HOST: "db.example:8000", TOKEN: "hunter2go" } }
      )
      assert.deepStrictEqual(rows["mcp_servers.main.url"], [
        "http://db.example:8000/mcp/${TOKEN}/sse?workspace=${SPACE}",
        "line 4 (${HOST}, ${TOKEN}, ${SPACE})"
      ])
      assert.deepStrictEqual(rows["mcp_servers.main.endpoint_base"]?.[0], "http://db.example:8000/mcp/${TOKEN}")
    })
  )

  it.effect("has disabled servers too, and a null", () =>
    Effect.gen(function* () {
      const text = `mcp_servers:\n${server("a")}\n${server("b", { enabled: "false", rate_limit: "null" })}\n`
      const rows = yield* rowsOf(text)
      assert.deepStrictEqual(rows["mcp_servers.b.enabled"], ["false", "line 16"])
      assert.deepStrictEqual(rows["mcp_servers.b.rate_limit"], ["null", "line 17"])
    })
  )

  it.effect("can be pasted into a file: every value is what the file takes", () =>
    Effect.gen(function* () {
      const rows = yield* rowsOf(document())
      const env = Object.fromEntries(
        Object.entries(rows)
          .filter(([path]) => path.startsWith("orchestration."))
          .map(([path, [value]]) => [`MCP__${path.replaceAll(".", "__")}`, value ?? ""])
      )
      const again = yield* rowsOf(document(), { env })
      for (const [path, [value]] of Object.entries(rows)) assert.strictEqual(again[path]?.[0], value, path)
    })
  )
})
