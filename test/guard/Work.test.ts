import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import type { Dialect } from "../../src/config/OrchestratorConfig.ts"
import { parseTree } from "../../src/guard/MysqlParser.ts"
import * as SqlGuard from "../../src/guard/SqlGuard.ts"
import { maxOperators } from "../../src/guard/Work.ts"
import { refusalOf, table } from "./tables.ts"

const tables = [table("orders", ["id", "total", "parent_id"])]
const check = (sql: string, dialect: Dialect) =>
  SqlGuard.check(sql, { dialect, grounding: { tables }, allowedFunctions: [] })

const dialects = ["sqlite", "postgres", "mysql"] as const

describe("the work of a database", () => {
  it.effect.each(dialects)("is bounded where the statement shows it: %s", (dialect) =>
    Effect.gen(function* () {
      const count = (body: string) => `WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL ${body}) SELECT COUNT(*) FROM c`
      for (const sql of [
        count("SELECT n + 1 FROM c"),
        count("SELECT n + 1 FROM c WHERE true"),
        count("SELECT c.n + 1 FROM c, orders"),
        count("SELECT n + 1 FROM c WHERE n < 1000000000"),
        count("SELECT n + 1 FROM c WHERE n <= 1e12"),
        count("SELECT n + 1 FROM c WHERE 1000000000000 > n"),
        count("SELECT n + 1 FROM c WHERE n <> 1000000000000"),
        count("SELECT n + 1 FROM c WHERE n BETWEEN 1 AND 1000000000000")
      ]) {
        assert.match((yield* refusalOf(check(sql, dialect))).message, /recursion/, sql)
      }
      for (const sql of [
        count("SELECT n + 1 FROM c WHERE n < 1000000"),
        count("SELECT o.id FROM orders o JOIN c ON o.parent_id = c.n"),
        count("SELECT n + 1 FROM c LIMIT 5")
      ]) {
        yield* check(sql, dialect)
      }
    })
  )

  it.effect("is bounded for series and for texts that are made", () =>
    Effect.gen(function* () {
      for (const sql of [
        "SELECT COUNT(*) FROM generate_series(1, 1000000000)",
        "SELECT COUNT(*) FROM generate_series(1, 1000 * 1000 * 1000)",
        "SELECT COUNT(*) FROM generate_series(-2000000, 5)",
        "SELECT repeat('x', 1000001)",
        "SELECT repeat('x', 10 ^ 9)",
        "SELECT repeat(repeat('x', 1000), 1000)",
        "SELECT COUNT(*) FROM generate_series(1000000000, 1, -1)",
        "SELECT COUNT(*) FROM generate_series(1, 10::bigint * 1000000000)",
        "SELECT COUNT(*) FROM generate_series(1, CAST(1e9 AS bigint))",
        "SELECT COUNT(*) FROM generate_series(timestamp '2000-01-01', timestamp '2100-01-01', interval '1 millisecond')",
        "SELECT COUNT(*) FROM generate_series('2000-01-01'::date, '2100-01-01'::date, '1 second')",
        "SELECT COUNT(*) FROM generate_series('1'::bigint, '1000000000'::bigint)",
        "SELECT repeat('x', 1 << 30)",
        "SELECT repeat('x', '2000000000')",
        "SELECT repeat('x', (SELECT 2000000000))",
        "SELECT repeat('x', power(10, 9)::int)",
        "SELECT lpad('x', 99999999)",
        "SELECT format('%2000000s', 'x')"
      ]) {
        assert.match((yield* refusalOf(check(sql, "postgres"))).message, /makes more than/, sql)
      }
      for (const sql of [
        "SELECT repeat('x', 'a' ^ 'b') AS a",
        "SELECT repeat('x', power()) AS a",
        "SELECT COUNT(*) FROM generate_series(1, 1000000)",
        "SELECT COUNT(*) FROM generate_series(1600000000, 1600086400, 60)",
        "SELECT COUNT(*) FROM generate_series(1, 1000) AS a, generate_series(1, 1000) AS b",
        "SELECT COUNT(*) FROM generate_series(1, 1000000) UNION ALL SELECT COUNT(*) FROM generate_series(1, 1000000)",
        "SELECT COUNT(*) FROM generate_series('2000-01-01'::date, '2100-01-01'::date, interval '1 day')",
        "SELECT COUNT(*) FROM generate_series(date_trunc('day', now()) - interval '30 days', now(), interval '1 hour')",
        "SELECT COUNT(*) FROM orders, generate_series(orders.total, 1600086400, 60)",
        "SELECT repeat('x', total) FROM orders",
        "SELECT repeat('-', 80)"
      ]) {
        yield* check(sql, "postgres")
      }
    })
  )
})

