/** Places of which one is taken or refused, where nobody waits for one. */
import * as Effect from "effect/Effect"
import * as Scope from "effect/Scope"
import type * as Semaphore from "effect/Semaphore"

/** Takes a place until the scope closes; false if none is free. For every request: without a copy of its services. */
export const take = (places: Semaphore.Semaphore): Effect.Effect<boolean, never, Scope.Scope> =>
  Effect.uninterruptible(
    Effect.flatMap(places.takeIfAvailable(1), (taken) =>
      taken
        ? Effect.flatMap(Effect.scope, (scope) => Effect.as(Scope.addFinalizer(scope, places.release(1)), true))
        : Effect.succeed(false)
    )
  )
