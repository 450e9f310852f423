/**
 * The servers that another MCP client is configured with. What is read, and where its shape is described:
 *
 * - Claude, Windsurf, Gemini: `{"mcpServers": {…}}` (https://docs.claude.com/en/docs/claude-code/mcp)
 * - Cursor: the same, without a type (https://cursor.com/docs/context/mcp)
 * - VS Code: `{"servers": {…}, "inputs": […]}`, or `mcp` of its settings
 *   (https://code.visualstudio.com/docs/copilot/reference/mcp-configuration)
 * - mcporter: `baseUrl`, `bearerTokenEnv` (https://github.com/steipete/mcporter/blob/main/docs/config.md)
 * - Codex: `[mcp_servers.x]` in TOML (https://developers.openai.com/codex/mcp)
 */
import * as Predicate from "effect/Predicate"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import * as Toml from "effect/encoding/Toml"
import * as Jsonc from "./Jsonc.ts"

/** A server that may speak SSE. */
export interface ClientServer {
  readonly name: string
  /** With `${VAR}` where the client's file has a variable of its own. */
  readonly url: string
  readonly headers: { readonly [name: string]: string }
  /** `false`: the file gives an address and does not say what is spoken there. */
  readonly saysSse: boolean
  readonly disabled: boolean
}

/** A server that cannot be taken. */
export interface LeftOut {
  readonly name: string
  readonly why: string
}

export interface ClientServers {
  readonly servers: ReadonlyArray<ClientServer>
  readonly leftOut: ReadonlyArray<LeftOut>
}

/** Reads the text of such a file. The failure completes the sentence that begins with the file's name. */
export const read = (text: string): Result.Result<ClientServers, string> =>
  parsed(text).pipe(
    Result.flatMap(({ format, value }) => {
      const entries = entriesOf(value)
      if (entries === null) {
        return Result.fail(
          'it names no MCP servers: there is neither "mcpServers" nor "servers" (JSON), nor [mcp_servers] (TOML)'
        )
      }
      const all = Object.entries(entries).map(([name, entry]) => serverOf(name, entry, format))
      return Result.succeed({ servers: all.flatMap(Result.match(take)), leftOut: all.flatMap(Result.match(leave)) })
    })
  )

// -----------------------------------------------------------------------------
// internals

const take = { onSuccess: (server: ClientServer) => [server], onFailure: () => [] }
const leave = { onSuccess: () => [], onFailure: (left: LeftOut) => [left] }

type Format = "JSON" | "TOML"