it.effect.each([
  [
    "postgres",
    "SELECT COUNT(*) FROM generate_series(1, 999999) a CROSS JOIN generate_series(1, 999999) b",
    /series that make more than 1000000 rows together/
  ],
  [
    "postgres",
    "SELECT COUNT(*) FROM orders o, generate_series(1, 9999) a, LATERAL generate_series(1, 9999) b",
    /series that make/
  ],
  // SQLite recurs without the word.
  [
    "sqlite",
    "WITH r(n) AS (VALUES (1) UNION ALL SELECT n + 1 FROM r WHERE n < 1e15) SELECT COUNT(*) AS a FROM r",
    /counts to/
  ],
  ["mysql", "SELECT REPEAT('a', ~0) AS a", /makes more than/],
  ["mysql", "SELECT REPEAT('a', CAST(2000000000 AS UNSIGNED)) AS a", /makes more than/]
] as const)("work that is shown in another way is bounded too: %s %s", ([dialect, sql, why]) =>
  Effect.gen(function* () {
    assert.match((yield* refusalOf(check(sql, dialect))).message, why)
  })
)

const recursion = (arm: string, first = "SELECT 1") =>
  `WITH RECURSIVE c(n) AS (${first} UNION ALL ${arm}) SELECT COUNT(*) AS a FROM c`

