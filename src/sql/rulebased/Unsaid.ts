/** What a plan takes for granted and the question does not say: a role on the way, and when somebody was recorded. */
import { kindKey, nameWords, wordKey } from "../../grounding/NameWords.ts"
import type { Lexeme } from "../../text/Lexemes.ts"
import { isDate, isNumeric } from "../../grounding/ColumnWords.ts"
import { auditDates, dateColumns, hasPersonDates } from "./Dates.ts"
import { unrealBy } from "./Outcomes.ts"
import { allConditions, type Plan, type Related, type Step, tablesOf } from "./Plan.ts"
import {
  isBoolean,
  isLabel,
  isPlain,
  isUnlistedStatus,
  labelColumns,
  roleWords,
  type SchemaIndex,
  tableOf
} from "./SchemaIndex.ts"

/** Why the rows may be others than those that are asked for; `null` if the question says all that they are found by. */
export const unsaid = (index: SchemaIndex, plan: Plan, lexemes: ReadonlyArray<Lexeme>): string | null =>
  recorded(index, plan, lexemes) ??
  throughRole(index, plan, lexemes) ??
  anyRole(index, plan, lexemes) ??
  alwaysOne(plan) ??
  countedOnce(index, plan, lexemes) ??
  ofAnother(index, plan) ??
  overUnreal(index, plan) ??
  takenBack(index, plan) ??
  whoIs(index, plan, lexemes)

// ---------------------------------------------------------------------------------------------------------------------
// internals

/** "How many passengers did we carry in May?": when they were recorded is not when they were carried. */
const recorded = (index: SchemaIndex, plan: Plan, lexemes: ReadonlyArray<Lexeme>): string | null => {
  const table = tableOf(index, plan.base)
  if (table === undefined || labelColumns(table).length === 0) return null
  const audit = new Set(auditDates(table).map(({ name }) => name))
  const [column] = allConditions(plan.where).flatMap((one) =>
    one.kind === "holds" && one.test.kind === "period" && one.test.column.table === table.name
      ? [one.test.column.column]
      : []
  )
  // "have been created"
  const verb = lexemes.find(({ key }, at) => served.test(key) && lexemes[at + 1]?.key !== "been")
  return column === undefined || verb === undefined || !audit.has(column)
    ? null
    : `${table.name}.${column} does not say when "${verb.text}" is true of them`
}

const served =
  /^(?:had|have|carry|carried|serve|served|see|saw|seen|fly|flew|flown|visit|visited|treat|treated|host|hosted|transport|transported)$/

/** "patients in Cardiology": the department of their family doctor is not where they are. */
const throughRole = (index: SchemaIndex, plan: Plan, lexemes: ReadonlyArray<Lexeme>): string | null => {
  const said = new Set(lexemes.map(({ key }) => wordKey(key)))
  const named = new Set(
    allConditions(plan.where).flatMap((one) =>
      one.kind === "holds" && one.test.kind === "equals" && isLabel(index, one.test.column)
        ? [one.test.column.table]
        : []
    )
  )
  const role = plan.joins.find(
    (step) =>
      isRoleOf(step) &&
      !isPlain(step) &&
      !roleWords(step.from).some((word) => said.has(wordKey(word))) &&
      plan.joins.some((next) => next.from.table === step.to.table && named.has(next.to.table))
  )
  return role === undefined
    ? null
    : `nothing says that the ${roleWords(role.from).join(" ")} of ${role.from.table} is meant`
}

/** "Who wrote Low Tide?", of those who had a hand in it: its translator did not. */
const anyRole = (index: SchemaIndex, plan: Plan, lexemes: ReadonlyArray<Lexeme>): string | null => {
  const conditions = allConditions(plan.where)
  const told = new Set(conditions.flatMap((one) => (one.kind === "holds" ? tablesOf(one.test) : [])))
  const steps: ReadonlyArray<Step> = [
    ...plan.joins,
    ...conditions.flatMap((one) => (one.kind === "exists" || one.kind === "counted" ? stepsOf(one.related) : [])),
    ...plan.measures.flatMap(({ of }) => (of.kind === "average" && of.related !== null ? stepsOf(of.related) : []))
  ]
  const passed = new Set([plan.base, ...steps.flatMap(({ from, to }) => [from.table, to.table])])
  for (const name of passed) {
    const table = tableOf(index, name)
    const links = index.relationships.filter(({ from }) => from.table === name)
    const role = table?.columns.find(
      (one) => !isNumeric(one) && /^(?:role|capacity|contribution)$/.test(nameWords(one.name).at(-1) ?? "")
    )
    if (table === undefined || role === undefined || role.values.length === 1 || labelColumns(table).length > 0)
      continue
    const isSaid = lexemes.some(({ key }) => /^(?:role|roles|capacity)$/.test(key)) || told.has(name)
    // An author is one of those roles, and those who wrote have it.
    const isOneOfThem =
      links.some(({ to }) => role.values.some((value) => wordKey(value.toLowerCase()) === kindKey(to.table))) ||
      lexemes.some(({ key }) => /^(?:wrote|write|written|author|authors)$/.test(key))
    if (new Set(links.map(({ to }) => to.table)).size > 1 && isOneOfThem && !isSaid) {
      return `${name} may be of several roles, as ${role.name} says`
    }
  }
  return null
}

