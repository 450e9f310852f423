/** How far a gather has come. The library publishes; a terminal's bar or an app's stream listens. */
import * as Context from "effect/Context"

export type ProgressEvent =
  | { readonly _tag: "Connected"; readonly server: string }
  /** One page of the listing came in; `resources` is the sum so far. */
  | { readonly _tag: "Listed"; readonly server: string; readonly pages: number; readonly resources: number }
  /** One resource came in; `bytes` is its size, `done` of `total` are here. */
  | {
      readonly _tag: "Read"
      readonly server: string
      readonly uri: string
      readonly bytes: number
      readonly done: number
      readonly total: number
    }
  /** The database told its schema; `tables` counts its views too. */
  | { readonly _tag: "Introspected"; readonly server: string; readonly tables: number }
  | { readonly _tag: "Gathered"; readonly server: string; readonly durationMs: number }

/** Called for every event of the gathers in its context; must return at once and not throw. Default: nobody listens. */
export const Listener = Context.Reference<(event: ProgressEvent) => void>(
  "effect-mcp-orchestrator/resources/Progress/Listener",
  { defaultValue: () => () => {} }
)
