/** How far a gather has come. The library publishes; a terminal's bar or an app's stream listens. */
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Queue from "effect/Queue"
import * as Schema from "effect/Schema"
import * as Stream from "effect/Stream"
import { ShownUri } from "../telemetry/ShownUri.ts"

const server = { server: Schema.String }

export const ProgressEvent = Schema.Union([
  Schema.TaggedStruct("Connected", server),
  /** One page of the listing came in; `resources` is the sum so far. */
  Schema.TaggedStruct("Listed", { ...server, pages: Schema.Int, resources: Schema.Int }),
  /** One resource came in; `bytes` is its size, `done` of `total` are here. */
  Schema.TaggedStruct("Read", {
    ...server,
    uri: ShownUri,
    bytes: Schema.Int,
    done: Schema.Int,
    total: Schema.Int
  }),
  /** The database told its schema; `tables` counts its views too. */
  Schema.TaggedStruct("Introspected", { ...server, tables: Schema.Int }),
  Schema.TaggedStruct("Gathered", { ...server, durationMs: Schema.Int })
])
export type ProgressEvent = typeof ProgressEvent.Type

/** Called for every event of the gathers in its context; must return at once and not throw. Default: nobody listens. */
export const Listener = Context.Reference<(event: ProgressEvent) => void>(
  "effect-mcp-orchestrator/resources/Progress/Listener",
  { defaultValue: () => () => {} }
)

/**
 * What a request tells while it runs, then what it gives. The queue has no bound of its own: `limits` bounds the events
 * of a gather, `query.attempts` those of a question.
 */
export const streaming = <Event, E>(
  run: (tell: (event: Event) => void) => Effect.Effect<Event, E>
): Stream.Stream<Event, E> =>
  Stream.callback<Event, E>((queue) =>
    run((event) => void Queue.offerUnsafe(queue, event)).pipe(
      Effect.flatMap((last) => Queue.offer(queue, last)),
      Effect.andThen(Queue.end(queue))
    )
  )
