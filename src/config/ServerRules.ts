/** The rules between servers, and between the keys of one. They read the document itself, so that they are told even when a server has other problems. */
import { serverCeiling, urlProblem } from "./ConfigFile.ts"
import * as ConfigTree from "./document/ConfigTree.ts"
import type { Issue } from "./diagnosis/Issue.ts"
import { quotedKey } from "./SchemaLookup.ts"

/** Priorities and URLs given twice, too many servers, bases of another origin; disabled servers do not count. */
export const betweenKeys = (root: ConfigTree.ConfigNode): ReadonlyArray<Issue> => {
  const servers = enabledServers(root)
  return [...tooMany(root, servers.length), ...samePriority(servers), ...sameUrl(servers), ...foreignBases(servers)]
}

// -----------------------------------------------------------------------------
// internals

interface Server {
  readonly id: string
  readonly node: ConfigTree.ConfigNode
}

const enabledServers = (root: ConfigTree.ConfigNode): ReadonlyArray<Server> => {
  const servers = ConfigTree.childAt(root, "mcp_servers")
  if (servers?.kind !== "table") return []
  return [...servers.entries]
    .map(([id, entry]) => ({ id, node: entry.value }))
    .filter(({ node }) => scalarAt(node, "enabled")?.value !== false)
}

const scalarAt = (node: ConfigTree.ConfigNode | undefined, key: string): ConfigTree.ScalarNode | undefined => {
  const child = ConfigTree.childAt(node, key)
  return child?.kind === "scalar" ? child : undefined
}

const tooMany = (root: ConfigTree.ConfigNode, enabled: number): ReadonlyArray<Issue> => {
  const set = scalarAt(ConfigTree.childAt(root, "orchestration"), "max_servers")?.value
  const limit = typeof set === "number" && set >= 1 && set <= serverCeiling ? set : serverCeiling
  if (enabled <= limit) return []
  const remedy =
    limit < serverCeiling
      ? `raise orchestration.max_servers (at most ${serverCeiling}) or set enabled: false on some`
      : "set enabled: false on some"
  const place = root.kind === "table" ? (root.entries.get("mcp_servers")?.key ?? null) : null
  const expected = `at most ${limit} enabled servers`
  const message = `expected ${expected}, found ${enabled}; ${remedy}`
  return [{ path: ["mcp_servers"], place, message, found: String(enabled), expected }]
}

/** Each server after the first that has the same key as one before it. */
const repeated = (
  servers: ReadonlyArray<Server>,
  field: string,
  keyOf: (value: ConfigTree.ScalarNode["value"]) => string | undefined
) => {
  const firsts = new Map<string, Server>()
  return servers.flatMap((server) => {
    const node = scalarAt(server.node, field)
    const key = node === undefined ? undefined : keyOf(node.value)
    if (node === undefined || key === undefined) return []
    const first = firsts.get(key)
    if (first === undefined) firsts.set(key, server)
    return first === undefined ? [] : [{ server, node, first, line: lineOf(scalarAt(first.node, field)) }]
  })
}

const lineOf = (node: ConfigTree.ScalarNode | undefined) => {
  const place = node === undefined ? null : ConfigTree.placeOf(node)
  return place === null ? "" : ` (line ${place.line})`
}

const samePriority = (servers: ReadonlyArray<Server>): ReadonlyArray<Issue> =>
  repeated(servers, "priority", (value) => (typeof value === "number" ? String(value) : undefined)).map(
    ({ first, line, node, server }) => ({
      path: ["mcp_servers", server.id, "priority"],
      place: ConfigTree.placeOf(node),
      message: `${quotedKey(server.id)} and ${quotedKey(first.id)}${line} have the same priority ${String(node.value)}; give each enabled server its own, the lower one wins`,
      found: String(node.value),
      expected: "a priority that no other enabled server has"
    })
  )

const sameUrl = (servers: ReadonlyArray<Server>): ReadonlyArray<Issue> =>
  repeated(servers, "url", (value) =>
    typeof value === "string" && urlProblem(value) === undefined ? URL.parse(value)?.href : undefined
  ).map(({ first, line, node, server }) => ({
    path: ["mcp_servers", server.id, "url"],
    place: ConfigTree.placeOf(node),
    message: `${quotedKey(server.id)} and ${quotedKey(first.id)}${line} have the same URL: every resource will be gathered twice`,
    severity: "warning"
  }))

/** POSTs carry the server's headers, which only the origin of its `url` may see. */
const foreignBases = (servers: ReadonlyArray<Server>): ReadonlyArray<Issue> =>
  servers.flatMap((server) => {
    const node = scalarAt(server.node, "endpoint_base")
    const origin = originOf(scalarAt(server.node, "url"))
    const found = originOf(node)
    if (node === undefined || origin === undefined || found === undefined || found === origin) return []
    const expected = `an address on ${origin}, the origin of url`
    return [
      {
        path: ["mcp_servers", server.id, "endpoint_base"],
        place: ConfigTree.placeOf(node),
        message: `endpoint_base is on ${found}, and url on ${origin}: both must be on one origin, the only one that gets to see the server's headers`,
        found,
        expected
      }
    ]
  })

const originOf = (node: ConfigTree.ScalarNode | undefined): string | undefined =>
  typeof node?.value === "string" && urlProblem(node.value) === undefined ? URL.parse(node.value)?.origin : undefined
