/** The second wall for PostgreSQL: its own parser, by `libpg-query` (WebAssembly). */
import * as Effect from "effect/Effect"
import * as Predicate from "effect/Predicate"
import type * as Postgres from "libpg-query"
import type { DialectNames } from "./NameCheck.ts"
import { loading, type Parsed, type ParserUnavailable } from "./Parsed.ts"
import { parserPackages } from "./ParserPackages.ts"
import type { Alias, CommonTable, Expressions, Output, Query, Reference, Select, Source } from "./QueryShape.ts"
import { refuse, type SqlRefusal } from "./SqlRefusal.ts"
import { field, listOf, textOf } from "./SyntaxTree.ts"

/** What PostgreSQL's parser makes of one statement. Fails on any other statement, and without the parser. */
export const parsePostgres: (sql: string) => Effect.Effect<Parsed, SqlRefusal | ParserUnavailable> = Effect.fnUntraced(
  function* (sql) {
    const parser = yield* loading(parserPackages.postgres, () => import("libpg-query"))
    yield* loading(parserPackages.postgres, () => parser.loadModule())
    const { stmts = [] } = yield* Effect.try({
      try: () => parser.parseSync(sql),
      catch: (cause) => refuse("syntax", parser.hasSqlDetails(cause) ? cause.message : "PostgreSQL's parser gave up")
    })
    const [first, ...others] = stmts
    if (others.length > 0) return yield* refuse("multiple_statements", "PostgreSQL reads this as several statements")
    const statement = first?.stmt
    if (statement === undefined || !("SelectStmt" in statement)) {
      return yield* refuse("not_read_only", "PostgreSQL reads this as another statement than a query")
    }
    const found = inspect(statement)
    if (found.writes !== null) return yield* refuse("not_read_only", `PostgreSQL reads a ${found.writes} in it`)
    if (found.lookup !== null) {
      return yield* refuse("unknown_table", `a cast to ${found.lookup} looks names up in the database's own tables`)
    }
    return { query: queryOf(statement.SelectStmt), calls: found.calls }
  }
)

/** Columns that every PostgreSQL table has, and the schema of tables for which none is named. */
export const postgresNames: DialectNames = {
  implicitColumns: new Set(["ctid", "xmin", "xmax", "cmin", "cmax", "tableoid"]),
  defaultSchema: "public",
  // Its parser has folded what is not quoted.
  fold: (name) => name,
  seesLater: true,
  capitalsCount: true
}

// -----------------------------------------------------------------------------
// internals

type Node = Postgres.Node

/** Depth first with a list instead of recursion: an expression may be thousands of operators deep. */
const walk = (roots: ReadonlyArray<unknown>, visit: (key: string, node: Node) => boolean): void => {
  const pending = roots.toReversed()
  while (pending.length > 0) {
    const value = pending.pop()
    if (Array.isArray(value)) pending.push(...value.toReversed())
    else if (isNode(value)) {
      const entries = Object.entries(value).toReversed()
      pending.push(...entries.filter(([key]) => visit(key, value)).map(([, child]) => child))
    }
  }
}

/** The parser's tree is made of its nodes (one key, the node's type) and of structures; neither is anything else. */
const isNode = (value: unknown): value is Node => Predicate.isObject(value)

/** Types whose values are names of the catalog, in either direction: `16384::regclass`, `'secret'::regrole`. */
const lookups = new Set(
  "regclass regproc regprocedure regoper regoperator regtype regrole regnamespace regcollation".split(" ")
)

interface Inspected {
  readonly calls: ReadonlyArray<string>
  /** What writes or locks, the first of it. */
  readonly writes: string | null
  /** The first type that looks something up. */
  readonly lookup: string | null
}

const inspect = (statement: Node): Inspected => {
  const calls: Array<string> = []
  let writes: string | null = null
  let lookup: string | null = null
  walk([statement], (key, node) => {
    const isStatement = key.endsWith("Stmt") && key !== "SelectStmt"
    if (isStatement || key === "intoClause" || key === "lockingClause") writes ??= key
    // (x).f is the call f(x) where x has no such attribute.
    if ("A_Indirection" in node && strings(node.A_Indirection.indirection).length > 0) writes ??= "call by attribute"
    // COERCE_SQL_SYNTAX marks what the grammar spells in words, such as EXTRACT(… FROM …).
    if ("FuncCall" in node && node.FuncCall.funcformat !== "COERCE_SQL_SYNTAX") calls.push(functionName(node.FuncCall))
    if (key === "typeName") lookup ??= typeNames(node).find((name) => lookups.has(name)) ?? null
    return true
  })
  return { calls, writes, lookup }
}

