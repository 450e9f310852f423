/** A document to the decoded file: every rule of the Schema and every rule between values, all problems at once. */
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import type * as SchemaIssue from "effect/SchemaIssue"
import { ConfigFile } from "./ConfigFile.ts"
import * as ConfigTree from "./document/ConfigTree.ts"
import type { Issue } from "./diagnosis/Issue.ts"
import { explain, type Leaf } from "./diagnosis/Explanation.ts"
import { isError } from "./diagnosis/Problems.ts"
import { expectationAt, type ConfigPath } from "./SchemaLookup.ts"
import { betweenKeys } from "./ServerRules.ts"

export interface Decoded {
  /** `undefined` when one of the problems is an error. */
  readonly file: ConfigFile | undefined
  /** Errors and warnings. */
  readonly problems: ReadonlyArray<Issue>
}

/** Decodes a document whose variables are expanded and whose overrides are in place. */
export const decode = (document: ConfigTree.ConfigNode): Decoded => {
  const root = emptyTables(document)
  const outcome = decodeFile(ConfigTree.toPlain(root))
  const problems = Result.isFailure(outcome) ? leaves(outcome.failure.issue).map((leaf) => explain(root, leaf)) : []
  const all = [...problems, ...betweenKeys(root)]
  const failed = all.some(isError)
  return { file: failed || Result.isFailure(outcome) ? undefined : outcome.success, problems: all }
}

// -----------------------------------------------------------------------------
// internals

const decodeFile = Schema.decodeUnknownResult(ConfigFile, { errors: "all", onExcessProperty: "error" })

/** `orchestration:` with nothing under it, as after commenting its lines out, means an empty table. */
const emptyTables = (root: ConfigTree.ConfigNode): ConfigTree.ConfigNode =>
  ConfigTree.mapScalars(root, (node, path) => {
    const expectation = node.value === null ? expectationAt(path) : undefined
    return expectation?.kind === "table" && !expectation.nullable
      ? { kind: "table", entries: new Map(), origin: node.origin }
      : node
  })

/** The issue tree as one leaf a path: the first thing that is wrong at a place is the one to mend. */
const leaves = (issue: SchemaIssue.Issue): ReadonlyArray<Leaf> => {
  const byPath = new Map<string, Leaf>()
  const add = (leaf: Leaf) => {
    const key = JSON.stringify(leaf.path)
    const present = byPath.get(key)
    if (present === undefined || (present.message === undefined && leaf.message !== undefined)) byPath.set(key, leaf)
  }
  const walk = (current: SchemaIssue.Issue, path: ConfigPath): void => {
    switch (current._tag) {
      case "Pointer":
        return walk(current.issue, [...path, ...current.path.map(String)])
      case "Encoding":
      case "Filter":
        return walk(current.issue, path)
      case "Composite":
        return current.issues.forEach((inner) => walk(inner, path))
      case "AnyOf":
        return current.issues.length === 0
          ? add({ path, kind: "invalid", message: undefined })
          : current.issues.forEach((inner) => walk(inner, path))
      case "MissingKey":
        return add({ path, kind: "missing", message: undefined })
      case "UnexpectedKey":
        return add({ path, kind: "unknown", message: undefined })
      case "InvalidValue":
        return add({ path, kind: "invalid", message: current.annotations?.message })
      default:
        return add({ path, kind: "invalid", message: undefined })
    }
  }
  walk(issue, [])
  return [...byPath.values()]
}
