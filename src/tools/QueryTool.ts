/** The tool of a server that runs SQL: which one it is, and what a call of it looks like. */
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import * as Capability from "../config/Capability.ts"
import type { OrchestratorConfig, SqlToolConfig } from "../config/OrchestratorConfig.ts"
import * as PagedList from "../connection/PagedList.ts"
import type { Tool } from "../connection/Replies.ts"
import type { Session } from "../connection/Session.ts"
import { failure, type SessionFailure } from "../connection/SessionFailure.ts"
import * as Redaction from "../telemetry/Redaction.ts"
import { type Arguments, fill, type Filled, type Place, placeName, sqlPlace, textPlaces } from "./ToolArguments.ts"
import { isNamedLikeSql, onlyWrites, rankOf, speaksOther, speaksSql } from "./ToolLikeness.ts"

/** The tool's usual name. */
const toolName = "execute_query"

/** A tool that runs SQL. `argumentsFor` says how to call it. */
export interface SqlTool {
  readonly name: string
  /** The argument that takes the SQL; `input.sql` for the field `sql` of the object `input`. */
  readonly argument: string
  readonly place: Place
  /** What every call sends beside the SQL. */
  readonly constants: Arguments
  /** The same inside the object that holds the SQL. */
  readonly nested: Arguments
}

/** Why no tool can be used. `message` lists what is offered and says what to write into the configuration. */
export interface ToolProblem {
  /** `None`: the server offers nothing that runs SQL; `Unclear`: the configuration has to say something first. */
  readonly kind: "None" | "Unclear"
  readonly message: string
  /** The names of those offered, as far as they fit into a line. */
  readonly tools: ReadonlyArray<string>
}

type Problem = Omit<ToolProblem, "tools">

/** The arguments of a call that runs this statement. */
export const argumentsFor = ({ constants, nested, place }: SqlTool, sql: string): Arguments =>
  place.parent === null
    ? { ...constants, [place.name]: sql }
    : { ...constants, [place.parent]: { ...nested, [place.name]: sql } }

/** `choose` among the tools that the server offers now: they may have changed since the last question. */
export const find = Effect.fn("QueryTool.find")(function* (
  session: Session,
  configured: SqlToolConfig,
  limits: OrchestratorConfig["limits"]
): Effect.fn.Return<Result.Result<SqlTool, ToolProblem>, SessionFailure> {
  return choose(yield* listAll(session, limits), configured)
})

/**
 * The tool of the configuration; else `execute_query`; else the one that takes one statement, is called like those in use
 * and is the likeliest to read only. A tie is a problem, as is an argument that nothing says how to fill. Pure.
 */
export const choose = (tools: ReadonlyArray<Tool>, configured: SqlToolConfig): Result.Result<SqlTool, ToolProblem> =>
  Result.mapError(chosen(tools, configured), (problem) => ({
    ...problem,
    tools: tools.slice(0, maxListed).map(({ name }) => Redaction.text(name.slice(0, maxName)))
  }))

/** All pages of `tools/list`, within the limits; none if the server has no tools. */
export const listAll = Effect.fnUntraced(function* (
  session: Session,
  limits: OrchestratorConfig["limits"]
): Effect.fn.Return<ReadonlyArray<Tool>, SessionFailure> {
  if (!session.info.offersTools) return []
  const { items } = yield* PagedList.all({
    what: "tools",
    limits,
    page: (cursor) => Effect.map(session.listTools(cursor), ({ nextCursor, tools }) => ({ items: tools, nextCursor })),
    lengthOf,
    failed: (reason, detail) => failure("call", reason, detail)
  })
  return items
})

// -----------------------------------------------------------------------------
// internals

const lengthOf = ({ description, inputSchema, name }: Tool): number =>
  name.length + (description?.length ?? 0) + JSON.stringify(inputSchema).length

const chosen = (tools: ReadonlyArray<Tool>, configured: SqlToolConfig): Result.Result<SqlTool, Problem> => {
  if (configured.name !== null) {
    const tool = tools.find(({ name }) => name === configured.name)
    return tool === undefined
      ? none(`the server offers no tool ${quoted(configured.name)}, which the configuration names`, tools, configured)
      : prepare(tool, configured, tools)
  }
  const usual = tools.find((tool) => tool.name === toolName && !isOther(tool))
  const named = tools.filter(isLikely)
  const reading = named.filter((tool) => !onlyWrites(tool))
  if (usual !== undefined && !(onlyWrites(usual) && reading.length > 0)) return prepare(usual, configured, tools)
  // A tool that speaks of writing alone may still be the only one there is: the guard lets nothing but queries through.
  const likely = (reading.length > 0 ? reading : named)
    .map((tool) => ({ tool, rank: rankOf(tool), prepared: prepare(tool, configured, tools) }))
    .toSorted((one, other) => other.rank - one.rank)
  // A tool that lacks a constant gives way to one that reads as surely, and to no other.
  const best = likely.filter(({ rank }) => rank === likely[0]?.rank)
  const ready = best.filter(({ prepared }) => Result.isSuccess(prepared))
  const [first, ...others] = ready.length > 0 ? ready : best
  if (first === undefined) return none("no tool of the server is known to run SQL", tools, configured)
  if (others.length === 0) return first.prepared
  const tied = [first, ...others].map(({ tool }) => quoted(tool.name))
  return unclear(`${tied.join(" and ")} may run SQL`, tools, first.tool.name)
}

