import { assert, describe, it } from "@effect/vitest"
import type { Schema } from "effect"
import { databaseMetadata } from "../../src/demo/DemoMetadata.ts"
import { readSchema } from "../../src/grounding/SchemaReader.ts"
import type { ResourceIntroduction } from "../../src/grounding/TableName.ts"
import { arrows, introduced, plain, written } from "./introductions.ts"

const reads = (data: Schema.Json, expected: ReadonlyArray<string>, about: ResourceIntroduction = plain) =>
  assert.deepStrictEqual(written(readSchema(data, about)), expected, JSON.stringify(data).slice(0, 300))

const id = { name: "id", type: "INTEGER", primary_key: true }
const name = { name: "name", type: "TEXT" }
const customers = "customers(id INTEGER key, name TEXT)"

describe("tables that are called so", () => {
  // rajvermacas/talk-2-tables resources/metadata.json, the resource `database://metadata`, shortened.
  it("reads the metadata of a Python server with its relationships and the values in a description", () => {
    const column = (name: string, type: string, primary_key: boolean, description: string) => ({
      name,
      type,
      not_null: true,
      default_value: null,
      primary_key,
      description
    })
    const shapes = readSchema(
      {
        server_name: "talk-2-tables-mcp",
        database_path: "test_data/sample.db",
        business_use_cases: ["Sales performance tracking and reporting"],
        tables: {
          customers: {
            description: "Customer information and contact details",
            columns: [column("customer_id", "INTEGER", true, "Unique customer identifier")],
            sample_queries: ["SELECT * FROM customers LIMIT 10"]
          },
          orders: {
            description: "Customer orders and order details",
            columns: [
              column("order_id", "INTEGER", true, "Unique order identifier"),
              column("customer_id", "INTEGER", false, "Customer who placed the order"),
              column("total_amount", "DECIMAL", false, "Total order amount"),
              column("status", "TEXT", false, "Order status (pending, shipped, delivered, cancelled)")
            ]
          }
        },
        relationships: [
          {
            from_table: "orders",
            from_column: "customer_id",
            to_table: "customers",
            to_column: "customer_id",
            relationship_type: "many_to_one"
          }
        ],
        last_updated: "2024-01-15T10:30:00Z"
      },
      introduced("database://metadata", "get_database_metadata")
    )
    assert.deepStrictEqual(written(shapes), [
      "customers(customer_id INTEGER key)",
      "orders(order_id INTEGER key, customer_id INTEGER, total_amount DECIMAL, status TEXT [pending, shipped, delivered, cancelled])"
    ])
    assert.deepStrictEqual(arrows(shapes), ["orders(customer_id) -> customers(customer_id)"])
    assert.strictEqual(shapes.tables[1]?.description, "Customer orders and order details")
    assert.strictEqual(shapes.tables[1]?.columns[1]?.description, "Customer who placed the order")
  })

  it("reads the demo's schema", () => {
    const shapes = readSchema(databaseMetadata, introduced("database://metadata"))
    assert.deepStrictEqual(
      shapes.tables.map((table) => [table.name, table.columns.length]),
      [
        ["customers", 5],
        ["products", 4],
        ["orders", 6],
        ["order_items", 5]
      ]
    )
    assert.strictEqual(shapes.foreignKeys.length, 3)
  })

  it("reads columns as a list, a record, names and definitions", () => {
    for (const columns of [
      [id, name],
      { id: { type: "INTEGER", primary_key: true }, name: { type: "TEXT" } },
      { id: "INTEGER PRIMARY KEY", name: "TEXT" },
      ["id INTEGER PRIMARY KEY", "name: VARCHAR(20)"],
      [
        { column_name: "id", data_type: "INTEGER", is_primary_key: true },
        { column_name: "name", data_type: "TEXT" }
      ]
    ]) {
      const [table] = readSchema({ tables: { customers: { columns } } }, plain).tables
      assert.deepStrictEqual(
        table?.columns.map((column) => [column.name, column.primaryKey]),
        [
          ["id", true],
          ["name", false]
        ],
        JSON.stringify(columns)
      )
      assert.strictEqual(table?.columns[0]?.type, "INTEGER")
    }
    reads({ tables: { customers: { columns: ["id", "first name"] } } }, ["customers(id, first name)"])
    reads({ tables: { customers: ["id", "name"] } }, ["customers(id, name)"])
    reads({ tables: { customers: { id: "INTEGER", name: { type: "TEXT" } } } }, ["customers(id INTEGER, name TEXT)"])
  })

  it("reads tables as a list, under other names, and the primary key of the table", () => {
    reads({ tables: [{ name: "customers", columns: [id, name] }] }, [customers])
    reads({ tables: [{ table_name: "customers", columns: [id, name] }] }, [customers])
    reads({ table_metadata: { customers: [{ column_name: "id", data_type: "INTEGER" }] } }, ["customers(id INTEGER)"])
    const bare = { id: "INTEGER", name: "TEXT" }
    for (const primary of ["id", ["id"], { columns: ["id"] }, { constrained_columns: ["id"], name: "pk" }]) {
      reads({ tables: { customers: { primary_key: primary, columns: bare } } }, [customers])
    }
  })

  it("reads tables that are called like a wrapping, beside others", () => {
    const of = { columns: [id, name] }
    const named = (table: string) => customers.replace("customers", table)
    reads({ customers: of, result: of, samples: of }, [customers, named("result"), named("samples")])
    reads({ result: { customers: of } }, [customers])
  })

  // The resource `sqlite://` of mcp-sqlite (PyPI), whose metadata is Datasette's: columns with descriptions, no types.
  it("reads columns that have descriptions instead of types", () => {
    const data = {
      databases: { main: { tables: { museums: { columns: { id: "", opened: "Day of the opening" } } } } }
    }
    const [table] = readSchema(data, introduced("sqlite://", "sqlite_resource")).tables
    assert.deepStrictEqual(
      table?.columns.map((column) => [column.name, column.type, column.description]),
      [
        ["id", "", null],
        ["opened", "", "Day of the opening"]
      ]
    )
    assert.strictEqual(table?.schema, null)
  })

  it("looks through four wrappers of any name, and no further", () => {
    const tables: Schema.Json = { tables: [{ name: "customers", columns: [id, name] }] }
    reads({ success: true, data: tables }, [customers])
    reads({ result: { payload: { a: { b: tables } } } }, [customers])
    reads({ result: { payload: { a: { b: { c: tables } } } } }, [])
  })

  it("takes names of tables without columns for no schema", () => {
    // bytebase/dbhub src/resources/tables.ts and pgEdge/pgedge-postgres-mcp docs/reference/resources.md
    reads({ success: true, data: { tables: ["customers", "orders"], count: 2, schema: "public" } }, [])
    reads({ tables: [{ schema: "public", table: "users", owner: "postgres" }], count: 1 }, [])
    reads({ tables: { public: ["customers", "orders"] } }, [])
  })

  it("treats keys that exist on every object as data", () => {
    reads(JSON.parse('{"tables":{"__proto__":{"columns":["constructor"]},"toString":{"columns":["a"]}}}'), [
      "__proto__(constructor)",
      "toString(a)"
    ])
  })
})

