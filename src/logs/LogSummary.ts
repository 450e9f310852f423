/**
 * What a log says as a whole. The memory it takes does not grow with the log: quantiles come from sketches, the
 * timeline halves its resolution when it gets too long, and groups beyond a limit are counted together.
 */
import * as Effect from "effect/Effect"
import * as Order from "effect/Order"
import type * as Stream from "effect/Stream"
import { forEachLine, type LogLine } from "./LogLines.ts"
import { QuantileSketch } from "./QuantileSketch.ts"

/** Milliseconds; quantiles are within 1 % of the true value. */
type Durations = {
  readonly count: number
  readonly p50: number
  readonly p95: number
  readonly p99: number
  readonly max: number
}

export type ErrorCount = { readonly type: string; readonly count: number }

/** One event of one server; `server` is `null` for events that belong to none. */
type EventSummary = {
  readonly event: string
  readonly server: string | null
  readonly count: number
  /** By type, the most frequent first. */
  readonly errors: ReadonlyArray<ErrorCount>
  /** `null` if no line had a `duration_ms`. */
  readonly durations: Durations | null
}

type ServerSummary = {
  readonly server: string
  readonly count: number
  readonly errors: ReadonlyArray<ErrorCount>
  readonly retries: number
  readonly conflicts: number
}

/** The longest duration that any line of a request has. */
type SlowRequest = {
  readonly requestId: string
  readonly event: string
  readonly server: string | null
  readonly durationMs: number
}

export type Summary = {
  readonly lines: number
  /** Lines that are no log lines: counted, skipped. */
  readonly badLines: number
  /** ISO 8601; `null` if no line had a time. */
  readonly from: string | null
  readonly to: string | null
  readonly retries: number
  readonly conflicts: number
  /** By event, then server. */
  readonly events: ReadonlyArray<EventSummary>
  readonly servers: ReadonlyArray<ServerSummary>
  /** The slowest first. */
  readonly slowest: ReadonlyArray<SlowRequest>
  /** Equal steps from `from` to `to`, at most 60. */
  readonly timeline: {
    readonly stepMs: number
    readonly steps: ReadonlyArray<{ readonly start: string; readonly lines: number; readonly errors: number }>
  }
}

/** Summarises NDJSON text, however it is cut into chunks. Fails only as the stream does. */
export const summarise = <E, R>(text: Stream.Stream<string, E, R>): Effect.Effect<Summary, E, R> =>
  Effect.suspend(() => {
    const accumulator = new Accumulator()
    return Effect.as(
      forEachLine(text, (line) => accumulator.add(line)),
      accumulator
    )
  }).pipe(Effect.map((accumulator) => accumulator.summary()))

// -----------------------------------------------------------------------------
// internals

/** Names come from the log: however many there are, memory stays bounded. */
const maxGroups = 500
const maxErrorTypes = 50
const other = "(other)"
const slowestKept = 10
const maxSteps = 60

class Group {
  count = 0
  readonly errors = new Map<string, number>()
  readonly durations = new QuantileSketch()
  readonly event: string
  readonly server: string | null

  constructor(event: string, server: string | null) {
    this.event = event
    this.server = server
  }

  add(line: LogLine): void {
    this.count += 1
    if (line.errorType !== null) {
      const known = this.errors.has(line.errorType) || this.errors.size < maxErrorTypes
      const type = known ? line.errorType : other
      this.errors.set(type, (this.errors.get(type) ?? 0) + 1)
    }
    if (line.durationMs !== null) this.durations.add(line.durationMs)
  }
}

class Accumulator {
  #lines = 0
  #badLines = 0
  readonly #groups = new Map<string, Group>()
  readonly #slowest = new Map<string, SlowRequest>()
  readonly #timeline = new Timeline()

  add(line: LogLine | null): void {
    this.#lines += 1
    if (line === null) {
      this.#badLines += 1
      return
    }
    this.#group(line).add(line)
    if (line.time !== null) this.#timeline.add(line.time, line.errorType !== null)
    this.#addSlow(line)
  }

