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
  return yield* choose(yield* listAll(session, maxPages))
})

/** `find` among tools that are listed already. */
export const choose = (
  tools: ReadonlyArray<Tool>
): Effect.Effect<{ readonly argument: string } | null, SessionFailure> => {
  const tool = tools.find(({ name }) => name === toolName)
  if (tool === undefined) return Effect.succeed(null)
  const argument = sqlArgument(tool)
  return argument === null
    ? Effect.fail(failure("call", "Unsupported", `no argument of the tool ${toolName} can take SQL alone`))
    : Effect.succeed({ argument })
}

/** All pages of `tools/list`; none if the server has no tools. More pages than the limit are a failure, never a cut. */
export const listAll = Effect.fnUntraced(function* (
  session: Session,
  maxPages: number
): Effect.fn.Return<ReadonlyArray<Tool>, SessionFailure> {
  const tools: Array<Tool> = []
  if (!session.info.offersTools) return tools
  let cursor: string | null = null
  for (let pages = 0; pages < maxPages; pages++) {
    const page: Effect.Success<ReturnType<Session["listTools"]>> = yield* session.listTools(cursor)
    tools.push(...page.tools)
    cursor = page.nextCursor
    if (cursor === null) return tools
  }
  return yield* failure("call", "TooMany", `more than ${maxPages} pages of tools (limits.pages)`)
})

/**
 * The string property named as usual, else the only required one, else the only one. `null` if there is none, or if
 * the tool requires another argument too: there is nothing to put into that.
 */
export const sqlArgument = (tool: Tool): string | null => {
  const properties = tool.inputSchema["properties"]
  if (!Predicate.isObject(properties)) return null
  const listed: unknown = tool.inputSchema["required"]
  const required = Array.isArray(listed) ? listed.filter(Predicate.isString) : []
  const strings = Object.entries(properties)
    .filter(([, schema]) => Predicate.isObject(schema) && takesString(schema))
    .map(([name]) => name)
  const requiredStrings = strings.filter((name) => required.includes(name))
  const chosen =
    usualNames.find((name) => requiredStrings.includes(name)) ??
    usualNames.find((name) => strings.includes(name)) ??
    [requiredStrings, strings].find((names) => names.length === 1)?.[0]
  return chosen === undefined || required.some((name) => name !== chosen) ? null : chosen
}

/** JSON Schema: `type` may be a list; a schema without one takes anything, one with `enum` only what it lists. */
const takesString = (schema: { readonly [keyword: string]: unknown }): boolean => {
  if ("enum" in schema || "const" in schema) return false
  const variants = [schema["anyOf"], schema["oneOf"]].find(Array.isArray)
  if (variants !== undefined) return variants.some((variant) => Predicate.isObject(variant) && takesString(variant))
  const { type } = schema
  return type === undefined || type === "string" || (Array.isArray(type) && type.includes("string"))
}
