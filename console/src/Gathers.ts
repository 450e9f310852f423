/** The gathers of this page: what came when, and what they brought. The server keeps none, the page the last few. */
import { stream, type Failure, type Wire } from "./Client.ts"
import { idOf } from "./Recent.ts"
import { makeStore } from "./Store.ts"
import type { Span } from "./Waterfall.ts"

type GatherEvent = Wire["gatherEvent"]

/** How far a server has come; times are milliseconds since the gather began, as they arrived here. */
export interface Progress {
  readonly connected: number | null
  readonly listed: number | null
  readonly pages: number
  readonly firstRead: number | null
  readonly lastRead: number | null
  readonly done: number
  readonly total: number
  readonly bytes: number
  readonly introspected: number | null
  readonly gathered: number | null
}

export interface Resource {
  readonly id: string
  readonly server: string
  readonly key: string
  readonly uri: string
  readonly size: number
  /** What search looks through. */
  readonly words: string
  readonly data: unknown
}

export interface Gather {
  readonly number: number
  readonly at: Date
  readonly servers: ReadonlyMap<string, Progress>
  readonly elapsed: number
  readonly resources: ReadonlyArray<Resource> | null
  readonly failure: Failure | null
}

/** Newest first. */
export const gathers = makeStore<ReadonlyArray<Gather>>([])

/** The domains of each server, as the last gather told them. */
export const domains = makeStore<ReadonlyMap<string, ReadonlyArray<string>>>(new Map())

/** How many are kept: each may be as large as all the servers together. */
const kept = 4

/** The number of the one that was begun; it is done when the promise is. */
export const begin = (signal: AbortSignal): { readonly number: number; readonly done: Promise<void> } => {
  const number = (gathers.get()[0]?.number ?? 0) + 1
  gathers.update((all) => [{ ...none, number, at: new Date() }, ...all].slice(0, kept))
  return { number, done: run(number, signal) }
}

/** Whatever there is of a server, in the order of its waterfall; what has not ended goes on to the end. */
export const spansOf = (server: string, progress: Progress, elapsed: number): ReadonlyArray<Span> => {
  const { connected, done, firstRead, gathered, introspected, lastRead, listed, total } = progress
  const end = gathered ?? elapsed
  const isRead = listed !== null && done === total
  const read = isRead ? (lastRead ?? listed) : null
  const parts = [
    [`${server} connect`, "connect", 0, connected ?? end],
    [`${server} pages`, "list", connected, listed ?? end],
    [`${server} reads`, "gather", listed ?? firstRead, read ?? introspected ?? end],
    [`${server} schema and decode`, "introspect", read, end]
  ] as const
  return parts.flatMap(([label, kind, from, to]) => (from === null || to < from ? [] : [{ label, kind, from, to }]))
}

export interface Difference {
  readonly what: "added" | "gone" | "changed"
  readonly id: string
  readonly before: unknown
  readonly after: unknown
}

/** What two gathers have that the other has not, or has otherwise. */
export const compared = (
  before: ReadonlyArray<Resource>,
  after: ReadonlyArray<Resource>
): ReadonlyArray<Difference> => {
  const old = new Map(before.map((resource) => [resource.id, resource]))
  const now = new Map(after.map((resource) => [resource.id, resource]))
  return [
    ...after.flatMap(({ data, id }): ReadonlyArray<Difference> => {
      const was = old.get(id)
      if (was === undefined) return [{ what: "added", id, before: undefined, after: data }]
      return same(was.data, data) ? [] : [{ what: "changed", id, before: was.data, after: data }]
    }),
    ...before.flatMap(({ data, id }): ReadonlyArray<Difference> =>
      now.has(id) ? [] : [{ what: "gone", id, before: data, after: undefined }]
    )
  ]
}

/** What a gather brought, as a list to look through. */
export const resourcesOf = ({ servers }: Pick<Wire["gather"], "servers">): ReadonlyArray<Resource> =>
  Object.entries(servers).flatMap(([server, { listing, resources }]) =>
    Object.entries(listing).map(([key, { description = "", size, title = "", uri }]) => ({
      id: `${server} / ${key}`,
      server,
      key,
      uri,
      size,
      words: `${server} ${key} ${uri} ${title} ${description}`.toLowerCase(),
      data: resources[key]
    }))
  )

export const domainsOf = ({ servers }: Pick<Wire["gather"], "servers">): ReadonlyMap<string, ReadonlyArray<string>> =>
  new Map(Object.entries(servers).map(([id, { domains }]) => [id, domains]))

// -----------------------------------------------------------------------------
// internals

const none = { servers: new Map<string, Progress>(), elapsed: 0, resources: null, failure: null }

const untouched: Progress = {
  connected: null,
  listed: null,
  pages: 0,
  firstRead: null,
  lastRead: null,
  done: 0,
  total: 0,
  bytes: 0,
  introspected: null,
  gathered: null
}

const run = async (number: number, signal: AbortSignal): Promise<void> => {
  const started = performance.now()
  const change = (next: (gather: Gather) => Gather) =>
    gathers.update((all) => all.map((gather) => (gather.number === number ? next(gather) : gather)))
  // Reads come by the thousand: they are counted at once, and drawn once a frame.
  const servers = new Map<string, Progress>()
  let isWaiting = false
  const draw = () => {
    isWaiting = false
    change((gather) =>
      gather.resources === null
        ? { ...gather, servers: new Map(servers), elapsed: performance.now() - started }
        : gather
    )
  }
  const answer = await stream(
    "gather",
    { requestId: idOf(`Gather ${number}`) },
    (event) => {
      const elapsed = performance.now() - started
      if (event._tag === "Completed") {
        const { resources } = event
        domains.update(() => domainsOf(resources))
        change((gather) => ({
          ...gather,
          servers: new Map(servers),
          elapsed,
          resources: resourcesOf(resources)
        }))
        return
      }
      servers.set(event.server, advanced(servers.get(event.server) ?? untouched, event, elapsed))
      if (!isWaiting) requestAnimationFrame(draw)
      isWaiting = true
    },
    signal
  )
  const elapsed = performance.now() - started
  if (!answer.ok) change((gather) => ({ ...gather, servers: new Map(servers), elapsed, failure: answer.failure }))
}

const advanced = (
  now: Progress,
  event: Exclude<GatherEvent, { readonly _tag: "Completed" }>,
  elapsed: number
): Progress => {
  switch (event._tag) {
    case "Connected":
      return { ...now, connected: elapsed }
    case "Listed":
      return { ...now, listed: elapsed, pages: event.pages, total: event.resources }
    case "Read":
      return {
        ...now,
        firstRead: now.firstRead ?? elapsed,
        lastRead: elapsed,
        done: event.done,
        total: event.total,
        bytes: now.bytes + event.bytes
      }
    case "Introspected":
      return { ...now, introspected: elapsed }
    case "Gathered":
      return { ...now, gathered: elapsed }
  }
}

const same = (one: unknown, other: unknown): boolean => {
  if (typeof one !== "object" || typeof other !== "object" || one === null || other === null) return one === other
  const keys = Object.keys(one)
  if (keys.length !== Object.keys(other).length || Array.isArray(one) !== Array.isArray(other)) return false
  const others = new Map(Object.entries(other))
  return Object.entries(one).every(([key, value]) => others.has(key) && same(value, others.get(key)))
}
