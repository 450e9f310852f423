/** What a catalog holds: entities and the names they go by. */
import type { ResolvedEntity } from "./ResolvedEntity.ts"

/** An entity with the place it stands at. */
export interface Entity {
  readonly resource: ResolvedEntity["resource"]
  readonly path: ResolvedEntity["path"]
  readonly value: ResolvedEntity["entity"]
  readonly canonicalName: string
  readonly databaseReferences: ResolvedEntity["databaseReferences"]
  /** Canonical names of a category's members; empty for a single entity. */
  readonly members: ReadonlyArray<string>
  readonly isCategory: boolean
}

/** A name or alias of an entity. */
export interface EntityName {
  readonly text: string
  /** Number of the entity in `entities`. */
  readonly entity: number
  /** An id is known verbatim or not at all: the id one letter away is another entity's. */
  readonly kind: "name" | "alias" | "id"
  /** False if a question never means this: headings, attributes, bare numbers that are ids. */
  readonly mentionable: boolean
}
