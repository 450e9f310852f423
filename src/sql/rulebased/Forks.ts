/** Tables that hang together in two ways over others, of which a question that names only the two does not say which. */
import type { Relationship } from "../../grounding/Grounding.ts"

/** Whether two tables are related in two ways over others, whichever of them is said first. */
export type IsForked = (one: string, other: string) => boolean

/**
 * A patient's doctor has a ward, and a stay has both a patient and a ward; an enrolment's student has a department, and
 * so has the course of its section. What a table itself refers to is no question, nor what one of the two ways leads
 * over; and a key that is called like its table (`isPlain`) comes before one in a role, unless it is farther away. Of a
 * large schema no more is looked at than what lies ahead of the tables that are asked about.
 */
export const forksOf = (
  relationships: ReadonlyArray<Relationship>,
  isPlain: (relationship: Relationship) => boolean,
  isJunction: (table: string) => boolean
): IsForked => {
  const links = relationships.filter(({ from, to }) => from.table !== to.table)
  const ahead = joined(
    links,
    ({ from }) => from.table,
    ({ to }) => to.table
  )
  const behind = joined(
    links,
    ({ to }) => to.table,
    ({ from }) => from.table
  )
  const next = (table: string): ReadonlySet<string> => ahead.get(table) ?? none
  const referring = (table: string): ReadonlySet<string> => behind.get(table) ?? none
  const plain = new Set(links.filter(isPlain).map(linkOf))
  const several = [...Map.groupBy(links, linkOf).values()].flatMap(([link, ...more]) =>
    link === undefined || more.length === 0 ? [] : [link]
  )
  const reached = remembered((start: string) => reachedFrom(next, start))
  const isAhead = (start: string, end: string): boolean => {
    const distances = reached(start)
    const distance = distances.get(end)
    if (distance === undefined) return false
    const common = [...referring(end)].filter((table) => referring(start).has(table))
    // A flight has a captain, and a crew besides.
    if (distance === 1) return !plain.has(`${start}\0${end}`) && common.some(isJunction)
    // Whichever of two keys is meant, what lies behind them is reached by no other way.
    const isBehindSeveral = several.some(
      ({ from, to }) =>
        (from.table === start || distances.has(from.table)) && (to.table === end || reached(to.table).has(end))
    )
    const isNamed = (table: string) => plain.has(`${table}\0${end}`)
    const holders = [...distances.keys()].filter((table) => referring(end).has(table))
    const [first] = holders.toSorted(
      (one, other) =>
        (distances.get(one) ?? 0) - (distances.get(other) ?? 0) || Number(isNamed(other)) - Number(isNamed(one))
    )
    const isApart = (other: string) =>
      first !== undefined &&
      other !== first &&
      !(isNamed(first) && !isNamed(other)) &&
      !reached(first).has(other) &&
      !reached(other).has(first)
    return isBehindSeveral || (distance === 2 && common.length > 0) || holders.some(isApart)
  }
  const isForked = remembered((pair: string) => {
    const [one = "", other = ""] = pair.split("\0")
    return isAhead(one, other) || isAhead(other, one)
  })
  return (one, other) => isForked(one < other ? `${one}\0${other}` : `${other}\0${one}`)
}

// ---------------------------------------------------------------------------------------------------------------------
// internals

const none: ReadonlySet<string> = new Set()

const linkOf = ({ from, to }: Relationship): string => `${from.table}\0${to.table}`

const joined = (
  links: ReadonlyArray<Relationship>,
  keyOf: (link: Relationship) => string,
  valueOf: (link: Relationship) => string
): ReadonlyMap<string, ReadonlySet<string>> =>
  new Map([...Map.groupBy(links, keyOf)].map(([key, all]) => [key, new Set(all.map(valueOf))]))

/** The same again without computing it again, for as long as the question is answered. */
const remembered = <A>(compute: (key: string) => A): ((key: string) => A) => {
  const known = new Map<string, A>()
  return (key) => {
    const found = known.get(key)
    if (found !== undefined) return found
    const value = compute(key)
    known.set(key, value)
    return value
  }
}

/** How many steps away the tables are that a row leads to one row of, nearest first. */
const reachedFrom = (next: (table: string) => ReadonlySet<string>, start: string): ReadonlyMap<string, number> => {
  const distances = new Map<string, number>()
  let edge: ReadonlyArray<string> = [start]
  for (let distance = 1; edge.length > 0; distance++) {
    const found = new Set(edge.flatMap((table) => [...next(table)]))
    edge = [...found].filter((table) => table !== start && !distances.has(table))
    for (const table of edge) distances.set(table, distance)
  }
  return distances
}
