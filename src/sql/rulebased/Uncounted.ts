/** What a plan counts, adds up or ranks by, and perhaps should not: what is one a row, one of several, or not what is asked. */
import { nameWords } from "../../grounding/NameWords.ts"
import type { Lexeme } from "../../text/Lexemes.ts"
import { dateColumns, hasPersonDates } from "./Dates.ts"
import { ownScoredBy } from "./Levels.ts"
import { stepsTo } from "./Paths.ts"
import { isTold, lateness, unreal } from "./Unreal.ts"
import { allConditions, type Measure, type Plan, testsIn, waysIn } from "./Plan.ts"
import { columnOf, isBoolean, isPlain, labelColumns, type SchemaIndex, tableOf } from "./SchemaIndex.ts"

/** Why rows that are counted or compared may not count, or count otherwise; `null` if nothing speaks against it. */
export const uncounted = (
  index: SchemaIndex,
  plan: Plan,
  lexemes: ReadonlyArray<Lexeme>,
  today: string
): string | null =>
  alwaysOne(plan) ??
  countOfOne(index, plan) ??
  countedOnce(index, plan, lexemes) ??
  unreal(index, plan, lexemes, today) ??
  ownOnes(index, plan) ??
  bestOfOne(index, plan) ??
  inOne(plan) ??
  countedBetween(index, plan) ??
  countOfNames(plan, lexemes) ??
  busiestOfType(plan, lexemes) ??
  delays(plan, lexemes) ??
  mostDelayed(plan, lexemes) ??
  byFlag(index, plan) ??
  withItself(plan)

// ---------------------------------------------------------------------------------------------------------------------
// internals

