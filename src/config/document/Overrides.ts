/**
 * Environment variables that override values of the file: `MCP__`, then the path with `__` between its parts, in any case.
 * `MCP__MCP_SERVERS__DATABASE_MCP__URL`, `MCP__ORCHESTRATION__LOG_LEVEL`. In ids and header names `_` also stands for
 * `-` and `.`, which shells do not allow in a variable's name.
 *
 * An override of a key or a server that does not exist is a problem, never ignored.
 */
import * as Order from "effect/Order"
import * as ConfigTree from "./ConfigTree.ts"
import type { Issue } from "../diagnosis/Issue.ts"
import { nearestWord } from "../diagnosis/NearestWord.ts"
import { expectationAt, type ConfigPath } from "../SchemaLookup.ts"
import { read } from "./TextValue.ts"
import type { Environment } from "./Variables.ts"

/** The document with all overrides in place; the order of the environment does not matter. */
export const apply = (
  root: ConfigTree.TableNode,
  env: Environment
): { readonly root: ConfigTree.ConfigNode; readonly problems: ReadonlyArray<Issue> } => {
  const problems: Array<Issue> = []
  const found = new Map<string, Override>()
  for (const [variable, value] of Object.entries(env).toSorted(
    Order.mapInput(Order.String, ([variable]) => variable)
  )) {
    if (value === undefined || !prefix.test(variable)) continue
    const target = resolve(root, variable)
    if ("message" in target) {
      problems.push({ ...target, place: null, variable })
      continue
    }
    const key = JSON.stringify(target.path)
    const other = found.get(key)
    if (other !== undefined) {
      const message = `${variable} and ${other.variable} override the same value; unset one of them`
      problems.push({ path: target.path, place: null, message, variable })
      continue
    }
    found.set(key, { path: target.path, variable, value })
  }
  // A whole table first, then the values inside it.
  const ordered = [...found.values()].toSorted((a, b) => a.path.length - b.path.length)
  const result = ordered.reduce<ConfigTree.ConfigNode>(
    (tree, { path, value, variable }) =>
      setAt(tree, path, read({ kind: "scalar", value, origin: { kind: "override", variable } }, path)),
    root
  )
  return { root: result, problems }
}

/** The document with one value replaced; the tables on the way to it are made where they are missing. */
export const setAt = (
  node: ConfigTree.ConfigNode | undefined,
  path: ConfigPath,
  value: ConfigTree.ConfigNode
): ConfigTree.ConfigNode => {
  const [key, ...rest] = path
  if (key === undefined) return value
  const table = node?.kind === "table" ? node : undefined
  const entry = table?.entries.get(key)
  const entries = new Map(table?.entries)
  entries.set(key, { key: entry?.key ?? null, value: setAt(entry?.value, rest, value) })
  return { kind: "table", entries, origin: table?.origin ?? value.origin }
}

// -----------------------------------------------------------------------------
// internals

interface Override {
  readonly path: ConfigPath
  readonly variable: string
  readonly value: string
}

type Target =
  | { readonly path: ConfigPath }
  | { readonly path: ConfigPath; readonly message: string; readonly suggestion: string | undefined }

const prefix = /^MCP__/i

const fold = (name: string) => name.toLowerCase().replaceAll(/[-.]/g, "_")

const resolve = (root: ConfigTree.ConfigNode, variable: string): Target => {
  let path: ConfigPath = []
  let rest = variable.slice(5)
  while (rest !== "" || path.length === 0) {
    const expectation = expectationAt(path)
    const node = ConfigTree.nodeAt(root, path)
    const known = !expectation?.open
      ? (expectation?.keys ?? [])
      : node?.kind === "table"
        ? [...node.entries.keys()]
        : []
    const key = longestMatch(rest, known)
    const word = rest.split("__")[0] ?? rest
    if (key !== undefined) {
      rest = rest.slice(key.length + 2)
      path = [...path, key]
    } else if (path.length === 3 && path[2] === "headers" && word !== "") {
      // A new header; names of HTTP headers have no case.
      return { path: [...path, rest.toLowerCase().replaceAll("_", "-")] }
    } else {
      return { path, ...unknownPart(variable, path, word, known, expectation?.kind === "table") }
    }
  }
  return { path }
}

/** Ids may hold `__` themselves, so the whole rest of the name is compared, and the longest id wins. */
const longestMatch = (rest: string, known: ReadonlyArray<string>): string | undefined =>
  known
    .filter((key) => fold(rest) === fold(key) || fold(rest).startsWith(`${fold(key)}__`))
    .toSorted((a, b) => b.length - a.length)[0]

const unknownPart = (
  variable: string,
  path: ConfigPath,
  word: string,
  known: ReadonlyArray<string>,
  isTable: boolean
): { readonly message: string; readonly suggestion: string | undefined } => {
  const where = path.length === 0 ? "the configuration" : path.join(".")
  if (!isTable) {
    return {
      message: `${variable} goes into ${where}, which is a single value; override it as a whole`,
      suggestion: undefined
    }
  }
  const suggestion = nearestWord(word, known)
  const what = path.length === 1 && path[0] === "mcp_servers" ? "server" : "key"
  const nearest = suggestion === undefined ? listed(known) : `; did you mean ${suggestion.toUpperCase()}?`
  return {
    message: `${variable} overrides nothing: there is no ${what} "${word.toLowerCase()}" in ${where}${nearest}`,
    suggestion
  }
}

const listed = (known: ReadonlyArray<string>) => (known.length === 0 ? "" : `; there are ${known.join(", ")}`)
