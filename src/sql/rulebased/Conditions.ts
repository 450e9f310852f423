/** Reading what rows are narrowed by: times, values, entities, quoted names, amounts. */
import { type Context, mappedMeasure, rowsOf, sqlOf } from "./Choice.ts"
import { type Match } from "./Draft.ts"
import { type Operator } from "./Lexicon.ts"
import { type DateRange, shift } from "./Calendar.ts"
import { choicesAt, type State } from "./State.ts"
import {
  amountColumns,
  type ColumnReference,
  columnOf,
  isNumeric,
  labelColumns,
  parseReference,
  tableOf
} from "./SchemaIndex.ts"
import { listedAs } from "./Vocabulary.ts"
import { type Mention } from "../../resolution/ResolvedEntity.ts"
import * as SqlText from "./SqlText.ts"

export const readRange = (state: State, at: number, text: string, range: DateRange): void => {
  // "price between 1000 and 2000" is about prices, although both could be years.
  const numbers = /^between (\d{4}) and (\d{4})$/i.exec(text)
  if (numbers !== null && choicesAt(state, at - 1)?.number != null) {
    const write = (sql: string) => `${sql} BETWEEN ${numbers[1]} AND ${numbers[2]}`
    return addComparison(state, at, at + 1, null, write, 0, text)
  }
  const { from, label, to } = range
  const last = to === null ? null : shift(to, "day", -1)
  const span = [from === null ? [] : [`from ${from}`], last === null ? [] : [`to ${last}`]].flat().join(" ")
  state.draft.ranges.push({ label: `${label} (${span})`, name: label, write: rangeWriter(from, to) })
  state.draft.understood.push(`the time "${label}"`)
}

const addMatch = (
  state: State,
  at: number,
  column: ColumnReference,
  values: Match["values"],
  label: string,
  entity: string | null
): void => {
  const last = state.lastMatch
  const joint = state.items[at - 1]?.kind
  const continues = (joint === "and" || joint === "or") && last !== null && isSame(last.match.column, column)
  if (state.alternative && !continues) state.draft.problems.push(`"or ${label}" joins conditions on different things`)
  const match: Match = {
    column,
    values,
    label,
    // "excluding Germany and France" excludes both.
    negated: state.negated || (continues && last.match.negated && last.at === at - 2),
    isAlternative: state.alternative,
    entity
  }
  state.draft.matches.push(match)
  state.draft.understood.push(`${match.negated ? "not " : ""}${label}`)
  state.lastMatch = { match, at }
  state.negated = false
  state.alternative = false
}

/** A listed value; the name of its own column beside it ("Audio category") adds nothing. */
export const readValue = (state: State, at: number, column: ColumnReference, value: string): void => {
  addMatch(state, at, column, [value], value, null)
  absorbColumn(state, at, column)
}

/** The column's own name beside its value ("Audio category", "status cancelled") says nothing more. */
const absorbColumn = (state: State, at: number, column: ColumnReference): void => {
  const beside = choicesAt(state, at + 1)
  if (beside !== null && beside.table === null && isSame(beside.column, column)) state.taken.add(at + 1)
  if (state.items[at - 1]?.kind === "name" && isSame(state.draft.projections.at(-1) ?? null, column)) {
    state.draft.projections.pop()
  }
}