const functionName = (call: Postgres.FuncCall): string => {
  const names = strings(call.funcname)
  return (names.length === 2 && names[0] === "pg_catalog" ? names.slice(1) : names).join(".")
}

const typeNames = (node: Node): ReadonlyArray<string> =>
  listOf(field(node, "typeName", "names")).flatMap((name) => textOf(field(name, "String", "sval")) ?? [])

const strings = (nodes: ReadonlyArray<Node> | undefined): ReadonlyArray<string> =>
  (nodes ?? []).flatMap((node) => ("String" in node ? [node.String.sval ?? ""] : []))

const queryOf = (select: Postgres.SelectStmt): Query => ({
  recursive: select.withClause?.recursive ?? false,
  ctes: (select.withClause?.ctes ?? []).flatMap(commonTablesOf),
  selects: armsOf(select),
  tail: merge(
    expressionsOf(
      (select.sortClause ?? []).map((node) => ("SortBy" in node ? node.SortBy.node : node)),
      true
    ),
    expressionsOf([select.limitCount, select.limitOffset], false)
  ),
  isLimited: select.limitCount !== undefined
})

const commonTablesOf = (node: Node): ReadonlyArray<CommonTable> => {
  if (!("CommonTableExpr" in node)) return []
  const { aliascolnames, ctename = "", ctequery } = node.CommonTableExpr
  if (ctequery === undefined || !("SelectStmt" in ctequery)) return []
  const columns = aliascolnames === undefined ? null : strings(aliascolnames)
  return [{ name: ctename, columns, query: queryOf(ctequery.SelectStmt) }]
}

/** The arms of a chain of set operations, left to right. An arm with its own WITH, ORDER BY or LIMIT is a derived table. */
const armsOf = (root: Postgres.SelectStmt): ReadonlyArray<Select> => {
  const arms: Array<Select> = []
  const pending = [root]
  for (let select = pending.pop(); select !== undefined; select = pending.pop()) {
    const { limitCount, limitOffset, sortClause, withClause } = select
    if (select !== root && (withClause ?? sortClause ?? limitCount ?? limitOffset) !== undefined) {
      const source: Source = { kind: "query", query: queryOf(select), alias: null }
      const outputs: ReadonlyArray<Output> = [{ kind: "star", table: null }]
      arms.push({ sources: [source], outputs, isFiltered: false, references: [], queries: [] })
    } else if (select.larg !== undefined && select.rarg !== undefined) pending.push(select.rarg, select.larg)
    else arms.push(selectOf(select))
  }
  return arms
}

const selectOf = (select: Postgres.SelectStmt): Select => {
  const from = fromOf(select.fromClause ?? [])
  const {
    targetList = [],
    valuesLists,
    whereClause,
    havingClause,
    windowClause,
    groupClause = [],
    distinctClause = []
  } = select
  const conditions = expressionsOf([whereClause, havingClause], false)
  return {
    sources: from.sources,
    outputs: valuesLists === undefined ? targetList.map(outputOf) : [{ kind: "column", name: null }],
    isFiltered: [conditions, from].some(({ references }) => references.length > 0),
    ...merge(
      expressionsOf([targetList.filter((node) => !isStar(node)), valuesLists], false),
      conditions,
      expressionsOf([windowClause], false),
      expressionsOf([...groupClause, ...distinctClause], true),
      from
    )
  }
}

const merge = (...all: ReadonlyArray<Expressions>): Expressions => ({
  references: all.flatMap((each) => each.references),
  queries: all.flatMap((each) => each.queries)
})

const columnPath = (node: Node | undefined): ReadonlyArray<string> | null =>
  node !== undefined && "ColumnRef" in node ? strings(node.ColumnRef.fields) : null

const endsInStar = (node: Node | undefined): boolean =>
  node !== undefined && "ColumnRef" in node && (node.ColumnRef.fields ?? []).some((field) => "A_Star" in field)

const isStar = (target: Node): boolean => "ResTarget" in target && endsInStar(target.ResTarget.val)

const outputOf = (target: Node): Output => {
  if (!("ResTarget" in target)) return { kind: "column", name: null }
  const { name, val } = target.ResTarget
  const path = columnPath(val)
  if (endsInStar(val)) return { kind: "star", table: path?.at(-1) ?? null }
  if (name !== undefined) return { kind: "alias", name }
  return path === null ? { kind: "alias", name: madeUpName(val) } : { kind: "column", name: path.at(-1) ?? null }
}

