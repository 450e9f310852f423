/** A value that an application gives, as a `ConfigTree`; cycles and absurd sizes are problems, not hangs. */
import * as Predicate from "effect/Predicate"
import type * as ConfigTree from "./ConfigTree.ts"
import type { Issue } from "../diagnosis/Issue.ts"
import type { ConfigPath } from "../SchemaLookup.ts"

/** Tables, lists and scalars; a key that is `undefined` counts as absent. */
export const toTree = (
  value: unknown
): { readonly root: ConfigTree.ConfigNode; readonly problems: ReadonlyArray<Issue> } => {
  const problems: Array<Issue> = []
  const root = convert(value, [], problems)
  return { root, problems }
}

// -----------------------------------------------------------------------------
// internals

const depthBudget = 8
const origin: ConfigTree.Origin = { kind: "value" }

const convert = (value: unknown, path: ConfigPath, problems: Array<Issue>): ConfigTree.ConfigNode => {
  if (value === null || typeof value === "string" || typeof value === "number" || typeof value === "boolean") {
    return { kind: "scalar", value, origin }
  }
  if (path.length < depthBudget && Array.isArray(value)) {
    return {
      kind: "list",
      items: value.map((item, index) => convert(item, [...path, String(index)], problems)),
      origin
    }
  }
  if (path.length < depthBudget && Predicate.isObject(value)) {
    const entries = Object.entries(value).filter(([, child]) => child !== undefined)
    return {
      kind: "table",
      entries: new Map(
        entries.map(([key, child]) => [key, { key: null, value: convert(child, [...path, key], problems) }])
      ),
      origin
    }
  }
  problems.push({ path, place: null, message: "expected plain values: texts, numbers, booleans, lists and mappings" })
  return { kind: "scalar", value: null, origin }
}
