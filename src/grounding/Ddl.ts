/** Reads tables out of SQL text: `CREATE TABLE` and what adds to it, as people write it and as databases dump it. */
import { closingBracket, type DdlItem, readItem, readName, splitItems } from "./DdlColumn.ts"
import { type DdlStatement, type DdlToken, isSymbol, isWord, statementsIn, statementsWithin } from "./DdlLexer.ts"
import { isSqlType } from "./SqlType.ts"
import type { ColumnShape, ForeignKeyShape, SchemaShapes, TableReference } from "./TableShape.ts"
import { wordList } from "./WordList.ts"

/**
 * The tables that texts define together, with their keys, comments and allowed values. A text is SQL, or prose with
 * SQL in Markdown fences or on lines of its own; a sentence that mentions `CREATE TABLE` defines nothing. `schema` is
 * that of names without one.
 */
export const readDdl = (texts: ReadonlyArray<string>, schema: string | null): SchemaShapes => {
  if (!texts.some((text) => createTable.test(text))) return { tables: [], foreignKeys: [] }
  const draft = new Draft(schema)
  for (const [sql, statements] of texts.flatMap(partsOf)) {
    for (const statement of statements) draft.read(sql, statement)
  }
  return draft.finish()
}

/** The column that a definition such as `id INTEGER PRIMARY KEY` describes. */
export const readColumnDefinition = (sql: string): DdlItem => {
  const [statement] = statementsIn(`create ${sql}`)
  return readItem(`create ${sql}`, statement?.tokens.slice(1) ?? [])
}

// -----------------------------------------------------------------------------
// internals

const createTable = /\bcreate\s+(?:[a-z]+\s+){0,4}table\b/i

const beginning = /^[ \t]*(?:create\s+(?:[a-z]+\s+){0,4}table|alter\s+table|comment\s+on|create\s+type)\b/gim

