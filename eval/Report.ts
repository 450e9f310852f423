/** What is told of a set of the evaluation's questions: counts only. Pure. */
import * as Predicate from "effect/Predicate"
import { type Judged, type Verdict, verdicts } from "./Half.ts"

/** What answering cost where a language model was asked; tokens as the endpoint counted them, `null` if it never did. */
export interface Cost {
  readonly repairs: number
  readonly promptTokens: number | null
  readonly completionTokens: number | null
}

export type Counts = { readonly [verdict in Verdict | "questions"]: number } & Partial<Cost>

/** `withCost`: a language model was asked. */
export const count = (judged: ReadonlyArray<Judged>, withCost: boolean): Counts => {
  const of = (verdict: Verdict) => judged.filter((one) => one.verdict === verdict).length
  return {
    questions: judged.length,
    right: of("right"),
    refused: of("refused"),
    wrong: of("wrong"),
    failed: of("failed"),
    ...(withCost ? costOf(judged) : {})
  }
}

/** The counts of all, then of each level, then of each group if there are several. */
export const tally = (
  judged: ReadonlyArray<Judged>,
  withCost: boolean
): ReadonlyArray<readonly [name: string, counts: Counts]> => {
  const by = (key: "level" | "group") => [...Map.groupBy(judged, (one) => one[key])]
  const parts = [...by("level"), ...by("group")].filter(([, part]) => part.length < judged.length)
  return [["all", count(judged, withCost)], ...parts.map(([name, part]) => [name, count(part, withCost)] as const)]
}

/** The tally as a table for a terminal. */
export const table = (set: string, judged: ReadonlyArray<Judged>, withCost: boolean): string => {
  const costs = withCost ? costColumns : []
  const titles = ["questions", ...verdicts, ...costs.map(([title]) => title)]
  return [
    `${set.padEnd(14)}${titles.map((title) => title.padStart(width)).join("")}   right`,
    ...tally(judged, withCost).map(([name, counts]) => {
      const figures = [counts.questions, ...verdicts.map((verdict) => counts[verdict])]
      const spent = costs.map(([, key]) => counts[key] ?? "-")
      const share = `${((100 * counts.right) / counts.questions).toFixed(1)} %`
      return `${name.padEnd(14)}${[...figures, ...spent].map((figure) => String(figure).padStart(width)).join("")}${share.padStart(8)}`
    })
  ].join("\n")
}

// ---------------------------------------------------------------------------------------------------------------------
// internals

const width = 11

const costColumns: ReadonlyArray<readonly [title: string, key: keyof Cost]> = [
  ["repairs", "repairs"],
  ["tokens in", "promptTokens"],
  ["tokens out", "completionTokens"]
]

const costOf = (judged: ReadonlyArray<Judged>): Cost => ({
  repairs: sum(judged.map(({ repairs }) => repairs)),
  promptTokens: known(judged.map(({ usage }) => usage?.promptTokens ?? null)),
  completionTokens: known(judged.map(({ usage }) => usage?.completionTokens ?? null))
})

const known = (counts: ReadonlyArray<number | null>): number | null => {
  const counted = counts.filter(Predicate.isNotNull)
  return counted.length === 0 ? null : sum(counted)
}

const sum = (counts: ReadonlyArray<number>): number => counts.reduce((total, count) => total + count, 0)
