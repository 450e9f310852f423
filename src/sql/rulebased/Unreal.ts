/** What may not have taken place, was called off or taken back, or brought no money, where nothing says which rows are meant. */
import { isDate } from "../../grounding/ColumnWords.ts"
import type { Column } from "../../grounding/Grounding.ts"
import { kindKey, nameWords } from "../../grounding/NameWords.ts"
import type { Lexeme } from "../../text/Lexemes.ts"
import { shift } from "./Days.ts"
import { dateColumns } from "./Dates.ts"
import { unrealBy, unrealOrUnlistedBy, voidBy } from "./Outcomes.ts"
import { allConditions, type Condition, type Plan, stepsOf, testsIn, testsOf, waysIn } from "./Plan.ts"
import { isBoolean, labelColumns, type SchemaIndex, tableOf } from "./SchemaIndex.ts"

/** Why rows that a plan goes through may count for nothing; `null` if nothing speaks against them. */
export const unreal = (index: SchemaIndex, plan: Plan, lexemes: ReadonlyArray<Lexeme>, today: string): string | null =>
  overUnreal(index, plan) ??
  withoutUnreal(index, plan, lexemes) ??
  notFlown(index, plan, lexemes) ??
  takenBack(index, plan) ??
  notAdmitted(index, plan, today) ??
  notBilled(index, plan, lexemes) ??
  notComeIn(index, plan, lexemes) ??
  notLent(index, plan, lexemes)

/** Whether the question, or a term of the users in it, says a value of a column, whether it is true, or whether it is known. */
export const isTold = (where: ReadonlyArray<Condition>, kind: "equals" | "is" | "known", column: string): boolean =>
  testsIn(where).some((test) =>
    test.kind === "mapped"
      ? kind === "equals" && test.sql.includes(column)
      : test.kind === kind && test.column.column === column
  )

/** Words that say that something was late. */
export const lateness = /^(?:delay|late|punctual|overtime|wait|behind|hold|on-time)/

// ---------------------------------------------------------------------------------------------------------------------
// internals

/** Why a state may tell of some rows that they did not take place; `null` where the question says which it means. */
const untold = (where: ReadonlyArray<Condition>, name: string, state: Column | undefined): string | null =>
  state === undefined || isTold(where, "equals", state.name)
    ? null
    : `some ${name} may not have taken place, as ${state.name} says`

/** "goals per match": what has not been played, or was called off, has none, and is no match to divide by. */
const overUnreal = (index: SchemaIndex, plan: Plan): string | null => {
  const measure = plan.measures.find(({ of }) => of.kind === "average")
  return measure === undefined ? null : notTaken(index, plan)
}

/** "Which matches had no goals?": those that have not been played had none either, and are not meant. */
const withoutUnreal = (index: SchemaIndex, plan: Plan, lexemes: ReadonlyArray<Lexeme>): string | null => {
  const isAbsent = plan.where.some((one) => one.kind === "exists" && one.negated)
  // "aircraft that flew no flights", "branches that held no events": what did not take place was not held.
  const none = lexemes.findIndex(
    ({ key }, at) => key === "no" && /(?:ed|held|flew|sold|won|ran|gave|took|made)$/.test(lexemes[at - 1]?.key ?? "")
  )
  const isPast = none > 0 || lexemes.some(({ key }) => /^(?:had|did|was|were)$/.test(key))
  if (!isAbsent || !isPast) return null
  const verb = plan.where.find(
    (one) =>
      one.kind === "exists" && !one.negated && allConditions([one]).some(({ tokens }) => tokens.includes(none - 1))
  )
  if (none > 0 && verb !== undefined) return `"${lexemes[none - 1]?.text} no" may be said of those that did so at all`
  // "have had no flights this year": those that were cancelled were none.
  const isHad = (none > 0 || lexemes.some(({ key }) => key === "had")) && !lexemes.some(({ key }) => key === "never")
  const absent = plan.where.flatMap((one) => (isHad && one.kind === "exists" && one.negated ? [one] : []))
  const whys = [notTaken(index, plan), ...absent.map(({ table, where }) => notTaken(index, { base: table, where }))]
  return whys.find((why) => why !== null) ?? null
}

