/** The facts of a world: filled in, filled in anew, and put into SQLite. */
import * as Result from "effect/Result"
import { DatabaseSync, type SQLOutputValue } from "node:sqlite"
import { Random } from "./Random.ts"
import type { Column, Table, World } from "./World.ts"

export type Value = string | number | null

export type Row = Table["rows"][number]

const day = (random: Random, from: string, days: number): string =>
  new Date(Date.parse(from) + random.int(days) * 86_400_000).toISOString().slice(0, 10)

/** A value for every column that is neither the row's key nor a name. */
export const fill = (
  random: Random,
  table: Table,
  tables: ReadonlyArray<Table>
): { readonly [column: string]: Value } =>
  Object.fromEntries(
    table.columns.flatMap((one) => {
      const value = valueFor(random, one, tables)
      return value === undefined ? [] : [[one.name, value]]
    })
  )

const valueFor = (random: Random, column: Column, tables: ReadonlyArray<Table>): Value | undefined => {
  switch (column.kind) {
    case "category":
    case "status":
    case "country":
      return random.pick(column.values ?? [""])
    case "amount":
      return random.chance(0.06) ? null : 5 + random.int(400) + (random.chance(0.5) ? 0.5 : 0)
    case "quantity":
      return 1 + random.int(9)
    case "stock":
      return random.chance(0.35) ? 0 : 1 + random.int(60)
    case "flag":
      return random.int(2)
    case "eventDate":
    case "otherDate":
      return day(random, "2024-10-01", 780)
    case "personDate":
      return column.name.startsWith("birth") ? day(random, "1960-01-01", 15_000) : day(random, "2024-06-01", 880)
    case "fk": {
      const target = tables.find(({ name }) => name === column.ref)
      return 1 + random.int(Math.max(1, (target?.rows.length ?? 1) - 1))
    }
    case "id":
    case "name":
    case "code":
      return undefined
  }
}

/** The same schema and names, other facts: what only luck made right is wrong here. */
export const perturbed = (world: World, seed: number): World => {
  const random = new Random(seed)
  return {
    ...world,
    tables: world.tables.map((table) => ({
      ...table,
      rows: table.rows.map((row) => ({ ...row, ...fill(random, table, world.tables) }))
    }))
  }
}

export const open = (world: World): DatabaseSync => {
  const database = new DatabaseSync(":memory:")
  for (const table of world.tables) {
    const columns = table.columns.map(({ kind, name, ref, type }) => {
      const rest = kind === "id" ? " PRIMARY KEY" : ref === undefined ? "" : ` REFERENCES ${ref}(id)`
      return `"${name}" ${type}${rest}`
    })
    database.exec(`CREATE TABLE ${table.name} (${columns.join(", ")})`)
    const insert = database.prepare(`INSERT INTO ${table.name} VALUES (${table.columns.map(() => "?").join(", ")})`)
    for (const row of table.rows) insert.run(...table.columns.map(({ name }) => row[name] ?? null))
  }
  return database
}

export interface Answer {
  readonly rows: ReadonlyArray<ReadonlyArray<SQLOutputValue>>
  /** How many columns there are. */
  readonly width: number
}

/** What a database says to a statement; fails with its error. */
export const run = (database: DatabaseSync, sql: string): Result.Result<Answer, string> =>
  Result.try({
    try: () => {
      const statement = database.prepare(sql)
      const names = statement.columns().map(({ name }) => name)
      return { rows: statement.all().map((row) => names.map((name) => row[name] ?? null)), width: names.length }
    },
    catch: String
  })
