/**
 * The honest half of a fake server: a script compiled into the replies of the MCP specification.
 *
 * Results are kept as bytes of JSON, and equal texts share their bytes, so that thousands of reads a second cost little
 * more than a copy.
 */
import * as Result from "effect/Result"
import type * as Schema from "effect/Schema"
import type { FakeResource, FakeScript, FakeTool } from "./FakeScript.ts"

/** What answers a JSON-RPC request: the bytes of its `result`, or an error. */
export type Reply =
  | { readonly kind: "result"; readonly pieces: ReadonlyArray<Uint8Array> }
  | { readonly kind: "error"; readonly code: number; readonly message: string; readonly data?: Schema.Json }

/** A compiled script. */
export interface Replies {
  /** The reply to any request; `params` as they came. */
  readonly reply: (method: string, params: unknown) => Reply
  /** The resources of a page, from 1, and how many pages there are. */
  readonly page: (page: number) => ReadonlyArray<Schema.Json>
  readonly pages: number
  /** How long reading this URI takes, ms, if its resource says so. */
  readonly latency: (uri: unknown) => number | undefined
}

/** The versions a fake negotiates, newest first. */
const protocolVersions = ["2025-11-25", "2025-06-18", "2025-03-26", "2024-11-05"] as const

/** The page a `cursor` asks for, from 1; `null` for a cursor this server never gave. */
export const pageOf = (cursor: unknown): number | null => {
  if (cursor === undefined || cursor === "") return 1
  const number = typeof cursor === "string" ? /^page-(\d+) *$/.exec(cursor)?.[1] : undefined
  return number === undefined ? null : Number(number)
}

/** The cursor that asks for a page. */
export const cursorOf = (page: number): string => `page-${page}`

/** An own field of something that came from outside; inherited names such as `constructor` are no fields. */
export const field = (value: unknown, name: string): unknown => {
  if (typeof value !== "object" || value === null) return undefined
  return Object.getOwnPropertyDescriptor(value, name)?.value
}

/** A result from a JSON value. */
export const result = (value: Schema.Json): Reply => ({ kind: "result", pieces: [Buffer.from(JSON.stringify(value))] })

export const compile = (script: FakeScript): Replies => {
  const resources = script.resources ?? []
  const tools = script.tools ?? []
  const pageSize = Math.max(1, script.pageSize ?? resources.length)
  const pages = Math.max(1, Math.ceil(resources.length / pageSize))
  const capabilities = script.capabilities ?? { resources: {}, ...(tools.length === 0 ? {} : { tools: {} }) }
  const byUri = new Map(resources.map((resource) => [resource.uri, resource]))
  const contents = makeContents()
  const listings = new Map<number, Reply>()
  const calls = new Map<string, number>()

  const page = (number: number) => resources.slice((number - 1) * pageSize, number * pageSize).map(listed)
  const list = (number: number): Reply => {
    const known = listings.get(number)
    if (known !== undefined) return known
    const next = number < pages ? { nextCursor: cursorOf(number + 1) } : {}
    const made = result({ resources: page(number), ...next })
    listings.set(number, made)
    return made
  }
  const call = (name: unknown, given: unknown): Reply => {
    const tool = tools.find((candidate) => candidate.name === name)
    if (tool === undefined) return failure(-32602, `Unknown tool: ${String(name)}`)
    const count = calls.get(tool.name) ?? 0
    calls.set(tool.name, count + 1)
    return callTool(tool, count, given)
  }

  const methods: { readonly [method: string]: readonly [capability: string | null, (params: unknown) => Reply] } = {
    initialize: [
      null,
      (params) =>
        result({
          protocolVersion: script.protocolVersion ?? negotiate(field(params, "protocolVersion")),
          capabilities,
          serverInfo: { name: "fake-mcp-server", version: "1.0.0", ...script.serverInfo },
          ...(script.instructions === undefined ? {} : { instructions: script.instructions })
        })
    ],
    ping: [null, () => result({})],
    "resources/list": [
      "resources",
      (params) => {
        const number = pageOf(field(params, "cursor"))
        return number === null || number > pages ? failure(-32602, "Unknown cursor") : list(number)
      }
    ],
    "resources/templates/list": [
      "resources",
      () =>
        result({
          resourceTemplates: (script.templates ?? []).map((uriTemplate) => ({ uriTemplate, name: uriTemplate }))
        })
    ],
    "resources/read": [
      "resources",
      (params) => {
        const uri = field(params, "uri")
        const resource = typeof uri === "string" ? byUri.get(uri) : undefined
        if (resource === undefined) return failure(-32002, "Resource not found", { uri: String(uri) })
        return { kind: "result", pieces: contents(resource) }
      }
    ],
    "tools/list": [
      "tools",
      (params) =>
        result({
          ...(script.endlessTools === true ? { nextCursor: cursorOf((pageOf(field(params, "cursor")) ?? 1) + 1) } : {}),
          tools: tools.map(({ name, description, inputSchema }) => ({
            name,
            ...(description === undefined ? {} : { description }),
            inputSchema: inputSchema ?? { type: "object" }
          }))
        })
    ],
    "tools/call": ["tools", (params) => call(field(params, "name"), field(params, "arguments"))]
  }

  return {
    page,
    pages,
    latency: (uri) => (typeof uri === "string" ? byUri.get(uri)?.latency : undefined),
    reply(method, params) {
      const known = Object.hasOwn(methods, method) ? methods[method] : undefined
      if (known === undefined) return failure(-32601, "Method not found")
      const [capability, answer] = known
      return capability === null || Object.hasOwn(capabilities, capability)
        ? answer(params)
        : failure(-32601, "Method not found")
    }
  }
}

