/** Issues to the `ConfigProblem`s that are reported: in the order of the file, with excerpts, fit for a terminal. */
import { ConfigProblem } from "../../OrchestratorError.ts"
import type { Place } from "../document/ConfigTree.ts"
import type { Issue } from "./Issue.ts"
import { shownPath } from "../SchemaLookup.ts"

/** Sorts by place (those without one first) and draws the excerpts; past `maxProblems` only their number is told. */
export const report = (
  issues: ReadonlyArray<Issue>,
  excerpt: ((place: Place) => string) | undefined
): ReadonlyArray<ConfigProblem> => {
  const sorted = issues.toSorted((a, b) => (a.place?.start ?? -1) - (b.place?.start ?? -1))
  const untold = sorted.splice(maxProblems)
  const severity = untold.some(isError) ? "error" : "warning"
  const more: ReadonlyArray<Issue> =
    untold.length === 0 ? [] : [{ path: [], place: null, message: `and ${untold.length} more problems`, severity }]
  return [...sorted, ...more].map((issue) => toProblem(issue, excerpt))
}

/** Whether the problem keeps the configuration from being used. */
export const isError = (problem: { readonly severity?: "error" | "warning" }): boolean => problem.severity !== "warning"

// -----------------------------------------------------------------------------
// internals

/** Nobody reads further, and a file that is not a configuration at all has thousands. */
const maxProblems = 200

const toProblem = (issue: Issue, excerpt: ((place: Place) => string) | undefined) =>
  new ConfigProblem({
    path: clean(shownPath(issue.path), 200),
    message: clean(issue.message, 1000),
    line: issue.place?.line ?? null,
    column: issue.place?.column ?? null,
    severity: issue.severity ?? "error",
    found: issue.found === undefined ? null : clean(issue.found, 200),
    expected: issue.expected === undefined ? null : clean(issue.expected, 500),
    suggestion: issue.suggestion ?? null,
    variable: issue.variable === undefined ? null : clean(issue.variable, 200),
    excerpt: issue.place === null || excerpt === undefined ? null : excerpt(issue.place)
  })

/** Keys and values of the file are quoted in messages: no control characters, no endless lines. */
const clean = (text: string, limit: number): string => {
  const line = text.replaceAll(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, "·").toWellFormed()
  return line.length <= limit ? line : `${line.slice(0, limit - 1).toWellFormed()}…`
}
