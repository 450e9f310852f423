/** The laws of a generator that is never wrong: each a function from a question to what breaks it. */
import { wordKey } from "../src/grounding/NameWords.ts"
import * as Result from "effect/Result"
import type { DatabaseSync } from "node:sqlite"
import { type Phrasings, render } from "./English.ts"
import type { Intent } from "./Intent.ts"
import * as Names from "./Names.ts"
import { answer, isRight } from "./Oracle.ts"
import { type Ask, asker, type Said } from "./Product.ts"
import { hash, Random } from "./Random.ts"
import { open, perturbed, run } from "./Rows.ts"
import type { World } from "./World.ts"

/**
 * - `a`: what is answered is right, and right on other facts too;
 * - `b`: a clause more changes the SQL, or is refused; `b2` also one about nothing that exists here, and words that say nothing;
 * - `c`: what the explanation says stands in the SQL, and the other way round;
 * - `d`: a content word less changes the SQL, or the explanation says the word;
 * - `e`: text is never compared with numbers, booleans or dates;
 * - `f`: the SQL prepares and runs;
 * - `g`: a birth, hire or sign-up is never "when";
 * - `h`: of two ways to a table, none is taken but the one that is called after it.
 */
export type Law = "a" | "b" | "b2" | "c" | "d" | "e" | "f" | "g" | "h"

export interface Violation {
  readonly law: Law
  readonly question: string
  readonly sql: string
  readonly explanation: string
  readonly why: string
}

/** A world opened once, with three variants of its facts. */
export class Bench implements Disposable {
  readonly world: World
  readonly ask: Ask
  readonly facts: ReadonlyArray<{ readonly world: World; readonly database: DatabaseSync }>

  constructor(world: World) {
    this.world = world
    this.ask = asker(world)
    const worlds = [world, ...[1, 2, 3].map((at) => perturbed(world, world.seed * 31 + at))]
    this.facts = worlds.map((one) => ({ world: one, database: open(one) }))
  }

  [Symbol.dispose](): void {
    for (const { database } of this.facts) database.close()
  }
}

type Outcome = "unsayable" | "refused" | "right" | "broken"

type Answered = Said & { readonly isRefused: false }

interface Checked {
  readonly outcome: Outcome
  readonly question: string
  readonly violations: ReadonlyArray<Violation>
}

/** Asks one question, and checks the answer. */
export const check = (bench: Bench, phrasings: Phrasings, intent: Intent, laws: ReadonlySet<Law>): Checked => {
  const question = render(bench.world, phrasings, intent)
  if (question === null) return { outcome: "unsayable", question: "", violations: [] }
  const said = bench.ask(question)
  if (said.isRefused) return { outcome: "refused", question, violations: [] }
  const wrong = facts(bench, intent, said)
  const found: ReadonlyArray<readonly [Law, ReadonlyArray<string>]> = [
    ...wrong,
    ["b", laws.has("b") ? addedClauses(bench, phrasings, intent, said) : []],
    ["b2", laws.has("b2") ? foreignClauses(bench, question, said) : []],
    ["c", claims(said)],
    ["d", laws.has("d") ? droppedWords(bench.ask, question, said) : []],
    ["e", types(bench.world, said)],
    ["g", dates(bench.world, question, said)],
    ["h", ways(bench.world, said)]
  ]
  const violations = found.flatMap(([law, all]) =>
    laws.has(law) ? all.map((why) => ({ law, question, sql: said.sql, explanation: said.explanation, why })) : []
  )
  return { outcome: wrong.length === 0 ? "right" : "broken", question, violations }
}