describe("tables without a word for them", () => {
  it("reads a record and a list of tables", () => {
    reads({ customers: { columns: [id, name] }, orders: { columns: { id: "INTEGER" } }, version: 2 }, [
      customers,
      "orders(id INTEGER)"
    ])
    reads({ customers: [id, { name: "name", type: "varchar(40)" }] }, ["customers(id INTEGER key, name varchar(40))"])
    reads([{ name: "customers", columns: [id, name] }], [customers])
    reads({ customers: { id: "INTEGER", name: "VARCHAR(40)" } }, ["customers(id INTEGER, name VARCHAR(40))"])
  })

  it("takes common words for types only where a schema is announced", () => {
    const data = { customers: { id: "integer", name: "text" } }
    reads(data, [])
    reads(data, ["customers(id integer, name text)"], introduced("database://schema"))
  })

  it("reads schemas and databases, and names them where there is more than one", () => {
    const inside = { tables: { customers: { columns: [id, name] } } }
    reads({ schemas: { public: inside, sales: inside } }, [`public.${customers}`, `sales.${customers}`])
    reads({ schemas: [{ name: "public", ...inside }] }, [`public.${customers}`])
    reads({ databases: [{ name: "shop", ...inside }] }, [customers])
    reads(
      {
        databases: [
          { name: "shop", ...inside },
          { name: "crm", ...inside }
        ]
      },
      [`shop.${customers}`, `crm.${customers}`]
    )
    reads({ databases: { shop: { schemas: { public: inside } } } }, [`public.${customers}`])
    reads({ tables: { "sales.customers": { columns: [id, name] } } }, [`sales.${customers}`])
    reads({ schemas: { information_schema: inside, public: inside } }, [`public.${customers}`])
  })

  it("reads several contents of one resource, each in a shape of its own", () => {
    reads(
      [
        { table_name: "customers", columns: [id, name] },
        "CREATE TABLE orders (id INTEGER PRIMARY KEY)",
        { tables: { items: { columns: ["id"] } } }
      ],
      [customers, "orders(id INTEGER key)", "items(id)"]
    )
  })
})

