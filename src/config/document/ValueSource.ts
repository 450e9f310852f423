/** The effective values of a configuration, one a path, and where each of them came from. */
import * as Predicate from "effect/Predicate"
import type { ConfigFile } from "../ConfigFile.ts"
import * as ConfigTree from "./ConfigTree.ts"
import { dotted, type ConfigPath } from "../SchemaLookup.ts"
import * as ServerUrl from "../ServerUrl.ts"

/** Where a value came from. */
export type ValueSource =
  | { readonly kind: "file"; readonly line: number; readonly column: number }
  /** A place in the file whose text holds variables. */
  | { readonly kind: "variable"; readonly names: ReadonlyArray<string>; readonly line: number; readonly column: number }
  | { readonly kind: "override"; readonly variable: string }
  | { readonly kind: "option"; readonly option: string }
  | { readonly kind: "default" }
  /** A setting of a server that is not given for the server: the value at that path holds. */
  | { readonly kind: "inherited"; readonly path: string }

export interface EffectiveValue {
  readonly path: ConfigPath
  /** Decoded: a text, number, boolean, null, a list of texts, a `Duration`, a `ServerUrl` or a `Redacted`. */
  readonly value: unknown
  readonly source: ValueSource
}

/** Every value with its source, in the order of the file; a list is one value. `root` is the document it was decoded from. */
export const effectiveValues = (document: ConfigFile, root: ConfigTree.ConfigNode): ReadonlyArray<EffectiveValue> => [
  ...Object.entries(document.mcp_servers).flatMap(([id, server]) => {
    const path = ["mcp_servers", id]
    const given = leaves(server, path).map((leaf) => ({
      path: leaf.path,
      value: leaf.value instanceof URL ? ServerUrl.at(root)(leaf.path, leaf.value) : leaf.value,
      source: sourceOf(root, leaf.path)
    }))
    const inherited = (["connect_timeout", "request_timeout"] as const)
      .filter((key) => server[key] === undefined)
      .map((key) => ({
        path: [...path, key],
        value: document.orchestration[key],
        source: { kind: "inherited", path: dotted(["orchestration", key]) } as const
      }))
    return [...given, ...inherited]
  }),
  ...[...leaves(document.orchestration, ["orchestration"]), ...leaves(document.server, ["server"])].map((leaf) => ({
    ...leaf,
    source: sourceOf(root, leaf.path)
  }))
]

// -----------------------------------------------------------------------------
// internals

const isTable = (value: unknown): value is { readonly [key: string]: unknown } => {
  if (!Predicate.isObject(value)) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}

const leaves = (
  value: unknown,
  path: ConfigPath
): ReadonlyArray<{ readonly path: ConfigPath; readonly value: unknown }> =>
  isTable(value) ? Object.entries(value).flatMap(([key, child]) => leaves(child, [...path, key])) : [{ path, value }]

const sourceOf = (root: ConfigTree.ConfigNode, path: ConfigPath): ValueSource => {
  const node = ConfigTree.nodeAt(root, path)
  if (node === undefined) return { kind: "default" }
  const { origin } = node
  switch (origin.kind) {
    case "file": {
      const { column, line } = origin.place
      const names = variablesOf(node)
      return names.length === 0 ? { kind: "file", line, column } : { kind: "variable", names, line, column }
    }
    case "value":
      return { kind: "default" }
    default:
      return origin
  }
}

const variablesOf = (node: ConfigTree.ConfigNode): ReadonlyArray<string> => {
  const own = node.origin.kind === "file" ? node.origin.variables : []
  return node.kind === "list" ? [...new Set([...own, ...node.items.flatMap(variablesOf)])] : own
}
