/** `resources/list`, `resources/templates/list` and `resources/read` over the resources of all servers, afresh each time. */
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Order from "effect/Order"
import * as Schema from "effect/Schema"
import type { Content, ListedResource, ResourceTemplate } from "../connection/Replies.ts"
import type { Orchestrator } from "../Orchestrator.ts"
import { OrchestratorErrorJson } from "../OrchestratorError.ts"
import type { OfServer } from "../resources/Catalogue.ts"
import type { GatherError } from "../resources/GatherFailure.ts"
import type { Host } from "./Host.ts"
import * as HostLog from "./HostLog.ts"
import * as ResourceUris from "./ResourceUris.ts"
import { resourceNotFound, RpcError } from "./RpcError.ts"

/** `cursor` is `null` for the first page. */
export interface ResourceRequests {
  list(
    cursor: string | null,
    host: Host
  ): Effect.Effect<{ resources: Array<ListedResource>; nextCursor?: string }, RpcError>
  templates(
    cursor: string | null,
    host: Host
  ): Effect.Effect<{ resourceTemplates: Array<ResourceTemplate>; nextCursor?: string }, RpcError>
  read(uri: string, host: Host): Effect.Effect<{ contents: Array<Content> }, RpcError>
}

/** Lists are given `pageSize` at a time. Each page is cut out of a list that was made for it. */
export const make = (orchestrator: Orchestrator["Service"], pageSize: number): ResourceRequests => {
  const requested = <A>(effect: Effect.Effect<A, GatherError | RpcError>, host: Host): Effect.Effect<A, RpcError> =>
    Effect.flatMap(orchestrator.config, (config) => HostLog.telling(host, config)(effect)).pipe(
      Effect.catchTag(["McpConnectionError", "ResourceFetchError"], (error) =>
        Effect.flatMap(toRpcError(error), Effect.fail)
      ),
      Effect.catchDefect((defect) =>
        Effect.andThen(Effect.logError("a request failed unexpectedly", defect), Effect.fail(internal))
      )
    )
  return {
    list: (cursor, host) =>
      requested(
        Effect.flatMap(orchestrator.resources(), (all) => pageOf(all, ({ uri }) => uri, cursor, pageSize)).pipe(
          Effect.map(({ items, ...next }) => ({
            resources: items.map(({ item, server }) => ({ ...item, uri: ResourceUris.of(server, item.uri) })),
            ...next
          }))
        ),
        host
      ),
    templates: (cursor, host) =>
      requested(
        Effect.flatMap(orchestrator.templates(), (all) =>
          pageOf(all, ({ uriTemplate }) => uriTemplate, cursor, pageSize)
        ).pipe(
          Effect.map(({ items, ...next }) => ({
            resourceTemplates: items.map(({ item, server }) => ({
              ...item,
              uriTemplate: ResourceUris.of(server, item.uriTemplate)
            })),
            ...next
          }))
        ),
        host
      ),
    read: (uri, host) => {
      const missing = Effect.fail(new RpcError(resourceNotFound, "Resource not found", { uri }))
      return requested(
        Option.match(ResourceUris.parse(uri), {
          onNone: () => missing,
          onSome: (own) =>
            Effect.flatMap(
              orchestrator.read(own.server, own.uri),
              Option.match({
                onNone: () => missing,
                onSome: (contents) =>
                  Effect.succeed({
                    contents: contents.map((content) => ({ ...content, uri: ResourceUris.of(own.server, content.uri) }))
                  })
              })
            )
        }),
        host
      )
    }
  }
}

// -----------------------------------------------------------------------------
// internals

const invalidParams = -32602
const internalError = -32603

const internal = new RpcError(internalError, "internal error")

const encodeError = Schema.encodeEffect(OrchestratorErrorJson)

const toRpcError = (error: GatherError): Effect.Effect<RpcError> =>
  Effect.map(Effect.orDie(encodeError(error)), (json) => new RpcError(internalError, error.message, { error: json }))

/** Server and URI of the last entry of the page before: what comes after it is the next page, whatever came or went. */
const Cursor = Schema.StringFromBase64Url.pipe(
  Schema.decodeTo(Schema.fromJsonString(Schema.Tuple([Schema.String, Schema.String])))
)
const decodeCursor = Schema.decodeUnknownOption(Cursor)
const encodeCursor = Schema.encodeSync(Cursor)

interface Entry<A> {
  readonly server: string
  readonly key: string
  readonly item: A
}

/** In the order of the servers, then of the keys. */
const pageOf = <A>(
  servers: ReadonlyArray<OfServer<A>>,
  keyOf: (item: A) => string,
  cursor: string | null,
  size: number
): Effect.Effect<{ readonly items: ReadonlyArray<Entry<A>>; readonly nextCursor?: string }, RpcError> => {
  const entries = servers.flatMap(({ items, server }) =>
    items
      .map((item): Entry<A> => ({ server, key: keyOf(item), item }))
      .toSorted(Order.mapInput(Order.String, ({ key }) => key))
  )
  const from = cursor === null ? 0 : after(entries, servers, cursor)
  if (from === null) return Effect.fail(new RpcError(invalidParams, "Invalid cursor: begin with the first page again"))
  const items = entries.slice(from, from + size)
  const last = from + size < entries.length ? items.at(-1) : undefined
  return Effect.succeed(last === undefined ? { items } : { items, nextCursor: encodeCursor([last.server, last.key]) })
}

/** Where the page begins; `null` where the cursor is none of ours, or its server is no longer there. */
const after = <A>(
  entries: ReadonlyArray<Entry<A>>,
  servers: ReadonlyArray<OfServer<A>>,
  cursor: string
): number | null => {
  const decoded = decodeCursor(cursor)
  if (Option.isNone(decoded)) return null
  const [server, key] = decoded.value
  const place = servers.findIndex((one) => one.server === server)
  if (place === -1) return null
  const later = new Set(servers.slice(place + 1).map((one) => one.server))
  const found = entries.findIndex((entry) => later.has(entry.server) || (entry.server === server && entry.key > key))
  return found === -1 ? entries.length : found
}