/** "flights that departed from Oslo", "the stadium that hosted the most": what was called off, or is to come, did not. */
const notFlown = (index: SchemaIndex, plan: Plan, lexemes: ReadonlyArray<Lexeme>): string | null => {
  const isPast = lexemes.some(({ key }) =>
    /^(?:departed|flew|flown|landed|arrived|hosted|refereed|actually|really|happened|held|ran|performed|operated|attended|visited|donated)$/.test(
      key
    )
  )
  const isDone =
    lexemes.some(({ key }) => key === "did") && lexemes.some(({ key }) => /^(?:fly|land|depart|arrive|host)$/.test(key))
  const isActual = testsIn(plan.where).some((test) => test.kind === "period" && /^actual/i.test(test.column.column))
  const isHosted = lexemes.some(({ key }, at) => doing.test(key) && lexemes[at + 1]?.key !== "us")
  const isLate = lexemes.some(({ key }) => lateness.test(key))
  // "exhibitions that opened in 2025"
  const isShow =
    /(?:exhibition|event|concert|show|festival)$/.test(kindKey(plan.base)) &&
    lexemes.some(({ key }) => /^(?:opened|closed|started|ended|began)$/.test(key))
  const state = isShow ? unrealOrUnlistedBy(tableOf(index, plan.base)) : undefined
  const show = untold(plan.where, plan.base, state)
  if (show !== null) return show
  if (!(isPast || isDone || isHosted) || isActual || isLate) return null
  // "stadiums that never hosted a match": of those, none that took place.
  const absent = allConditions(plan.where).flatMap((one) =>
    one.kind === "exists" && one.negated ? [one.related.step.to.table] : []
  )
  // "patients that have really been admitted more than twice"
  const isOfWays = plan.measures.length > 0 ? /^(?:actually|really)$/ : /^(?:actually|really|donated)$/
  const counted = lexemes.some(({ key }) => isOfWays.test(key))
    ? waysIn(plan.where).flatMap((way) => stepsOf(way).map(({ to }) => to.table))
    : []
  const whys = [...(isHosted ? absent : []), ...counted, plan.base].map((base) =>
    notTaken(index, { base, where: plan.where })
  )
  return whys.find((why) => why !== null) ?? null
}

/** Who did so did it with what took place: "teachers who have never given a lesson". */
const doing = /^(?:hosted|given|gave|taught|led|guided|whistled)$/

/** Why rows of what a plan goes through may not have taken place, if nothing says which are meant. */
const notTaken = (index: SchemaIndex, plan: Pick<Plan, "base" | "where">): string | null => {
  const table = tableOf(index, plan.base)
  if (table === undefined || labelColumns(table).length > 0 || dateColumns(table).length === 0) return null
  const state = unrealOrUnlistedBy(table)
  return untold(plan.where, table.name, state)
}

/** Cards that were rescinded and fines that were waived are none. */
const takenBack = (index: SchemaIndex, plan: Plan): string | null => {
  const held = waysIn(plan.where).map(({ step }) => step.to.table)
  // "unpaid fines": one that was waived need not be paid.
  const isOpen = testsOf(plan.where).some((test) => test.kind === "known" && test.negated)
  const counted =
    plan.measures.length === 0 && !isOpen
      ? held
      : [plan.base, ...plan.measures.flatMap(({ tables }) => tables), ...held]
  for (const name of new Set(counted)) {
    const flag = tableOf(index, name)?.columns.find(
      (one) =>
        (isBoolean(one) || isDate(one)) &&
        /(?:^|_|is)(?:rescinded|waived|disallowed|voided?|annulled|overturned|forecast|projected|budgeted)(?:_(?:at|on|date))?$/i.test(
          one.name
        )
    )
    if (flag !== undefined && !isTold(plan.where, isBoolean(flag) ? "is" : "known", flag.name))
      return `some ${name} may count for nobody, as ${flag.name} says`
  }
  return null
}

