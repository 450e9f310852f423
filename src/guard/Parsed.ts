/** What a dialect's own parser found in a statement that it reads as exactly one query. */
import * as Data from "effect/Data"
import * as Effect from "effect/Effect"
import type { Query } from "./QueryShape.ts"

export interface Parsed {
  readonly query: Query
  /** The functions it calls, folded as the dialect folds them; a qualified name is joined with dots. */
  readonly calls: ReadonlyArray<string>
}

/** A parser cannot be loaded: it is not installed, or does not run here. Without it no statement may be sent. */
export class ParserUnavailable extends Data.TaggedError("ParserUnavailable")<{
  /** The package on npm. */
  readonly packageName: string
  readonly detail: string
}> {
  override get message() {
    return `its parser, the package ${this.packageName}, cannot be loaded: ${this.detail}`
  }
}

/** Loads a parser by a dynamic import, so that only who checks a statement of its dialect pays for it. */
export const loading = <A>(packageName: string, load: () => Promise<A>): Effect.Effect<A, ParserUnavailable> =>
  Effect.tryPromise({
    try: load,
    catch: (cause) =>
      new ParserUnavailable({ packageName, detail: cause instanceof Error ? cause.message : String(cause) })
  })