const fence = /^[ \t]*```[^\n`]*\n(.*?)^[ \t]*```/gms

/** The SQL of a text with its statements. */
const partsOf = (text: string): ReadonlyArray<readonly [sql: string, statements: ReadonlyArray<DdlStatement>]> => {
  const fenced = [...text.matchAll(fence)].map(([, block = ""]) => block).filter((block) => createTable.test(block))
  if (fenced.length > 0) return fenced.map((block) => [block, statementsIn(block)] as const)
  return [[text, isSql(text) ? statementsIn(text) : statementsWithin(text, beginning)]]
}

/** True for a text that is SQL from its beginning. */
const isSql = (text: string): boolean => {
  let at = 0
  while (true) {
    at += /^[\s\u{feff}]*/u.exec(text.slice(at, at + 1000))?.[0].length ?? 0
    const mark = text.startsWith("--", at) ? "\n" : text.startsWith("/*", at) ? "*/" : undefined
    const end = mark === undefined ? -1 : text.indexOf(mark, at + 2)
    if (mark === undefined || end === -1) break
    at = end + mark.length
  }
  return sqlBeginning.test(text.slice(at, at + 200))
}

/** `Use`, `Set` and `Start` begin sentences too. */
const sqlBeginning =
  /^(?:create\s+(?:or|table|type|schema|database|extension|unlogged|external|temp(?:orary)?|global|index|sequence|role|function|view|domain)|alter\s+\w+|drop\s+\w+|insert\s+into|comment\s+on|pragma\s+\w+|grant\s+\w+|copy\s+\S+|lock\s+tables|select\s+\S+|set\s+\S+\s*(?:=|to\b)|use\s+\S+\s*(?:;|\ngo\b)|begin\s*(?:;|transaction)|start\s+transaction|delimiter\s|\\\w)/i

interface DraftTable {
  readonly table: TableReference
  readonly columns: Map<string, ColumnShape>
  description: string | null
}

/** The tables of one text, as its statements make them. */
class Draft {
  readonly #schema: string | null
  readonly #tables = new Map<string, DraftTable>()
  readonly #foreignKeys: Array<ForeignKeyShape> = []
  readonly #types = new Map<string, ReadonlyArray<string>>()

  constructor(schema: string | null) {
    this.#schema = schema
  }

  read(sql: string, { terminated, tokens }: DdlStatement): void {
    if (isWord(tokens[0], "create")) this.#create(sql, tokens, terminated)
    else if (isWord(tokens[0], "alter") && isWord(tokens[1], "table")) this.#alter(sql, tokens)
    else if (isWord(tokens[0], "comment") && isWord(tokens[1], "on")) this.#comment(tokens)
  }

  finish(): SchemaShapes {
    const tables = [...this.#tables.values()].map(({ columns, description, table }) => ({
      ...table,
      description,
      columns: [...columns.values()].map((column) => {
        const values = this.#types.get(lastPart(column.type))
        return values === undefined ? column : { ...column, values }
      })
    }))
    return { tables, foreignKeys: this.#foreignKeys }
  }

  #create(sql: string, tokens: ReadonlyArray<DdlToken>, terminated: boolean): void {
    if (isWord(tokens[1], "type")) return this.#createType(tokens)
    const word = tokens.findIndex((token) => isWord(token, "table"))
    // A temporary table is gone by the time that anybody asks.
    if (word < 1 || word > 5 || tokens.slice(1, word).some((token) => !isWord(token, ...kindsOfTable))) return
    const at = isWord(tokens[word + 1], "if") ? word + 4 : word + 1
    const name = readName(tokens, at)
    if (name === undefined || !isSymbol(tokens[name.end], "(")) return
    const close = closingBracket(tokens, name.end)
    const after = tokens[close + 1]
    if (close === -1 || (after !== undefined && !(after.kind === "word" && options.has(after.text.toLowerCase()))))
      return
    const items = splitItems(tokens.slice(name.end + 1, close)).map((item) => readItem(sql, item))
    const columns = items.flatMap(({ column }) => (column === null ? [] : [column]))
    // SQLite lets types out. Without any, only the semicolon tells a table from a remark in brackets.
    const known =
      columns.some(({ type }) => isSqlType(type)) || (terminated && columns.every(({ type }) => type === ""))
    if (columns.length === 0 || !known) return
    const table = this.#placed(name.table)
    this.#tables.set(keyOf(table), {
      table,
      columns: new Map(columns.map((column) => [column.name.toLowerCase(), column])),
      description: commentOf(tokens.slice(close + 1))
    })
    for (const item of items) this.#apply(table, item)
  }

  /** `CREATE TYPE status AS ENUM ('a', 'b')`. */
  #createType(tokens: ReadonlyArray<DdlToken>): void {
    const name = readName(tokens, 2)
    if (name === undefined || !isWord(tokens[name.end], "as") || !isWord(tokens[name.end + 1], "enum")) return
    const values = tokens.slice(name.end).flatMap(({ kind, text }) => (kind === "string" ? [text] : []))
    this.#types.set(name.table.name.toLowerCase(), values)
  }

  /** `ALTER TABLE ONLY orders ADD CONSTRAINT … FOREIGN KEY (…) REFERENCES …, ADD PRIMARY KEY (…)`. */
  #alter(sql: string, tokens: ReadonlyArray<DdlToken>): void {
    const skipped = tokens.findIndex((token, at) => at > 1 && !isWord(token, "only", "if", "exists"))
    const name = skipped === -1 ? undefined : readName(tokens, skipped)
    if (name === undefined) return
    for (const action of splitItems(tokens.slice(name.end))) {
      if (!isWord(action[0], "add") || !isWord(action[1], "constraint", "primary", "foreign", "check")) continue
      this.#apply(this.#placed(name.table), readItem(sql, action.slice(1)))
    }
  }

  /** `COMMENT ON COLUMN orders.status IS '…'`. */
  #comment(tokens: ReadonlyArray<DdlToken>): void {
    const name = readName(tokens, 3)
    const text = name !== undefined && isWord(tokens[name.end], "is") ? tokens[name.end + 1] : undefined
    if (name === undefined || text?.kind !== "string") return
    if (isWord(tokens[2], "table")) {
      const known = this.#tables.get(keyOf(this.#placed(name.table)))
      if (known !== undefined) known.description = text.text
    } else if (isWord(tokens[2], "column")) {
      const owner = readName(tokens.slice(0, name.end - 2), 3)
      if (owner !== undefined) this.#change(this.#placed(owner.table), name.table.name, { description: text.text })
    }
  }

  #apply(table: TableReference, { checks, primaryKey, references }: DdlItem): void {
    for (const column of primaryKey) this.#change(table, column, { primaryKey: true })
    for (const { column, values } of checks) this.#change(table, column, { values })
    for (const { columns, to, toColumns } of references) {
      if (columns.length > 0) this.#foreignKeys.push({ from: table, columns, to: this.#placed(to), toColumns })
    }
  }

  #change(table: TableReference, name: string, change: Partial<ColumnShape>): void {
    const columns = this.#tables.get(keyOf(table))?.columns
    const column = columns?.get(name.toLowerCase())
    if (column !== undefined) columns?.set(name.toLowerCase(), { ...column, ...change })
  }

  #placed(table: TableReference): TableReference {
    return table.schema === null ? { ...table, schema: this.#schema } : table
  }
}

const keyOf = ({ name, schema }: TableReference): string => JSON.stringify([schema, name]).toLowerCase()

/** Words between `CREATE` and `TABLE`. */
const kindsOfTable = wordList("or replace unlogged external transient multiset foreign column row")

/** Words that may follow the brackets of a `CREATE TABLE`. */
const options = new Set(
  wordList(`engine default charset character collate comment auto_increment row_format without strict partition inherits
    with tablespace on server using stored location tblproperties cluster clustered order primary distkey sortkey
    diststyle compound go as options pctfree storage organization settings ttl lock`)
)

/** `COMMENT='text'` among the options of a table. */
const commentOf = (tokens: ReadonlyArray<DdlToken>): string | null => {
  const at = tokens.findIndex((token) => isWord(token, "comment"))
  const text = at === -1 ? undefined : tokens.slice(at + 1, at + 3).find(({ kind }) => kind === "string")
  return text === undefined || text.text.trim() === "" ? null : text.text
}

/** `public.order_status` → `order_status`, in lower case and without quotes. */
const lastPart = (type: string): string => (type.split(".").at(-1) ?? "").replaceAll('"', "").toLowerCase()