describe("one resource a table", () => {
  const columns = [
    { column_name: "id", data_type: "integer" },
    { column_name: "name", data_type: "character varying" }
  ]
  const expected = ["customers(id integer, name character varying)"]

  // modelcontextprotocol/servers src/postgres/index.ts
  it("is called by the URI before `schema`, as the PostgreSQL reference server does", () => {
    reads(columns, expected, introduced("postgres://reader@localhost/customers/schema", '"customers" database schema'))
    // @executeautomation/database-server
    reads(columns, expected, introduced("db:///customers/schema", '"customers" database schema'))
    reads(columns, ["Großkunden(id integer, name character varying)"], introduced("db:///Gro%C3%9Fkunden/schema"))
  })

  // benborla/mcp-server-mysql index.ts; `mysql://tables` itself lists no columns.
  it("is called by the URI after `tables`", () => {
    reads(columns, expected, introduced("mysql://tables/customers", "customers"))
    const rows = [{ COLUMN_NAME: "id", DATA_TYPE: "int", COLUMN_KEY: "PRI", COLUMN_COMMENT: "Number" }]
    reads(
      {
        tableName: "customers",
        database: "shop",
        columns: rows,
        indexes: [{ INDEX_NAME: "PRIMARY", COLUMN_NAME: "id" }]
      },
      ["customers(id int key)"],
      introduced("schema://tables/customers", "customers schema")
    )
    reads([], [], introduced("mysql://tables/customers", "customers"))
  })

  // bytebase/dbhub src/resources/schema.ts
  it("is called by a field, whatever is wrapped around it", () => {
    const typed = [{ name: "id", type: "integer", nullable: false, default: null }]
    const about = introduced("db://schemas/public/tables/clients", "table_structure_in_schema")
    reads(
      { success: true, data: { table: "customers", schema: "public", columns: typed, count: 1, database: "default" } },
      ["public.customers(id integer)"]
    )
    reads({ success: true, data: { columns: typed } }, ["public.clients(id integer)"], about)
    // defog-ai/defog
    reads({ table_name: "customers", columns }, expected)
  })

  // describe_table of @executeautomation/database-server and of mcp-postgres-server
  it("is read from what a database answers about a table", () => {
    const about = introduced("table://customers")
    reads(
      [{ name: "id", type: "INTEGER", notnull: true, default_value: null, primary_key: true }],
      ["customers(id INTEGER key)"],
      about
    )
    reads(
      [{ cid: 0, name: "id", type: "integer", notnull: 0, dflt_value: null, pk: 1 }],
      ["customers(id integer key)"],
      about
    )
    reads(
      { columns: [{ column: "id", type: "int4", nullable: false, default: null, is_primary_key: true }] },
      ["customers(id int4 key)"],
      about
    )
    reads(
      [
        { Field: "id", Type: "int(11)", Null: "NO", Key: "PRI", Default: null, Extra: "auto_increment" },
        { Field: "state", Type: "enum('on','off')", Null: "NO", Key: "", Default: null, Extra: "" }
      ],
      ["customers(id int(11) key, state enum('on','off') [on, off])"],
      about
    )
    reads({ id: "INTEGER", name: "TEXT" }, ["customers(id INTEGER, name TEXT)"], about)
  })

  it("is nothing if no one says which table it is", () => {
    reads(columns, [], introduced("resource://describe", "describe_table"))
    reads({ columns }, [], introduced("database://schema", "schema"))
  })
})

