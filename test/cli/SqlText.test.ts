import { assert, it } from "@effect/vitest"
import { Result, Schema } from "effect"
import * as SqlText from "../../src/cli/SqlText.ts"
import * as SqlLexer from "../../src/guard/SqlLexer.ts"

const join =
  "SELECT products.name AS name, SUM(orders.quantity * products.price) AS revenue FROM orders LEFT JOIN products ON orders.product_id = products.id WHERE orders.customer_id NOT IN (SELECT customers.id FROM customers WHERE customers.country = 'from where, and or') AND EXTRACT(YEAR FROM orders.order_date) = 2026 GROUP BY products.name ORDER BY revenue DESC LIMIT 3"

it("a statement that is too wide is broken before its clauses, those of an inner one further in", () => {
  assert.deepStrictEqual(SqlText.wrap(join, 78), [
    "SELECT products.name AS name, SUM(orders.quantity * products.price) AS revenue",
    "FROM orders",
    "LEFT JOIN products ON orders.product_id = products.id",
    "WHERE orders.customer_id NOT IN (SELECT customers.id",
    "  FROM customers",
    "  WHERE customers.country = 'from where, and or')",
    "    AND EXTRACT(YEAR FROM orders.order_date) = 2026",
    "GROUP BY products.name",
    "ORDER BY revenue DESC",
    "LIMIT 3"
  ])
})

it("a clause that is too long goes on after a comma, or before AND and OR", () => {
  assert.deepStrictEqual(SqlText.wrap("SELECT alpha, beta, gamma, delta FROM t WHERE a = 1 AND b = 2 OR c = 3", 20), [
    "SELECT alpha, beta,",
    "    gamma, delta",
    "FROM t",
    "WHERE a = 1",
    "    AND b = 2",
    "    OR c = 3"
  ])
})

it("a statement with lines of its own keeps them, and goes on where one is too long", () => {
  assert.deepStrictEqual(SqlText.wrap("SELECT alpha, beta\nFROM t\n  JOIN u ON t.id = u.id AND t.x = u.x", 22), [
    "SELECT alpha, beta",
    "FROM t",
    "  JOIN u ON t.id =",
    "      u.id AND t.x =",
    "      u.x"
  ])
})

it("what fits or holds a comment stays as it is", () => {
  assert.deepStrictEqual(SqlText.wrap("SELECT 1 FROM a", 80), ["SELECT 1 FROM a"])
  assert.deepStrictEqual(SqlText.wrap(join, Number.POSITIVE_INFINITY), [join])
  assert.deepStrictEqual(SqlText.wrap("SELECT 'a\nb'  FROM a", 4), ["SELECT 'a", "b'  FROM a"])
  assert.deepStrictEqual(SqlText.wrap("SELECT 1 /* why */ FROM a", 10), ["SELECT 1 /* why */ FROM a"])
})

const Piece = Schema.Literals([
  "SELECT",
  "a",
  "b.c",
  "FROM",
  "orders",
  "WHERE",
  "x",
  "=",
  "'it''s, and'",
  "AND",
  "OR",
  "(",
  ")",
  ",",
  "JOIN",
  "LEFT",
  "GROUP",
  "BY",
  "ORDER",
  "LIMIT",
  "10",
  "<=",
  "||",
  '"quoted name"',
  "UNION",
  "COUNT(*)",
  "::text"
])

it.prop(
  "wrapping changes blanks alone: the tokens are the same",
  [
    Schema.Array(Piece).check(Schema.isBetweenLength(1, 60)),
    Schema.Int.check(Schema.isBetween({ minimum: 10, maximum: 100 }))
  ],
  ([pieces, columns]) => {
    const sql = pieces.join(" ")
    const tokens = (text: string) =>
      Result.map(SqlLexer.lex(text, "postgres"), (all) => all.map(({ kind, text }) => `${kind} ${text}`))
    const lines = SqlText.wrap(sql, columns)
    assert.deepStrictEqual(tokens(lines.join("\n")), tokens(sql))
    assert.strictEqual(lines.join("").replaceAll(" ", ""), sql.replaceAll(" ", ""))
  }
)
