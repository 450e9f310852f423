/** Whether what a row tells took place, counts, or still goes on: states that call it off or only plan it, and ends. */
import { isDate, isStateName } from "../../grounding/ColumnWords.ts"
import type { Column, Table } from "../../grounding/Grounding.ts"
import { kindKey, nameWords } from "../../grounding/NameWords.ts"
import { isBeginning } from "./Dates.ts"
import { shift } from "./Days.ts"
import type { Test } from "./Plan.ts"
import { type ColumnReference, columnSaying, isUnlistedStatus, type SchemaIndex, tableOf } from "./SchemaIndex.ts"

/** Values that say that something was called off, did not happen or was taken back. */
const calledOff =
  /cancel|called.?off|void|annul|refund|no.?show|reject|refus|declin|withdrawn|postpon|abandon|fail|collaps|drop|draft|waive|written.?off|forgiven/i

/** Values that say that somebody was not there, or that something is yet to happen. */
const planned = /missed|absent|sick|planned|scheduled|booked|reserved|pending/i

/** Values that say that money did not come, or went back. */
const unpaid = /fail|refund|declin|void|revers|charge.?back|cancel|pending|bounc/i

/** Values that say that somebody or something is not there any more. */
const gone =
  /^(?:sold|retired|left|lost|stolen|scrapped|withdrawn|archived|dead|died|closed|inactive|former|written.?off|disposed)$/i

/** The column by which bills may ask for nothing. */
export const unbilledBy = (table: Table | undefined): Column | undefined => columnSaying(table, /void|draft/i)

/** The column by which payments may have brought no money. */
export const unpaidBy = (table: Table | undefined): Column | undefined => columnSaying(table, unpaid)

/** The column by which things or people may be there no more. */
export const goneBy = (table: Table | undefined): Column | undefined => columnSaying(table, gone)

/** Whether a value calls something off. */
export const isCalledOff = (value: string): boolean => calledOff.test(value)

/** Whether a value says that something did not take place, or has not yet. */
export const isUnreal = (value: string): boolean => calledOff.test(value) || planned.test(value) || short.test(value)

/** The same, as warehouses write it. */
const short = /^(?:canc?|cxl|req(?:uested)?|appr(?:oved)?|waiting|wait.?list(?:ed)?)$/i

/** The column by which rows of a table may have been called off. */
export const voidBy = (table: Table | undefined): Column | undefined => columnSaying(table, calledOff)

/** That rows of a table have not been called off, where its one state lists what else it may say. */
export const notCalledOff = (table: Table | undefined): EqualsTest | null => {
  const [state, ...others] = table?.columns.filter(isCancelling) ?? []
  if (table === undefined || state === undefined || others.length > 0 || !isStateName(state.name)) return null
  const values = state.values.filter(isCalledOff)
  return values.length === 0 || values.length === state.values.length
    ? null
    : oneOf({ table: table.name, column: state.name }, values, true)
}

/**
 * That a payment brought money, or that a bill asks for some, where each of the states says whether it does. What was written
 * off was billed, and may be meant.
 */
export const ofMoney = (table: Table | undefined): EqualsTest | null => {
  if (table === undefined) return null
  if (kindKey(table.name) !== "payment") {
    const kept = notCalledOff(table)
    return kept?.values.every((value) => /void|cancel|draft|annul/i.test(String(value))) === true ? kept : null
  }
  const state = unpaidBy(table)
  const values = state?.values.filter((value) => cameIn.test(value)) ?? []
  const isClear = state?.values.every((value) => (unpaid.test(value) || owed.test(value)) !== cameIn.test(value))
  return state === undefined || isClear !== true || values.length === 0
    ? null
    : oneOf({ table: table.name, column: state.name }, values, false)
}

const owed = /^(?:(?:over)?due|open|late|outstanding|unpaid)$/i

const cameIn = /^(?:paid|complete[d]?|succeeded|success(?:ful)?|settled|cleared|received|captured|posted|ok)$/i

type EqualsTest = Test & { readonly kind: "equals" }

/** That a column says one of the values, or none of them. */
export const oneOf = (column: ColumnReference, values: ReadonlyArray<string>, negated: boolean): EqualsTest => ({
  kind: "equals",
  column,
  values,
  negated,
  label: values.join(" or ")
})

/** The same, also where nobody lists its states. */
export const voidOrUnlistedBy = (table: Table | undefined): Column | undefined =>
  voidBy(table) ?? table?.columns.find(isUnlistedStatus)

/** The same, also where only its description says so. */
export const calledOffBy = (table: Table): Column | undefined =>
  voidOrUnlistedBy(table) ?? table.columns.find((one) => isStateName(one.name) && isCalledOff(one.description ?? ""))

/** An admission of the type "planned" took place all the same. */
const withoutKinds = (table: Table | undefined): Table | undefined =>
  table && {
    ...table,
    columns: table.columns.filter(({ name }) => !/^(?:type|kind|category|reason|route|diagnosis)$/.test(kindKey(name)))
  }

/** The column by which rows of a table may have been called off, or are only planned. */
export const unrealBy = (table: Table | undefined): Column | undefined =>
  voidBy(table) ??
  columnSaying(withoutKinds(table), planned) ??
  table?.columns.find(
    (one) => isUnlistedStatus(one) && [calledOff, planned].some((values) => values.test(one.description ?? ""))
  )

/** The same, also where nobody lists its states. */
export const unrealOrUnlistedBy = (table: Table | undefined): Column | undefined =>
  unrealBy(table) ?? table?.columns.find(isUnlistedStatus)

/** Whether something says that rows may have been called off, or whether they have been. */
export const mayBeVoid = (table: Table): boolean =>
  voidOrUnlistedBy(table) !== undefined || table.columns.some(saysCancelled)

const saysCancelled = ({ name }: Column): boolean =>
  nameWords(name).some((word) =>
    /^(?:cancell?ed|cancell?ation|void|voided|deleted|rescheduled|dropped|off)$/.test(word)
  )

/** Whether a column may say that a row was called off. */
const isCancelling = (column: Column): boolean =>
  saysCancelled(column) || isUnlistedStatus(column) || column.values.some(isCalledOff)

/** That something has begun and has no end, where its one end and no state tells that. */
export const stillOpen = (
  { index, today }: { readonly index: SchemaIndex; readonly today: string },
  name: string
): ReadonlyArray<Test> | null => {
  const table = tableOf(index, name)
  const dates = table?.columns.filter(isDate) ?? []
  const [end, ...others] = dates.filter((one) => isEnd.test(nameWords(one.name).join(" ")))
  if (table === undefined || end === undefined || others.length > 0 || mayBeVoid(table)) return null
  if (table.columns.some((one) => isStateName(one.name))) return null
  const starts = dates.filter((one) => one !== end && isBeginning(one.name))
  return [
    { kind: "known", column: { table: name, column: end.name }, negated: true },
    // A stay that is planned has no end either.
    ...(starts.length === 1 ? starts : []).map((one): Test => ({
      kind: "period",
      column: { table: name, column: one.name },
      from: null,
      to: shift(today, "day", 1),
      label: "begun"
    }))
  ]
}

const isEnd = /^(?:returned|return date|discharged?|repaid|check(?:ed)? ?out)\b/
