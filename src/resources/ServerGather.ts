/** All resources of one server over one session, within its limits. */
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import type { OrchestratorConfig } from "../config/OrchestratorConfig.ts"
import type { ListedResource } from "../connection/Replies.ts"
import { withRetry } from "../connection/RetryPolicy.ts"
import type { ServerConnection } from "../connection/ServerConnection.ts"
import type { Session } from "../connection/Session.ts"
import { failure, type SessionFailure } from "../connection/SessionFailure.ts"
import * as LogEvent from "../telemetry/LogEvent.ts"
import type { GatheredResource, ServerResources } from "./GatheredResources.ts"
import type { GatherFailure } from "./GatherFailure.ts"
import type { ProgressEvent } from "./Progress.ts"
import * as ResourceData from "./ResourceData.ts"

/**
 * Lists every page, reads every resource (`max_concurrency` at once) and assembles them. `manifest.durationMs` is left
 * at 0 for the caller, who knows when it began.
 */
export const gatherSession = Effect.fnUntraced(function* (
  session: Session,
  connection: ServerConnection,
  config: OrchestratorConfig,
  publish: (event: ProgressEvent) => void
): Effect.fn.Return<ServerResources, GatherFailure> {
  const { server, throttle } = connection
  const { limits, retry } = config

  /** A request with its own tries; a lost session is not its to repair. */
  const request = <A>(operation: "list" | "read", uri: string | null, effect: Effect.Effect<A, SessionFailure>) =>
    withRetry(throttle(effect), {
      retry,
      patience: config.gatherTimeout,
      server: server.id,
      operation,
      failureOf: (error) => (error.reason === "ConnectionLost" ? null : error)
    }).pipe(
      Effect.mapError(({ attempts, last }): GatherFailure => ({ operation, uri, failure: last, attempts }))
    )
  const fail = (operation: "list" | "read", uri: string | null, cause: SessionFailure): GatherFailure => ({
    operation,
    uri,
    failure: cause,
    attempts: 1
  })

  if (!session.info.offersResources) {
    return yield* Effect.fail(
      fail("list", null, failure("list", "Unsupported", "the server does not offer the resources capability"))
    )
  }

  yield* LogEvent.debug("resource_list_requested", { server: server.id })
  const listed = new Map<string, ListedResource>()
  const cursors = new Set<string>()
  let pages = 0
  let cursor: string | null = null
  do {
    if (pages === limits.pages) {
      return yield* Effect.fail(
        fail("list", null, failure("limit", "TooMany", `more than ${limits.pages} pages (limits.pages)`))
      )
    }
    const page: Effect.Success<ReturnType<Session["listPage"]>> = yield* request("list", null, session.listPage(cursor))
    pages += 1
    for (const resource of page.resources) if (!listed.has(resource.uri)) listed.set(resource.uri, resource)
    if (listed.size > limits.resources) {
      return yield* Effect.fail(
        fail("list", null, failure("limit", "TooMany", `more than ${limits.resources} resources (limits.resources)`))
      )
    }
    cursor = page.nextCursor
    if (cursor !== null && cursors.has(cursor)) {
      return yield* Effect.fail(
        fail("list", null, failure("list", "InvalidReply", `page ${pages} repeats an earlier cursor: the list would never end`))
      )
    }
    if (cursor !== null) cursors.add(cursor)
    publish({ _tag: "Listed", server: server.id, pages, resources: listed.size })
  } while (cursor !== null)
  yield* LogEvent.debug("resource_list_received", { server: server.id, resource_count: listed.size, pages })

  let done = 0
  let bytes = 0
  const read = Effect.fnUntraced(function* (resource: ListedResource): Effect.fn.Return<GatheredResource, GatherFailure> {
    const { uri } = resource
    yield* LogEvent.debug("resource_fetch_requested", { server: server.id, uri })
    const contents = yield* request("read", uri, session.read(uri))
    const decoded = ResourceData.fromContents(contents, resource.mimeType)
    if (Result.isFailure(decoded)) {
      return yield* Effect.fail(fail("read", uri, failure("decode", "InvalidReply", decoded.failure)))
    }
    const { data, mimeType, size } = decoded.success
    bytes += size
    if (size > limits.resourceBytes) {
      const detail = `the resource is larger than ${limits.resourceBytes} bytes (limits.resource_bytes)`
      return yield* Effect.fail(fail("read", uri, failure("limit", "TooLarge", detail)))
    }
    if (bytes > limits.serverBytes) {
      const detail = `the server's resources are larger than ${limits.serverBytes} bytes (limits.server_bytes)`
      return yield* Effect.fail(fail("read", uri, failure("limit", "TooLarge", detail)))
    }
    done += 1
    publish({ _tag: "Read", server: server.id, uri, bytes: size, done, total: listed.size })
    yield* LogEvent.debug("resource_fetch_completed", { server: server.id, uri, bytes: size })
    return { ...resource, ...(mimeType === null ? {} : { mimeType }), size, data }
  })
  const resources = yield* Effect.forEach(listed.values(), read, { concurrency: server.maxConcurrency })

  return {
    id: server.id,
    name: server.name,
    priority: server.priority,
    domains: server.domains,
    capabilities: server.capabilities,
    resources: keyed(resources),
    manifest: {
      pages,
      resources: resources.length,
      bytes,
      durationMs: 0,
      protocolVersion: session.info.protocolVersion,
      serverInfo: session.info.serverInfo
    }
  }
})

/**
 * By name, in order of name and URI. Of several with one name the first keeps it; the others go by their URI, which
 * with the server is what identifies a resource (DESIGN §5).
 */
export const keyed = (resources: ReadonlyArray<GatheredResource>): ReadonlyMap<string, GatheredResource> => {
  const byUri = resources.toSorted((one, other) => compare(one.uri, other.uri))
  const names = new Map<string, GatheredResource>()
  for (const resource of byUri) if (!names.has(resource.name)) names.set(resource.name, resource)
  const entries = byUri.map((resource) => {
    if (names.get(resource.name) === resource) return [resource.name, resource] as const
    // A resource may even be named like another one's URI.
    return [names.has(resource.uri) ? `${resource.uri} (${resource.name})` : resource.uri, resource] as const
  })
  return new Map(entries.toSorted(([one], [other]) => compare(one, other)))
}

const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0)
