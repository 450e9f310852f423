/**
 * What a fake server is told to be: immutable plain data, every field optional. `{}` is an honest server without
 * resources. Changing a script is making another one: `{ ...script, faults: [] }`.
 */
import type * as Schema from "effect/Schema"
import type { FaultRule, FaultStage } from "./FakeFault.ts"

/** One resource. Its contents are the first given of `contents`, `json`, `text`, `blob`; with none, no contents. */
export interface FakeResource {
  readonly uri: string
  readonly name: string
  readonly title?: string
  readonly description?: string
  /** By default `application/json` for `json`, absent otherwise. */
  readonly mimeType?: string
  readonly text?: string
  /** Sent as JSON text. */
  readonly json?: Schema.Json
  /** Base64. */
  readonly blob?: string
  /** The whole `contents` array, as it is. */
  readonly contents?: ReadonlyArray<Schema.Json>
  /** Fields laid over its entry in the listing, valid or not: `{ description: null }`. */
  readonly listing?: { readonly [field: string]: Schema.Json }
  /** How long reading it takes, ms; instead of the script's `latency.read`. */
  readonly latency?: number
}

/** A `CallToolResult` of the MCP specification. */
export interface FakeToolResult {
  readonly content: ReadonlyArray<Schema.Json>
  readonly structuredContent?: { readonly [name: string]: Schema.Json }
  readonly isError?: boolean
}

/** One tool. */
export interface FakeTool {
  readonly name: string
  readonly description?: string
  /** A JSON Schema; `{ "type": "object" }` by default. */
  readonly inputSchema?: { readonly [keyword: string]: Schema.Json }
  /**
   * What a call answers: always the same; one after the other, the last one for ever (from the first again after
   * `setScript`); or computed from the arguments, as they came from the wire.
   */
  readonly reply:
    | FakeToolResult
    | ReadonlyArray<FakeToolResult>
    | ((args: { readonly [name: string]: unknown }) => FakeToolResult)
}

/** The script of one server. */
export interface FakeScript {
  readonly serverInfo?: { readonly name: string; readonly version: string; readonly title?: string }
  /** By default `resources`, and `tools` when there are any. Methods of a capability that is absent are not found. */
  readonly capabilities?: { readonly [capability: string]: Schema.Json }
  /** Answered whatever the client asked. By default the client's own version if it is known, else the newest. */
  readonly protocolVersion?: string
  /** The `instructions` of the initialize result. */
  readonly instructions?: string
  readonly resources?: ReadonlyArray<FakeResource>
  /** The URI templates that `resources/templates/list` gives; none by default. */
  readonly templates?: ReadonlyArray<string>
  /** Resources a page; all on one page by default. */
  readonly pageSize?: number
  readonly tools?: ReadonlyArray<FakeTool>
  /** Every page of `tools/list` has all tools and names another one, for ever. */
  readonly endlessTools?: boolean
  /** Milliseconds before each step is answered; none by default. */
  readonly latency?: { readonly [stage in FaultStage]?: number }
  /** The first rule that matches and whose turn it is strikes. */
  readonly faults?: ReadonlyArray<FaultRule>
  /**
   * A proxy's path prefix (`/gateway`): the stream and the POSTs are served below it only, but the server does not know
   * and announces its endpoint without it.
   */
  readonly proxyPrefix?: string
  /**
   * A balancer's cookie, as `Set-Cookie` writes it: the stream's answer sets it, and a POST that does not bring it back
   * meets another node, which knows no session.
   */
  readonly stickyCookie?: string
  /** What a POST for a session that is not known gets; 404 by default. */
  readonly unknownSession?: 400 | 404 | 503 | "silence"
  /** The path that everything is served under, as it is on the wire: `/mcp/tenant`; none by default. */
  readonly prefix?: string
  /** A comment on every open stream, every so many ms; none by default. */
  readonly keepAlive?: number
  /** Some servers end their lines with CR LF; `"\n"` by default. */
  readonly lineEnding?: "\n" | "\r\n"
  /**
   * Serve https, with a certificate of the test authority that is right, or expired, or for another host. Read once,
   * when the server is made.
   */
  readonly tls?: "localhost" | "expired" | "elsewhere"
}

/** `count` JSON resources of about `bytes` bytes each, all different: `bench://0`, `bench://1`, … */
export const manyResources = (count: number, bytes: number): ReadonlyArray<FakeResource> =>
  Array.from({ length: count }, (_, index) => ({
    uri: `bench://${index}`,
    name: `resource_${index}`,
    mimeType: "application/json",
    text: JSON.stringify({ index, padding: "x".repeat(Math.max(0, bytes - 24)) })
  }))

/** The path that the script's server is reached under, from outside. */
export const publicPrefix = ({ prefix = "", proxyPrefix = "" }: FakeScript): string => proxyPrefix + prefix
