/** What is not counted or added up for all: what was in force at different times, and goals that count for others. */
import * as Result from "effect/Result"
import { isDate } from "../../grounding/ColumnWords.ts"
import type { Column } from "../../grounding/Grounding.ts"
import { kindKey } from "../../grounding/NameWords.ts"
import { endsOf, isDone } from "./Dates.ts"
import type { Grouped, Wish } from "./Parts.ts"
import { ofMoney, unbilledBy, unpaidBy } from "./Outcomes.ts"
import { type Condition, equals, type Measure, type Test } from "./Plan.ts"
import { isOfGoals, isScorerKey, scoresOf } from "./Scores.ts"
import { type ColumnReference, isBoolean, labelColumns, type SchemaIndex, tableOf } from "./SchemaIndex.ts"

/** Salaries of contracts, points of rankings and stock of days are not added up over all times. */
export const levelProblems = (
  index: SchemaIndex,
  measures: ReadonlyArray<Measure>,
  wishes: ReadonlyArray<Wish>
): ReadonlyArray<string> => {
  if (wishes.some(({ kind }) => kind === "when" || kind === "test")) return []
  return measures.flatMap(({ label, of, tables: [name = ""] }) => {
    const table = tableOf(index, name)
    if (of.kind !== "expression" || !of.sql.startsWith("SUM(") || table === undefined) return []
    const isLevel = /^(?:ranking|standing|snapshot|inventory)$/.test(kindKey(name))
    const isPay = /salary|wage|weekly_?fee|monthly_?(?:fee|rent)/i.test(of.sql) && labelColumns(table).length === 0
    return (isLevel && table.columns.some(isDate)) || (isPay && endsOf(table).length > 0)
      ? [`"${label}" of ${name} would add up what was in force at different times`]
      : []
  })
}

/** Own goals are none of whoever scored them, and those of a club may be its own or its rival's. */
export const ownGoals = (
  index: SchemaIndex,
  measures: ReadonlyArray<Measure>,
  wishes: ReadonlyArray<Wish>,
  groups: ReadonlyArray<{ readonly by: Grouped }>
): { readonly where: ReadonlyArray<Condition>; readonly problems: ReadonlyArray<string> } => {
  const found = measures.flatMap(({ of, tables: [name = ""] }) => {
    const goals = of.kind === "rows" && isOfGoals(name) ? tableOf(index, name) : undefined
    const own = goals?.columns.find(saysOwn) ?? goals?.columns.find(saysOff)
    return own === undefined ? [] : [{ own, name }]
  })
  const all = found.map(({ name, own }) => {
    const isTold = wishes.some(
      (wish) =>
        (wish.kind === "match" && wish.column.column === own.name) ||
        (wish.kind === "test" && wish.test.kind === "is" && wish.test.column.column === own.name)
    )
    const scorers = index.relationships.filter(({ from }) => from.table === name && isScorerKey(from.column))
    const isScorer = (table: string) => scorers.some(({ to }) => to.table === table)
    const others = groups.filter(({ by }) => by.kind !== "column" || by.column.column !== own.name)
    const isOfScorers =
      others.some(({ by }) => by.kind === "table" && isScorer(by.table)) ||
      wishes.some((wish) => wish.kind === "match" && isScorer(wish.column.table))
    const test = isOfScorers ? isNotOwn(index, name, own) : null
    const off = isTold ? undefined : tableOf(index, name)?.columns.find(saysOff)
    if (off !== undefined) return { problem: `some ${name} may count for nobody, as ${off.name} says` }
    if (isTold || (!isOfScorers && others.length === 0)) return {}
    return test === null
      ? { problem: `an own one, as ${own.name} says, counts for others` }
      : { where: { kind: "holds", tokens: [], test } as const }
  })
  return {
    where: all.flatMap(({ where }) => (where === undefined ? [] : [where])),
    problems: all.flatMap(({ problem }) => (problem === undefined ? [] : [problem]))
  }
}

/** "players who have scored more than twice": the same of the goals that a condition speaks of, where it can be said. */
export const withoutOwn = (index: SchemaIndex, where: ReadonlyArray<Condition>): ReadonlyArray<Condition> =>
  where.map((one) => {
    if (one.kind !== "exists" && one.kind !== "counted") return one
    const { to } = one.related.step
    const own = ownScoredBy(index, to)
    const isSaid = one.where.some(
      (inner) =>
        inner.kind === "holds" &&
        (inner.test.kind === "equals" || inner.test.kind === "is") &&
        inner.test.column.column === own?.name
    )
    const test = own === undefined || isSaid ? null : isNotOwn(index, to.table, own)
    return test === null ? one : { ...one, where: [...one.where, { kind: "holds", tokens: [], test }] }
  })

