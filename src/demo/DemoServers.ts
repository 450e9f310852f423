/** The two embedded MCP servers, on real SSE sockets, for as long as a scope is open. */
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as DemoDatabase from "./DemoDatabase.ts"
import { makeDatabaseServer, makeProductServer } from "./McpServers.ts"
import { listen } from "./SseHost.ts"

export interface DemoServersOptions {
  /** The port wanted for *Product Metadata MCP*; 8002 in the shipped configuration. */
  readonly productPort: number
  /** The port wanted for *Database MCP*; 8000 in the shipped configuration. */
  readonly databasePort: number
  /** The address to listen on, such as `127.0.0.1`; also the host of the URLs. */
  readonly host: string
}

export interface DemoServers {
  readonly productUrl: string
  readonly databaseUrl: string
  /** What the person should know: a wanted port that was taken. */
  readonly notices: ReadonlyArray<string>
}

/**
 * Starts both; the database holds two years of orders up to today (Clock, UTC). A taken port is replaced by a free
 * one, with a notice. Everything, sockets included, closes with the scope.
 */
export const start = Effect.fn("DemoServers.start")(function* (options: DemoServersOptions) {
  const today = new Date(yield* Clock.currentTimeMillis).toISOString().slice(0, 10)
  const database = yield* Effect.acquireRelease(
    Effect.sync(() => DemoDatabase.open(today)),
    (open) => Effect.sync(() => open.close())
  )
  const notices: Array<string> = []
  const listenOrElsewhere = Effect.fnUntraced(function* (
    name: string,
    port: number,
    makeServer: Parameters<typeof listen>[2]
  ) {
    const actual = yield* listen(options.host, port, makeServer).pipe(
      Effect.catchIf(
        (error) => error.code === "EADDRINUSE",
        () => listen(options.host, 0, makeServer)
      )
    )
    if (port !== 0 && actual !== port) notices.push(`port ${port} is taken: ${name} listens on ${actual}`)
    return `http://${options.host.includes(":") ? `[${options.host}]` : options.host}:${actual}/sse`
  })
  const productUrl = yield* listenOrElsewhere("Product Metadata MCP", options.productPort, makeProductServer)
  const databaseUrl = yield* listenOrElsewhere("Database MCP", options.databasePort, () => makeDatabaseServer(database))
  const servers: DemoServers = { productUrl, databaseUrl, notices }
  return servers
})
