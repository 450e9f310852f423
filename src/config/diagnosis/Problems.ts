/** Drafts to the `ConfigProblem`s that are reported: in the order of the file, with excerpts, fit for a terminal. */
import { ConfigProblem } from "../../OrchestratorError.ts"
import type { Place } from "../document/ConfigTree.ts"
import type { Draft } from "./Draft.ts"
import { shownPath } from "../SchemaPath.ts"

/** Sorts by place (those without one first) and draws the excerpts; past `maxProblems` only their number is told. */
export const report = (
  drafts: ReadonlyArray<Draft>,
  excerpt: ((place: Place) => string) | undefined
): ReadonlyArray<ConfigProblem> => {
  const sorted = [...drafts].sort((a, b) => (a.place?.start ?? -1) - (b.place?.start ?? -1))
  const untold = sorted.splice(maxProblems)
  const severity = untold.some(isError) ? "error" : "warning"
  const more: ReadonlyArray<Draft> =
    untold.length === 0 ? [] : [{ path: [], place: null, message: `and ${untold.length} more problems`, severity }]
  return [...sorted, ...more].map((draft) => toProblem(draft, excerpt))
}

/** Whether the problem keeps the configuration from being used. */
export const isError = (problem: { readonly severity?: "error" | "warning" }): boolean => problem.severity !== "warning"

// -----------------------------------------------------------------------------
// internals

/** Nobody reads further, and a file that is not a configuration at all has thousands. */
const maxProblems = 200

const toProblem = (draft: Draft, excerpt: ((place: Place) => string) | undefined) =>
  new ConfigProblem({
    path: clean(shownPath(draft.path), 200),
    message: clean(draft.message, 1000),
    line: draft.place?.line ?? null,
    column: draft.place?.column ?? null,
    severity: draft.severity ?? "error",
    found: draft.found === undefined ? null : clean(draft.found, 200),
    expected: draft.expected === undefined ? null : clean(draft.expected, 500),
    suggestion: draft.suggestion ?? null,
    variable: draft.variable === undefined ? null : clean(draft.variable, 200),
    excerpt: draft.place === null || excerpt === undefined ? null : excerpt(draft.place)
  })

/** Keys and values of the file are quoted in messages: no control characters, no endless lines. */
const clean = (text: string, limit: number): string => {
  const line = text.replaceAll(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, "·").toWellFormed()
  return line.length <= limit ? line : `${line.slice(0, limit - 1).toWellFormed()}…`
}
