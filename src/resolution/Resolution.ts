/**
 * Which entity a name means. Of the servers that know the name, the one with the lowest priority number decides; how
 * well the name fits decides only inside a server. A name that nobody knows is guessed by its spelling. Pure and
 * independent of any arrival order.
 */
import * as Option from "effect/Option"
import type { GatheredResources } from "../resources/GatheredResources.ts"
import * as Order from "effect/Order"
import { EntityCatalog } from "./EntityCatalog.ts"
import type { Conflict, Resolution, ResolvedEntity } from "./ResolvedEntity.ts"
import type { ServerCatalog } from "./ServerCatalog.ts"
import {
  type EntityMatch,
  fuzzyMatches,
  isClear,
  isNear,
  namedMatches,
  reportedScore,
  type ResolutionOptions,
  runnerUpOf
} from "./ServerMatch.ts"
import { fold } from "../text/Tokens.ts"
import { spelledOut } from "./Acronyms.ts"

/**
 * The entity that `name` means among the servers whose domains contain `resourceType`, in singular or plural; with
 * `null` among all servers.
 */
export const resolveEntity = (
  name: string,
  resourceType: string | null,
  resources: GatheredResources | EntityCatalog,
  options: ResolutionOptions
): Option.Option<ResolvedEntity> => Option.fromNullOr(explainEntity(name, resourceType, resources, options).entity)

/** `resolveEntity` with suggestions when nothing was found, and whether the name is ambiguous. */
export const explainEntity = (
  name: string,
  resourceType: string | null,
  resources: GatheredResources | EntityCatalog,
  options: ResolutionOptions
): Resolution => {
  const catalog = EntityCatalog.from(resources)
  const servers = resourceType === null ? catalog.servers : catalog.serversFor(resourceType)
  return resolveAmong(name, servers, options, false)
}

/** The same among given servers (in priority order); `onlyMentionable` leaves out what a question never means. */
export const resolveAmong = (
  name: string,
  servers: ReadonlyArray<ServerCatalog>,
  options: ResolutionOptions,
  onlyMentionable: boolean
): Resolution => {
  const named = servers
    .map((server) => namedMatches(server, name, onlyMentionable))
    .filter((matches) => matches.length > 0)
  const [known = []] = named
  const equals = equallyNear(known)
  if (equals.length > 1) return { entity: null, suggestions: candidatesOf(equals), ambiguous: true }
  if (named.length > 0) return decide(named)

  const fuzzy = servers.map((server) => fuzzyMatches(server, name, onlyMentionable))
  const clear = options.fuzzy ? fuzzy.filter((matches) => isClear(matches, name, options)) : []
  if (clear.length > 0) return decide(clear)
  return {
    entity: null,
    suggestions: [
      ...new Set([...servers.flatMap((server) => spelledOut(server, name)), ...nearest(fuzzy.flat())])
    ].slice(0, mostSuggestions),
    ambiguous: options.fuzzy && fuzzy.some((matches) => isNear(matches, name, options))
  }
}

// -----------------------------------------------------------------------------
// internals

/** How many names are suggested, and how near they have to be. */
const mostSuggestions = 5
const leastSuggested = 0.4

/** The entities that are as near as the first one; a list is not what is asked for by the name of something in it. */
const equallyNear = (matches: ReadonlyArray<EntityMatch>): ReadonlyArray<EntityMatch> => {
  const best = matches.filter(
    ({ mentionable, score, tier }) =>
      tier === matches[0]?.tier && score === matches[0].score && mentionable === matches[0].mentionable
  )
  return runnerUpOf(best) === undefined ? best.slice(0, 1) : best
}

/** Entities of one name are told apart by where they stand. */
const candidatesOf = (matches: ReadonlyArray<EntityMatch>): ReadonlyArray<string> => {
  const names = matches.map(({ entity }) => entity.canonicalName)
  const labels = matches.map(({ entity }) =>
    names.filter((name) => name === entity.canonicalName).length === 1
      ? entity.canonicalName
      : `${entity.canonicalName} (${[entity.resource.name, ...entity.path].join(".")})`
  )
  return [...new Set(labels)].slice(0, mostSuggestions)
}

/** Each element holds the matches of one server, best first; the servers are in priority order. */
const decide = (byServer: ReadonlyArray<ReadonlyArray<EntityMatch>>): Resolution => {
  const [winner, ...losers] = byServer.flatMap((matches) => matches.slice(0, 1))
  if (winner === undefined) return { entity: null, suggestions: [], ambiguous: false }
  const runnerUp = runnerUpOf(byServer[0] ?? [])
  return {
    entity: {
      ...placeOf(winner),
      entity: winner.entity.value,
      canonicalName: winner.entity.canonicalName,
      databaseReferences: winner.entity.databaseReferences,
      members: winner.entity.members,
      runnerUp:
        runnerUp === undefined || runnerUp.score < leastSuggested
          ? null
          : { name: runnerUp.entity.canonicalName, score: reportedScore(runnerUp) },
      conflicts: losers.map(placeOf)
    },
    suggestions: [],
    ambiguous: false
  }
}

const placeOf = (match: EntityMatch): Conflict => ({
  server: match.server.id,
  priority: match.server.priority,
  resource: match.entity.resource,
  path: match.entity.path,
  match: match.tier,
  score: reportedScore(match),
  matchedName: match.matchedName
})

const nearest = (matches: ReadonlyArray<EntityMatch>): ReadonlyArray<string> => {
  const near = matches
    .filter((match) => match.score >= leastSuggested)
    .toSorted(
      (left, right) =>
        right.score - left.score ||
        left.server.priority - right.server.priority ||
        Order.String(left.entity.canonicalName, right.entity.canonicalName)
    )
  const names = new Map(near.map((match) => [fold(match.entity.canonicalName), match.entity.canonicalName]))
  return [...names.values()]
}
