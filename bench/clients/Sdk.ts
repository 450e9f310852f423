/** The MCP SDK by itself, as its documentation shows it; how many reads go out at once is the caller's choice. */
import { Client as McpClient } from "@modelcontextprotocol/sdk/client/index.js"
import { SSEClientTransport } from "@modelcontextprotocol/sdk/client/sse.js"
import type { Client } from "./Contract.ts"

/** Applies an operation to all items: one after another, or all at once. */
export interface Order {
  <A, B>(items: ReadonlyArray<A>, operation: (item: A) => Promise<B>): Promise<Array<B>>
}

export const oneAfterAnother: Order = async (items, operation) => {
  const results = []
  for (const item of items) results.push(await operation(item))
  return results
}

export const allAtOnce: Order = (items, operation) => Promise.all(items.map(operation))

/** Page by page, as the specification has it. */
const allResources = async (client: McpClient) => {
  const all = []
  let cursor: string | undefined
  do {
    const page = await client.listResources(cursor === undefined ? {} : { cursor })
    all.push(...page.resources)
    cursor = page.nextCursor
  } while (cursor !== undefined)
  return all
}

export const sdk = (inOrder: Order): Client => ({
  connect: async (urls) => {
    const clients = await inOrder(urls, async (url) => {
      const client = new McpClient({ name: "bench", version: "1.0.0" })
      await client.connect(new SSEClientTransport(new URL(url)))
      await client.listResources()
      return client
    })
    return {
      gather: async () => {
        const servers = await inOrder(clients, async (client) => {
          return inOrder(await allResources(client), async ({ name, uri }) => {
            const { contents } = await client.readResource({ uri })
            const [content] = contents
            return [name, content !== undefined && "text" in content ? JSON.parse(content.text) : null]
          })
        })
        return { resources: servers.flat().length, data: servers.map((entries) => Object.fromEntries(entries)) }
      },
      close: async () => {
        await inOrder(clients, (client) => client.close())
      }
    }
  }
})
