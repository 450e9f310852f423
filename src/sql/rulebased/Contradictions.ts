/** Conditions that no row meets together, or that leave open which year is meant. */
import { kindKey, nameWords } from "../../grounding/NameWords.ts"
import type { Condition, Test } from "./Plan.ts"
import {
  type ColumnReference,
  isSameColumn,
  keyColumn,
  labelColumns,
  type SchemaIndex,
  tableOf
} from "./SchemaIndex.ts"
import { isBirth, isOfPast } from "./Dates.ts"
import { isSameStep } from "./Steps.ts"

/** Dates of what is arranged before it is. */
const isArranged = ({ column, table }: ColumnReference): boolean =>
  nameWords(column).some((word) => /^(?:starts?|begins?|scheduled|planned|due|check)$/.test(word)) ||
  arranged.has(kindKey(table))

const arranged = new Set(
  "appointment booking reservation interview screening event class lesson session exam meeting shift course match game flight trip hearing auction conference".split(
    " "
  )
)

/** "born in March" is a month of any year; "appointments in December", asked in November, one that is still to come. */
const openMonths = (
  { column, from, label }: Test & { readonly kind: "period" },
  today: string
): ReadonlyArray<string> => {
  const isBare = /^\p{L}+$/u.test(label) && !/day$|^tomorrow$/i.test(label)
  const isOfLastYear = from !== null && from < today.slice(0, 4)
  const isShort = isBare || /\b(?:day|today|week|month|tomorrow|yesterday)\b/i.test(label)
  // "leases that end in December", "deliveries in December": what need not lie behind may be still to come.
  return (isShort && isBirth(column.column)) ||
    (isBare && isOfLastYear && (isArranged(column) || !isOfPast(column.column)))
    ? [`"${label}" does not say of which year`]
    : []
}

/** "Aspirin and warfarin", where one is told by its key, because it is an alias, and the other one by its name. */
export const namesOther = (
  index: SchemaIndex,
  { column: one }: { readonly column: ColumnReference },
  { column: other }: { readonly column: ColumnReference }
): boolean => {
  const table = one.table === other.table ? tableOf(index, one.table) : undefined
  if (table === undefined) return false
  const key = keyColumn(index, table)?.name
  const [label, ...more] = labelColumns(table)
  return (
    more.length === 0 &&
    ((one.column === key && other.column === label?.name) || (other.column === key && one.column === label?.name))
  )
}

/** "Web orders and phone orders", "2025 and 2026": no row is both, so that it is not what is meant. */
export const contradictions = (
  index: SchemaIndex,
  where: ReadonlyArray<Condition>,
  today: string
): ReadonlyArray<string> => {
  const equal = where.flatMap((condition) =>
    condition.kind === "holds" && condition.test.kind === "equals" && !condition.test.negated ? [condition.test] : []
  )
  const apart = where.flatMap((condition) =>
    condition.kind === "holds" && condition.test.kind === "equals" && condition.test.negated ? [condition.test] : []
  )
  const periods = where.flatMap((condition) =>
    condition.kind === "holds" && condition.test.kind === "period" ? [condition.test] : []
  )
  return [
    ...periods.flatMap((period) => openMonths(period, today)),
    ...periods.flatMap((one, at) =>
      periods
        .slice(at + 1)
        .filter(({ column, from, to }) => {
          const isApart = (end: string | null, start: string | null) => end !== null && start !== null && end <= start
          return isSameColumn(column, one.column) && (isApart(one.to, from) || isApart(to, one.from))
        })
        .map(({ label }) => `"${one.label}" and "${label}" may be meant both at once or either`)
    ),
    // "unpaid so far": what is not paid has no time of it.
    ...where.flatMap((condition) => {
      const test =
        condition.kind === "holds" && condition.test.kind === "known" && condition.test.negated ? condition.test : null
      return test !== null && periods.some(({ column }) => isSameColumn(column, test.column))
        ? [`${test.column.column} is empty, and has no time`]
        : []
    }),
    ...apart.flatMap(({ column, label }) =>
      equal.some((one) => isSameColumn(one.column, column))
        ? [`"${label}" adds nothing, or is said of another row`]
        : []
    ),
    ...equal.flatMap((one, at) =>
      equal
        .slice(at + 1)
        .filter(
          (other) =>
            namesOther(index, one, other) ||
            (isSameColumn(other.column, one.column) && !other.values.some((value) => one.values.includes(value)))
        )
        .map(({ label }) => `"${one.label}" and "${label}" may be meant both at once or either`)
    ),
    // "never had a hospital stay": they have none, and one is asked for.
    ...where.flatMap((none) =>
      none.kind === "exists" && none.negated && none.where.length === 0 && none.related.joins.every(({ many }) => !many)
        ? where.flatMap((some) =>
            some.kind === "exists" && !some.negated && isSameStep(some.related.step, none.related.step)
              ? [`both some and none of ${some.table} are asked for`]
              : []
          )
        : []
    ),
    ...where.flatMap((condition) => (condition.kind === "exists" ? contradictions(index, condition.where, today) : []))
  ]
}
