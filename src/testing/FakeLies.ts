/** Results that are not what they should be: pure functions from the right reply to a wrong one. */
import type * as Schema from "effect/Schema"
import type { RequestId } from "./FakeCounters.ts"
import type { Fault } from "./FakeFault.ts"
import { cursorOf, field, pageOf, result, type Replies, type Reply } from "./FakeReplies.ts"

type FaultOf<Kind extends Fault["kind"]> = Extract<Fault, { readonly kind: Kind }>

/** An id near the one asked, which nobody asks. */
export const otherId = (id: RequestId): RequestId => (typeof id === "number" ? id + 1_000_000_007 : `${id}-other`)

/** The nearest thing to a right result that is against the specification. */
export const invalid = (method: string, params: unknown): Schema.Json => {
  switch (method) {
    case "initialize":
      return {
        protocolVersion: 20_250_618,
        capabilities: {},
        serverInfo: { name: "fake-mcp-server", version: "1.0.0" }
      }
    case "resources/list":
      return { resources: [{ uri: "fake://undescribed", name: "undescribed", description: ["a list"] }] }
    case "resources/read":
      // Contents that are neither text nor blob.
      return { contents: [{ uri: String(field(params, "uri")) }] }
    default:
      return { content: "not a list" }
  }
}

/** The right contents under another URI. */
export const ofAnotherUri = (reply: Reply, fault: FaultOf<"wrongUri">): Reply => {
  if (reply.kind === "error") return reply
  const contents: Schema.Json = JSON.parse(textOf(reply), (key, value: Schema.Json) =>
    key === "uri" && typeof value === "string" ? (fault.uri ?? `${value}#other`) : value
  )
  return result(contents)
}

/** A page of the listing that leads astray. */
export const withCursor = (replies: Replies, params: unknown, fault: FaultOf<"cursor">): Reply => {
  const page = pageOf(field(params, "cursor")) ?? 1
  const resources = replies.page(page)
  switch (fault.cursor) {
    case "endless":
      return result({
        resources: resources.length > 0 ? resources : [{ uri: `endless://${page}`, name: `endless_${page}` }],
        nextCursor: cursorOf(page + 1)
      })
    case "huge":
      return result({ resources: [], nextCursor: `${cursorOf(page + 1)}${" ".repeat(100_000)}` })
    case "repeated":
      return result({ resources, nextCursor: cursorOf(2) })
    case "empty":
    case "null": {
      const last = fault.cursor === "empty" ? "" : null
      return result({ resources, nextCursor: page < replies.pages ? cursorOf(page + 1) : last })
    }
  }
}

/** The text around a padding inside a result, so that head + padding + tail is a valid result. */
export const aroundPadding = (reply: Reply): { readonly head: string; readonly tail: string } => {
  const text = reply.kind === "result" ? textOf(reply) : "{}"
  return { head: '{"_meta":{"padding":"', tail: text === "{}" ? '"}}' : `"},${text.slice(1)}` }
}

const textOf = (reply: Extract<Reply, { readonly kind: "result" }>): string => Buffer.concat(reply.pieces).toString()
