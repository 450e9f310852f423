/** What is said right behind a number of related rows is said of those: "books with more than one copy at Central". */
import { stepsTo } from "./Paths.ts"
import { allConditions, type Condition, type Step, tablesOf } from "./Plan.ts"
import { isSameStep } from "./Steps.ts"
import { columnOf, isLabel, isPlain, refers, type SchemaIndex, tableOf } from "./SchemaIndex.ts"

type Counted = Condition & { readonly kind: "counted" }

interface Moved {
  readonly where: ReadonlyArray<Condition>
  /** The table that need not be joined to `base` for it any more. */
  readonly left: string | null
  readonly problems: ReadonlyArray<string>
}

/** The conditions on `base`, each that follows a number moved to what is counted; why one may be about others. */
export const ofCounted = (index: SchemaIndex, base: string, where: ReadonlyArray<Condition>): Moved => {
  const asBefore = { where, left: null, problems: [] }
  const [counted, ...others] = where.flatMap((one) => (one.kind === "counted" ? [one] : []))
  if (counted === undefined) return asBefore
  const about = where.flatMap((one) => {
    const joins = joinsOf(index, base, counted, one)
    return joins === null ? [] : [{ one, joins }]
  })
  const [only, ...more] = about
  if (only === undefined) return asBefore
  const { joins, one: said } = only
  if (others.length + more.length > 0 || joins === "none")
    return { ...asBefore, problems: [`so many of ${counted.table} may be of those that are described, or of all`] }
  const added = said.kind === "exists" ? said.where : [said]
  const related = { ...counted.related, joins }
  const inner: Counted = { ...counted, related, where: [...counted.where, ...added] }
  const [table = null] = said.kind === "holds" ? tablesOf(said.test) : []
  const isNeeded = where.some(
    (one) => one !== said && one.kind === "holds" && tablesOf(one.test).some((other) => other === table)
  )
  return {
    where: where.flatMap((one) => (one === said ? [] : one === counted ? [inner] : [one])),
    left: isNeeded ? null : table,
    problems: []
  }
}

// ---------------------------------------------------------------------------------------------------------------------
// internals

/**
 * What else is joined to what is counted, where a condition may be said of that; `none` where that cannot be written, or is
 * not the only way; `null` where it is said of `base` alone.
 */
const joinsOf = (
  index: SchemaIndex,
  base: string,
  counted: Counted,
  other: Condition
): ReadonlyArray<Step> | "none" | null => {
  const own = counted.related.joins
  const isSame = other.kind === "exists" && isSameStep(other.related.step, counted.related.step)
  if (!isBehind(counted, other)) return isSame && !other.negated ? "none" : null
  if (other.kind === "exists" && isSame) {
    const { joins } = other.related
    const isBeyond = own.every((one, at) => joins[at] !== undefined && isSameStep(one, joins[at]))
    return !other.negated && isBeyond && isOfEach(joins.slice(own.length)) && !isItself(index, counted, other)
      ? joins
      : "none"
  }
  const table = other.kind === "exists" ? other.table : other.kind === "holds" ? tablesOf(other.test)[0] : undefined
  if (table === undefined || table === counted.table) return null
  if (table === base) return isOfBase(index, counted, other) ? null : "none"
  const known = new Set([counted.related.step.to.table, ...own.map(({ to }) => to.table)])
  const steps = stepsTo(index, counted.table, table)
  if (steps === null) {
    // "patients with more than 2 appointments at Central": those that were admitted there are others.
    const isOther =
      (other.kind === "exists" && !other.negated) ||
      index.isForked(counted.table, table) ||
      refers(index, counted.table, table)
    return isOther && isBehind(counted, other, 2) ? "none" : null
  }
  // "members with more than 2 loans at Central", which may be where the members are at home.
  if (steps.some(({ to }) => to.table === base))
    return other.kind === "holds" && !isAlsoOfCounted(index, base, counted, other) ? null : "none"
  return isOfEach(steps) && !isNegated(other) ? [...own, ...steps.filter(({ to }) => !known.has(to.table))] : "none"
}

const isNegated = (one: Condition): boolean => one.kind === "exists" && one.negated

/** "branches with more than 2 members from Tarn": members have a town, too; "jobs at Porto" is no plane of that name. */
const isOfBase = (index: SchemaIndex, counted: Counted, other: Condition): boolean =>
  other.kind !== "holds" ||
  !("column" in other.test) ||
  (!isLabel(index, other.test.column) && !isAlsoOfCounted(index, other.test.column.table, counted, other))

/** Whether what is counted, or belongs to, has such a column, or one in which the same value was found. */
const isAlsoOfCounted = (index: SchemaIndex, base: string, { table }: Counted, other: Condition): boolean => {
  const test = other.kind === "holds" && other.test.kind === "equals" ? other.test : null
  const near = (index.links.get(table) ?? []).flatMap(({ from, to }) => (from.table === table ? [to.table] : []))
  return [table, ...near].some(
    (name) =>
      name !== base &&
      name !== test?.column.table &&
      tableOf(index, name)?.columns.some(
        (column) =>
          test !== null &&
          ((name === table && column.name === test.column.column) ||
            test.values.some((value) => column.values.includes(String(value))))
      ) === true
  )
}

/** "more than 2 doctors by the Chief": of one of them there are not so many. */
const isItself = (index: SchemaIndex, { table }: Counted, other: Condition): boolean =>
  allConditions([other]).some(
    (one) =>
      one.kind === "holds" &&
      one.test.kind === "equals" &&
      one.test.column.table === table &&
      (isLabel(index, one.test.column) || columnOf(index, one.test.column)?.primaryKey === true)
  )

/** Nothing but prepositions and articles stands between. */
const isBehind = (counted: Counted, other: Condition, most = 3): boolean => {
  const first = Math.min(...allConditions([other]).flatMap(({ tokens }) => tokens))
  const gap = first - Math.max(...counted.tokens)
  return gap > 0 && gap <= most
}

/** Each that is counted belongs to one of what it is described by, in no other role than one, so that none is counted twice. */
const isOfEach = (steps: ReadonlyArray<Step>): boolean => steps.every((step) => !step.many && isPlain(step))
