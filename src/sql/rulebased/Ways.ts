/** The ways from the table whose rows are narrowed to what they are narrowed by, over what the question speaks of. */
import type { Context } from "./Meaning.ts"
import type { Wish } from "./Parts.ts"
import { isSale, relatedTo, salesTable, stepsTo } from "./Paths.ts"
import type { Related } from "./Plan.ts"
import { pathsFrom } from "./Steps.ts"

interface Start {
  readonly base: string
  readonly isTrade: boolean
  readonly outer: string | null
}

/** `nearby` of a table that each row has no more than one row of, `reach` to rows that may be several. */
export const waysFrom = (
  { index }: Context,
  wishes: ReadonlyArray<Wish>,
  { base, isTrade, outer }: Start,
  problems: Array<string>
): { readonly nearby: (table: string) => boolean; readonly reach: (table: string) => Related | null } => {
  const paths = pathsFrom(index, base)
  /** "doctors Ada had an appointment with": hers by the appointment that is spoken of, and by no other way. */
  const between = (table: string): string | undefined => {
    const said = wishes.find((wish) => wish.kind === "match" && wish.column.table === table)
    const isTheirs = said?.kind === "match" && said.isOwner
    return wishes
      .flatMap((wish) =>
        (wish.kind === "named" ||
          // "doctors in Surgery with admissions": the doctors are in Surgery.
          (wish.kind === "related" &&
            !wish.negated &&
            (wish.of === null || !(isTheirs || /^with\b/i.test(wish.text))))) &&
        wish.table !== null
          ? [wish.table]
          : []
      )
      .find(
        (one) =>
          table !== base &&
          one !== table &&
          relatedTo(index, base, one) !== null &&
          (isSale(one) ? pathsFrom(index, one).get(table) : stepsTo(index, one, table))?.every(
            ({ to }) => to.table !== base
          ) === true &&
          JSON.stringify(paths.get(one)?.[0]) !== JSON.stringify(paths.get(table)?.[0])
      )
  }
  /** "customers who bought a lamp": by their orders, and not by what they wrote about it. */
  const sold = (table: string): string | undefined => {
    const sale = isTrade && outer === null && !isSale(base) ? salesTable(index, base) : null
    const way = sale === null ? undefined : pathsFrom(index, sale).get(table)
    return sale === null || sale === table || way === undefined || way.some(({ to }) => to.table === base)
      ? undefined
      : sale
  }
  const nearby = (table: string): boolean => stepsTo(index, base, table) !== null && between(table) === undefined
  const reach = (table: string): Related | null => {
    const joint = between(table) ?? sold(table)
    const narrowed = wishes.find((wish) => wish.kind === "related" && wish.table === joint && wish.where.length > 0)
    if (joint !== undefined && narrowed !== undefined)
      problems.push(`"${narrowed.text}" may be about any ${joint}, or about one of ${table}`)
    const way = relatedTo(index, base, joint ?? table)
    const related =
      way === null || joint === undefined
        ? way
        : { ...way, joins: [...way.joins, ...(pathsFrom(index, joint).get(table) ?? [])] }
    if (related === null) {
      const isFork = index.isForked(base, table)
      problems.push(
        isFork
          ? `${base} and ${table} are related in more than one way`
          : `no relationship leads from ${base} to ${table}`
      )
    }
    return related
  }
  return { nearby, reach }
}
