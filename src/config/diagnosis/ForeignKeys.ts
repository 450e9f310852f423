/**
 * Keys that people bring along: from the `mcp.json` of editors (https://code.visualstudio.com/docs/copilot/chat/mcp-servers,
 * https://docs.cursor.com/context/model-context-protocol) and from other clients, or right ones in the wrong table.
 */
import { type ConfigPath, expectationAt } from "../SchemaLookup.ts"

/** What a key that is unknown in the table at `parent` is here; `undefined` if nobody knows it. */
export const meaningOf = (name: string, parent: ConfigPath): string | undefined => {
  const key = name.toLowerCase().replaceAll(/[-_ ]/g, "")
  const [table] = parent
  if (table === undefined) return topLevel[key] ?? elsewhere(name, [["orchestration"]])
  const own = table === "mcp_servers" ? ofServers[key] : ofOrchestration[key]
  if (own !== undefined) return own
  return table === "mcp_servers" && parent.length === 2
    ? elsewhere(name, orchestrationTables)
    : table === "orchestration"
      ? (elsewhere(name, orchestrationTables) ?? ofServer(name))
      : undefined
}

// -----------------------------------------------------------------------------
// internals

const orchestrationTables: ReadonlyArray<ConfigPath> = [
  ["orchestration"],
  ...["retry", "limits", "resolution", "query"].map((section) => ["orchestration", section])
]

type Meanings = { readonly [key: string]: string | undefined }

const servers = "the servers stand under mcp_servers, each with name, url, priority, domains and capabilities"

const topLevel: Meanings = { mcpservers: servers, servers }

const timeouts = "timeouts are connect_timeout and request_timeout, such as 5 seconds"

const retries = "tries are counted in orchestration.retry.attempts, the first one included"

const shared: Meanings = {
  timeout: timeouts,
  timeoutms: timeouts,
  timeoutseconds: timeouts,
  maxretries: retries,
  retries,
  retryattempts: retries,
  maxattempts: retries
}

const command = "only servers that speak SSE over HTTP can be named, with their url"

const ofServers: Meanings = {
  ...shared,
  type: "how a server is spoken to is its transport, which is sse",
  serverurl: "the address is url",
  command,
  args: command,
  env: command,
  disabled: "a server is switched off by enabled: false"
}

const ofOrchestration: Meanings = {
  ...shared,
  loglevel: "the level of the log is log_level",
  maxparallel: "how much runs at once is max_concurrency of each server",
  cache: "nothing is kept between requests, so there is nothing to set",
  cachettl: "nothing is kept between requests, so there is nothing to set"
}

const elsewhere = (name: string, tables: ReadonlyArray<ConfigPath>): string | undefined => {
  const table = tables.find((path) => expectationAt(path)?.keys.includes(name))
  return table === undefined ? undefined : `it belongs under ${table.join(".")}`
}

const ofServer = (name: string): string | undefined =>
  expectationAt(["mcp_servers", "id"])?.keys.includes(name) ? "it belongs to each server, under mcp_servers" : undefined
