/** Reading "top 5", "highest", "by", "per" and "sorted by". */
import { aggregateOf, mappedMeasure, rowsOf } from "./Choice.ts"
import { type Target } from "./Draft.ts"
import { type Direction } from "./Lexicon.ts"
import { choicesAt, type State } from "./State.ts"
import { readMeasures } from "./Measures.ts"
import { makeSubject, makeSubjectAt, narrows } from "./Names.ts"

const rankBy = (state: State, direction: Direction, count: number | null, target: Target | null): void => {
  // "the revenue of the top 5 products": of each, or of all five?
  if (state.draft.measures.length > 0 && target === null && state.draft.rank === null && (count ?? 1) > 1) {
    state.draft.problems.push("a total over ranked rows needs two steps")
  }
  const known = state.draft.rank
  state.draft.rank = {
    direction: known?.direction ?? direction,
    count: known?.count ?? count,
    target: target ?? known?.target ?? null
  }
}

/** What rows are ranked by: `units sold`, `revenue`, `number of orders`, or the rows of a table. */
const targetAt = (state: State, at: number): Target | null => {
  const read = readMeasures(state, at)
  const [first] = read?.measures ?? []
  if (read !== null && first !== undefined) {
    if (typeof first !== "string") {
      state.measured.set(read.at, first)
      return { kind: "measure", measure: first }
    }
    state.draft.problems.push(first)
    return null
  }
  const choices = choicesAt(state, at)
  if (choices === null || choices.problem !== null) return null
  if (choices.aggregate !== null) return { kind: "measure", measure: mappedMeasure(choices.text, choices.aggregate) }
  if (choices.number !== null) {
    if (choices.number.column !== null) return { kind: "column", column: choices.number.column }
    const measure = aggregateOf(state.context, "SUM", choices)
    return typeof measure === "string" ? null : { kind: "measure", measure }
  }
  if (choices.isDate && choices.column !== null) return { kind: "column", column: choices.column }
  return null
}

export const readSuperlative = (state: State, at: number, direction: Direction): void => {
  const item = state.items[at]
  if (state.items[at + 1]?.kind === "number") return readTop(state, at, direction)
  const before = state.items[at - 1]
  const count = before?.kind === "number" ? before.value : null
  const target = targetAt(state, at + 1)
  if (target !== null) {
    state.taken.add(at + 1)
    state.draft.understood.push(`${item?.text} ${targetLabel(target)}`)
    return rankBy(state, direction, count, target)
  }
  if (item?.kind === "superlative" && item.property !== null) {
    rankBy(state, direction, count, { kind: "property", property: item.property })
    const choices = choicesAt(state, at + 1)
    if (choices?.table != null) makeSubject(state, at + 1, choices)
    return
  }
  const choices = choicesAt(state, at + 1)
  const subject = state.draft.subject
  const isAsked = subject !== null || state.draft.isSubjectAsked
  if (choices?.table != null && isAsked && !(subject?.kind === "table" && subject.table === choices.table)) {
    state.taken.add(at + 1)
    return rankBy(state, direction, count, { kind: "measure", measure: rowsOf(choices.table, choices.text) })
  }
  rankBy(state, direction, count, null)
  if (state.items[at + 1]?.kind === "trade" && choicesAt(state, at + 2) !== null) {
    state.draft.trade = "passive"
    state.taken.add(at + 1)
    const sold = choicesAt(state, at + 2)
    if (sold !== null) makeSubject(state, at + 2, sold)
  } else if (choices !== null) makeSubject(state, at + 1, choices)
}

export const readTop = (state: State, at: number, direction: Direction): void => {
  const next = state.items[at + 1]
  if (next?.kind !== "number") return readSuperlative(state, at, direction)
  state.taken.add(at + 1)
  rankBy(state, direction, next.value, null)
  state.draft.understood.push(`${state.items[at]?.text} ${next.value}`)
  let after = at + 2
  // "top 5 best selling products", "top 3 most expensive products"
  const adjective = state.items[after]
  if (adjective?.kind === "superlative" || adjective?.kind === "top" || adjective?.kind === "trade") {
    state.taken.add(after)
    return adjective.kind === "trade" ? void makeSubjectAt(state, after + 1) : readSuperlative(state, after, direction)
  }
  while (narrows(state, after)) after++
  makeSubjectAt(state, after)
}

export const readNumber = (state: State, at: number, value: number): void => {
  const next = state.items[at + 1]
  if (next?.kind === "superlative" || next?.kind === "top") return
  let after = at + 1
  while (narrows(state, after)) after++
  const choices = choicesAt(state, after)
  const isLimit =
    Number.isInteger(value) && value > 0 && state.draft.measures.length === 0 && state.draft.subject === null
  if (isLimit && choices !== null && choices.table !== null) state.draft.limit = value
  else state.draft.unknown.push(state.items[at]?.text ?? "")
}

export const readGrouping = (state: State, at: number, kind: "by" | "per"): void => {
  let next = at + 1
  let found = 0
  for (;;) {
    const item = state.items[next]
    const target = kind === "by" ? targetAt(state, next) : null
    if (target !== null) {
      state.taken.add(next)
      orderBy(state, target)
    } else if (item?.kind === "grain") {
      state.taken.add(next)
      state.draft.dimensions.push({ kind: "grain", grain: item.grain })
      state.draft.understood.push(`by ${item.text}`)
    } else if (!addDimension(state, next)) break
    found++
    next++
    while (state.taken.has(next)) next++
    if (state.items[next]?.kind !== "and" || !isGroupable(state, next + 1)) break
    next++
  }
  if (found === 0) state.draft.unknown.push(state.items[at]?.text ?? "")
}

const isGroupable = (state: State, at: number): boolean => {
  const choices = choicesAt(state, at)
  return state.items[at]?.kind === "grain" || (choices !== null && choices.problem === null && choices.value === null)
}

const addDimension = (state: State, at: number): boolean => {
  const choices = choicesAt(state, at)
  if (choices === null) return false
  if (choices.problem !== null) {
    state.draft.problems.push(choices.problem)
    state.taken.add(at)
    return true
  }
  if (choices.isDate && choices.column !== null) {
    state.draft.dates.push(choices.column)
    state.draft.dimensions.push({ kind: "grain", grain: "day" })
  } else if (choices.table !== null) state.draft.dimensions.push({ kind: "table", table: choices.table, shown: [] })
  else if (choices.column !== null) state.draft.dimensions.push({ kind: "column", column: choices.column })
  else return false
  state.draft.understood.push(`by ${choices.text}`)
  state.taken.add(at)
  return true
}

/** "by revenue": ranks what was to be ranked, else orders. */
const orderBy = (state: State, target: Target): void => {
  state.draft.understood.push(`by ${targetLabel(target)}`)
  if (state.draft.rank !== null && state.draft.rank.target === null) rankBy(state, "DESC", null, target)
  else state.draft.sort = { target, direction: state.draft.sort?.direction ?? null }
}

export const readSorting = (state: State, at: number): void => {
  const target = targetAt(state, at + 1)
  const choices = choicesAt(state, at + 1)
  if (target !== null) {
    state.taken.add(at + 1)
    state.draft.sort = { target, direction: state.draft.sort?.direction ?? null }
  } else if (choices?.column != null) {
    state.taken.add(at + 1)
    state.draft.sort = {
      target: { kind: "column", column: choices.column },
      direction: state.draft.sort?.direction ?? "ASC"
    }
  } else state.draft.unknown.push(state.items[at]?.text ?? "")
}

const targetLabel = (target: Target): string =>
  target.kind === "measure" ? target.measure.label : target.kind === "column" ? target.column.column : target.property
