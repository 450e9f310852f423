/** Tables for tests of the guard, and what they ask of it. */
import { Effect } from "effect"
import type { Table } from "../../src/grounding/Grounding.ts"
import type { Dialect } from "../../src/config/OrchestratorConfig.ts"
import { parseMysql } from "../../src/guard/MysqlWall.ts"
import type { ParserUnavailable } from "../../src/guard/Parsed.ts"
import { parsePostgres } from "../../src/guard/PostgresWall.ts"
import type { Query } from "../../src/guard/QueryShape.ts"
import { parseSqlite } from "../../src/guard/SqliteWall.ts"
import type { SqlRefusal } from "../../src/guard/SqlRefusal.ts"

/** Tables for every name in a statement's FROM clauses, their columns unknown: for tests of everything but names. */
export const tablesIn = (dialect: Dialect, sql: string): Effect.Effect<ReadonlyArray<Table>> => {
  const parse = { sqlite: parseSqlite, postgres: parsePostgres, mysql: parseMysql }[dialect]
  return Effect.match(parse(sql), {
    onFailure: () => [],
    onSuccess: ({ query }) => namesIn(query).map((name) => table(name, []))
  })
}

const namesIn = (query: Query): ReadonlyArray<string> => [
  ...query.ctes.flatMap((one) => namesIn(one.query)),
  ...query.tail.queries.flatMap(namesIn),
  ...query.selects.flatMap(({ queries, sources }) => [
    ...queries.flatMap(namesIn),
    ...sources.flatMap((source) =>
      source.kind === "table" ? [source.path.join(".")] : source.kind === "query" ? namesIn(source.query) : []
    )
  ])
]

/** Why the guard refuses; what it cannot read for want of a parser is a bug of the test. */
export const refusalOf = <A>(checked: Effect.Effect<A, SqlRefusal | ParserUnavailable>) =>
  checked.pipe(Effect.catchTag("ParserUnavailable", Effect.die), Effect.flip)

export const table = (name: string, columns: ReadonlyArray<string>): Table => ({
  name,
  description: null,
  columns: columns.map((column) => ({ name: column, type: "", primaryKey: false, description: null, values: [] })),
  source: { server: "database_mcp", uri: "db://schema" }
})
