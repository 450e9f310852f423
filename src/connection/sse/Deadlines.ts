/**
 * The deadlines of many requests on few timers: `Effect.timeout` forks two fibers for each, which is an eighth of what a
 * read costs. Here the requests with the same timeout stand in one line, and one fiber waits for the first of them.
 */
import * as Clock from "effect/Clock"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"

export interface Deadlines {
  /**
   * One promise as an effect. Its signal aborts when `timeout` has passed, which fails with `expired`, and on
   * interruption.
   */
  within<A, E>(
    timeout: Duration.Duration,
    run: (signal: AbortSignal) => Promise<A>,
    failures: { readonly rejected: (cause: unknown) => E; readonly expired: () => E }
  ): Effect.Effect<A, E>
}

/** What waits ends with the scope: nothing expires any more. */
export const make: Effect.Effect<Deadlines, never, Scope.Scope> = Effect.map(Effect.scope, (scope) => {
  const lines = new Map<number, Line>()
  const lineFor = (timeout: number): Line => {
    const line = lines.get(timeout) ?? { waiting: new Set(), watched: false }
    lines.set(timeout, line)
    return line
  }
  return {
    within: (timeout, run, { expired, rejected }) =>
      Effect.flatMap(Clock.currentTimeMillis, (now) => {
        const length = Duration.toMillis(timeout)
        const line = lineFor(length)
        const request = Effect.callback<Promised<typeof run>, ReturnType<typeof expired>>((resume) => {
          const controller = new AbortController()
          const entry: Entry = {
            at: now + length,
            expire: () => {
              controller.abort()
              resume(Effect.fail(expired()))
            }
          }
          line.waiting.add(entry)
          run(controller.signal).then(
            (value) => {
              forget(line, entry)
              resume(Effect.succeed(value))
            },
            (cause) => {
              forget(line, entry)
              resume(Effect.fail(rejected(cause)))
            }
          )
          return Effect.sync(() => {
            forget(line, entry)
            controller.abort()
          })
        })
        if (line.watched) return request
        line.watched = true
        return Effect.andThen(Effect.forkIn(watch(line), scope), request)
      })
  }
})

type Promised<F> = F extends (signal: AbortSignal) => Promise<infer A> ? A : never

/** In the order of their deadlines, since all wait equally long. */
interface Line {
  readonly waiting: Set<Entry>
  watched: boolean
}

interface Entry {
  /** Milliseconds since the epoch. */
  readonly at: number
  /** `null` when nobody waits any more. */
  expire: (() => void) | null
}

/** Emptied for the reason that `TakeFrom` gives. */
const forget = (line: Line, entry: Entry): void => {
  line.waiting.delete(entry)
  entry.expire = null
}

/** Sleeps to the deadline that is next, until nobody waits. */
const watch = Effect.fnUntraced(function* (line: Line) {
  for (;;) {
    const [next] = line.waiting
    if (next === undefined) break
    const left = next.at - (yield* Clock.currentTimeMillis)
    if (left > 0) {
      yield* Effect.sleep(left)
    } else {
      line.waiting.delete(next)
      next.expire?.()
    }
  }
  line.watched = false
})
