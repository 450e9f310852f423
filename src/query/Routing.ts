/**
 * Which server a question is put to: the one whose database has what the question speaks of. One statement reads one
 * database; where several could be meant, choosing would be a guess. Pure.
 */
import * as Result from "effect/Result"
import type { Database, Grounding, Table } from "../grounding/Grounding.ts"
import { tableNamed } from "../grounding/TableLookup.ts"
import type { LinkedQuestion } from "../resolution/Mentions.ts"
import { disjoint } from "../resolution/SchemaWords.ts"
import { isFunctionWord } from "../text/CommonWords.ts"
import { overlaps, Question } from "../text/Question.ts"
import { normalizeTokens, tokenize } from "../text/Tokens.ts"

/** A server that runs SQL, as a question may name it. */
export interface RunningServer {
  readonly id: string
  readonly name: string
}

export interface Route {
  readonly database: Database
  /** The question without the words that name the server: blanks stand for them, so that offsets hold. */
  readonly question: string
  /** Why this server, as a sentence; `null` where there is no other. */
  readonly reason: string | null
}

/** Why no server could be chosen, in words; `candidates` are the ids of those that could be meant. */
export interface Unroutable {
  readonly detail: string
  readonly candidates: ReadonlyArray<string>
}

/**
 * A server that the question names; else the only one with tables; else the one that has every word of the schema that
 * any of them has. Of servers that have the same tables the first (the best priority) is chosen.
 */
export const route = (
  question: string,
  linked: Pick<LinkedQuestion, "mentions" | "schemaWords">,
  { databases }: Pick<Grounding, "databases">,
  servers: readonly [RunningServer, ...Array<RunningServer>]
): Result.Result<Route, Unroutable> => {
  const named = servers.length > 1 ? namedServer(question, linked, servers) : null
  if (named !== null) {
    return Result.succeed({
      database: databaseOf(databases, named.server.id),
      question: named.rest,
      reason: `Run on ${named.server.id}, which the question names.`
    })
  }
  const chosen = (id: string, reason: string | null) =>
    Result.succeed({ database: databaseOf(databases, id), question, reason })
  const known = databases.filter(({ server, tables }) => tables.length > 0 && servers.some(({ id }) => id === server))
  const [first] = known
  if (first === undefined) return chosen(servers[0].id, null)
  if (known.length === 1)
    return chosen(
      first.server,
      servers.length === 1 ? null : `Run on ${first.server}, the only server whose tables are known.`
    )
  return Result.flatMap(choose(known, linked), ({ database, reason }) =>
    chosen(database.server, `Run on ${database.server}, ${reason}.`)
  )
}

/** The words of a question with what they mean in one database; terms are everybody's. */
export const wordsOf = ({ server }: Database, words: LinkedQuestion["schemaWords"]): LinkedQuestion["schemaWords"] =>
  words.flatMap((word) => {
    const targets = word.targets.filter((target) => target.kind === "term" || target.server === server)
    return targets.length === 0 ? [] : [{ ...word, targets }]
  })

// -----------------------------------------------------------------------------
// internals

const databaseOf = (databases: ReadonlyArray<Database>, server: string): Database =>
  databases.find((database) => database.server === server) ?? { server, tables: [], relationships: [] }

/** What the words of the question are in one database: by the offset of each word, the table it is about. */
interface Coverage {
  readonly database: Database
  readonly words: ReadonlyMap<number, Word>
}

interface Word {
  readonly text: string
  readonly table: Table
  /** True if the word is the table's name. */
  readonly isTable: boolean
}

const choose = (
  databases: ReadonlyArray<Database>,
  linked: Pick<LinkedQuestion, "mentions" | "schemaWords">
): Result.Result<{ readonly database: Database; readonly reason: string }, Unroutable> => {
  const all = databases.map((database) => coverageOf(database, linked))
  const most = all.filter((one) => all.every((other) => other === one || !isMore(other, one)))
  const [best, ...rivals] = most
  const candidates = most.map(({ database }) => database.server)
  if (best === undefined || best.words.size === 0) {
    const [first] = databases
    return first !== undefined && databases.every((other) => areTwins(first.tables, first, other))
      ? Result.succeed({ database: first, reason: "the server of the best priority among those with the same tables" })
      : Result.fail({
          detail: `nothing in the question says which database is meant: ${databases.map(described).join(", or ")}`,
          candidates
        })
  }
  if (rivals.length === 0) {
    return Result.succeed({ database: best.database, reason: `the only server that has ${saidIn(best)}` })
  }
  if (rivals.some((rival) => isMissing(best, rival))) {
    return Result.fail({
      detail: `one statement cannot read two servers: ${most.map((one) => `${one.database.server} has ${saidIn(one)}`).join(", ")}`,
      candidates
    })
  }
  const spoken = [...new Set([...best.words.values()].map(({ table }) => table))]
  if (rivals.every((rival) => areTwins(spoken, best.database, rival.database))) {
    return Result.succeed({
      database: best.database,
      reason: "the server of the best priority among those with the same tables"
    })
  }
  const byName = most.filter((one) => [...one.words.values()].some(({ isTable }) => isTable))
  const [only] = byName
  if (only !== undefined && byName.length === 1) {
    return Result.succeed({ database: only.database, reason: `the only server with a table of ${saidIn(only)}` })
  }
  return Result.fail({ detail: `${saidIn(best)} may be that of ${candidates.join(" or of ")}`, candidates })
}

