/** Problems of a configuration for people: a line each, under it the line of the file with a caret. */
import * as Visible from "../../text/Visible.ts"
import type { ConfigProblem } from "../../OrchestratorError.ts"

/**
 * `file:line:column path: message`, then the excerpt, for every problem. A `ConfigError` can be given as it is; warnings
 * come as the `warnings` of a loaded configuration with its file. For machines, encode the error with its codec.
 */
export const render = (
  report: { readonly file: string; readonly problems: ReadonlyArray<ConfigProblem>; readonly remedy?: string },
  options: { readonly color: boolean }
): string => {
  const paint = options.color ? ansi : plain
  const lines = report.problems.flatMap((problem) => {
    const place = problem.line === null ? "" : `:${problem.line}:${problem.column ?? 1}`
    const head = Visible.line([`${report.file}${place}`, problem.path].filter((part) => part !== "").join(" "))
    const severity = problem.severity === "warning" ? paint.yellow("warning") : paint.red("error")
    return [`${paint.bold(head)}: ${severity}: ${Visible.line(problem.message)}`, ...excerptLines(problem, paint)]
  })
  const errors = report.problems.filter((problem) => problem.severity === "error").length
  const summary = [counted(errors, "error"), counted(report.problems.length - errors, "warning")].filter(
    (part) => part !== ""
  )
  return [
    ...lines,
    "",
    [summary.join(", "), Visible.line(report.remedy ?? "")].filter((part) => part !== "").join(". ")
  ].join("\n")
}

// -----------------------------------------------------------------------------
// internals

type Paint = typeof plain

const plain = {
  bold: (text: string) => text,
  dim: (text: string) => text,
  red: (text: string) => text,
  yellow: (text: string) => text
}

const code = (open: number, close: number) => (text: string) => `\u001b[${open}m${text}\u001b[${close}m`
const ansi: Paint = { bold: code(1, 22), dim: code(2, 22), red: code(31, 39), yellow: code(33, 39) }

const counted = (count: number, noun: string) => (count === 0 ? "" : `${count} ${noun}${count === 1 ? "" : "s"}`)

const excerptLines = (problem: ConfigProblem, paint: Paint): ReadonlyArray<string> => {
  if (problem.excerpt === null) return []
  const [line = "", carets = ""] = problem.excerpt.split("\n")
  const number = String(problem.line ?? "")
  const mark = problem.severity === "warning" ? paint.yellow : paint.red
  return [`${paint.dim(` ${number} |`)} ${line}`, `${paint.dim(` ${" ".repeat(number.length)} |`)} ${mark(carets)}`]
}
