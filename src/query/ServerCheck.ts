/**
 * Tests each server against what the configuration says of it: handshake, capabilities declared and offered, the
 * listing, a sample read, and whether `execute_query` can take SQL. Unlike a gather it looks at all servers.
 */
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Predicate from "effect/Predicate"
import * as Result from "effect/Result"
import type { OrchestratorConfig, ServerConfig } from "../config/OrchestratorConfig.ts"
import type { ServerConnection } from "../connection/ServerConnection.ts"
import type { Session } from "../connection/Session.ts"
import { failure } from "../connection/SessionFailure.ts"
import { asGatherFailure, toError, type GatherError, type GatherFailure } from "../resources/GatherFailure.ts"
import { listAll } from "../resources/Listing.ts"
import * as ResourceData from "../resources/ResourceData.ts"
import { request } from "../resources/ServerRequest.ts"
import * as QueryTool from "./QueryTool.ts"

export interface ServerReport {
  readonly server: string
  readonly name: string
  readonly priority: number
  readonly ok: boolean
  /** What the server says of itself; `null` without a handshake. */
  readonly handshake: Session["info"] | null
  /** `null` if the listing was not reached. */
  readonly resources: number | null
  /** The URI of the sample that was read; `null` if none was. */
  readonly sample: string | null
  /** The argument of `execute_query` that takes SQL; `null` if not declared. */
  readonly sqlArgument: string | null
  /** Milliseconds a step, in order; a step that was not reached is missing. */
  readonly steps: ReadonlyArray<{ readonly step: "connect" | "list" | "read" | "tool"; readonly ms: number }>
  readonly warnings: ReadonlyArray<string>
  readonly error: GatherError | null
}

/** One try for each server, side by side; in priority order. */
export const check = Effect.fn("ServerCheck.check")(function* (
  connections: ReadonlyArray<ServerConnection>,
  config: OrchestratorConfig
): Effect.fn.Return<ReadonlyArray<ServerReport>> {
  const once = { ...config, retry: { ...config.retry, attempts: 1 } }
  return yield* Effect.forEach(connections, (connection) => checkServer(connection, once), {
    concurrency: "unbounded"
  })
})

type Mutable<T> = { -readonly [key in keyof T]: T[key] }
type Findings = Mutable<Pick<ServerReport, "handshake" | "resources" | "sample" | "sqlArgument">>

const checkServer = Effect.fnUntraced(function* (
  connection: ServerConnection,
  config: OrchestratorConfig
): Effect.fn.Return<ServerReport> {
  const { server } = connection
  const steps: Array<ServerReport["steps"][number]> = []
  const warnings = plainHttpWarning(server)
  const found: Findings = { handshake: null, resources: null, sample: null, sqlArgument: null }
  let before = yield* Clock.currentTimeMillis
  const finish = (step: ServerReport["steps"][number]["step"]) =>
    Effect.map(Clock.currentTimeMillis, (now) => {
      steps.push({ step, ms: now - before })
      before = now
    })

  const examine = Effect.fnUntraced(function* (session: Session): Effect.fn.Return<void, GatherFailure> {
    found.handshake = session.info
    yield* finish("connect")
    const listing = yield* listAll(session, connection, config, () => {})
    found.resources = listing.resources.length
    yield* finish("list")
    const [sample] = listing.resources
    if (sample === undefined) warnings.push("the server has no resources")
    else {
      const what = { operation: "read", uri: sample.uri } as const
      const contents = yield* request(connection, config, what, session.read(sample.uri))
      const decoded = ResourceData.fromContents(contents, sample.mimeType)
      if (Result.isFailure(decoded)) {
        return yield* Effect.fail({
          ...what,
          failure: failure("decode", "InvalidReply", decoded.failure),
          attempts: 1
        })
      }
      found.sample = sample.uri
      yield* finish("read")
    }
    if (server.capabilities.includes(QueryTool.capability)) {
      const tool = yield* connection.throttle(QueryTool.find(session, config.limits.pages)).pipe(
        Effect.filterOrElse(Predicate.isNotNull, () => notOffered),
        Effect.mapError((cause): GatherFailure => ({ operation: "list", uri: null, failure: cause, attempts: 1 }))
      )
      found.sqlArgument = tool.argument
      yield* finish("tool")
    }
  })

  const outcome = yield* Effect.result(connection.withSession(examine))
  const last = Result.isSuccess(outcome) ? null : asGatherFailure(outcome.failure)
  return {
    server: server.id,
    name: server.name,
    priority: server.priority,
    ok: last === null,
    ...found,
    steps,
    warnings,
    error: last === null ? null : toError(server, { last, attempts: 1 })
  }
})

const notOffered = Effect.fail(
  failure("call", "Unsupported", `the configuration declares ${QueryTool.capability}, but the server offers no such tool`)
)

const plainHttpWarning = ({ url }: ServerConfig): Array<string> => {
  const loopback = url.hostname === "localhost" || url.hostname === "[::1]" || /^127\./.test(url.hostname)
  return url.protocol === "http:" && !loopback
    ? [`plain http to ${url.hostname}: whoever is in between can read the credentials and change the answers`]
    : []
}
