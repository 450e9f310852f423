/** What was read out of each gathered resource (P10): nothing is gathered in silence. Pure. */
import { namingOf, shapesOf } from "../grounding/EntityShapes.ts"
import * as GroundingFromResources from "../grounding/GroundingFromResources.ts"
import { isObject } from "../grounding/JsonShape.ts"
import type { GatheredResource, ServerResources } from "../resources/GatheredResources.ts"
import * as Redaction from "../telemetry/Redaction.ts"

/** One resource, and how much of each kind it holds. */
export interface Understood {
  /** Redacted. */
  readonly uri: string
  readonly name: string
  readonly tables: number
  /** Users' words for SQL expressions. */
  readonly mappings: number
  /** What a name can be resolved to. */
  readonly entities: number
  /** It is text, which a language model may read. */
  readonly text: boolean
}

/** A line for each resource of the server, in the order of their names. */
export const ofServer = (server: ServerResources): ReadonlyArray<Understood> =>
  [...server.resources].map(([key, resource]) => {
    const alone = { servers: [{ ...server, resources: new Map([[key, resource]]) }] }
    const { mappings, tables } = GroundingFromResources.fromResources(alone)
    return {
      uri: Redaction.url(resource.uri),
      name: resource.name,
      tables: tables.length,
      mappings: mappings.length,
      entities: entitiesIn(resource),
      text: isText(resource)
    }
  })

/** Nothing of it can help to answer anything. */
export const isNothing = ({ entities, mappings, tables, text }: Understood): boolean =>
  tables + mappings + entities === 0 && !text

// internal

/** A document that names itself is an entity too. */
const entitiesIn = ({ data, name, title = "" }: GatheredResource): number => {
  const { collection, entities } = shapesOf(data, `${name} ${title}`)
  return entities.length + (!collection && isObject(data) && namingOf(data) !== undefined ? 1 : 0)
}

/** The size of binary content is not that of its base64. */
const isText = ({ data, size }: GatheredResource): boolean =>
  typeof data === "string" && data.trim() !== "" && Buffer.byteLength(data) === size
