/**
 * Tests each server against what the configuration says of it: address, handshake, capabilities declared and offered,
 * everything that a gather would ask for, what is understood of it, and whether `execute_query` can take SQL. Unlike a
 * gather it looks at all servers, and does so over a session of its own, so that the handshake is tested too.
 */
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Result from "effect/Result"
import * as Capability from "../config/Capability.ts"
import type { OrchestratorConfig, ServerConfig } from "../config/OrchestratorConfig.ts"
import { maskingWhole, shownUri } from "../connection/Secrets.ts"
import type { ServerConnection } from "../connection/ServerConnection.ts"
import type { Session } from "../connection/Session.ts"
import type { Sessions } from "../connection/Sessions.ts"
import * as Grounding from "../grounding/Grounding.ts"
import * as Introspection from "../grounding/introspection/Introspection.ts"
import * as WritingRights from "../grounding/introspection/WritingRights.ts"
import * as SqlGuard from "../guard/SqlGuard.ts"
import type { ServerResources } from "../resources/GatheredResources.ts"
import { type GatherFailure, toError } from "../resources/GatherFailure.ts"
import * as Listing from "../resources/Listing.ts"
import * as OneServer from "../resources/OneServer.ts"
import { readAll } from "../resources/ServerGather.ts"
import * as QueryTool from "../tools/QueryTool.ts"
import * as ToolLikeness from "../tools/ToolLikeness.ts"
import * as CheckWarnings from "./CheckWarnings.ts"
import * as DeclaredTools from "./DeclaredTools.ts"
import { probe } from "./Probe.ts"
import type { CheckStep, ServerReport } from "./ServerReport.ts"

/**
 * One try for each server, side by side, each within `gather_timeout`; in priority order. Only reads are tried again as
 * in a gather: of very many, one may well meet a server at a bad moment.
 */
export const check = Effect.fn("ServerCheck.check")(function* (
  config: OrchestratorConfig
): Effect.fn.Return<ReadonlyArray<ServerReport>, never, Sessions> {
  return yield* Effect.forEach(config.servers, (server) => checkServer(server, config), { concurrency: "unbounded" })
})

// -----------------------------------------------------------------------------
// internals

type Mutable<T> = { -readonly [key in keyof T]: T[key] }
type Findings = Mutable<
  Omit<ServerReport, "server" | "name" | "priority" | "declared" | "ok" | "steps" | "warnings" | "error">
>

const nothingFound = (): Findings => ({
  handshake: null,
  resources: null,
  excluded: 0,
  read: 0,
  bytes: 0,
  sample: null,
  understood: [],
  schemaTables: null,
  tools: null,
  sqlTool: null,
  sqlArgument: null,
  walls: []
})

