/** The MCP server over a real socket, and the official SDK's client at it. */
import * as NodeHttpServer from "@effect/platform-node/NodeHttpServer"
import { Client } from "@modelcontextprotocol/sdk/client/index.js"
import { SSEClientTransport } from "@modelcontextprotocol/sdk/client/sse.js"
import type { ClientCapabilities } from "@modelcontextprotocol/sdk/types.js"
import { Context, Effect, Layer, type Scope, Semaphore } from "effect"
import { HttpRouter, HttpServer } from "effect/http"
import { createServer } from "node:http"
import type { Orchestrator } from "../../src/Orchestrator.ts"
import * as Places from "../../src/Places.ts"
import * as Server from "../../src/mcp/Server.ts"
import * as LogCapture from "../LogCapture.ts"

export interface Door {
  readonly origin: string
  /** Of the event stream. */
  readonly url: string
}

/** Whatever listens there. */
export const at = (origin: string): Door => ({ origin, url: `${origin}/sse` })

/** Serves the orchestrator on a port of its own for as long as the scope is open. */
export const open = Effect.fnUntraced(function* <E>(
  orchestrator: Layer.Layer<Orchestrator, E>,
  options: Server.Options = {},
  logs: LogCapture.LogCapture = LogCapture.make()
) {
  const served = HttpRouter.serve(Server.layer(options), { disableLogger: true, disableListenLog: true }).pipe(
    Layer.provide(orchestrator),
    Layer.provideMerge(
      NodeHttpServer.layer(createServer, { port: 0, host: "127.0.0.1", gracefulShutdownTimeout: "1 second" })
    ),
    Layer.provide(logs.layer)
  )
  const { address } = Context.get(yield* Layer.build(served), HttpServer.HttpServer)
  const origin = HttpServer.formatAddress(address)
  const door: Door = { origin, url: `${origin}/sse` }
  return door
})

/** Room for one request. */
export const oneAtOnce = Effect.map(Semaphore.make(1), (place) =>
  Effect.flatMap(Places.take(place), (taken) => (taken ? Effect.void : Effect.fail({ title: "full" })))
)

/** A client of the official SDK, connected until the scope closes. */
export const connect = (
  { url }: Door,
  capabilities: ClientCapabilities = {},
  prepare: (client: Client) => void = () => {}
): Effect.Effect<Client, never, Scope.Scope> =>
  Effect.acquireRelease(
    Effect.promise(async () => {
      const client = new Client({ name: "host", version: "1.0.0" }, { capabilities })
      prepare(client)
      await client.connect(new SSEClientTransport(new URL(url)))
      return client
    }),
    (client) => Effect.promise(() => client.close())
  )
