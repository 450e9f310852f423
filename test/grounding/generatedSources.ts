/** Generated schemas as source files have them: `CREATE TABLE` text and the manifest of dbt. */
import type { TableShape } from "../../src/grounding/TableShape.ts"
import { type Fields, type Json, type Next, pick, scattered } from "./spelling.ts"
import { type Key, references } from "./writtenKeys.ts"

export const ddl = (next: Next, tables: ReadonlyArray<TableShape>, keys: ReadonlyArray<Key>): string => {
  const [open, close] = pick(next, ["", ""], ['"', '"'], ["[", "]"])
  const quoted = (name: string) => `${open}${name}${close}`
  const said = pick(
    next,
    (word: string) => word,
    (word: string) => word.toLowerCase()
  )
  const foreign = (key: Key) =>
    `${next(2) === 0 ? `${said("CONSTRAINT")} ${quoted("fk")} ` : ""}${said("FOREIGN KEY")} (${quoted(key.column)}) ${references(key, quoted)}`
  const placed = Map.groupBy(keys, () => pick(next, "column", "table", "statement"))
  const statements = tables.map((table) => {
    const own = (place: "column" | "table") => placed.get(place)?.filter(({ from }) => from.name === table.name) ?? []
    const columns = table.columns.map(({ description, name, primaryKey, type, values }) =>
      [
        `${quoted(name)} ${type}`,
        ...(primaryKey ? [said("PRIMARY KEY")] : []),
        ...own("column")
          .filter(({ column }) => column === name)
          .map((key) => references(key, quoted)),
        ...(values.length === 0
          ? []
          : [`${said("CHECK")} (${quoted(name)} IN (${values.map((value) => text(value)).join(", ")}))`]),
        ...(description === null ? [] : [`${said("COMMENT")} ${text(description)}`])
      ].join(pick(next, " ", "\n  "))
    )
    const items = [...columns, ...own("table").map(foreign)].join(pick(next, ", ", ",\n "))
    return `${said("CREATE TABLE")} ${quoted(table.name)} (${items})`
  })
  const added = (placed.get("statement") ?? []).map(
    (key) => `${said("ALTER TABLE")} ${pick(next, "", "ONLY ")}${quoted(key.from.name)} ${said("ADD")} ${foreign(key)}`
  )
  const sql = `${[...statements, ...added].join(pick(next, ";\n", ";\n\n-- it's the next; (really)\n"))};`
  return pick(next, sql, `It's the schema:\n\n\`\`\`sql\n${sql}\n\`\`\`\n`)
}

/** The first tables are models, the others sources; what tests ask for is what the tables have. */
export const manifest = (next: Next, tables: ReadonlyArray<TableShape>, keys: ReadonlyArray<Key>): Fields => {
  const models = new Set(tables.slice(0, next(tables.length + 1)).map(({ name }) => name))
  const idOf = (name: string) => `${models.has(name) ? "model.shop" : "source.shop.raw"}.${name}`
  const written = (name: string) => (models.has(name) ? `ref('${name}')` : `source('raw', '${name}')`)
  const node = (table: TableShape): Fields =>
    scattered(next, {
      name: table.name,
      schema: table.schema,
      description: "",
      columns: Object.fromEntries(
        table.columns.map(({ description, name, type }) => [
          name,
          scattered(next, { name, data_type: type, description: description ?? "" })
        ])
      ),
      primary_key: table.columns.filter(({ primaryKey }) => primaryKey).map(({ name }) => name)
    })
  const test = (table: string, column: string, name: string, kwargs: Fields): Fields => ({
    column_name: column,
    test_metadata: {
      name,
      kwargs: { ...kwargs, column_name: column, model: `{{ get_where_subquery(${written(table)}) }}` }
    },
    ...(next(2) === 0 ? { attached_node: idOf(table) } : {})
  })
  const tests = [
    ...keys.map((key) =>
      test(key.from.name, key.column, "relationships", { to: written(key.to.name), field: key.toColumn })
    ),
    ...tables.flatMap((table) =>
      table.columns
        .filter(({ values }) => values.length > 0)
        .map(({ name, values }) => test(table.name, name, "accepted_values", { values }))
    )
  ]
  const nodesOf = (isModel: boolean) =>
    tables.filter(({ name }) => models.has(name) === isModel).map((table) => [idOf(table.name), node(table)] as const)
  return {
    metadata: { dbt_schema_version: "https://schemas.getdbt.com/dbt/manifest/v12.json" },
    nodes: Object.fromEntries<Json>([
      ...nodesOf(true),
      ...tests.map((one, position) => [`test.shop.generated.${position}`, one] as const)
    ]),
    sources: Object.fromEntries(nodesOf(false))
  }
}

// -----------------------------------------------------------------------------
// internals

const text = (value: string): string => `'${value.replaceAll("'", "''")}'`
