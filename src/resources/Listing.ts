/** All pages of one server's `resources/list` and `resources/templates/list`, within its limits. */
import * as Effect from "effect/Effect"
import * as Capability from "../config/Capability.ts"
import type { OrchestratorConfig } from "../config/OrchestratorConfig.ts"
import * as PagedList from "../connection/PagedList.ts"
import type { ListedResource, ResourceTemplate } from "../connection/Replies.ts"
import type { ServerConnection } from "../connection/ServerConnection.ts"
import type { Session } from "../connection/Session.ts"
import { failure } from "../connection/SessionFailure.ts"
import * as ServerReason from "../errors/ServerReason.ts"
import * as LogEvent from "../telemetry/LogEvent.ts"
import * as Metrics from "../telemetry/Metrics.ts"
import { observed } from "../telemetry/Observed.ts"
import * as ExcludedResources from "./ExcludedResources.ts"
import { failed, type GatherFailure } from "./GatherFailure.ts"
import type { ProgressEvent } from "./Progress.ts"
import { request } from "./ServerRequest.ts"

export interface Listing {
  /** Those to be gathered: each URI once, in the server's order. */
  readonly resources: ReadonlyArray<ListedResource>
  /** Those that `resources.exclude` leaves out. */
  readonly excluded: ReadonlyArray<ListedResource>
  readonly pages: number
}

/** Gets what each page adds to what is gathered, and whether more pages follow. */
export type OnPage = (added: ReadonlyArray<ListedResource>, more: boolean) => Effect.Effect<unknown>

/** A server is asked only for what it declares; of one that declares no resources, none is all of them. */
const undeclared: Listing = { resources: [], excluded: [], pages: 0 }

/**
 * Follows the cursors to the end, and tells of each page before the next one is asked for. More pages or resources than the limits, or a cursor that comes back, is a failure:
 * a list is never cut. The limits count what is listed, whether it is excluded or not. A server whose configuration does
 * not declare `list_resources` is not asked: it has none.
 */
export const listAll = (
  session: Session,
  connection: ServerConnection,
  config: OrchestratorConfig,
  publish: (event: ProgressEvent) => void,
  onPage: OnPage = () => Effect.void
): Effect.Effect<Listing, GatherFailure> =>
  connection.server.capabilities.includes(Capability.listResources)
    ? listPages(session, connection, config, publish, onPage)
    : Effect.succeed(undeclared)

const listPages = Effect.fnUntraced(
  function* (
    session: Session,
    connection: ServerConnection,
    config: OrchestratorConfig,
    publish: (event: ProgressEvent) => void,
    onPage: OnPage
  ): Effect.fn.Return<Listing, GatherFailure> {
    const server = connection.server.id
    if (!session.info.offersResources) {
      const detail = "the server does not offer the resources capability"
      return yield* failed("list", failure("list", new ServerReason.Unsupported({ lacks: "resources" }), detail))
    }
    const isExcluded = ExcludedResources.isExcluded(connection.server.excludedResources)
    const resources: Array<ListedResource> = []
    const excluded: Array<ListedResource> = []
    const { pages } = yield* PagedList.all({
      what: "resources",
      limits: config.limits,
      page: (cursor) =>
        request(
          connection,
          config,
          { operation: "list", uri: null },
          Effect.map(session.listPage(cursor), ({ nextCursor, resources }) => ({ items: resources, nextCursor }))
        ),
      keyOf: ({ uri }) => uri,
      lengthOf,
      failed: refused,
      onPage: ({ added, more, pages, total }) =>
        Effect.andThen(
          Metrics.pageListed(server),
          Effect.suspend(() => {
            const before = resources.length
            for (const resource of added) (isExcluded(resource.uri) ? excluded : resources).push(resource)
            publish({ _tag: "Listed", server, pages, resources: total })
            return onPage(resources.slice(before), more)
          })
        )
    })
    return { resources, excluded, pages }
  },
  (effect, _session, { server: { id: server } }) =>
    observed(effect, {
      step: "list",
      server,
      started: LogEvent.debug("resource_list_requested", { server, operation: "list" }),
      completed: ({ excluded, pages, resources }, duration_ms) => {
        const duplicates = repeated(resources.map(({ name }) => name))
        const fields = {
          server,
          operation: "list",
          resource_count: resources.length,
          ...(excluded.length === 0 ? {} : { excluded_count: excluded.length }),
          pages,
          duration_ms
        }
        // One line in either case, so that listings are counted rightly.
        return duplicates.length === 0
          ? LogEvent.debug("resource_list_received", fields)
          : LogEvent.warning("resource_list_received", { ...fields, duplicate_names: duplicates })
      }
    })
)

/** The same for its URI templates. A server that does not know the method has none. */
export const listTemplates = (
  session: Session,
  connection: ServerConnection,
  config: OrchestratorConfig
): Effect.Effect<ReadonlyArray<ResourceTemplate>, GatherFailure> =>
  PagedList.all({
    what: "templates",
    limits: config.limits,
    page: (cursor) =>
      request(
        connection,
        config,
        { operation: "list", uri: null },
        Effect.map(session.listTemplates(cursor), ({ nextCursor, templates }) => ({ items: templates, nextCursor }))
      ).pipe(
        Effect.catchIf(
          ({ failure: { reason } }) => reason._tag === "Unsupported",
          () => Effect.succeed({ items: [], nextCursor: null })
        )
      ),
    lengthOf: ({ uriTemplate, ...more }) => lengthOf({ ...more, uri: uriTemplate }),
    failed: refused
  }).pipe(Effect.map(({ items }) => items))

// -----------------------------------------------------------------------------
// internals

const refused = (reason: ServerReason.ServerReason, detail: string): GatherFailure =>
  failed("list", failure(reason._tag === "InvalidReply" ? "list" : "limit", reason, detail))

const lengthOf = ({ description = "", mimeType = "", name, title = "", uri }: ListedResource): number =>
  uri.length + name.length + title.length + description.length + mimeType.length

const repeated = (names: ReadonlyArray<string>): ReadonlyArray<string> => {
  const seen = new Set<string>()
  const again = new Set<string>()
  for (const name of names) (seen.has(name) ? again : seen).add(name)
  return [...again].toSorted()
}
