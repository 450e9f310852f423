import { assert, describe, it } from "@effect/vitest"
import { Effect, Option, Result } from "effect"
import { DatabaseSync } from "node:sqlite"
import type { Table } from "../../src/grounding/Grounding.ts"
import { checkNames } from "../../src/guard/NameCheck.ts"
import { parseSqlite, sqliteNames } from "../../src/guard/SqliteWall.ts"
import { pick, type Random, random, runs, seed } from "./soup.ts"
import { table } from "./tables.ts"

/** Each run asks SQLite as well. */
const nameRuns = Math.ceil(runs / 20)

const tables: ReadonlyArray<Table> = [table("a", ["id", "x"]), table("b", ["id", "y", "Sp ace"])]

const database = new DatabaseSync(":memory:", { enableDoubleQuotedStringLiterals: true })
database.exec('CREATE TABLE a (id, x); CREATE TABLE b (id, y, "Sp ace")')

/** What SQLite itself says about a statement: `null` if it can run. */
const complaint = (sql: string): string | null => {
  try {
    database.prepare(sql)
    return null
  } catch (error) {
    return String(error)
  }
}

const chance = (next: Random, share: number, text: () => string): string => (next() < share ? text() : "")

const column = (next: Random): string => {
  const common = ["id", "id", "id", "ID", "rowid", "x", '"x"', "y", "m"]
  const name = next() < 0.9 ? pick(next, common) : pick(next, ['"Sp ace"', "[y]", "`id`", "n", "nope", "a", "true"])
  return chance(next, 0.2, () => `${pick(next, ["a", "b", "t", "u", "A", '"t"', "main.a"])}.`) + name
}

const expression = (next: Random, depth: number): string => {
  if (depth <= 0 || next() < 0.5) return next() < 0.85 ? column(next) : pick(next, ["1", "'x'", "current_date", "null"])
  const inner = () => expression(next, depth - 1)
  switch (Math.floor(next() * 8)) {
    case 0:
      return `${inner()} = ${inner()}`
    case 1:
      return `lower(${inner()})`
    case 2:
      return `(${query(next, depth - 1)} limit 1)`
    case 3:
      return `exists (${query(next, depth - 1)})`
    case 4:
      return `${inner()} in (${query(next, depth - 1)})`
    case 5:
      return `${inner()} in ${pick(next, ["a", "b", "t", "nope"])}`
    case 6:
      return `count(*) over (partition by ${inner()} order by ${inner()})`
    default:
      return `case when ${inner()} then ${inner()} end`
  }
}

const alias = (next: Random): string =>
  chance(next, 0.5, () => pick(next, [" as ", " "]) + pick(next, ["t", "u", "a", "b", "m", '"T"']))

const source = (next: Random, depth: number): string => {
  const kind = next()
  if (depth <= 0 || kind < 0.6)
    return pick(next, ["a", "b", "A", "main.b", '"a"', "[b]", "t", "u", "nope"]) + alias(next)
  if (kind < 0.8) return `(${query(next, depth - 1)})${alias(next)}`
  if (kind < 0.9) return `json_each(${expression(next, 0)})${alias(next)}`
  return `(${source(next, 0)} join ${source(next, 0)})${alias(next)}`
}

const arm = (next: Random, depth: number): string => {
  const outputs = Array.from({ length: 1 + Math.floor(next() * 2) }, () =>
    next() < 0.25
      ? pick(next, ["*", "*", "t.*", "a.*"])
      : expression(next, depth) + chance(next, 0.4, () => pick(next, [" as m", " n", " as x", ' as "Q"']))
  )
  const join = chance(
    next,
    0.4,
    () => pick(next, [", ", " join ", " left join ", " natural join "]) + source(next, depth)
  )
  const on =
    join.includes("join") && !join.includes("natural")
      ? pick(next, [" using (id)", ` on ${expression(next, 0)} = ${expression(next, 0)}`, ""])
      : ""
  return `select ${outputs.join(", ")}${chance(next, 0.9, () => ` from ${source(next, depth)}${join}${on}`)}${chance(next, 0.3, () => ` where ${expression(next, depth)}`)}${chance(next, 0.15, () => ` group by ${expression(next, 0)}${chance(next, 0.4, () => ` having ${expression(next, 0)}`)}`)}`
}

/** Sound ones only: SQLite does not look into a WITH query that nothing uses, the check does. */
const commonTables = [
  "t as (select id, x from a)",
  "t as (select * from b)",
  "t(m) as (select id from a)",
  "t(m, n) as (values (1, 2) union all select id, y from b)",
  "t(m) as (select 1 union all select m + 1 from t limit 3)",
  "u as (select b.*, count(*) from b)",
  "u as (select id as n from b where exists (select 1 from b as c where c.id = b.id))",
  "a as (select y as m from b)"
]

const query = (next: Random, depth: number): string => {
  const common = chance(next, 0.25, () => `with ${pick(next, commonTables)} `)
  const union = chance(next, 0.12, () => ` union all ${arm(next, depth)}`)
  return common + arm(next, depth) + union + chance(next, 0.25, () => ` order by ${expression(next, 0)}`)
}

describe("the check of names beside SQLite itself", () => {
  it.effect("refuses no statement that SQLite can run, and nearly all that it cannot for an unknown name", () =>
    Effect.gen(function* () {
      const next = random(seed)
      const counts = { runs: 0, unknown: 0, found: 0 }
      for (let run = 0; run < nameRuns; run += 1) {
        const sql = query(next, 2)
        const parsed = yield* Effect.option(parseSqlite(sql))
        if (Option.isNone(parsed)) continue
        const refused = Result.isFailure(checkNames(parsed.value.query, tables, sqliteNames))
        const said = complaint(sql)
        if (said === null) {
          counts.runs += 1
          assert.isFalse(refused, sql)
        } else if (/no such (?:table|column)/.test(said)) {
          counts.unknown += 1
          if (refused) counts.found += 1
        }
      }
      assert.isAbove(counts.runs, nameRuns / 20)
      assert.isAbove(counts.found / counts.unknown, 0.9)
    })
  )
})
