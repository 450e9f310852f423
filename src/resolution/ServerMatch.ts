/** What one server makes of a name: the matching entities by tier and score, best first. */
import type { OrchestratorConfig } from "../config/OrchestratorConfig.ts"
import type { Entity } from "./Entity.ts"
import { leastScore, matchName } from "./NameMatch.ts"
import type { MatchTier } from "./ResolvedEntity.ts"
import type { ServerCatalog } from "./ServerCatalog.ts"
import { fold, joinTokens, tokenize } from "../text/Tokens.ts"

/** How names are matched; the configuration's `orchestration.resolution`. */
export type ResolutionOptions = OrchestratorConfig["resolution"]

export interface EntityMatch {
  readonly server: ServerCatalog
  readonly entity: Entity
  readonly tier: MatchTier
  readonly score: number
  readonly matchedName: string
  /** False for headings and the names of collections, see `EntityName`. */
  readonly mentionable: boolean
}

/** Entities that the server knows by this name (all tiers but fuzzy), best first. */
export const namedMatches = (
  server: ServerCatalog,
  text: string,
  onlyMentionable: boolean
): ReadonlyArray<EntityMatch> => {
  const best = new Map<number, EntityMatch>()
  const trimmed = text.trim()
  const tokens = tokenize(trimmed)
  const joined = joinTokens(tokens)
  for (const place of server.normalized.places(tokens, trimmed)) {
    const { kind, text: published = "" } = server.names[place] ?? {}
    const tier =
      published.trim() === trimmed ? "exact" : lowered(published) === lowered(trimmed) ? "case" : "normalized"
    if (tier === "normalized") {
      if (onlyMentionable && !isVerbatim(server, place, trimmed)) continue
      // Only a plural apart is a little further away than only accents or separators apart.
      const samePlural = joinTokens(tokenize(published)) === joined
      keep(server, best, place, onlyMentionable, tier, samePlural ? 0.97 : 0.965)
    } else if (kind === "alias") keep(server, best, place, onlyMentionable, "alias", tier === "exact" ? 0.98 : 0.975)
    else keep(server, best, place, onlyMentionable, tier, tier === "exact" ? 1 : 0.99)
  }
  return sorted(best)
}

/** In a question, an id has to be spelt as it is: `5 products` is not `product-5`. Names may be spelt in other ways. */
export const isVerbatim = (server: ServerCatalog, place: number, text: string): boolean => {
  const name = server.names[place]
  return name?.kind !== "id" || fold(name.text.trim()) === fold(text)
}

/** Entities whose name is spelt like this, best first, whatever the threshold. */
export const fuzzyMatches = (
  server: ServerCatalog,
  text: string,
  onlyMentionable: boolean
): ReadonlyArray<EntityMatch> => {
  const best = new Map<number, EntityMatch>()
  for (const { name, score } of matchName(server.index, tokenize(text))) {
    keep(server, best, name, onlyMentionable, "fuzzy", score)
  }
  return sorted(best)
}

/** The best match of another entity than the first one's. */
export const runnerUpOf = (matches: ReadonlyArray<EntityMatch>): EntityMatch | undefined => {
  const first = matches[0]
  return first === undefined ? undefined : matches.find((match) => !isSame(first.entity, match.entity))
}

/** True if the first of the fuzzy matches is near enough to what was asked for. */
export const isNear = ([first]: ReadonlyArray<EntityMatch>, asked: string, options: ResolutionOptions): boolean =>
  first !== undefined && first.score >= leastScore(options.threshold, [tokenize(asked), tokenize(first.matchedName)])

/** True if it is far enough ahead of any other entity, too. */
export const isClear = (matches: ReadonlyArray<EntityMatch>, asked: string, options: ResolutionOptions): boolean =>
  isNear(matches, asked, options) &&
  (matches[0]?.score ?? 0) - (runnerUpOf(matches)?.score ?? 0) >= options.margin - rounding

/** Fuzzy scores end below the lowest score of a known name. */
export const reportedScore = (match: EntityMatch): number =>
  match.tier === "fuzzy" ? Math.min(match.score, 0.96) : match.score

// -----------------------------------------------------------------------------
// internals

/** A lead of 0.05 must be one although 0.95 - 0.9 is less in floating point. */
const rounding = 1e-9

/** Tiers from best to worst, as numbers that can be compared. */
const tierRank: { readonly [tier in MatchTier]: number } = { exact: 0, case: 1, alias: 2, normalized: 3, fuzzy: 4 }

/** Unlike folding, this leaves accents and all signs as they are: `C#` is not `C`. */
const lowered = (text: string): string => text.trim().toLowerCase()

const keep = (
  server: ServerCatalog,
  best: Map<number, EntityMatch>,
  place: number,
  onlyMentionable: boolean,
  tier: MatchTier,
  score: number
): void => {
  const name = server.names[place]
  const entity = name === undefined ? undefined : server.entities[name.entity]
  if (name === undefined || entity === undefined || (onlyMentionable && !name.mentionable)) return
  const { mentionable, text: matchedName } = name
  const match: EntityMatch = { server, entity, tier, score, matchedName, mentionable }
  const known = best.get(name.entity)
  if (
    known === undefined ||
    tierRank[match.tier] < tierRank[known.tier] ||
    (match.tier === known.tier && match.score > known.score)
  ) {
    best.set(name.entity, match)
  }
}

/** By tier, then score; then what a question can mean, single entities before categories, those with references first, then as published. */
const sorted = (best: ReadonlyMap<number, EntityMatch>): ReadonlyArray<EntityMatch> =>
  [...best]
    .toSorted(
      ([leftNumber, left], [rightNumber, right]) =>
        tierRank[left.tier] - tierRank[right.tier] ||
        right.score - left.score ||
        Number(right.mentionable) - Number(left.mentionable) ||
        Number(left.entity.isCategory) - Number(right.entity.isCategory) ||
        Number(hasReferences(right.entity)) - Number(hasReferences(left.entity)) ||
        left.matchedName.length - right.matchedName.length ||
        leftNumber - rightNumber
    )
    .map(([, match]) => match)

const hasReferences = (entity: Entity): boolean => Object.keys(entity.databaseReferences).length > 0

/**
 * One entity that two resources of a server describe: they call it the same and do not contradict each other about
 * where it lives. Two of the same name in one resource are two.
 */
const isSame = (left: Entity, right: Entity): boolean => {
  if (left === right) return true
  if (left.isCategory !== right.isCategory || left.resource.uri === right.resource.uri) return false
  if (plain(left.canonicalName) !== plain(right.canonicalName)) return false
  return Object.entries(left.databaseReferences).every(
    ([reference, value]) =>
      !Object.hasOwn(right.databaseReferences, reference) ||
      JSON.stringify(right.databaseReferences[reference]) === JSON.stringify(value)
  )
}

const plain = (name: string): string => fold(name).replace(/[\s_-]+/g, " ")
