/** What `serve` opens, over fake MCP servers, on a free port; and how tests talk to it. */
import { Context, Effect, Exit, Layer, Scope } from "effect"
import type { LanguageModel } from "effect/ai/LanguageModel"
import { HttpServer } from "effect/http"
import { connect, type Socket } from "node:net"
import * as ConfigLoader from "../../src/config/ConfigLoader.ts"
import type { OrchestratorConfig } from "../../src/config/OrchestratorConfig.ts"
import { ConfigSource } from "../../src/config/ConfigSource.ts"
import { Sessions } from "../../src/connection/Sessions.ts"
import { ChatModel } from "../../src/http/chat/ChatModel.ts"
import { EffectiveConfig } from "../../src/http/EffectiveConfig.ts"
import { Lifecycle } from "../../src/http/Lifecycle.ts"
import * as Serve from "../../src/http/Serve.ts"
import { Orchestrator } from "../../src/Orchestrator.ts"
import * as LanguageModelGenerator from "../../src/sql/LanguageModelGenerator.ts"
import * as RuleBased from "../../src/sql/RuleBased.ts"
import * as RecentRequests from "../../src/telemetry/RecentRequests.ts"
import { type FakeScript, FakeServer } from "../../src/testing/index.ts"
import * as LogCapture from "../LogCapture.ts"
import * as Servers from "../query/Servers.ts"

export const token = "a-token-of-the-tests"

/** A database with one row to answer with, and names. */
export const shop: FakeScript.FakeScript = {
  ...Servers.databaseScript(Servers.rows(["count"], [3])),
  resources: [
    { uri: "database://metadata", name: "database_metadata", json: Servers.schema },
    { uri: "list://products", name: "products", json: [{ id: "p-1", name: "Pulse Band", aliases: ["fitness band"] }] }
  ]
}

/** A question that the rules answer over it. */
export const question = "how many products are there?"

export interface Served {
  readonly url: string
  readonly port: number
  readonly fakes: ReadonlyArray<FakeServer.FakeServer>
  readonly logs: LogCapture.LogCapture
  readonly lifecycle: Lifecycle["Service"]
  /** Begins the shutdown, and waits for its end. */
  readonly close: Effect.Effect<void>
}

/** The door of a configuration, and the orchestrator behind it. */
export const layerOf = (
  config: OrchestratorConfig,
  options: Serve.ServeOptions = {},
  broken?: Error,
  model: Layer.Layer<LanguageModel> | null = null
) =>
  Serve.layer(config.http, options).pipe(
    Layer.provide(model === null ? ChatModel.layerRules : Layer.provide(ChatModel.layerModel, model)),
    Layer.provideMerge(
      Layer.effect(
        Orchestrator,
        Effect.map(Orchestrator, (orchestrator) =>
          broken === undefined ? orchestrator : { ...orchestrator, health: () => Effect.die(broken) }
        )
      ).pipe(
        Layer.provide(Orchestrator.layer),
        Layer.provide([
          model === null ? RuleBased.layer : Layer.provide(LanguageModelGenerator.layer, model),
          Sessions.layerSse
        ]),
        Layer.provideMerge(EffectiveConfig.layer),
        Layer.provide(ConfigSource.layerValue(config))
      )
    ),
    Layer.provide(RecentRequests.layer)
  )

/** Where it listens. */
export const portOf = (context: Context.Context<HttpServer.HttpServer>): number => {
  const { address } = Context.get(context, HttpServer.HttpServer)
  return address._tag === "UnixPathAddress" ? 0 : address.port
}