  #group({ event, server }: LogLine): Group {
    const key = JSON.stringify([event, server])
    const group = this.#groups.get(key) ?? (this.#groups.size < maxGroups ? undefined : this.#groups.get(other))
    if (group !== undefined) return group
    const full = this.#groups.size === maxGroups - 1
    const created = full ? new Group(other, null) : new Group(event, server)
    this.#groups.set(full ? other : key, created)
    return created
  }

  #addSlow({ durationMs, event, requestId, server }: LogLine): void {
    if (durationMs === null || requestId === null) return
    if (durationMs <= (this.#slowest.get(requestId)?.durationMs ?? -1)) return
    this.#slowest.set(requestId, { requestId, event, server, durationMs })
    if (this.#slowest.size <= slowestKept) return
    const fastest = [...this.#slowest.values()].reduce((a, b) => (b.durationMs < a.durationMs ? b : a))
    this.#slowest.delete(fastest.requestId)
  }

  summary(): Summary {
    const groups = [...this.#groups.values()]
    const countOf = (event: string, among: ReadonlyArray<Group> = groups) =>
      among.reduce((sum, group) => (group.event === event ? sum + group.count : sum), 0)
    const byServer = Map.groupBy(groups, (group) => group.server)
    const servers = [...byServer].flatMap(([server, own]) =>
      server === null
        ? []
        : [
            {
              server,
              count: own.reduce((sum, group) => sum + group.count, 0),
              errors: errorCounts(own),
              retries: countOf(retryEvent, own),
              conflicts: countOf(conflictEvent, own)
            }
          ]
    )
    return {
      lines: this.#lines,
      badLines: this.#badLines,
      ...this.#timeline.range(),
      retries: countOf(retryEvent),
      conflicts: countOf(conflictEvent),
      events: groups
        .map((group) => ({
          event: group.event,
          server: group.server,
          count: group.count,
          errors: errorCounts([group]),
          durations: durationsOf(group.durations)
        }))
        .toSorted((a, b) => Order.String(a.event, b.event) || Order.String(a.server ?? "", b.server ?? "")),
      servers: servers.toSorted((a, b) => Order.String(a.server, b.server)),
      slowest: [...this.#slowest.values()].toSorted(
        (a, b) => b.durationMs - a.durationMs || Order.String(a.requestId, b.requestId)
      ),
      timeline: this.#timeline.steps()
    }
  }
}

const retryEvent = "retry_scheduled"
const conflictEvent = "resolution_conflict"

const errorCounts = (groups: ReadonlyArray<Group>): ReadonlyArray<ErrorCount> => {
  const counts = new Map<string, number>()
  for (const group of groups) {
    for (const [type, count] of group.errors) counts.set(type, (counts.get(type) ?? 0) + count)
  }
  return [...counts]
    .map(([type, count]) => ({ type, count }))
    .toSorted((a, b) => b.count - a.count || Order.String(a.type, b.type))
}

const durationsOf = (sketch: QuantileSketch): Durations | null =>
  sketch.count === 0
    ? null
    : {
        count: sketch.count,
        p50: rounded(sketch.quantile(0.5)),
        p95: rounded(sketch.quantile(0.95)),
        p99: rounded(sketch.quantile(0.99)),
        max: sketch.max
      }

const rounded = (value: number): number => Number(value.toPrecision(3))

/** Counts by time, in steps whose length doubles until the whole log has at most `maxSteps` of them. */
class Timeline {
  #stepMs = 1000
  #steps = new Map<number, { lines: number; errors: number }>()
  #from = Number.POSITIVE_INFINITY
  #to = Number.NEGATIVE_INFINITY

  add(time: number, failed: boolean): void {
    this.#from = Math.min(this.#from, time)
    this.#to = Math.max(this.#to, time)
    while (this.#index(this.#to) - this.#index(this.#from) >= maxSteps) this.#double()
    this.#count(this.#index(time), 1, failed ? 1 : 0)
  }

  range(): { readonly from: string | null; readonly to: string | null } {
    return this.#steps.size === 0
      ? { from: null, to: null }
      : { from: new Date(this.#from).toISOString(), to: new Date(this.#to).toISOString() }
  }

  steps(): Summary["timeline"] {
    const first = this.#steps.size === 0 ? 0 : this.#index(this.#from)
    const length = this.#steps.size === 0 ? 0 : this.#index(this.#to) - first + 1
    const steps = Array.from({ length }, (_, offset) => ({
      start: new Date(Math.max((first + offset) * this.#stepMs, earliest)).toISOString(),
      ...(this.#steps.get(first + offset) ?? { lines: 0, errors: 0 })
    }))
    return { stepMs: this.#stepMs, steps }
  }

  #index(time: number): number {
    return Math.floor(time / this.#stepMs)
  }

  #count(index: number, lines: number, errors: number): void {
    const step = this.#steps.get(index)
    this.#steps.set(index, { lines: (step?.lines ?? 0) + lines, errors: (step?.errors ?? 0) + errors })
  }

  #double(): void {
    const old = this.#steps
    this.#steps = new Map()
    this.#stepMs *= 2
    for (const [index, { errors, lines }] of old) this.#count(Math.floor(index / 2), lines, errors)
  }
}

/** The first moment that a Date can hold; a step may begin before the line in it. */
const earliest = -8.64e15