describe("a recursion", () => {
  it.effect.each<readonly [Dialect, string]>([
    ["sqlite", recursion("SELECT n + 1 FROM c WHERE n > 0")],
    ["postgres", recursion("SELECT n + 1 FROM c WHERE n IS NOT NULL")],
    ["mysql", recursion("SELECT n + 1 FROM c WHERE n = n")],
    ["sqlite", recursion("SELECT n + 1 FROM c LIMIT 1000000000000")],
    ["sqlite", recursion("SELECT n + 1 FROM c LIMIT -1")],
    ["postgres", recursion("SELECT n + 1 FROM c LIMIT ALL")],
    ["sqlite", recursion("SELECT n - 1 FROM c WHERE n < 5")],
    ["postgres", recursion("SELECT (1 + n)::int FROM c WHERE n >= 0")],
    ["postgres", recursion("SELECT CAST(n + 1 AS bigint) FROM c WHERE NOT n < 0")],
    ["mysql", recursion("SELECT n + 1 FROM c WHERE 0 < n")],
    ["postgres", recursion("SELECT n + 1 FROM c WHERE n < 10 OR n > 5")],
    ["postgres", recursion("SELECT n + 1 FROM c WHERE n <> 0")],
    ["postgres", recursion("SELECT n + 1 FROM c WHERE n NOT BETWEEN -5 AND 0")],
    ["postgres", recursion("SELECT n + 1 FROM c WHERE n < n + 1")],
    ["postgres", recursion("SELECT n FROM c WHERE n < 5")],
    ["postgres", recursion("SELECT n + 0 FROM c WHERE n < 5")],
    ["postgres", recursion("SELECT x.n + 1 FROM (SELECT n FROM c) AS x WHERE x.n > 0")],
    ["postgres", recursion("SELECT x.n + 1 FROM (SELECT n FROM c) AS x")],
    ["sqlite", recursion("SELECT date(n, '+1 day') FROM c WHERE n > '2020-01-01'", "SELECT '2026-01-01'")],
    ["sqlite", recursion("SELECT n + 1 FROM c, orders WHERE n > 0")],
    ["postgres", recursion("SELECT n + 1 FROM c LEFT JOIN orders o ON o.id = c.n")],
    ["postgres", recursion("SELECT n + 1 FROM c CROSS JOIN (SELECT 1 AS one) AS x WHERE x.one < c.n")],
    ["postgres", recursion("SELECT c.n + 1 FROM c, orders o WHERE o.id = 1")],
    ["postgres", recursion("SELECT n + 1 FROM c WHERE EXISTS (SELECT 1 FROM orders WHERE id > 0)")],
    ["postgres", recursion("SELECT n + 1 FROM c WHERE (n > 0) = true")],
    ["postgres", recursion("SELECT n + 1 m FROM c WHERE -n < 0")],
    ["postgres", recursion("SELECT n + 1 FROM c WHERE n IN (n)")],
    ["postgres", recursion("SELECT x.m + 1 FROM c AS x(m) WHERE x.m >= 1")],
    ["postgres", recursion("SELECT x.m + 1 FROM (SELECT n AS m FROM c) AS x WHERE x.m >= 1")],
    ["sqlite", recursion("SELECT n + 1 FROM c WHERE n NOT LIKE 'x'")],
    ["sqlite", recursion("SELECT n + 1 FROM c, (SELECT id FROM orders) o WHERE o.id > 0")],
    [
      "sqlite",
      "SELECT (WITH c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n > 0) SELECT COUNT(*) FROM c) AS a"
    ],
    [
      "mysql",
      "WITH RECURSIVE `c` AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM `c` WHERE n > 0) SELECT COUNT(*) AS a FROM `c`"
    ],
    [
      "postgres",
      "WITH RECURSIVE a AS (SELECT 1 AS n UNION ALL (WITH b AS (SELECT n FROM a) SELECT n + 1 FROM b WHERE n > 0)) SELECT COUNT(*) AS k FROM a"
    ],
    [
      "postgres",
      "WITH RECURSIVE a(n, m) AS (SELECT 1, 2 UNION ALL SELECT n + 1, m + 1 FROM a WHERE n < m) SELECT n, m FROM a"
    ],
    [
      "mysql",
      "WITH RECURSIVE a(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM b), b AS (SELECT n FROM a) SELECT COUNT(*) AS k FROM a"
    ]
  ])("that nothing ends is refused: %s %s", ([dialect, sql]) =>
    Effect.gen(function* () {
      assert.match((yield* refusalOf(check(sql, dialect))).message, /the recursion of "[ac]" never ends/)
    })
  )

  it.effect.each<readonly [Dialect, string]>([
    ...dialects.flatMap((dialect): ReadonlyArray<readonly [Dialect, string]> => [
      [dialect, recursion("SELECT n + 1 FROM c WHERE n < 10")],
      [dialect, recursion("SELECT n + 1 FROM c WHERE n + 1 <= 10")],
      [dialect, recursion("SELECT n + 1 FROM c WHERE 10 > n AND n > 0")],
      [dialect, recursion("SELECT n - 1 FROM c WHERE n > 0", "SELECT 10")],
      [dialect, recursion("SELECT c.n * 2 AS n FROM c WHERE NOT (c.n >= 1000 OR c.n < 0)")],
      [dialect, recursion("SELECT n + 1 FROM c WHERE n BETWEEN 1 AND 10")],
      [dialect, recursion("SELECT n + 1 FROM c WHERE n < (SELECT MAX(total) FROM orders)")],
      [dialect, recursion("SELECT o.id FROM c, orders o WHERE o.parent_id = c.n", "SELECT id FROM orders")],
      [dialect, recursion("SELECT o.id FROM orders o INNER JOIN c ON c.n = o.parent_id", "SELECT id FROM orders")],
      [
        dialect,
        "WITH RECURSIVE t AS (SELECT id FROM orders UNION ALL SELECT o.id FROM orders o JOIN t ON o.parent_id = t.id) SELECT id FROM t"
      ],
      [
        dialect,
        "WITH RECURSIVE d AS (SELECT 1 AS day, 31 AS last UNION ALL SELECT day + 1, last FROM d WHERE day < last) SELECT day FROM d"
      ],
      [
        dialect,
        "WITH RECURSIVE fib(a, b) AS (SELECT 0, 1 UNION ALL SELECT b, a + b FROM fib WHERE b < 100) SELECT a FROM fib"
      ],
      [dialect, "WITH RECURSIVE a AS (SELECT id FROM orders), b AS (SELECT id FROM a) SELECT id FROM b"]
    ]),
    ["sqlite", recursion("SELECT n + 1 FROM c LIMIT 10")],
    ["postgres", recursion("(SELECT n + 1 FROM c WHERE n < 10)", "(SELECT 1)")],
    ["sqlite", recursion("SELECT date(n, '+1 day') FROM c WHERE n < date('now')", "SELECT '2026-01-01'")],
    ["sqlite", recursion("SELECT date(n, '-1 month') FROM c WHERE n > '2025-01-01'", "SELECT '2026-01-01'")],
    ["mysql", recursion("SELECT n + INTERVAL 1 DAY FROM c WHERE n < CURRENT_DATE", "SELECT DATE '2026-01-01'")],
    [
      "mysql",
      recursion("SELECT DATE_ADD(n, INTERVAL 1 DAY) FROM c WHERE n < '2026-02-01'", "SELECT DATE '2026-01-01'")
    ],
    [
      "postgres",
      recursion("SELECT (n + interval '1 month')::date FROM c WHERE n < date '2027-01-01'", "SELECT date '2026-01-01'")
    ],
    [
      "sqlite",
      `WITH RECURSIVE split(word, rest) AS (SELECT '', 'a,b,' UNION ALL
       SELECT substr(rest, 1, instr(rest, ',') - 1), substr(rest, instr(rest, ',') + 1) FROM split WHERE rest <> '')
       SELECT word FROM split`
    ],
    [
      "postgres",
      "WITH RECURSIVE t AS (SELECT id, ARRAY[id] AS path FROM orders UNION ALL SELECT o.id, path || o.id FROM orders o JOIN t ON o.parent_id = t.id WHERE NOT o.id = ANY(path)) SELECT id FROM t"
    ],
    [
      "sqlite",
      "WITH RECURSIVE b AS (SELECT MIN(total) AS lo, MAX(total) AS hi FROM orders), d(n) AS (SELECT lo FROM b UNION ALL SELECT n + 1 FROM d, b WHERE n < b.hi) SELECT n FROM d"
    ],
    [
      "sqlite",
      "WITH RECURSIVE m(m) AS (VALUES ('2025-01') UNION ALL SELECT strftime('%Y-%m', m || '-01', '+1 month') FROM m WHERE m < '2025-12') SELECT m FROM m"
    ]
  ])("that ends is run: %s %s", ([dialect, sql]) => check(sql, dialect))
})

