/** A list that a server gives in pages: whole, or not at all. The same limits hold for every kind of it. */
import * as Effect from "effect/Effect"
import type { OrchestratorConfig } from "../config/OrchestratorConfig.ts"
import * as ServerReason from "../errors/ServerReason.ts"

export interface Page<A> {
  readonly items: ReadonlyArray<A>
  /** `null` on the last page. */
  readonly nextCursor: string | null
}

export interface PagedList<A> {
  readonly items: ReadonlyArray<A>
  readonly pages: number
}

interface Options<A, E> {
  /** What is listed, as messages call it: `resources`. */
  readonly what: string
  readonly limits: OrchestratorConfig["limits"]
  readonly page: (cursor: string | null) => Effect.Effect<Page<A>, E>
  /** Two items of one key are one, the first of them; without it every item is its own. */
  readonly keyOf?: (item: A) => string
  /** Its texts in UTF-16 units, which no text has more of than bytes: near enough to keep a list from filling the memory. */
  readonly lengthOf: (item: A) => number
  readonly failed: (reason: ServerReason.ServerReason, detail: string) => E
  /** What follows from every page, before the next one is asked for. */
  readonly onPage?: (page: PageListed<A>) => Effect.Effect<unknown>
}

/** What a page adds to those before it. */
interface PageListed<A> {
  readonly pages: number
  readonly added: ReadonlyArray<A>
  /** Items so far. */
  readonly total: number
  readonly more: boolean
}

/**
 * Follows the cursors to the end. More pages, items or text than the limits, or a cursor that comes back, is a failure: a
 * list is never cut. Cursors count too, because each is kept.
 */
export const all = Effect.fnUntraced(function* <A, E>(options: Options<A, E>): Effect.fn.Return<PagedList<A>, E> {
  const { failed, limits, what } = options
  const tooMany = (limit: number, detail: string) => failed(new ServerReason.TooMany({ limit }), detail)
  const items = new Map<string | number, A>()
  const cursors = new Set<string>()
  let pages = 0
  let length = 0
  let cursor: string | null = null
  do {
    if (pages === limits.pages) {
      return yield* Effect.fail(tooMany(limits.pages, `more than ${limits.pages} pages of ${what} (limits.pages)`))
    }
    const page: Page<A> = yield* options.page(cursor)
    pages += 1
    const added: Array<A> = []
    for (const item of page.items) {
      const key = options.keyOf?.(item) ?? items.size
      if (items.has(key)) continue
      items.set(key, item)
      added.push(item)
      length += options.lengthOf(item)
    }
    if (items.size > limits.resources) {
      return yield* Effect.fail(tooMany(limits.resources, `more than ${limits.resources} ${what} (limits.resources)`))
    }
    length += page.nextCursor?.length ?? 0
    if (length > limits.serverBytes) {
      const detail = `the list of ${what} alone is larger than ${limits.serverBytes} bytes (limits.server_bytes)`
      return yield* Effect.fail(failed(new ServerReason.TooLarge({ limit: limits.serverBytes }), detail))
    }
    cursor = page.nextCursor
    if (cursor !== null && cursors.has(cursor)) {
      const detail = `page ${pages} of ${what} repeats an earlier cursor: the list would never end`
      return yield* Effect.fail(failed(new ServerReason.InvalidReply(), detail))
    }
    if (cursor !== null) cursors.add(cursor)
    if (options.onPage !== undefined) yield* options.onPage({ pages, added, total: items.size, more: cursor !== null })
  } while (cursor !== null)
  return { items: [...items.values()], pages }
})
