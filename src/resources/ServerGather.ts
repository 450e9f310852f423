/** One server's resources, over one session, within its limits: read while the list is still coming in. */
import * as Deferred from "effect/Deferred"
import * as Effect from "effect/Effect"
import * as Order from "effect/Order"
import * as Result from "effect/Result"
import type { OrchestratorConfig } from "../config/OrchestratorConfig.ts"
import type { Content, ListedResource } from "../connection/Replies.ts"
import { maskingWhole } from "../connection/Secrets.ts"
import type { ServerConnection } from "../connection/ServerConnection.ts"
import type { Session } from "../connection/Session.ts"
import { failure, type SessionFailure } from "../connection/SessionFailure.ts"
import * as ServerReason from "../errors/ServerReason.ts"
import * as LogEvent from "../telemetry/LogEvent.ts"
import * as Metrics from "../telemetry/Metrics.ts"
import { observed } from "../telemetry/Observed.ts"
import type { GatheredResource, ServerResources } from "./GatheredResources.ts"
import { failed, type GatherFailure } from "./GatherFailure.ts"
import type { Listing, OnPage } from "./Listing.ts"
import type { ProgressEvent } from "./Progress.ts"
import * as ResourceData from "./ResourceData.ts"
import { request } from "./ServerRequest.ts"

/**
 * Reads each resource from when `list` tells of its page, `max_concurrency` at once, and assembles them when all are there;
 * the first failure of either ends both. What was read before the list is whole is published only then, since only then it
 * is known of how many. `manifest.durationMs` is left at 0 for the caller, who knows when it began.
 */
export const readAll = Effect.fnUntraced(function* (
  session: Session,
  connection: ServerConnection,
  config: OrchestratorConfig,
  list: (onPage: OnPage) => Effect.Effect<Listing, GatherFailure>,
  publish: (event: ProgressEvent) => void
): Effect.fn.Return<ServerResources, GatherFailure> {
  const { server } = connection
  const found: Array<ListedResource> = []
  let taken = 0
  let page = Deferred.makeUnsafe<void>()
  const readers = yield* Deferred.make<number>()
  const resources: Array<GatheredResource> = []
  const early: Array<(total: number) => void> = []
  let total: number | null = null

  let done = 0
  const read = reader(session, connection, config, ({ size, uri }) => {
    const number = (done += 1)
    const report = (total: number) =>
      publish({ _tag: "Read", server: server.id, uri, bytes: size, done: number, total })
    if (total === null) early.push(report)
    else report(total)
  })
  /** Wakes the readers who wait for more. */
  const turnPage = () => {
    const before = page
    page = Deferred.makeUnsafe()
    Deferred.doneUnsafe(before, Effect.void)
  }
  const listing = list((added, more) => {
    for (const resource of added) found.push(resource)
    // Once: as many as can be busy.
    Deferred.doneUnsafe(readers, Effect.succeed(more ? server.maxConcurrency : added.length))
    return Effect.sync(turnPage)
  }).pipe(
    Effect.tap((whole) => {
      total = whole.resources.length
      for (const report of early) report(total)
      Deferred.doneUnsafe(readers, Effect.succeed(0))
      return Effect.sync(turnPage)
    })
  )
  const worker: Effect.Effect<void, GatherFailure> = Effect.suspend(() => {
    const next = found[taken]
    if (next === undefined) return total === null ? Effect.flatMap(afterList(page), () => worker) : Effect.void
    taken += 1
    return Effect.flatMap(read(next), (resource) => {
      resources.push(resource)
      return worker
    })
  })
  const reading = Effect.flatMap(afterList(readers), (count) =>
    Effect.all(
      Array.from({ length: Math.min(count, server.maxConcurrency) }, () => worker),
      unbounded
    )
  )
  const [{ pages }] = yield* Effect.all([listing, reading], { concurrency: "unbounded" })

  return {
    id: server.id,
    name: server.name,
    priority: server.priority,
    domains: server.domains,
    capabilities: server.capabilities,
    resources: keyed(resources),
    schema: null,
    manifest: {
      pages,
      resources: resources.length,
      bytes: resources.reduce((sum, { size }) => sum + size, 0),
      durationMs: 0,
      protocolVersion: session.info.protocolVersion,
      serverInfo: session.info.serverInfo
    }
  }
})

