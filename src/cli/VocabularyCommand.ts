/** `vocabulary`: the words that a question can use. */
import * as Effect from "effect/Effect"
import { Orchestrator } from "../Orchestrator.ts"
import { AnsweredVocabulary, type Vocabulary } from "../resolution/Vocabulary.ts"
import { normalizeTokens, tokenize } from "../text/Tokens.ts"
import * as Heap from "./Heap.ts"
import * as Output from "./Output.ts"
import * as Setup from "./Setup.ts"
import * as Table from "../text/Table.ts"
import * as Terminal from "./Terminal.ts"

const writeJson = Output.jsonOf(AnsweredVocabulary)

export const run = Effect.fnUntraced(function* ({ json }: { readonly json: boolean }) {
  yield* Effect.sync(Heap.optimise)
  const orchestrator = yield* Orchestrator
  const vocabulary = yield* orchestrator.vocabulary()
  yield* json ? writeJson(vocabulary) : Output.stdout(render(vocabulary, Terminal.columns()))
}, Effect.provide(Setup.layer))

/**
 * A section a kind of word and server, as wide as the terminal: 80 columns where there is none. Long lists are cut, with
 * the number of what is left out.
 */
export const render = (
  { databases, entities, terms }: Vocabulary,
  columns: number = Number.POSITIVE_INFINITY
): string => {
  const screen = Number.isFinite(columns) ? columns : usualColumns
  const sections = [
    ...databases.flatMap((database) => databaseSections(database, screen)),
    ...byServer(terms).map(([server, some]) =>
      section(
        `${count(some, "term")} of ${server}`,
        lines(
          some.map(({ term }) => term),
          "  ",
          mostLines,
          screen
        ),
        screen
      )
    ),
    ...byServer(entities).map(([server, some]) =>
      section(`${count(some, "name")} of ${server}`, lines(some.map(named), "  ", mostLines, screen), screen)
    )
  ].filter((text) => text !== "")
  return sections.length === 0 ? "No server publishes a word that a question can use." : sections.join("\n\n")
}

// -----------------------------------------------------------------------------
// internals

const usualColumns = 80
const mostListed = 30
/** How many lines a list takes that is a section of its own, and one that belongs to a table or column. */
const mostLines = 12
const mostInnerLines = 3
const longestWord = 60

type Database = Vocabulary["databases"][number]

const databaseSections = ({ server, tables }: Database, screen: number): ReadonlyArray<string> => {
  const columns = tables.flatMap((table) => table.columns.map((column) => ({ ...column, table: table.table })))
  const valued = columns.filter(({ values }) => values.length > 0)
  return [
    section(
      `${count(tables, "table")} with ${count(columns, "column")} in the database of ${server}`,
      bounded(tables, "table", (table) =>
        listed(
          table.table,
          table.columns.map(({ column }) => column),
          screen
        )
      ),
      screen
    ),
    section(
      `Values of ${count(valued, "column")} in the database of ${server}`,
      bounded(valued, "column", ({ column, table, values }) => listed(`${table}.${column}`, values, screen)),
      screen
    )
  ]
}

/** A title and what stands below it; nothing where that is nothing. */
const section = (title: string, body: ReadonlyArray<string>, screen: number): string =>
  body.length === 0 ? "" : [Table.clip(title, screen), ...body].join("\n")

const count = (things: ReadonlyArray<unknown>, one: string): string =>
  `${things.length} ${one}${things.length === 1 ? "" : "s"}`

const byServer = <A extends { readonly server: string }>(things: ReadonlyArray<A>) => [
  ...Map.groupBy(things, ({ server }) => server)
]

/** A name with what else it is called, other spellings aside, or with how many things it stands for. */
const named = ({ aliases, members, name }: Vocabulary["entities"][number]): string => {
  if (members.length > 0) return `${name} (all ${members.length})`
  const key = normalizeTokens(tokenize(name))
  const [first, ...more] = aliases.filter((alias) => normalizeTokens(tokenize(alias)) !== key)
  if (first === undefined) return name
  return `${name} (${first}${more.length === 0 ? "" : `, +${more.length}`})`
}

/** The first of many, and how many more there are. */
const bounded = <A>(
  things: ReadonlyArray<A>,
  one: string,
  show: (thing: A) => ReadonlyArray<string>
): ReadonlyArray<string> => {
  const left = things.slice(mostListed)
  return [
    ...things.slice(0, mostListed).flatMap(show),
    ...(left.length === 0 ? [] : [`  … ${count(left, `more ${one}`)}: --json has all`])
  ]
}

/** What a list belongs to, and the list, indented below it. */
const listed = (label: string, words: ReadonlyArray<string>, screen: number): ReadonlyArray<string> => [
  `  ${Table.clip(label, screen - 2)}`,
  ...lines(words, "    ", mostInnerLines, screen)
]

/** Words with commas between them, in at most so many lines; then how many more there are. */
const lines = (words: ReadonlyArray<string>, indent: string, most: number, screen: number): ReadonlyArray<string> => {
  const filled: Array<string> = []
  let line = ""
  for (const [at, word] of words.entries()) {
    const next =
      Table.clip(word, Math.min(longestWord, screen - indent.length - 1)) + (at + 1 < words.length ? "," : "")
    const longer = line === "" ? indent + next : `${line} ${next}`
    if (Table.width(longer) <= screen) line = longer
    else if (filled.push(line) < most) line = indent + next
    else return [...filled, `${indent}… ${words.length - at} more: --json has all`]
  }
  return line === "" ? filled : [...filled, line]
}
