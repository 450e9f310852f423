/** "Which ward has the most patients?": what is so now, where rows tell what was ever so. */
import { isDate, isStateName } from "../../grounding/ColumnWords.ts"
import type { Table } from "../../grounding/Grounding.ts"
import { isDo } from "../../text/CommonWords.ts"
import type { Lexeme } from "../../text/Lexemes.ts"
import { endsOf, isBeginning } from "./Dates.ts"
import type { Part } from "./Parts.ts"
import { calledOffBy, voidBy } from "./Outcomes.ts"
import { type Plan, tablesOf, testsIn } from "./Plan.ts"
import { tellsOne } from "./Targets.ts"
import { labelColumns, type SchemaIndex, tableOf } from "./SchemaIndex.ts"

/** Why rows that the question does not name may not count, past ones and those that were cancelled; `null` if all do. */
export const everOrNow = (
  index: SchemaIndex,
  /** As the question says, and with what `Happened` adds. */
  { plan, said }: { readonly plan: Plan; readonly said: Plan },
  parts: ReadonlyArray<Part>,
  lexemes: ReadonlyArray<Lexeme>
): string | null => {
  const isTimed = testsIn(plan.where).some(({ kind }) => kind === "period")
  const isNow = isPresent(lexemes) && !isTimed
  const spoken = new Set(parts.flatMap(spokenIn))
  const records = [
    ...plan.measures.flatMap(({ of }) => (of.kind === "rows" && of.table !== plan.base ? [plan.base] : [])),
    // A card of an account is one while it is kept itself, whenever the account ends.
    ...plan.where.flatMap((one) =>
      one.kind === "exists" && one.related.step.many && !one.related.joins.some(({ many }) => many)
        ? [one.related.step.to.table]
        : []
    )
  ]
  // "Which room is Ada in?"
  const listed = tableOf(index, plan.base)
  const isPlace =
    /^(?:which|what|where)$/.test(lexemes[0]?.key ?? "") && /^(?:in|on|at)$/.test(lexemes.at(-1)?.key ?? "")
  if (
    isNow &&
    isPlace &&
    plan.list !== null &&
    listed !== undefined &&
    labelColumns(listed).length === 0 &&
    isOver(listed)
  )
    return `${listed.name} tell what was ever so, and not what is now`
  for (const name of records) {
    const table = tableOf(index, name)
    const isTold = testsIn(said.where).some(
      (test) =>
        tablesOf(test).includes(name) &&
        (test.kind === "known" ||
          test.kind === "any" ||
          // "the sender of SN-7005" is that of one of them.
          (test.kind === "equals" && (tellsOne(index, test.column) || isStateName(test.column.column))))
    )
    const isTenure = table !== undefined && labelColumns(table).length > 0 && hasTenure(table)
    if (isNow && isTenure && !isTold && name !== plan.base) return `${name} tell who was ever there, and not who is now`
    if (spoken.has(name) || table === undefined || isTold || labelColumns(table).length > 0) continue
    if (isNow && isOver(table)) return `${name} tell what was ever so, and not what is now`
    // Of an assignment, which joins somebody with something, nobody lists the states.
    const state = /assignment|participa/i.test(name) ? calledOffBy(table) : voidBy(table)
    const isHappened = testsIn(plan.where).some(
      (test) => test.kind === "equals" && test.column.table === name && test.column.column === state?.name
    )
    if (state !== undefined && !isHappened) return `some ${name} may not have taken place, as ${state.name} says`
  }
  return null
}

// ---------------------------------------------------------------------------------------------------------------------
// internals

/** "has", "are"; and not "has borrowed", "had", "were". */
const isPresent = (lexemes: ReadonlyArray<Lexeme>): boolean =>
  lexemes.some(
    ({ key }, at) =>
      /^(?:is|are|has|have)$/.test(key) && !/(?:ed|en|wn|nt|had|been|ever|never)$/.test(lexemes[at + 1]?.key ?? "")
  ) && !lexemes.some(({ key }) => isPast(key))

const isPast = (key: string): boolean =>
  /^(?:had|did|was|were|been|ever|never|so far)$/.test(key) && !(isDo(key) && key !== "did")

/** Whether rows are of persons for as long as they were something: managers of a club, with a beginning and an end. */
const hasTenure = (table: Table): boolean =>
  endsOf(table).some(({ name }) => !/until|expir/i.test(name)) &&
  table.columns.some((one) => isDate(one) && (isBeginning(one.name) || /^(?:appointed|since)/i.test(one.name)))

/** Whether rows end: a stay, a loan, a lease. */
const isOver = (table: Table): boolean =>
  endsOf(table).length > 0 ||
  table.columns.some(
    (one) => isDate(one) && /return|discharg|check(?:ed)?_?out|move[sd]?_?out|hand(?:ed)?_?back/i.test(one.name)
  )

/** The tables that the question names as such. */
const spokenIn = (part: Part): ReadonlyArray<string> => {
  switch (part.kind) {
    case "subject":
      return part.of.kind === "table" ? [part.of.table] : []
    case "grouped":
      return part.by.kind === "table" ? [part.by.table] : []
    case "measure":
      return part.measure.tables
    case "rank":
      return part.target?.kind === "measure" ? part.target.measure.tables : []
    case "wish":
      return "table" in part.wish && part.wish.table !== null ? [part.wish.table] : []
    default:
      return []
  }
}