/** The name PostgreSQL gives a result column without one, as far as it is simple: ORDER BY may use it. */
const madeUpName = (value: Node | undefined): string | null => {
  if (value === undefined) return null
  if ("FuncCall" in value) return strings(value.FuncCall.funcname).at(-1) ?? null
  return "A_Const" in value || "A_Expr" in value ? "?column?" : null
}

/** The columns and subqueries below these nodes. `byPosition`: a bare name at the top may be a result column. */
const expressionsOf = (roots: ReadonlyArray<unknown>, byPosition: boolean): Expressions => {
  const references: Array<Reference> = []
  const queries: Array<Query> = []
  walk(roots, (key, node) => {
    if (key === "ColumnRef" && !endsInStar(node)) {
      const path = columnPath(node) ?? []
      references.push({ path, mayBeAlias: byPosition && path.length === 1 && roots.includes(node), mayBeString: false })
    }
    if (key !== "SelectStmt" || !("SelectStmt" in node)) return true
    queries.push(queryOf(node.SelectStmt))
    return false
  })
  return { references, queries }
}

const fromOf = (from: ReadonlyArray<Node>): Expressions & { readonly sources: ReadonlyArray<Source> } => {
  const sources: Array<Source> = []
  const expressions: Array<unknown> = []
  const using: Array<Reference> = []
  const pending: Array<Node | undefined> = from.toReversed()
  while (pending.length > 0) {
    const node = pending.pop()
    if (node === undefined) continue
    if ("RangeVar" in node) {
      const { alias, catalogname, relname = "", schemaname } = node.RangeVar
      const path = [catalogname, schemaname, relname].filter((name) => name !== undefined)
      sources.push({ kind: "table", path, alias: aliasOf(alias) })
    } else if ("RangeSubselect" in node) {
      const { alias, subquery } = node.RangeSubselect
      if (subquery !== undefined && "SelectStmt" in subquery) {
        sources.push({ kind: "query", query: queryOf(subquery.SelectStmt), alias: aliasOf(alias) })
      }
    } else if ("JoinExpr" in node) {
      const { alias, join_using_alias, larg, quals, rarg, usingClause } = node.JoinExpr
      for (const name of [alias, join_using_alias])
        if (name !== undefined) sources.push({ kind: "opaque", alias: aliasOf(name) })
      using.push(...strings(usingClause).map((name) => ({ path: [name], mayBeAlias: false, mayBeString: false })))
      expressions.push(quals)
      pending.push(rarg, larg)
    } else if ("RangeTableSample" in node) {
      pending.push(node.RangeTableSample.relation)
      expressions.push(node.RangeTableSample.args, node.RangeTableSample.repeatable)
    } else {
      sources.push({ kind: "opaque", alias: rowsAlias(node), rowsOfFunction: true })
      expressions.push(node)
    }
  }
  return { sources, ...merge({ references: using, queries: [] }, expressionsOf(expressions, false)) }
}

const aliasOf = (alias: Postgres.Alias | undefined): Alias | null =>
  alias === undefined ? null : { name: alias.aliasname ?? "", columns: strings(alias.colnames) }

/** The name of what a function delivers with the columns that are declared; `null` (any name) where it is its own. */
const rowsAlias = (node: Node): Alias | null => {
  if ("RangeFunction" in node) return withColumns(aliasOf(node.RangeFunction.alias), node.RangeFunction.coldeflist)
  if ("RangeTableFunc" in node) return aliasOf(node.RangeTableFunc.alias)
  return "JsonTable" in node ? withColumns(aliasOf(node.JsonTable.alias), node.JsonTable.columns) : null
}

const withColumns = (alias: Alias | null, columns: ReadonlyArray<Node> | undefined): Alias | null =>
  alias === null ? null : { ...alias, columns: [...alias.columns, ...(columns ?? []).flatMap(declaredColumns)] }

const declaredColumns = (node: Node): ReadonlyArray<string> => {
  if ("ColumnDef" in node) return node.ColumnDef.colname === undefined ? [] : [node.ColumnDef.colname]
  if (!("JsonTableColumn" in node)) return []
  const { columns = [], name } = node.JsonTableColumn
  return [...(name === undefined ? [] : [name]), ...columns.flatMap(declaredColumns)]
}