/** `server` is laid over that section of the configuration. Connected, unless `connected` is false. */
export const serve = Effect.fnUntraced(function* (
  options: {
    readonly scripts?: ReadonlyArray<FakeScript.FakeScript>
    readonly server?: { readonly [key: string]: unknown }
    readonly servers?: ReadonlyArray<{ readonly [key: string]: unknown }>
    readonly patience?: Partial<Serve.Patience>
    /** The directories of the console's page. */
    readonly console?: ReadonlyArray<string>
    readonly connected?: boolean
    readonly tracing?: Layer.Layer<never>
    /** A bug: what `health` dies of. */
    readonly broken?: Error
    /** Writes the SQL, and words the answers of the chat, in place of the rules. */
    readonly model?: Layer.Layer<LanguageModel>
    /** Laid over that section. */
    readonly orchestration?: { readonly [key: string]: unknown }
  } = {}
) {
  const fakes = yield* Effect.forEach(options.scripts ?? [shop], (script) => FakeServer.make(script))
  const config = yield* ConfigLoader.fromUnknown({
    ...FakeServer.orchestratorConfig(fakes, {
      orchestration: { retry: { attempts: 1 }, ...options.orchestration },
      ...(options.servers === undefined ? {} : { servers: options.servers })
    }),
    server: { port: 0, ...options.server }
  })
  const logs = LogCapture.make()
  const outer = yield* Effect.scope
  const scope = yield* Scope.fork(outer)
  const context = yield* Layer.buildWithScope(
    layerOf(config, { ...options.patience, console: options.console }, options.broken, options.model).pipe(
      Layer.provide(Layer.merge(logs.layer, options.tracing ?? Layer.empty))
    ),
    scope
  )
  const lifecycle = Context.get(context, Lifecycle)
  if (options.connected !== false) yield* lifecycle.connected
  const port = portOf(context)
  const served: Served = {
    url: `http://127.0.0.1:${port}`,
    port,
    fakes,
    logs,
    lifecycle,
    close: Scope.close(scope, Exit.void)
  }
  return served
})

export interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  /** Of the JSON; `undefined` where it is none. */
  readonly body: ReturnType<typeof JSON.parse>
}

/** A request, its answer read to the end. With a `json` body it is a POST. */
export const ask = Effect.fnUntraced(function* (
  url: string,
  options: {
    readonly json?: unknown
    readonly method?: string
    readonly headers?: { readonly [name: string]: string }
  } = {}
) {
  const { response, text } = yield* Effect.promise(async (signal) => {
    const response = await fetch(url, {
      method: options.method ?? (options.json === undefined ? "GET" : "POST"),
      headers: { ...(options.json === undefined ? {} : { "content-type": "application/json" }), ...options.headers },
      ...(options.json === undefined ? {} : { body: JSON.stringify(options.json) }),
      redirect: "manual",
      signal
    })
    return { response, text: await response.text() }
  })
  const isJson = /\b(?:json|problem\+json)\b/.test(response.headers.get("content-type") ?? "")
  const answer: Answer = {
    status: response.status,
    headers: response.headers,
    text,
    body: isJson && text !== "" ? JSON.parse(text) : undefined
  }
  return answer
})

/** The events of a stream that has ended: their names and data. */
export const eventsOf = (
  text: string
): ReadonlyArray<{ readonly event: string; readonly data: ReturnType<typeof JSON.parse> }> =>
  [...text.matchAll(/^event: (.*)\ndata: (.*)\n\n/gm)].map(([, event = "", data = ""]) => ({
    event,
    data: JSON.parse(data)
  }))

/** A socket to the port, and what it has received so far. */
export const open = Effect.fnUntraced(function* (port: number) {
  const socket = yield* Effect.acquireRelease(
    Effect.callback<Socket>((resume) => {
      const socket = connect(port, "127.0.0.1", () => resume(Effect.succeed(socket)))
      socket.setEncoding("utf8")
    }),
    (socket) => Effect.sync(() => socket.destroy())
  )
  let received = ""
  const waiters = new Set<() => void>()
  const notify = () => waiters.forEach((waiter) => waiter())
  let closed = false
  socket.on("data", (text: string) => {
    received += text
    notify()
  })
  // A server that closes at once resets what is still being written.
  socket.on("error", () => {})
  socket.on("close", () => {
    closed = true
    notify()
  })
  const until = (done: () => boolean) =>
    Effect.callback<string>((resume) => {
      const check = () => {
        if (!done()) return
        waiters.delete(check)
        resume(Effect.succeed(received))
      }
      waiters.add(check)
      check()
      return Effect.sync(() => waiters.delete(check))
    })
  return {
    socket,
    send: (text: string) => Effect.sync(() => void socket.write(text)),
    /** Until it matches. */
    awaitText: (pattern: RegExp) => until(() => pattern.test(received)),
    /** Until the server has closed it. */
    awaitClose: until(() => closed)
  }
})
