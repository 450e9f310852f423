/**
 * Everything that gathered resources name, ready for resolving. It belongs to one request: build it once, resolve
 * many names and the question against it, and let it go (P2).
 */
import type { GatheredResources, ServerResources } from "../resources/GatheredResources.ts"
import * as Order from "../text/CodeUnitOrder.ts"
import { ServerCatalog } from "./ServerCatalog.ts"
import { fold } from "../text/Tokens.ts"

export class EntityCatalog {
  readonly #servers: ReadonlyArray<ServerResources>
  readonly #catalogs = new Map<ServerResources, ServerCatalog>()

  private constructor(resources: GatheredResources) {
    this.#servers = resources.servers.toSorted(
      (left, right) => left.priority - right.priority || Order.compare(left.id, right.id)
    )
  }

  /** The catalog of gathered resources; a catalog is given back as it is. */
  static from(resources: GatheredResources | EntityCatalog): EntityCatalog {
    return resources instanceof EntityCatalog ? resources : new EntityCatalog(resources)
  }

  /** All servers, in priority order. */
  get servers(): ReadonlyArray<ServerCatalog> {
    return this.#servers.map((server) => this.#read(server))
  }

  /** The servers whose domains contain `resourceType` (whatever its case), in priority order. */
  serversFor(resourceType: string): ReadonlyArray<ServerCatalog> {
    const wanted = fold(resourceType.trim())
    return this.#servers
      .filter((server) => server.domains.some((domain) => fold(domain.trim()) === wanted))
      .map((server) => this.#read(server))
  }

  /** A server that nobody asks about is not read. */
  #read(server: ServerResources): ServerCatalog {
    const known = this.#catalogs.get(server)
    if (known !== undefined) return known
    const catalog = new ServerCatalog(server)
    this.#catalogs.set(server, catalog)
    return catalog
  }
}
