/** What a fake server has seen: counters to look at, and to wait on without sleeping or polling. */
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"

/** The id of a JSON-RPC request. */
export type RequestId = string | number

/** A snapshot; it does not change any more. */
export interface FakeCounters {
  /** TCP connections. */
  readonly sockets: { readonly open: number; readonly total: number; readonly peak: number }
  /** Event streams that got their headers. */
  readonly sessions: { readonly open: number; readonly total: number; readonly peak: number }
  /** HTTP requests. */
  readonly gets: number
  readonly posts: number
  /** JSON-RPC requests and notifications received, by method. */
  readonly requests: { readonly [method: string]: number }
  /** Requests whose POST has not failed, neither answered nor cancelled, and whose session is open. */
  readonly inFlight: { readonly now: number; readonly peak: number }
  /** The ids named by `notifications/cancelled`, in order of arrival. */
  readonly cancelled: ReadonlyArray<RequestId>
  /** Answers of the client to our own requests (pings). */
  readonly pongs: number
  /** How often a fault struck. */
  readonly faults: number
}

/** The counters' owner inside a fake server. */
export interface Ledger {
  /** A snapshot of now. */
  readonly snapshot: () => FakeCounters
  /** Changes the counters and wakes whoever waits for what they have become. */
  readonly change: (update: (counters: MutableCounters) => void) => void
  /** Succeeds with the first snapshot that satisfies the predicate: of now, or of right after a change. */
  readonly awaitUntil: (predicate: (counters: FakeCounters) => boolean) => Effect.Effect<FakeCounters>
}

/** The counters as they are kept. */
export interface MutableCounters {
  readonly sockets: { open: number; total: number; peak: number }
  readonly sessions: { open: number; total: number; peak: number }
  readonly inFlight: { now: number; peak: number }
  readonly requests: Map<string, number>
  readonly cancelled: Array<RequestId>
  gets: number
  posts: number
  pongs: number
  faults: number
}

export const makeLedger = (): Ledger => {
  const counters: MutableCounters = {
    sockets: { open: 0, total: 0, peak: 0 },
    sessions: { open: 0, total: 0, peak: 0 },
    inFlight: { now: 0, peak: 0 },
    requests: new Map(),
    cancelled: [],
    gets: 0,
    posts: 0,
    pongs: 0,
    faults: 0
  }
  const waiters = new Set<() => void>()
  const snapshot = (): FakeCounters => ({
    ...counters,
    sockets: { ...counters.sockets },
    sessions: { ...counters.sessions },
    inFlight: { ...counters.inFlight },
    requests: Object.fromEntries(counters.requests),
    cancelled: [...counters.cancelled]
  })
  return {
    snapshot,
    change(update) {
      update(counters)
      for (const waiter of waiters) waiter()
    },
    awaitUntil: (predicate) =>
      Effect.callback<FakeCounters>((resume) => {
        const check = () => {
          const now = snapshot()
          // A predicate that throws would otherwise do so inside the server's socket handlers.
          const satisfied = Result.try(() => predicate(now))
          if (Result.isSuccess(satisfied) && !satisfied.success) return
          waiters.delete(check)
          const outcome = Result.isSuccess(satisfied) ? Effect.succeed(now) : Effect.die(satisfied.failure)
          // Not before the server is done with what it is doing: the fiber would run in the middle of it.
          resume(Effect.andThen(Effect.yieldNow, outcome))
        }
        waiters.add(check)
        check()
        return Effect.sync(() => waiters.delete(check))
      })
  }
}

/** One more of something that comes and goes. */
export const enter = (gauge: { open: number; total: number; peak: number }): void => {
  gauge.open += 1
  gauge.total += 1
  gauge.peak = Math.max(gauge.peak, gauge.open)
}
