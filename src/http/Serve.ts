/** One process, one port: everything that is served, listening, and shown out again. */
import * as NodeHttpServer from "@effect/platform-node/NodeHttpServer"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as HttpRouter from "effect/http/HttpRouter"
import * as HttpServerResponse from "effect/http/HttpServerResponse"
import type { HttpConfig } from "../config/OrchestratorConfig.ts"
import * as McpServer from "../mcp/Server.ts"
import * as Chat from "./chat/Chat.ts"
import * as Console from "./Console.ts"
import * as Docs from "./Docs.ts"
import * as Door from "./Door.ts"
import * as Forms from "./Forms.ts"
import { Leaving } from "./Leaving.ts"
import * as Lifecycle from "./Lifecycle.ts"
import * as NodeServer from "./NodeServer.ts"
import * as Operations from "./Operations.ts"
import * as Server from "./Server.ts"

/** How long is waited for whom. */
export interface Patience {
  /** For requests to end by themselves once a shutdown has begun. */
  readonly grace: Duration.Input
  /** For all headers of a request. */
  readonly headers: Duration.Duration
  /** For a request with its body. */
  readonly bodies: Duration.Duration
}

export interface ServeOptions extends Partial<Patience> {
  /** The directories where the page of the console may be; without them there is none. */
  readonly console?: ReadonlyArray<string> | undefined
}

/**
 * Listens, and serves the API, what operators ask, and whatever else is mounted here. `Lifecycle` says when it is ready.
 * On release nobody is let in any more, requests have `grace` to end, and then the port is closed.
 */
export const layer = (config: HttpConfig, options: ServeOptions = {}) => Layer.suspend(() => served(config, options))

// -----------------------------------------------------------------------------
// internals

const served = (config: HttpConfig, { console, ...patience }: ServeOptions) => {
  const { bodies, grace, headers } = { ...usual, ...patience }
  const server = NodeServer.make(limits(headers, bodies))
  const routes = Layer.mergeAll(
    Door.layer(config),
    Forms.accepted,
    Forms.methods({
      GET: [
        "/",
        "/docs",
        "/health/live",
        "/health/ready",
        "/metrics",
        "/sse",
        "/v1/models",
        "/v1/openapi.json",
        ...(console === undefined ? [] : Console.paths)
      ],
      POST: ["/v1/chat/completions"]
    }),
    Operations.layer,
    Docs.layer,
    // Relative, so that a proxy may publish it under a path of its own.
    HttpRouter.add(
      "GET",
      "/",
      HttpServerResponse.redirect(console === undefined ? "docs" : "console", { status: 307 })
    ),
    Server.layer,
    Chat.layer,
    mcp(config),
    console === undefined ? Layer.empty : Console.layer(console)
  )
  return Lifecycle.Lifecycle.onRelease.pipe(
    Layer.provideMerge(Leaving.layer(server)),
    Layer.provideMerge(
      HttpRouter.serve(routes, { disableLogger: true, disableListenLog: true }).pipe(Layer.provide(Door.fibers))
    ),
    Layer.provideMerge(
      NodeHttpServer.layer(() => server, {
        host: config.host,
        port: config.port,
        gracefulShutdownTimeout: "1 second"
      })
    ),
    Layer.provideMerge(
      Lifecycle.Lifecycle.layer({ maxRequests: config.maxRequests, deadline: config.requestTimeout, grace })
    )
  )
}

/**
 * Kubernetes kills 30 seconds after it has asked. A header is small and comes at once; a body of 64 KiB does not take half
 * a minute.
 */
const usual: Patience = { grace: "10 seconds", headers: Duration.seconds(10), bodies: Duration.seconds(30) }

/** In the same places as the API's requests. */
const mcp = ({ maxSessions, replica, requestTimeout, sampling, sessionIdle }: HttpConfig) =>
  Layer.unwrap(
    Effect.map(Lifecycle.Lifecycle, ({ admit, draining }) =>
      McpServer.layer({ admit, draining, maxSessions, replica, requestTimeout, sampling, sessionIdle })
    )
  )

/** Node itself answers 408 and 431. */
const limits = (headers: Duration.Duration, bodies: Duration.Duration) => ({
  maxHeaderSize: 16_384,
  headersTimeout: Duration.toMillis(headers),
  requestTimeout: Duration.toMillis(bodies),
  keepAliveTimeout: 5000,
  connectionsCheckingInterval: Math.min(1000, Duration.toMillis(headers))
})
