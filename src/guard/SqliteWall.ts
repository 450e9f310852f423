/** The second wall for SQLite: its own grammar, by `sqlite3-parser`. */
import * as Effect from "effect/Effect"
import * as Predicate from "effect/Predicate"
import type * as Sqlite from "sqlite3-parser"
import type { DialectNames } from "./NameCheck.ts"
import { loading, type Parsed, type ParserUnavailable } from "./Parsed.ts"
import { parserPackages } from "./ParserPackages.ts"
import type { Alias, Expressions, Output, Query, Reference, Select, Source } from "./QueryShape.ts"
import { asciiLower } from "./SqlLexer.ts"
import { refuse, type SqlRefusal } from "./SqlRefusal.ts"

/** What SQLite's grammar makes of one statement. Fails on any other statement, and without the parser. */
export const parseSqlite: (sql: string) => Effect.Effect<Parsed, SqlRefusal | ParserUnavailable> = Effect.fnUntraced(
  function* (sql) {
    const parser = yield* loading(parserPackages.sqlite, () => import("sqlite3-parser"))
    const result = yield* Effect.try({
      try: () => parser.parseStmt(sql),
      catch: () => refuse("syntax", "the SQLite parser could not read the statement")
    })
    if (result.status === "error") {
      return yield* refuse("syntax", result.errors[0]?.message ?? "SQLite cannot parse the statement")
    }
    if (result.root.type !== "SelectStmt")
      return yield* refuse("not_read_only", "SQLite reads this as another statement than a query")
    return { query: queryOf(result.root.body, sql), calls: callsIn(result.root).map(asciiLower) }
  }
)

/** Columns that every SQLite table has, and the database of a file. */
export const sqliteNames: DialectNames = {
  implicitColumns: new Set(["rowid", "oid", "_rowid_"]),
  defaultSchema: "main",
  fold: asciiLower,
  seesLater: true,
  capitalsCount: false
}

// -----------------------------------------------------------------------------
// internals

type Node = Sqlite.AstNode

/** Everything with a `type` in the parser's tree is one of its nodes. */
const isNode = (value: unknown): value is Node => Predicate.hasProperty(value, "type") && Predicate.isString(value.type)

const childrenOf = (node: Node): ReadonlyArray<Node> => Object.values(node).flat().filter(isNode)

/** Depth first with a list instead of recursion: an expression may be thousands of operators deep. */
const walk = (roots: ReadonlyArray<Node>, visit: (node: Node) => ReadonlyArray<Node>): void => {
  const pending = roots.toReversed()
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) pending.push(...visit(node).toReversed())
}

const callsIn = (root: Node): ReadonlyArray<string> => {
  const calls: Array<string> = []
  walk([root], (node) => {
    if (node.type === "FunctionCallExpr" || node.type === "FunctionCallStarExpr") calls.push(node.name.name)
    if (node.type === "TableCallSelectTable") calls.push(node.tblName.objName.text)
    if (node.type === "InTableExpr" && node.args !== undefined) calls.push(node.rhs.objName.text)
    if (node.type === "RaiseExpr") calls.push("raise")
    return childrenOf(node)
  })
  return calls
}

const queryOf = (select: Sqlite.Select, sql: string): Query => ({
  recursive: true, // SQLite takes WITH and WITH RECURSIVE for the same
  ctes: (select.with?.ctes ?? []).map((table) => ({
    name: table.tblName.text,
    columns: table.columns?.map((column) => column.colName.text) ?? null,
    query: queryOf(table.select, sql)
  })),
  selects: [select.select, ...(select.compounds ?? []).map((arm) => arm.select)].map((arm) => selectOf(arm, sql)),
  tail: expressionsOf([...(select.orderBy ?? []), ...(select.limit === undefined ? [] : [select.limit])], sql),
  isLimited: select.limit !== undefined
})

const selectOf = (select: Sqlite.OneSelect, sql: string): Select => {
  if (select.type === "SelectValues") {
    const outputs: ReadonlyArray<Output> = [{ kind: "column", name: null }]
    return { sources: [], outputs, isFiltered: false, ...expressionsOf(select.values, sql) }
  }
  const from = fromOf(select.from, sql)
  const results = expressionsOf(select.columns, sql, false)
  const isClause = (node: Node) => node.type !== "FromClause" && !node.type.endsWith("ResultColumn")
  const clauses = expressionsOf(childrenOf(select).filter(isClause), sql)
  return {
    sources: from.sources,
    outputs: select.columns.map(outputOf),
    isFiltered: [clauses, from].some(({ references }) => references.length > 0),
    references: [...results.references, ...clauses.references, ...from.references],
    queries: [...results.queries, ...clauses.queries, ...from.queries]
  }
}

