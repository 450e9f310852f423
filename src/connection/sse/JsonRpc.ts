/** JSON-RPC 2.0 messages as they stand on the wire (https://www.jsonrpc.org/specification). Pure. */
import type { JSONRPCMessage, JSONRPCErrorResponse, JSONRPCResultResponse } from "@modelcontextprotocol/sdk/types.js"
import * as Predicate from "effect/Predicate"
import * as Record from "effect/Record"
import type { Stage } from "../../OrchestratorError.ts"
import * as ExactJson from "../../text/ExactJson.ts"
import * as Json from "../../text/Json.ts"

export type Reply = JSONRPCResultResponse | JSONRPCErrorResponse

/** The code under which a reply that is neither a result nor an error reaches its request, instead of being dropped. */
export const invalidReplyCode = -32_099
/** The code under which the end of the session reaches the request that caused it. */
export const lostCode = -32_098

/**
 * The messages of a text: one, or those of a batch (protocol version 2025-03-26 allows them); `null` in place of what
 * is no message.
 */
export const parse = (text: string): ReadonlyArray<JSONRPCMessage | null> => messagesOf(parseJson(text))

/** The same with integers beyond 2^53 as `bigint`; none if the text holds none, so that nothing is parsed twice in vain. */
export const parseExact = (text: string): ReadonlyArray<JSONRPCMessage | null> =>
  /\d{16}/.test(text) ? messagesOf(ExactJson.parse(text)) : []

/** Whether a text is the answer to the request of that id. */
export const answers = (text: string, id: number): boolean =>
  parse(text).some((message) => message !== null && isReply(message) && message.id === id)

/** An answer to a request of ours (and not a request or notification of the server). */
export const isReply = (message: JSONRPCMessage): message is Reply => !("method" in message)

/**
 * The answer under the id that the SDK knows, and with nothing but what the specification names: the SDK drops a reply
 * that is malformed, or has a strange `_meta`, and its request would wait for its deadline. A malformed one becomes an
 * error.
 */
export const withId = (reply: Reply, id: number): Reply => {
  // Serialisers that write every member put `error: null` beside a result.
  const error: unknown = "error" in reply ? reply.error : null
  const result: unknown = "result" in reply ? reply.result : null
  if (Predicate.isObject(error)) {
    if (Number.isSafeInteger(error["code"]) && Predicate.isString(error["message"])) {
      return {
        jsonrpc: "2.0",
        id,
        error: { code: Number(error["code"]), message: error["message"], data: error["data"] }
      }
    }
  } else if (error === null && Predicate.isObject(result)) {
    const { _meta, ...rest } = result
    return { jsonrpc: "2.0", id, result: rest }
  }
  return {
    jsonrpc: "2.0",
    id,
    error: { code: invalidReplyCode, message: "the reply holds neither a result nor an error" }
  }
}

/** Our requests' ids moved by `offset`, also inside a cancellation. Replies to the server's requests keep theirs. */
export const shifted = (message: JSONRPCMessage, offset: number): JSONRPCMessage => {
  if (!("method" in message)) return message
  if ("id" in message) return { ...message, id: Number(message.id) + offset }
  if (message.method !== "notifications/cancelled") return message
  return { ...message, params: { ...message.params, requestId: Number(message.params?.["requestId"]) + offset } }
}

/** The stage a request belongs to, by its method. */
export const stageOf = (method: string): Stage => {
  switch (method) {
    case "resources/list":
    case "resources/templates/list":
      return "list"
    case "resources/read":
      return "read"
    case "tools/call":
    case "tools/list":
      return "call"
    default:
      return "initialize"
  }
}

/** Requests that change nothing, so that one which may have been lost can go out again. */
export const mayRepeat = (method: string): boolean => method !== "tools/call"

/** JSON of any kind; `undefined` (which JSON cannot say) if the text is none. */
const parseJson = (text: string): unknown => {
  // boundary: it throws
  try {
    return Json.parse(text)
  } catch {
    return undefined
  }
}

const messagesOf = (value: unknown): ReadonlyArray<JSONRPCMessage | null> =>
  Array.isArray(value) && value.length > 0 ? value.map(asMessage) : [asMessage(value)]

const asMessage = (value: unknown): JSONRPCMessage | null => {
  if (isMessage(value)) return value
  const forgiven = withoutNulls(value)
  return isMessage(forgiven) ? forgiven : null
}

/**
 * The envelope only: the SDK's schemas check what is inside. A reply without result and error is one too (`withId`
 * turns it into an error), so that its request need not wait for its deadline.
 */
const isMessage = (value: unknown): value is JSONRPCMessage =>
  Predicate.isObject(value) &&
  value["jsonrpc"] === "2.0" &&
  ("method" in value ? typeof value["method"] === "string" && value["params"] !== null : "id" in value)

/**
 * What some serialisers make of a message, put right: members that are absent written as `null`, the version left out.
 * Without a version only what has a member of a message is taken for one.
 */
const withoutNulls = (value: unknown): unknown => {
  if (!Predicate.isObject(value) || (value["jsonrpc"] ?? "2.0") !== "2.0") return null
  const { method, params, ...rest } = value
  if (!("method" in value || "result" in value || "error" in value)) return null
  const call = Record.filter({ method, params }, Predicate.isNotNullish)
  return { ...rest, ...call, jsonrpc: "2.0" }
}