/** "Which player has had the most clubs?", where each has one: that is no number to go by. */
const alwaysOne = (plan: Plan): string | null => {
  const by = plan.order?.by
  const [group] = plan.by
  if (by?.kind !== "measure" || group?.kind !== "table" || group.table !== plan.base) return null
  const { of, tables } = by.measure
  const [table, ...others] = tables
  const isCount = of.kind === "rows" || (of.kind === "expression" && /^COUNT\(DISTINCT /i.test(of.sql))
  const isOwn = plan.joins.some(({ from, many, to }) => from.table === plan.base && to.table === table && !many)
  return isCount && others.length === 0 && isOwn ? `each of ${plan.base} has one of ${table} at most` : null
}

/** family_doctor_id of doctors */
const isRoleOf = ({ from, to }: Step): boolean => {
  const words = roleWords(from)
  const [first = ""] = words
  return words.length > 1 && first.length > 3 && wordKey(words.at(-1) ?? "") === kindKey(to.table)
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
      allConditions(one.where).some((inner) => inner.kind === "holds" && inner.test.kind === "period")
  )
  const isDoneTo = lexemes.some(
    ({ key }, at) => /^(?:were|was|been)$/.test(key) || (key === "we" && lexemes[at - 1]?.key === "did")
  )
  const isSaid = lexemes.some(({ key }) => /^(?:distinct|different|unique)$/.test(key))
  if (!isDoneTo || isSaid) return null
  const isThing = labelColumns(table).length === 1 && !hasPersonDates(table)
  return record?.kind === "exists" && isThing
    ? `"${measure.label}" may count each once, or as often as ${record.table} say`
    : null
}

/** "patients discharged in May who have not been billed for it": a bill of another stay is none for that. */
const ofAnother = (index: SchemaIndex, plan: Plan): string | null => {
  const around = plan.where.flatMap((one) => (one.kind === "exists" && one.related.step.many ? [one] : []))
  const missing = around.find(({ negated }) => negated)
  const there = around.find(({ negated }) => !negated)
  if (missing === undefined || there === undefined) return null
  const [one, other] = [missing.related.step.to.table, there.related.step.to.table]
  return index.relationships.some(({ from, to }) => from.table === one && to.table === other)
    ? `nothing says whether ${one} of the same ${other} are meant`
    : null
}

/** "goals per match": what has not been played, or was called off, has none, and is no match to divide by. */
const overUnreal = (index: SchemaIndex, plan: Plan): string | null => {
  const measure = plan.measures.find(({ of }) => of.kind === "average")
  const table = tableOf(index, plan.base)
  if (measure === undefined || table === undefined || labelColumns(table).length > 0) return null
  const state = unrealBy(table) ?? table.columns.find(isUnlistedStatus)
  return state === undefined || isTold(plan, "equals", state.name) || dateColumns(table).length === 0
    ? null
    : `some ${table.name} may not have taken place, as ${state.name} says`
}

/** Cards that were rescinded and fines that were waived are none. */
const takenBack = (index: SchemaIndex, plan: Plan): string | null => {
  const counted = new Set([plan.base, ...plan.measures.flatMap(({ tables }) => tables)])
  if (plan.measures.length === 0) return null
  for (const name of counted) {
    const table = tableOf(index, name)
    const flag = table?.columns.find(
      (one) =>
        isBoolean(one) && /(?:^|_|is)(?:rescinded|waived|disallowed|voided?|annulled|overturned)$/i.test(one.name)
    )
    if (flag !== undefined && !isTold(plan, "is", flag.name))
      return `some ${name} may count for nobody, as ${flag.name} says`
  }
  return null
}

/** "Who is the coach of Eastbay?": whoever was dismissed is it no more. */
const whoIs = (index: SchemaIndex, plan: Plan, [first, second, third]: ReadonlyArray<Lexeme>): string | null => {
  const isAsked = first?.key === "who" && /^(?:is|s)$/.test(second?.key ?? "") && third?.key === "the"
  const table = tableOf(index, plan.base)
  const end = table?.columns.find(
    (one) => isDate(one) && /^(?:left|dismissed|retired|resigned|terminated|departed|exit)/i.test(one.name)
  )
  const isNarrowed = allConditions(plan.where).some((one) => one.kind === "holds" && one.test.kind !== "equals")
  const isOfOthers = plan.joins.length > 0 && plan.list !== null && plan.order === null
  return isAsked && end !== undefined && isOfOthers && !isNarrowed
    ? `some ${plan.base} may be it no more, as ${end.name} says`
    : null
}

/** Whether the question says a value of a column, or whether it is true. */
const isTold = (plan: Plan, kind: "equals" | "is", column: string): boolean =>
  allConditions(plan.where).some(
    (one) => one.kind === "holds" && one.test.kind === kind && one.test.column.column === column
  )

const stepsOf = ({ joins, step }: Related): ReadonlyArray<Step> => [step, ...joins]
