/** How many questions a worker answers at once, and which of those that wait goes first. */
import * as Deferred from "effect/Deferred"
import * as Effect from "effect/Effect"

/** Runs effects, so many at a time; of those that wait, one of the lowest lane number goes first. */
export interface Slots {
  readonly within: (lane: number) => <A, E, R>(effect: Effect.Effect<A, E, R>) => Effect.Effect<A, E, R>
}

export const make = (size: number): Slots => {
  let free = size
  /** In the order of arrival. */
  const waiting: Array<{ readonly lane: number; readonly turn: Deferred.Deferred<void> }> = []

  const acquire = (lane: number): Effect.Effect<void> =>
    Effect.suspend(() => {
      if (free > 0) {
        free -= 1
        return Effect.void
      }
      const place = { lane, turn: Deferred.makeUnsafe<void>() }
      waiting.push(place)
      return Effect.onInterrupt(Deferred.await(place.turn), () =>
        Effect.sync(() => {
          const index = waiting.indexOf(place)
          // Its turn had come: somebody else has it then.
          if (index === -1) release()
          else waiting.splice(index, 1)
        })
      )
    })

  const release = (): void => {
    const first = waiting.reduce<number>(
      (best, { lane }, index) => (lane < (waiting[best]?.lane ?? Infinity) ? index : best),
      -1
    )
    const [next] = first === -1 ? [] : waiting.splice(first, 1)
    if (next === undefined) free += 1
    else Deferred.doneUnsafe(next.turn, Effect.void)
  }

  return {
    within: (lane) => (effect) =>
      Effect.uninterruptibleMask((restore) =>
        restore(acquire(lane)).pipe(Effect.andThen(Effect.ensuring(restore(effect), Effect.sync(release))))
      )
  }
}
