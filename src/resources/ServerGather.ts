/** The contents of one server's listed resources, over one session, within its limits. */
import * as Effect from "effect/Effect"
import * as Order from "effect/Order"
import * as Result from "effect/Result"
import type { OrchestratorConfig } from "../config/OrchestratorConfig.ts"
import type { ListedResource } from "../connection/Replies.ts"
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
import type { Listing } from "./Listing.ts"
import type { ProgressEvent } from "./Progress.ts"
import * as ResourceData from "./ResourceData.ts"
import { request } from "./ServerRequest.ts"

/**
 * Reads every listed resource (`max_concurrency` at once) and assembles them. `manifest.durationMs` is left at 0 for the
 * caller, who knows when it began.
 */
export const readAll = Effect.fnUntraced(function* (
  session: Session,
  connection: ServerConnection,
  config: OrchestratorConfig,
  listing: Pick<Listing, "resources" | "pages">,
  publish: (event: ProgressEvent) => void
): Effect.fn.Return<ServerResources, GatherFailure> {
  const { server } = connection
  const { limits } = config
  const total = listing.resources.length
  const masked = maskingWhole(server)

  let done = 0
  let bytes = 0
  let held = 0
  const read = Effect.fnUntraced(
    function* (resource: ListedResource): Effect.fn.Return<GatheredResource, GatherFailure> {
      const { uri } = resource
      const shownUri = masked(uri)
      const fail = (cause: SessionFailure) => Effect.fail(failed("read", cause, { uri }))
      const contents = yield* request(connection, config, { operation: "read", uri }, session.read(uri))
      const decoded = ResourceData.fromContents(contents, resource.mimeType)
      if (Result.isFailure(decoded))
        return yield* fail(failure("decode", new ServerReason.InvalidReply(), decoded.failure))
      const { data, mimeType, size } = decoded.success
      bytes += size
      held += size + contents.reduce((sum, { mimeType = "", uri }) => sum + uri.length + mimeType.length, 0)
      if (size > limits.resourceBytes) {
        const detail = `larger than ${limits.resourceBytes} bytes (limits.resource_bytes)`
        return yield* fail(failure("limit", new ServerReason.TooLarge({ limit: limits.resourceBytes }), detail))
      }
      // What the contents are called counts too: a resource of very many empty ones is large.
      if (held > limits.serverBytes) {
        const detail = `the server's resources together are larger than ${limits.serverBytes} bytes (limits.server_bytes)`
        return yield* fail(failure("limit", new ServerReason.TooLarge({ limit: limits.serverBytes }), detail))
      }
      done += 1
      publish({ _tag: "Read", server: server.id, uri: shownUri, bytes: size, done, total })
      yield* Metrics.resourceRead(server.id, size)
      return { ...resource, uri: shownUri, ...(mimeType === null ? {} : { mimeType }), size, data }
    },
    (effect, { uri }) => {
      const fields = { server: server.id, operation: "read", uri: masked(uri) }
      return observed(effect, {
        started: LogEvent.debug("resource_fetch_requested", fields),
        completed: ({ size: bytes }, duration_ms) =>
          LogEvent.debug("resource_fetch_completed", { ...fields, bytes, duration_ms })
      })
    }
  )
  const resources = yield* Effect.forEach(listing.resources, read, { concurrency: server.maxConcurrency })

  return {
    id: server.id,
    name: server.name,
    priority: server.priority,
    domains: server.domains,
    capabilities: server.capabilities,
    resources: keyed(resources),
    schema: null,
    manifest: {
      pages: listing.pages,
      resources: total,
      bytes,
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
