/** @langchain/mcp-adapters, all reads at once. Runs from the folder the peers were installed to. */
import { createRequire } from "node:module"
import * as Process from "./Process.ts"

/** As much of its API as is used; it is no dependency of this project, so its types are not here. */
interface Langchain {
  readonly MultiServerMCPClient: new (config: {
    mcpServers: { readonly [id: string]: { transport: "sse"; url: string } }
  }) => MultiServerClient
}
interface MultiServerClient {
  listResources(): Promise<{ readonly [server: string]: ReadonlyArray<{ name: string; uri: string }> }>
  readResource(server: string, uri: string): Promise<ReadonlyArray<{ text?: unknown }>>
  close(): Promise<void>
}

const { MultiServerMCPClient }: Langchain = createRequire(import.meta.url)("@langchain/mcp-adapters") // boundary: an untyped package

Process.run({
  connect: async (urls) => {
    const client = new MultiServerMCPClient({
      mcpServers: Object.fromEntries(urls.map((url, index) => [`server_${index + 1}`, { transport: "sse", url }]))
    })
    await client.listResources()
    return {
      gather: async () => {
        const listed = await client.listResources()
        const servers = await Promise.all(
          Object.entries(listed).map(([server, resources]) =>
            Promise.all(
              resources.map(async ({ name, uri }) => {
                const [content] = await client.readResource(server, uri)
                return [name, JSON.parse(String(content?.text))]
              })
            )
          )
        )
        return { resources: servers.flat().length, data: servers.map((entries) => Object.fromEntries(entries)) }
      },
      close: () => client.close()
    }
  }
})
