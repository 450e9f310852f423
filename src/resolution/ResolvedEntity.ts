/** The answers of resolution: which entity a name means, which server said so, by which rule, and who lost. */
import * as Schema from "effect/Schema"
import * as SchemaTransformation from "effect/SchemaTransformation"
import { Answered } from "../telemetry/RequestId.ts"
import { ShownUri } from "../telemetry/ShownUri.ts"
import * as ExactJson from "../text/ExactJson.ts"

/**
 * How a name can match, best first: as it is published, but for case, as an alias, but for accents, punctuation,
 * separators and plural. All but `fuzzy` are names that a server knows.
 */
export const MatchTier = Schema.Literals(["exact", "case", "alias", "normalized", "fuzzy"])
export type MatchTier = typeof MatchTier.Type

/** 1 for exact; below that, how sure a match is. */
const Score = Schema.Finite.check(Schema.isBetween({ minimum: 0, maximum: 1 }))

/** Where an entity stands: the resource, and the path inside its data (`["products", 0]`). */
const place = {
  server: Schema.String,
  priority: Schema.Int,
  resource: Schema.Struct({ name: Schema.String, uri: ShownUri }),
  path: Schema.Array(Schema.Union([Schema.String, Schema.Int]))
}

/** A server that knew the name too, and lost to a better priority. */
export const Conflict = Schema.Struct({
  ...place,
  match: MatchTier,
  score: Score,
  matchedName: Schema.String
})
export type Conflict = typeof Conflict.Type

/** The winner for one name. */
export const ResolvedEntity = Schema.Struct({
  ...place,
  /** The entity as its server published it. */
  entity: ExactJson.Doubles,
  match: MatchTier,
  score: Score,
  /** The name or alias of the entity that matched. */
  matchedName: Schema.String,
  /** What the entity calls itself: its canonical name, else the key it stands under. */
  canonicalName: Schema.String,
  /** Where the entity lives in a database: `{"products.id": 7}`; empty if it does not say. */
  databaseReferences: Schema.Record(Schema.String, ExactJson.Doubles),
  /** For a category: the canonical names of its members. Empty for a single entity. */
  members: Schema.Array(Schema.String),
  /** The best different entity of the same server, if one came near. */
  runnerUp: Schema.NullOr(Schema.Struct({ name: Schema.String, score: Score })),
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

const doubts = {
  /** The nearest names, best first, at most five; empty when the name was found. */
  suggestions: Schema.Array(Schema.String),
  /** True when the name was not resolved because several entities of one server are equally near. */
  ambiguous: Schema.Boolean
}

/** A resolution with what speaks for and against it. */
export const Resolution = Schema.Struct({ entity: Schema.NullOr(ResolvedEntity), ...doubts })
export type Resolution = typeof Resolution.Type

const answer = { ...doubts, ...Answered.fields }

/** What `resolve` returns. As JSON the fields of the entity stand beside the others; `{"entity": null, …}` is not found. */
export const Resolved = Schema.Union([
  Schema.Struct({ ...ResolvedEntity.fields, ...answer }),
  Schema.Struct({ entity: Schema.Null, ...answer })
]).pipe(
  Schema.decodeTo(
    Schema.toType(Schema.Struct({ entity: Schema.NullOr(ResolvedEntity), ...answer })),
    SchemaTransformation.transform({
      decode: (json) => {
        const { ambiguous, generation, requestId, suggestions, ...entity } = json
        return { entity: "server" in entity ? entity : null, suggestions, ambiguous, requestId, generation }
      },
      encode: ({ entity, ...rest }) => (entity === null ? { entity, ...rest } : { ...entity, ...rest })
    })
  )
)
export type Resolved = typeof Resolved.Type
