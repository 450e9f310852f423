/** From what rows are to be narrowed by to conditions on rows of one table: near ones hold, far ones are of related rows. */
import { calledOff, matchDoubt, strangeDate, twoWays, undated } from "./Deeds.ts"
import { takesPlace } from "./Dates.ts"
import { isDate, isStateName } from "../../grounding/ColumnWords.ts"
import type { Relationship } from "../../grounding/Grounding.ts"
import * as Result from "effect/Result"
import { contradictions, namesOther } from "./Contradictions.ts"
import { notNamed } from "./NotNamed.ts"
import { ofCounted } from "./CountedOnes.ts"
import type { Context } from "./Meaning.ts"
import type { Match, Wish } from "./Parts.ts"
import { saysDirection } from "./Directions.ts"
import { calledOffBetween } from "./NamedDay.ts"
import { notCalledOff } from "./Outcomes.ts"
import { dateOf, salesTable, stepsTo } from "./Paths.ts"
import { tellsOne } from "./Targets.ts"
import { type Condition, equals, type Owned, type Related, stepsOf, tablesOf, type Test } from "./Plan.ts"
import {
  type ColumnReference,
  isPlain,
  joined,
  keyColumn,
  labelColumns,
  roleWords,
  type SchemaIndex,
  tableOf
} from "./SchemaIndex.ts"
import { outcomeTest } from "./Scores.ts"
import { onSides, sidesOf } from "./Sides.ts"
import { dayOfOther, namedDate, onward, strangeTime, timeOf, verbTable } from "./TimeOf.ts"
import { waysFrom } from "./Ways.ts"

export interface Narrowed {
  readonly where: ReadonlyArray<Condition>
  readonly asides: ReadonlyArray<Owned & { readonly text: string }>
  /** Tables that have to be joined. */
  readonly tables: ReadonlyArray<string>
  /** Tables that are joined for what rows are not: they may have nothing there. */
  readonly absent: ReadonlyArray<string>
  readonly problems: ReadonlyArray<string>
}

export interface Narrowing {
  /** The table whose rows are narrowed. */
  readonly base: string
  /** What a time is of: the date of `base`, unless the question says something else. */
  readonly date: Result.Result<ColumnReference, string>
  /** All of "A and B", each on a related row of its own. */
  readonly isBoth: boolean
  /** Something was sold or bought. */
  readonly isTrade: boolean
  /** The tables in which related rows are meant, although nothing else narrows them. */
  readonly trades: ReadonlyArray<Owned & { readonly table: string }>
  /** Rows of `base` are asked for, and not said to be a single one: which one of them is called so is no answer. */
  readonly isAsked: boolean
  /** The rows of `base` are listed, with their state where it matters. */
  readonly isListed: boolean
  /** Numbers of the rows of `base` are computed, of which other rows are no part. */
  readonly isComputed: boolean
  /** Of the subject, which a condition on related rows may not be about. */
  readonly outer: string | null
}

interface Tested extends Owned {
  readonly test: Test
}

/** What has to be met by one related row; `each` by one of its own each. */
interface Far {
  readonly related: Related
  readonly table: string
  readonly tests: ReadonlyArray<Tested>
  readonly each: ReadonlyArray<Tested>
}

