/**
 * What the servers list, without the contents, and one resource by itself: for those who pass resources on instead of
 * gathering them. Afresh each time, under the same limits, retries and deadlines as a gather.
 */
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import type { OrchestratorConfig, ServerConfig } from "../config/OrchestratorConfig.ts"
import type { Content, ListedResource, ResourceTemplate } from "../connection/Replies.ts"
import { shownUri } from "../connection/Secrets.ts"
import type { ServerConnection } from "../connection/ServerConnection.ts"
import type { Session } from "../connection/Session.ts"
import * as Capability from "../config/Capability.ts"
import { failure } from "../connection/SessionFailure.ts"
import * as ServerReason from "../errors/ServerReason.ts"
import { percentDecoded } from "../text/PercentDecoding.ts"
import * as ExcludedResources from "./ExcludedResources.ts"
import { leavingNothing } from "./Gather.ts"
import { failed, type GatherError, type GatherFailure } from "./GatherFailure.ts"
import { listAll, listTemplates } from "./Listing.ts"
import * as OneServer from "./OneServer.ts"
import { sizeOf } from "./ResourceData.ts"
import { request } from "./ServerRequest.ts"

/** One server's share of what was asked for. */
export interface OfServer<A> {
  /** The server's id. */
  readonly server: string
  readonly items: ReadonlyArray<A>
}

/**
 * The resources of all servers, in the order of the connections, with the secrets of their URIs masked. Complete, or the
 * first failure of any server.
 */
export const resources = (
  connections: ReadonlyArray<ServerConnection>,
  config: OrchestratorConfig
): Effect.Effect<ReadonlyArray<OfServer<ListedResource>>, GatherError> =>
  ofAll(connections, config, (session, connection) =>
    Effect.map(
      listAll(session, connection, config, () => {}),
      ({ resources }) => resources.map((resource) => ({ ...resource, uri: shownUri(resource.uri, connection.server) }))
    )
  )

/** The same for the URI templates; a server that does not know the method has none. */
export const templates = (
  connections: ReadonlyArray<ServerConnection>,
  config: OrchestratorConfig
): Effect.Effect<ReadonlyArray<OfServer<ResourceTemplate>>, GatherError> =>
  ofAll(connections, config, (session, connection) => {
    const { server } = connection
    if (!isAsked(session, server)) return Effect.succeed([])
    const isLeftOut = isExcluded(server)
    return Effect.map(listTemplates(session, connection, config), (listed) =>
      listed
        .filter(({ uriTemplate }) => !isLeftOut(uriTemplate))
        .map((template) => ({ ...template, uriTemplate: shownUri(template.uriTemplate, server) }))
    )
  })

/**
 * The contents of the resource that `resources` shows, or that a template gives; `None` where there is no such server,
 * where the resource is excluded, and where the server says that it does not exist.
 */
export const read = Effect.fn("Catalogue.read")(function* (
  connections: ReadonlyArray<ServerConnection>,
  config: OrchestratorConfig,
  id: string,
  uri: string
): Effect.fn.Return<Option.Option<ReadonlyArray<Content>>, GatherError> {
  const connection = connections.find(({ server }) => server.id === id)
  if (connection === undefined || isExcluded(connection.server)(uri)) return Option.none()
  const { server } = connection
  return yield* OneServer.askAgain(connection, config, (session, at) => {
    if (!isAsked(session, server)) return Effect.succeedNone
    at("read")
    const readAs = (uri: string) =>
      request(connection, config, { operation: "read", uri }, session.read(uri)).pipe(
        Effect.flatMap((contents) => withinLimits(contents, uri, config)),
        Effect.map((contents) =>
          Option.some(contents.map((content) => ({ ...content, uri: shownUri(content.uri, server) })))
        )
      )
    return readAs(uri).pipe(
      // The server does not know it: it may hide a secret that was masked when it was listed.
      Effect.catchIf(
        ({ failure }) => failure.reason._tag === "ServerError",
        (refusal) =>
          Effect.flatMap(hiddenBehind(session, connection, config, uri), (hidden) =>
            hidden !== undefined ? readAs(hidden) : isNotFound(refusal) ? Effect.succeedNone : Effect.fail(refusal)
          )
      )
    )
  }).pipe(leavingNothing([connection]))
})

// -----------------------------------------------------------------------------
// internals

/** The specification's code for a resource that does not exist. */
const notFound = -32002

const isNotFound = ({ failure: { reason } }: GatherFailure): boolean =>
  reason._tag === "ServerError" && reason.code === notFound

const isAsked = ({ info }: Session, { capabilities }: ServerConfig): boolean =>
  capabilities.includes(Capability.listResources) && info.offersResources

/** Fail-fast, like a gather. */
const ofAll = <A>(
  connections: ReadonlyArray<ServerConnection>,
  config: OrchestratorConfig,
  list: (session: Session, connection: ServerConnection) => Effect.Effect<ReadonlyArray<A>, GatherFailure>
): Effect.Effect<ReadonlyArray<OfServer<A>>, GatherError> =>
  Effect.forEach(
    connections,
    (connection) =>
      OneServer.askAgain(connection, config, (session, at) => {
        at("list")
        return list(session, connection)
      }).pipe(Effect.map((items) => ({ server: connection.server.id, items }))),
    { concurrency: "unbounded" }
  ).pipe(leavingNothing(connections))

/** The URI of the resource that is shown so, if it is shown otherwise than it is. */
const hiddenBehind = (
  session: Session,
  connection: ServerConnection,
  config: OrchestratorConfig,
  asked: string
): Effect.Effect<string | undefined, GatherFailure> =>
  Effect.map(
    listAll(session, connection, config, () => {}),
    ({ resources }) => {
      const wanted = percentDecoded(asked)
      return resources.find(({ uri }) => uri !== asked && percentDecoded(shownUri(uri, connection.server)) === wanted)
        ?.uri
    }
  )

/** In any spelling: a path with `..` in it must not be a way around what the operator leaves out. */
const isExcluded = ({ excludedResources }: ServerConfig): ((uri: string) => boolean) => {
  const matches = ExcludedResources.isExcluded(excludedResources)
  return (uri) => matches(uri) || matches(URL.parse(percentDecoded(uri))?.href ?? uri)
}

const withinLimits = (
  contents: ReadonlyArray<Content>,
  uri: string,
  { limits }: OrchestratorConfig
): Effect.Effect<ReadonlyArray<Content>, GatherFailure> => {
  const bytes = contents.reduce((sum, content) => sum + sizeOf(content), 0)
  if (bytes <= limits.resourceBytes) return Effect.succeed(contents)
  const detail = `larger than ${limits.resourceBytes} bytes (limits.resource_bytes)`
  const reason = new ServerReason.TooLarge({ limit: limits.resourceBytes })
  return Effect.fail(failed("read", failure("limit", reason, detail), { uri }))
}