export const readMention = (state: State, at: number, mention: Mention): void => {
  const { canonicalName, databaseReferences, members } = mention.resolution
  const { index, tables } = state.context
  const known = Object.entries(databaseReferences).flatMap(([text, value]) => {
    const column = parseReference(index, text)
    const values = Array.isArray(value) ? value : [value]
    return column === undefined || values.length === 0 || !values.every(isScalar) ? [] : [{ column, values }]
  })
  const spoken = known.find(({ column }) => tables.includes(column.table)) ?? known[0]
  if (spoken === undefined) {
    state.draft.problems.push(`"${mention.text}" is ${canonicalName}, but nothing says where the database keeps it`)
    return
  }
  // A category that a column of the same table lists as a value: the column says it better than its members' keys.
  const listed = members.length === 0 ? [] : [...listedAs(index, mention.text), ...listedAs(index, canonicalName)]
  const own = listed.find(({ column }) => column.table === spoken.column.table)
  const { column, values } = own === undefined ? spoken : { column: own.column, values: [own.value] }
  // What a server lists is not proven to be all that there is.
  const label = members.length > 0 && own === undefined ? `${canonicalName} (${listedBy(mention)})` : canonicalName
  addMatch(state, at, column, values, label, canonicalName)
  absorbColumn(state, at, column)
}

const mostNamed = 5

/** `the 2 that product_metadata lists: AeroBuds, Photon Chip`. */
const listedBy = ({ resolution: { members, server } }: Mention): string =>
  `the ${members.length} that ${server} lists: ${members.slice(0, mostNamed).join(", ")}${members.length > mostNamed ? ", …" : ""}`

/** A quoted name: a listed value, else a value of the column or the name of the thing before it. */
export const readLiteral = (state: State, at: number, value: string): void => {
  const beside = choicesAt(state, at - 1) ?? choicesAt(state, at + 1)
  const table = beside?.table == null ? undefined : tableOf(state.context.index, beside.table)
  const labels = table === undefined ? [] : labelColumns(table)
  const [label] = labels
  const listed = listedAs(state.context.index, value)
  const [only] = listed
  if (beside?.column != null && beside.table === null) addMatch(state, at, beside.column, [value], value, null)
  else if (listed.length === 1 && only !== undefined) addMatch(state, at, only.column, [only.value], value, null)
  else if (table !== undefined && label !== undefined && labels.length === 1) {
    addMatch(state, at, { table: table.name, column: label.name }, [value], value, null)
  } else state.draft.problems.push(`"${value}" is quoted, but nothing says which column it is a value of`)
}

export const readComparison = (state: State, at: number, operator: Operator): void => {
  const next = state.items[at + 1]
  // After "over", 2000 is a number although it could be a year.
  const year = next?.kind === "range" && /^\d{4}$/.test(next.text) ? Number(next.text) : undefined
  const value = next?.kind === "number" ? next.value : year
  if (value === undefined) {
    state.draft.unknown.push(state.items[at]?.text ?? "")
    return
  }
  state.taken.add(at + 1)
  let after = at + 2
  if (state.items[after]?.kind === "currency") state.taken.add(after++)
  addComparison(
    state,
    at,
    after,
    operator,
    (sql) => `${sql} ${operator} ${value}`,
    value,
    `${state.items[at]?.text} ${value}`
  )
}

export const readBetween = (state: State, at: number): void => {
  const [low, and, high] = [state.items[at + 1], state.items[at + 2], state.items[at + 3]]
  if (low?.kind !== "number" || and?.kind !== "and" || high?.kind !== "number") {
    // "Compare … between A and B" and the like: the word adds nothing there.
    if (state.draft.isComparison) return
    state.draft.unknown.push(state.items[at]?.text ?? "")
    return
  }
  for (const index of [1, 2, 3]) state.taken.add(at + index)
  const write = (sql: string) => `${sql} BETWEEN ${low.value} AND ${high.value}`
  addComparison(state, at, at + 4, null, write, low.value, `between ${low.value} and ${high.value}`)
}

