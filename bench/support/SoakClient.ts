/** This project inside the soak's own process, with a logger that only counts. */
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Logger from "effect/Logger"
import * as Predicate from "effect/Predicate"
import { ConfigLoader, ConfigSource, ConfiguredGenerator, Orchestrator, Sessions } from "../../src/index.ts"
import { configuration } from "./Configuration.ts"

/** The error of a gather, as far as the soak looks at it. */
export interface GatherError {
  readonly tag: string
  readonly server: string
  readonly reason: string
}

export interface SoakClient {
  /** Gathers everything; gives how many resources came. */
  readonly gather: Effect.Effect<number, GatherError>
  /** How many sessions were lost so far. */
  readonly lost: () => number
  /** How long it took to open each session, ms. */
  readonly opened: ReadonlyArray<number>
}

/** Closed with the scope. */
export const make = Effect.fnUntraced(function* (
  urls: ReadonlyArray<string>,
  orchestration: { readonly [key: string]: unknown } = {}
) {
  const opened: Array<number> = []
  let lost = 0
  const logger = Logger.make(({ message }) => {
    const [event, fields] = Array.isArray(message) ? message : [message, null]
    if (event === "mcp_connection_lost") lost += 1
    if (event === "mcp_connection_established" && Predicate.hasProperty(fields, "duration_ms")) {
      opened.push(Number(fields.duration_ms))
    }
  })
  const config = yield* ConfigLoader.fromUnknown(configuration(urls, orchestration))
  const layer = Orchestrator.layer.pipe(
    Layer.provide([ConfigSource.layerValue(config), ConfiguredGenerator.layer, Sessions.layerSse]),
    Layer.provideMerge(Logger.layer([logger]))
  )
  const context = yield* Layer.build(layer)
  const client: SoakClient = {
    lost: () => lost,
    opened,
    gather: Orchestrator.use((orchestrator) => orchestrator.gather()).pipe(
      Effect.map(({ servers }) => servers.reduce((count, { resources }) => count + resources.size, 0)),
      Effect.mapError((error): GatherError => ({
        tag: error._tag,
        server: "server" in error ? error.server : "none",
        reason: error.reason._tag
      })),
      Effect.provideContext(context)
    )
  }
  return client
})
