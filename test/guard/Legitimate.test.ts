/** What the guard must not refuse: statements of a public benchmark, and of every construct that a question may need. */
import { assert, describe, it } from "@effect/vitest"
import { Effect, Result } from "effect"
import { readFileSync } from "node:fs"
import * as SqlGuard from "../../src/guard/SqlGuard.ts"
import { goldStatements } from "./soup.ts"
import { table, tablesIn } from "./tables.ts"

const shop = [
  table("orders", `id customer_id status total created closed paid tags data matrix`.split(" ")),
  table("customers", ["id", "name", "city", "data"]),
  table("items", ["id", "order_id", "parent_id", "sku"]),
  table("Order Details", ["id"])
]

/**
 * Written for this project along the manuals' chapters on queries; one line a statement. Those the guard is known to
 * refuse are among them.
 */
const own = (dialect: string): ReadonlyArray<string> =>
  readFileSync(new URL(`legitimate/${dialect}.sql`, import.meta.url), "utf8")
    .trimEnd()
    .split("\n")

describe("statements that only read", () => {
  it.effect.each(["sqlite", "postgres", "mysql"] as const)("pass, at most one of a hundred is refused: %s", (dialect) =>
    Effect.gen(function* () {
      const golds = goldStatements(dialect).map(({ sql }) => sql)
      const owns = own(dialect)
      const refused: Array<string> = []
      for (const sql of [...golds, ...owns]) {
        const tables = owns.includes(sql) ? shop : yield* tablesIn(dialect, sql)
        const checked = yield* Effect.result(
          SqlGuard.check(sql, { dialect, grounding: { tables }, allowedFunctions: [] })
        )
        if (Result.isFailure(checked)) refused.push(`${sql}: ${checked.failure.message}`)
      }
      assert.isAtLeast(golds.length + owns.length, 300)
      assert.isAtMost(refused.length / (golds.length + owns.length), 0.01, refused.join("\n"))
    })
  )
})
