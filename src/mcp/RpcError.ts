/**
 * A JSON-RPC error as the SDK writes one from what its handlers reject with. Not its `McpError`: that puts the code into
 * the message, and so does the client that reads it.
 */
export class RpcError extends Error {
  override readonly name = "RpcError"
  readonly code: number
  readonly data: unknown

  constructor(code: number, message: string, data?: unknown) {
    super(message)
    this.code = code
    this.data = data
  }
}

/** The specification's code for a resource that does not exist. */
export const resourceNotFound = -32002

/** Of the range that JSON-RPC leaves to servers. */
export const overloaded = -32000
