/** A plan as a sentence for the person who asked. */
import type { Dimension } from "./Draft.ts"
import type { Plan } from "./Plan.ts"

export const explain = (plan: Plan): string => {
  const what =
    plan.list === null
      ? plan.measures.map(({ label }) => label).join(" and ")
      : `${[...new Set(plan.list.columns.map(({ column }) => column))].join(", ")} of ${plan.list.table}`
  const parts = [
    what.charAt(0).toUpperCase() + what.slice(1),
    ...(plan.dimensions.length === 0 ? [] : [`by ${plan.dimensions.map(dimensionWords).join(" and ")}`]),
    ...plan.filters.map(({ condition, label }) =>
      condition.kind === "date" && plan.date !== null ? `${plan.date.column} ${label}` : `only ${label}`
    ),
    ...plan.absent.map((table) => `without any ${table}`),
    ...plan.having.map(({ measure, operator, value }) => `where the ${measure.label} is ${operator} ${value}`),
    ...(plan.order === null
      ? []
      : [
          `${plan.order.direction === "DESC" ? "highest" : "lowest"} ${plan.order.by.kind === "measure" ? plan.order.by.measure.label : plan.order.by.column.column} first`
        ]),
    ...(plan.limit === null ? [] : [`at most ${plan.limit} ${plan.limit === 1 ? "row" : "rows"}`])
  ]
  return `${parts.join(", ")}.`
}

const dimensionWords = (dimension: Dimension): string => {
  switch (dimension.kind) {
    case "table":
      return dimension.table
    case "column":
      return dimension.column.column
    case "grain":
      return dimension.grain
    case "cases":
      return dimension.cases.map(({ label }) => label).join(" / ")
  }
}
