/** The two demo MCP servers as the SDK's `Server`s. A fresh one is made for every session. */
import { Server } from "@modelcontextprotocol/sdk/server/index.js"
import {
  CallToolRequestSchema,
  type CallToolResult,
  ErrorCode,
  ListResourcesRequestSchema,
  ListToolsRequestSchema,
  McpError,
  ReadResourceRequestSchema
} from "@modelcontextprotocol/sdk/types.js"
import * as Result from "effect/Result"
import type * as Schema from "effect/Schema"
import type { DemoDatabase } from "./DemoDatabase.ts"
import { columnMappings, databaseMetadata, metadataSummary, productAliases, productList } from "./DemoMetadata.ts"

/** *Product Metadata MCP*: three resources, no tools. */
export const makeProductServer = (): Server => {
  const server = new Server(
    { name: "product-metadata-mcp", version: "1.0.0" },
    { capabilities: { resources: {} }, instructions: "Names of products and terms, and what they are in the database." }
  )
  offerResources(server, [
    resource("product://aliases", "product_aliases", "Products, their aliases and database keys", productAliases),
    resource("product://column-mappings", "column_mappings", "Everyday terms as SQL expressions", columnMappings),
    resource("product://summary", "metadata_summary", "What this server knows", metadataSummary)
  ])
  return server
}

/** *Database MCP*: the schema and the products' plain names as resources, and the read-only tool `execute_query`. */
export const makeDatabaseServer = (database: DemoDatabase): Server => {
  const server = new Server(
    { name: "database-mcp", version: "1.0.0" },
    { capabilities: { resources: {}, tools: {} }, instructions: "Read database://metadata before writing SQL." }
  )
  offerResources(server, [
    resource(
      "database://metadata",
      "database_metadata",
      "Tables, columns and relationships (SQLite)",
      databaseMetadata
    ),
    resource("database://products", "product_list", "The products by their plain names", productList)
  ])
  server.setRequestHandler(ListToolsRequestSchema, () => ({ tools: [executeQuery] }))
  server.setRequestHandler(CallToolRequestSchema, (request) => {
    const sql = request.params.arguments?.["sql"]
    if (request.params.name !== executeQuery.name) {
      return Promise.reject(new McpError(ErrorCode.InvalidParams, `unknown tool ${request.params.name}`))
    }
    return typeof sql === "string" ? run(database, sql) : failed("the argument sql must be a string")
  })
  return server
}

interface DemoResource {
  readonly uri: string
  readonly name: string
  readonly description: string
  readonly mimeType: string
  readonly text: string
}

const resource = (uri: string, name: string, description: string, data: Schema.Json): DemoResource => ({
  uri,
  name,
  description,
  mimeType: "application/json",
  text: JSON.stringify(data)
})

const offerResources = (server: Server, resources: ReadonlyArray<DemoResource>): void => {
  server.setRequestHandler(ListResourcesRequestSchema, () => ({
    resources: resources.map(({ text, ...listed }) => ({ ...listed, size: Buffer.byteLength(text) }))
  }))
  server.setRequestHandler(ReadResourceRequestSchema, (request) => {
    const found = resources.find(({ uri }) => uri === request.params.uri)
    // The MCP specification's code for a resource that does not exist.
    if (found === undefined) return Promise.reject(new McpError(-32002, `Resource not found: ${request.params.uri}`))
    return { contents: [{ uri: found.uri, mimeType: found.mimeType, text: found.text }] }
  })
}

const executeQuery = {
  name: "execute_query",
  title: "Run a query",
  description: "Runs one read-only SQLite statement (SELECT, WITH or VALUES) and returns its rows.",
  inputSchema: {
    type: "object" as const,
    properties: { sql: { type: "string", description: "One SQLite statement that only reads" } },
    required: ["sql"]
  },
  outputSchema: {
    type: "object" as const,
    properties: {
      columns: { type: "array", items: { type: "string" } },
      rows: { type: "array", items: { type: "array" } },
      rowCount: { type: "integer" }
    },
    required: ["columns", "rows", "rowCount"]
  },
  annotations: { readOnlyHint: true, openWorldHint: false }
}

const failed = (message: string): CallToolResult => ({ content: [{ type: "text", text: message }], isError: true })

const run = (database: DemoDatabase, sql: string): CallToolResult =>
  Result.match(database.query(sql), {
    onFailure: failed,
    onSuccess: ({ columns, rows }) => {
      const structuredContent = { columns, rows, rowCount: rows.length }
      return { content: [{ type: "text", text: JSON.stringify(structuredContent) }], structuredContent }
    }
  })
