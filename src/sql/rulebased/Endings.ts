/** Reading "When did Ada last order?": the latest or the first date of what is named behind. */
import * as Result from "effect/Result"
import { shift } from "./Calendar.ts"
import { nounAside } from "./Measures.ts"
import { choicesAt, problem, type Reader, stretch } from "./Parts.ts"
import { dateOf } from "./Paths.ts"
import { extreme } from "./Targets.ts"

export const readEnding: Reader = (sentence, at) => {
  const { context, items } = sentence
  const item = items[at]
  if (item?.kind === "when") {
    return items.slice(at).some(({ kind }) => kind === "ending")
      ? { parts: [{ kind: "aside", ...stretch(sentence, at, at + 1) }], next: at + 1 }
      : null
  }
  if (item?.kind !== "ending" || !items.slice(0, at).some(({ kind }) => kind === "when")) return null
  const named = items[at + 1]?.kind === "verb" ? at + 2 : at + 1
  const choices = choicesAt(sentence, named)
  const dated =
    choices?.isDate === true && choices.column !== null
      ? Result.succeed(choices.column)
      : choices?.table == null
        ? null
        : dateOf(context.index, choices.table, false)
  if (dated === null) return null
  const place = stretch(sentence, at, named + 1)
  return Result.match(dated, {
    onFailure: (why) => problem(sentence, at, named + 1, why),
    onSuccess: (column) => {
      const test = {
        kind: "period",
        column,
        from: null,
        to: shift(context.today, "day", 1),
        label: "up to today"
      } as const
      return {
        parts: [
          {
            kind: "measure",
            ...place,
            measure: extreme(context, column, item.direction),
            isOf: false,
            isJoined: false
          },
          // What is still to come has not been.
          { kind: "wish", ...place, wish: { kind: "test", ...place, test } },
          ...(choices?.table == null ? [] : [nounAside(sentence, named, choices.table)])
        ],
        next: named + 1
      }
    }
  })
}