describe("series", () => {
  it.effect.each([
    "SELECT COUNT(*) FROM (SELECT 1 FROM generate_series(1,1000000)) a, (SELECT 1 FROM generate_series(1,1000000)) b",
    "WITH s AS (SELECT n FROM generate_series(1, 1000000) AS n) SELECT COUNT(*) FROM s AS a, s AS b",
    "WITH s AS (SELECT n FROM generate_series(1, 2000) AS n), t AS (SELECT n FROM s) SELECT COUNT(*) FROM t JOIN s ON true",
    `SELECT COUNT(*) FROM generate_series(1,1000) a JOIN generate_series(1,1000) b ON true
     JOIN generate_series(1,1000000) c ON true`,
    "SELECT COUNT(*) FROM (generate_series(1,2000) a CROSS JOIN generate_series(1,2000) b)",
    "SELECT COUNT(*) FROM (SELECT 1 AS x FROM generate_series(1,2000)) a JOIN (SELECT 1 AS y FROM generate_series(1,2000)) b ON a.x = b.y",
    "SELECT (SELECT COUNT(*) FROM generate_series(1,2000) a JOIN (VALUES (1), (2)) v ON true JOIN generate_series(1,2000) b ON true) AS n",
    "SELECT COUNT(*) FROM (SELECT 1 FROM generate_series(1,900000) UNION ALL SELECT 1 FROM generate_series(1,900000)) a",
    "SELECT COUNT(*) FROM (SELECT generate_series(1,2000) AS x) a, (SELECT generate_series(1,2000) AS y) b",
    "SELECT generate_series(1, 2000) AS a, COUNT(*) AS n FROM generate_series(1, 2000) b GROUP BY 1",
    `WITH RECURSIVE c(n) AS (SELECT generate_series(1, 2000) UNION ALL SELECT n + 1 FROM c WHERE n < 5)
     SELECT COUNT(*) AS k FROM c AS a CROSS JOIN c AS b`,
    ...["n + 1 FROM c WHERE n < 2000", "n + 1 FROM c LIMIT 2000", "n - 1 FROM c WHERE n > -2000"].map(
      (arm) =>
        `WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT ${arm}) SELECT COUNT(*) AS k FROM c AS a CROSS JOIN c AS b`
    )
  ])("that make too many rows together are refused: %s", (sql) =>
    Effect.gen(function* () {
      assert.match((yield* refusalOf(check(sql, "postgres"))).message, /series that make more than 1000000 rows/)
    })
  )

  it.effect.each([
    "SELECT m FROM generate_series(1, 12) AS m JOIN orders ON orders.id = m",
    `WITH RECURSIVE y(n) AS (SELECT 2000 UNION ALL SELECT n + 1 FROM y WHERE n < 2026),
     m(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM m WHERE n < 12) SELECT y.n, m.n AS month FROM y CROSS JOIN m`,
    `WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < 5000)
     SELECT a.n FROM c AS a JOIN c AS b ON a.n = b.n`,
    `WITH days AS (SELECT d FROM generate_series('2020-01-01'::date, '2025-12-31'::date, interval '1 day') AS d)
     SELECT a.d, COUNT(*) AS n FROM days a LEFT JOIN days b ON b.d = a.d GROUP BY a.d`,
    `WITH months AS (SELECT m FROM generate_series(1, 12) AS m), years AS (SELECT y FROM generate_series(2000, 2030) AS y)
     SELECT y, m, COUNT(o.id) AS n FROM years CROSS JOIN months LEFT JOIN orders o ON o.id = m GROUP BY y, m`,
    `SELECT COUNT(*) FROM (SELECT COUNT(*) AS n FROM generate_series(1, 1000000)) a
     CROSS JOIN (SELECT COUNT(*) AS m FROM generate_series(1, 1000000)) b`,
    "SELECT COUNT(*) FROM (SELECT n FROM generate_series(1, 1000000) AS n LIMIT 10) a, generate_series(1, 1000) b",
    `WITH h AS (SELECT g AS h FROM generate_series('2025-01-01'::timestamp, '2025-12-31', '1 hour') g)
     SELECT a.h, b.h AS p FROM h a JOIN h b ON b.h = a.h - interval '1 hour'`
  ])("that make few are run: %s", (sql) => check(sql, "postgres"))
})

