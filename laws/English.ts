/** Questions in English, from phrasings that are data. */
import type { Clause, Intent } from "./Intent.ts"
import { tableOf } from "./Intent.ts"
import { hash, Random } from "./Random.ts"
import { labelOf, type World } from "./World.ts"

/** Slot to phrasings; `{…}` is filled in. Those of `clause.*` begin with ">" when they stand before the noun. */
export type Phrasings = { readonly [slot: string]: ReadonlyArray<string> }

/** All phrasings of several files, by slot. */
export const merge = (all: ReadonlyArray<Phrasings>): Phrasings => {
  const slots = new Set(all.flatMap((one) => Object.keys(one)))
  return Object.fromEntries([...slots].map((slot) => [slot, all.flatMap((one) => one[slot] ?? [])]))
}

const say = (
  phrasings: Phrasings,
  slot: string,
  random: Random,
  values: { readonly [name: string]: string }
): string | null => {
  const all = phrasings[slot] ?? []
  if (all.length === 0) return null
  return random.pick(all).replaceAll(/\{(\w+)\}/g, (written, name: string) => values[name] ?? written)
}

const clauseText = (world: World, phrasings: Phrasings, clause: Clause, random: Random): string | null => {
  const table = tableOf(world, clause.table)
  const quoted = (text: string, isQuoted: boolean) => (isQuoted ? `"${text}"` : text)
  const column = "column" in clause ? table.columns.find(({ name }) => name === clause.column) : undefined
  switch (clause.kind) {
    case "value":
      return say(phrasings, `clause.${column?.kind}`, random, {
        v: quoted(clause.value, clause.quoted),
        col: column?.words ?? "",
        one: table.one,
        many: table.many
      })
    case "entity":
      return say(phrasings, `clause.entity.${table.role}`, random, {
        v: quoted(clause.said, clause.quoted),
        one: table.one
      })
    case "compare":
      return say(
        phrasings,
        `clause.${clause.named ? "compareNamed" : "compare"}.${clause.op === ">" ? "more" : "less"}`,
        random,
        { n: String(clause.n), col: clause.column.replaceAll("_", " ") }
      )
    case "flag":
      return say(phrasings, `clause.flag.${clause.value === 1 ? "yes" : "no"}`, random, { v: clause.column })
    case "date":
      return say(phrasings, "clause.date", random, { v: clause.said })
    case "stock":
      return say(phrasings, `clause.stock.${clause.none ? "none" : "some"}`, random, {})
    case "relatedCount":
      return say(phrasings, `clause.relatedCount.${clause.op === ">" ? "more" : "less"}`, random, {
        n: String(clause.n),
        many: table.many
      })
    case "related": {
      const inner = split(clause.inner.map((one) => clauseText(world, phrasings, one, random)))
      return inner === null
        ? null
        : say(phrasings, `clause.related.${clause.negated ? "no" : "yes"}`, random, {
            many: joined(inner.before, table.many, inner.after),
            one: table.one
          })
    }
  }
}

/** What stands before and what stands after the noun; `null` if one of them cannot be said. */
const split = (texts: ReadonlyArray<string | null>): { readonly before: string; readonly after: string } | null => {
  const said = texts.filter((text) => text !== null)
  if (said.length < texts.length) return null
  const isBefore = (text: string) => text.startsWith(">")
  return {
    before: joined(...said.filter(isBefore).map((text) => text.slice(1))),
    after: joined(...said.filter((text) => !isBefore(text)))
  }
}

const joined = (...texts: ReadonlyArray<string>): string => texts.filter((text) => text !== "").join(" ")

/** The question; `null` if the phrasings cannot say it. */
export const render = (world: World, phrasings: Phrasings, { clauses, head, style }: Intent): string | null => {
  const slot =
    head.kind === "agg" || head.kind === "group"
      ? `${head.kind}.${head.fn}`
      : head.kind === "superlative"
        ? `superlative.${head.dir === -1 ? "most" : "least"}`
        : head.kind
  // Each clause has its own randomness: leaving one out does not change how the others are said.
  const texts = clauses.map((clause) =>
    clauseText(world, phrasings, clause, new Random(style ^ hash(JSON.stringify(clause))))
  )
  const parts = split(texts)
  if (parts === null) return null
  const noun = tableOf(
    world,
    "by" in head && (head.kind === "topTerm" || head.kind === "countDistinct") ? head.by : head.table
  )
  const by =
    head.kind === "superlativeEach"
      ? head.by
      : head.kind !== "group"
        ? ""
        : head.by.column === labelOf(tableOf(world, head.by.table))
          ? tableOf(world, head.by.table).one
          : head.by.column.replaceAll("_", " ")
  const pre = parts.before === "" ? "" : `${parts.before} `
  const text = say(phrasings, slot, new Random(style), {
    pre: `\0${pre}`,
    post: parts.after === "" ? "" : ` ${parts.after}`,
    many: noun.many,
    one: noun.one,
    rows: tableOf(world, head.table).many,
    col: "column" in head ? head.column.replaceAll("_", " ") : "",
    n: "n" in head ? String(head.n) : "",
    by,
    sum: world.terms.sum,
    bare: world.terms.bare,
    product: world.terms.product ?? "",
    fanned: world.terms.fanned ?? "",
    counted: world.terms.counted ?? ""
  })
  if (text === null) return null
  // Without a noun there is nothing for what stands before it, and "turnover that are paid" is no English.
  const isNounless = !text.includes("\0")
  const needsNoun = clauses.some(
    (clause) => clause.kind === "flag" || (clause.kind === "value" && clause.column === "status")
  )
  if (isNounless && (pre !== "" || needsNoun)) return null
  return text.replaceAll("\0", "").replaceAll(/\s+/g, " ").trim()
}
