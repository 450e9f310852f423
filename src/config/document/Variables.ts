/**
 * `${VAR}`, `${VAR:-default}`, `${VAR:?message}` and the escape `$${` in the scalar values of a document.
 *
 * Runs after parsing: a comment or a key is never touched, and what a variable holds can never change the structure.
 */
import * as Redacted from "effect/Redacted"
import * as ConfigTree from "./ConfigTree.ts"
import type { Draft } from "../diagnosis/Draft.ts"
import { isSecretPath } from "../SchemaPath.ts"

/** Environment variables by name. */
export type Environment = Readonly<Record<string, string | undefined>>

export interface Expanded {
  readonly root: ConfigTree.ConfigNode
  readonly problems: ReadonlyArray<Draft>
  /** What came from a variable, or stood in for one, inside a header's value. */
  readonly secrets: ReadonlyArray<Redacted.Redacted<string>>
}

/** Expands every scalar of a document; all problems are collected, the text of a broken one is left as it is. */
export const expand = (root: ConfigTree.ConfigNode, env: Environment): Expanded => {
  const problems: Array<Draft> = []
  const secrets: Array<Redacted.Redacted<string>> = []
  const expanded = ConfigTree.mapScalars(root, (node, path) => {
    if (typeof node.value !== "string" || node.origin.kind !== "file" || !node.value.includes("${")) return node
    const { place } = node.origin
    const outcome = expandText(node.value, env)
    // One a value: a text may hold thousands.
    const [first] = outcome.problems
    if (first !== undefined) problems.push({ path, place, ...first })
    if (isSecretPath(path)) secrets.push(...outcome.values.map((value) => Redacted.make(value)))
    return { ...node, value: outcome.text, origin: { kind: "file", place, variables: outcome.variables } }
  })
  return { root: expanded, problems, secrets }
}

// internal

interface TextProblem {
  readonly message: string
  readonly severity: "error" | "warning"
}

interface ExpandedText {
  readonly text: string
  readonly variables: ReadonlyArray<string>
  readonly values: ReadonlyArray<string>
  readonly problems: ReadonlyArray<TextProblem>
}

const reference = /\$\$\{|\$\{([A-Za-z_][A-Za-z0-9_]*)(?::([-?])((?:(?!\$\{)[^}])*))?\}|\$\{/g

const expandText = (text: string, env: Environment): ExpandedText => {
  const variables: Array<string> = []
  const values: Array<string> = []
  const problems: Array<TextProblem> = []
  const fail = (whole: string, message: string) => {
    problems.push({ message, severity: "error" })
    return whole
  }
  const result = text.replace(reference, (whole: string, name?: string, operator?: string, word = "") => {
    if (whole === "$${") return "${"
    if (name === undefined) {
      return fail(
        whole,
        "a ${ that is not ${NAME}, ${NAME:-default} or ${NAME:?message}, which cannot be nested; write $${ for the characters themselves"
      )
    }
    variables.push(name)
    // As in a shell, the forms with a colon treat an empty variable like one that is not set.
    const value = Object.hasOwn(env, name) ? env[name] : undefined
    if (operator === "-" && (value === undefined || value === "")) {
      values.push(word)
      return word
    }
    if (operator === "?" && (value === undefined || value === "")) {
      return fail(whole, `the environment variable ${name} is not set: ${word.trim() === "" ? "it is required" : word}`)
    }
    if (value === undefined) {
      return fail(whole, `the environment variable ${name} is not set; set it, or give a default: \${${name}:-default}`)
    }
    if (value === "")
      problems.push({ message: `the environment variable ${name} is set but empty`, severity: "warning" })
    values.push(value)
    return value
  })
  return { text: result, variables, values, problems }
}