describe("texts that are put together", () => {
  it.effect.each<readonly [Dialect, string]>([
    ["postgres", "SELECT string_agg(repeat('x',1000000),'') AS a FROM generate_series(1, 1000000)"],
    [
      "postgres",
      "SELECT string_agg(t,'') AS a FROM (SELECT repeat('x',1000000) AS t FROM generate_series(1,1000000)) s"
    ],
    ["mysql", "SELECT GROUP_CONCAT(REPEAT('x', 1000000)) AS a FROM orders"],
    ["sqlite", "SELECT json_group_array(printf('%900000d', id)) AS a FROM orders"]
  ])("are bounded: %s %s", ([dialect, sql]) =>
    Effect.gen(function* () {
      assert.match((yield* refusalOf(check(sql, dialect))).message, /puts together more than 1000000 characters/)
    })
  )

  it.effect.each<readonly [Dialect, string]>([
    ["postgres", "SELECT string_agg(repeat('x', 3), '') AS a FROM generate_series(1, 1000)"],
    ["postgres", "SELECT string_agg(lpad(id::text, 10, '0'), ',') AS a FROM orders"],
    ["mysql", "SELECT GROUP_CONCAT(REPEAT('-', 80)) AS a FROM orders"]
  ])("are run where they are short: %s %s", ([dialect, sql]) => check(sql, dialect))
})

