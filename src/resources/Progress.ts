/** How far a gather has come. The library publishes; a terminal's bar or an app's stream listens. */
import * as Context from "effect/Context"
import * as Schema from "effect/Schema"
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
