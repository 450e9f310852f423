/** What a dialect's own parser found in a statement that it reads as exactly one query. */
import type { Query } from "./QueryShape.ts"

export interface Parsed {
  readonly query: Query
  /** The functions it calls, folded as the dialect folds them; a qualified name is joined with dots. */
  readonly calls: ReadonlyArray<string>
}
