/** What the official SDK client reads from a server: the measure of a complete gather. */
import { Client } from "@modelcontextprotocol/sdk/client/index.js"
import { SSEClientTransport } from "@modelcontextprotocol/sdk/client/sse.js"
import type { ReadResourceResult, Resource } from "@modelcontextprotocol/sdk/types.js"
import * as Effect from "effect/Effect"

export interface Reading {
  readonly resource: Resource
  readonly contents: ReadResourceResult["contents"]
}

/** Every resource that the server lists but the left-out ones, page by page, each with its contents. */
export const readAll = Effect.fnUntraced(function* (url: string, except: (uri: string) => boolean = () => false) {
  const client = yield* connect(url)
  if (client.getServerCapabilities()?.resources === undefined) return []
  const readings: Array<Reading> = []
  let cursor: string | undefined
  do {
    const page = yield* Effect.promise(() => client.listResources(cursor === undefined ? {} : { cursor }))
    for (const resource of page.resources.filter(({ uri }) => !except(uri))) {
      const { contents } = yield* Effect.promise(() => client.readResource({ uri: resource.uri }))
      readings.push({ resource, contents })
    }
    cursor = page.nextCursor
  } while (cursor !== undefined)
  return readings
}, Effect.scoped)

/** The names of the tools that the server lists. */
export const tools = Effect.fnUntraced(function* (url: string) {
  const client = yield* connect(url)
  const listed = yield* Effect.promise(() => client.listTools())
  return listed.tools.map(({ name }) => name)
}, Effect.scoped)

const connect = Effect.fnUntraced(function* (url: string) {
  const client = new Client({ name: "official-sdk-client", version: "1.0.0" })
  yield* Effect.acquireRelease(
    Effect.promise(() => client.connect(new SSEClientTransport(new URL(url)))),
    () => Effect.promise(() => client.close())
  )
  return client
})
