/**
 * Reads a text as the kind of value that the Schema wants at its path: `"8"` is a number where a number is wanted and
 * stays a text where a name is. A text of the file itself only as a number or a boolean, because programs that fill in
 * templates put everything in quotes; one that came from a variable or an override as any kind.
 */
import * as ConfigTree from "./ConfigTree.ts"
import * as ConfigYaml from "./ConfigYaml.ts"
import { expectationAt, type ConfigPath } from "../SchemaLookup.ts"

/** Every text of a file, read anew. */
export const readAll = (root: ConfigTree.ConfigNode): ConfigTree.ConfigNode =>
  ConfigTree.mapScalars(root, (node, path) => {
    if (node.origin.kind !== "file" || typeof node.value !== "string") return node
    const isWritten = node.origin.variables.length === 0
    const kind = isWritten ? expectationAt(path)?.kind : undefined
    return isWritten && kind !== "number" && kind !== "boolean" ? node : read(node, path)
  })

/** The text as the value that is wanted at the path. What cannot be read stays text, for the decoder to refuse. */
export const read = (node: ConfigTree.ScalarNode, path: ConfigPath): ConfigTree.ConfigNode => {
  const expectation = expectationAt(path)
  return typeof node.value === "string" && expectation !== undefined
    ? readAs(node, node.value, expectation.kind, expectation.nullable)
    : node
}

// -----------------------------------------------------------------------------
// internals

const numeral = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?$/i

const readAs = (
  node: ConfigTree.ScalarNode,
  text: string,
  kind: "table" | "list" | "number" | "boolean" | "text",
  nullable: boolean
): ConfigTree.ConfigNode => {
  const trimmed = text.trim()
  switch (kind) {
    case "text":
      return node
    case "number":
      return numeral.test(trimmed) ? { ...node, value: Number(trimmed) } : node
    case "boolean":
      return /^(?:true|false)$/i.test(trimmed) ? { ...node, value: trimmed.toLowerCase() === "true" } : node
    case "list":
      return trimmed.startsWith("[") ? flow(node, trimmed) : words(node, trimmed)
    case "table":
      if (nullable && trimmed === "null") return { ...node, value: null }
      return trimmed.startsWith("{") ? flow(node, trimmed) : node
  }
}

const words = (node: ConfigTree.ScalarNode, text: string): ConfigTree.ConfigNode => ({
  kind: "list",
  items: text === "" ? [] : text.split(",").map((word) => ({ ...node, value: word.trim() })),
  origin: node.origin
})

/** YAML's flow form: `[a, b]` or `{ a: 1 }`. */
const flow = (node: ConfigTree.ScalarNode, text: string): ConfigTree.ConfigNode => {
  const { root, structure, syntax } = ConfigYaml.parse(text)
  return root === undefined || syntax.length > 0 || structure.length > 0 ? node : withOrigin(root, node.origin)
}

const withOrigin = (node: ConfigTree.ConfigNode, origin: ConfigTree.Origin): ConfigTree.ConfigNode => {
  switch (node.kind) {
    case "scalar":
      return { ...node, origin }
    case "list":
      return { ...node, items: node.items.map((item) => withOrigin(item, origin)), origin }
    case "table":
      return {
        ...node,
        entries: new Map(
          [...node.entries].map(([key, entry]) => [key, { key: null, value: withOrigin(entry.value, origin) }])
        ),
        origin
      }
  }
}
