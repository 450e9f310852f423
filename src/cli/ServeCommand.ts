/** `serve`: the HTTP API, health and metrics on one port, with live reload, until it is told to end. */
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as Predicate from "effect/Predicate"
import * as Schedule from "effect/Schedule"
import * as HttpServer from "effect/http/HttpServer"
import type { LoadedConfig, OptionValues } from "../config/ConfigLoader.ts"
import { ConfigSource } from "../config/ConfigSource.ts"
import { ChatModel } from "../http/chat/ChatModel.ts"
import { EffectiveConfig } from "../http/EffectiveConfig.ts"
import * as Hosts from "../http/Hosts.ts"
import { Lifecycle } from "../http/Lifecycle.ts"
import * as Serve from "../http/Serve.ts"
import { Orchestrator } from "../Orchestrator.ts"
import { ConfigError, ConfigProblem } from "../OrchestratorError.ts"
import * as LogEvent from "../telemetry/LogEvent.ts"
import * as GlobalFlags from "./GlobalFlags.ts"
import * as Heap from "./Heap.ts"
import * as Output from "./Output.ts"
import * as Setup from "./Setup.ts"

export const run = Effect.fnUntraced(
  function* (options: {
    readonly host: Option.Option<string>
    readonly port: Option.Option<number>
    readonly tokenEnv: Option.Option<string>
    readonly wait: boolean
  }) {
    yield* Effect.sync(Heap.serve)
    const overrides: OptionValues = {
      logLevel: Option.getOrUndefined(yield* GlobalFlags.LogLevel),
      host: Option.getOrUndefined(options.host),
      port: Option.getOrUndefined(options.port),
      token: options.tokenEnv.pipe(
        Option.map((name) => process.env[name]),
        Option.getOrUndefined
      )
    }
    const loaded = yield* Setup.loadConfig({ overrides })
    yield* checkToken(loaded, options.tokenEnv)
    const source = ConfigSource.layerWatching(Setup.withoutWarnings(loaded), overrides)
    const orchestrator = Setup.orchestratorLayer(EffectiveConfig.layer.pipe(Layer.provide(source)))
    return yield* listen(options.wait).pipe(
      Effect.provide(
        Serve.layer(loaded.config.http).pipe(Layer.provide(ChatModel.layerConfigured), Layer.provideMerge(orchestrator))
      ),
      Effect.catchTag("ServeError", ({ cause }) => Effect.fail(cannotListen(loaded, cause)))
    )
  },
  // Whoever stops a server has not been failed by it.
  Effect.onInterrupt(() =>
    Effect.sync(() => {
      process.exitCode = 0
    })
  )
)

/** Says where, connects every server, and stays. */
const listen = Effect.fnUntraced(function* (wait: boolean) {
  const { connect } = yield* Orchestrator
  const lifecycle = yield* Lifecycle
  const url = yield* HttpServer.addressFormattedWith(Effect.succeed)
  yield* LogEvent.info("http_listening", { url })
  yield* wait ? untilConnected(connect) : connect
  yield* lifecycle.connected
  yield* LogEvent.info("http_ready", { url })
  yield* Output.stderr(`ready: ${url}/v1 (API), ${url}/sse (MCP), ${url}/docs, ${url}/metrics, ${url}/health/ready`)
  return yield* Effect.never
})

const untilConnected = (connect: Orchestrator["Service"]["connect"]): Effect.Effect<void> =>
  connect.pipe(
    Effect.tapError((error) =>
      LogEvent.warning("http_not_ready", { server: error.server, error: { type: error._tag, message: error.message } })
    ),
    Effect.retry(Schedule.min([Schedule.exponential("1 second"), Schedule.spaced(Duration.seconds(30))])),
    // It is tried for ever.
    Effect.orDie
  )

/** Strangers are let in with a token alone. */
const checkToken = Effect.fnUntraced(function* (
  loaded: LoadedConfig,
  tokenEnv: Option.Option<string>
): Effect.fn.Return<void, ConfigError> {
  const { host, token } = loaded.config.http
  if (Option.isSome(tokenEnv) && process.env[tokenEnv.value] === undefined) {
    const message = `${tokenEnv.value} is not set: --token-env names the variable that holds the token`
    return yield* refused(loaded, { path: "server.token", message, variable: "--token-env" })
  }
  if (token === null && !Hosts.isLoopback(host)) {
    const message = `a token is needed, because others can reach ${host}: set server.token or --token-env, or listen at 127.0.0.1`
    return yield* refused(loaded, { path: "server.token", message })
  }
})

const cannotListen = (loaded: LoadedConfig, cause: unknown): ConfigError => {
  const { host, port } = loaded.config.http
  const code = Predicate.hasProperty(cause, "code") ? String(cause.code) : "unknown"
  const [path, why] = reasons[code] ?? ["server.port", `cannot be listened at (${code})`]
  return refused(loaded, { path, message: `port ${port} of ${host} ${why}` })
}

const reasons: { readonly [code: string]: readonly [path: string, why: string] } = {
  EADDRINUSE: ["server.port", "is taken: another process listens there. Choose another with server.port or --port"],
  EACCES: ["server.port", "may not be listened at by this user: choose one above 1023"],
  EADDRNOTAVAIL: ["server.host", "is no address of this machine"],
  ENOTFOUND: ["server.host", "is no address: the name was not found"]
}

const refused = (
  { config }: LoadedConfig,
  problem: { readonly path: string; readonly message: string; readonly variable?: string }
): ConfigError =>
  new ConfigError({
    file: config.file,
    problems: [new ConfigProblem({ ...problem, line: null, column: null, severity: "error" })],
    remedy: "Mend this and try again; docs/http.md says how serve is set up."
  })
