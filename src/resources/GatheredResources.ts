/**
 * What one request gathered: every resource of every server, in priority order. It lives as long as its
 * request (P2); nothing in this library keeps one.
 */
import type * as Schema from "effect/Schema"
import type { DatabaseSchema } from "./DatabaseSchema.ts"

/**
 * One resource with its content. `data` is the JSON where the content is an object or array, under whatever type it
 * travelled, or is declared as JSON; else text as it is, or base64 for binary. Several contents give an array.
 */
export interface GatheredResource {
  readonly uri: string
  readonly name: string
  readonly title?: string
  readonly description?: string
  /** As the server has it: JSON may well be `text/plain`. */
  readonly mimeType?: string
  /** Bytes of the content as delivered (UTF-8 for text, decoded length for binary). */
  readonly size: number
  readonly data: Schema.Json
}

/** How a server's resources came in. */
export interface GatherManifest {
  readonly pages: number
  readonly resources: number
  /** Sum of the resources' sizes. */
  readonly bytes: number
  readonly durationMs: number
  readonly protocolVersion: string
  readonly serverInfo: { readonly name: string; readonly version: string }
}

/** One server's share. */
export interface ServerResources {
  readonly id: string
  readonly name: string
  readonly priority: number
  readonly domains: ReadonlyArray<string>
  readonly capabilities: ReadonlyArray<string>
  /**
   * By resource name; of two resources with one name, the second (by URI order) is keyed by its URI.
   * A `Map`, because `__proto__` is a name like any other. Ordered by key.
   */
  readonly resources: ReadonlyMap<string, GatheredResource>
  /** What its database says of itself; `null` where it was not asked. */
  readonly schema: DatabaseSchema | null
  readonly manifest: GatherManifest
}

/** All servers, ordered by priority (lowest number first). */
export interface GatheredResources {
  readonly servers: ReadonlyArray<ServerResources>
}
