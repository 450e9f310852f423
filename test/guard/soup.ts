/** Generated statements: strings of tokens, half of them hostile, from a seed. */
import { readFileSync } from "node:fs"

/** `GUARD_SEED` tries other strings than the pinned ones, `GUARD_RUNS` more of them. */
export const seed = Number(process.env["GUARD_SEED"] ?? 20_261_122)
export const runs = Number(process.env["GUARD_RUNS"] ?? 20_000)

export type Random = () => number

/** Mulberry32: small, fast, the same everywhere. */
export const random = (start: number): Random => {
  let state = start
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

export const pick = <A>(next: Random, from: ReadonlyArray<A>): A => {
  const value = from[Math.floor(next() * from.length)]
  if (value === undefined) throw new Error("nothing to pick from")
  return value
}

/** The gold statements of a dialect with the name of their database; see `sql-eval/NOTICE`. */
export const goldStatements = (dialect: "sqlite" | "mysql" | "postgres"): ReadonlyArray<{ db: string; sql: string }> =>
  readFileSync(new URL(`sql-eval/${dialect}.jsonl`, import.meta.url), "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line))

const words = `select select select from from where and or not in is null as as on join left inner cross union all
  distinct group by order having limit with recursive values case when then else end between like exists over
  partition filter within array row any interval cast using lateral offset true for materialized window escape
  insert into update delete returning set merge drop create truncate replace share key no locked table explain
  pragma begin commit analyze do call lock top apply nowait only collate at time zone natural
  a b t u v orders x y count sum lower coalesce date evil pg_sleep load_extension pragma_table_info`.split(/\s+/)

const quoted = [
  "'x'",
  "''",
  "'a''b'",
  "'\\'",
  "'\\\\'",
  "'a\\n'",
  "'",
  '"',
  '"a"',
  '"a""b"',
  '"evil"',
  '"\\"',
  "`",
  "`a`",
  "`a b`",
  "[",
  "]",
  "[a]",
  "[']",
  "e'\\''",
  "E'a'",
  "N'x'",
  "U&'x'",
  'U&"x"',
  "$$",
  "$a$",
  "x'00'"
]

const symbols = [
  "(",
  "(",
  ")",
  ")",
  ",",
  ",",
  ".",
  ";",
  "+",
  "-",
  "*",
  "/",
  "=",
  "<",
  ">",
  "||",
  "::",
  ":",
  "?",
  "@",
  "@>",
  "#>",
  "#>>",
  "?|",
  "[1:2]",
  "#",
  "!",
  "%",
  "^",
  "&",
  "|",
  "~",
  "->",
  "->>",
  "--",
  "-- ",
  "/*",
  "*/",
  "/* c */",
  "/*!",
  "/*+",
  "\n",
  "\r",
  "\t",
  "{",
  "}",
  "\\",
  "1",
  "2.5",
  ".5",
  "1e3",
  "0x1f",
  "1a",
  "$1",
  "é",
  "\u00a0",
  "\u0000"
]

const blanks = ["", " ", " ", " ", " ", " ", "\n", "/**/", " -- c\n"]

/** Tokens in any order. */
const soup = (next: Random): string => {
  const length = 1 + Math.floor(next() * 14)
  let text = next() < 0.7 ? "select " : ""
  for (let index = 0; index < length; index += 1) {
    const kind = next()
    text += kind < 0.6 ? pick(next, words) : kind < 0.75 ? pick(next, quoted) : pick(next, symbols)
    text += pick(next, blanks)
  }
  return text
}

/** Sentences of a small grammar, with everything that a query can hold and some that it must not. */
const query = (next: Random, depth: number): string => {
  const chance = (share: number, text: () => string) => (next() < share ? text() : "")
  const select = `select ${chance(0.1, () => "distinct ")}${chance(0.03, () => "distinct on (a) ")}${list(next, () => output(next, depth))}`
  const body = `${select}${chance(0.8, () => ` from ${list(next, () => source(next, depth))}`)}${chance(0.3, () => ` where ${expression(next, depth)}`)}${chance(0.15, () => ` group by ${expression(next, depth)}`)}${chance(0.1, () => ` union ${query(next, depth - 1)}`)}${chance(0.2, () => ` order by ${expression(next, depth)}`)}${chance(0.1, () => " limit 3")}`
  const tail = chance(0.06, () =>
    pick(next, [
      " for update",
      " for share",
      " into x",
      " for key share of t",
      " lock in share mode",
      "; select 1",
      " delete from t",
      " evil"
    ])
  )
  return (
    chance(
      0.15,
      () =>
        `with ${name(next)}${chance(0.3, () => " (a, b)")} as ${chance(0.1, () => "materialized ")}(${statement(next, depth - 1)}) `
    ) +
    body +
    tail
  )
}

const statement = (next: Random, depth: number): string =>
  next() < 0.9
    ? query(next, depth)
    : pick(next, [
        "delete from t",
        "delete from t returning *",
        "insert into t values (1)",
        "update t set a = 1 returning a",
        "values (1, 2)",
        "table t",
        "pragma x",
        "merge into t using u on true when matched then delete"
      ])

const list = (next: Random, item: () => string): string =>
  Array.from({ length: 1 + Math.floor(next() * 2.4) }, item).join(", ")

const output = (next: Random, depth: number): string =>
  next() < 0.15
    ? pick(next, ["*", "t.*", "a evil(b)", "evil"])
    : `${expression(next, depth)}${next() < 0.3 ? pick(next, [" as ", " "]) + name(next) : ""}`

const name = (next: Random): string =>
  pick(next, [
    "a",
    "b",
    "t",
    "u",
    '"a"',
    '"T x"',
    "`a`",
    "[a]",
    "evil",
    "comment",
    "start",
    "over",
    "filter",
    "by",
    "materialized",
    "values",
    "row",
    "é"
  ])

const source = (next: Random, depth: number): string => {
  const alias = () =>
    next() < 0.4
      ? pick(next, [" as ", " "]) +
        name(next) +
        (next() < 0.2 ? pick(next, ["(a)", " (a, b)", "(a int)", "(values int)"]) : "")
      : ""
  const kind = next()
  if (kind < 0.5 || depth <= 0) return name(next) + alias()
  if (kind < 0.65) return `(${statement(next, depth - 1)})${alias()}`
  if (kind < 0.8)
    return `${name(next)} ${pick(next, ["join", "left join", "cross join", "natural join"])} ${source(next, depth - 1)} ${pick(next, ["on a = b", "using (a)", ""])}`
  if (kind < 0.9)
    return `${pick(next, ["generate_series", "unnest", "json_each", "evil", "app.count", "lateral evil", "rows from"])}(${expression(next, depth - 1)})${alias()}`
  return pick(next, ["'x.csv'", "('x')", "only t", "only (t)", "t tablesample system (1)", "pragma_x"])
}

const expression = (next: Random, depth: number): string => {
  const inner = () => expression(next, depth - 1)
  if (depth <= 0)
    return pick(next, [name(next), `${name(next)}.${name(next)}`, "1", "'x'", "null", "current_date", "x'00'"])
  switch (Math.floor(next() * 14)) {
    case 0:
      return `${inner()} ${pick(next, ["+", "=", "and", "or", "like", "is", "||", "->>", "@>", "is distinct from", "in", "collate", "not like", "between 1 and"])} ${inner()}`
    case 1:
      return `${pick(next, ["count", "sum", "lower", "coalesce", "replace", "date", "left", "mod", "interval"])}(${list(next, inner)})`
    case 2:
      return `${pick(next, ["evil", '"lower"', "[lower]", "`lower`", "app.lower", "pg_catalog.lower", "pg_catalog.evil", "pg_sleep", name(next)])}(${list(next, inner)})`
    case 3:
      return `(${inner()})`
    case 4:
      return `(${statement(next, depth - 1)})`
    case 5:
      return `exists (${statement(next, depth - 1)})`
    case 6:
      return `${inner()} in (${list(next, inner)})`
    case 7:
      return `case when ${inner()} then ${inner()} end`
    case 8:
      return `cast(${inner()} as ${pick(next, ["int", "numeric(3, 2)", "evil(1)", "varchar(3)"])})`
    case 9:
      return `${inner()}::${pick(next, ["int", "numeric(3,2)", "evil(2)"])}`
    case 10:
      return `sum(${inner()}) ${pick(next, ["over ()", "filter (where true)", "over (partition by a)", "within group (order by a)", "over w"])}`
    case 11:
      return `${pick(next, ["array[", "a["])}${inner()}]`
    case 12:
      return pick(next, [
        "extract(year from a)",
        "substring(a from 1 for 2)",
        "trim(both 'x' from a)",
        "a at time zone ('x')",
        "not (a)",
        "not like(a, b)",
        "not materialized(a)",
        "rollup(a)",
        "operator(1)",
        "1 operator(pg_catalog.+) 1",
        "array(select 1)",
        "row(1, 2)",
        "any(a)",
        "a = any (select 1)"
      ])
    default:
      return inner()
  }
}

/** A gold statement with some of its characters replaced, repeated or cut, and others put in. */
const mutated = (next: Random, golds: ReadonlyArray<string>): string => {
  let text = pick(next, golds)
  const edits = 1 + Math.floor(next() * 3)
  for (let edit = 0; edit < edits; edit += 1) {
    const at = Math.floor(next() * text.length)
    const until = at + (next() < 0.5 ? 0 : Math.floor(next() * 12))
    const kind = next()
    const put =
      kind < 0.3 ? pick(next, quoted) : kind < 0.6 ? pick(next, symbols) : kind < 0.8 ? ` ${pick(next, words)} ` : ""
    text = text.slice(0, at) + put + text.slice(until)
  }
  return text
}

/** One statement: a sentence, a soup or a mutation. */
export const generated = (next: Random, golds: ReadonlyArray<string>): string => {
  const kind = next()
  return kind < 0.5 ? statement(next, 3) : kind < 0.75 ? soup(next) : mutated(next, golds)
}