/** "Which player has had the most clubs?", "passengers per booking", where each has one: that is no number to tell. */
const alwaysOne = (plan: Plan): string | null => {
  const [group, ...groups] = plan.by
  if (group?.kind !== "table" || group.table !== plan.base || groups.length > 0) return null
  const counted = plan.order?.by.kind === "measure" ? [plan.order.by.measure, ...plan.measures] : plan.measures
  const one = counted.find(({ of, tables: [table, ...others] }) => {
    const isCount = of.kind === "rows" || (of.kind === "expression" && /^COUNT\(DISTINCT /i.test(of.sql))
    const isOwn = plan.joins.some(({ from, many, to }) => from.table === plan.base && to.table === table && !many)
    return isCount && others.length === 0 && isOwn
  })
  return one === undefined ? null : `each of ${plan.base} has one of ${one.tables[0]} at most`
}

/** "The Chief has how many doctors?": he is one himself, and that is not asked. */
const countOfOne = (index: SchemaIndex, plan: Plan): string | null => {
  const [measure, ...others] = plan.measures
  const table = tableOf(index, plan.base)
  if (table === undefined || measure?.of.kind !== "rows" || others.length > 0 || plan.by.length > 0) return null
  const told = new Set(
    plan.where.flatMap((one) =>
      one.kind === "holds" &&
      one.test.kind === "equals" &&
      !one.test.negated &&
      one.test.values.length === 1 &&
      one.test.column.table === plan.base
        ? [one.test.column.column]
        : []
    )
  )
  const names = labelColumns(table)
  const isKey = table.columns.some(({ name, primaryKey }) => primaryKey && told.has(name))
  const isOne = isKey || (names.length > 1 && names.every(({ name }) => told.has(name)))
  return isOne && table.columns.filter(({ primaryKey }) => primaryKey).length === 1
    ? `of ${plan.base} that is one`
    : null
}

/** "How many books were borrowed in May?": each of them once, or as often as it was? */
const countedOnce = (index: SchemaIndex, plan: Plan, lexemes: ReadonlyArray<Lexeme>): string | null => {
  const table = tableOf(index, plan.base)
  const [measure, ...others] = plan.measures
  if (table === undefined || measure?.of.kind !== "rows" || others.length > 0 || plan.by.length > 0) return null
  const record = plan.where.find(
    (one) =>
      one.kind === "exists" &&
      !one.negated &&
      (one.related.step.many || one.related.joins.some(({ many }) => many)) &&
      testsIn(one.where).some(({ kind }) => kind === "period")
  )
  // "How many books are out on loan?": several copies of one may be.
  const isOut = lexemes.some(({ key }, at) => key === "loan" && lexemes[at - 1]?.key === "on")
  const isDoneTo =
    isOut ||
    lexemes.some(({ key }, at) => /^(?:were|was|been)$/.test(key) || (key === "we" && lexemes[at - 1]?.key === "did"))
  const isSaid = lexemes.some(({ key }) => /^(?:distinct|different|unique)$/.test(key))
  if (!isDoneTo || isSaid) return null
  const isThing = labelColumns(table).length === 1 && !hasPersonDates(table)
  return record?.kind === "exists" && isThing
    ? `"${measure.label}" may count each once, or as often as ${record.table} say`
    : null
}

/** "players who have never scored a goal": an own one is none of theirs. */
const ownOnes = (index: SchemaIndex, plan: Plan): string | null => {
  for (const { step } of waysIn(plan.where)) {
    const own = ownScoredBy(index, step.to)
    const isSaid = own !== undefined && isTold(plan.where, isBoolean(own) ? "is" : "equals", own.name)
    if (own !== undefined && !isSaid) return `an own one, as ${own.name} says, counts for others`
  }
  return null
}

/** "Which author has the most loans per book?", where each book has one author: of each book it is that one. */
const bestOfOne = (index: SchemaIndex, plan: Plan): string | null => {
  const [outer, inner, ...others] = plan.by
  if (plan.best === null || outer?.kind !== "table" || inner?.kind !== "table" || others.length > 0) return null
  const steps = stepsTo(index, outer.table, inner.table)
  const isOwn = steps?.length === 1 && steps.every((one) => !one.many && isPlain(one))
  return isOwn ? `each of ${outer.table} has one of ${inner.table}, so that none is the best` : null
}

/** "Which nurses does each ward have?" asks for their names, and not how many they are. */
const countOfNames = (plan: Plan, lexemes: ReadonlyArray<Lexeme>): string | null => {
  const isList = /^(?:list|which|who|name)$/.test(lexemes[0]?.key ?? "") && lexemes.some(({ key }) => key === "each")
  const isCount = plan.measures.length > 0 && plan.measures.every(({ of }) => of.kind === "rows")
  const isPlain = plan.order === null && plan.having.length === 0 && plan.limit === null && plan.best === null
  const isSaid = lexemes.some(({ key }) => /^(?:many|number|count|most|fewest|least|total|more|often|top)$/.test(key))
  return isList && isCount && isPlain && !isSaid
    ? "it is not said whether all of each are asked for, or how many"
    : null
}

/** "Which plane type has the most flights?", of a plane's type_name: the type, and not the one plane. */
const busiestOfType = (plan: Plan, lexemes: ReadonlyArray<Lexeme>): string | null => {
  const shown = plan.by.flatMap((one) => (one.kind === "table" ? one.shown : []))
  const type = shown.find(({ column }) => /type|kind|class/i.test(column))
  const isSaid = lexemes.some(({ key }) => /^(?:types?|kinds?|class(?:es)?)$/.test(key))
  return type === undefined || !isSaid ? null : `${type.column} is one of several of ${type.table}`
}

/** "doctors with more than 10 patients": of one who came twice there are two rows between them. */
const countedBetween = (index: SchemaIndex, plan: Plan): string | null => {
  const counted = allConditions(plan.where).flatMap((one) => (one.kind === "counted" ? [one] : []))
  const between = counted.find(({ related, table }) => {
    const last = related.joins.find(({ to }) => to.table === table)
    const rows = tableOf(index, related.step.to.table)
    return last !== undefined && !last.many && rows !== undefined && dateColumns(rows).length > 0
  })
  return between === undefined
    ? null
    : `so many of ${between.table} may be different ones, or rows of ${between.related.step.to.table}`
}

/** "players who scored two goals in a single match": so many of one match, and not of all. */
const inOne = (plan: Plan): string | null => {
  const counted = plan.where.flatMap((one) => (one.kind === "counted" ? [one.table] : []))
  const other = plan.where.find(
    (one) =>
      one.kind === "exists" &&
      !one.negated &&
      counted.includes(one.related.step.to.table) &&
      one.related.joins.length > 0 &&
      allConditions(one.where).every(({ tokens }) => tokens.length === 0)
  )
  return other?.kind === "exists" ? `so many of ${counted[0]} may be meant of one of ${other.table}, or of all` : null
}

/** "the longest flight", of delay_minutes: how late something was is not how long it is. */
const delays = (plan: Plan, lexemes: ReadonlyArray<Lexeme>): string | null => {
  const isSaid = lexemes.some(({ key }, at) => lateness.test(key) || (key === "on" && lexemes[at + 1]?.key === "time"))
  if (isSaid) return null
  const order = plan.order?.by
  const measures: ReadonlyArray<Measure> = order?.kind === "measure" ? [order.measure, ...plan.measures] : plan.measures
  const columns = [
    ...(order?.kind === "column" ? [order.column.column] : []),
    ...measures.flatMap(({ of }) => (of.kind === "expression" ? of.sql.split(/\W+/) : [])),
    ...testsIn(plan.where).flatMap((test) =>
      test.kind === "compares" || test.kind === "between" ? test.of.sql.split(/\W+/) : []
    )
  ]
  const late = columns.find((column) => nameWords(column).some((word) => /^(?:delay|overtime|waiting)$/.test(word)))
  return late === undefined ? null : `${late} is how long something was late, or took besides`
}

/** "the most delayed flight": the one that was so most often, or longest? */
const mostDelayed = (plan: Plan, lexemes: ReadonlyArray<Lexeme>): string | null => {
  const isSaid = lexemes.some(({ key }, at) => key === "delayed" && lexemes[at - 1]?.key === "most")
  const isCounted = plan.order?.by.kind === "measure" && plan.order.by.measure.of.kind === "rows"
  return isSaid && isCounted ? '"most delayed" may be most often, or longest' : null
}

/** "at each base", of is_base: which of them it is, and not whether. */
const byFlag = (index: SchemaIndex, plan: Plan): string | null => {
  const flag = plan.by
    .flatMap((one) => (one.kind === "column" ? [one.column] : []))
    .find((column) => {
      const kept = columnOf(index, column)
      return (
        kept !== undefined &&
        isBoolean(kept) &&
        /^(?:is|has)$/.test(nameWords(column.column)[0] ?? "") &&
        column.table !== plan.base
      )
    })
  return flag === undefined ? null : `${flag.table}.${flag.column} is true or false, and none of several`
}

/** "copies that cost more than their price", where only one price is known. */
const withItself = (plan: Plan): string | null => {
  const [same] = testsIn(plan.where).flatMap((test) =>
    test.kind === "compares" && /^\(?(\S+) - \1\)?$/.test(test.of.sql) ? [test.of] : []
  )
  return same === undefined ? null : `it is not said what ${same.label} is compared with`
}