const failure = (code: number, message: string, data?: Schema.Json): Reply => ({
  kind: "error",
  code,
  message,
  ...(data === undefined ? {} : { data })
})

const negotiate = (asked: unknown): string =>
  protocolVersions.find((version) => version === asked) ?? protocolVersions[0]

const listed = (resource: FakeResource): Schema.Json => {
  const { uri, name, title, description, listing } = resource
  const mimeType = mimeTypeOf(resource)
  return {
    uri,
    name,
    ...(title === undefined ? {} : { title }),
    ...(description === undefined ? {} : { description }),
    ...(mimeType === undefined ? {} : { mimeType }),
    ...listing
  }
}

const mimeTypeOf = (resource: FakeResource): string | undefined =>
  resource.mimeType ?? (resource.json === undefined ? undefined : "application/json")

/** The bytes of `resources/read` results, made when first asked for. */
const makeContents = () => {
  const made = new WeakMap<FakeResource, ReadonlyArray<Uint8Array>>()
  const quoted = new Map<string, Uint8Array>()
  const quote = (text: string): Uint8Array => {
    const known = quoted.get(text)
    if (known !== undefined) return known
    const bytes = Buffer.from(JSON.stringify(text))
    quoted.set(text, bytes)
    return bytes
  }
  const make = (resource: FakeResource): ReadonlyArray<Uint8Array> => {
    if (resource.contents !== undefined) return [Buffer.from(JSON.stringify({ contents: resource.contents }))]
    const text = resource.json === undefined ? resource.text : JSON.stringify(resource.json)
    const body = text ?? resource.blob
    if (body === undefined) return [Buffer.from('{"contents":[]}')]
    const mimeType = mimeTypeOf(resource)
    const head = JSON.stringify({ uri: resource.uri, ...(mimeType === undefined ? {} : { mimeType }) })
    const key = text === undefined ? "blob" : "text"
    return [Buffer.from(`{"contents":[${head.slice(0, -1)},"${key}":`), quote(body), Buffer.from("}]}")]
  }
  return (resource: FakeResource): ReadonlyArray<Uint8Array> => {
    const known = made.get(resource)
    if (known !== undefined) return known
    const pieces = make(resource)
    made.set(resource, pieces)
    return pieces
  }
}

/** The reply to the call of a tool that was called `count` times before. */
const callTool = (tool: FakeTool, count: number, given: unknown): Reply => {
  const { reply } = tool
  if (typeof reply === "function") {
    const args: { readonly [name: string]: unknown } =
      typeof given === "object" && given !== null ? Object.fromEntries(Object.entries(given)) : {}
    return Result.match(
      Result.try(() => reply(args)),
      {
        onSuccess: (value) => result({ ...value }),
        onFailure: (cause) => failure(-32603, `the fake's tool failed: ${String(cause)}`)
      }
    )
  }
  if (!("content" in reply)) {
    const scripted = reply[Math.min(count, reply.length - 1)]
    return scripted === undefined ? failure(-32603, "the script has no reply") : result({ ...scripted })
  }
  return result({ ...reply })
}