it.effect("a large number is nothing to count to where nothing recurs", () =>
  check("WITH c AS (SELECT id FROM orders WHERE total < 8000000000) SELECT COUNT(*) AS n FROM c", "sqlite")
)

describe("the work of a parser", () => {
  it.effect.each(dialects)("is bounded before it begins: %s", (dialect) =>
    Effect.gen(function* () {
      const chain = (length: number) => `SELECT id${" + id".repeat(length)} AS a FROM orders`
      yield* check(chain(maxOperators[dialect]), dialect)
      const { message } = yield* refusalOf(check(chain(maxOperators[dialect] + 1), dialect))
      assert.include(message, `more than ${maxOperators[dialect]} operators`)
    })
  )

  it.effect.each(dialects)("does not follow names without end: %s", (dialect) =>
    Effect.gen(function* () {
      const chain = (length: number) =>
        `WITH ${Array.from({ length }, (_, at) => `a${at + 1} AS (SELECT x.*, y.* FROM a${at} x, a${at} y)`).join(", ")}
         SELECT COUNT(*) AS n, a${length}.id FROM a${length}`
      const known = [...tables, table("a0", ["id"])]
      const run = (sql: string) => SqlGuard.check(sql, { dialect, grounding: { tables: known }, allowedFunctions: [] })
      const started = performance.now()
      yield* run(chain(40))
      assert.isBelow(performance.now() - started, 15_000)
      assert.match((yield* refusalOf(run(chain(150)))).message, /more than 100 WITH queries/)
    })
  )

  it.effect("takes no long chain of any operator too far for MySQL's", () =>
    Effect.gen(function* () {
      for (const operator of [
        "+ 1",
        "AND id",
        "OR id IN (1)",
        "LIKE 'x'",
        "IS NULL",
        "BETWEEN 1 AND 2",
        "DIV 2",
        "-> '$.a'"
      ]) {
        const sql = `SELECT 1 AS a FROM orders WHERE id${` ${operator}`.repeat(240)}`
        yield* Effect.ignore(check(sql, "mysql"))
        yield* check("SELECT id FROM orders", "mysql")
      }
    })
  )

  it.effect("goes on after a trap of MySQL's, which ends that instance only", () =>
    Effect.gen(function* () {
      for (let time = 0; time < 2; time += 1) {
        const trapped = yield* refusalOf(parseTree(`SELECT 1${" + 1".repeat(5000)}`))
        assert.strictEqual(trapped.message, "MySQL's parser gave up")
        yield* parseTree("SELECT 1")
      }
    })
  )

  it.effect("is short for statements nested as deep as they may be", () =>
    Effect.gen(function* () {
      const nested = (open: string, close: string, depth: number) =>
        `SELECT ${open.repeat(depth)}1${close.repeat(depth)} AS a FROM orders`
      const started = performance.now()
      for (const dialect of dialects) {
        for (const depth of [8, 16, 32, 60]) {
          yield* Effect.ignore(check(nested("CAST(", " AS CHAR)", depth), dialect))
          yield* Effect.ignore(check(nested("NOT (", ")", depth), dialect))
          yield* Effect.ignore(check(nested("INTERVAL ", " DAY", depth), dialect))
          yield* Effect.ignore(check(nested("(SELECT ", ")", depth), dialect))
        }
      }
      // Exponential parsers take minutes for these; a busy machine does not.
      assert.isBelow(performance.now() - started, 15_000)
    })
  )
})

it.effect.each(dialects)("a parser keeps no memory of what it has read: %s", (dialect) =>
  Effect.gen(function* () {
    const read = Effect.forEach(Array.from({ length: 1000 }), (_, at) =>
      Effect.exit(
        check(`SELECT id AS a${at} FROM orders WHERE total ${at % 2 === 0 ? "> 'x'" : "> ) <"} ${at}`, dialect)
      )
    )
    yield* read
    const before = process.memoryUsage().external
    yield* read
    yield* read
    // WebAssembly's memory grows by pages of 64 KiB and never shrinks.
    assert.isBelow(process.memoryUsage().external - before, 1_000_000)
  })
)
