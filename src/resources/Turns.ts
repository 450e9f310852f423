/**
 * Who runs when many ask at once. Either everybody runs what they asked for, a bounded number at a time, first come, first
 * served; or those who ask while something runs share what runs next. Nothing that was run is kept.
 */
import * as Deferred from "effect/Deferred"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Semaphore from "effect/Semaphore"

/**
 * `run`, at most `atOnce` at a time, in the order in which they were asked for. `waiting` others may wait for their turn;
 * whoever comes then fails with what `full` gives.
 */
export const bounded = <E2>(
  { atOnce, waiting }: { readonly atOnce: number; readonly waiting: number },
  full: Effect.Effect<never, E2>
): (<A, E, R>(run: Effect.Effect<A, E, R>) => Effect.Effect<A, E | E2, R>) => {
  const turns = Semaphore.makeUnsafe(atOnce)
  let asked = 0
  return <A, E, R>(run: Effect.Effect<A, E, R>) =>
    Effect.suspend((): Effect.Effect<A, E | E2, R> => {
      if (asked >= atOnce + waiting) return full
      asked += 1
      return Effect.ensuring(
        turns.withPermit(run),
        Effect.sync(() => {
          asked -= 1
        })
      )
    })
}

/** One run, and those who get its outcome. */
interface Round<A, E, Member> {
  readonly members: Set<Member>
  readonly outcome: Deferred.Deferred<A, E>
  fiber: Fiber.Fiber<unknown> | null
}

/**
 * One run for all who ask while another one runs, one run at a time. Whoever asks while nothing runs begins a run; whoever
 * asks later waits for the next one and shares it, so that all that a run does, it does after everybody whom it serves has
 * asked. `run` gets these; a member is one request, and no two are the same.
 *
 * A failure is shared like a success. A run is interrupted when its last member is, who waits until it has ended; nobody
 * joins it any more from that moment on. `waiting` requests may wait for the next run; whoever comes then fails with what
 * `full` gives.
 */
export const sharingNext = <A, E, R, E2, Member>(
  run: (members: ReadonlySet<Member>) => Effect.Effect<A, E, R>,
  waiting: number,
  full: Effect.Effect<never, E2>
): ((member: Member) => Effect.Effect<A, E | E2, R>) => {
  const turn = Semaphore.makeUnsafe(1)
  let next: Round<A, E, Member> | null = null
  let running = false

  /** Takes the round out of `next` in the very step in which it begins: who asks afterwards cannot get into it. */
  const begin = (round: Round<A, E, Member>) =>
    Effect.suspend(() => {
      if (next === round) next = null
      running = true
      return Effect.ensuring(
        run(round.members),
        Effect.sync(() => {
          running = false
        })
      )
    })
  /** Outlives whoever asked first: the others in the round may wait longer. */
  const start = (round: Round<A, E, Member>) =>
    turn.withPermit(begin(round)).pipe(
      Deferred.into(round.outcome),
      Effect.forkDetach,
      Effect.map((fiber) => {
        round.fiber = fiber
      })
    )
  const leave = (round: Round<A, E, Member>, member: Member) =>
    Effect.suspend(() => {
      round.members.delete(member)
      if (round.members.size > 0 || round.fiber === null) return Effect.void
      if (next === round) next = null
      return Fiber.interrupt(round.fiber)
    })

  return (member) =>
    Effect.uninterruptibleMask((restore) =>
      Effect.suspend((): Effect.Effect<A, E | E2, R> => {
        // What is about to begin, since nothing runs, nobody waits for.
        if (running && (next?.members.size ?? 0) >= waiting) return full
        const isFirst = next === null
        const round = (next ??= { members: new Set<Member>(), outcome: Deferred.makeUnsafe<A, E>(), fiber: null })
        round.members.add(member)
        return (isFirst ? start(round) : Effect.void).pipe(
          Effect.andThen(restore(Deferred.await(round.outcome))),
          Effect.ensuring(leave(round, member))
        )
      })
    )
}