export const narrow = (context: Context, wishes: ReadonlyArray<Wish>, narrowing: Narrowing): Narrowed => {
  const { index } = context
  const { base, date, isBoth, isComputed, outer, trades } = narrowing
  // "orders of audio products", "customers who bought audio": something says how the value is related.
  const isSpoken =
    trades.length > 0 ||
    narrowing.isTrade ||
    wishes.some(
      (wish) => wish.kind === "named" || (wish.kind === "related" && (wish.of === null || !/^with\b/i.test(wish.text)))
    )
  const where: Array<Condition> = []
  const asides: Array<Owned & { readonly text: string }> = []
  const tables: Array<string> = []
  const absent: Array<string> = []
  const problems: Array<string> = []
  const far = new Map<string, Far>()

  const { nearby, reach } = waysFrom(context, wishes, narrowing, problems)
  const isNamed = (used: ReadonlyArray<string>): boolean =>
    isSpoken && used.every((table) => context.tables.includes(table))
  const farAway = (table: string, owned: Tested | (Owned & { readonly text?: string }), isEach = false): void => {
    const related = reach(table)
    if (related === null) return
    const key = JSON.stringify([related.step.from, related.step.to])
    const known = far.get(key)
    const joins = [
      ...new Map([...(known?.related.joins ?? []), ...related.joins].map((step) => [step.to.table, step])).values()
    ]
    const added = "test" in owned ? [owned] : []
    far.set(key, {
      related: { step: related.step, joins },
      table: related.step.to.table,
      tests: [...(known?.tests ?? []), ...(isEach ? [] : added)],
      each: [...(known?.each ?? []), ...(isEach ? added : [])]
    })
    if (!("test" in owned))
      asides.push({ tokens: owned.tokens, text: "text" in owned ? owned.text : related.step.to.table })
  }
  const addTest = (test: Test, { tokens }: Owned, isOfNamed = false): void => {
    const used = tablesOf(test)
    const state = isOfNamed ? calledOffBetween(index, base, used) : calledOff(context, wishes, test)
    if (state !== null && !(narrowing.isListed && state.table === base)) {
      // "appointments tomorrow": of these nobody means those of which the state says that they were cancelled.
      const kept = used.includes(state.table) ? notCalledOff(tableOf(index, state.table)) : null
      if (kept === null) problems.push(`some ${state.table} may have been cancelled, as ${state.column} says`)
      else addTest(kept, { tokens: [] })
    }
    if (test.kind === "latest" && !isSpoken && !used.every(nearby)) {
      problems.push(`it is not said what the ${test.column.column} of ${used.join()} has to do with ${base}`)
    } else if (used.every(nearby)) {
      const isNot = test.kind === "equals" && test.negated
      ;(isNot ? absent : tables).push(...used)
      where.push({ kind: "holds", tokens, test })
    } else if (used.length === 1 && outer === null && isNumber(test) && !isNamed(used)) {
      // "rooms that cost over 100": an amount of their bookings is none of theirs.
      problems.push(`it is not said what the amounts of ${used.join()} have to do with ${base}`)
    } else if (used.length === 1) farAway(used[0] ?? base, { tokens, test })
    else problems.push(`a condition spans ${used.join(" and ")}, which cannot be joined here`)
  }
  /** "loans due this week": what has been returned is due no more. */
  const addDue = ({ column, table: name }: ColumnReference, { tokens }: Owned): void => {
    const table = tableOf(index, name)
    const done = table?.columns.filter((one) => isDate(one) && /^(?:return|repaid|paid|settled)/i.test(one.name)) ?? []
    const [only, ...others] = /(?:^|_)due/i.test(column) ? done : []
    if (only === undefined || others.length > 0) return
    addTest({ kind: "known", column: { table: name, column: only.name }, negated: true }, { tokens })
  }
  const addWhen = (wish: Wish & { readonly kind: "when" }): void => {
    const { isNamed, column: meant } = timeOf(index, wishes, wish, base)
    Result.match(meant ?? date, {
      onFailure: (why) => void problems.push(why),
      onSuccess: (column) => {
        const test = onward(wish.test(column), column)
        if (test.kind === "period" && (test.to ?? "9") > context.today) addDue(column, wish)
        const otherDay = dayOfOther(index, wishes, column, base)
        const isTheirs = otherDay !== null && !nearby(column.table) && reach(column.table)?.step.to.table === otherDay
        if (otherDay !== null && !isTheirs)
          problems.push(`the day may be that of ${otherDay}, or of what leads to them`)
        const strange = strangeTime(context, wishes, wish, { base, column, test })
        if (strange.rival !== null) problems.push(strange.rival)
        if (strange.toCome !== null) problems.push(strange.toCome)
        else addTest(test, wish, isNamed)
      }
    })
  }
  const alternatives = (
    wish: Pick<Wish & { readonly kind: "match" }, "column" | "matches" | "negated" | "said">,
    matches: ReadonlyArray<Match>
  ) => {
    const values = [...new Set(matches.flatMap((match) => match.values))]
    const label = `${wish.said}${[...new Set(matches.map((match) => match.label))].join(" or ")}`
    return equals(index, wish.column, values, label, wish.negated)
  }
  const addMatch = (wish: Wish & { readonly kind: "match" }): void => {
    const { table } = wish.column
    const isNear = nearby(table)
    const label = wish.matches.map((match) => match.label).join(" and ")
    const isOwn = narrowing.isAsked && isOwnName(index, base, wish.column)
    const doubt = matchDoubt(index, wishes, wish, { base, isNear, isInner: outer !== null, label })
    const sides = wish.negated ? [] : sidesOf(index, base, table)
    // "games at the stadium of Northam", "goals in games of Northam": it is said of what stands before it.
    const [first = 0] = wish.tokens
    const said = wishes.find(
      (one) =>
        one.kind === "named" && one.table !== base && one.tokens.some((token) => token < first && first - token <= 3)
    )
    const named = said?.kind === "named" ? said.table : null
    const isSided = sides.length > 0 || (named !== null && sidesOf(index, named, table).length > 0)
    if (named !== null && (isSided || isOfOther(index, base, named, table))) {
      problems.push(`"${label}" is said of ${named}, and not of ${base}`)
    } else if (sides.length > 0) addSides(wish, sides)
    else if (doubt !== null) problems.push(doubt)
    else if (isOwn && wish.isOwner) addParent(wish, label)
    else if (isOwn && wish.isSubject) problems.push(`"${label}" is one of ${base} itself`)
    else if (!isNear && wish.negated) {
      // "Orders without X" is not "orders with something else than X".
      problems.push(`"not ${label}" is about related rows, of which one or all may be meant`)
    } else if (wish.isPredicate && table !== base && isStateName(wish.column.column))
      problems.push(`"${label}" is told of ${table}, and not of ${base}`)
    else if (!isNear && wish.isPredicate && !isTheirs(wish)) problems.push(`"${label}" is not known of ${base}`)
    else if (!isNear && !isSpoken && !isTheirs(wish) && wish.matches.every(({ entity }) => entity === null)) {
      problems.push(`it is not said what "${label}" has to do with ${base}`)
    } else if ((!isNear || outer !== null) && wish.matches.length > 1 && wish.joint === "and") {
      if (!isBoth) problems.push(`"${label}" may ask for both at once or for either`)
      for (const match of isBoth ? wish.matches : []) addBoth(wish, match)
    } else if (outer !== null && (table === outer || !isNear)) {
      problems.push(`it is not clear whether "${label}" is about ${outer} or about ${base}`)
    } else {
      Result.match(alternatives(wish, wish.matches), {
        onFailure: (why) => void problems.push(why),
        onSuccess: (test) => addTest(test, wish)
      })
    }
  }
  const addSides = (wish: Wish & { readonly kind: "match" }, sides: ReadonlyArray<Relationship>): void => {
    const found = Result.flatMap(alternatives(wish, wish.matches), (test) =>
      onSides(wish, sides, wishes, test, (side, outcome) => outcomeTest(context, base, side, outcome))
    )
    if (Result.isFailure(found)) problems.push(found.failure)
    else where.push(found.success)
  }
  /** "categories of Fiction": those below it, where the table tells which one is above another. */
  const addParent = (wish: Wish & { readonly kind: "match" }, label: string): void => {
    const [own, ...more] = index.relationships.filter(({ from, to }) => from.table === base && to.table === base)
    if (own === undefined || more.length > 0) {
      problems.push(`"${label}" is one of ${base} itself`)
      return
    }
    Result.match(alternatives(wish, wish.matches), {
      onFailure: (why) => void problems.push(why),
      onSuccess: (test) => {
        const { tokens } = wish
        const related: Related = { step: { from: own.from, to: own.to, many: false }, joins: [] }
        where.push({
          kind: "exists",
          tokens,
          related,
          table: base,
          where: [{ kind: "holds", tokens, test }],
          negated: false
        })
      }
    })
  }
  /** "the brand of Trail Runner": each has no more than one, and in no role. */
  const isTheirs = ({ column, isOwner, isSubject, matches }: Wish & { readonly kind: "match" }): boolean =>
    (isOwner || isSubject) &&
    matches.length === 1 &&
    (isOwnName(index, column.table, column) || tellsOne(index, column)) &&
    (stepsTo(index, column.table, base)?.every(isPlain) === true || joined(index, base, column.table))
  const addRole = ({ isAbove, matches, relationship, text, tokens }: Wish & { readonly kind: "role" }): void => {
    const { from, to } = relationship
    const step = isAbove ? { from: to, to: from, many: true } : { from, to, many: false }
    // "flights from Oslo": their routes come from there.
    const [first, ...joins] = isDirected(relationship) ? (stepsTo(index, base, step.from.table) ?? []) : []
    if (step.from.table !== base && first === undefined)
      problems.push(`"${text}" is said of ${step.from.table}, and not of ${base}`)
    const said = `${roleWords(from).join(" ")}${isAbove ? " of" : ""} `
    const names = matches.flatMap((match) => {
      const test = alternatives({ ...match, said }, match.matches)
      if (Result.isFailure(test)) problems.push(test.failure)
      return Result.isFailure(test) ? [] : [{ kind: "holds", tokens, test: test.success } as const]
    })
    const role: Condition = {
      kind: "exists",
      tokens,
      related: { step, joins: [] },
      table: step.to.table,
      where: names,
      negated: false
    }
    where.push(
      first === undefined
        ? role
        : { ...role, related: { step: first, joins }, table: step.from.table, where: [role], tokens: [] }
    )
  }
  const addBoth = (wish: Wish & { readonly kind: "match" }, match: Match): void => {
    Result.match(alternatives(wish, [match]), {
      onFailure: (why) => void problems.push(why),
      onSuccess: (test) => farAway(wish.column.table, { tokens: wish.tokens, test }, true)
    })
  }
  const addRelated = (wish: Wish & { readonly kind: "related" }): void => {
    if (wish.table === base && !wish.negated && wish.where.length === 0) {
      // "Which device has been repaired most often?": by its repairs
      asides.push({ tokens: wish.tokens, text: wish.text })
      return
    }
    if (wish.of !== null && wish.of !== base) {
      problems.push(`"${wish.text}" is about ${wish.of}, of which nothing is listed or counted here`)
      return
    }
    const table = wish.table ?? salesTable(index, base)
    if (table === null) {
      problems.push(`nothing says which table tells of "${wish.text}"`)
      return
    }
    if (wish.of === null && !wish.negated) {
      // A verb ("ordered"): the rows that the other conditions are about.
      if (nearby(table)) asides.push({ tokens: wish.tokens, text: wish.text })
      else farAway(table, wish)
      return
    }
    if (!wish.negated && wish.where.length === 0) {
      farAway(table, wish)
      return
    }
    const related = reach(table)
    if (related === null) return
    const { negated, tokens } = wish
    where.push({ kind: "exists", tokens, ...innerOf(wish.where, related, table), table, negated })
  }
  /** What is said of related rows, and the way to them with the joins that it needs. */
  const innerOf = (wanted: ReadonlyArray<Wish>, related: Related, table: string, start = related.step.to.table) => {
    // "artists whose works were loaned in 2025": when they were loaned, and not when the works came.
    const inner = narrow(context, wanted, {
      base: start,
      date: namedDate(wanted) ?? dateOf(index, verbTable(wanted) ?? table, false),
      isAsked: false,
      isBoth: false,
      isListed: false,
      isComputed: false,
      isTrade: false,
      trades: [],
      outer: base
    })
    problems.push(...inner.problems)
    asides.push(...inner.asides)
    const joins = [
      ...related.joins,
      ...[...inner.tables, ...inner.absent].flatMap((one) => stepsTo(index, start, one) ?? [])
    ]
    return {
      related: { ...related, joins: [...new Map(joins.map((step) => [step.to.table, step])).values()] },
      where: inner.where
    }
  }

  for (const wish of wishes) {
    switch (wish.kind) {
      case "match":
        addMatch(wish)
        break
      case "test":
        if (outer !== null && tablesOf(wish.test).some((table) => table === outer)) {
          problems.push(`it is not clear whether "${wish.text}" is about ${outer} or about ${base}`)
        } else addTest(wish.test, wish)
        break
      case "when":
        addWhen(wish)
        break
      case "role":
        addRole(wish)
        break
      case "side":
        if (wishes.some((one) => one.kind === "match" && sidesOf(index, base, one.column.table).length > 0))
          asides.push(wish)
        else problems.push(`it is not said of whom "${wish.text}" is`)
        break
      case "outcome":
        if (!wishes.some((one) => one.kind === "match" && sidesOf(index, base, one.column.table).length > 0))
          problems.push(`it is not said of whom "${wish.text}" is`)
        break
      case "related":
        addRelated(wish)
        break
      case "counted": {
        const related = wish.of === base ? reach(wish.table) : null
        // Each of them belongs to one of what is between, and so on: none is counted twice.
        const steps = related === null ? [] : stepsOf(related)
        const isFar =
          wish.where.length > 0 &&
          (!steps.every(({ many }) => many) ||
            steps.slice(0, -1).some(({ to }) => takesPlace(tableOf(index, to.table))))
        if (related === null || isFar) problems.push(`"${wish.text}" cannot be counted for ${base}`)
        else {
          const { operator, table, tokens, value } = wish
          const inner = innerOf(wish.where, related, table, table)
          const others = typeof value === "number" ? value : innerOf(value, inner.related, table, table).where
          where.push({
            kind: "counted",
            tokens,
            related: inner.related,
            table,
            where: inner.where,
            operator,
            value: others
          })
        }
        break
      }
      case "named":
        if (wish.table === null || nearby(wish.table)) asides.push(wish)
        else farAway(wish.table, wish)
        break
      case "date":
        asides.push(wish)
        break
    }
  }
  // "active subscriptions to both": that each of them is so is said of them together.
  const state = isBoth && wishes.find((wish) => wish.kind === "related" && !wish.negated && wish.where.length > 0)
  if (state) problems.push(`"${state.text}" may be said of one of both, or of each`)
  for (const strange of [strangeDate(index, wishes, base), twoWays(index, wishes, base)]) {
    if (strange !== null) problems.push(strange)
  }
  if (Result.isSuccess(date) && namedDate(wishes) === null)
    problems.push(...undated(index, wishes, date.success, context.today))
  for (const trade of trades) farAway(trade.table, trade)
  const isIdle = [...far.values()].some(({ each, tests }) => tests.length + each.length === 0)
  if (isIdle && far.size > 1) {
    problems.push(
      `it is not said what ${[...far.values()].map(({ table }) => table).join(" and ")} have to do with each other`
    )
  }
  for (const { each: asked, related, table, tests: all } of far.values()) {
    // "both aspirin and warfarin", of which one is told by its key and the other one by its name.
    const apart = all.filter(
      ({ test }) =>
        isBoth &&
        test.kind === "equals" &&
        all.some((other) => other.test.kind === "equals" && namesOther(index, test, other.test))
    )
    const [each, tests] = [[...asked, ...apart], all.filter((one) => !apart.includes(one))]
    if (isComputed && tests.length + each.length === 0) {
      problems.push(`it is not said what ${table} have to do with numbers of ${base}`)
    }
    const held = (all: ReadonlyArray<Tested>): Condition => ({
      kind: "exists",
      tokens: [],
      related,
      table,
      where: all.map(({ test, tokens }) => ({ kind: "holds", tokens, test })),
      negated: false
    })
    where.push(...(each.length === 0 ? [held(tests)] : each.map((one) => held([one, ...tests]))))
  }
  problems.push(...contradictions(index, where, context.today))
  // Of all rows, or of those that the rest leaves?
  if (where.length > 1 && where.some((one) => one.kind === "holds" && one.test.kind === "average")) {
    problems.push("an average may be of all or of those that are asked about")
  }
  const named = notNamed(index, where)
  const counted = ofCounted(index, base, named.where)
  return {
    where: counted.where,
    asides,
    tables: tables.filter((table) => table !== counted.left),
    absent,
    problems: [...problems, ...named.problems, ...counted.problems]
  }
}

/** "appointments of patients of Dr Okafor": those whose doctor he is, and not those that are with him. */
const isOfOther = (index: SchemaIndex, base: string, named: string, table: string): boolean => {
  const [theirs, own] = [stepsTo(index, named, table), stepsTo(index, base, table)]
  const isOne = theirs !== null && theirs.every(({ many, to }) => !many && to.table !== base)
  return isOne && own?.length === 1 && own.every(({ to }) => to.table !== named)
}

/** Of two keys to the same, that from where or to where. */
const isDirected = ({ from }: Relationship): boolean =>
  saysDirection(roleWords(from), "from") || saysDirection(roleWords(from), "to")

/** Whether a row of the table is called by the column. */
const isOwnName = (index: SchemaIndex, name: string, { column, table: owner }: ColumnReference): boolean => {
  const table = tableOf(index, name)
  return (
    table !== undefined &&
    owner === name &&
    [...labelColumns(table), keyColumn(index, table)].some((one) => one?.name === column)
  )
}

const isNumber = ({ kind }: Test): boolean => kind === "compares" || kind === "between" || kind === "average"
