/** "Who plays for Northam?": of contracts and enrolments, which tell what was ever so, those that their state says to be so now. */
import { isStateName } from "../../grounding/ColumnWords.ts"
import type { Column, Table } from "../../grounding/Grounding.ts"
import { kindKey, wordKey } from "../../grounding/NameWords.ts"
import type { Lexeme } from "../../text/Lexemes.ts"
import { oneOf } from "./Outcomes.ts"
import { type Condition, type Plan, testsIn } from "./Plan.ts"
import { labelColumns, type SchemaIndex, tableOf } from "./SchemaIndex.ts"
import { isTold } from "./Unreal.ts"

/** The plan, of what is so now where the question asks for the present, and names none of what it looks through. */
export const withCurrent = (index: SchemaIndex, plan: Plan, lexemes: ReadonlyArray<Lexeme>): Plan => {
  const isTimed = testsIn(plan.where).some(({ kind }) => kind === "period")
  if (isTimed || lexemes.some(({ key }, at) => isPast(key, lexemes[at - 1]?.key ?? ""))) return plan
  const spoken = new Set(lexemes.map(({ key }) => wordKey(key)))
  return {
    ...plan,
    where: plan.where.map((one) => {
      const table = one.kind === "exists" && !spoken.has(kindKey(one.table)) ? tableOf(index, one.table) : undefined
      const [state, value] = table === undefined ? [] : currentOf(table)
      return one.kind !== "exists" || state === undefined || value === undefined || isSaid(one.where, state.name)
        ? one
        : {
            ...one,
            where: [
              ...one.where,
              { kind: "holds", tokens: [], test: oneOf({ table: one.table, column: state.name }, [value], false) }
            ]
          }
    })
  }
}

// ---------------------------------------------------------------------------------------------------------------------
// internals

/** Whether it is said which of them, by a state or a date. */
const isSaid = (where: ReadonlyArray<Condition>, state: string): boolean =>
  isTold(where, "equals", state) || testsIn(where).some(({ kind }) => kind === "known")

const isPast = (key: string, before: string): boolean =>
  /^(?:had|did|was|were|been|ever|never|so far|former|formerly|past|signed|left|joined)$/.test(key) ||
  (/^(?:has|have)$/.test(before) && /(?:ed|en|wn|ught)$/.test(key))

/** What joins people with where they belong for a while. */
const belonging = /^(?:contract|membership|employment|enrol.*|affiliation|assignment|tenancy)$/

/** The state of such rows that says which are in force, with the one value that does. */
const currentOf = (table: Table): readonly [state: Column, value: string] | readonly [] => {
  const [state, ...more] = table.columns.filter(({ name }) => isStateName(name))
  const [value, ...others] =
    state?.values.filter((one) => /^(?:active|current|in.?force|ongoing|live)$/i.test(one)) ?? []
  const isClear = more.length === 0 && others.length === 0 && belonging.test(kindKey(table.name))
  return isClear && state !== undefined && value !== undefined && labelColumns(table).length === 0 ? [state, value] : []
}