/** Where goals that this key says who scored tell which of them are own ones. */
export const ownScoredBy = (index: SchemaIndex, { column, table }: ColumnReference): Column | undefined =>
  isOfGoals(table) && isScorerKey(column) ? tableOf(index, table)?.columns.find(saysOwn) : undefined

/** Payments that failed or were given back are no money, unless it is said which are meant. */
export const unsettled = (
  index: SchemaIndex,
  measures: ReadonlyArray<Measure>,
  wishes: ReadonlyArray<Wish>,
  groups: ReadonlyArray<{ readonly by: Grouped }>
): ReadonlyArray<string> =>
  measures.flatMap(({ of, tables }) =>
    tables.flatMap((name) => {
      const isSum =
        of.kind === "expression" && /\b(?:SUM|AVG)\(/.test(of.sql) && !/julianday|EXTRACT|TIMESTAMPDIFF/.test(of.sql)
      // What has a day on which it was paid has been.
      const isPaid = wishes.some(
        (wish) =>
          (wish.kind === "date" && wish.column.table === name && isDone(wish.column.column)) ||
          (wish.kind === "test" && wish.test.kind === "known" && wish.test.column.table === name)
      )
      const kind = kindKey(name)
      const by = kind === "payment" ? unpaidBy : /^(?:invoice|bill)$/.test(kind) ? unbilledBy : null
      const state = isSum ? by?.(tableOf(index, name)) : undefined
      const isTold =
        wishes.some(
          (wish) =>
            (wish.kind === "match" && wish.column.column === state?.name) ||
            // "overdue invoices", which a term of the users says to be open
            (wish.kind === "test" &&
              wish.test.kind === "mapped" &&
              state !== undefined &&
              wish.test.sql.includes(state.name))
        ) || groups.some(({ by }) => by.kind === "column" && by.column.column === state?.name)
      const isClear = ofMoney(tableOf(index, name)) !== null
      return state === undefined || isClear || isTold || (isPaid && kind !== "payment")
        ? []
        : [`some ${name} may be no money, as ${state.name} says`]
    })
  )

/** What players scored is not all that was scored, where the matches say themselves how it ended. */
export const playersScores = (
  index: SchemaIndex,
  measures: ReadonlyArray<Measure>,
  wishes: ReadonlyArray<Wish>,
  groups: ReadonlyArray<{ readonly by: Grouped }>
): ReadonlyArray<string> =>
  measures.flatMap(({ label, of, tables: [name = ""], tables }) => {
    const isScored =
      of.kind === "expression" && tables.length === 1 && /\.["`]?(?:goals|points|runs)["`]?\)/i.test(of.sql)
    const isOfMatch = isScored && index.tables.some((one) => scoresOf(index, one.name) !== null && one.name !== name)
    const players = index.relationships.filter(({ from }) => from.table === name && isScorerKey(from.column))
    const isPlayer = (table: string): boolean => players.some(({ to }) => to.table === table)
    const isOfPlayers =
      groups.some(({ by }) => by.kind === "table" && isPlayer(by.table)) ||
      wishes.some((wish) => wish.kind === "match" && isPlayer(wish.column.table))
    return isOfMatch && players.length > 0 && !isOfPlayers
      ? [`"${label}" of ${name} may be less than all of a match`]
      : []
  })

// ---------------------------------------------------------------------------------------------------------------------
// internals

/** What was disallowed, or decided a match that was drawn. */
const saysOff = ({ name, values }: Column): boolean =>
  /disallow|shoot_?out|is_valid/i.test(name) || values.some((value) => /disallow|shoot.?out/i.test(value))

const saysOwn = ({ description, name, values }: Column): boolean =>
  values.some((value) => /^own(?:\b|_)/i.test(value)) ||
  /own_?goal/i.test(name) ||
  /\bown[ _]goal/i.test(description ?? "") ||
  (values.length === 0 && /^goal_?type$/i.test(name))

/** That a goal is no own one; `null` where nothing says how that is written. */
const isNotOwn = (index: SchemaIndex, table: string, own: Column): Test | null => {
  const column = { table, column: own.name }
  if (isBoolean(own)) return { kind: "is", column, truth: false }
  const value = own.values.find((one) => /^own(?:\b|_)/i.test(one))
  return value === undefined ? null : Result.getOrElse(equals(index, column, [value], value, true), () => null)
}
