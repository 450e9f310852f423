/**
 * What one request gathered: every resource of every server, in priority order. It lives as long as its request;
 * nothing in this library keeps one.
 */
import * as Schema from "effect/Schema"
import * as SchemaTransformation from "effect/SchemaTransformation"
import { Answered } from "../telemetry/RequestId.ts"
import { ShownUri } from "../telemetry/ShownUri.ts"
import * as ExactJson from "../text/ExactJson.ts"
import * as Order from "effect/Order"
import { DatabaseSchema } from "./DatabaseSchema.ts"

/** What a resource is, apart from its content. */
const listed = {
  /** As its server has it, but for the secrets of its configuration. */
  uri: ShownUri,
  name: Schema.String,
  title: Schema.optionalKey(Schema.String),
  description: Schema.optionalKey(Schema.String),
  /** As the server has it: JSON may well be `text/plain`. */
  mimeType: Schema.optionalKey(Schema.String),
  /** Bytes of the content as delivered (UTF-8 for text, decoded length for binary). */
  size: Schema.Int
}

/**
 * One resource with its content. `data` is the JSON where the content is an object or array, under whatever type it
 * travelled, or is declared as JSON; else text as it is, or base64 for binary. Several contents give an array.
 */
export const GatheredResource = Schema.Struct({ ...listed, data: ExactJson.Doubles })
export type GatheredResource = typeof GatheredResource.Type

/** How a server's resources came in. */
export const GatherManifest = Schema.Struct({
  pages: Schema.Int,
  resources: Schema.Int,
  /** Sum of the resources' sizes. */
  bytes: Schema.Int,
  durationMs: Schema.Int,
  protocolVersion: Schema.String,
  serverInfo: Schema.Struct({ name: Schema.String, version: Schema.String })
})
export type GatherManifest = typeof GatherManifest.Type

const server = {
  name: Schema.String,
  priority: Schema.Int,
  domains: Schema.Array(Schema.String),
  capabilities: Schema.Array(Schema.String),
  /** What its database says of itself; `null` where it was not asked. */
  schema: Schema.NullOr(DatabaseSchema),
  manifest: GatherManifest
}

/** One server's share. */
export const ServerResources = Schema.Struct({
  id: Schema.String,
  ...server,
  /**
   * By resource name; of two resources with one name, the second (by URI order) is keyed by its URI.
   * A `Map`, because `__proto__` is a name like any other. Ordered by key.
   */
  resources: Schema.ReadonlyMap(Schema.String, GatheredResource)
})
export type ServerResources = typeof ServerResources.Type

/** A server in JSON: the contents by resource name, and under the same names what else is known of each. */
const ServerJson = Schema.Struct({
  ...server,
  resources: Schema.Record(Schema.String, ExactJson.Doubles),
  listing: Schema.Record(Schema.String, Schema.Struct(listed))
}).check(
  Schema.makeFilter(
    ({ listing, resources }) => sameKeys(listing, resources) || "listing and resources must have the same names"
  )
)

/**
 * All servers, ordered by priority (lowest number first), then id. As JSON a record by server id:
 * `{"<id>": {"priority", "domains", …, "resources": {"<name>": <data>}, "listing": {"<name>": {"uri", …}}}}`.
 */
export const Servers = Schema.Record(Schema.String, ServerJson).pipe(
  Schema.decodeTo(
    Schema.toType(Schema.Array(ServerResources)),
    SchemaTransformation.transform({ decode: fromJson, encode: toJson })
  )
)

/** All servers, ordered by priority (lowest number first). */
export const GatheredResources = Schema.Struct({ servers: Servers })
export type GatheredResources = typeof GatheredResources.Type

/** What `gather` returns. */
export const Gathered = Schema.Struct({ servers: Servers, ...Answered.fields })
export type Gathered = typeof Gathered.Type

// -----------------------------------------------------------------------------
// internals

interface Keyed {
  readonly [key: string]: unknown
}

function sameKeys(one: Keyed, other: Keyed): boolean {
  const keys = Object.keys(one)
  return keys.length === Object.keys(other).length && keys.every((key) => Object.hasOwn(other, key))
}

/** Objects have orders of their own for keys such as `7`. */
function fromJson(servers: { readonly [id: string]: typeof ServerJson.Type }): ReadonlyArray<ServerResources> {
  return Object.entries(servers)
    .map(([id, { listing, resources, ...rest }]) => ({
      id,
      ...rest,
      resources: new Map(
        Object.entries(listing)
          .map(([key, resource]) => [key, { ...resource, data: resources[key] ?? null }] as const)
          .toSorted(([one], [other]) => Order.String(one, other))
      )
    }))
    .toSorted((one, other) => one.priority - other.priority || Order.String(one.id, other.id))
}

/** `Object.fromEntries` makes own properties of all names, `__proto__` too. */
function toJson(servers: ReadonlyArray<ServerResources>): { readonly [id: string]: typeof ServerJson.Type } {
  return Object.fromEntries(
    servers.map(({ id, resources, ...rest }) => {
      const entries = [...resources]
      return [
        id,
        {
          ...rest,
          resources: Object.fromEntries(entries.map(([key, { data }]) => [key, data])),
          listing: Object.fromEntries(entries.map(([key, { data: _, ...resource }]) => [key, resource]))
        }
      ]
    })
  )
}
