/** Reading names that stand alone: what is asked about, what is listed, what must not be there. */
import type { MappedExpression } from "./MappedExpression.ts"
import { type Choices, mappedMeasure } from "./Choice.ts"
import { choicesAt, type State } from "./State.ts"
import { wordKey } from "../../grounding/NameWords.ts"
import { addMeasure, readTemplate } from "./Measures.ts"
import { readValue } from "./Conditions.ts"

export const readName = (state: State, at: number, choices: Choices | null): void => {
  if (choices === null) return
  const { draft } = state
  if (choices.problem !== null) {
    draft.problems.push(choices.problem)
  } else if (choices.condition !== null && choices.condition.placeholder === null) {
    readCondition(state, choices.text, choices.condition)
  } else if (choices.condition !== null) {
    const { sql } = choices.condition
    draft.ranges.push({
      label: `${choices.text} (as mapped)`,
      name: choices.text,
      write: (date) => `(${sql.replaceAll(/\{\w+\}/g, () => date)})`
    })
    draft.understood.push(`the time "${choices.text}", as mapped`)
  } else if (choices.template !== null) {
    readTemplate(state, at, choices)
  } else if (choices.aggregate !== null) {
    addMeasure(state, at, mappedMeasure(choices.text, choices.aggregate))
  } else if (choices.value !== null && choices.table === null && choices.column === null && choices.number === null) {
    readValue(state, at, choices.value.column, choices.value.value)
  } else {
    readThing(state, at, choices)
  }
}

/** A mapped term that rows meet or do not; what is neither ("not", "or" before it) is not guessed at. */
const readCondition = (state: State, text: string, { columns, sql }: MappedExpression): void => {
  if (state.negated || state.alternative) {
    state.draft.problems.push(`"${text}" is a condition, and it is not clear what "not" or "or" before it makes of it`)
    state.negated = false
    state.alternative = false
    return
  }
  const tables = [...new Set(columns.map(({ table }) => table))]
  state.draft.filters.push({ label: `${text} (as mapped)`, condition: { kind: "sql", sql: `(${sql})`, tables } })
  state.draft.understood.push(`the condition "${text}", as mapped`)
}

/** A table or column that nothing before it has claimed. */
const readThing = (state: State, at: number, choices: Choices): void => {
  const { draft } = state
  const next = state.items[at + 1]
  const isCompared = next !== undefined && (next.kind === "operator" || next.kind === "between")
  if (choices.table !== null) {
    draft.understood.push(`the table ${choices.table}`)
    if (draft.subject === null && draft.measures.length === 0)
      draft.subject = { kind: "table", table: choices.table, shown: [] }
    else draft.relations.push(choices.table)
  } else if (choices.column !== null) {
    if (isCompared) return
    draft.understood.push(`the column ${choices.column.table}.${choices.column.column}`)
    if (
      next?.kind === "literal" ||
      (state.items[at - 1]?.kind === "literal" && state.lastMatch?.match.column === choices.column)
    )
      return
    if (choices.isDate && (next?.kind === "range" || draft.measures.length > 0)) draft.dates.push(choices.column)
    else draft.projections.push(choices.column)
  } else if (choices.number !== null) {
    if (!isCompared)
      draft.problems.push(`"${choices.text}" needs a word that says what to do with it, such as total or average`)
  } else {
    draft.unknown.push(choices.text)
  }
}

export const readWhich = (state: State, at: number): void => {
  const next = state.items[at + 1]
  if (next?.kind === "grain") {
    state.taken.add(at + 1)
    state.draft.dimensions.push({ kind: "grain", grain: next.grain })
    state.draft.isSubjectAsked = true
    return
  }
  const choices = choicesAt(state, at + 1)
  if (choices !== null && choices.problem === null) makeSubject(state, at + 1, choices)
}

/** Makes the named thing the subject, if it is one. */
export const makeSubject = (state: State, at: number, choices: Choices): boolean => {
  if (choices.number !== null || choices.aggregate !== null) return false
  if (choices.table !== null) state.draft.subject = { kind: "table", table: choices.table, shown: [] }
  else if (choices.column !== null) state.draft.subject = { kind: "column", column: choices.column }
  else return false
  state.draft.isSubjectAsked = true
  state.draft.isPlural = wordKey(choices.text.toLowerCase()) !== choices.text.toLowerCase()
  state.draft.understood.push(`for each ${choices.text}`)
  state.taken.add(at)
  return true
}

export const makeSubjectAt = (state: State, at: number): void => {
  const choices = choicesAt(state, at)
  if (choices !== null && choices.problem === null) makeSubject(state, at, choices)
}

/** Values and entities before the thing that is listed: "top 3 German customers". */
export const narrows = (state: State, at: number): boolean => {
  const item = state.items[at]
  const choices = choicesAt(state, at)
  return (
    item?.kind === "entities" ||
    (choices !== null && choices.value !== null && choices.table === null && choices.column === null)
  )
}

export const readWithout = (state: State, at: number): void => {
  const next = state.items[at + 1]
  const { subject } = state.draft
  // "who bought A and have no orders": the two conditions are about different orders.
  if (state.draft.matches.some(({ column }) => subject?.kind === "table" && column.table !== subject.table)) {
    state.draft.problems.push(`"${state.items[at]?.text}" after a condition on related rows needs two steps`)
  }
  const choices = choicesAt(state, at + 1)
  if (choices !== null && choices.table !== null && state.draft.subject?.kind === "table") {
    state.taken.add(at + 1)
    state.draft.absent.push(choices.table)
    state.draft.understood.push(`without ${choices.text}`)
  } else if (next?.kind === "trade" && salesTable(state) !== null) {
    state.taken.add(at + 1)
    state.draft.absent.push(salesTable(state) ?? "")
    state.draft.understood.push(`without any ${salesTable(state)}`)
  } else if (choices?.value !== null && choices !== null) state.negated = true
  else state.draft.unknown.push(state.items[at]?.text ?? "")
}

/** The one table whose rows are sales of the subject: it refers to it, directly, and only one does. */
const salesTable = (state: State): string | null => {
  const { subject } = state.draft
  if (subject?.kind !== "table") return null
  const referring = state.context.index.relationships.flatMap(({ from, to }) =>
    to.table === subject.table && from.table !== subject.table ? [from.table] : []
  )
  const named = referring.filter((table) => /sale|order|purchase|transaction/i.test(table))
  const found = new Set(referring.length > 1 ? named : referring)
  return found.size === 1 ? ([...found][0] ?? null) : null
}
