/** How servers introduce the resources of these tests. */
import type { ResourceIntroduction } from "../../src/grounding/TableName.ts"
import type { SchemaShapes } from "../../src/grounding/TableShape.ts"

/** A resource that says nothing of what it holds. */
export const plain: ResourceIntroduction = { name: "data", title: null, uri: "resource://data", description: null }

export const introduced = (uri: string, name = "data"): ResourceIntroduction => ({ ...plain, uri, name })

/** `public.orders(id INTEGER key, status TEXT [pending, shipped])`, for comparing. */
export const written = ({ tables }: SchemaShapes): ReadonlyArray<string> =>
  tables.map(({ columns, name, schema }) => {
    const inside = columns.map((column) =>
      [
        column.name,
        ...(column.type === "" ? [] : [column.type]),
        ...(column.primaryKey ? ["key"] : []),
        ...(column.values.length === 0 ? [] : [`[${column.values.join(", ")}]`])
      ].join(" ")
    )
    return `${schema === null ? "" : `${schema}.`}${name}(${inside.join(", ")})`
  })

/** `orders(customer_id) -> customers(id)`, for comparing. */
export const arrows = ({ foreignKeys }: SchemaShapes): ReadonlyArray<string> =>
  foreignKeys.map(({ columns, from, to, toColumns }) => {
    const end = (table: { readonly name: string; readonly schema: string | null }, names: ReadonlyArray<string>) =>
      `${table.schema === null ? "" : `${table.schema}.`}${table.name}(${names.join(", ")})`
    return `${end(from, columns)} -> ${end(to, toColumns)}`
  })
