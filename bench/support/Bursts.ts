/** What `bench/many.ts` and its clients tell each other. */
import * as Schema from "effect/Schema"

/** What a client begins with. */
export interface Given {
  readonly urls: ReadonlyArray<string>
  readonly orchestration: { readonly [key: string]: unknown }
  /** With the heap of a command that serves. */
  readonly asServer: boolean
}

/** So many gathers, evenly over a time; all at once for 0. */
export interface Burst {
  readonly count: number
  readonly overMs: number
}

/** Bytes of resident memory before, at most, and after a garbage collection. */
export const Outcome = Schema.Struct({
  ms: Schema.Array(Schema.Finite),
  /** Of the gather that brought the fewest. */
  resources: Schema.Int,
  cpuMs: Schema.Finite,
  rssBefore: Schema.Int,
  peak: Schema.Int,
  rssAfter: Schema.Int
})
export type Outcome = typeof Outcome.Type
