/**
 * "How many lessons did Ada give?": rows that were called off, or are yet to come, are none of them. Where all states of such
 * rows are known, and each says whether it took place, those that did are meant.
 */
import type { Column, Table } from "../../grounding/Grounding.ts"
import { isStateName } from "../../grounding/ColumnWords.ts"
import { kindKey } from "../../grounding/NameWords.ts"
import type { Lexeme } from "../../text/Lexemes.ts"
import { dateColumns } from "./Dates.ts"
import { isUnreal, ofMoney, oneOf, unbilledBy } from "./Outcomes.ts"
import { type Condition, type Plan, type Test, testsIn } from "./Plan.ts"
import { isSameColumn, labelColumns, type SchemaIndex, tableOf } from "./SchemaIndex.ts"
import { isTold, saysBilled, stays } from "./Unreal.ts"

/** The plan, of what took place if the question says that it did. */
export const withHappened = (
  index: SchemaIndex,
  chosen: Plan,
  lexemes: ReadonlyArray<Lexeme>,
  // A term of the users says itself which rows it is about.
  { isTerm, today }: { readonly isTerm: boolean; readonly today: string }
): Plan => {
  const plan = isTerm ? chosen : withPaid(index, chosen, lexemes)
  // "What share of the lessons took place?" is one of all.
  const isDone = saysHappened(lexemes) && !plan.measures.some(({ of }) => of.kind === "share")
  const isToCome = testsIn(plan.where).some((test) => test.kind === "period" && (test.from ?? "") > today)
  if (isToCome || lexemes.some(({ key }) => otherwise.test(key))) return plan
  // An appointment that was missed is one, and a stay that was is none.
  const isMeant = (name: string): boolean => isDone || stays.test(kindKey(name))
  const narrowed = { ...plan, where: plan.where.map((one) => happened(index, one, isMeant)) }
  return isMeant(plan.base) ? only(narrowed, took(index, plan.base)) : narrowed
}

/** The one state of rows that take place, or do not, if each of its values says which. */
export const tellsWhether = (table: Table): Column | undefined => {
  const [state, ...more] = table.columns.filter(({ name }) => isStateName(name))
  const isEvent =
    labelColumns(table).length === 0 && dateColumns(table).length > 0 && !arranged.test(kindKey(table.name))
  const values = state?.values ?? []
  const isClear = values.every((value) => isUnreal(value) !== real.test(value))
  return isEvent && more.length === 0 && isClear && values.some(isUnreal) && values.some((one) => real.test(one))
    ? state
    : undefined
}

/** Whether words say that something took place. */
export const saysDone = (text: string): boolean =>
  text.split(" ").some((word) => deeds.test(word)) || /\b(?:took|taken) place$/.test(text)

// ---------------------------------------------------------------------------------------------------------------------
// internals

/** "How much was paid last month?": what failed brought nothing, and what is void, or a draft, bills nobody. */
const withPaid = (index: SchemaIndex, plan: Plan, lexemes: ReadonlyArray<Lexeme>): Plan => {
  const table = tableOf(index, plan.base)
  const isSum = plan.measures.some(({ of }) => of.kind === "expression" && /\b(?:SUM|AVG)\(/.test(of.sql))
  const isMeant =
    kindKey(plan.base) === "payment" || (isBill(plan.base) && (unbilledBy(table) !== undefined || saysBilled(lexemes)))
  return isSum && isMeant ? only(plan, ofMoney(table)) : plan
}

/** The rows of a plan that meet a test, unless the question says which are meant, or asks for each: "payments by status". */
const only = (plan: Plan, test: (Test & { readonly kind: "equals" }) | null): Plan => {
  const isGrouped = plan.by.some(
    (group) => group.kind === "column" && test !== null && isSameColumn(group.column, test.column)
  )
  return test === null || isGrouped || isTold(plan.where, "equals", test.column.column)
    ? plan
    : { ...plan, where: [...plan.where, { kind: "holds", tokens: [], test }] }
}

const saysHappened = (lexemes: ReadonlyArray<Lexeme>): boolean =>
  lexemes.some(({ key }, at) => {
    const next = lexemes[at + 1]?.key ?? ""
    return (
      deeds.test(key) ||
      (key === "took" && next === "place") ||
      (key === "went" && next === "ahead") ||
      (key === "did" && lexemes.slice(at + 1).some((one) => done.test(one.key)))
    )
  })

const deeds =
  /^(?:actually|really|happened|departed|flew|flown|landed|arrived|hosted|refereed|held|ran|performed|operated|attended|given|gave|taught|led|guided|whistled|played|worked|transferred)$/

const done =
  /^(?:give|teach|lead|run|hold|do|play|fly|land|depart|arrive|host|perform|referee|work|guide|visit|attend|operate)$/

/** Who speaks of these does not mean only what took place. */
const otherwise = /^(?:cancel|no.?show|plan|schedul|book|miss|postpon|void|abandon|propos|request|reserv)/

const happened = (index: SchemaIndex, one: Condition, isMeant: (name: string) => boolean): Condition => {
  const test = (one.kind === "exists" || one.kind === "counted") && isMeant(one.table) ? took(index, one.table) : null
  return test === null || one.kind === "holds" || isTold(one.where, "equals", test.column.column)
    ? one
    : { ...one, where: [...one.where, { kind: "holds", tokens: [], test }] }
}

/** That a row of the table took place. */
const took = (index: SchemaIndex, name: string) => {
  const table = tableOf(index, name)
  const state = table === undefined ? undefined : tellsWhether(table)
  return state === undefined
    ? null
    : oneOf(
        { table: name, column: state.name },
        state.values.filter((value) => !isUnreal(value)),
        false
      )
}

const isBill = (name: string): boolean => /^(?:invoice|bill)$/.test(kindKey(name))

/** These are made, whatever becomes of them. */
const arranged =
  /^(?:booking|reservation|order|request|application|ticket|invoice|bill|payment|enrol.*|registration|contract|hold)$/

const real =
  /^(?:done|held|given|taught|completed?|finished|played|flown|landed|departed|arrived|returned|out|on.loan|open|closed|active|attended|checked.?(?:in|out)|discharged|admitted|in.?progress|ongoing|running|conducted|worked|overdue|late|delayed|diverted|airborne|current|ended|lost|used)$/i
