/** From a failed session or request to the error that the caller gets: server, stage, attempts, remedy. */
import * as Data from "effect/Data"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import type { OrchestratorConfig, ServerConfig } from "../config/OrchestratorConfig.ts"
import { shownUri } from "../connection/Secrets.ts"
import { failure, type SessionFailure } from "../connection/SessionFailure.ts"
import { type ServerReason, TimedOut } from "../errors/ServerReason.ts"
import { McpConnectionError, ResourceFetchError } from "../OrchestratorError.ts"

/** What was being done when it failed. */
export class GatherFailure extends Data.TaggedError("GatherFailure")<{
  readonly operation: "connect" | "list" | "read" | "introspect"
  readonly failure: SessionFailure
  /** The resource being read, else `null`. */
  readonly uri: string | null
  /** All tries, the first one included. */
  readonly attempts: number
  /** What the operator can do, where more is known than the failure's reason says. */
  readonly remedy: string | null
}> {}

/** A failure of one try and no resource, but for what `more` says. */
export const failed = (
  operation: GatherFailure["operation"],
  failure: SessionFailure,
  more: Partial<Pick<GatherFailure, "uri" | "attempts" | "remedy">> = {}
): GatherFailure => new GatherFailure({ operation, failure, uri: null, attempts: 1, remedy: null, ...more })

/** A failure outside of a list or read is one of connecting. */
export const connecting = <A, R>(
  effect: Effect.Effect<A, GatherFailure | SessionFailure, R>
): Effect.Effect<A, GatherFailure, R> =>
  Effect.catchTag(effect, "SessionFailure", (cause) => Effect.fail(failed("connect", cause)))

/** The same failure, after the whole was tried so often; the request itself may have been tried more often. */
export const afterTries = (last: GatherFailure, attempts: number): GatherFailure =>
  new GatherFailure({ ...last, attempts: Math.max(attempts, last.attempts) })

/** Why a gather failed, or a server is not well. */
export const GatherError = Schema.Union([McpConnectionError, ResourceFetchError])
export type GatherError = typeof GatherError.Type

/** Ends what takes longer than `gather_timeout`; `operation` says what it was at. */
export const withinGatherTimeout =
  ({ gatherTimeout }: OrchestratorConfig, operation: () => GatherFailure["operation"]) =>
  <A, R>(effect: Effect.Effect<A, GatherFailure, R>): Effect.Effect<A, GatherFailure, R> =>
    Effect.timeoutOrElse(effect, {
      duration: gatherTimeout,
      orElse: () => {
        const detail = `not finished within gather_timeout (${Duration.format(gatherTimeout)})`
        const at = operation()
        const reason = new TimedOut({ limit: gatherTimeout })
        return Effect.fail(failed(at, failure(at === "introspect" ? "call" : at, reason, detail)))
      }
    })

/** The public error for a server's last failure. */
export const toError = (server: ServerConfig, last: GatherFailure): GatherError => {
  const { operation, uri } = last
  return operation === "connect"
    ? toConnectionError(server, last)
    : new ResourceFetchError({
        operation,
        ...fieldsOf(server, last),
        uri: uri === null ? null : shownUri(uri, server)
      })
}

/** The same for a server that could not be connected. */
export const toConnectionError = (server: ServerConfig, last: GatherFailure): McpConnectionError =>
  new McpConnectionError(fieldsOf(server, last))

// -----------------------------------------------------------------------------
// internals

const fieldsOf = (server: ServerConfig, last: GatherFailure) => ({
  server: server.id,
  stage: last.failure.stage,
  reason: last.failure.reason,
  url: server.url.shown,
  attempts: last.attempts,
  detail: last.failure.detail,
  remedy: last.remedy ?? remedyFor(last, server)
})

/** The remedy of the reason, or a better one where the request or the configuration tells more. */
const remedyFor = ({ failure: { reason }, operation, uri }: GatherFailure, server: ServerConfig): string => {
  if (operation === "introspect" && reason._tag === "TimedOut" && reason.hint === null) return slowSchema(server)
  const remedy =
    reason._tag === "Unsupported" && reason.lacks === "resources"
      ? withoutResources(server)
      : reason.remedy.replaceAll("<id>", () => server.id)
  return operation === "read" && uri !== null && isOfTheResource.has(reason._tag)
    ? `${remedy} Or leave it out: ${exclusion(uri, server)}.`
    : remedy
}

/** Each page of a schema costs the database the whole statement, and there are many where replies are small. */
const slowSchema = ({ id }: ServerConfig): string =>
  `Raise mcp_servers.${id}.request_timeout or orchestration.gather_timeout, let the server send larger replies (mcp-postgres-server: PG_MAX_RESULT_BYTES), or publish the schema as a resource.`

/** What goes wrong with one resource while the others can be read: without it the gather would succeed. */
const isOfTheResource: ReadonlySet<ServerReason["_tag"]> = new Set([
  "InvalidReply",
  "WrongResource",
  "ServerError",
  "TooLarge",
  "Unsupported"
])

/** The line to write; a URI that may not be shown cannot be in it. */
const exclusion = (uri: string, server: ServerConfig): string => {
  const key = `mcp_servers.${server.id}.resources.exclude`
  return shownUri(uri, server) === uri ? `add ${JSON.stringify(uri)} to ${key}` : `add its URI to ${key}`
}

/** A list of capabilities may not become empty: then something else must stand in it, or the server go. */
const withoutResources = ({ capabilities, id }: ServerConfig): string => {
  const entry = `mcp_servers.${id}`
  const cure =
    capabilities.length > 1
      ? `remove "list_resources" from ${entry}.capabilities`
      : `put what it offers (such as "execute_query") in place of "list_resources" into ${entry}.capabilities, or set ${entry}.enabled to false`
  return `If the server has no resources, ${cure}; else enable them at the server.`
}
