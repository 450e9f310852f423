/** Tables for tests of the guard. */
import type { Table } from "../../src/grounding/Grounding.ts"

export const table = (name: string, columns: ReadonlyArray<string>): Table => ({
  name,
  description: null,
  columns: columns.map((column) => ({ name: column, type: "", primaryKey: false, description: null, values: [] })),
  source: { server: "database_mcp", uri: "db://schema" }
})
