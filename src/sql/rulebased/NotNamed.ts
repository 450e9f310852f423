/** "without Samuel Okafor": not he, whose first and last name are in two columns; others of either name stay. */
import { allConditions, type Condition, type Test } from "./Plan.ts"
import { fullName, type SchemaIndex, tableOf } from "./SchemaIndex.ts"

type Negated = Test & { readonly kind: "equals" }

/** The conditions, a first and a last name that are left out joined to one. */
export const notNamed = (
  index: SchemaIndex,
  where: ReadonlyArray<Condition>
): { readonly where: ReadonlyArray<Condition>; readonly problems: ReadonlyArray<string> } => {
  const negated = where.flatMap((one) => {
    const test = one.kind === "holds" && one.test.kind === "equals" && one.test.negated ? one.test : null
    return test === null ? [] : [{ one, test }]
  })
  for (const first of negated) {
    const name = first.test.column.table
    const names = fullName(tableOf(index, name))
    if (names?.first.name !== first.test.column.column) continue
    const last = negated.find(({ test }) => test.column.table === name && test.column.column === names.last.name)
    if (last === undefined) continue
    if ([first, last].some(({ test }) => test.values.length > 1))
      return { where, problems: [`"not ${first.test.label} ${last.test.label}" may leave out each of the names`] }
    const tests: ReadonlyArray<Negated> = [first.test, last.test]
    const tokens = allConditions([first.one, last.one]).flatMap((one) => one.tokens)
    return notNamed(index, [
      ...where.filter((one) => one !== first.one && one !== last.one),
      { kind: "holds", tokens, test: { kind: "any", tests } }
    ])
  }
  return { where, problems: [] }
}
