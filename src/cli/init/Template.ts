/** The text of a configuration, with comments for whoever goes on from it. Pure. */
import * as Visible from "../../text/Visible.ts"
import type { Entry } from "./Draft.ts"

/** YAML for these servers, in their order. */
export const render = (servers: ReadonlyArray<Pick<Entry, Written>>): string =>
  `${[head, ...servers.flatMap((server, index) => [...(index === 0 ? [] : [""]), ...entry(server, index === 0)]), "", tail].join("\n")}\n`

// -----------------------------------------------------------------------------
// internals

type Written = Exclude<keyof Entry, "literals" | "saysSse" | "disabled">

const head = `# The MCP servers whose resources are gathered, all of them afresh on each request.
# Check this file and its servers with: mcp-orchestrator validate
# Every key, for editors: mcp-orchestrator config schema
mcp_servers:`

const tail = `orchestration:
  log_level: "INFO" # DEBUG, INFO, WARNING or ERROR
  # What else can be set, with what holds without it:
  # connect_timeout: "5 seconds"
  # request_timeout: "5 seconds"
  # gather_timeout: "30 seconds"
  # retry: { attempts: 3 }
  # query: { max_rows: 1000, timeout: "30 seconds" }`

/** What the keys mean is said once. */
const entry = (server: Pick<Entry, Written>, isFirst: boolean): ReadonlyArray<string> => [
  ...server.remarks.map((remark) => `  # ${Visible.line(remark)}`),
  `  ${server.id}:`,
  `    name: ${quoted(literal(server.name))}`,
  `    url: ${quoted(server.url)}`,
  `    priority: ${server.priority}${isFirst ? " # of two servers that know a name, the lower number decides" : ""}`,
  `    domains: [${server.domains.map((domain) => quoted(literal(domain))).join(", ")}]${isFirst ? " # what resolve --type asks it for" : ""}`,
  `    capabilities: [${server.capabilities.map(quoted).join(", ")}]${isFirst ? " # it is asked for nothing else" : ""}`,
  `    transport: "sse"`,
  ...(server.enabled ? [] : ["    enabled: false"]),
  ...(server.dialect === null ? [] : [`    dialect: ${quoted(server.dialect)}`]),
  ...(Object.keys(server.headers).length === 0
    ? []
    : [
        "    headers:",
        ...Object.entries(server.headers).map(([name, value]) => `      ${quoted(name)}: ${quoted(value)}`)
      ])
]

/** A JSON string is one in YAML, too. */
const quoted = (text: string): string => Visible.json(JSON.stringify(text))

/** What others call themselves refers to no variable of ours. */
const literal = (text: string): string => text.replaceAll("${", "$${")
