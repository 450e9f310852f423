import { assert, describe, it } from "@effect/vitest"
import { Result } from "effect"
import type { Dialect } from "../../src/config/OrchestratorConfig.ts"
import { builtInFunctions } from "../../src/guard/AllowedFunctions.ts"
import { checkLexically } from "../../src/guard/LexicalGuard.ts"
import { asciiLower, maxSqlLength } from "../../src/guard/SqlLexer.ts"
import { hostile } from "./hostile.ts"
import { goldStatements } from "./soup.ts"

/** What SQLite's wall says is said of every dialect, but for what only one of the others reads. */
const check = (sql: string, allowedFunctions: ReadonlyArray<string> = [], dialect: Dialect = "sqlite") =>
  checkLexically(sql, { allowedFunctions, dialect })
const passed = (sql: string, ...allowed: ReadonlyArray<string>) => Result.getOrThrow(check(sql, allowed))
const refused = (sql: string, ...allowed: ReadonlyArray<string>) => Result.getOrThrow(Result.flip(check(sql, allowed)))

describe("hostile statements", () => {
  it("are more than two hundred, none twice", () => {
    const statements = hostile.flatMap((group) => group.statements)
    assert.isAbove(statements.length, 200)
    assert.strictEqual(new Set(statements).size, statements.length)
  })

  const cases = hostile.flatMap(({ category, statements, why }) =>
    statements.map((sql) => ({ why, category, sql, shown: JSON.stringify(sql.slice(0, 100)) }))
  )
  it.each(cases)("are refused: $why: $shown", ({ category, sql }) => {
    const refusal = refused(sql)
    assert.strictEqual(refusal.category, category)
    assert.notMatch(refusal.message, /[\r\n]/)
  })

  it.each(cases)("are refused with a harmless comment and semicolon around them: $shown", ({ sql }) => {
    assert.isTrue(Result.isFailure(check(`/* report */ ${sql}`)))
    assert.isTrue(Result.isFailure(check(`${sql};`)))
  })
})

describe("statements that only read", () => {
  it.each(["sqlite", "mysql", "postgres"] as const)("pass: every gold statement of sql-eval for %s", (dialect) => {
    const statements = goldStatements(dialect)
    assert.isAbove(statements.length, 250)
    for (const { sql } of statements) assert.isTrue(Result.isSuccess(check(sql, [], dialect)), sql)
  })

  it.each([
    "SELECT 1",
    "(SELECT 1)",
    "((SELECT 1) UNION ALL (SELECT 2)) ORDER BY 1",
    "VALUES (1, 'a'), (2, 'b')",
    "WITH a AS (SELECT 1 AS n), b(m, k) AS (SELECT n, n FROM a) SELECT * FROM a, b",
    "WITH RECURSIVE c(n) AS (VALUES (1) UNION ALL SELECT n + 1 FROM c WHERE n < 5) SELECT n FROM c",
    "WITH a AS NOT MATERIALIZED (SELECT 1) SELECT * FROM a",
    "SELECT 'DELETE FROM orders; --' AS text",
    "SELECT 'it''s', 'back\\\\slash', 'C:\\temp', 'a%' LIKE 'b!%' ESCAPE '!'",
    'SELECT "order"."update" FROM "order"',
    "SELECT `Order Details`.`id` FROM `Order Details`",
    "SELECT [Order Details].[id] FROM [Order Details]",
    "SELECT o.comment, o.start, release FROM orders AS o WHERE lock = 1 AND comment IS NOT NULL",
    "SELECT COUNT(*) AS start FROM orders ORDER BY start",
    "SELECT o.update, o.delete, o.into, share FROM orders AS o",
    'SELECT "count"(*), `lower`(name) FROM orders',
    "SELECT REPLACE(name, 'a', 'b'), TRUNCATE(1.5, 0), LEFT(name, 2), MOD(4, 2), 4 MOD 2 FROM t",
    "SELECT CAST(x AS DECIMAL(10, 2)), x::numeric(10, 2), CAST(x AS character varying(20)) FROM t",
    "SELECT EXTRACT(YEAR FROM created), TRIM(BOTH 'x' FROM name), SUBSTRING('abc' FROM 2 FOR 1) FROM t",
    "SELECT a IS DISTINCT FROM 'b', pg_catalog.lower('X') FROM t",
    "SELECT * FROM (VALUES (1, 'a')) AS v(n, s), (VALUES (2)) w(m)",
    "SELECT * FROM generate_series(1, 3) AS g(n)",
    "SELECT DISTINCT ON (customer_id) * FROM orders ORDER BY customer_id, created DESC",
    "SELECT SUM(x) OVER (PARTITION BY a ORDER BY b ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) FROM t",
    "SELECT SUM(x) FILTER (WHERE x > 0), PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY x) FROM t",
    "SELECT LAG(x) OVER w FROM t WINDOW w AS (PARTITION BY a)",
    "SELECT a, b FROM t GROUP BY ROLLUP (a, b)",
    "SELECT a FROM t GROUP BY GROUPING SETS ((a), ())",
    "SELECT tags[1], ARRAY[1, 2], ARRAY['a', 'b'] FROM t WHERE x = ANY (ARRAY[1, 2])",
    "SELECT data ->> 'a', data @> '{}' FROM t",
    "SELECT x NOT LIKE 'a%', y BETWEEN 1 AND 2, z NOT IN (1, 2) FROM t",
    "SELECT * FROM a LEFT JOIN (b CROSS JOIN c) ON a.x = b.x JOIN d USING (id)",
    "SELECT created + INTERVAL '1 day', created - INTERVAL (1) DAY, '2026-01-01' FROM t",
    "SELECT created AT TIME ZONE 'UTC' FROM t LIMIT 5 OFFSET 10",
    "SELECT MATCH (name) AGAINST ('x') FROM t",
    "SELECT naïve, 数量 FROM größe",
    "SELECT 1 /* why: 'quoted; */, -- it's all right\n 2",
    "SELECT e'a', n'b', x'00', .5, 1e-3, 0x1F",
    "SELECT price$usd FROM t"
  ])("pass: %s", (sql) => {
    assert.strictEqual(passed(sql), sql)
  })

  it("lose the blanks, comments and semicolons around them, and nothing inside", () => {
    const inner = "SELECT 1 -- one\n, ';' /* two */ AS b"
    assert.strictEqual(passed(`\n-- report\n/* x */ ${inner} ;\n ; -- end`), inner)
  })
})

