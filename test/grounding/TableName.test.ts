import { assert, it } from "@effect/vitest"
import { tableNameOf } from "../../src/grounding/TableName.ts"
import { introduced } from "./introductions.ts"

const names = (uri: string, name: string, expected: string | null) => {
  const table = tableNameOf(introduced(uri, name))
  assert.strictEqual(
    table === null ? null : table.schema === null ? table.name : `${table.schema}.${table.name}`,
    expected,
    uri
  )
}

it("tells the table that a resource is about by its URI or its name", () => {
  names("postgres://reader@localhost/customers/schema", '"customers" database schema', "customers")
  names("db:///order%20items/schema", "x", "order items")
  names("mysql://tables/customers", "customers", "customers")
  names("db://schemas/public/tables/customers", "x", "public.customers")
  names("db://tables/customers/columns?limit=1", "x", "customers")
  names("table://customers", "x", "customers")
  names("custom://1", '"customers" database schema', "customers")
  names("custom://1", "Schema of table customers", "customers")
  names("custom://1", "customers schema", "customers")
  names("sqlite://customers", "customers", "customers")
  names("db:///100%/schema", "x", "100%")
})

it("takes no other words for the name of a table", () => {
  names("database://metadata", "get_database_metadata", null)
  names("mysql://tables", "Tables", null)
  names("database://schema", "database schema", null)
  names("postgres://reader@localhost/%7BtableName%7D/schema", "table", null)
  names("postgres://reader@localhost/schema", "x", null)
  names("resource://product_aliases", "get_product_aliases", null)
  names("", "", null)
})
