/** What is said right behind a number of related rows is said of those: "books with more than one copy at Central". */
import { stepsTo } from "./Paths.ts"
import { allConditions, type Condition, type Step, tablesOf } from "./Plan.ts"
import type { SchemaIndex } from "./SchemaIndex.ts"

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
  const isInside = others.length + more.length === 0 && isBehind(counted, only.one) && only.joins !== "none"
  if (!isInside || only.joins === "none")
    return { ...asBefore, problems: [`so many of ${counted.table} may be of those that are described, or of all`] }
  const added = only.one.kind === "exists" ? only.one.where : [only.one]
  const related = { ...counted.related, joins: only.joins }
  const inner: Counted = { ...counted, related, where: [...counted.where, ...added] }
  const [table = null] = only.one.kind === "holds" ? tablesOf(only.one.test) : []
  const isNeeded = where.some(
    (one) => one !== only.one && one.kind === "holds" && tablesOf(one.test).some((other) => other === table)
  )
  return {
    where: where.flatMap((one) => (one === only.one ? [] : one === counted ? [inner] : [one])),
    left: isNeeded ? null : table,
    problems: []
  }
}

// ---------------------------------------------------------------------------------------------------------------------
// internals

/** What else is joined to what is counted, where a condition may be said of that; `none` where that cannot be written. */
const joinsOf = (
  index: SchemaIndex,
  base: string,
  counted: Counted,
  other: Condition
): ReadonlyArray<Step> | "none" | null => {
  const own = counted.related.joins
  if (other.kind === "exists") {
    const { joins, step } = other.related
    if (other.negated || !isSameStep(step, counted.related.step)) return null
    const isBeyond = own.every((one, at) => joins[at] !== undefined && isSameStep(one, joins[at]))
    return isBeyond && isOfEach(joins.slice(own.length)) ? joins : "none"
  }
  // "members with more than 2 loans at Central", which may be where the members are at home.
  const [table] = other.kind === "holds" ? tablesOf(other.test) : []
  if (table === undefined || table === base || table === counted.table || !isBehind(counted, other)) return null
  const steps = stepsTo(index, counted.table, table)
  if (steps?.some(({ to }) => to.table === base)) return null
  const isForked = steps === null && index.isForked(counted.table, table)
  return steps === null ? (isForked ? "none" : null) : isOfEach(steps) ? [...own, ...steps] : "none"
}

const isSameStep = (one: Step, other: Step): boolean =>
  [one.from.table, one.from.column, one.to.table, one.to.column].join() ===
  [other.from.table, other.from.column, other.to.table, other.to.column].join()

/** Nothing but prepositions and articles stands between. */
const isBehind = (counted: Counted, other: Condition): boolean => {
  const first = Math.min(...allConditions([other]).flatMap(({ tokens }) => tokens))
  const gap = first - Math.max(...counted.tokens)
  return gap > 0 && gap <= 3
}

/** Each that is counted belongs to one of what it is described by, so that none is counted twice. */
const isOfEach = (steps: ReadonlyArray<Step>): boolean => steps.every(({ many }) => !many)
