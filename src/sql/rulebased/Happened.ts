/**
 * "How many lessons did Ada give?": rows that were called off, or are yet to come, are none of them. Where all states of such
 * rows are known, and each says whether it took place, those that did are meant.
 */
import type { Column, Table } from "../../grounding/Grounding.ts"
import { isStateName } from "../../grounding/ColumnWords.ts"
import { kindKey } from "../../grounding/NameWords.ts"
import type { Lexeme } from "../../text/Lexemes.ts"
import { dateColumns } from "./Dates.ts"
import { billed, isUnpaid, isUnreal, unbilledBy, unpaidBy } from "./Outcomes.ts"
import { type Condition, type Plan, testsIn } from "./Plan.ts"
import { type ColumnReference, isSameColumn, labelColumns, type SchemaIndex, tableOf } from "./SchemaIndex.ts"
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
  const where = plan.where.map((one) => happened(index, one, isMeant))
  const own = isMeant(plan.base) ? took(index, plan.base, where).filter((one) => !isGrouped(plan, one)) : []
  return { ...plan, where: [...where, ...own] }
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

/** The state of payments, if each of its values says whether money came. */
export const tellsMoney = (table: Table | undefined): Column | undefined => {
  const state = unpaidBy(table)
  return state?.values.every((value) => isUnpaid(value) !== cameIn.test(value)) === true &&
    state.values.some((value) => cameIn.test(value))
    ? state
    : undefined
}

/** Whether words say that something took place. */
export const saysDone = (text: string): boolean =>
  text.split(" ").some((word) => deeds.test(word)) || /\b(?:took|taken) place$/.test(text)

// ---------------------------------------------------------------------------------------------------------------------
// internals

/** "Payments by status" are of each. */
const isGrouped = ({ by }: Plan, one: Condition): boolean =>
  one.kind === "holds" && one.test.kind === "equals" && isGroupedBy(by, one.test.column)

const isGroupedBy = (by: Plan["by"], column: ColumnReference): boolean =>
  by.some((group) => group.kind === "column" && isSameColumn(group.column, column))

/** "How much was paid last month?": what failed or was given back brought nothing. */
const withPaid = (index: SchemaIndex, plan: Plan, lexemes: ReadonlyArray<Lexeme>): Plan => {
  const isSum = plan.measures.some(({ of }) => of.kind === "expression" && /\b(?:SUM|AVG)\(/.test(of.sql))
  const bills = isSum && /^(?:invoice|bill)$/.test(kindKey(plan.base)) ? tableOf(index, plan.base) : undefined
  const kept = unbilledBy(bills) !== undefined || saysBilled(lexemes) ? billed(bills) : null
  const state = isSum && kindKey(plan.base) === "payment" ? tellsMoney(tableOf(index, plan.base)) : undefined
  const paid = state?.values.filter((value) => !isUnpaid(value)) ?? []
  // "How much did we bill in May?": what is void, or a draft, bills nobody.
  const own: Condition | null =
    kept !== null
      ? { kind: "holds", tokens: [], test: kept }
      : state === undefined
        ? null
        : only({ table: plan.base, column: state.name }, paid)
  const name = kept?.column.column ?? state?.name ?? ""
  return own === null || isTold(plan.where, "equals", name) || isGrouped(plan, own)
    ? plan
    : { ...plan, where: [...plan.where, own] }
}

const cameIn = /^(?:paid|complete[d]?|succeeded|success(?:ful)?|settled|cleared|received|captured|posted|ok)$/i

/** Rows of which a column says one of the values. */
export const only = (column: ColumnReference, values: ReadonlyArray<string>): Condition => ({
  kind: "holds",
  tokens: [],
  test: { kind: "equals", column, values, negated: false, label: values.join(" or ") }
})

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

const happened = (index: SchemaIndex, one: Condition, isMeant: (name: string) => boolean): Condition =>
  (one.kind === "exists" || one.kind === "counted") && isMeant(one.table)
    ? { ...one, where: [...one.where, ...took(index, one.table, one.where)] }
    : one

const took = (index: SchemaIndex, name: string, where: ReadonlyArray<Condition>): ReadonlyArray<Condition> => {
  const table = tableOf(index, name)
  const state = table === undefined ? undefined : tellsWhether(table)
  if (state === undefined || isTold(where, "equals", state.name)) return []
  const values = state.values.filter((value) => !isUnreal(value))
  return [only({ table: name, column: state.name }, values)]
}

/** These are made, whatever becomes of them. */
const arranged =
  /^(?:booking|reservation|order|request|application|ticket|invoice|bill|payment|enrol.*|registration|contract|hold)$/

const real =
  /^(?:done|held|given|taught|completed?|finished|played|flown|landed|departed|arrived|returned|out|on.loan|open|closed|active|attended|checked.?(?:in|out)|discharged|admitted|in.?progress|ongoing|running|conducted|worked|overdue|late|delayed|diverted|airborne|current|ended|lost|used)$/i
