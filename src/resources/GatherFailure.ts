/** From a failed session or request to the error that the caller gets: server, stage, attempts, remedy. */
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import type { OrchestratorConfig, ServerConfig } from "../config/OrchestratorConfig.ts"
import type { Exhausted } from "../connection/RetryPolicy.ts"
import { maskingWhole } from "../connection/Secrets.ts"
import { failure, type Hint, SessionFailure } from "../connection/SessionFailure.ts"
import { McpConnectionError, ResourceFetchError, type ServerFailureReason } from "../OrchestratorError.ts"
import * as Redaction from "../telemetry/Redaction.ts"

/** What was being done when it failed. */
export interface GatherFailure {
  readonly operation: "connect" | "list" | "read" | "introspect"
  /** The resource being read, else `null`. */
  readonly uri: string | null
  readonly failure: SessionFailure
  /** Tries of the request itself, where it was tried again by itself. */
  readonly attempts: number
  /** What the operator can do, where more is known than the failure's reason says. */
  readonly remedy?: string
}

/** A failure outside of a list or read is one of connecting. */
export const asGatherFailure = (cause: GatherFailure | SessionFailure): GatherFailure =>
  cause instanceof SessionFailure ? { operation: "connect", uri: null, failure: cause, attempts: 1 } : cause

/** Why a gather failed, or a server is not well. */
export const GatherError = Schema.Union([McpConnectionError, ResourceFetchError])
export type GatherError = typeof GatherError.Type

/** Ends what takes longer than `gather_timeout`; `operation` says what it was at. */
export const withinGatherTimeout =
  ({ gatherTimeout }: OrchestratorConfig, operation: () => GatherFailure["operation"]) =>
  <A, R>(effect: Effect.Effect<A, Exhausted<GatherFailure>, R>): Effect.Effect<A, Exhausted<GatherFailure>, R> =>
    Effect.timeoutOrElse(effect, {
      duration: gatherTimeout,
      orElse: () => {
        const detail = `not finished within gather_timeout (${Duration.format(gatherTimeout)})`
        const at = operation()
        const last = {
          operation: at,
          uri: null,
          failure: failure(at === "introspect" ? "call" : at, "TimedOut", detail),
          attempts: 1
        }
        return Effect.fail({ last, attempts: 1 })
      }
    })

/** The public error for a server's last failure. */
export const toError = (server: ServerConfig, exhausted: Exhausted<GatherFailure>): GatherError => {
  const { operation, uri } = exhausted.last
  return operation === "connect"
    ? new McpConnectionError({ operation, ...fieldsOf(server, exhausted) })
    : new ResourceFetchError({
        operation,
        ...fieldsOf(server, exhausted),
        uri: uri === null ? null : shownUri(uri, server)
      })
}

/** The public error for a server that could not be connected. */
export const toConnectionError = (server: ServerConfig, failed: Exhausted<SessionFailure>): McpConnectionError => {
  const last = { operation: "connect", uri: null, failure: failed.last, attempts: failed.attempts } as const
  return new McpConnectionError({ operation: "connect", ...fieldsOf(server, { last, attempts: failed.attempts }) })
}

const fieldsOf = (server: ServerConfig, { attempts, last }: Exhausted<GatherFailure>) => ({
  server: server.id,
  stage: last.failure.stage,
  reason: last.failure.reason,
  url: server.url.shown,
  attempts: Math.max(attempts, last.attempts),
  detail: last.failure.detail,
  remedy: last.remedy ?? remedyFor(last, server)
})

const shownUri = (uri: string, server: ServerConfig): string => Redaction.url(maskingWhole(server)(uri))

const remedyFor = (last: GatherFailure, server: ServerConfig): string => {
  const { hint, reason } = last.failure
  if (last.operation === "introspect" && reason === "TimedOut" && hint === null) return slowSchema(server)
  const remedy = reasonRemedy(last.failure, server)
  return last.operation === "read" && last.uri !== null && isOfTheResource.has(reason)
    ? `${remedy} Or leave it out: ${exclusion(last.uri, server)}.`
    : remedy
}

/** Each page of a schema costs the database the whole statement, and there are many where replies are small. */
const slowSchema = ({ id }: ServerConfig): string =>
  `Raise mcp_servers.${id}.request_timeout or orchestration.gather_timeout, let the server send larger replies (mcp-postgres-server: PG_MAX_RESULT_BYTES), or publish the schema as a resource.`

