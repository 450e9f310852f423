/**
 * Tests each server against what the configuration says of it: address, handshake, capabilities declared and offered,
 * the listing, a sample read, and whether `execute_query` can take SQL. Unlike a gather it looks at all servers, and
 * does so over a session of its own, so that the handshake is tested too.
 */
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import type { OrchestratorConfig, ServerConfig } from "../config/OrchestratorConfig.ts"
import { isLoopback } from "../connection/sse/Agents.ts"
import { probe } from "./Probe.ts"
import * as ServerConnection from "../connection/ServerConnection.ts"
import type { Session } from "../connection/Session.ts"
import { failure, type SessionFailure } from "../connection/SessionFailure.ts"
import type { Transports } from "../connection/Transports.ts"
import {
  asGatherFailure,
  type GatherError,
  type GatherFailure,
  toError,
  withinGatherTimeout
} from "../resources/GatherFailure.ts"
import { listAll } from "../resources/Listing.ts"
import { readAll } from "../resources/ServerGather.ts"
import * as Redaction from "../telemetry/Redaction.ts"
import * as QueryTool from "../tools/QueryTool.ts"

/**
 * `dns` and `tcp` are measured beside the session, on a connection of their own; `connect` is the session's, from the
 * look-up to the end of the handshake.
 */
export type CheckStep = "dns" | "tcp" | "connect" | "list" | "read" | "tool"

export interface ServerReport {
  readonly server: string
  readonly name: string
  readonly priority: number
  readonly ok: boolean
  /** What the server says of itself: its name, version, protocol and capabilities; `null` without a handshake. */
  readonly handshake: Session["info"] | null
  /** `null` if the listing was not reached. */
  readonly resources: number | null
  /** The URI of the sample that was read, redacted; `null` if none was. */
  readonly sample: string | null
  /** The names of the tools it offers; `null` if they were not reached. */
  readonly tools: ReadonlyArray<string> | null
  /** The argument of `execute_query` that takes SQL; `null` if not declared. */
  readonly sqlArgument: string | null
  /** Milliseconds a step, in order; a step that was not reached is missing. */
  readonly steps: ReadonlyArray<{ readonly step: CheckStep; readonly ms: number }>
  /** What works, but is probably not meant. */
  readonly warnings: ReadonlyArray<string>
  /** The first thing that failed; of the tools it is a `ResourceFetchError` at the stage `call`. */
  readonly error: GatherError | null
}

/** One try for each server, side by side, each within `gather_timeout`; in priority order. */
export const check = Effect.fn("ServerCheck.check")(function* (
  config: OrchestratorConfig
): Effect.fn.Return<ReadonlyArray<ServerReport>, never, Transports> {
  const once = { ...config, retry: { ...config.retry, attempts: 1 } }
  return yield* Effect.forEach(config.servers, (server) => checkServer(server, once), { concurrency: "unbounded" })
})

// internal

type Mutable<T> = { -readonly [key in keyof T]: T[key] }
type Findings = Mutable<Pick<ServerReport, "handshake" | "resources" | "sample" | "tools" | "sqlArgument">>

const checkServer = Effect.fnUntraced(function* (
  server: ServerConfig,
  config: OrchestratorConfig
): Effect.fn.Return<ServerReport, never, Transports> {
  const steps: Array<ServerReport["steps"][number]> = []
  const warnings = plainHttpWarning(server)
  const found: Findings = { handshake: null, resources: null, sample: null, tools: null, sqlArgument: null }
  let before = yield* Clock.currentTimeMillis
  let operation: GatherFailure["operation"] = "connect"
  const finish = (step: CheckStep) =>
    Effect.map(Clock.currentTimeMillis, (now) => {
      steps.push({ step, ms: now - before })
      before = now
    })

  const examine = Effect.fnUntraced(function* (
    session: Session,
    connection: ServerConnection.ServerConnection
  ): Effect.fn.Return<void, GatherFailure> {
    found.handshake = session.info
    yield* finish("connect")
    operation = "list"
    const listing = yield* listAll(session, connection, config, () => {})
    found.resources = listing.resources.length
    yield* finish("list")
    const [sample] = listing.resources
    if (sample === undefined) warnings.push("the server has no resources")
    else {
      operation = "read"
      yield* readAll(session, connection, config, { resources: [sample], pages: 1 }, () => {})
      found.sample = Redaction.url(sample.uri)
      yield* finish("read")
    }
    operation = "list"
    yield* compareTools(session, connection, config, found, warnings).pipe(
      Effect.mapError((cause): GatherFailure => ({ operation: "list", uri: null, failure: cause, attempts: 1 }))
    )
    if (found.tools !== null && session.info.offersTools) yield* finish("tool")
  })

  const examined = Effect.scoped(
    Effect.flatMap(ServerConnection.make(server, config.limits), (connection) =>
      connection.withSession((session) => examine(session, connection))
    )
  ).pipe(
    Effect.mapError((cause) => ({ last: asGatherFailure(cause), attempts: 1 })),
    withinGatherTimeout(config, () => operation),
    Effect.result
  )
  const [address, outcome] = yield* Effect.all([probe(server.url, server.connectTimeout), examined], {
    concurrency: "unbounded"
  })
  return {
    server: server.id,
    name: server.name,
    priority: server.priority,
    ok: Result.isSuccess(outcome),
    ...found,
    steps: [...address, ...steps],
    warnings,
    error: Result.isSuccess(outcome) ? null : toError(server, outcome.failure)
  }
})

/** The capability whose offer is the listing itself. */
const listResources = "list_resources"

/**
 * Compares the declared capabilities with the offered tools. A declared `execute_query` that is missing, or cannot take
 * SQL, is a failure: the server would be sent what it cannot answer. The rest is worth a warning.
 */
const compareTools = Effect.fnUntraced(function* (
  session: Session,
  { server, throttle }: ServerConnection.ServerConnection,
  { limits }: OrchestratorConfig,
  found: Findings,
  warnings: Array<string>
): Effect.fn.Return<void, SessionFailure> {
  const declared = server.capabilities
  const listed = yield* Effect.result(throttle(QueryTool.listAll(session, limits.pages)))
  if (Result.isFailure(listed)) {
    if (declared.includes(QueryTool.capability)) return yield* listed.failure
    warnings.push(`its tools cannot be listed: ${listed.failure.detail}`)
    return
  }
  const offered = listed.success.map(({ name }) => name)
  found.tools = offered
  for (const name of declared) {
    if (name !== listResources && name !== QueryTool.capability && !offered.includes(name)) {
      warnings.push(`the configuration declares ${name}, but the server offers no such tool`)
    }
  }
  if (declared.includes(QueryTool.capability)) {
    const tool = QueryTool.choose(listed.success, server.sqlTool)
    if (Result.isFailure(tool)) {
      const detail = `the configuration declares ${QueryTool.capability}, but ${tool.failure.message}`
      return yield* failure("call", "Unsupported", detail)
    }
    found.sqlArgument = tool.success.argument
  } else if (offered.includes(QueryTool.toolName)) {
    warnings.push(`the server offers ${QueryTool.toolName}, but the configuration does not declare it: it is not used`)
  }
})

const plainHttpWarning = ({ url: { hostname, protocol } }: ServerConfig): Array<string> =>
  protocol === "http:" && !isLoopback(hostname)
    ? [`plain http to ${hostname}: whoever is in between can read the credentials and change the answers`]
    : []
