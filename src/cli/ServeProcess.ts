/** One process of `serve`: the whole of it, or one of its workers. */
import type { Worker } from "node:cluster"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import { identity } from "effect/Function"
import * as Layer from "effect/Layer"
import * as Schedule from "effect/Schedule"
import * as HttpServer from "effect/http/HttpServer"
import type { LoadedConfig, OptionValues } from "../config/ConfigLoader.ts"
import { ConfigSource } from "../config/ConfigSource.ts"
import { ChatModel } from "../http/chat/ChatModel.ts"
import * as Console from "../http/Console.ts"
import { EffectiveConfig } from "../http/EffectiveConfig.ts"
import { Leaving } from "../http/Leaving.ts"
import { Lifecycle } from "../http/Lifecycle.ts"
import * as Serve from "../http/Serve.ts"
import { Orchestrator } from "../Orchestrator.ts"
import * as LogEvent from "../telemetry/LogEvent.ts"
import * as RecentRequests from "../telemetry/RecentRequests.ts"
import { variable } from "../workers/Messages.ts"
import * as Siblings from "../workers/Siblings.ts"
import * as Heap from "./Heap.ts"
import * as ServeReady from "./ServeReady.ts"
import * as ServeRefusal from "./ServeRefusal.ts"
import * as Setup from "./Setup.ts"

export interface Options {
  readonly loaded: LoadedConfig
  readonly overrides: OptionValues
  /** Whether the page is served. */
  readonly console: boolean
  /** Whether a server that cannot be reached is waited for; one that takes another's place always does. */
  readonly wait: boolean
  /** Null where there is only this process. */
  readonly worker: Worker | null
}

/** Serves until it is interrupted or, as a worker, another takes its place. */
export const serve = Effect.fnUntraced(function* ({ console, loaded, overrides, wait, worker }: Options) {
  const [count = "1", place] = (process.env[variable] ?? "").split(" ")
  const source = ConfigSource.layerWatching(Setup.withoutWarnings(loaded), overrides)
  const orchestrator = Setup.orchestratorLayer(EffectiveConfig.layer.pipe(Layer.provide(source)), "logged")
  const siblings = worker === null ? Layer.empty : Siblings.layer(worker, Number(count))
  return yield* listen(wait || place === "later", console).pipe(
    Effect.provide(
      Serve.layer(loaded.config.http, console ? { console: Console.directories } : {}).pipe(
        Layer.provide(ChatModel.layerConfigured),
        Layer.provideMerge(orchestrator),
        Layer.provideMerge([siblings, RecentRequests.layer])
      )
    ),
    worker === null ? identity : Effect.annotateLogs("worker", worker.id),
    Effect.catchTag("ServeError", ({ cause }) => Effect.fail(ServeRefusal.cannotListen(loaded, cause)))
  )
})

// -----------------------------------------------------------------------------
// internals

/** Says where, connects every server, and stays. */
const listen = Effect.fnUntraced(function* (wait: boolean, console: boolean) {
  const { connect } = yield* Orchestrator
  const lifecycle = yield* Lifecycle
  const siblings = yield* Siblings.Siblings
  const url = yield* HttpServer.addressFormattedWith(Effect.succeed)
  yield* LogEvent.info("http_listening", { url })
  yield* wait ? untilConnected(connect) : connect
  yield* lifecycle.connected
  // What it took to start is not what requests will take.
  yield* Effect.sync(Heap.serve)
  yield* LogEvent.info("http_ready", { url })
  if (siblings.worker === null) {
    yield* ServeReady.tell(url, console ? `${url}/console` : undefined)
    return yield* Effect.never
  }
  yield* siblings.tellReady(url)
  yield* siblings.leave
  yield* (yield* Leaving).seeOut
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
