/**
 * What of the schema a question is about, as far as words can tell: which tables are worth their room in a prompt. Pure.
 * Nothing is left out because of it while everything fits.
 */
import type { Grounding, Relationship, Table } from "../../grounding/Grounding.ts"
import { nameWords } from "../../grounding/NameWords.ts"
import { tableNamed } from "../../grounding/TableLookup.ts"
import { disjoint } from "../../resolution/SchemaWords.ts"
import { isFunctionWord } from "../../text/CommonWords.ts"
import { stem, tokenize } from "../../text/Tokens.ts"
import type { GenerationRequest } from "../SqlGenerator.ts"

export interface Links {
  /** Higher is nearer to the question. */
  table(name: string): number
  /** True for a column that the question names. */
  names(table: string, column: string): boolean
  /** How many words of the question a text holds. */
  shared(text: string): number
}

/** The least worth of a table that the question speaks of. */
export const linked = 100

/** The least worth of a table through which those that it speaks of are joined. */
export const joining = 50

/** From the words of the schema, the references of the names, the terms and the found values of a request. */
export const link = ({ grounding, mentions, question, schemaWords }: GenerationRequest): Links => {
  const words = new Set(
    tokenize(question)
      .filter((token) => !isFunctionWord(token))
      .map(stem)
  )
  const shared = (text: string) =>
    new Set(
      tokenize(text)
        .map(stem)
        .filter((word) => words.has(word))
    ).size
  const { tables } = grounding
  const spoken = new Set<string>()
  const columns = new Set<string>()
  const add = (table: string, column: string | null) => {
    const owner = tableNamed(tables, table)
    if (owner === undefined) return
    spoken.add(owner.name)
    if (column !== null) columns.add(keyOf(owner.name, column))
  }
  for (const { targets } of disjoint(schemaWords)) {
    // A column that every other table has says nothing of the table.
    const isCommon = targets.filter(({ kind }) => kind === "column").length > mostOwners
    for (const target of targets) {
      if (target.kind === "term") referencesIn(target.expression).forEach(([table, column]) => add(table, column))
      else if (target.kind === "table") add(target.table, null)
      else if (isCommon) columns.add(keyOf(target.table, target.column))
      else add(target.table, target.column)
    }
  }
  for (const { resolution } of mentions) {
    for (const reference of Object.keys(resolution.databaseReferences)) {
      referencesIn(reference).forEach(([table, column]) => add(table, column))
    }
  }
  for (const table of tables) {
    for (const { name, partial } of table.columns) if (partial === true) add(table.name, name)
  }
  const worth = worthOf(grounding, spoken, shared)
  return {
    table: (name) => worth.get(name) ?? 0,
    names: (table, column) => {
      // The table's own words before a column say nothing of the column.
      const own = new Set(nameWords(table))
      const rest = nameWords(column).filter((word) => !own.has(word))
      return columns.has(keyOf(table, column)) || shared(rest.join(" ")) > 0
    },
    shared
  }
}

// -----------------------------------------------------------------------------
// internals

const mostOwners = 3

const keyOf = (table: string, column: string): string => JSON.stringify([table, column.toLowerCase()])

const referencesIn = (expression: string): ReadonlyArray<readonly [table: string, column: string]> =>
  Array.from(
    expression.matchAll(/([\p{L}_][\p{L}\p{N}_]*(?:\.[\p{L}_][\p{L}\p{N}_]*)?)["`]?\.["`]?([\p{L}_][\p{L}\p{N}_]*)/gu),
    ([, table = "", column = ""]) => [table, column] as const
  )

/** Tables between two that are joined through more are not what joins them. */
const longestWay = 4

/** Spoken of; on a shortest way between two such tables; joined to one: 10. And a point for each shared word. */
const worthOf = (
  { relationships, tables }: Pick<Grounding, "tables" | "relationships">,
  spoken: ReadonlySet<string>,
  shared: (text: string) => number
): ReadonlyMap<string, number> => {
  const neighbours = neighboursOf(relationships)
  const between = new Set([...spoken].flatMap((name) => betweenOf(name, spoken, neighbours)))
  const beside = new Set([...spoken].flatMap((name) => neighbours.get(name) ?? []))
  return new Map(
    tables.map((table) => {
      const near = spoken.has(table.name) ? linked : between.has(table.name) ? joining : beside.has(table.name) ? 10 : 0
      return [table.name, near + Math.min(9, shared(wordsOf(table)))]
    })
  )
}

const wordsOf = ({ columns, description, name }: Table): string =>
  [name, ...columns.map((column) => column.name)].flatMap(nameWords).join(" ") + ` ${description ?? ""}`

const neighboursOf = (relationships: ReadonlyArray<Relationship>): ReadonlyMap<string, ReadonlyArray<string>> => {
  const neighbours = new Map<string, Array<string>>()
  const add = (one: string, other: string) => neighbours.set(one, [...(neighbours.get(one) ?? []), other])
  for (const { from, to } of relationships) {
    add(from.table, to.table)
    add(to.table, from.table)
  }
  return neighbours
}

/** The tables inside of the shortest ways from one table to the others that are spoken of. */
const betweenOf = (
  start: string,
  spoken: ReadonlySet<string>,
  neighbours: ReadonlyMap<string, ReadonlyArray<string>>
): ReadonlyArray<string> => {
  const before = new Map<string, string | null>([[start, null]])
  const queue = [start]
  for (let table = queue.shift(); table !== undefined; table = queue.shift()) {
    for (const next of neighbours.get(table) ?? []) {
      if (before.has(next)) continue
      before.set(next, table)
      queue.push(next)
    }
  }
  return [...spoken].flatMap((end) => {
    const way: Array<string> = []
    for (let at = before.get(end) ?? null; at !== null && at !== start; at = before.get(at) ?? null) way.push(at)
    return way.length > longestWay ? [] : way
  })
}