const checkServer = Effect.fnUntraced(function* (
  server: ServerConfig,
  config: OrchestratorConfig
): Effect.fn.Return<ServerReport, never, Sessions> {
  const steps: Array<ServerReport["steps"][number]> = []
  const warnings = [...CheckWarnings.ofConfiguration(server)]
  const found = nothingFound()
  const once = { ...config, retry: { ...config.retry, attempts: 1 } }
  const masked = maskingWhole(server)
  let before = yield* Clock.currentTimeMillis
  const finish = (step: CheckStep) =>
    Effect.map(Clock.currentTimeMillis, (now) => {
      steps.push({ step, ms: now - before })
      before = now
    })

  const readResources = Effect.fnUntraced(function* (
    session: Session,
    at: OneServer.At,
    connection: ServerConnection
  ): Effect.fn.Return<ServerResources, GatherFailure> {
    at("list")
    const listing = yield* Listing.listAll(session, connection, once, () => {})
    const [first] = listing.resources
    found.resources = listing.resources.length
    found.excluded = listing.excluded.length
    warnings.push(...CheckWarnings.ofExclusions(server, listing))
    if (server.capabilities.includes(Capability.listResources)) {
      yield* finish("list")
      if (first === undefined && listing.excluded.length === 0) {
        const page = yield* Effect.option(connection.throttle(session.listTemplates(null)))
        const templates = Option.isSome(page) ? page.value.templates : []
        warnings.push(CheckWarnings.ofNoResources(templates.map(({ uriTemplate }) => shownUri(uriTemplate, server))))
      }
    }
    at("read")
    const given = (onPage: Listing.OnPage) => Effect.as(onPage(listing.resources, false), listing)
    const gathered = yield* readAll(session, connection, config, given, (event) => {
      if (event._tag !== "Read") return
      found.read = event.done
      found.bytes += event.bytes
    })
    if (first === undefined) return gathered
    found.sample = shownUri(first.uri, server)
    const { understood } = Grounding.fromResources({ servers: [gathered] })
    found.understood = understood.map((one) => ({ ...one, uri: shownUri(one.uri, server), name: masked(one.name) }))
    warnings.push(...CheckWarnings.ofUnderstood(found.understood))
    yield* finish("read")
    return gathered
  })

  const examine = Effect.fnUntraced(function* (
    session: Session,
    at: OneServer.At,
    connection: ServerConnection
  ): Effect.fn.Return<void, GatherFailure> {
    found.handshake = session.info
    yield* finish("connect")
    const gathered = yield* readResources(session, at, connection)
    at("list")
    yield* compareTools(session, connection, config, found, warnings)
    if (found.tools !== null && session.info.offersTools) yield* finish("tool")
    at("introspect")
    const asked = yield* Introspection.addSchema(session, connection, config, gathered)
    if (asked.schema === null) return
    found.schemaTables = asked.schema.tables.length
    // A server that does not answer this answers questions all the same.
    const mayWrite = yield* Effect.option(WritingRights.mayWrite(session, connection, config, asked))
    if (Option.getOrElse(mayWrite, () => false)) warnings.push(CheckWarnings.writingRole)
    yield* finish("schema")
  })

  const examined = Effect.result(OneServer.askAlone(server, config, examine))
  const [address, outcome] = yield* Effect.all([probe(server), examined], {
    concurrency: "unbounded"
  })
  return {
    server: server.id,
    name: server.name,
    priority: server.priority,
    declared: server.capabilities,
    ok: Result.isSuccess(outcome),
    ...found,
    steps: [...address, ...steps],
    warnings: warnings.map(masked),
    error: Result.isSuccess(outcome) ? null : toError(server, outcome.failure)
  }
})

/**
 * Compares the declared capabilities with the offered tools. A declared `execute_query` that is missing, or cannot take
 * SQL, is a failure: the server would be sent what it cannot answer. Tools that nobody needs are not.
 */
const compareTools = Effect.fnUntraced(function* (
  session: Session,
  connection: ServerConnection,
  config: OrchestratorConfig,
  found: Findings,
  warnings: Array<string>
): Effect.fn.Return<void, GatherFailure> {
  const { server } = connection
  const listed = yield* Effect.result(DeclaredTools.list(session, connection, config))
  if (Result.isFailure(listed)) {
    if (DeclaredTools.areNeeded(server)) return yield* listed.failure
    warnings.push(`its tools cannot be listed: ${listed.failure.failure.detail}`)
    return
  }
  found.tools = listed.success.map(({ name }) => name)
  warnings.push(...CheckWarnings.ofCapabilities(server, found.tools))
  const chosen = QueryTool.choose(listed.success, server.sqlTool)
  if (!server.capabilities.includes(Capability.executeQuery)) {
    if (Result.isSuccess(chosen)) warnings.push(CheckWarnings.ofUnusedTool(chosen.success.name))
    return
  }
  if (Result.isFailure(chosen)) return yield* DeclaredTools.withoutSql(server, chosen.failure)
  const { argument, name } = chosen.success
  yield* SqlGuard.ready(server.dialect).pipe(
    Effect.match({
      onSuccess: () => {
        found.walls = SqlGuard.wallsOf(server.dialect)
      },
      onFailure: (cause) => warnings.push(CheckWarnings.ofMissingParser(cause))
    })
  )
  found.sqlTool = name
  found.sqlArgument = argument
  const tool = listed.success.find((one) => one.name === name)
  if (tool !== undefined && ToolLikeness.acceptsWrites(tool)) warnings.push(CheckWarnings.ofWritingTool(name))
})
