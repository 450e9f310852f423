/** One word for how an effect ended, from a closed list: what metrics and spans are labelled with. */
import * as Cause from "effect/Cause"
import * as Exit from "effect/Exit"
import * as Option from "effect/Option"
import * as Predicate from "effect/Predicate"

type Outcome = "ok" | "error" | "interrupted"

export const outcomeOf = (exit: Exit.Exit<unknown, unknown>): Outcome =>
  Exit.isSuccess(exit) ? "ok" : Cause.hasInterruptsOnly(exit.cause) ? "interrupted" : "error"

/**
 * OpenTelemetry's `error.type`: the `reason` of an error of ours, else its tag; `_OTHER`, as the convention says, for a
 * defect. `null` unless the effect failed.
 */
export const errorTypeOf = (exit: Exit.Exit<unknown, unknown>): string | null => {
  if (Exit.isSuccess(exit) || Cause.hasInterruptsOnly(exit.cause)) return null
  const error = Option.getOrUndefined(Cause.findErrorOption(exit.cause))
  const word = [property(error, "reason"), property(error, "_tag")].find((value) => value !== undefined)
  return word ?? "_OTHER"
}

const property = (value: unknown, key: string): string | undefined =>
  Predicate.hasProperty(value, key) && typeof value[key] === "string" ? value[key] : undefined
