/** What is not counted or added up for all: what was in force at different times, and goals that count for others. */
import { isDate } from "../../grounding/ColumnWords.ts"
import type { Column } from "../../grounding/Grounding.ts"
import { nameWords, wordKey } from "../../grounding/NameWords.ts"
import { endsOf } from "./Dates.ts"
import type { Grouped, Wish } from "./Parts.ts"
import type { Measure } from "./Plan.ts"
import { labelColumns, type SchemaIndex, tableOf } from "./SchemaIndex.ts"

/** Salaries of contracts, points of rankings and stock of days are not added up over all times. */
export const levelProblems = (
  index: SchemaIndex,
  measures: ReadonlyArray<Measure>,
  wishes: ReadonlyArray<Wish>
): ReadonlyArray<string> => {
  if (wishes.some(({ kind }) => kind === "when" || kind === "test")) return []
  return measures.flatMap(({ label, of, tables: [name = ""] }) => {
    const table = tableOf(index, name)
    if (of.kind !== "expression" || !of.sql.startsWith("SUM(") || table === undefined) return []
    const isLevel = /^(?:ranking|standing|snapshot|inventory)$/.test(wordKey(nameWords(name).at(-1) ?? ""))
    const isPay = /salary|wage|weekly_?fee|monthly_?(?:fee|rent)/i.test(of.sql) && labelColumns(table).length === 0
    return (isLevel && table.columns.some(isDate)) || (isPay && endsOf(table).length > 0)
      ? [`"${label}" of ${name} would add up what was in force at different times`]
      : []
  })
}

/** Own goals are none of whoever scored them. */
export const ownGoalProblems = (
  index: SchemaIndex,
  measures: ReadonlyArray<Measure>,
  wishes: ReadonlyArray<Wish>,
  groups: ReadonlyArray<{ readonly by: Grouped }>
): ReadonlyArray<string> =>
  measures.flatMap(({ of, tables: [name = ""] }) => {
    const own = of.kind === "rows" ? tableOf(index, name)?.columns.find(saysOwn) : undefined
    if (own === undefined) return []
    const isTold = wishes.some(
      (wish) =>
        (wish.kind === "match" && wish.column.column === own.name) ||
        (wish.kind === "test" && wish.test.kind === "is" && wish.test.column.column === own.name)
    )
    const isOfSome = groups.some(({ by }) => by.kind !== "column" || by.column.column !== own.name)
    return isOfSome && !isTold ? [`an own one, as ${own.name} says, counts for others`] : []
  })

// ---------------------------------------------------------------------------------------------------------------------
// internals

const saysOwn = ({ description, name, values }: Column): boolean =>
  values.some((value) => /^own\b/i.test(value)) ||
  /own_?goal/i.test(name) ||
  /\bown goal/i.test(description ?? "") ||
  (values.length === 0 && /^goal_?type$/i.test(name))
