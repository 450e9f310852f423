/** From items to a draft: what each item does to the question, given its neighbours. */
import { type Context } from "./Choice.ts"
import { type Draft } from "./Draft.ts"
import { type Item } from "./Reading.ts"
import { choicesAt, makeState, type State } from "./State.ts"
import { readMeasure } from "./Measures.ts"
import { readBetween, readComparison, readLiteral, readMention, readRange } from "./Conditions.ts"
import { readName, readWhich, readWithout } from "./Names.ts"
import { readGrouping, readNumber, readSorting, readSuperlative, readTop } from "./Ranking.ts"

/** Reads the items in order; whatever has no place in the draft is left in `unknown` or `problems`. */
export const interpret = (context: Context, items: ReadonlyArray<Item>): Draft =>
  run(
    makeState(
      context,
      items.filter((item) => item.kind !== "stop")
    )
  )

const run = (state: State): Draft => {
  for (const [at, item] of state.items.entries()) {
    if (state.taken.has(at)) continue
    state.taken.add(at)
    visit(state, at, item)
  }
  // A "not" or "or" that met nothing it could apply to must not vanish.
  if (state.negated) state.draft.problems.push('it is not clear what "not" applies to')
  if (state.alternative) state.draft.problems.push('it is not clear what "or" joins')
  return state.draft
}

const visit = (state: State, at: number, item: Item): void => {
  const { draft } = state
  switch (item.kind) {
    case "stop":
    case "and":
    case "with":
    case "currency":
      return
    case "unknown":
      draft.unknown.push(item.text)
      return
    case "or":
      state.alternative = true
      return
    case "not":
      if (state.items[at + 1]?.kind === "trade") return readWithout(state, at)
      state.negated = true
      return
    case "distinct":
      draft.isDistinct = true
      return
    case "compare":
      draft.isComparison = true
      return
    case "trade":
      draft.trade = /^(?:sold|purchased|sells?|selling)$/i.test(item.text) ? "passive" : "active"
      return
    case "which":
      return readWhich(state, at)
    case "without":
      return readWithout(state, at)
    case "aggregate":
    case "count":
      return readMeasure(state, at)
    case "superlative":
      return readSuperlative(state, at, item.direction)
    case "top":
      return readTop(state, at, item.direction)
    case "number":
      return readNumber(state, at, item.value)
    case "by":
    case "per":
      return readGrouping(state, at, item.kind)
    case "sort":
      return readSorting(state, at)
    case "direction":
      draft.sort = { target: draft.sort?.target ?? null, direction: item.direction }
      return
    case "grain":
      draft.unknown.push(item.text)
      return
    case "operator":
      return readComparison(state, at, item.operator)
    case "between":
      return readBetween(state, at)
    case "range":
      return readRange(state, at, item.text, item.range)
    case "entities":
      return readMention(state, at, item.mention)
    case "literal":
      return readLiteral(state, at, item.value)
    case "name":
      return readName(state, at, choicesAt(state, at))
  }
}