/** "How many admissions are there per year?": one that is planned, or was cancelled, is none, and no day says so. */
const notAdmitted = (index: SchemaIndex, plan: Plan, today: string): string | null => {
  const counted = allConditions(plan.where).flatMap((one) => (one.kind === "counted" ? [one.table] : []))
  const name = [plan.base, ...counted].find((one) => stays.test(kindKey(one)))
  const table = tableOf(index, name ?? "")
  const isCount = plan.measures.some(({ label, of }) => of.kind === "rows" || /^(?:percentage|number)\b/.test(label))
  const dates = new Set(plan.by.flatMap((one) => (one.kind === "grain" ? [one.date.column] : [])))
  const isOver = testsIn(plan.where).some(
    (test) =>
      (test.kind === "known" && !dates.has(test.column.column)) ||
      (test.kind === "period" && test.to !== null && test.to <= shift(today, "day", 1))
  )
  const state = isCount || counted.length > 0 ? (voidBy(table) ?? (isOver ? undefined : unrealBy(table))) : undefined
  return untold(plan.where, name ?? "", state)
}

/** Tables of people who lie somewhere for a while. */
export const stays = /^(?:admission|stay|hospitali[sz]ation)$/

export const saysBilled = (lexemes: ReadonlyArray<Lexeme>): boolean =>
  lexemes.some(
    ({ key }, at) =>
      /^(?:billed|invoiced)$/.test(key) || (/^(?:bill|invoice)$/.test(key) && lexemes[at - 1]?.key === "we")
  )

/** "How much did we bill?", "the amount invoiced": what was cancelled, or is a draft, bills nothing. */
const notBilled = (index: SchemaIndex, plan: Plan, lexemes: ReadonlyArray<Lexeme>): string | null => {
  const isSum = plan.measures.some(({ of }) => of.kind === "expression")
  const state = saysBilled(lexemes) && isSum ? voidBy(tableOf(index, plan.base)) : undefined
  return state === undefined || isTold(plan.where, "equals", state.name)
    ? null
    : `some ${plan.base} may have been cancelled, as ${state.name} says`
}

/** "How much fine money came in during March?": what was paid then, and not what was issued. */
const notComeIn = (index: SchemaIndex, plan: Plan, lexemes: ReadonlyArray<Lexeme>): string | null => {
  const isSaid = lexemes.some(({ key }, at) => lexemes[at + 1]?.key === "in" && /^(?:came|comes?|coming)$/.test(key))
  const isSum = plan.measures.some(({ of }) => of.kind === "expression")
  const paid =
    isSaid && isSum ? tableOf(index, plan.base)?.columns.find((one) => isDate(one) && isPayment(one)) : undefined
  const isTold =
    paid !== undefined &&
    testsIn(plan.where).some((test) =>
      test.kind === "mapped" ? test.sql.includes(paid.name) : "column" in test && test.column.column === paid.name
    )
  return paid === undefined || isTold ? null : `some ${plan.base} may not have been paid, as ${paid.name} says`
}

const isPayment = ({ name }: Column): boolean => /^(?:paid|settled)$/.test(nameWords(name)[0] ?? "")

/** "objects lent to Greenwich": a loan that is planned, or was cancelled, lent nothing. */
const notLent = (index: SchemaIndex, plan: Plan, lexemes: ReadonlyArray<Lexeme>): string | null => {
  const isLent = lexemes.some(({ key }) => key === "lent")
  if (!isLent && !lexemes.some(({ key }) => /^borrow(?:ed)?$/.test(key))) return null
  const tables = [plan.base, ...waysIn(plan.where).flatMap((way) => stepsOf(way).map(({ to }) => to.table))]
  for (const name of new Set(tables)) {
    const state = kindKey(name).endsWith("loan")
      ? (isLent ? unrealOrUnlistedBy : unrealBy)(tableOf(index, name))
      : undefined
    const why = untold(plan.where, name, state)
    if (why !== null) return why
  }
  return null
}