const outputOf = (column: Sqlite.ResultColumn): Output => {
  if (column.type === "StarResultColumn") return { kind: "star", table: null }
  if (column.type === "TableStarResultColumn") return { kind: "star", table: column.table.text }
  if (column.alias !== undefined) return { kind: "alias", name: column.alias.name.text }
  if (column.expr.type === "Id") return { kind: "column", name: column.expr.name }
  if (column.expr.type === "QualifiedExpr") return { kind: "column", name: column.expr.column.text }
  return { kind: "column", name: null }
}

const fromOf = (
  from: Sqlite.FromClause | undefined,
  sql: string
): Expressions & { readonly sources: ReadonlyArray<Source> } => {
  const sources: Array<Source> = []
  const conditions: Array<Node> = []
  const using: Array<Reference> = []
  const pending = from === undefined ? [] : [from]
  for (let clause = pending.pop(); clause !== undefined; clause = pending.pop()) {
    const joins = clause.joins ?? []
    for (const { constraint } of joins) {
      if (constraint?.type === "OnJoinConstraint") conditions.push(constraint.expr)
      if (constraint?.type === "UsingJoinConstraint") using.push(...constraint.columns.map((name) => plain(name.text)))
    }
    for (const table of [...(clause.select === undefined ? [] : [clause.select]), ...joins.map((join) => join.table)]) {
      const alias = aliasOf(table.alias)
      if (table.type === "TableSelectTable") sources.push({ kind: "table", path: pathOf(table.tblName), alias })
      else if (table.type === "SelectSelectTable")
        sources.push({ kind: "query", query: queryOf(table.select, sql), alias })
      else if (table.type === "TableCallSelectTable") {
        sources.push({ kind: "opaque", alias: alias ?? { name: table.tblName.objName.text, columns: [] } })
        conditions.push(...(table.args ?? []))
      } else {
        if (alias !== null) sources.push({ kind: "opaque", alias })
        pending.push(table.from)
      }
    }
  }
  const on = expressionsOf(conditions, sql)
  return { sources, references: [...on.references, ...using], queries: on.queries }
}

const aliasOf = (alias: Sqlite.As | undefined): Alias | null =>
  alias === undefined ? null : { name: alias.name.text, columns: [] }

const pathOf = (name: Sqlite.QualifiedName): ReadonlyArray<string> =>
  name.dbName === undefined ? [name.objName.text] : [name.dbName.text, name.objName.text]

/** Result columns have their names in every clause, but not beside each other. */
const plain = (name: string, mayBeAlias = true): Reference => ({ path: [name], mayBeAlias, mayBeString: false })

/** The columns and subqueries below these nodes. */
const expressionsOf = (roots: ReadonlyArray<Node>, sql: string, mayBeAlias = true): Expressions => {
  const references: Array<Reference> = []
  const queries: Array<Query> = []
  walk(roots, (node) => {
    switch (node.type) {
      case "Select":
        queries.push(queryOf(node, sql))
        return []
      case "InTableExpr":
        queries.push(wholeTable(node, sql))
        return [node.lhs]
      case "FunctionCallExpr":
      case "FunctionCallStarExpr":
        return childrenOf(node).filter((child) => child !== node.name)
      case "Id":
        if (!isBoolean(node, sql))
          references.push({ ...plain(node.name, mayBeAlias), mayBeString: sql.charAt(node.span.offset) === '"' })
        return []
      case "NameExpr":
        references.push(plain(node.name.text, mayBeAlias))
        return []
      case "QualifiedExpr":
        references.push({
          ...plain(node.column.text),
          path: [...(node.schema === undefined ? [] : [node.schema.text]), node.table.text, node.column.text]
        })
        return []
    }
    return childrenOf(node)
  })
  return { references, queries }
}

/** `x IN t` reads the whole table; `x IN f(…)` a function's rows. */
const wholeTable = (node: Sqlite.InTableExpr, sql: string): Query => ({
  recursive: true,
  ctes: [],
  selects: [
    {
      sources: [
        node.args === undefined
          ? { kind: "table", path: pathOf(node.rhs), alias: null }
          : { kind: "opaque", alias: null }
      ],
      outputs: [],
      isFiltered: false,
      ...expressionsOf(node.args ?? [], sql)
    }
  ],
  tail: { references: [], queries: [] },
  isLimited: false
})

const isBoolean = (id: Sqlite.Id, sql: string): boolean =>
  /^(?:true|false)$/i.test(id.name) && /[a-z]/i.test(sql.charAt(id.span.offset))
