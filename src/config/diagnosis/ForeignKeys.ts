/**
 * Keys that people bring along: from the `mcp.json` of editors (https://code.visualstudio.com/docs/copilot/chat/mcp-servers,
 * https://docs.cursor.com/context/model-context-protocol) and from other clients, or right ones in the wrong table.
 */
import { type ConfigPath, expectationAt } from "../SchemaLookup.ts"

/** What a key that is unknown in the table at `parent` is here; `undefined` if nobody knows it. */
export const meaningOf = (name: string, parent: ConfigPath): string | undefined => {
  const key = name.toLowerCase().replaceAll(/[-_ ]/g, "")
  const [table] = parent
  if (table === undefined) return meanings(topLevel, key) ?? elsewhere(name, [["orchestration"], ["server"]])
  const own = meanings(ofTable[table] ?? {}, key)
  if (own !== undefined) return own
  // A server's own keys, such as a token, are its own: those of the HTTP server mean something else.
  if (table === "mcp_servers") return parent.length === 2 ? elsewhere(name, settings(["orchestration"])) : undefined
  return elsewhere(name, settings()) ?? ofServer(name)
}

// -----------------------------------------------------------------------------
// internals

/** The tables from `path` down whose keys the Schema knows, but for those of a single server. */
const settings = (path: ConfigPath = []): ReadonlyArray<ConfigPath> => {
  const keys = expectationAt(path)?.keys ?? []
  return keys.length === 0 ? [] : [path, ...keys.flatMap((key) => settings([...path, key]))]
}

type Meanings = { readonly [key: string]: string | undefined }

const meanings = (known: Meanings, key: string) => (Object.hasOwn(known, key) ? known[key] : undefined)

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

const deadline = "the deadline of a request is request_timeout"

const ofHttpServer: Meanings = { timeout: deadline, timeoutms: deadline, timeoutseconds: deadline }

const ofTable: { readonly [table: string]: Meanings } = {
  mcp_servers: ofServers,
  orchestration: ofOrchestration,
  server: ofHttpServer
}

const elsewhere = (name: string, tables: ReadonlyArray<ConfigPath>): string | undefined => {
  const table = tables.find((path) => expectationAt(path)?.keys.includes(name))
  if (table === undefined) return undefined
  return table.length === 0 ? "it belongs to the top of the file" : `it belongs under ${table.join(".")}`
}

const ofServer = (name: string): string | undefined =>
  expectationAt(["mcp_servers", "id"])?.keys.includes(name) ? "it belongs to each server, under mcp_servers" : undefined
