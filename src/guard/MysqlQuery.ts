/** What `sqlparser-rs` makes of a query for MySQL, as the names in it. Pure. */
import * as Predicate from "effect/Predicate"
import type { Alias, CommonTable, Expressions, Output, Query, Reference, Select, Source } from "./QueryShape.ts"
import { childrenOf, entriesOf, field, isFilled, listOf, type Node, textOf } from "./SyntaxTree.ts"

export const isQuery = (value: unknown): value is Node =>
  Predicate.isObject(value) && "body" in value && "with" in value

/** The parts of an object's name. */
export const pathOf = (name: unknown): ReadonlyArray<string> =>
  identifiers(listOf(name).map((part) => field(part, "Identifier")))

export const queryOf = (query: Node): Query => ({
  recursive: field(query, "with", "recursive") === true,
  ctes: listOf(field(query, "with", "cte_tables")).map(commonTableOf),
  selects: armsOf(query),
  tail: expressionsOf([query["order_by"], query["limit_clause"], query["fetch"]], true),
  isLimited: isFilled(query["limit_clause"]) || isFilled(query["fetch"])
})

// -----------------------------------------------------------------------------
// internals
// -----------------------------------------------------------------------------

const identifiers = (parts: ReadonlyArray<unknown>): ReadonlyArray<string> =>
  parts.flatMap((part) => textOf(field(part, "value")) ?? [])

const commonTableOf = (table: unknown): CommonTable => {
  const alias = aliasOf(field(table, "alias"))
  const query = field(table, "query")
  return {
    name: alias?.name ?? "",
    columns: alias === null || alias.columns.length === 0 ? null : alias.columns,
    query: isQuery(query) ? queryOf(query) : noQuery
  }
}

const noQuery: Query = {
  recursive: false,
  ctes: [],
  selects: [],
  tail: { references: [], queries: [] },
  isLimited: false
}

/** The arms of a chain of set operations, left to right. An arm in parentheses is a derived table. */
const armsOf = (root: Node): ReadonlyArray<Select> => {
  const arms: Array<Select> = []
  const pending = [root["body"]]
  while (pending.length > 0) {
    const body = pending.pop()
    const [select, values, operation, inner] = ["Select", "Values", "SetOperation", "Query"].map((key) =>
      field(body, key)
    )
    if (operation !== undefined) pending.push(field(operation, "right"), field(operation, "left"))
    else if (select !== undefined) arms.push(selectOf(select))
    else if (isQuery(inner)) arms.push(derived(inner))
    else {
      const outputs: ReadonlyArray<Output> = [{ kind: "column", name: null }]
      arms.push({ sources: [], outputs, isFiltered: false, ...expressionsOf([values], false) })
    }
  }
  return arms
}

const derived = (query: Node): Select => ({
  sources: [{ kind: "query", query: queryOf(query), alias: null }],
  outputs: [{ kind: "star", table: null }],
  isFiltered: false,
  references: [],
  queries: []
})

const selectOf = (select: unknown): Select => {
  const { from, projection, selection, ...rest } = Predicate.isObject(select) ? select : {}
  const sources = fromOf(listOf(from))
  const where = expressionsOf([selection], false)
  const { having } = rest
  const isFiltered = [where, sources, expressionsOf([having], true)].some(({ references }) => references.length > 0)
  return {
    sources: sources.sources,
    outputs: listOf(projection).map(outputOf),
    isFiltered,
    // GROUP BY and HAVING know the names of the result columns.
    ...merge(sources, where, expressionsOf(listOf(projection), false), expressionsOf(Object.values(rest), true))
  }
}

const outputOf = (item: unknown): Output => {
  if (field(item, "Wildcard") !== undefined) return { kind: "star", table: null }
  const qualified = listOf(field(item, "QualifiedWildcard"))[0]
  if (qualified !== undefined) return { kind: "star", table: pathOf(field(qualified, "ObjectName")).at(-1) ?? null }
  const named = field(item, "ExprWithAlias")
  if (named !== undefined) return { kind: "alias", name: textOf(field(named, "alias", "value")) }
  const expression = field(item, "UnnamedExpr")
  const path = identifiers([field(expression, "Identifier"), ...listOf(field(expression, "CompoundIdentifier"))])
  return { kind: "column", name: path.at(-1) ?? null }
}

const merge = (...all: ReadonlyArray<Expressions>): Expressions => ({
  references: all.flatMap((each) => each.references),
  queries: all.flatMap((each) => each.queries)
})