/** A category that no column is known to hold may be what a server lists, if the explanation says so. */
const statesMembers = /\(the \d+ that metadata lists/

const facts = (bench: Bench, intent: Intent, said: Answered): ReadonlyArray<readonly [Law, ReadonlyArray<string>]> => {
  for (const [at, { database, world }] of bench.facts.entries()) {
    const got = run(database, said.sql)
    if (Result.isFailure(got)) return [["f", [got.failure]]]
    const expected = [
      answer(world, intent),
      ...(statesMembers.test(said.explanation) ? [answer(world, intent, true)] : [])
    ]
    if (expected.some((one) => isRight(got.success.rows, got.success.width, one))) continue
    const rows = JSON.stringify(got.success.rows.slice(0, 4), (_, value) => value ?? null)
    const wanted = JSON.stringify(expected[0]?.rows.slice(0, 4))
    return [["a", [`${at === 0 ? "" : "right here, but not on other facts: "}got ${rows}, expected ${wanted}`]]]
  }
  return []
}

const addedClauses = ({ ask, world }: Bench, phrasings: Phrasings, intent: Intent, said: Answered) =>
  intent.clauses.flatMap((clause) => {
    const base = render(world, phrasings, { ...intent, clauses: intent.clauses.filter((one) => one !== clause) })
    return base !== null && isSame(ask(base), said) ? [`the same SQL as "${base}"`] : []
  })

const foreign =
  'in stock of us|without us|over there|over 77|except these|that ran out|from them only|made to last|of "Zorblatt"|with warranty'.split(
    "|"
  )

const fillers = "out|that exist|living overall|based on it|as data|so far|respectively|located there".split("|")

/** A few of many for each question: all of them are asked over the run. */
const foreignClauses = ({ ask, world }: Bench, question: string, said: Answered) => {
  const random = new Random(hash(question))
  const known = new Set(world.tables.flatMap(({ columns }) => columns.flatMap(({ values }) => values ?? [])))
  const codes = Names.codes.flatMap((code) => (known.has(code) ? [] : [`in ${code}`, `in the ${code}`]))
  const clauses = [...random.shuffle([...codes, ...foreign]).slice(0, 4), ...random.shuffle(fillers).slice(0, 2)]
  return clauses.flatMap((clause) =>
    isSame(ask(`${question.replace(/\?$/, "")} ${clause}`), said) ? [`the same SQL with "${clause}"`] : []
  )
}

const isSame = (one: Said, other: Answered): boolean =>
  !one.isRefused && one.sql === other.sql && !/ignor/i.test(one.explanation)

/** What every part of the explanation stands for is there, and no condition is that no part stands for. */
const pieces = ({ pieces: all, sql }: Answered): ReadonlyArray<string> => {
  const strange = all.filter((piece) => !sql.includes(piece)).map((piece) => `${piece} is not in the SQL`)
  // The place of the best of each is a condition on the rest of it.
  const left = all
    .toSorted((one, other) => other.length - one.length)
    .reduce((rest, piece) => rest.replace(piece, ""), sql.replace(") AS placed WHERE", " AND"))
  const unsaid = [/ WHERE (.*?)(?= GROUP BY | HAVING | ORDER BY | LIMIT |$)/, / HAVING (.*?)(?= ORDER BY | LIMIT |$)/]
    .map((clause) => (clause.exec(left)?.[1] ?? "").replaceAll("AND", "").trim())
    .filter((rest) => rest !== "")
  return [...strange, ...unsaid.map((rest) => `nothing is said of ${rest}`)]
}

const claims = (said: Answered): ReadonlyArray<string> => {
  const { explanation, sql } = said
  const wrong = [...pieces(said)]
  for (const [, from = ""] of explanation.matchAll(/from (\d{4}-\d{2}-\d{2})/g)) {
    if (!sql.includes(from)) wrong.push(`"from ${from}" is not in the SQL`)
  }
  for (const [, table = ""] of explanation.matchAll(/without any (\w+)/g)) {
    if (!new RegExp(`NOT (?:IN|EXISTS) \\(SELECT.*(?:FROM|JOIN) "?${table}`, "i").test(sql)) {
      wrong.push(`"without any ${table}" is not in the SQL`)
    }
  }
  for (const [, count = ""] of explanation.matchAll(/at most (\d+) row/g)) {
    if (!sql.includes(`LIMIT ${count}`)) wrong.push(`"at most ${count} rows" is not in the SQL`)
  }
  const only = [...explanation.matchAll(/, only ([^,.]+)/g)]
  if (only.length > (sql.match(/ WHERE | AND | HAVING /g) ?? []).length) wrong.push("more conditions than the SQL has")
  for (const [, text = ""] of sql.matchAll(/'((?:[^']|'')*)'/g)) {
    const value = text.replaceAll("''", "'")
    if (/^[\d-]+$/.test(value) || value.includes("%")) continue
    if (!explanation.toLowerCase().includes(value.toLowerCase())) wrong.push(`'${value}' is not in the explanation`)
  }
  return wrong
}