/** What goes wrong with one resource while the others can be read: without it the gather would succeed. */
const isOfTheResource: ReadonlySet<ServerFailureReason> = new Set([
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

const reasonRemedy = ({ hint, reason, stage }: SessionFailure, server: ServerConfig): string => {
  const entry = `mcp_servers.${server.id}`
  return hint === null ? remedyForReason(reason, stage, server) : remedyForHint(hint, entry)
}

/** For what the failure says about the way to the server. */
const remedyForHint = (hint: Hint, entry: string): string => {
  switch (hint) {
    case "StreamableHttp":
      return `Only SSE is spoken here: put the server's SSE address into ${entry}.url (often it ends in /sse), or a bridge that speaks SSE in front of the server.`
    case "NoEndpoint":
      return `Check that ${entry}.url is the address of an SSE server, not of a streamable HTTP one; a proxy in between may hold the stream back (nginx: proxy_buffering off, or X-Accel-Buffering: no from the server).`
    case "NoHeaders":
      return `A proxy in between may hold the stream back (nginx: proxy_buffering off, or X-Accel-Buffering: no from the server); else look whether the server is overloaded, or raise ${entry}.connect_timeout.`
    case "Encoding":
      return "Let the server, or the proxy in front of it, send its stream as it is, or as gzip, deflate or br."
    case "PlainPort":
      return `Write http:// in ${entry}.url, or name the port that speaks https.`
    case "TlsPort":
      return `Write https:// in ${entry}.url, or name the port that speaks http.`
    case "ClosedUnanswered":
      return `Look into the server's log: it closed the connection without an answer. If its port speaks https, write https:// in ${entry}.url.`
    case "LostPrefix":
      return `The server announces its endpoint without the path prefix of ${entry}.url: set ${entry}.endpoint_base to that URL without its last part, or tell the server under which path its proxy publishes it.`
    case "DeadEndpoint":
      return "The server announces an endpoint at which nobody takes messages: correct its message path, or the routes of the proxy in front of it."
    case "NoAffinity":
      return "Several nodes seem to stand behind this address: a session's POSTs must reach the node that holds its stream. Turn on sticky sessions at the load balancer, or run one node."
    case "OneAtATime":
      return `The server answers, but too late, as one does that works on one request at a time: lower ${entry}.max_concurrency, or raise ${entry}.request_timeout.`
  }
}

const remedyForReason = (reason: ServerFailureReason, stage: SessionFailure["stage"], server: ServerConfig): string => {
  const entry = `mcp_servers.${server.id}`
  switch (reason) {
    case "HostNotFound":
      return `Check the host name in ${entry}.url.`
    case "Refused":
      return `Start the server, or correct ${entry}.url.`
    case "Reset":
    case "ConnectionLost":
      return "Look into the server's log: it closed the connection."
    case "TimedOut":
      return `Look whether the server is overloaded, or raise ${entry}.connect_timeout or request_timeout.`
    case "Tls":
      return `Check the server's certificate; a private authority goes into ${entry}.ca_file or NODE_EXTRA_CA_CERTS.`
    case "Unauthorized":
    case "Forbidden":
      return `Check the credentials in ${entry}.headers.`
    case "RateLimited":
      return `Lower the load: set ${entry}.rate_limit or max_concurrency.`
    case "Unavailable":
      return "Look into the server's log, and try again when it is healthy."
    case "Rejected":
    case "Redirected":
      return `Check that ${entry}.url is the server's own SSE address.`
    case "ForeignEndpoint":
      return `The server does not know its public address: tell it which (its base URL, or the forwarded headers of its proxy), or set ${entry}.endpoint_base to the address below which its proxy takes POSTs.`
    case "Protocol":
      return `Check that ${entry}.url is an MCP server's SSE address (often it ends in /sse).`
    case "InvalidReply":
    case "WrongResource":
      return "Report it to whoever runs the server: its reply breaks the MCP specification."
    case "ServerError":
      return "Look into the server's log: it refused the request."
    case "TooLarge":
      return "Raise orchestration.limits if the size is right."
    case "TooMany":
      return "Raise orchestration.limits if the number is right."
    case "Unsupported":
      switch (stage) {
        case "list":
          return withoutResources(server)
        case "call":
          return `Correct ${entry}.capabilities or ${entry}.tools.execute_query, or enable the tool at the server.`
        default:
          return "Look into the server's log: it does not know the request."
      }
  }
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