const parsed = (text: string): Result.Result<{ readonly format: Format; readonly value: unknown }, string> =>
  /^\uFEFF?\s*(?:\/[/*]|\{)/.test(text)
    ? Result.map(Jsonc.parse(text), (value) => ({ format: "JSON", value }))
    : Toml.parse(text).pipe(
        Result.map((value) => ({ format: "TOML" as const, value })),
        Result.mapError((error) => `it is neither JSON nor TOML${placeIn(error.message)}`)
      )

/** The place alone: the rest may repeat what stands there. */
const placeIn = (message: string): string => {
  const place = /line (\d+), column (\d+)/.exec(message)
  return place === null ? "" : ` (${place[0]})`
}

type Entries = { readonly [name: string]: unknown }

/** Where clients keep their servers; those of Claude's projects are gathered, too. */
const entriesOf = (value: unknown): Entries | null => {
  if (!Predicate.isObject(value)) return null
  const own = value["mcpServers"] ?? value["servers"] ?? value["mcp_servers"] ?? value["mcp.servers"]
  if (Predicate.isObject(own)) return own
  if (Predicate.isObject(value["mcp"])) return entriesOf(value["mcp"])
  const projects = Predicate.isObject(value["projects"]) ? Object.values(value["projects"]).map(entriesOf) : []
  const found = projects.filter(Predicate.isNotNull)
  return found.length === 0 ? null : Object.assign({}, ...found)
}

const optional = <S extends Schema.Constraint>(schema: S) => Schema.optionalKey(Schema.NullOr(schema))
const Text = optional(Schema.String)
const Texts = optional(Schema.Record(Schema.String, Schema.Union([Schema.String, Schema.Finite, Schema.Boolean])))

const Entry = Schema.Struct({
  type: Text,
  transport: Text,
  transportType: Text,
  url: Text,
  serverUrl: Text,
  baseUrl: Text,
  httpUrl: Text,
  command: Schema.optionalKey(Schema.Unknown),
  headers: Texts,
  http_headers: Texts,
  env_http_headers: Texts,
  bearerToken: Text,
  bearerTokenEnv: Text,
  bearer_token_env_var: Text,
  disabled: optional(Schema.Boolean),
  enabled: optional(Schema.Boolean)
})
type Entry = typeof Entry.Type

const decode = Schema.decodeUnknownResult(Entry)

const serverOf = (name: string, value: unknown, format: Format): Result.Result<ClientServer, LeftOut> => {
  const decoded = decode(value)
  if (Result.isFailure(decoded)) return Result.fail({ name, why: "its entry has a shape that is not known" })
  const entry = decoded.success
  const url = entry.url ?? entry.serverUrl ?? entry.baseUrl ?? null
  const why = reasonAgainst(entry, url, format)
  if (why !== null || url === null) return Result.fail({ name, why: why ?? "it has no address" })
  return Result.succeed({
    name,
    url: ourVariables(url),
    headers: headersOf(entry),
    saysSse: kindOf(entry) === "sse",
    disabled: entry.disabled === true || entry.enabled === false
  })
}

const kindOf = ({ transport, transportType, type }: Entry): string =>
  (type ?? transport ?? transportType ?? "").toLowerCase().replaceAll(/[-_ ]/g, "")

const reasonAgainst = (entry: Entry, url: string | null, format: Format): string | null => {
  const kind = kindOf(entry)
  if (kind === "sse" && url !== null) return null
  if (kind === "stdio" || kind === "local" || (url === null && Predicate.isNotNullish(entry.command))) {
    return "stdio: it is a program to be started, and only servers reached over SSE can be named"
  }
  if (kind.endsWith("http") || Predicate.isNotNullish(entry.httpUrl) || (format === "TOML" && url !== null)) {
    return "streamable HTTP: only SSE is spoken here; many such servers have an SSE address, too, often /sse"
  }
  if (kind === "ws" || kind === "websocket") return "WebSocket: only SSE is spoken here"
  return url === null ? "it has neither an address nor a command" : null
}

const headersOf = (entry: Entry): { readonly [name: string]: string } => {
  const variable = entry.bearerTokenEnv ?? entry.bearer_token_env_var ?? null
  const token = variable === null ? (entry.bearerToken ?? null) : `\${${variable}}`
  const all = { ...entry.headers, ...entry.http_headers }
  const named = Object.entries(entry.env_http_headers ?? {}).map(([name, value]) => [name, `\${${value}}`] as const)
  return {
    ...Object.fromEntries(Object.entries(all).map(([name, value]) => [name, ourVariables(String(value))])),
    ...Object.fromEntries(named),
    ...(token === null ? {} : { Authorization: `Bearer ${ourVariables(token)}` })
  }
}

/** `${env:NAME}`, `${input:name}` and `$env:NAME` as `${NAME}`; `${NAME}` and `${NAME:-default}` are ours already. */
const ourVariables = (text: string): string =>
  text
    .replaceAll(/\$\{input:([^}]*)\}/g, (_, id: string) => reference(id.toUpperCase()))
    .replaceAll(/\$\{env:([^}]*)\}|\$env:([A-Za-z_]\w*)/g, (_, braced?: string, bare?: string) =>
      reference(braced ?? bare ?? "")
    )

const reference = (name: string): string => `\${${name.replaceAll(/\W+/g, "_").replace(/^(?=\d|$)/, "_")}}`