/** Finds what is compared: the number before, the measure before, what is counted after, or the rows' amount. */
const addComparison = (
  state: State,
  at: number,
  after: number,
  operator: Operator | null,
  write: (sql: string) => string,
  value: number,
  label: string
): void => {
  const { draft } = state
  if (state.alternative) draft.problems.push(`"or ${label}" joins conditions on different things`)
  state.alternative = false
  if (state.negated) draft.problems.push(`"not ${label}" is not understood`)
  state.negated = false
  const before = choicesAt(state, at - 1)
  const measured = state.measured.get(at - 1)
  if (before?.number != null && measured === undefined) {
    const { sql, tables } = before.number
    draft.filters.push({ condition: { kind: "sql", sql: write(sql), tables }, label: `${before.text} ${label}` })
    draft.understood.push(`${before.text} ${label}`)
    return
  }
  if (measured !== undefined && measured.of.kind === "expression" && operator !== null) {
    draft.having.push({ measure: measured, operator, value })
    draft.understood.push(`${measured.label} ${label}`)
    return
  }
  const counted = choicesAt(state, after)
  const isCounted = operator !== null && counted !== null && state.items[after]?.kind === "name"
  if (isCounted && (counted.aggregate !== null || (counted.table !== null && draft.subject !== null))) {
    const measure =
      counted.aggregate === null
        ? rowsOf(counted.table ?? "", counted.text)
        : mappedMeasure(counted.text, counted.aggregate)
    state.taken.add(after)
    draft.having.push({ measure, operator, value })
    draft.understood.push(`${label} ${counted.text}`)
    return
  }
  if (isCounted && counted.number !== null) {
    state.taken.add(after)
    const { sql, tables } = counted.number
    draft.filters.push({ condition: { kind: "sql", sql: write(sql), tables }, label: `${label} ${counted.text}` })
    return
  }
  compareAmount(state, before?.table ?? null, write, label)
}

/** "orders over 1000": the rows' own amount, if they have just one. */
const compareAmount = (
  state: State,
  beforeTable: string | null,
  write: (sql: string) => string,
  label: string
): void => {
  const { draft } = state
  const [first] = draft.measures
  const subject =
    draft.subject?.kind === "table" ? draft.subject.table : first?.of.kind === "rows" ? first.of.table : null
  const found = [beforeTable, subject].flatMap((name) => {
    const table = name === null ? undefined : tableOf(state.context.index, name)
    const columns = table === undefined ? [] : amountColumns(state.context.index, table)
    return table === undefined || columns.length === 0 ? [] : [{ table, columns }]
  })
  const [owner] = found
  const [column] = owner?.columns ?? []
  if (owner === undefined || column === undefined || owner.columns.length !== 1) {
    draft.problems.push(`"${label}" does not say of what`)
    return
  }
  const reference = { table: owner.table.name, column: column.name }
  draft.filters.push({
    condition: { kind: "sql", sql: write(sqlOf(state.context.dialect, reference)), tables: [owner.table.name] },
    label: `${column.name} ${label}`
  })
  draft.understood.push(`${owner.table.name}.${column.name} ${label}`)
}

/** How a match is written. */
export const matchSql = (context: Context, match: Pick<Match, "column" | "values" | "negated">): string => {
  const column = columnOf(context.index, match.column)
  const written = match.values.map((value) =>
    typeof value === "number"
      ? String(value)
      : typeof value === "boolean"
        ? String(value).toUpperCase()
        : column !== undefined && isNumeric(column) && /^-?\d+(?:\.\d+)?$/.test(String(value))
          ? String(value)
          : SqlText.text(context.dialect, String(value))
  )
  const sql = sqlOf(context.dialect, match.column)
  const [first] = written
  if (written.length === 1 && first !== undefined) return `${sql} ${match.negated ? "<>" : "="} ${first}`
  return `${sql} ${match.negated ? "NOT IN" : "IN"} (${written.join(", ")})`
}

const rangeWriter =
  (from: string | null, to: string | null) =>
  (date: string): string =>
    [from === null ? [] : [`${date} >= '${from}'`], to === null ? [] : [`${date} < '${to}'`]].flat().join(" AND ")

const isSame = (one: ColumnReference | null, other: ColumnReference): boolean =>
  one !== null && one.table === other.table && one.column === other.column

const isScalar = (value: unknown): boolean =>
  typeof value === "string" || typeof value === "number" || typeof value === "boolean"
