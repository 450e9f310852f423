/** Reading what is to be computed: totals, averages, counts, mapped aggregates. */
import { aggregateOf, type Choices, choose, countOf } from "./Choice.ts"
import { type Measure } from "./Draft.ts"
import { type Item } from "./Reading.ts"
import { type State } from "./State.ts"

export const addMeasure = (state: State, at: number, measure: Measure | string): void => {
  if (typeof measure === "string") {
    state.draft.problems.push(measure)
    return
  }
  state.measured.set(at, measure)
  if (state.draft.measures.some((one) => one.label === measure.label)) return
  state.draft.measures.push(measure)
  state.draft.understood.push(measure.label)
}

/** The next name that can be measured, past values, entities and times that only narrow it. */
const measurable = (state: State, from: number): { readonly at: number; readonly choices: Choices } | null => {
  for (let at = from; at < state.items.length; at++) {
    const item = state.items[at]
    if (item === undefined || state.taken.has(at)) return null
    if (item.kind === "name") {
      const choices = choose(state.context, item)
      const onlyNarrows =
        choices.value !== null && choices.table === null && choices.number === null && choices.column === null
      if (!onlyNarrows && choices.condition === null) return { at, choices }
    } else if (!["entities", "range", "distinct", "and", "not"].includes(item.kind)) return null
  }
  return null
}

/** Reads `average price`, `minimum and maximum price`, `number of orders` without adding it. */
export const readMeasures = (
  state: State,
  at: number
): { readonly at: number; readonly measures: ReadonlyArray<Measure | string> } | null => {
  const heads: Array<Item> = []
  let next = at
  for (let item = state.items[next]; item !== undefined; item = state.items[++next]) {
    if (item.kind === "aggregate" || item.kind === "count") heads.push(item)
    else if (item.kind !== "and" || heads.length === 0) break
  }
  const found = heads.length === 0 ? null : measurable(state, next)
  if (found === null) return null
  for (let index = at; index < next; index++) state.taken.add(index)
  state.taken.add(found.at)
  const isDistinct = state.items.slice(next, found.at).some((item) => item.kind === "distinct")
  const measures = heads.map((head) =>
    head.kind === "aggregate"
      ? heads.length > 1 && heads.some((one) => one.kind === "count")
        ? countOf(state.context, isDistinct, found.choices)
        : aggregateOf(state.context, head.of, found.choices)
      : head.kind === "count"
        ? countOf(state.context, head.distinct || isDistinct, found.choices)
        : ""
  )
  return { at: found.at, measures: [...new Map(measures.map((one) => [JSON.stringify(one), one])).values()] }
}

export const readMeasure = (state: State, at: number): void => {
  const read = readMeasures(state, at)
  if (read === null) {
    state.draft.unknown.push(state.items[at]?.text ?? "")
    return
  }
  for (const measure of read.measures) addMeasure(state, read.at, measure)
  // "What is the lowest and highest …" has its answer; a `rank` would ask for more.
}

export const readTemplate = (state: State, at: number, template: Choices): void => {
  const found = measurable(state, at + 1)
  const number = found?.choices.number ?? null
  if (found === null || number === null || template.template === null) {
    state.draft.problems.push(`"${template.text}" needs a number to apply to`)
    return
  }
  state.taken.add(found.at)
  const sql = template.template.sql.replaceAll(/\{\w+\}/g, () => number.sql)
  addMeasure(state, found.at, {
    label: `${template.text} ${found.choices.text}`,
    tables: [...new Set([...number.tables, ...template.template.columns.map(({ table }) => table)])],
    of: { kind: "expression", sql, sensitive: true }
  })
}
