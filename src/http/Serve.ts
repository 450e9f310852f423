/** One process, one port: everything that is served, listening, and shown out again. */
import * as NodeHttpServer from "@effect/platform-node/NodeHttpServer"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as HttpRouter from "effect/http/HttpRouter"
import { createServer } from "node:http"
import type { HttpConfig } from "../config/OrchestratorConfig.ts"
import * as McpServer from "../mcp/Server.ts"
import * as Docs from "./Docs.ts"
import * as Door from "./Door.ts"
import * as Forms from "./Forms.ts"
import { Leaving } from "./Leaving.ts"
import { Lifecycle } from "./Lifecycle.ts"
import * as Operations from "./Operations.ts"
import * as Server from "./Server.ts"

/**
 * Listens, and serves the API, what operators ask, and whatever else is mounted here. `Lifecycle` says when it is ready.
 * On release nobody is let in any more, requests have `grace` to end, and then the port is closed.
 */
export const layer = (config: HttpConfig, grace: Duration.Input = usualGrace) =>
  Layer.suspend(() => served(config, grace))

// -----------------------------------------------------------------------------
// internals

const served = (config: HttpConfig, grace: Duration.Input) => {
  const server = createServer(limits)
  const routes = Layer.mergeAll(
    Door.layer(config),
    Forms.accepted,
    Forms.methods(["/docs", "/health/live", "/health/ready", "/metrics", "/sse", "/v1/openapi.json"]),
    Operations.layer,
    Docs.layer,
    Server.layer(config),
    mcp(config)
  )
  return Lifecycle.onRelease.pipe(
    Layer.provideMerge(Leaving.layer(server)),
    Layer.provideMerge(
      HttpRouter.serve(routes, { disableLogger: true, disableListenLog: true }).pipe(Layer.provide(Door.reported))
    ),
    Layer.provideMerge(
      NodeHttpServer.layer(() => server, {
        host: config.host,
        port: config.port,
        gracefulShutdownTimeout: "1 second"
      })
    ),
    Layer.provideMerge(Lifecycle.layer({ maxRequests: config.maxRequests, grace }))
  )
}

/** How long requests have to end by themselves once a shutdown has begun; Kubernetes kills after 30 seconds. */
const usualGrace = Duration.seconds(10)

/** In the same places as the API's requests. */
const mcp = ({ maxSessions, replica, sampling, sessionIdle }: HttpConfig) =>
  Layer.unwrap(
    Effect.map(Lifecycle, ({ admit, draining }) =>
      McpServer.layer({ admit, draining, maxSessions, replica, sampling, sessionIdle })
    )
  )

/** A header is small and comes at once; a body of 64 KiB does not take half a minute. Node answers 408 and 431 itself. */
const limits = {
  maxHeaderSize: 16_384,
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  keepAliveTimeout: 5000,
  connectionsCheckingInterval: 1000
}