const fromOf = (from: ReadonlyArray<unknown>): Expressions & { readonly sources: ReadonlyArray<Source> } => {
  const sources: Array<Source> = []
  const expressions: Array<unknown> = []
  const using: Array<Reference> = []
  const pending = from.toReversed()
  while (pending.length > 0) {
    const item = pending.pop()
    const joins = listOf(field(item, "joins"))
    const relation = field(item, "relation")
    for (const join of joins) {
      for (const [, condition] of entriesOf(field(join, "join_operator"))) {
        expressions.push(field(condition, "On"))
        using.push(...listOf(field(condition, "Using")).map((name) => reference(pathOf(name), false)))
      }
    }
    pending.push(...joins.toReversed().map((join) => ({ relation: field(join, "relation") })))
    const [table, nested, query, json] = ["Table", "NestedJoin", "Derived", "JsonTable"].map((key) =>
      field(relation, key)
    )
    if (table !== undefined) {
      sources.push(sourceOf(table))
      expressions.push(field(table, "args"))
    } else if (nested !== undefined) {
      const name = aliasOf(field(nested, "alias"))
      if (name !== null) sources.push({ kind: "opaque", alias: name })
      pending.push(field(nested, "table_with_joins"))
    } else if (query !== undefined) {
      const subquery = field(query, "subquery")
      if (isQuery(subquery)) {
        sources.push({ kind: "query", query: queryOf(subquery), alias: aliasOf(field(query, "alias")) })
      }
    } else if (json !== undefined) {
      sources.push({ kind: "opaque", alias: aliasOf(field(json, "alias")) })
      expressions.push(field(json, "json_expr"))
    } else if (relation !== undefined) {
      sources.push({ kind: "opaque", alias: null })
      expressions.push(relation)
    }
  }
  return { sources, ...merge({ references: using, queries: [] }, expressionsOf(expressions, false)) }
}

const aliasOf = (alias: unknown): Alias | null => {
  const name = textOf(field(alias, "name", "value"))
  return name === null
    ? null
    : { name, columns: identifiers(listOf(field(alias, "columns")).map((column) => field(column, "name"))) }
}

const sourceOf = (table: unknown): Source => {
  const path = pathOf(field(table, "name"))
  const alias = aliasOf(field(table, "alias"))
  if (isFilled(field(table, "args"))) return { kind: "opaque", alias }
  const [only] = path
  // `FROM dual` is no table, unless it is quoted.
  const isDual = path.length === 1 && only?.toLowerCase() === "dual" && !isQuoted(field(table, "name"))
  return isDual ? { kind: "opaque", alias: { name: "dual", columns: [] } } : { kind: "table", path, alias }
}

const isQuoted = (name: unknown): boolean =>
  listOf(name).some((part) => isFilled(field(part, "Identifier", "quote_style")))

const reference = (path: ReadonlyArray<string>, mayBeAlias: boolean): Reference => ({
  path,
  mayBeAlias: mayBeAlias && path.length === 1,
  mayBeString: false
})

/** The columns and subqueries below these nodes. */
const expressionsOf = (roots: ReadonlyArray<unknown>, mayBeAlias: boolean): Expressions => {
  const references: Array<Reference> = []
  const queries: Array<Query> = []
  const pending = roots.toReversed()
  while (pending.length > 0) {
    const value = pending.pop()
    if (isQuery(value)) {
      queries.push(queryOf(value))
      continue
    }
    for (const [key, child] of entriesOf(value)) {
      if (key === "Identifier") references.push(reference(identifiers([child]), mayBeAlias))
      else if (key === "CompoundIdentifier") references.push(reference(identifiers(listOf(child)), mayBeAlias))
      else if (key === "MatchAgainst") {
        references.push(...listOf(field(child, "columns")).map((name) => reference(pathOf(name), mayBeAlias)))
        pending.push(field(child, "match_value"))
      } else if (key === "Function") pending.push(...partsOfCall(child))
      else if (!namesOfTheGrammar.has(key)) pending.push(child)
    }
    if (Array.isArray(value)) pending.push(...childrenOf(value).toReversed())
  }
  return { references, queries }
}

/** What holds names that are no columns. */
const namesOfTheGrammar = new Set(["charset", "collation", "data_type", "window_name", "prefix"])

/** TIMESTAMPDIFF(MONTH, …) names a unit where others have an expression; whatever else stands there is one too. */
const withUnit = new Set(["timestampdiff", "timestampadd"])

const partsOfCall = (call: unknown): ReadonlyArray<unknown> => {
  const { args, name, ...others } = Predicate.isObject(call) ? call : {}
  const given = listOf(field(args, "List", "args"))
  const isUnit = withUnit.has(pathOf(name).join(".").toLowerCase()) && isFilled(unitOf(given[0]))
  return isUnit ? [...given.slice(1), others] : [args, others]
}

const unitOf = (argument: unknown): unknown => field(argument, "Unnamed", "Expr", "Identifier")