describe("functions", () => {
  it("are allowed by name, whatever their case, when the configuration adds them", () => {
    for (const sql of ["SELECT my_score(1)", "SELECT MY_SCORE (1)"]) {
      assert.strictEqual(refused(sql).category, "forbidden_function")
      assert.strictEqual(passed(sql, "My_Score"), sql)
    }
  })

  it("need their schema in the configuration as well", () => {
    assert.strictEqual(passed("SELECT app.score(1)", "app.score"), "SELECT app.score(1)")
    refused("SELECT app.score(1)", "score")
    refused("SELECT score(1)", "app.score")
    refused("SELECT x.app.score(1)", "app.score")
    refused("SELECT pg_catalog.app.score(1)", "app.score")
    refused('SELECT "app.score"(1)', "app.score")
  })

  it("are suggested by likeness", () => {
    assert.deepStrictEqual(refused("SELECT dateadd(1)").nearest.slice(0, 1), ["date_add"])
    assert.include(refused("SELECT my_scor(1)", "my_score").nearest, "my_score")
    assert.deepStrictEqual(refused("SELECT xyzzy(1)").nearest, [])
  })

  it("are listed in lower case, and none that acts is among them", () => {
    for (const name of builtInFunctions) assert.strictEqual(name, asciiLower(name))
    for (const name of ["pg_sleep", "nextval", "load_extension", "sleep", "set_config", "query_to_xml", "randomblob"]) {
      assert.isFalse(builtInFunctions.has(name), name)
    }
  })
})

describe("limits", () => {
  it("leave room for long lists", () => {
    passed(`SELECT id FROM t WHERE id IN (${Array.from({ length: 9000 }, (_, index) => index).join(", ")})`)
  })

  it("are exact", () => {
    const filled = (length: number) => `SELECT '${"x".repeat(length - "SELECT ''".length)}'`
    passed(filled(maxSqlLength))
    refused(filled(maxSqlLength + 1))
    passed(`SELECT ${"(".repeat(64)}1${")".repeat(64)}`)
    refused(`SELECT ${"(".repeat(65)}1${")".repeat(65)}`)
  })
})
