/** What is wrong with a configuration, told once. */
import * as Result from "effect/Result"
import { ConfigError, type ConfigProblem } from "../OrchestratorError.ts"
import type { ConfigFile } from "./ConfigFile.ts"
import type { Place } from "./document/ConfigTree.ts"
import type { Issue } from "./diagnosis/Issue.ts"
import * as Problems from "./diagnosis/Problems.ts"
import { dotted } from "./SchemaLookup.ts"

/** The document with what is only worth a warning, unless something is an error. */
export const checked = (
  file: string,
  issues: ReadonlyArray<Issue>,
  excerpt: ((place: Place) => string) | undefined,
  document: ConfigFile | undefined
): Result.Result<{ readonly document: ConfigFile; readonly warnings: ReadonlyArray<ConfigProblem> }, ConfigError> => {
  const problems = Problems.report(issues, excerpt)
  return document === undefined || problems.some(Problems.isError)
    ? Result.fail(failure(file, problems))
    : Result.succeed({ document, warnings: problems })
}

/** A broken `${…}` or alias also breaks the rule of its place; only the cause is told. */
export const withoutEchoes = (issues: ReadonlyArray<Issue>, causes: ReadonlyArray<Issue>): ReadonlyArray<Issue> => {
  const keyOf = ({ path, place }: Issue) => `${place?.start ?? ""} ${dotted(path)}`
  const broken = new Set(causes.filter(Problems.isError).map(keyOf))
  return issues.filter((issue) => !Problems.isError(issue) || !broken.has(keyOf(issue)))
}

export const failure = (file: string, problems: ReadonlyArray<ConfigProblem>) =>
  new ConfigError({
    file,
    problems,
    remedy: "Mend these and try again; every key is described in docs/configuration.md."
  })
