/** The rules between servers, and between the keys of one. They read the document itself, so that they are told even when a server has other problems. */
import * as Predicate from "effect/Predicate"
import * as AddressPolicy from "./AddressPolicy.ts"
import { serverCeiling } from "./ConfigFile.ts"
import { urlProblem } from "./ConfigValues.ts"
import * as LiteralSecrets from "./LiteralSecrets.ts"
import * as ConfigTree from "./document/ConfigTree.ts"
import type { Issue } from "./diagnosis/Issue.ts"
import { quotedKey } from "./SchemaLookup.ts"

/** Priorities and URLs given twice, too many servers, bases of another origin, addresses and headers that are refused, secrets in URLs; disabled servers do not count. */
export const betweenKeys = (root: ConfigTree.ConfigNode): ReadonlyArray<Issue> => {
  const servers = enabledServers(root)
  return [
    ...tooMany(root, servers.length),
    ...samePriority(servers),
    ...sameUrl(servers),
    ...foreignBases(servers),
    ...servers.flatMap(refusedAddress),
    ...servers.flatMap(oddHeaders),
    ...servers.flatMap(literalSecrets)
  ]
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

/** A name that leads to such an address is found when it is looked up. */
const refusedAddress = (server: Server): ReadonlyArray<Issue> => {
  const node = scalarAt(server.node, "url")
  const url = typeof node?.value === "string" && urlProblem(node.value) === undefined ? URL.parse(node.value) : null
  const allowed = ConfigTree.childAt(server.node, "allowed_addresses")
  const ranges = allowed?.kind === "list" ? allowed.items.map(ConfigTree.toPlain).filter(Predicate.isString) : []
  if (node === undefined || url === null || !AddressPolicy.refuses(ranges)(url.hostname)) return []
  const found = url.hostname
  return [
    {
      path: ["mcp_servers", server.id, "url"],
      place: ConfigTree.placeOf(node),
      message: `${found} is a link-local or metadata address; if the server really is there, write allowed_addresses: ["${found.replace(/^\[|\]$/g, "")}"] beside url`,
      found,
      expected: "an address that is neither link-local nor a metadata service's"
    }
  ]
}

/** Headers that HTTP itself writes, and what a value of ours would do. */
const ownHeaders: ReadonlyMap<string, string> = new Map([
  ["host", "is made from url: put the name into url"],
  ["content-length", "is the length of each message"],
  ...["transfer-encoding", "te", "trailer", "expect"].map((name) => [name, "says how each message is sent"] as const),
  ...["connection", "keep-alive", "proxy-connection", "upgrade"].map(
    (name) => [name, "belongs to the connection, and not to the server"] as const
  )
])

/** What HTTP itself writes must not be said twice, and neither must anything else: a server may take either for true. */
const oddHeaders = (server: Server): ReadonlyArray<Issue> => {
  const headers = ConfigTree.childAt(server.node, "headers")
  if (headers?.kind !== "table") return []
  const firsts = new Map<string, string>()
  return [...headers.entries].flatMap(([name, { key, value }]): ReadonlyArray<Issue> => {
    const lower = name.toLowerCase()
    const first = firsts.get(lower)
    if (first === undefined) firsts.set(lower, name)
    const own = ownHeaders.get(lower)
    const at = { path: ["mcp_servers", server.id, "headers", name], place: key ?? ConfigTree.placeOf(value) }
    if (own !== undefined) {
      return [{ ...at, message: `the header ${name} ${own}; remove it`, found: name, expected: "a header of your own" }]
    }
    if (first === undefined) return []
    const message = `${name} and ${first} are one header, whose name has no case; remove one of them`
    return [{ ...at, message, found: name, expected: "each header once" }]
  })
}

/** A file is copied, and a URL ends up in logs of others: only what comes from a variable is shown as `${VAR}` everywhere. */
const literalSecrets = (server: Server): ReadonlyArray<Issue> =>
  ["url", "endpoint_base"].flatMap((key): ReadonlyArray<Issue> => {
    const node = scalarAt(server.node, key)
    if (node === undefined || node.origin.kind !== "file") return []
    const parts = node.parts ?? (node.origin.variables.length > 0 ? [] : [{ text: String(node.value), shown: null }])
    const found = LiteralSecrets.inUrl(parts.map(({ shown, text }) => shown ?? text).join(""))
    if (found.length === 0) return []
    const path = ["mcp_servers", server.id, key]
    const message = `what looks like a secret is written out in ${found.join(" and ")}: write \${VAR} for it, and set VAR in the environment, so that it is shown nowhere`
    return [{ path, place: ConfigTree.placeOf(node), message, severity: "warning" }]
  })

const originOf = (node: ConfigTree.ScalarNode | undefined): string | undefined =>
  typeof node?.value === "string" && urlProblem(node.value) === undefined ? URL.parse(node.value)?.origin : undefined
