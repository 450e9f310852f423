/**
 * Which entity a name means, by the rules of DESIGN §6: the best tier that any server reaches decides, in it the
 * lowest priority number wins, and inside one server the highest score. Pure and independent of any arrival order.
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
  namedMatches,
  reportedScore,
  type ResolutionOptions,
  runnerUpOf,
  tierRank
} from "./ServerMatch.ts"
import { fold } from "../text/Tokens.ts"

/** The entity that `name` means among the servers whose domains contain `resourceType`. */
export const resolveEntity = (
  name: string,
  resourceType: string,
  resources: GatheredResources | EntityCatalog,
  options: ResolutionOptions
): Option.Option<ResolvedEntity> => Option.fromNullOr(explainEntity(name, resourceType, resources, options).entity)

/** `resolveEntity` with suggestions when nothing was found, and whether the name is ambiguous. */
export const explainEntity = (
  name: string,
  resourceType: string,
  resources: GatheredResources | EntityCatalog,
  options: ResolutionOptions
): Resolution => resolveAmong(name, EntityCatalog.from(resources).serversFor(resourceType), options, false)

/**
 * The same among given servers (in priority order); `onlyMentionable` leaves out what a question never means.
 *
 * @internal
 */
export const resolveAmong = (
  name: string,
  servers: ReadonlyArray<ServerCatalog>,
  options: ResolutionOptions,
  onlyMentionable: boolean
): Resolution => {
  const named = servers
    .map((server) => namedMatches(server, name, onlyMentionable))
    .filter((matches) => matches.length > 0)
  if (named.length > 0) return decide(named)

  const fuzzy = servers.map((server) => fuzzyMatches(server, name, onlyMentionable))
  const clear = options.fuzzy ? fuzzy.filter((matches) => isClear(matches, options)) : []
  if (clear.length > 0) return decide(clear)
  return {
    entity: null,
    suggestions: suggestionsFrom(fuzzy.flat()),
    ambiguous: options.fuzzy && fuzzy.some(([first]) => first !== undefined && first.score >= options.threshold)
  }
}

// ---------------------------------------------------------------------------------------------------------------------
// internals

/** How many names are suggested, and how near they have to be. */
const mostSuggestions = 5
const leastSuggested = 0.4

/** Each element holds the matches of one server, best first; the servers are in priority order. */
const decide = (byServer: ReadonlyArray<ReadonlyArray<EntityMatch>>): Resolution => {
  const firsts = byServer.flatMap((matches) => matches.slice(0, 1))
  const bestRank = Math.min(...firsts.map((match) => tierRank[match.tier]))
  const winners = byServer.find(([first]) => first !== undefined && tierRank[first.tier] === bestRank) ?? []
  const winner = winners[0]
  if (winner === undefined) return { entity: null, suggestions: [], ambiguous: false }

  const runnerUp = runnerUpOf(winners)
  const ambiguous = runnerUp !== undefined && runnerUp.tier === winner.tier && runnerUp.score === winner.score
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
      conflicts: firsts.filter((match) => match !== winner).map(placeOf)
    },
    suggestions: ambiguous ? suggestionsFrom(winners.filter((match) => match.score === winner.score)) : [],
    ambiguous
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

const suggestionsFrom = (matches: ReadonlyArray<EntityMatch>): ReadonlyArray<string> => {
  const near = matches
    .filter((match) => match.score >= leastSuggested)
    .toSorted(
      (left, right) =>
        right.score - left.score ||
        left.server.priority - right.server.priority ||
        Order.String(left.entity.canonicalName, right.entity.canonicalName)
    )
  const names = new Map(near.map((match) => [fold(match.entity.canonicalName), match.entity.canonicalName]))
  return [...names.values()].slice(0, mostSuggestions)
}
