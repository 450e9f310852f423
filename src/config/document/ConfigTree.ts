/**
 * The document between YAML and the Schema: plain values that still know where each of them came from.
 *
 * Tables are `Map`s, so that a key such as `__proto__` is data like any other.
 */
import type * as ConfigPath from "../SchemaLookup.ts"

/** Where something stands in the file. `line` and `column` count from 1; `start` and `end` are offsets into the text. */
export interface Place {
  readonly line: number
  readonly column: number
  readonly start: number
  readonly end: number
}

/** Where a value came from. */
export type Origin =
  | { readonly kind: "file"; readonly place: Place; readonly variables: ReadonlyArray<string> }
  /** An environment variable `MCP__…`. */
  | { readonly kind: "override"; readonly variable: string }
  /** An option of the command line. */
  | { readonly kind: "option"; readonly option: string }
  /** A value that an application gave. */
  | { readonly kind: "value" }

/** A stretch of a text: `shown` is `${VAR}` where a variable made it, `null` where the file holds it. */
export interface TextPart {
  readonly text: string
  readonly shown: string | null
}

export interface ScalarNode {
  readonly kind: "scalar"
  readonly value: string | number | boolean | null
  readonly origin: Origin
  /** The text piece by piece, where variables made some of it. */
  readonly parts?: ReadonlyArray<TextPart>
}

export interface ListNode {
  readonly kind: "list"
  readonly items: ReadonlyArray<ConfigNode>
  readonly origin: Origin
}

export interface TableEntry {
  /** Where the key stands; `null` when it is not in the file. */
  readonly key: Place | null
  readonly value: ConfigNode
}

export interface TableNode {
  readonly kind: "table"
  readonly entries: ReadonlyMap<string, TableEntry>
  readonly origin: Origin
}

export type ConfigNode = ScalarNode | ListNode | TableNode

/** The place in the file, if the value stands there. */
export const placeOf = (node: ConfigNode): Place | null => (node.origin.kind === "file" ? node.origin.place : null)

/** The child of a table or list. */
export const childAt = (node: ConfigNode | undefined, key: string): ConfigNode | undefined => {
  if (node?.kind === "table") return node.entries.get(key)?.value
  return node?.kind === "list" ? node.items[Number(key)] : undefined
}

/** The node at a path. */
export const nodeAt = (root: ConfigNode, path: ConfigPath.ConfigPath): ConfigNode | undefined =>
  path.reduce<ConfigNode | undefined>(childAt, root)

/** The pieces of the text at a path; empty where no variable made any of it. */
export const partsAt = (root: ConfigNode, path: ConfigPath.ConfigPath): ReadonlyArray<TextPart> => {
  const node = nodeAt(root, path)
  if (node?.kind !== "scalar" || node.origin.kind !== "file" || node.origin.variables.length === 0) return []
  // In a table that was read out of a variable's text nobody knows which part of it is whose.
  const whole = { text: String(node.value), shown: node.origin.variables.map((name) => `\${${name}}`).join("") }
  return node.parts ?? [whole]
}

/** Visits every node, parents first; the document is finite and of bounded depth once it is a tree. */
export const visit = (
  node: ConfigNode,
  f: (node: ConfigNode, path: ConfigPath.ConfigPath, key: Place | null) => void,
  path: ConfigPath.ConfigPath = [],
  key: Place | null = null
): void => {
  f(node, path, key)
  if (node.kind === "table") node.entries.forEach((entry, name) => visit(entry.value, f, [...path, name], entry.key))
  if (node.kind === "list") node.items.forEach((item, index) => visit(item, f, [...path, String(index)]))
}

/** A new document with every scalar replaced. */
export const mapScalars = (
  node: ConfigNode,
  f: (node: ScalarNode, path: ConfigPath.ConfigPath) => ConfigNode,
  path: ConfigPath.ConfigPath = []
): ConfigNode => {
  switch (node.kind) {
    case "scalar":
      return f(node, path)
    case "list":
      return { ...node, items: node.items.map((item, index) => mapScalars(item, f, [...path, String(index)])) }
    case "table":
      return {
        ...node,
        entries: new Map(
          [...node.entries].map(([name, entry]) => [
            name,
            { key: entry.key, value: mapScalars(entry.value, f, [...path, name]) }
          ])
        )
      }
  }
}

/** Plain values for the Schema; tables have no prototype, so that no key of theirs can reach one. */
export const toPlain = (node: ConfigNode): unknown => {
  switch (node.kind) {
    case "scalar":
      return node.value
    case "list":
      return node.items.map(toPlain)
    case "table": {
      const table: Record<string, unknown> = Object.create(null)
      node.entries.forEach((entry, name) => (table[name] = toPlain(entry.value)))
      return table
    }
  }
}
