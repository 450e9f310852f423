/** What each gathered resource holds, read once for a request: tables, terms, entities, or text. Pure. */
import type { GatheredResource, GatheredResources, ServerResources } from "../resources/GatheredResources.ts"
import * as Order from "effect/Order"
import { type Shapes, shapesOf } from "./EntityShapes.ts"
import { readSchema } from "./SchemaReader.ts"
import type { SchemaShapes } from "./TableShape.ts"

/** A resource with what was found in it. */
export interface ReadResource {
  readonly resource: GatheredResource
  readonly schema: SchemaShapes
  readonly shapes: Shapes
  /** The content where it is text for people, and no schema. */
  readonly text: string | null
}

export interface ServerContents extends Omit<ServerResources, "resources"> {
  /** In the order of their names, then URIs, whatever order they arrived in. */
  readonly resources: ReadonlyArray<ReadResource>
}

export interface Contents {
  /** In priority order. */
  readonly servers: ReadonlyArray<ServerContents>
}

/** Reads every resource of every server. */
export const read = (resources: GatheredResources): Contents => ({
  servers: inPriorityOrder(resources.servers).map(readServer)
})

/** The servers by priority number, then id. */
export const inPriorityOrder = <S extends Pick<ServerResources, "id" | "priority">>(
  servers: ReadonlyArray<S>
): ReadonlyArray<S> =>
  servers.toSorted((left, right) => left.priority - right.priority || Order.String(left.id, right.id))

/** Reads every resource of one server. */
export const readServer = (server: ServerResources): ServerContents => ({
  ...server,
  resources: [...server.resources.values()].toSorted(byName).map(readResource)
})

/** True if one of the server's resources describes a table. What was read for that, `read` does not read again. */
export const describesTables = ({ resources }: ServerResources): boolean =>
  [...resources.values()].some((resource) => {
    const schema = schemaOf(resource)
    ahead.set(resource, schema)
    return schema.tables.length > 0
  })

// -----------------------------------------------------------------------------
// internals

const byName = (left: GatheredResource, right: GatheredResource): number =>
  Order.String(left.name, right.name) || Order.String(left.uri, right.uri)

/** What was read while resources were still being gathered. It goes with the resource, and so with the gather. */
const ahead = new WeakMap<GatheredResource, SchemaShapes>()

const schemaOf = ({ data, description, name, title, uri }: GatheredResource): SchemaShapes =>
  readSchema(data, { name, title: title ?? null, uri, description: description ?? null })

const readResource = (resource: GatheredResource): ReadResource => {
  const { data, name, title = "", uri } = resource
  const schema = ahead.get(resource) ?? schemaOf(resource)
  const isSchema = schema.tables.length > 0
  return {
    resource,
    schema,
    shapes: shapesOf(data, [name, title, uri].join(" "), isSchema),
    text: typeof data === "string" && !isSchema && isText(resource, data) && data.trim() !== "" ? data : null
  }
}

/** Base64 stands for more bytes than it has characters of; text is as long as its UTF-8. */
const isText = ({ size }: GatheredResource, data: string): boolean => Buffer.byteLength(data) === size
