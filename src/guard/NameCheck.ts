/**
 * Compares the names of a query with the gathered schema. Pure. Refuses only what no reading of the query can save:
 * where a source's columns cannot be known, any column may be meant.
 */
import * as Result from "effect/Result"
import type { Table } from "../grounding/Grounding.ts"
import { isSystemTable } from "../grounding/SystemTables.ts"
import { nearestNames } from "./NearestNames.ts"
import type { Alias, CommonTable, Expressions, Query, Reference, Select, Source } from "./QueryShape.ts"
import { asciiLower } from "./SqlLexer.ts"
import { refuse, type SqlRefusal } from "./SqlRefusal.ts"

/** What a dialect adds to the names that a schema declares. */
export interface DialectNames {
  /** Columns that every table has without declaring them, lower case. */
  readonly implicitColumns: ReadonlySet<string>
  /** The schema in which a name is found without saying so, lower case; `null` where that depends on the session. */
  readonly defaultSchema: string | null
  /** Names of WITH queries that this makes the same are the same: beside `"Secrets"` stands the table `secrets`. */
  readonly fold: (name: string) => string
  /** Whether a recursive WITH query sees those behind it; where it does not, their names are those of tables in it. */
  readonly seesLater: boolean
  /** A name with capitals, which the parser leaves to quoted ones only, is no other than the one spelt so. */
  readonly capitalsCount: boolean
}

/**
 * The tables the query reads, as written, without repetitions; or the first name that does not exist. Where no table is
 * known, none may be read: what a statement makes itself is all that is left. A table of the engine's own is never
 * known, whoever published it. Names are compared without regard to case, those of tables to that of ASCII letters: no
 * database folds the Kelvin sign into the k of another table.
 */
export const checkNames = (
  query: Query,
  tables: ReadonlyArray<Table>,
  names: DialectNames
): Result.Result<ReadonlyArray<string>, SqlRefusal> => {
  const check = new NameCheck(tables, names)
  check.query(query, new Map(), null)
  return check.refusal === null ? Result.succeed([...check.tables.values()]) : Result.fail(check.refusal)
}

// -----------------------------------------------------------------------------
// internals

/** Columns by lower-case name, as written; `null` when they cannot be known. */
type Columns = ReadonlyMap<string, string> | null

/** The columns of each known table by lower-case name, the last part of a qualified name included. */
const knownTables = (tables: ReadonlyArray<Table>): ReadonlyMap<string, Columns> => {
  const known = new Map<string, Columns>()
  for (const table of tables) {
    const columns = table.columns.length === 0 ? null : columnsOf(table.columns.map(({ name }) => name))
    const name = asciiLower(table.name)
    for (const key of new Set([name, lastPart(name)])) {
      const other = known.get(key)
      // Two tables of one name cannot be told apart here: either's columns are right.
      known.set(
        key,
        other === undefined ? columns : other === null || columns === null ? null : new Map([...other, ...columns])
      )
    }
  }
  return known
}

/**
 * A name without a schema is known where a table is called so in any; one with a schema as it is, or where the table is
 * given without one and is in that schema.
 */
const isKnown = (
  written: string,
  tables: ReadonlyArray<Table>,
  { capitalsCount, defaultSchema }: DialectNames
): boolean => {
  const key = asciiLower(written)
  const isExact = capitalsCount && key !== written
  return (
    !isSystemTable(key) &&
    tables.some(({ name, schema = defaultSchema }) =>
      [name, lastPart(name), ...(schema === null ? [] : [`${schema}.${name}`])].some((one) =>
        isExact ? one === written : asciiLower(one) === key
      )
    )
  )
}

const unknownTable = (name: string, tables: ReadonlyArray<Table>): SqlRefusal => {
  const nearest = nearestNames(
    lastPart(name),
    tables.map((table) => table.name)
  )
  if (tables.length === 0) return refuse("unknown_table", `no table of this server is known, "${name}" neither`)
  return isSystemTable(name)
    ? refuse("unknown_table", `"${name}" is the database's own and may not be read`)
    : refuse("unknown_table", `there is no table "${name}"`, nearest)
}

interface ScopedSource {
  /** Lower case; "" for a source without a name, `null` for one whose name cannot be known. */
  readonly name: string | null
  readonly columns: Columns
  /** The last part of the real table's name, lower case, where an alias hides it. */
  readonly hidden: string | null
  readonly isTable: boolean
  /** The only columns that a qualified name may mean, although there may be others; `null` for no such limit. */
  readonly only?: ReadonlySet<string>
}

