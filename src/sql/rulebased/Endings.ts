/** Reading "When did Ada last order?": the latest or the first date of what is named behind. */
import * as Result from "effect/Result"
import { shift } from "./Calendar.ts"
import { nounAside } from "./Measures.ts"
import { choicesAt, problem, type Reader, type Reading, type Sentence, stretch } from "./Parts.ts"
import type { Item } from "./Reading.ts"
import { dateOf } from "./Paths.ts"
import { extreme } from "./Targets.ts"

/** "When was ticket 12 resolved?", "When was Ada hired?" */
const readDeed = (sentence: Sentence, at: number): Reading | null => {
  const choices = choicesAt(sentence, at)
  return choices?.isDate === true && choices.column !== null
    ? {
        parts: [{ kind: "shown", ...stretch(sentence, at, at + 1), column: choices.column, isNumber: false }],
        next: at + 1
      }
    : null
}

export const readEnding: Reader = (sentence, at) => {
  const { context, items } = sentence
  const item = items[at]
  const isAsked = items[0]?.kind === "when" && !items.some(({ kind }) => kind === "ending")
  const isDeed = (one: Item | undefined) => one?.kind === "name" && one.isVerb === true
  if (isAsked && at > 0 && isDeed(item)) return readDeed(sentence, at)
  if (item?.kind === "when") {
    return items.slice(at).some((one) => one.kind === "ending" || isDeed(one))
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