/** Words that may be left out without a word about it. Everything else is content. */
const grammatical = new Set(
  "a an the of in on at during for from to by is are was were be been do does did we our us i me my you it its that which who what whose where with and or show list give find get display tell please there ones have having has had all any how many much".split(
    " "
  )
)

const droppedWords = (ask: Ask, question: string, said: Answered): ReadonlyArray<string> => {
  const words = question.split(" ")
  return words.flatMap((word, at) => {
    const bare = word.toLowerCase().replaceAll(/[^a-z0-9-]/g, "")
    // A sum is told as a total.
    const told = bare === "sum" ? "total" : bare.replace(/s$/, "")
    const isSaid = said.explanation.toLowerCase().includes(told)
    if (words.length < 2 || bare === "" || grammatical.has(bare) || isSaid) return []
    return isSame(ask(words.toSpliced(at, 1).join(" ")), said) ? [`"${word}" changes nothing`] : []
  })
}

const types = (world: World, { sql }: Answered): ReadonlyArray<string> =>
  world.tables.flatMap((table) =>
    table.columns.flatMap(({ name, type }) => {
      if (type === "TEXT") return []
      const pattern = new RegExp(`${table.name}\\.${name} (?:=|<>|IN|NOT IN) \\(?((?:'(?:[^']|'')*'(?:, )?)+)`, "g")
      return [...sql.matchAll(pattern)]
        .flatMap(([, list = ""]) => [...list.matchAll(/'((?:[^']|'')*)'/g)].map(([, one = ""]) => one))
        .filter((one) => (type === "DATE" ? !/^\d{4}(-\d\d){0,2}/.test(one) : Number.isNaN(Number(one))))
        .map((one) => `${table.name}.${name} (${type}) is compared with '${one}'`)
    })
  )

const dates = (world: World, question: string, { sql }: Answered): ReadonlyArray<string> =>
  /sign|birth|born|hire|join/i.test(question)
    ? []
    : world.tables.flatMap(({ columns, name }) =>
        columns
          .filter(({ kind }) => kind === "personDate")
          .filter((column) => sql.includes(`${name}.${column.name} >=`))
          .map((column) => `${name}.${column.name} is taken for the time`)
      )

const ways = (world: World, { sql }: Answered): ReadonlyArray<string> => {
  const keys = world.tables.flatMap((table) =>
    table.columns.flatMap(({ name, ref }) =>
      ref !== undefined &&
      wordKey(ref) !== wordKey(name.replace(/_id$/, "")) &&
      table.columns.filter((other) => other.ref === ref).length > 1
        ? [`${table.name}.${name}`]
        : []
    )
  )
  // Whoever lists all columns lists the keys too, and shows the names of all of them beside.
  const joins = sql.replaceAll(/\(SELECT [^()]*\) AS \w+/g, "").replace(/^SELECT .*? FROM /, "")
  return keys
    .filter((key) => new RegExp(`${key}\\b`).test(joins))
    .map((key) => `${key} is one of two ways, and is taken`)
}
