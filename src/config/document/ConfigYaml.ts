/**
 * YAML text to a `ConfigTree`: every syntax error and duplicate key with its place, aliases resolved within a budget.
 *
 * What is said about a problem never repeats the text of the file, because the text may be a secret.
 */
import * as Result from "effect/Result"
import * as Yaml from "yaml"
import type * as ConfigTree from "./ConfigTree.ts"
import type { Issue } from "../diagnosis/Issue.ts"
import { isHeaderPath, isSecretPath, quotedKey, type ConfigPath } from "../SchemaLookup.ts"

export interface YamlDocument {
  /** `undefined` for a file without any content; may be incomplete when there are syntax errors. */
  readonly root: ConfigTree.ConfigNode | undefined
  /** The text is not YAML: what `root` holds is a guess. */
  readonly syntax: ReadonlyArray<Issue>
  /** The text is YAML, but not what a configuration may use: duplicate keys, odd keys and values. */
  readonly structure: ReadonlyArray<Issue>
}

/** Never throws, whatever the text. */
export const parse = (text: string): YamlDocument => {
  const lines = new Yaml.LineCounter()
  const parsed = Result.try(() =>
    // Duplicate keys are found below: the parser compares every key with every other one.
    Yaml.parseAllDocuments(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: false, logLevel: "silent" })
  )
  const placeAt = (start: number, end: number): ConfigTree.Place => {
    const { line, col } = lines.linePos(start)
    return { line: Math.max(line, 1), column: Math.max(col, 1), start, end }
  }
  if (Result.isFailure(parsed)) {
    return {
      root: undefined,
      syntax: [{ path: [], place: null, message: "the text is nested too deeply to be read" }],
      structure: []
    }
  }
  const documents: ReadonlyArray<Yaml.Document.Parsed> = Array.isArray(parsed.success) ? parsed.success : []
  const syntax = documents.flatMap((document) =>
    [...document.errors, ...document.warnings].map((error) => {
      // The parser says where it missed the end of a text; a person looks for where it began.
      const opened = isUnclosedQuote(error) ? startOfText(document, error.pos[0]) : null
      const [start, end] = opened === null ? error.pos : [opened, opened + 1]
      return { path: [], place: placeAt(start, end), message: syntaxMessage(error) }
    })
  )
  const second = documents[1]
  if (second !== undefined) {
    const start = second.range[0]
    syntax.push({
      path: [],
      place: placeAt(start, start),
      message: "a second YAML document starts here; the file may hold only one"
    })
  }
  const structure: Array<Issue> = []
  const contents = documents[0]?.contents ?? null
  const root = contents === null ? undefined : convert(contents, structure, placeAt)
  return { root, syntax, structure }
}

// -----------------------------------------------------------------------------
// internals

/** A file of this project has some dozens of values; this many come from aliases of aliases. */
const valueBudget = 20_000
const depthBudget = 32

/** Codes whose text repeats a part of the file. */
const wordless: { readonly [code: string]: string } = {
  UNEXPECTED_TOKEN:
    "this does not belong here (look for an unclosed quote or bracket, or wrong indentation, here or just above)",
  BAD_DQ_ESCAPE: "invalid escape in a double-quoted text; use single quotes, or write \\\\ for a backslash",
  BAD_SCALAR_START: "a text without quotes cannot start with this character; put the text in quotes",
  TAG_RESOLVE_FAILED: "unknown tag (a word after !); tags are not supported",
  BAD_COLLECTION_TYPE: "unknown tag (a word after !); tags are not supported",
  BAD_DIRECTIVE: "unknown directive (a line that starts with %)",
  BAD_ALIAS: "an alias (*) or anchor (&) without a usable name; put texts that start with * or & in quotes",
  RESOURCE_EXHAUSTION: "nested too deeply",
  BAD_PROP_ORDER: "anchors and tags must stand after the indicator",
  TAB_AS_INDENT: "a tab is used as indentation; use spaces"
}

