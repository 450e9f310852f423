/** Conditions that no row meets together. */
import type { Condition } from "./Plan.ts"
import { isSameColumn } from "./SchemaIndex.ts"

/** "Web orders and phone orders", "2025 and 2026": no row is both, so that it is not what is meant. */
export const contradictions = (where: ReadonlyArray<Condition>): ReadonlyArray<string> => {
  const equal = where.flatMap((condition) =>
    condition.kind === "holds" && condition.test.kind === "equals" && !condition.test.negated ? [condition.test] : []
  )
  const periods = where.flatMap((condition) =>
    condition.kind === "holds" && condition.test.kind === "period" ? [condition.test] : []
  )
  return [
    ...periods.flatMap((one, at) =>
      periods
        .slice(at + 1)
        .filter(({ column, from, to }) => {
          const isApart = (end: string | null, start: string | null) => end !== null && start !== null && end <= start
          return isSameColumn(column, one.column) && (isApart(one.to, from) || isApart(to, one.from))
        })
        .map(({ label }) => `"${one.label}" and "${label}" may be meant both at once or either`)
    ),
    ...equal.flatMap((one, at) =>
      equal
        .slice(at + 1)
        .filter(
          ({ column, values }) =>
            isSameColumn(column, one.column) && !values.some((value) => one.values.includes(value))
        )
        .map(({ label }) => `"${one.label}" and "${label}" may be meant both at once or either`)
    ),
    ...where.flatMap((condition) => (condition.kind === "exists" ? contradictions(condition.where) : []))
  ]
}
