/** What the readers of a question share: the items, which of them are taken, and the draft they fill. */
import { choose, type Choices, type Context } from "./Choice.ts"
import { type Draft, emptyDraft, type Match, type Measure } from "./Draft.ts"
import type { Item } from "./Reading.ts"

export interface State {
  readonly context: Context
  readonly items: ReadonlyArray<Item>
  readonly draft: Draft
  /** Items that another item has used already. */
  readonly taken: Set<number>
  /** Measures by the item that names what they measure: a comparison may follow it. */
  readonly measured: Map<number, Measure>
  /** "not" and "or" wait here for what they apply to. */
  negated: boolean
  alternative: boolean
  lastMatch: { readonly match: Match; readonly at: number } | null
}

export const makeState = (context: Context, items: ReadonlyArray<Item>): State => ({
  context,
  items,
  draft: emptyDraft(),
  taken: new Set(),
  measured: new Map(),
  negated: false,
  alternative: false,
  lastMatch: null
})

/** What the item at a place can be, if it is a name. */
export const choicesAt = (state: State, at: number): Choices | null => {
  const item = state.items[at]
  return item?.kind === "name" ? choose(state.context, item) : null
}