interface Scope {
  readonly sources: ReadonlyArray<ScopedSource>
  /** Names of the result columns, lower case; `null` among them stands for one that is not known. */
  readonly aliases: ReadonlySet<string | null>
  readonly parent: Scope | null
}

/** By the name as the dialect folds it. */
type CommonTables = ReadonlyMap<string, Columns>

const columnsOf = (names: ReadonlyArray<string>): Map<string, string> =>
  new Map(names.map((name) => [name.toLowerCase(), name]))

const lastPart = (name: string): string => name.slice(name.lastIndexOf(".") + 1)

class NameCheck {
  readonly tables = new Map<string, string>()
  /** The first one. */
  refusal: SqlRefusal | null = null
  readonly #known: ReadonlyMap<string, Columns>
  readonly #grounding: ReadonlyArray<Table>
  readonly #names: DialectNames

  constructor(grounding: ReadonlyArray<Table>, names: DialectNames) {
    this.#grounding = grounding
    this.#known = knownTables(grounding)
    this.#names = names
  }

  /** Checks the query and says which columns it delivers. */
  query(query: Query, outer: CommonTables, parent: Scope | null): Columns {
    const common = this.#commonTables(query, outer, parent)
    const arms = query.selects.map((select) => this.#select(select, common, parent))
    const [first] = arms
    if (first === undefined) return null
    if (arms.length === 1) {
      this.#expressions(query.tail, common, first.scope)
    } else {
      const columns = arms.map((arm) => arm.columns)
      const known = columns.filter((names) => names !== null)
      const sources = known.length < columns.length ? [unknownSource] : []
      const aliases = new Set(known.flatMap((names) => [...names.keys()]))
      this.#expressions(query.tail, common, { sources, aliases, parent })
    }
    return first.columns
  }

  #commonTables(query: Query, outer: CommonTables, parent: Scope | null): CommonTables {
    const common = new Map(outer)
    query.ctes.forEach((table, index) => {
      const body = new Map(common)
      // Its own name and the later ones hide real tables there; what columns they have is not known yet.
      const visible = query.ctes.slice(index, this.#names.seesLater ? undefined : index + 1)
      if (query.recursive) for (const { name } of visible) body.set(this.#names.fold(name), null)
      common.set(this.#names.fold(table.name), this.#commonTable(table, body, parent))
    })
    return common
  }

  #commonTable(table: CommonTable, common: CommonTables, parent: Scope | null): Columns {
    const columns = this.query(table.query, common, parent)
    return table.columns === null ? columns : columnsOf(table.columns)
  }

  #select(select: Select, common: CommonTables, parent: Scope | null): { columns: Columns; scope: Scope } {
    const aliases = new Set(
      select.outputs.flatMap((output) =>
        output.kind === "alias" ? [output.name === null ? null : output.name.toLowerCase()] : []
      )
    )
    const sources: Array<ScopedSource> = []
    const scope: Scope = { sources, aliases, parent }
    // A derived table may refer to the sources before it where it is LATERAL.
    for (const source of select.sources) sources.push(this.#source(source, common, scope))
    this.#expressions(select, common, scope)
    return { columns: this.#outputColumns(select, scope), scope }
  }

  #source(source: Source, common: CommonTables, scope: Scope): ScopedSource {
    const alias = source.alias
    const name = alias === null ? null : alias.name.toLowerCase()
    if (source.kind === "opaque") {
      const opaque = { name, columns: null, hidden: null, isTable: false }
      return source.rowsOfFunction === true ? { ...opaque, only: rowColumns(alias) } : opaque
    }
    if (source.kind === "query") {
      const columns = this.query(source.query, common, scope)
      return { name: name ?? "", columns: renamed(columns, alias), hidden: null, isTable: false }
    }
    const last = source.path.at(-1) ?? ""
    const own = last.toLowerCase()
    const shared = source.path.length === 1 ? common.get(this.#names.fold(last)) : undefined
    const columns = shared === undefined ? this.#table(source.path) : shared
    return { name: name ?? own, columns: renamed(columns, alias), hidden: own, isTable: shared === undefined }
  }

  #table(path: ReadonlyArray<string>): Columns {
    const name = path.join(".")
    const key = asciiLower(name)
    this.tables.set(key, name)
    if (!isKnown(name, this.#grounding, this.#names)) this.refusal ??= unknownTable(name, this.#grounding)
    return this.#known.get(key) ?? this.#known.get(lastPart(key)) ?? null
  }

  #outputColumns(select: Select, scope: Scope): Columns {
    const columns = new Map<string, string>()
    let known = true
    for (const output of select.outputs) {
      if (output.kind !== "star") {
        if (output.name === null) known = false
        else columns.set(output.name.toLowerCase(), output.name)
        continue
      }
      const sources = output.table === null ? scope.sources : this.#qualified(output.table, scope)
      for (const source of sources) {
        if (source.columns === null) known = false
        else for (const [key, name] of source.columns) columns.set(key, name)
      }
    }
    return known ? columns : null
  }

  #expressions(expressions: Expressions, common: CommonTables, scope: Scope): void {
    for (const reference of expressions.references) this.#reference(reference, scope)
    for (const query of expressions.queries) this.query(query, common, scope)
  }

  #reference(reference: Reference, scope: Scope): void {
    const column = reference.path.at(-1) ?? ""
    const table = reference.path.at(-2)
    if (table !== undefined) {
      const sources = this.#qualified(table, scope)
      const mayBe = (source: ScopedSource) => source.only?.has(column.toLowerCase()) ?? this.#has(source, column)
      if (column.toLowerCase() !== table.toLowerCase() && !sources.some(mayBe))
        this.#unknownColumn(reference, sources, scope)
      return
    }
    for (let current: Scope | null = scope; current !== null; current = current.parent) {
      const { aliases } = current
      if (reference.mayBeAlias && (aliases.has(column.toLowerCase()) || aliases.has(null))) return
      // The name of a source stands for its whole row.
      if (current.sources.some((source) => this.#has(source, column) || source.name === column.toLowerCase())) return
    }
    if (!reference.mayBeString) this.#unknownColumn(reference, scope.sources, scope)
  }

  #has(source: ScopedSource, column: string): boolean {
    const key = column.toLowerCase()
    return (
      source.columns === null || source.columns.has(key) || (source.isTable && this.#names.implicitColumns.has(key))
    )
  }

  /** The sources that a qualifier may mean; SQLite looks further out where the nearest has no such column. */
  #qualified(table: string, scope: Scope): ReadonlyArray<ScopedSource> {
    const key = table.toLowerCase()
    const visible = allSources(scope)
    const named = visible.filter((source) => source.name === key || source.name === null)
    if (named.length > 0) return named
    const renamedTo = visible.flatMap((source) => (source.hidden === key && source.name !== null ? [source.name] : []))
    const names = visible.flatMap((source) => (source.name === null || source.name === "" ? [] : [source.name]))
    this.refusal ??=
      renamedTo.length > 0
        ? refuse("unknown_table", `"${table}" has another name in this query: ${renamedTo.join(", ")}`, renamedTo)
        : refuse("unknown_table", `nothing in FROM is called "${table}"`, nearestNames(table, names))
    return [unknownSource]
  }

  #unknownColumn(reference: Reference, sources: ReadonlyArray<ScopedSource>, scope: Scope): void {
    if (this.refusal !== null) return
    const column = reference.path.at(-1) ?? ""
    const inScope = (reference.path.length > 1 ? sources : allSources(scope)).flatMap((source) => [
      ...(source.columns?.values() ?? [])
    ])
    const elsewhere = this.#grounding.flatMap((table) =>
      table.columns
        .filter(({ name }) => name.toLowerCase() === column.toLowerCase())
        .map(({ name }) => `${table.name}.${name}`)
    )
    const nearest = [...new Set([...nearestNames(column, inScope), ...elsewhere])].slice(0, 5)
    this.refusal = refuse("unknown_column", `there is no column "${reference.path.join(".")}" here`, nearest)
  }
}

/** Stands for what cannot be known: every name may be meant. */
const unknownSource: ScopedSource = { name: null, columns: null, hidden: null, isTable: false }

/**
 * PostgreSQL reads alias.f as the call f(alias) where the rows have no such column, and what columns a function delivers
 * is not known here: only those that were named, and those that functions of rows usually have.
 */
const rowColumns = (alias: Alias | null): ReadonlySet<string> =>
  new Set(["key", "value", "ordinality", ...(alias?.columns ?? []).map((name) => name.toLowerCase())])

const allSources = (scope: Scope): ReadonlyArray<ScopedSource> =>
  scope.parent === null ? scope.sources : [...scope.sources, ...allSources(scope.parent)]

const renamed = (columns: Columns, alias: Alias | null): Columns => {
  if (columns === null || alias === null || alias.columns.length === 0) return columns
  return columnsOf([...alias.columns, ...[...columns.values()].slice(alias.columns.length)])
}
