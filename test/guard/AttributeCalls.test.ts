import { assert, it } from "@effect/vitest"
import { Effect, Result } from "effect"
import * as SqlGuard from "../../src/guard/SqlGuard.ts"

const source = { server: "db", uri: "db://schema" }
const column = (name: string) => ({ name, type: "text", primaryKey: false, description: null, values: [] })
const grounding = { tables: [{ name: "orders", description: null, columns: [column("id"), column("tags")], source }] }

const check = (sql: string) =>
  Effect.result(SqlGuard.check(sql, { dialect: "postgres", grounding, allowedFunctions: ["jsonb_each"] }))

it.effect("rows of a function have no attribute that could be a call", () =>
  Effect.gen(function* () {
    for (const sql of [
      "SELECT x.pg_read_file FROM unnest(ARRAY['/etc/passwd']) x",
      "SELECT x.wipe FROM orders o, unnest(o.tags) AS x(tag)",
      "SELECT unnest.pg_sleep FROM unnest(ARRAY[1])"
    ]) {
      assert.isTrue(Result.isFailure(yield* check(sql)), sql)
    }
  })
)

it.effect("their named columns, and those such rows usually have, pass", () =>
  Effect.gen(function* () {
    for (const sql of [
      "SELECT x.tag FROM orders o, unnest(o.tags) AS x(tag)",
      "SELECT x FROM orders o, unnest(o.tags) AS x",
      "SELECT x.x FROM orders o, unnest(o.tags) AS x",
      "SELECT e.key, e.value FROM jsonb_each('{}') e"
    ]) {
      const checked = yield* check(sql)
      assert.isTrue(Result.isSuccess(checked), `${sql}: ${Result.isFailure(checked) ? checked.failure.message : ""}`)
    }
  })
)

it.effect("a table of the engine's own schema is not the one that the schema names", () =>
  Effect.gen(function* () {
    assert.isTrue(Result.isFailure(yield* check("SELECT id FROM pg_catalog.orders")))
    assert.isTrue(Result.isSuccess(yield* check("SELECT id FROM public.orders")))
  })
)
