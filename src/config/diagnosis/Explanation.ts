/** Turns what the Schema refused into a sentence: what was expected, what was found, the nearest right word, and why. */
import * as Redaction from "../../telemetry/Redaction.ts"
import { inGrammar } from "./Units.ts"
import * as ConfigTree from "../document/ConfigTree.ts"
import * as LiteralSecrets from "../LiteralSecrets.ts"
import type { Issue } from "./Issue.ts"
import * as Foreign from "./ForeignKeys.ts"
import { nearestWord } from "./NearestWord.ts"
import {
  expectationAt,
  isHeaderPath,
  isSecretPath,
  isUrlPath,
  quotedKey,
  type ConfigPath,
  type Expectation
} from "../SchemaLookup.ts"

/** One refusal of the Schema. */
export interface Leaf {
  readonly path: ConfigPath
  readonly kind: "missing" | "unknown" | "invalid"
  /** What a filter of the Schema said. */
  readonly message: string | undefined
}

/** The refusal with its place in the document. */
export const explain = (root: ConfigTree.ConfigNode, leaf: Leaf): Issue => {
  switch (leaf.kind) {
    case "missing":
      return missing(root, leaf.path)
    case "unknown":
      return unknownKey(root, leaf.path)
    case "invalid":
      return invalid(root, leaf)
  }
}

/**
 * Whether a value may be repeated in a diagnostic: it cannot be secret by its place, its looks or its variable. Text
 * where a table or list belongs may be anything, a header that lost its colon for one.
 */
export const isShowable = (node: ConfigTree.ScalarNode, path: ConfigPath): boolean => {
  const expectation = expectationAt(path)
  if (expectation === undefined || isSecretPath(path) || node.value === null) return false
  if (typeof node.value === "string" && (expectation.kind === "table" || expectation.kind === "list")) return false
  const isUrl = isUrlPath(path)
  if (isUrl && LiteralSecrets.inUrl(String(node.value)).length > 0) return false
  if (!(isUrl ? harmlessUrl : harmlessText).test(String(node.value))) return false
  const names = node.origin.kind === "file" ? node.origin.variables : [sourceName(node.origin) ?? ""]
  // Where it is broken, nobody knows where its host ends.
  if (isUrl && node.origin.kind === "file" && names.length > 0) return false
  return !names.some(Redaction.isSecretName)
}

// -----------------------------------------------------------------------------
// internals

/** No parameter, address or line that an unclosed quote has swallowed. */
const harmlessText = /^[^=@?&\n]*$/

/** A host, a numeric port and a path at most: no room for a password or a parameter. */
const harmlessUrl = /^(?:[a-z]{1,20}:\/{0,3})?[\w.-]*(?::\d{1,5})?(?:\/[\w./~-]*)?$/i

const entryAt = (root: ConfigTree.ConfigNode, path: ConfigPath): ConfigTree.TableEntry | undefined => {
  const parent = ConfigTree.nodeAt(root, path.slice(0, -1))
  return parent?.kind === "table" ? parent.entries.get(path[path.length - 1] ?? "") : undefined
}

const missing = (root: ConfigTree.ConfigNode, path: ConfigPath): Issue => {
  const parent = path.slice(0, -1)
  const name = path[path.length - 1] ?? ""
  const expected = expectationAt(path)?.expected ?? ""
  const place = entryAt(root, parent)?.key ?? null
  return { path, place, message: `"${name}" is missing: expected ${expected}`, found: "nothing", expected }
}

const unknownKey = (root: ConfigTree.ConfigNode, path: ConfigPath): Issue => {
  const parent = path.slice(0, -1)
  const name = path[path.length - 1] ?? ""
  const place = entryAt(root, path)?.key ?? null
  const expectation = expectationAt(parent)
  if (isSecretPath(path)) {
    // What stands here may be a token that lost its colon; it is not repeated.
    const message = "this is not a name that an HTTP header can have"
    return { path: parent, place, message, expected: "a header name such as Authorization" }
  }
  if (expectation?.open === true) {
    const expected = "an id of at most 64 letters, digits, _, - and ., starting with a letter, a digit or _"
    return {
      path,
      place,
      message: `${quotedKey(name)} cannot be the id of a server: expected ${expected}`,
      found: quotedKey(name),
      expected
    }
  }
  const keys = expectation?.keys ?? []
  const known = Foreign.meaningOf(name, parent)
  const suggestion = known === undefined ? nearestWord(name, keys) : undefined
  const nearest =
    known ?? (suggestion === undefined ? `expected one of ${keys.join(", ")}` : `did you mean "${suggestion}"?`)
  const merge = name === "<<" ? " (YAML merge keys are not supported)" : ""
  return {
    path,
    place,
    message: `unknown key ${quotedKey(name)}${merge}; ${nearest}`,
    found: quotedKey(name),
    expected: keys.join(", "),
    suggestion
  }
}

const invalid = (root: ConfigTree.ConfigNode, { message, path }: Leaf): Issue => {
  const node = ConfigTree.nodeAt(root, path)
  if (isHeaderPath(path) && node?.kind === "scalar" && node.value === null) {
    // The name may be a token that was written without one; it is not repeated.
    const place = ConfigTree.placeOf(node)
    return { path: path.slice(0, 3), place, message: "a header has no value", found: "nothing", expected: "a text" }
  }
  const expectation = expectationAt(path)
  const expected = expectation?.expected ?? "another value"
  const found = node === undefined ? "nothing" : describe(node, path)
  const suggestion =
    node === undefined || expectation === undefined ? undefined : suggestionFor(node, path, expectation)
  const nearest = suggestion === undefined ? "" : `; did you mean "${suggestion}"?`
  const because =
    suggestion !== undefined || expectation?.explanation === undefined ? "" : `; ${expectation.explanation}`
  return {
    path,
    place: node === undefined ? null : ConfigTree.placeOf(node),
    message: `${message ?? `expected ${expected}, found ${found}`}${nearest}${because}`,
    found,
    expected,
    suggestion,
    variable: node === undefined ? undefined : sourceName(node.origin)
  }
}

const sourceName = (origin: ConfigTree.Origin): string | undefined => {
  if (origin.kind === "override") return origin.variable
  return origin.kind === "option" ? origin.option : undefined
}

/** Shows a value only where none can be secret: not in headers, not a URL with parameters, not from `$DB_PASSWORD`. */
const describe = (node: ConfigTree.ConfigNode, path: ConfigPath): string => {
  if (node.kind !== "scalar")
    return node.kind === "list" ? (node.items.length === 0 ? "an empty list" : "a list") : "a mapping"
  if (node.value === null) return "nothing"
  const kind = typeof node.value === "string" ? "the text" : typeof node.value === "number" ? "the number" : ""
  if (!isShowable(node, path)) return `${kind === "" ? "a boolean" : kind.replace("the", "a")} (not shown)`
  const quoted = typeof node.value === "string" ? `"${Redaction.text(node.value.slice(0, 80))}"` : String(node.value)
  return `${kind} ${quoted}${through(node.origin)}`.trim()
}

const through = (origin: ConfigTree.Origin): string => {
  if (origin.kind === "file") return origin.variables.map((name) => ` from \${${name}}`).join("")
  const name = sourceName(origin)
  return name === undefined ? "" : ` from ${name}`
}

const suggestionFor = (
  node: ConfigTree.ConfigNode,
  path: ConfigPath,
  { form, words }: Expectation
): string | undefined => {
  if (node.kind !== "scalar" || typeof node.value !== "string" || !isShowable(node, path)) return undefined
  return form === undefined ? nearestWord(node.value, words) : inGrammar(node.value, form)
}
