/** Which name a database did not know, by its error message, and the nearest ones of the schema. Pure. */
import type { SqlProblemCategory } from "../OrchestratorError.ts"
import type { Grounding } from "../grounding/Grounding.ts"
import { nearestNames } from "../guard/NearestNames.ts"

/**
 * The nearest valid names, best first, at most five; none where the message names nothing. For a column: the columns
 * of `tables` (those the statement reads; all, if none is known), then the tables that do have a column of that name.
 */
export const nearestFor = (
  category: SqlProblemCategory,
  message: string,
  tables: ReadonlyArray<string>,
  grounding: Pick<Grounding, "tables">
): ReadonlyArray<string> => {
  if (category !== "unknown_column" && category !== "unknown_table") return []
  const name = unknownName(message)
  if (name === null) return []
  const all = grounding.tables
  if (category === "unknown_table")
    return nearestNames(
      name,
      all.map((table) => table.name)
    )
  const read = new Set(tables.map(folded))
  const inScope = all.filter((table) => read.has(folded(table.name)))
  const candidates = (inScope.length === 0 ? all : inScope).flatMap(({ columns }) =>
    columns.map((column) => column.name)
  )
  const elsewhere = all.flatMap((table) =>
    table.columns
      .filter((column) => folded(column.name) === folded(name))
      .map((column) => `${table.name}.${column.name}`)
  )
  return [...new Set([...nearestNames(name, candidates), ...elsewhere])].slice(0, 5)
}

/** The name without its qualifier and quotes; `null` if no known wording is there. */
export const unknownName = (message: string): string | null => {
  for (const pattern of patterns) {
    const found = pattern.exec(message)?.groups
    const name = found?.["quoted"] ?? found?.["plain"]
    if (name !== undefined) return lastPart(name.replace(/\.$/, ""))
  }
  return null
}

// -----------------------------------------------------------------------------
// internals

const name = /["'`[](?<quoted>[^"'`\]]+)["'`\]]|(?<plain>[\p{L}\p{N}_$.]+)/u.source
const kind = "(?:column|table|relation|view|field)"

/** SQLite's and MySQL's wording, then PostgreSQL's and DuckDB's. */
const patterns = [
  new RegExp(`(?:no such|unknown) ${kind}:? ?(?:${name})`, "iu"),
  new RegExp(`has no ${kind} named (?:${name})`, "iu"),
  new RegExp(`\\b${kind}(?: with name)? (?:${name})[^.;]{0,40}?(?:does not exist|doesn't exist|not found)`, "iu")
]

const lastPart = (name: string): string => name.slice(name.lastIndexOf(".") + 1)

const folded = (name: string): string => lastPart(name).toLowerCase()
