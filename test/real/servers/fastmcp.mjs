/**
 * Two servers made with FastMCP for TypeScript, over SSE, on the port of the first argument. `metadata`: aliases and
 * column mappings as JSON under text/plain. `database FILE`: an SQLite database with its schema, under text/plain too.
 */
import { FastMCP } from "fastmcp"
import { DatabaseSync } from "node:sqlite"
import { z } from "zod"

const [port, role, file] = process.argv.slice(2)

const resource = (server, uri, name, load) =>
  server.addResource({ uri, name, mimeType: "text/plain", load: async () => ({ text: JSON.stringify(load()) }) })

const metadata = () => {
  const server = new FastMCP({ name: "Product Metadata MCP", version: "1.0.0" })
  resource(server, "resource://product_aliases", "get_product_aliases", () => ({
    aliases: {
      bialetti: {
        canonical_id: "P5",
        canonical_name: "Moka Pot",
        aliases: ["stovetop maker", "macchinetta"],
        database_references: { "products.name": "Moka Pot" },
        categories: ["equipment"]
      },
      crema: {
        canonical_id: "P1",
        canonical_name: "Lavazza Crema",
        aliases: ["house blend"],
        database_references: { "products.name": "Lavazza Crema" },
        categories: ["coffee"]
      }
    },
    count: 2,
    last_updated: "2026-01-15T10:00:00Z"
  }))
  resource(server, "resource://column_mappings", "get_column_mappings", () => ({
    mappings: {
      user_friendly_terms: {
        revenue: "SUM(order_items.quantity * order_items.unit_price)",
        "units sold": "SUM(order_items.quantity)",
        buyers: "customers.name"
      },
      comparison_operators: { "greater than": ">", "less than": "<" }
    },
    total_mappings: 5
  }))
  return server
}

const database = () => {
  const db = new DatabaseSync(file, { readOnly: true })
  const server = new FastMCP({ name: "Shop Database MCP", version: "1.0.0" })
  resource(server, "database://metadata", "get_database_metadata", () => ({
    server_name: "shop",
    tables: Object.fromEntries(
      db
        .prepare("SELECT name FROM sqlite_master WHERE type IN ('table', 'view')")
        .all()
        .map(({ name }) => [
          name,
          {
            columns: db
              .prepare("SELECT name, type, pk AS primary_key FROM pragma_table_info(?)")
              .all(name)
              .map((column) => ({ ...column, primary_key: column.primary_key > 0 }))
          }
        ])
    )
  }))
  server.addTool({
    name: "execute_query",
    description: "Runs one SQL statement that only reads.",
    parameters: z.object({ query: z.string() }),
    execute: async ({ query }) => {
      const statement = db.prepare(query)
      statement.setReadBigInts(true)
      return JSON.stringify(statement.all(), (_, value) => (typeof value === "bigint" ? asJson(value) : value))
    }
  })
  return server
}

/** As a text where a number of JavaScript could not hold it. */
const asJson = (integer) => (Number.isSafeInteger(Number(integer)) ? Number(integer) : String(integer))

const server = role === "metadata" ? metadata() : database()
await server.start({ transportType: "httpStream", httpStream: { host: "127.0.0.1", port: Number(port) } })
console.log("ready")
