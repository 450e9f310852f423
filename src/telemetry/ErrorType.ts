/** One word for how an effect ended, from a closed list: what metrics and spans are labelled with. */
import * as Cause from "effect/Cause"
import * as Exit from "effect/Exit"
import * as Option from "effect/Option"
import * as Predicate from "effect/Predicate"

type Outcome = "ok" | "error" | "interrupted"

export const outcomeOf = (exit: Exit.Exit<unknown, unknown>): Outcome =>
  Exit.isSuccess(exit) ? "ok" : Cause.hasInterruptsOnly(exit.cause) ? "interrupted" : "error"

/**
 * OpenTelemetry's `error.type`: the word for the reason of an error of ours, else its tag; `_OTHER`, as the convention
 * says, for a defect. `null` unless the effect failed.
 */
export const errorTypeOf = (exit: Exit.Exit<unknown, unknown>): string | null => {
  if (Exit.isSuccess(exit) || Cause.hasInterruptsOnly(exit.cause)) return null
  const error = Option.getOrUndefined(Cause.findErrorOption(exit.cause))
  return reasonOf(error) ?? text(error, "_tag") ?? "_OTHER"
}

/** The word for an error's reason, from a closed list: its category where a statement failed, else its tag. */
export const reasonOf = (error: unknown): string | undefined =>
  Predicate.hasProperty(error, "reason") ? (text(error.reason, "category") ?? text(error.reason, "_tag")) : undefined

const text = (value: unknown, key: string): string | undefined =>
  Predicate.hasProperty(value, key) && Predicate.isString(value[key]) ? value[key] : undefined
