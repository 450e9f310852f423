/** @ai-sdk/mcp, all reads at once. Runs from the folder the peers were installed to. */
import { createRequire } from "node:module"
import * as Process from "./Process.ts"

/** As much of its API as is used; it is no dependency of this project, so its types are not here. */
interface AiSdk {
  createMCPClient(config: { transport: { type: "sse"; url: string } }): Promise<AiSdkClient>
}
interface AiSdkClient {
  listResources(): Promise<{ resources: ReadonlyArray<{ name: string; uri: string }> }>
  readResource(args: { uri: string }): Promise<{ contents: ReadonlyArray<{ text?: unknown }> }>
  close(): Promise<void>
}

const { createMCPClient }: AiSdk = createRequire(import.meta.url)("@ai-sdk/mcp") // boundary: an untyped package

Process.run({
  connect: async (urls) => {
    const clients = await Promise.all(
      urls.map(async (url) => {
        const client = await createMCPClient({ transport: { type: "sse", url } })
        await client.listResources()
        return client
      })
    )
    return {
      gather: async () => {
        const servers = await Promise.all(
          clients.map(async (client) => {
            const { resources } = await client.listResources()
            return Promise.all(
              resources.map(async ({ name, uri }) => {
                const { contents } = await client.readResource({ uri })
                return [name, JSON.parse(String(contents[0]?.text))]
              })
            )
          })
        )
        return { resources: servers.flat().length, data: servers.map((entries) => Object.fromEntries(entries)) }
      },
      close: async () => {
        await Promise.all(clients.map((client) => client.close()))
      }
    }
  }
})
