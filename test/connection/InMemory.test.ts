/** Another transport in place of the sockets: the SDK's own server in the same process. */
import { InMemoryTransport } from "@modelcontextprotocol/sdk/inMemory.js"
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js"
import { assert, describe, it } from "@effect/vitest"
import { Effect, Layer } from "effect"
import * as ServerConnection from "../../src/connection/ServerConnection.ts"
import * as SdkSession from "../../src/connection/SdkSession.ts"
import { Sessions } from "../../src/connection/Sessions.ts"
import * as Gather from "../../src/resources/Gather.ts"
import { configOf, quiet } from "./fixture.ts"

/** Each session gets a server of its own, which the test may close under it. */
const inMemory = (servers: Array<McpServer>) =>
  Layer.succeed(Sessions, {
    open: (config) =>
      SdkSession.open(
        config,
        Effect.promise(() => {
          const server = new McpServer({ name: config.name, version: "1" })
          server.registerResource("greeting", "memory://greeting", {}, (uri) => ({
            contents: [{ uri: uri.href, text: `from ${config.id}` }]
          }))
          servers.push(server)
          const [client, other] = InMemoryTransport.createLinkedPair()
          return server.connect(other).then(() => client)
        })
      )
  })

describe("a transport of one's own", () => {
  it.live("is all it takes to gather without sockets, and heals like any other", () =>
    Effect.gen(function* () {
      const servers: Array<McpServer> = []
      const config = configOf([{ url: "http://memory.invalid/1" }, { url: "http://memory.invalid/2" }])
      const connections = yield* Effect.forEach(config.servers, (server) =>
        ServerConnection.make(server, config.limits)
      ).pipe(Effect.provide(inMemory(servers)))
      const contents = Effect.map(Gather.gatherAll(connections, config), (gathered) =>
        gathered.servers.map(({ resources }) => resources.get("greeting")?.data)
      )
      assert.deepStrictEqual(yield* contents, ["from server_1", "from server_2"])
      assert.lengthOf(servers, 2)
      yield* Effect.promise(() => Promise.all(servers.map((server) => server.close())))
      assert.deepStrictEqual(yield* contents, ["from server_1", "from server_2"])
      assert.lengthOf(servers, 4)
    }).pipe(quiet)
  )
})
