/** `serve`: the HTTP API, MCP, health and metrics on one port, in one process or in several, until it is told to end. */
import cluster from "node:cluster"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import type { LoadedConfig, OptionValues } from "../config/ConfigLoader.ts"
import { ConfigSource } from "../config/ConfigSource.ts"
import * as Hosts from "../http/Hosts.ts"
import { ExitWith } from "./Failure.ts"
import * as GlobalFlags from "./GlobalFlags.ts"
import * as ServeReady from "./ServeReady.ts"
import * as ServeRefusal from "./ServeRefusal.ts"
import * as Setup from "./Setup.ts"

export const run = Effect.fnUntraced(
  function* (options: {
    readonly host: Option.Option<string>
    readonly port: Option.Option<number>
    readonly tokenEnv: Option.Option<string>
    readonly console: Option.Option<boolean>
    readonly wait: boolean
    readonly workers: number
  }) {
    const overrides: OptionValues = {
      logLevel: Option.getOrUndefined(yield* GlobalFlags.LogLevel),
      host: Option.getOrUndefined(options.host),
      port: Option.getOrUndefined(options.port),
      token: options.tokenEnv.pipe(
        Option.map((name) => process.env[name]),
        Option.getOrUndefined
      )
    }
    const worker = cluster.worker
    const loaded = yield* Setup.loadConfig({ overrides, tellsWarnings: worker === undefined })
    yield* ServeRefusal.checkToken(loaded, options.tokenEnv)
    if (options.workers > 1 && worker === undefined) return yield* supervise(loaded, options.workers)
    const { serve } = yield* Effect.promise(() => import("./ServeProcess.ts"))
    const console = Option.getOrElse(options.console, () => Hosts.isLoopback(loaded.config.http.host))
    return yield* serve({ console, loaded, overrides, wait: options.wait, worker: worker ?? null })
  },
  // Whoever stops a server has not been failed by it.
  Effect.onInterrupt(() =>
    Effect.sync(() => {
      process.exitCode = 0
    })
  )
)

// -----------------------------------------------------------------------------
// internals

/** This process only looks after the workers, which load the configuration themselves. */
const supervise = Effect.fnUntraced(function* (loaded: LoadedConfig, workers: number) {
  const Supervisor = yield* Effect.promise(() => import("../workers/Supervisor.ts"))
  const ready = (url: string, bytes: number) =>
    ServeReady.tell(url, `${workers} workers, ${Math.round(bytes / 1e6)} MB resident`)
  return yield* Supervisor.run({ workers, ready }).pipe(
    Effect.scoped,
    Effect.catchTag("NotStarted", ({ code }) => Effect.fail(new ExitWith({ code }))),
    Effect.provide(
      Setup.telemetryLayer("logged").pipe(Layer.provide(ConfigSource.layerReading(Setup.withoutWarnings(loaded))))
    )
  )
})