const isOther = (tool: Tool): boolean => {
  const place = sqlPlace(tool, { anyName: true })
  return place !== null && speaksOther(tool, place)
}

const isLikely = (tool: Tool): boolean => {
  const place = sqlPlace(tool, { anyName: false })
  return place !== null && isNamedLikeSql(tool.name) && speaksSql(tool, place)
}

const prepare = (
  tool: Tool,
  configured: SqlToolConfig,
  tools: ReadonlyArray<Tool>
): Result.Result<SqlTool, Problem> => {
  const { argument, constants } = configured
  const place = argument === null ? sqlPlace(tool, { anyName: true }) : placeCalled(tool, argument)
  if (place === null) {
    const takes = textPlaces(tool).map(placeName)
    const texts = takes.length === 0 ? "none that takes a text" : listed(takes)
    return argument === null
      ? unclear(
          `no argument of the tool ${quoted(tool.name)} is known to take SQL (it has ${texts})`,
          tools,
          tool.name,
          "argument"
        )
      : unclear(
          `the tool ${quoted(tool.name)} has no argument ${quoted(argument)} that takes a text (it has ${texts})`,
          tools,
          tool.name,
          "argument"
        )
  }
  const filled = fill(tool, place, constants)
  const problem = fillingProblem(tool, filled)
  return problem === null
    ? Result.succeed({
        name: tool.name,
        argument: placeName(place),
        place,
        constants: filled.constants,
        nested: filled.nested
      })
    : Result.fail(problem)
}

/** A tool whose schema names no properties is taken at the configuration's word. */
const placeCalled = (tool: Tool, argument: string): Place | null =>
  textPlaces(tool).find((place) => placeName(place) === argument) ??
  ("properties" in tool.inputSchema ? null : { parent: null, name: argument, description: "" })

const fillingProblem = (tool: Tool, { missing, unknown }: Filled): Problem | null => {
  const [first] = missing
  if (first !== undefined) {
    const line = entry(
      `name: ${quoted(tool.name)}, arguments: { ${missing.map((name) => `${name.split(".").at(-1) ?? name}: "…"`).join(", ")} }`
    )
    return {
      kind: "Unclear",
      message: shown(`the tool ${quoted(tool.name)} requires ${listed(missing)} too: write ${line}`)
    }
  }
  return unknown.length === 0
    ? null
    : {
        kind: "Unclear",
        message: shown(
          `the tool ${quoted(tool.name)} has no argument ${listed(unknown)}: correct tools.execute_query.arguments`
        )
      }
}

const none = (message: string, tools: ReadonlyArray<Tool>, { name }: SqlToolConfig): Result.Result<never, Problem> => {
  const likeliest = tools.find(isLikely)?.name ?? tools.find(({ name: other }) => isNamedLikeSql(other))?.name
  return Result.fail({
    kind: name === null ? "None" : "Unclear",
    message: withOffer(message, tools, likeliest ?? null)
  })
}

const unclear = (
  message: string,
  tools: ReadonlyArray<Tool>,
  name: string,
  missing?: "argument"
): Result.Result<never, Problem> =>
  Result.fail({
    kind: "Unclear",
    message:
      missing === undefined
        ? withOffer(message, tools, name)
        : shown(`${message}: write ${entry(`name: ${quoted(name)}, argument: "…"`)}`)
  })

const withOffer = (message: string, tools: ReadonlyArray<Tool>, likeliest: string | null): string =>
  tools.length === 0
    ? shown(`${message}: it offers no tools`)
    : shown(
        `${message}; it offers ${listed(tools.map(({ name }) => name))}: write tools: { ${Capability.executeQuery}: ${likeliest === null ? '"<the tool that runs SQL>"' : quoted(likeliest)} }`
      )

const entry = (fields: string): string => `tools: { ${Capability.executeQuery}: { ${fields} } }`

const maxListed = 20
const maxName = 80

/** Names as a server gave them, not more than fit into a line. */
const listed = (names: ReadonlyArray<string>): string =>
  names.slice(0, maxListed).map(quoted).join(", ") +
  (names.length > maxListed ? ` and ${names.length - maxListed} more` : "")

const quoted = (name: string): string => JSON.stringify(name.slice(0, maxName))

const shown = (message: string): string => Redaction.text(message)
