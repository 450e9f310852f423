/** How long whoever asked is told to wait before asking again (RFC 9110, 10.2.3). */
import * as Duration from "effect/Duration"
import * as Predicate from "effect/Predicate"

/** The header of a failure that has a `retryAfter`, in whole seconds; none of any other. */
export const headersOf = (failure: unknown): { readonly [name: string]: string } =>
  Predicate.hasProperty(failure, "retryAfter") && Duration.isDuration(failure.retryAfter)
    ? { "retry-after": String(Math.ceil(Duration.toSeconds(failure.retryAfter))) }
    : {}
