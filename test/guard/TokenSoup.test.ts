import { assert, describe, it } from "@effect/vitest"
import * as mysql from "@guanmingchiu/sqlparser-ts"
import { Result } from "effect"
import * as postgres from "libpg-query"
import * as sqlite from "sqlite3-parser"
import { builtInFunctions } from "../../src/guard/AllowedFunctions.ts"
import { checkLexically } from "../../src/guard/LexicalGuard.ts"
import { agree, maskMysql, maskPostgres, maskSqlite } from "./masks.ts"
import { generated, goldStatements, random, runs, seed } from "./soup.ts"

const allowed = (name: string) => builtInFunctions.has(name)

/** What PostgreSQL's parser finds wrong with a statement; `null` if nothing, `undefined` if it cannot parse it. */
const postgresObjection = (sql: string): string | null | undefined => {
  let tree
  try {
    tree = postgres.parseSync(sql)
  } catch {
    return undefined
  }
  const [first, ...others] = tree.stmts ?? []
  if (others.length > 0 || first?.stmt === undefined) return `${others.length + 1} statements`
  if (!("SelectStmt" in first.stmt)) return Object.keys(first.stmt).join()
  const text = JSON.stringify(tree)
  const writes = /"(?:(?!SelectStmt)\w+Stmt|intoClause|lockingClause)":/.exec(text)
  if (writes !== null) return writes[0]
  for (const call of text.matchAll(/"FuncCall":\{"funcname":\[(.*?)\]/g)) {
    const names = [...(call[1] ?? "").matchAll(/"sval":"(.*?)"/g)].map((match) => match[1] ?? "")
    const own = names.length === 2 && names[0] === "pg_catalog" ? (names[1] ?? "") : names.join(".")
    // What the grammar itself spells as a call (EXTRACT, AT TIME ZONE, …) is in `syntax`.
    if (!allowed(own) && !(names[0] === "pg_catalog" && syntax.has(own))) return `calls ${own}`
  }
  return null
}

const syntax = new Set([
  "timezone",
  "like_escape",
  "similar_to_escape",
  "is_normalized",
  "normalize",
  "xmlexists",
  "pg_collation_for"
])

const sqliteObjection = (sql: string): string | null | undefined => {
  const parsed = sqlite.parse(sql)
  if (parsed.status === "error") return undefined
  const [first, ...others] = parsed.root.cmds
  if (others.length > 0 || first === undefined) return `${others.length + 1} statements`
  if (first.type !== "SelectStmt") return first.type
  let objection: string | null = null
  sqlite.traverse(first, {
    enter: (node) => {
      if (node.type.endsWith("Stmt") && node.type !== "SelectStmt") objection = node.type
    }
  })
  return objection
}

/** As far as MySQL's parser is trusted with: what it reads as SQL at all. */
const mysqlParser = new mysql.Parser(new mysql.MySqlDialect()).withRecursionLimit(16)

const mysqlObjection = (sql: string): string | null | undefined => {
  let statements
  try {
    statements = mysqlParser.parse(sql)
  } catch {
    return undefined
  }
  const [first, ...others] = statements
  if (others.length > 0 || first === undefined) return `${others.length + 1} statements`
  if (typeof first === "string" || !("Query" in first)) return "no query"
  const text = JSON.stringify(first)
  return (
    /"(?:Insert|Update|Delete|Merge)":|"into":\{|"locks":\[\{|"op":"Assignment"|"value":"@\w/.exec(text)?.[0] ?? null
  )
}

const dialects = ["sqlite", "postgres", "mysql"] as const

describe("the lexical guard beside the real parsers", () => {
  const golds = [...goldStatements("sqlite"), ...goldStatements("postgres")].map(({ sql }) => sql)

  it(`lets nothing but single, reading queries through (${runs} statements from seed ${seed})`, async () => {
    await Promise.all([postgres.loadModule(), mysql.init()])
    const next = random(seed)
    const counts = { accepted: 0, postgres: 0, sqlite: 0, mysql: 0 }
    for (let run = 0; run < runs; run += 1) {
      const text = generated(next, golds)
      const dialect = dialects[run % dialects.length] ?? "sqlite"
      const checked = checkLexically(text, { allowedFunctions: [], dialect })
      if (Result.isFailure(checked)) continue
      const sql = checked.success
      counts.accepted += 1
      if (
        dialect === "postgres" &&
        Result.isFailure(checkLexically(text, { allowedFunctions: [], dialect: "sqlite" }))
      ) {
        // It has an operator that only PostgreSQL reads.
        assert.isNull(postgresObjection(sql) ?? null, `PostgreSQL: ${JSON.stringify(text)}`)
        continue
      }
      const masked = maskPostgres(sql)
      assert.isTrue(agree(maskMysql(sql), masked), `MySQL reads ${JSON.stringify(text)} differently`)
      assert.isTrue(agree(maskSqlite(sql), masked), `SQLite reads ${JSON.stringify(text)} differently`)
      const inPostgres = postgresObjection(sql)
      const inSqlite = sqliteObjection(sql)
      if (inPostgres !== undefined) counts.postgres += 1
      if (inSqlite !== undefined) counts.sqlite += 1
      const inMysql = mysqlObjection(sql)
      if (inMysql !== undefined) counts.mysql += 1
      assert.isNull(inMysql ?? null, `MySQL: ${JSON.stringify(text)}`)
      assert.isNull(inPostgres ?? null, `PostgreSQL: ${JSON.stringify(text)}`)
      assert.isNull(inSqlite ?? null, `SQLite: ${JSON.stringify(text)}`)
    }
    // A guard that refused everything would pass as well.
    assert.isAbove(counts.accepted, runs / 20)
    assert.isAbove(counts.postgres, runs / 50)
    assert.isAbove(counts.sqlite, runs / 50)
    assert.isAbove(counts.mysql, runs / 50)
  })
})
