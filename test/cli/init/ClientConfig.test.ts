/** Configurations of other clients; the shapes are those of their documentation, which `ClientConfig` cites. */
import { assert, describe, it } from "@effect/vitest"
import { Result, Schema } from "effect"
import * as ClientConfig from "../../../src/cli/init/ClientConfig.ts"

const read = (text: string) => Result.getOrThrow(ClientConfig.read(text))
const names = (all: ReadonlyArray<{ readonly name: string }>) => all.map(({ name }) => name)

describe("Claude Code's .mcp.json", () => {
  // https://docs.claude.com/en/docs/claude-code/mcp
  const { leftOut, servers } = read(
    JSON.stringify({
      mcpServers: {
        events: {
          type: "sse",
          url: "${API_BASE_URL:-https://api.example.com}/sse",
          headers: { "X-API-Key": "${KEY}" }
        },
        remote: { type: "http", url: "https://api.example.com/mcp" },
        local: { type: "stdio", command: "/path/to/server", args: [], env: {} }
      }
    })
  )
  it("gives its SSE servers, with variables as they are here too", () => {
    assert.deepStrictEqual(servers, [
      {
        name: "events",
        url: "${API_BASE_URL:-https://api.example.com}/sse",
        headers: { "X-API-Key": "${KEY}" },
        saysSse: true,
        disabled: false
      }
    ])
  })
  it("leaves out the others and says why not", () => {
    assert.deepStrictEqual(
      leftOut.map(({ name, why }) => `${name}: ${why.split(":")[0]}`),
      ["remote: streamable HTTP", "local: stdio"]
    )
  })
})

it("Cursor's mcp.json names an address without its kind, and variables as ${env:…}", () => {
  // https://cursor.com/docs/context/mcp
  const { servers } = read(
    `{"mcpServers": {"server-name": {"url": "http://localhost:3000/mcp", "headers": {"API_KEY": "\${env:api_key}"}}}}`
  )
  assert.isFalse(servers[0]?.saysSse)
  assert.deepStrictEqual(servers[0]?.headers, { API_KEY: "${api_key}" })
})

it("VS Code's mcp.json has comments, servers, and inputs to be typed in", () => {
  // https://code.visualstudio.com/docs/copilot/reference/mcp-configuration
  const { leftOut, servers } = read(`{
    // asked once
    "inputs": [{ "type": "promptString", "id": "perplexity-key", "description": "API Key", "password": true }],
    "servers": {
      "Sales": { "type": "sse", "url": "https://sales.example.com/sse", /* a key */
        "headers": { "Authorization": "Bearer \${input:perplexity-key}", "X": "// no comment, \\" too" }, },
      "playwright": { "command": "npx", "args": ["-y", "@microsoft/mcp-server-playwright"] },
    },
  }`)
  assert.deepStrictEqual(servers[0]?.headers, {
    Authorization: "Bearer ${PERPLEXITY_KEY}",
    X: '// no comment, " too'
  })
  assert.deepStrictEqual(names(leftOut), ["playwright"])
})

it("mcporter's configuration has baseUrl and the name of a variable with the token", () => {
  // https://github.com/steipete/mcporter/blob/main/docs/config.md
  const { servers } = read(
    JSON.stringify({
      mcpServers: { linear: { baseUrl: "https://mcp.linear.app/sse", bearerTokenEnv: "LINEAR_TOKEN" } }
    })
  )
  assert.deepStrictEqual(servers[0]?.url, "https://mcp.linear.app/sse")
  assert.deepStrictEqual(servers[0]?.headers, { Authorization: "Bearer ${LINEAR_TOKEN}" })
})

it("Codex's config.toml names programs and streamable HTTP, which are left out with the reason", () => {
  // https://developers.openai.com/codex/mcp
  const { leftOut, servers } = read(`
model = "gpt-5"
[mcp_servers.context7]
command = "npx"
args = ["-y", "@upstash/context7-mcp"]
[mcp_servers.figma]
url = "https://mcp.figma.com/mcp"
bearer_token_env_var = "FIGMA_OAUTH_TOKEN"
http_headers = { "X-Figma-Region" = "us-east-1" }
`)
  assert.deepStrictEqual(servers, [])
  assert.deepStrictEqual(names(leftOut), ["context7", "figma"])
  assert.match(leftOut[1]?.why ?? "", /^streamable HTTP/)
})

it("the servers of Claude's projects, of VS Code's settings and of Windsurf are found", () => {
  const one = { type: "sse", url: "http://localhost/sse" }
  const inProjects = read(JSON.stringify({ projects: { "/a": { mcpServers: { one } }, "/b": {} } }))
  assert.deepStrictEqual(names(inProjects.servers), ["one"])
  assert.deepStrictEqual(names(read(JSON.stringify({ mcp: { servers: { one } } })).servers), ["one"])
  const windsurf = read(JSON.stringify({ mcpServers: { one: { serverUrl: "http://localhost/sse", disabled: true } } }))
  assert.deepStrictEqual([windsurf.servers[0]?.url, windsurf.servers[0]?.disabled], ["http://localhost/sse", true])
})

it("what is no such file is told with the place, and never with what stands there", () => {
  const problem = (text: string) => Result.getOrThrow(Result.flip(ClientConfig.read(text)))
  const broken = problem(`{\n  // a comment\n  "mcpServers": { "a": { "headers": { "A": "canary-secret" oops } } }\n}`)
  assert.strictEqual(broken, "it is not JSON (line 3, column 60)")
  assert.match(problem('key = "canary-secret" oops'), /^it is neither JSON nor TOML \(line 1, column \d+\)$/)
  assert.match(problem('{"a": 1}'), /^it names no MCP servers/)
})

it.prop(
  "whatever stands in an entry, reading ends with servers or a reason",
  [Schema.Record(Schema.String, Schema.Json)],
  ([mcpServers]) => {
    const { leftOut, servers } = read(JSON.stringify({ mcpServers }))
    assert.strictEqual(leftOut.length + servers.length, Object.keys(mcpServers).length)
  }
)
