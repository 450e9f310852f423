/** What a plan takes for granted and the question does not say: a role on the way, and when somebody was recorded. */
import { kindKey, nameWords, wordKey } from "../../grounding/NameWords.ts"
import type { Lexeme } from "../../text/Lexemes.ts"
import { isNumeric } from "../../grounding/ColumnWords.ts"
import type { Column } from "../../grounding/Grounding.ts"
import { auditDates } from "./Dates.ts"
import { type Plan, type Step, stepsOf, tablesOf, testsIn, waysIn } from "./Plan.ts"
import { isLabel, isPlain, labelColumns, roleWords, type SchemaIndex, tableOf } from "./SchemaIndex.ts"

/** Why the rows may be others than those that are asked for; `null` if the question says all that they are found by. */
export const unsaid = (index: SchemaIndex, plan: Plan, lexemes: ReadonlyArray<Lexeme>): string | null =>
  recorded(index, plan, lexemes) ??
  throughRole(index, plan, lexemes) ??
  anyRole(index, plan, lexemes) ??
  ofAnother(index, plan) ??
  otherWay(index, plan) ??
  ofThoseNamed(index, plan, lexemes)

// ---------------------------------------------------------------------------------------------------------------------
// internals

/** "How many passengers did we carry in May?": when they were recorded is not when they were carried. */
const recorded = (index: SchemaIndex, plan: Plan, lexemes: ReadonlyArray<Lexeme>): string | null => {
  const table = tableOf(index, plan.base)
  if (table === undefined) return null
  const isThing = labelColumns(table).length > 0
  const isBought = lexemes.some(({ key }) => /^(?:sp(?:end|ent)|b(?:uy|ought)|purchased?|acquired?|paid)$/.test(key))
  const audit = new Set(
    [...(isThing ? auditDates(table) : []), ...(isBought ? [] : table.columns.filter(isOfBuying))].map(
      ({ name }) => name
    )
  )
  const [column] = testsIn(plan.where).flatMap((test) =>
    test.kind === "period" && test.column.table === table.name ? [test.column.column] : []
  )
  // "have been created"
  const verb = lexemes.find(({ key }, at) => served.test(key) && lexemes[at + 1]?.key !== "been")
  return column === undefined || verb === undefined || !audit.has(column)
    ? null
    : `${table.name}.${column} does not say when "${verb.text}" is true of them`
}

/** When a plane was bought is not when it flew, and one of those that we had then was bought before. */
const isOfBuying = ({ name }: Column): boolean =>
  /^(?:bought|purchased?|acquired|acquisition|delivered|built|manufactured|commissioned|installed)$/.test(
    nameWords(name)[0] ?? ""
  )

const served =
  /^(?:had|have|carry|carried|serve|served|see|saw|seen|fly|flew|flown|visit|visited|treat|treated|host|hosted|transport|transported)$/

/** "patients in Cardiology": the department of their family doctor is not where they are. */
const throughRole = (index: SchemaIndex, plan: Plan, lexemes: ReadonlyArray<Lexeme>): string | null => {
  const said = new Set(lexemes.map(({ key }) => wordKey(key)))
  const named = new Set([
    ...plan.by.flatMap((one) => (one.kind === "table" ? [one.table] : [])),
    ...testsIn(plan.where).flatMap((test) =>
      test.kind === "equals" && isLabel(index, test.column) ? [test.column.table] : []
    )
  ])
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
  const told = new Set(testsIn(plan.where).flatMap(tablesOf))
  const steps: ReadonlyArray<Step> = [
    ...plan.joins,
    ...waysIn(plan.where).flatMap(stepsOf),
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

/** family_doctor_id of doctors */
const isRoleOf = ({ from, to }: Step): boolean => {
  const words = roleWords(from)
  const [first = ""] = words
  return words.length > 1 && first.length > 3 && wordKey(words.at(-1) ?? "") === kindKey(to.table)
}

/** "books borrowed by Ann": by the key of the loan, and not as a member of the branch where the copy is. */
const otherWay = (index: SchemaIndex, plan: Plan): string | null => {
  for (const steps of waysIn(plan.where).map(stepsOf)) {
    const joined = new Set(steps.map(({ to }) => to.table))
    for (const { from, to } of steps) {
      const rival = index.relationships.find(
        (one) =>
          one.to.table === to.table &&
          one.from.table !== from.table &&
          one.from.table !== to.table &&
          joined.has(one.from.table) &&
          // What is reached by way of it is no other way to it.
          !steps.some((step) => step.from.table === to.table && step.to.table === one.from.table)
      )
      if (rival !== undefined) return `${to.table} may be meant as ${from.table} or as ${rival.from.table} say`
    }
  }
  return null
}

/** "loans of members of East": the branch of the members, and not that of the copies. */
const ofThoseNamed = (index: SchemaIndex, plan: Plan, lexemes: ReadonlyArray<Lexeme>): string | null => {
  const said = new Set(lexemes.map(({ key }) => wordKey(key)))
  const told = new Set(testsIn(plan.where).flatMap((test) => (test.kind === "equals" ? [test.column.table] : [])))
  for (const { from, to } of plan.joins.filter((step) => told.has(step.to.table))) {
    const rival = index.relationships.find(
      (one) =>
        one.to.table === to.table &&
        ![from.table, to.table, plan.base].includes(one.from.table) &&
        said.has(kindKey(one.from.table)) &&
        !said.has(kindKey(from.table))
    )
    if (rival !== undefined) return `${to.table} may be that of ${rival.from.table} or that of ${from.table}`
  }
  return null
}

/** "patients discharged in May who have not been billed for it": a bill of another stay is none for that. */
const ofAnother = (index: SchemaIndex, plan: Plan): string | null => {
  const around = plan.where.flatMap((one) => (one.kind === "exists" && one.related.step.many ? [one] : []))
  const missing = around.find(({ negated }) => negated)
  const there = around.find(({ negated }) => !negated)
  if (missing === undefined || there === undefined) return null
  const [one, other] = [missing.related.step.to.table, there.related.step.to.table]
  // "patients who are here now and have no diagnosis": of this stay, and not of any other
  if (one === other && missing.related.joins.length > 0 && there.where.length > 0) {
    return `nothing says whether the same of ${one} are meant`
  }
  return index.relationships.some(({ from, to }) => from.table === one && to.table === other)
    ? `nothing says whether ${one} of the same ${other} are meant`
    : null
}