describe("flat rows of information_schema.columns", () => {
  const rows = [
    { table_schema: "public", table_name: "orders", column_name: "id", data_type: "bigint", ordinal_position: 2 },
    {
      table_schema: "public",
      table_name: "orders",
      column_name: "state",
      data_type: "USER-DEFINED",
      udt_name: "order_state",
      ordinal_position: 1
    },
    { table_schema: "crm", table_name: "orders", column_name: "id", data_type: "bigint", ordinal_position: 1 },
    { table_schema: "pg_catalog", table_name: "pg_class", column_name: "oid", data_type: "oid", ordinal_position: 1 }
  ]
  const expected = ["public.orders(state order_state, id bigint)", "crm.orders(id bigint)"]

  it("are grouped by table, in the order of their positions, without the system's own", () => {
    reads(rows, expected)
    reads({ success: true, data: { rows, count: 4 } }, expected)
    reads(
      rows.map((row) => Object.fromEntries(Object.entries(row).map(([key, value]) => [key.toUpperCase(), value]))),
      expected
    )
  })

  it("are read as columns and rows too", () => {
    const keys = ["table_schema", "table_name", "column_name", "data_type", "udt_name", "ordinal_position"] as const
    const values = rows.map((row) => keys.map((key) => (key === "udt_name" ? (row.udt_name ?? null) : row[key])))
    reads({ columns: [...keys], rows: values, row_count: 4 }, expected)
    reads({ columns: keys.map((name) => ({ name })), rows: values }, expected)
    reads({ columns: [...keys], rows }, expected)
  })

  it("tell keys by column_key and by what they refer to", () => {
    const shapes = readSchema(
      [
        { TABLE_NAME: "orders", COLUMN_NAME: "id", COLUMN_TYPE: "int(11)", COLUMN_KEY: "PRI" },
        {
          TABLE_NAME: "orders",
          COLUMN_NAME: "state",
          DATA_TYPE: "enum",
          COLUMN_TYPE: "enum('a','b')",
          COLUMN_KEY: "MUL"
        },
        {
          TABLE_NAME: "orders",
          COLUMN_NAME: "customer_id",
          COLUMN_TYPE: "int(11)",
          REFERENCED_TABLE_NAME: "customers",
          REFERENCED_COLUMN_NAME: "id"
        }
      ],
      plain
    )
    assert.deepStrictEqual(written(shapes), ["orders(id int(11) key, state enum [a, b], customer_id int(11))"])
    assert.deepStrictEqual(arrows(shapes), ["orders(customer_id) -> customers(id)"])
  })
})

it("reads CREATE TABLE text alone, in lists, in rows of sqlite_master and under keys for SQL", () => {
  const sql = "CREATE TABLE customers (id INTEGER PRIMARY KEY, name TEXT)"
  reads(sql, [customers])
  reads(`# Shop\n\n\`\`\`sql\n${sql};\n\`\`\`\n`, [customers])
  reads({ schema: sql }, [customers])
  reads({ tables: { customers: sql } }, [customers])
  reads({ tables: [{ name: "customers", sql }] }, [customers])
  reads(
    [
      { type: "table", name: "customers", tbl_name: "customers", sql },
      { type: "index", name: "i", sql: null }
    ],
    [customers]
  )
  reads({ Table: "customers", "Create Table": sql }, [customers])
  reads({ ddl: [sql, "ALTER TABLE customers ADD PRIMARY KEY (name)"] }, ["customers(id INTEGER key, name TEXT key)"])
})