const described = ({ server, tables }: Database): string => {
  const names = tables.slice(0, 5).map(({ name }) => name)
  return `${server} (${names.join(", ")}${tables.length > names.length ? ", …" : ""})`
}

const saidIn = ({ words }: Coverage): string =>
  [...new Set([...words.values()].map(({ text }) => `"${text}"`))].join(", ")

/** True if `one` has every word that `other` has, and another one. */
const isMore = (one: Coverage, other: Coverage): boolean => !isMissing(other, one) && isMissing(one, other)

/** True if `one` has a word that `other` has not. */
const isMissing = (one: Coverage, other: Coverage): boolean => [...one.words.keys()].some((at) => !other.words.has(at))

/** True if both databases have these tables, with the same columns. */
const areTwins = (tables: ReadonlyArray<Table>, one: Database, other: Database): boolean =>
  tables.every((table) => {
    const twin = other.tables.find(({ name }) => name.toLowerCase() === table.name.toLowerCase())
    return (one.tables.includes(table) || one === other) && twin !== undefined && columnsOf(twin) === columnsOf(table)
  })

const columnsOf = ({ columns }: Table): string =>
  JSON.stringify(columns.map(({ name }) => name.toLowerCase()).toSorted())

/** A word that is a part of a name, or misspelt, counts only where nothing is called by its name; values tell nothing. */
const coverageOf = (
  database: Database,
  { mentions, schemaWords }: Pick<LinkedQuestion, "mentions" | "schemaWords">
): Coverage => {
  const words = new Map<number, Word>()
  const names = schemaWords.filter(({ match }) => match === "name")
  const others = schemaWords.filter(({ match }) => match === "part" || match === "misspelt")
  for (const { start, targets, text } of disjoint(names.length > 0 ? names : others)) {
    for (const target of targets) {
      if (target.kind !== "term" && target.server !== database.server) continue
      const table =
        target.kind === "term"
          ? referredTable(database, target.expression)
          : database.tables.find(({ name }) => name === target.table)
      if (table === undefined) continue
      const isTable = target.kind === "table"
      // "total", "count", "average" are what is asked of any table before they are a column of one.
      if (!isTable && isFunctionWord(text.toLowerCase())) continue
      if (isTable || !words.has(start)) words.set(start, { text, table, isTable })
    }
  }
  for (const { resolution, start, text } of mentions) {
    for (const reference of Object.keys(resolution.databaseReferences)) {
      const table = referredTable(database, reference)
      if (table !== undefined && !words.has(start)) words.set(start, { text, table, isTable: false })
    }
  }
  return { database, words }
}

/** The first table of the database that has a column written `table.column`. */
const referredTable = (database: Database, expression: string): Table | undefined => {
  for (const [, written = "", column = ""] of expression.matchAll(
    /([\p{L}_][\p{L}\p{N}_.]*)\.([\p{L}_][\p{L}\p{N}_]*)/gu
  )) {
    const table = tableNamed(database.tables, written)
    if (table?.columns.some(({ name }) => name.toLowerCase() === column.toLowerCase()) === true) return table
  }
  return undefined
}

const before = /(?:^|[\s,(])(?:in|on|from|at|of|using|for)\s+(?:the\s+)?$/iu
const after = /^\s+(?:server|database|db)\b/iu

/**
 * The one server whose id or name stands in the question behind "in", "from", …. Where its name is a word of the schema
 * too, "server" or "database" has to follow.
 */
const namedServer = (
  question: string,
  { mentions, schemaWords }: Pick<LinkedQuestion, "mentions" | "schemaWords">,
  servers: ReadonlyArray<RunningServer>
): { readonly server: RunningServer; readonly rest: string } | null => {
  const parsed = new Question(question)
  const keys = new Map(servers.flatMap((server) => [server.id, server.name].map((name) => [keyOf(name), server])))
  const words = [...mentions, ...schemaWords.filter(({ match }) => match === "name" || match === "misspelt")]
  const found = parsed.windows(8).flatMap((window) => {
    const server = keys.get(normalizeTokens(parsed.tokens.slice(window.first, window.last + 1)))
    const [start, end] = [parsed.start(window.first), parsed.end(window.last)]
    const lead = before.exec(question.slice(0, start))
    if (server === undefined || lead === null) return []
    const trail = after.exec(question.slice(end))?.[0] ?? ""
    const isWord = words.some((word) => overlaps(word, { start, end }))
    if (isWord && trail === "") return []
    const [from, to] = [start - lead[0].length, end + trail.length]
    return [{ server, rest: question.slice(0, from) + " ".repeat(to - from) + question.slice(to) }]
  })
  const [only] = found
  return only !== undefined && new Set(found.map(({ server }) => server)).size === 1 ? only : null
}

const keyOf = (name: string): string => normalizeTokens(tokenize(name))
