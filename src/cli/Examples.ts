/** Command lines to begin with, by command. */
interface Example {
  readonly command: string
  readonly description: string
}

const example = (command: string, description: string): Example => ({
  command: `mcp-orchestrator ${command}`,
  description
})

export const root = [
  example("init --from ~/.cursor/mcp.json", "A first configuration, from another client's"),
  example("validate", "Is everything there that it names?"),
  example('query "top 5 products by revenue last year"', "Ask")
]

export const init = [
  example("init", "Ask me"),
  example("init --server sales=http://localhost:8000/sse", "This server; --server as often as there are more"),
  example("init --from .vscode/mcp.json", "The SSE servers of VS Code"),
  example("init team.yaml --from ~/.codex/config.toml --force", "Those of Codex, over an older file")
]

export const validate = [
  example("validate", "The file, then every server"),
  example("validate team.yaml --no-connect", "The file alone, in CI for one")
]

export const gather = [
  example("gather", "What is there"),
  example("gather --json | jq '.database_mcp.resources | keys'", "All of it, for another program")
]

export const resolve = [example('resolve "fitness band" --type products', "Who knows this name, and as what?")]

export const query = [
  example('query "top 5 products by revenue last year"', "The names, the SQL and the rows"),
  example('query "orders by month" --dry-run', "The SQL alone"),
  example('query "orders by month" --format csv > orders.csv', "The rows alone")
]

export const health = [example("health --json", "For a monitor: exit code 3 or 4 where one is not well")]

export const tools = [
  example("tools --server database_mcp", "Of a server of the configuration"),
  example("tools --url http://localhost:8000/sse", "Of any other")
]

export const resources = [example("resources --url http://localhost:8000/sse", "What it lists")]

export const read = [example("read database://metadata --server database_mcp | jq .", "As it came")]

export const call = [
  example("call execute_query sql='SELECT 1' --server database_mcp", "An argument by its name"),
  example('call greet \'{"name": "Ada"}\' --url http://localhost:8000/sse', "All of them as JSON")
]

export const logsSummary = [
  example("logs summary run.ndjson", "Events, errors, percentiles"),
  example("logs summary - < run.ndjson", "Of stdin: kubectl logs, docker compose logs and journalctl may write it"),
  example("logs summary run.ndjson --waterfall REQUEST_ID", "One request as bars")
]

export const serve = [
  example("serve --port 8080", "For this machine alone"),
  example("serve --host 0.0.0.0 --token-env ORCHESTRATOR_TOKEN", "For others, who need the token")
]

export const demo = [
  example("demo", "Three questions on two servers in this process"),
  example("demo --keep", "The servers of the shipped configuration, for another terminal")
]
