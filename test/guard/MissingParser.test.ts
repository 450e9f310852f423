import { assert, it } from "@effect/vitest"
import { Effect } from "effect"
import { vi } from "vitest"
import * as SqlGuard from "../../src/guard/SqlGuard.ts"
import { table } from "./tables.ts"

const { missing } = vi.hoisted(() => ({
  missing: () => {
    throw new Error("Cannot find package")
  }
}))
vi.mock("sqlite3-parser", missing)
vi.mock("libpg-query", missing)

const check = (dialect: "sqlite" | "postgres", sql: string) =>
  SqlGuard.check(sql, { dialect, grounding: { tables: [table("orders", ["id"])] }, allowedFunctions: [] })

it.effect.each(["sqlite", "postgres"] as const)(
  "without a parser the lexical wall stands alone and says so: %s",
  (dialect) =>
    Effect.gen(function* () {
      const sql = "SELECT id, whatever FROM orders"
      assert.deepStrictEqual(yield* check(dialect, sql), {
        sql,
        walls: ["lexical"],
        tables: ["orders"],
        columns: ["id", "whatever"].map((name) => ({ name, values: null }))
      })
      assert.strictEqual((yield* Effect.flip(check(dialect, "DELETE FROM orders"))).category, "not_read_only")
      assert.strictEqual((yield* Effect.flip(check(dialect, "SELECT pg_sleep(1)"))).category, "forbidden_function")
      assert.strictEqual((yield* Effect.flip(check(dialect, "SELECT * FROM oders"))).category, "unknown_table")
    })
)
