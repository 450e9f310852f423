/** The tool `execute_query` of a server: whether it offers it, and which argument takes the SQL. */
import * as Effect from "effect/Effect"
import * as Predicate from "effect/Predicate"
import type { Tool } from "../connection/Replies.ts"
import type { Session } from "../connection/Session.ts"
import { failure, type SessionFailure } from "../connection/SessionFailure.ts"

export const toolName = "execute_query"
/** The capability a server declares in the configuration; named like the tool. */
export const capability = "execute_query"

/** The argument names in use among SQL servers, likeliest first. */
const usualNames = ["sql", "query", "statement", "sql_query", "q"]

/**
 * Looks for the tool afresh (it may have changed since the last question). `null` if the server does not offer it;
 * fails with `Unsupported` if no argument of it can take SQL.
 */
export const find = Effect.fn("QueryTool.find")(function* (
  session: Session,
  maxPages: number
): Effect.fn.Return<{ readonly argument: string } | null, SessionFailure> {
  if (!session.info.offersTools) return null
  let cursor: string | null = null
  let pages = 0
  do {
    const page: Effect.Success<ReturnType<Session["listTools"]>> = yield* session.listTools(cursor)
    const tool = page.tools.find(({ name }) => name === toolName)
    if (tool !== undefined) {
      const argument = sqlArgument(tool)
      if (argument === null) {
        return yield* failure("call", "Unsupported", `no argument of the tool ${toolName} takes a string of SQL`)
      }
      return { argument }
    }
    pages += 1
    cursor = page.nextCursor
  } while (cursor !== null && pages < maxPages)
  return null
})

/** The string property named as usual, else the only required one, else the only one. */
export const sqlArgument = (tool: Tool): string | null => {
  const properties = tool.inputSchema["properties"]
  if (!Predicate.isObject(properties)) return null
  const strings = Object.entries(properties)
    .filter(([, schema]) => Predicate.isObject(schema) && takesString(schema["type"]))
    .map(([name]) => name)
  const usual = usualNames.find((name) => strings.includes(name))
  if (usual !== undefined) return usual
  const listed = tool.inputSchema["required"]
  const required = Array.isArray(listed) ? strings.filter((name) => listed.includes(name)) : []
  if (required.length === 1) return required[0] ?? null
  return strings.length === 1 ? (strings[0] ?? null) : null
}

const takesString = (type: unknown): boolean =>
  type === undefined || type === "string" || (Array.isArray(type) && type.includes("string"))
