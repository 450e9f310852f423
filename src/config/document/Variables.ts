/**
 * `${VAR}`, `${VAR:-default}`, `${VAR:?message}` and the escape `$${` in the scalar values of a document.
 *
 * Runs after parsing: a comment or a key is never touched, and what a variable holds can never change the structure.
 */
import * as Redacted from "effect/Redacted"
import * as ConfigTree from "./ConfigTree.ts"
import type { Issue } from "../diagnosis/Issue.ts"
import { isSecretPath } from "../SchemaLookup.ts"

/** Environment variables by name. */
export type Environment = Readonly<Record<string, string | undefined>>

export interface Expanded {
  readonly root: ConfigTree.ConfigNode
  readonly problems: ReadonlyArray<Issue>
  /** What came from a variable, or stood in for one, inside a header's value. */
  readonly secrets: ReadonlyArray<Redacted.Redacted<string>>
}

/** Expands every scalar of a document; all problems are collected, the text of a broken one is left as it is. */
export const expand = (root: ConfigTree.ConfigNode, env: Environment): Expanded => {
  const problems: Array<Issue> = []
  const secrets: Array<Redacted.Redacted<string>> = []
  const expanded = ConfigTree.mapScalars(root, (node, path) => {
    if (typeof node.value !== "string" || node.origin.kind !== "file" || !node.value.includes("${")) return node
    const { place } = node.origin
    const outcome = expandText(node.value, env)
    // One a value: a text may hold thousands.
    const [first] = outcome.problems
    if (first !== undefined) problems.push({ path, place, ...first })
    if (isSecretPath(path)) {
      secrets.push(...outcome.parts.flatMap(({ shown, text }) => (shown === null ? [] : [Redacted.make(text)])))
    }
    const value = outcome.parts.map(({ text }) => text).join("")
    return { ...node, value, parts: outcome.parts, origin: { kind: "file", place, variables: outcome.variables } }
  })
  return { root: expanded, problems, secrets }
}

// -----------------------------------------------------------------------------
// internals

interface TextProblem {
  readonly message: string
  readonly severity: "error" | "warning"
}

interface ExpandedText {
  readonly parts: ReadonlyArray<ConfigTree.TextPart>
  readonly variables: ReadonlyArray<string>
  readonly problems: ReadonlyArray<TextProblem>
}

const reference = /\$\$\{|\$\{([A-Za-z_][A-Za-z0-9_]*)(?::([-?])((?:(?!\$\{)[^}])*))?\}|\$\{/g

const expandText = (text: string, env: Environment): ExpandedText => {
  const parts: Array<ConfigTree.TextPart> = []
  const variables: Array<string> = []
  const problems: Array<TextProblem> = []
  let end = 0
  for (const match of text.matchAll(reference)) {
    const [whole, name, operator, word = ""] = match
    parts.push({ text: text.slice(end, match.index), shown: null })
    end = match.index + whole.length
    if (name !== undefined) variables.push(name)
    const outcome = valueOf(whole, name, operator, word, env)
    if (outcome.problem !== undefined) problems.push(outcome.problem)
    parts.push({ text: outcome.text, shown: name === undefined || outcome.isBroken ? null : `\${${name}}` })
  }
  parts.push({ text: text.slice(end), shown: null })
  return { parts, variables, problems }
}

interface Value {
  readonly text: string
  readonly problem?: TextProblem
  /** The reference stays as it is. */
  readonly isBroken?: boolean
}

const valueOf = (
  whole: string,
  name: string | undefined,
  operator: string | undefined,
  word: string,
  env: Environment
): Value => {
  const broken = (message: string): Value => ({ text: whole, problem: { message, severity: "error" }, isBroken: true })
  if (whole === "$${") return { text: "${" }
  if (name === undefined) {
    return broken(
      "a ${ that is not ${NAME}, ${NAME:-default} or ${NAME:?message}, which cannot be nested; write $${ for the characters themselves"
    )
  }
  // As in a shell, the forms with a colon treat an empty variable like one that is not set.
  const value = Object.hasOwn(env, name) ? env[name] : undefined
  if (operator === "-" && (value === undefined || value === "")) return { text: word }
  if (operator === "?" && (value === undefined || value === "")) {
    return broken(`the environment variable ${name} is not set: ${word.trim() === "" ? "it is required" : word}`)
  }
  if (value === undefined) {
    return broken(`the environment variable ${name} is not set; set it, or give a default: \${${name}:-default}`)
  }
  return value === ""
    ? { text: "", problem: { message: `the environment variable ${name} is set but empty`, severity: "warning" } }
    : { text: value }
}
