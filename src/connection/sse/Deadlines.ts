/**
 * The deadlines of many requests on few timers: `Effect.timeout` forks two fibers for each, which is an eighth of what a
 * read costs. Here the requests with the same timeout stand in one line, and one fiber waits for the first of them.
 */
import * as Clock from "effect/Clock"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"
import { InFlight } from "../../InFlight.ts"

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
    const line = lines.get(timeout) ?? { waiting: new InFlight(), watched: false }
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
          const expire = () => {
            controller.abort()
            resume(Effect.fail(expired()))
          }
          line.waiting.set(expire, now + length)
          run(controller.signal).then(
            (value) => {
              line.waiting.delete(expire)
              resume(Effect.succeed(value))
            },
            (cause) => {
              line.waiting.delete(expire)
              resume(Effect.fail(rejected(cause)))
            }
          )
          return Effect.sync(() => {
            line.waiting.delete(expire)
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

/** Those that wait equally long. */
interface Line {
  /** What to do at which time, in milliseconds since the epoch. */
  readonly waiting: InFlight<() => void, number>
  watched: boolean
}

/** Sleeps to the deadline that is next, until nobody waits. */
const watch = Effect.fnUntraced(function* (line: Line) {
  while (line.waiting.size > 0) {
    const now = yield* Clock.currentTimeMillis
    const next = Math.min(...line.waiting.values())
    if (next > now) {
      yield* Effect.sleep(next - now)
      continue
    }
    for (const [expire, at] of line.waiting) {
      // One that expires may end others.
      if (at <= now && line.waiting.delete(expire)) expire()
    }
  }
  line.watched = false
})