/**
 * By name, in order of name and URI. Of several with one name the first keeps it; the others go by their URI, which
 * with the server is what identifies a resource.
 */
export const keyed = (resources: ReadonlyArray<GatheredResource>): ReadonlyMap<string, GatheredResource> => {
  const byUri = resources.toSorted(Order.mapInput(Order.String, ({ uri }) => uri))
  const names = new Map<string, GatheredResource>()
  for (const resource of byUri) if (!names.has(resource.name)) names.set(resource.name, resource)
  const taken = new Set(names.keys())
  const entries = byUri.map((resource) => {
    if (names.get(resource.name) === resource) return [resource.name, resource] as const
    // A resource may even be named like another one's URI: what is data must not push data out.
    let key = resource.uri
    for (let number = 2; taken.has(key); number += 1) key = `${resource.uri} (${number})`
    taken.add(key)
    return [key, resource] as const
  })
  return new Map(entries.toSorted(Order.mapInput(Order.String, ([key]) => key)))
}

// -----------------------------------------------------------------------------
// internals

/** Reads one resource after another, or many at once, as long as all that it has read is within the server's limits. */
const reader = (
  session: Session,
  connection: ServerConnection,
  config: OrchestratorConfig,
  onRead: (resource: GatheredResource) => void
) => {
  const { server } = connection
  const { limits } = config
  const masked = maskingWhole(server)
  let held = 0
  const decode = (
    resource: ListedResource,
    contents: ReadonlyArray<Content>
  ): Effect.Effect<GatheredResource, GatherFailure> => {
    const { uri } = resource
    const fail = (cause: SessionFailure) => Effect.fail(failed("read", cause, { uri }))
    const decoded = ResourceData.fromContents(contents, resource.mimeType)
    if (Result.isFailure(decoded)) return fail(failure("decode", new ServerReason.InvalidReply(), decoded.failure))
    const { data, mimeType, size } = decoded.success
    held += size + contents.reduce((sum, { mimeType = "", uri }) => sum + uri.length + mimeType.length, 0)
    if (size > limits.resourceBytes) {
      const detail = `larger than ${limits.resourceBytes} bytes (limits.resource_bytes)`
      return fail(failure("limit", new ServerReason.TooLarge({ limit: limits.resourceBytes }), detail))
    }
    // What the contents are called counts too: a resource of very many empty ones is large.
    if (held > limits.serverBytes) {
      const detail = `the server's resources together are larger than ${limits.serverBytes} bytes (limits.server_bytes)`
      return fail(failure("limit", new ServerReason.TooLarge({ limit: limits.serverBytes }), detail))
    }
    const gathered = { ...resource, uri: masked(uri), ...(mimeType === null ? {} : { mimeType }), size, data }
    onRead(gathered)
    return Effect.as(Metrics.resourceRead(server.id, size), gathered)
  }
  return (resource: ListedResource) => {
    const { uri } = resource
    const fields = { server: server.id, operation: "read", uri: masked(uri) }
    return request(connection, config, { operation: "read", uri }, session.read(uri)).pipe(
      Effect.flatMap((contents) => decode(resource, contents)),
      (read) =>
        observed(read, {
          started: LogEvent.debug("resource_fetch_requested", fields),
          completed: ({ size: bytes }, duration_ms) =>
            LogEvent.debug("resource_fetch_completed", { ...fields, bytes, duration_ms })
        })
    )
  }
}

/** Lets the list ask for its next page first: what that waits for, all the rest waits for. */
const afterList = <A>(listed: Deferred.Deferred<A>): Effect.Effect<A> =>
  Effect.tap(Deferred.await(listed), () => Effect.yieldNow)

const unbounded = { concurrency: "unbounded", discard: true } as const
