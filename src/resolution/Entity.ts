/** What a catalog holds: entities, the names they go by, and the resources they were read from. */
import type { GatheredResource } from "../resources/GatheredResources.ts"
import type { Shapes } from "../grounding/EntityShapes.ts"
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

/** A resource with what was found in it. */
export interface ReadResource {
  readonly resource: GatheredResource
  readonly shapes: Shapes
}
