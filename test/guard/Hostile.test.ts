/** The whole guard against what is tried, in every dialect and in every dress. */
import { assert, describe, it } from "@effect/vitest"
import { Effect, Exit, Result } from "effect"
import { readFileSync } from "node:fs"
import type { Dialect } from "../../src/config/OrchestratorConfig.ts"
import * as SqlGuard from "../../src/guard/SqlGuard.ts"
import { lex, type Token } from "../../src/guard/SqlLexer.ts"
import { attackStatements, harmlessStatements } from "./attacks.ts"
import { hostile } from "./hostile.ts"
import { table } from "./tables.ts"

const tables = [
  table("orders", ["id", "customer_id", "status", "total", "tags"]),
  table("customers", ["id", "name", "data"]),
  table("items", ["id", "order_id"]),
  // What a server may have published, hoping to be asked for it.
  ...["pg_shadow", "sqlite_master", "mysql.user", "x.pg_authid", "information_schema.tables"].map((name) =>
    table(name, [])
  )
]

const dialects = ["sqlite", "postgres", "mysql"] as const

const passes = (dialect: Dialect, sql: string) =>
  Effect.map(Effect.exit(SqlGuard.check(sql, { dialect, grounding: { tables }, allowedFunctions: [] })), (exit) =>
    Exit.isSuccess(exit)
  )

/** The statement with each of its tokens written anew; as it is where it has no tokens. */
const rewritten = (sql: string, dialect: Dialect, glue: string, write: (token: Token, source: string) => string) => {
  const tokens = Result.getOrElse(lex(sql, dialect), (): ReadonlyArray<Token> => [])
  if (tokens.length === 0) return sql
  return tokens
    .map((token, index) => {
      const gap = sql.slice(token.end, tokens[index + 1]?.start ?? token.end)
      return write(token, sql.slice(token.start, token.end)) + (gap === "" ? "" : glue)
    })
    .join("")
}

const keywords = new Set(
  `select from where and or not in is null as on join group by order having union all with recursive case when then else
   end exists over partition limit into for update share lock table values only rows cast array true between like
   index use force key outfile dumpfile mode procedure left outer set call do show handler open delete drop insert
   replace explain pragma attach vacuum copy program to next value columns path int tablesample system skip locked
   abort text`.split(/\s+/)
)

const quoted = (dialect: Dialect) => (token: Token, source: string) => {
  if (token.kind !== "word" || keywords.has(token.text)) return source
  return dialect === "mysql" ? `\`${source}\`` : `"${source}"`
}

/** Written at one go by somebody who looked for what the others had left out; one line a statement. */
const written = (dialect: Dialect): ReadonlyArray<string> =>
  readFileSync(new URL(`refused/${dialect}.sql`, import.meta.url), "utf8")
    .trimEnd()
    .split("\n")

const dresses: { readonly [dress: string]: (sql: string, dialect: Dialect) => string } = {
  plain: (sql) => sql,
  "a semicolon behind it": (sql) => `${sql} ;`,
  "comments between its words": (sql, dialect) => rewritten(sql, dialect, "/* ' */", (_, source) => source),
  "comments and lines between its words": (sql, dialect) => rewritten(sql, dialect, " -- x\n", (_, source) => source),
  capitals: (sql, dialect) =>
    rewritten(sql, dialect, " ", ({ kind }, source) => (kind === "word" ? source.toUpperCase() : source)),
  "mixed case": (sql, dialect) =>
    rewritten(sql, dialect, "\n\t", ({ kind }, source) =>
      kind === "word"
        ? source.replace(/[a-z]/gi, (letter, at: number) => (at % 2 ? letter.toUpperCase() : letter.toLowerCase()))
        : source
    ),
  "quoted names": (sql, dialect) => rewritten(sql, dialect, " ", quoted(dialect)),
  "no-break spaces": (sql) => sql.replace(" ", "\u00a0"),
  "full-width letters": (sql) =>
    sql.replace(/[a-z]/i, (letter) => String.fromCodePoint((letter.codePointAt(0) ?? 0) + 0xfee0)),
  "a zero-width space in a word": (sql) => sql.replace(/(?<=[a-z])(?=[a-z])/i, "\u200b"),
  "a byte order mark": (sql) => `\ufeff${sql}`
}

describe("hostile statements", () => {
  it("are more than six hundred, written for three dialects", () => {
    const all = [...hostile.flatMap(({ statements }) => statements), ...dialects.flatMap(attackStatements)]
    assert.isAbove(dialects.flatMap(attackStatements).length, 600)
    assert.isAbove(all.length, 900)
  })

  const cases = dialects.flatMap((dialect) => Object.keys(dresses).map((dress) => ({ dialect, dress })))
  it.effect.each(cases)("are refused: $dialect, $dress", ({ dialect, dress }) =>
    Effect.gen(function* () {
      const through: Array<string> = []
      for (const sql of [...attackStatements(dialect), ...written(dialect)]) {
        const dressed = dresses[dress]?.(sql, dialect) ?? sql
        if (yield* passes(dialect, dressed)) through.push(dressed)
      }
      assert.deepStrictEqual(through, [])
    })
  )

  it.effect.each(dialects)("of every dialect are refused in this one too: %s", (dialect) =>
    Effect.gen(function* () {
      const through: Array<string> = []
      for (const sql of hostile.flatMap(({ statements }) => statements)) {
        if (yield* passes(dialect, sql)) through.push(sql)
      }
      assert.deepStrictEqual(through, [])
    })
  )

  it.effect.each(dialects)("stand at places where harmless ones pass: %s", (dialect) =>
    Effect.gen(function* () {
      for (const sql of harmlessStatements()) assert.isTrue(yield* passes(dialect, sql), sql)
    })
  )
})
