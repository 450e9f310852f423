import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { forParser } from "../../src/guard/MysqlDialect.ts"
import * as SqlGuard from "../../src/guard/SqlGuard.ts"
import { refusalOf, table } from "./tables.ts"

const tables = [table("orders", ["id", "status", "total", "paid", "created"])]
const check = (sql: string) => SqlGuard.check(sql, { dialect: "mysql", grounding: { tables }, allowedFunctions: [] })

describe("What MySQL's parser does not know", () => {
  it.effect.each([
    "SELECT status, SUM(total) AS s FROM orders GROUP BY status WITH ROLLUP",
    "SELECT status, SUM(total) AS s FROM orders GROUP BY status WITH ROLLUP HAVING SUM(total) > 1 ORDER BY status LIMIT 5",
    "SELECT * FROM (SELECT status, COUNT(*) AS n FROM orders GROUP BY status WITH ROLLUP) AS t WHERE status IS NULL",
    "SELECT COUNT(*) AS n FROM orders WHERE !paid AND !(total > 1) AND !!id",
    "SELECT 1 -!paid AS n FROM orders",
    "SELECT id FROM orders WHERE total MOD 3 = 1 AND id MOD(2) = 0 AND MOD(id, 2) = 0",
    "SELECT DATE_ADD(created, INTERVAL '1-2' YEAR_MONTH) AS d FROM orders",
    "SELECT created - INTERVAL '1:30' HOUR_MINUTE AS d FROM orders",
    "SELECT EXTRACT(YEAR_MONTH FROM created) AS ym, COUNT(*) AS n FROM orders GROUP BY ym WITH ROLLUP"
  ])("passes, as it was written: %s", (sql) =>
    Effect.gen(function* () {
      assert.strictEqual((yield* check(sql)).sql, sql)
    })
  )

  it("is told in other words, and all else in its own", () => {
    assert.strictEqual(
      forParser("SELECT !a, b mod c FROM t WHERE d != 1 GROUP BY e WITH ROLLUP"),
      "SELECT  - a, b  %  c FROM t WHERE d != 1 GROUP BY e  "
    )
    for (const sql of [
      // Names, texts and comments that look like it.
      "SELECT `year_month`, t.year_month, t.mod, 'WITH ROLLUP', '!a' FROM t /* !a WITH ROLLUP YEAR_MONTH */",
      "SELECT year_hour, day_year, mod_a FROM t",
      "WITH rollup AS (SELECT 1 AS a) SELECT a FROM rollup",
      "SELECT a FROM t WHERE b IN (WITH rollup AS (SELECT 1) SELECT 1)",
      "SELECT MOD(a, b) FROM t"
    ]) {
      assert.strictEqual(forParser(sql), sql)
    }
  })

  it.effect.each([
    ["SELECT !(SELECT year FROM secrets) AS n FROM orders", /no table "secrets"/],
    ["SELECT !SLEEP(5) AS n FROM orders", /"sleep"/],
    ["SELECT id MOD SLEEP(5) AS n FROM orders", /"sleep"/],
    ["SELECT o.year_month FROM orders o", /no column "o.year_month"/],
    ["SELECT year_month FROM orders", /column "year"|syntax|Expected/],
    ["SELECT status FROM orders GROUP BY status WITH ROLLUP FOR UPDATE", /"update"/],
    ["SELECT status FROM orders GROUP BY status WITH ROLLUP INTO OUTFILE '/tmp/x'", /"into"/],
    ["SELECT 1 - !- - 1 AS a FROM orders; DELETE FROM orders", /only one statement|delete/],
    ["SELECT !@a := 1 AS n FROM orders", /"@"/],
    ["SELECT status FROM orders WITH ROLLUP UNION SELECT year FROM secrets", /secrets/]
  ] as const)("lets nothing through that stands beside it: %s", ([sql, why]) =>
    Effect.gen(function* () {
      assert.match((yield* refusalOf(check(sql))).message, why)
    })
  )
})
