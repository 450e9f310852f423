/**
 * Everything that gathered resources name, ready for resolving. It belongs to one request: build it once, resolve
 * many names and the question against it, and let it go: nothing gathered outlives its request.
 */
import * as Contents from "../grounding/Contents.ts"
import type { GatheredResources, ServerResources } from "../resources/GatheredResources.ts"
import { tokenize } from "../text/Tokens.ts"
import { normalizedKey } from "./NameLookup.ts"
import { ServerCatalog } from "./ServerCatalog.ts"

export class EntityCatalog {
  readonly #servers: ReadonlyArray<ServerResources | Contents.ServerContents>
  readonly #catalogs = new Map<ServerResources | Contents.ServerContents, ServerCatalog>()

  private constructor({ servers }: GatheredResources | Contents.Contents) {
    this.#servers = Contents.inPriorityOrder<ServerResources | Contents.ServerContents>(servers)
  }

  /** The catalog of gathered resources, or of what was read in them already; a catalog is given back as it is. */
  static from(resources: GatheredResources | Contents.Contents | EntityCatalog): EntityCatalog {
    return resources instanceof EntityCatalog ? resources : new EntityCatalog(resources)
  }

  /** All servers, in priority order. */
  get servers(): ReadonlyArray<ServerCatalog> {
    return this.#servers.map((server) => this.#read(server))
  }

  /** The servers whose domains contain `resourceType` (case, separators and plural aside), in priority order. */
  serversFor(resourceType: string): ReadonlyArray<ServerCatalog> {
    return this.#servers
      .filter((server) => server.domains.some((domain) => isSameType(domain, resourceType)))
      .map((server) => this.#read(server))
  }

  /** A server that nobody asks about is not read. */
  #read(server: ServerResources | Contents.ServerContents): ServerCatalog {
    const known = this.#catalogs.get(server)
    if (known !== undefined) return known
    const catalog = new ServerCatalog(isRead(server) ? server : Contents.readServer(server))
    this.#catalogs.set(server, catalog)
    return catalog
  }
}

/** Whether two words mean the same type: `product` means `products`. */
export const isSameType = (left: string, right: string): boolean => typeKey(left) === typeKey(right)

const typeKey = (type: string): string => normalizedKey(tokenize(type), type)

const isRead = (server: ServerResources | Contents.ServerContents): server is Contents.ServerContents =>
  Array.isArray(server.resources)