const isUnclosedQuote = (error: Yaml.YAMLError): boolean => /closing ["']quote/.test(error.message)

/** Where the text in quotes starts that ends at `end`. */
const startOfText = (document: Yaml.Document.Parsed, end: number): number | null => {
  let start: number | null = null
  Yaml.visit(document, {
    Scalar: (_, { range }) => {
      if (range?.[1] === end) start = range[0]
    }
  })
  return start
}

const syntaxMessage = (error: Yaml.YAMLError): string =>
  wordless[error.code] ??
  (isUnclosedQuote(error) ? "a quote is opened here, but not closed" : undefined) ??
  error.message.replace(/^[A-Z](?![A-Z])/, (letter) => letter.toLowerCase())

const convert = (
  contents: Yaml.ParsedNode,
  problems: Array<Issue>,
  placeAt: (start: number, end: number) => ConfigTree.Place
): ConfigTree.ConfigNode | undefined => {
  const anchors = new Map<string, Yaml.Node>()
  const open = new Set<Yaml.Node>()
  let budget = valueBudget
  let exhausted = false

  const placeOf = (node: Yaml.Node): ConfigTree.Place => placeAt(node.range?.[0] ?? 0, node.range?.[1] ?? 0)
  const origin = (node: Yaml.Node): ConfigTree.Origin => ({ kind: "file", place: placeOf(node), variables: [] })
  const empty = (node: Yaml.Node): ConfigTree.ConfigNode => ({ kind: "scalar", value: null, origin: origin(node) })

  const problem = (path: ConfigPath, node: Yaml.Node, message: string) => {
    problems.push({ path, place: placeOf(node), message })
    return empty(node)
  }

  const toNode = (node: Yaml.Node, path: ConfigPath): ConfigTree.ConfigNode => {
    budget--
    if (budget < 0 || path.length > depthBudget) {
      // Said once: a bomb would say it twenty thousand times.
      if (exhausted) return empty(node)
      exhausted = true
      return problem(path.slice(0, 3), node, "too many values once the aliases (*) are followed, or nested too deeply")
    }
    if (Yaml.isAlias(node)) {
      const target = anchors.get(node.source)
      if (target === undefined)
        return problem(path, node, "this alias (*) names no anchor (&) above it; put the text in quotes if it is one")
      if (open.has(target)) return problem(path, node, "this alias (*) points at something that contains it")
      return toNode(target, path)
    }
    if ("anchor" in node && typeof node.anchor === "string") anchors.set(node.anchor, node)
    if (Yaml.isScalar(node)) return scalar(node, path)
    open.add(node)
    const result = Yaml.isMap(node) ? table(node, path) : Yaml.isSeq(node) ? list(node, path) : empty(node)
    open.delete(node)
    return result
  }

  const scalar = (node: Yaml.Scalar, path: ConfigPath): ConfigTree.ConfigNode => {
    const value = node.value
    if (typeof value === "string" || typeof value === "number" || typeof value === "boolean" || value === null) {
      return { kind: "scalar", value, origin: origin(node) }
    }
    return problem(path, node, "a kind of value that a configuration cannot hold; put it in quotes")
  }

  const list = (node: Yaml.YAMLSeq, path: ConfigPath): ConfigTree.ConfigNode => ({
    kind: "list",
    items: node.items.map((item, index) => (Yaml.isNode(item) ? toNode(item, [...path, String(index)]) : empty(node))),
    origin: origin(node)
  })

  const table = (node: Yaml.YAMLMap, path: ConfigPath): ConfigTree.ConfigNode => {
    const entries = new Map<string, ConfigTree.TableEntry>()
    for (const { key, value } of node.items) {
      if (!Yaml.isScalar(key) || key.value === null || typeof key.value === "object") {
        problem(path, Yaml.isNode(key) ? key : node, "a key must be a plain word")
        continue
      }
      const name = typeof key.value === "string" ? key.value : (key.source ?? String(key.value))
      const first = entries.get(name)?.key
      const at = placeOf(key)
      if (first !== undefined) {
        // Not even the name of a header: it may be a token without one.
        const secret = isSecretPath(path)
        const shown = isHeaderPath(path) ? "a header" : secret ? "this key" : quotedKey(name)
        problems.push({
          path: secret ? path.slice(0, 3) : [...path, name],
          place: at,
          message: `${shown} is given twice: first in line ${first?.line ?? 1}; remove one of them`
        })
        continue
      }
      entries.set(name, { key: at, value: Yaml.isNode(value) ? toNode(value, [...path, name]) : empty(key) })
    }
    return { kind: "table", entries, origin: origin(node) }
  }

  return toNode(contents, [])
}
