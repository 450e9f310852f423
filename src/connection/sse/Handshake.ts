/** The result of `initialize` in the one form that the SDK accepts. Pure. */
import type { JSONRPCResultResponse } from "@modelcontextprotocol/sdk/types.js"
import * as Predicate from "effect/Predicate"
import * as Record from "effect/Record"

/**
 * What serialisers make of a handshake, put right. `null` in place of a capability or a field means that it is not
 * there; PHP writes an empty object as `[]`; a name or version of the server that is missing is "".
 */
export const forgiven = (result: JSONRPCResultResponse["result"]): JSONRPCResultResponse["result"] => {
  const { capabilities, serverInfo, ...rest } = present(result)
  return {
    ...rest,
    capabilities: Record.map(present(capabilities), (capability) =>
      Predicate.isObjectOrArray(capability) ? present(capability) : capability
    ),
    serverInfo: { name: "", version: "", ...present(serverInfo) }
  }
}

/** The members that are there; none of what is no object. */
const present = (value: unknown): { readonly [key: string]: unknown } =>
  Predicate.isObject(value) ? Object.fromEntries(Object.entries(value).filter(([, member]) => member !== null)) : {}
