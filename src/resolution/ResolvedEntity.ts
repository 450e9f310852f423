/** The answers of resolution: which entity a name means, which server said so, by which rule, and who lost. */
import * as Schema from "effect/Schema"

/**
 * How a name can match, best first: as it is published, but for case, as an alias, but for accents, punctuation,
 * separators and plural. All but `fuzzy` are names that a server knows.
 */
export const MatchTier = Schema.Literals(["exact", "case", "alias", "normalized", "fuzzy"])
export type MatchTier = typeof MatchTier.Type

/** Where an entity stands: the resource, and the path inside its data (`["products", 0]`). */
const place = {
  server: Schema.String,
  priority: Schema.Int,
  resource: Schema.Struct({ name: Schema.String, uri: Schema.String }),
  path: Schema.Array(Schema.Union([Schema.String, Schema.Int]))
}

/** A server that knew the name too, and lost to a better priority. */
export const Conflict = Schema.Struct({
  ...place,
  match: MatchTier,
  score: Schema.Finite,
  matchedName: Schema.String
})
export type Conflict = typeof Conflict.Type

/** The winner for one name. */
export const ResolvedEntity = Schema.Struct({
  ...place,
  /** The entity as its server published it. */
  entity: Schema.Json,
  match: MatchTier,
  /** 1 for exact; below that, how sure the match is. */
  score: Schema.Finite,
  /** The name or alias of the entity that matched. */
  matchedName: Schema.String,
  /** What the entity calls itself: its canonical name, else the key it stands under. */
  canonicalName: Schema.String,
  /** Where the entity lives in a database: `{"products.id": 7}`; empty if it does not say. */
  databaseReferences: Schema.Record(Schema.String, Schema.Json),
  /** For a category: the canonical names of its members. Empty for a single entity. */
  members: Schema.Array(Schema.String),
  /** The best different entity of the same server, if one came near. */
  runnerUp: Schema.NullOr(Schema.Struct({ name: Schema.String, score: Schema.Finite })),
  conflicts: Schema.Array(Conflict)
})
export type ResolvedEntity = typeof ResolvedEntity.Type

/** A stretch of a question that names an entity. `start`/`end` are UTF-16 offsets, end exclusive. */
export const Mention = Schema.Struct({
  text: Schema.String,
  start: Schema.Int,
  end: Schema.Int,
  resolution: ResolvedEntity
})
export type Mention = typeof Mention.Type
