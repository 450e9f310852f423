/** Tables that hang together in two ways over others, of which a question that names only the two does not say which. */
import type { Relationship } from "../../grounding/Grounding.ts"

/** A pair of tables in either order. */
export const pairOf = (one: string, other: string): string => [one, other].toSorted().join("\0")

/**
 * A patient's doctor has a ward, and a stay has both a patient and a ward; an enrolment's student has a department, and
 * so has the course of its section. What a table itself refers to is no question, nor what one of the two ways leads
 * over; and a key that is called like its table (`isPlain`) comes before one in a role, unless it is farther away.
 */
export const forksOf = (
  relationships: ReadonlyArray<Relationship>,
  isPlain: (relationship: Relationship) => boolean,
  isJunction: (table: string) => boolean
): ReadonlySet<string> => {
  const ahead = new Map<string, Set<string>>()
  const plain = new Set(relationships.filter(isPlain).map(({ from, to }) => `${from.table}\0${to.table}`))
  for (const { from, to } of relationships) {
    if (from.table === to.table) continue
    ahead.set(from.table, (ahead.get(from.table) ?? new Set()).add(to.table))
  }
  const next = (table: string): ReadonlySet<string> => ahead.get(table) ?? new Set()
  const keys = Map.groupBy(relationships, ({ from, to }) => `${from.table}\0${to.table}`)
  const isSeveral = (from: string, to: string) => (keys.get(`${from}\0${to}`)?.length ?? 0) > 1
  const reached = new Map([...ahead.keys()].map((table) => [table, reachedFrom(next, table)]))
  const forks = new Set<string>()
  for (const [start, distances] of reached) {
    // Whichever of two keys is meant, what lies behind them is reached by no other way.
    const several = new Set(
      [start, ...distances.keys()].flatMap((table) =>
        [...next(table)].flatMap((to) => (isSeveral(table, to) ? [to, ...(reached.get(to)?.keys() ?? [])] : []))
      )
    )
    for (const [end, distance] of distances) {
      const isInRole = distance === 1 && !plain.has(`${start}\0${end}`)
      // A flight has a captain, and a crew besides.
      const isCrew =
        isInRole && [...ahead].some(([one, tables]) => isJunction(one) && tables.has(start) && tables.has(end))
      if (isCrew || (distance > 1 && several.has(end))) forks.add(pairOf(start, end))
      if (distance < 2) continue
      const holders = [...distances.keys()].filter((table) => table !== end && next(table).has(end))
      const isNamed = (table: string) => plain.has(`${table}\0${end}`)
      const [first] = holders.toSorted(
        (one, other) =>
          (distances.get(one) ?? 0) - (distances.get(other) ?? 0) || Number(isNamed(other)) - Number(isNamed(one))
      )
      const isApart = (other: string) =>
        first !== undefined &&
        other !== first &&
        !(isNamed(first) && !isNamed(other)) &&
        reached.get(first)?.has(other) !== true &&
        reached.get(other)?.has(first) !== true
      const isJoined = distance === 2 && [...ahead.values()].some((tables) => tables.has(start) && tables.has(end))
      if (holders.some(isApart) || isJoined) forks.add(pairOf(start, end))
    }
  }
  return forks
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
