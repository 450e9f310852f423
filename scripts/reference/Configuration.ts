/** docs/reference/configuration.md: every key of the file, read off the Schema that decodes it. */
import * as Predicate from "effect/Predicate"
import * as SchemaAST from "effect/SchemaAST"
import { ConfigFile } from "../../src/config/ConfigFile.ts"
import * as Markdown from "./Markdown.ts"

/** A key that holds a value: `mcp_servers.*.url`, `orchestration.retry.attempts`. */
export interface Key {
  readonly path: string
  readonly ast: SchemaAST.AST
  readonly isRequired: boolean
}

/** Every key of the Schema that is not a table; what `leaf` matches is taken for one value. */
export const keysOf = (
  ast: SchemaAST.AST,
  leaf = /\.(?:headers|arguments)$/,
  path = "",
  isRequired = false
): ReadonlyArray<Key> => {
  const table = SchemaAST.isUnion(ast) ? ast.types.find(SchemaAST.isObjects) : ast
  if (table === undefined || !SchemaAST.isObjects(table) || leaf.test(path)) return [{ path, ast, isRequired }]
  const dot = path === "" ? "" : `${path}.`
  return [
    ...table.propertySignatures.flatMap(({ name, type }) =>
      keysOf(type, leaf, `${dot}${String(name)}`, !SchemaAST.isOptional(type))
    ),
    ...table.indexSignatures.flatMap(({ type }) => keysOf(type, leaf, `${dot}*`))
  ]
}

const sections = [
  ["A server", "mcp_servers.*.", "Each key of `mcp_servers` is the id of a server, and holds:"],
  ["orchestration", "orchestration.", "What holds for all servers."],
  ["server", "server.", "What [`serve`](../http.md) opens; a change of these takes a restart."]
] as const

export const page = (): string => {
  const keys = keysOf(SchemaAST.toEncoded(ConfigFile.ast), /\.(?:headers|arguments|rate_limit)$/)
  return Markdown.page(
    "Configuration keys",
    [
      "The same as a JSON Schema for editors: `mcp-orchestrator config schema`. How the file is found, variables, overrides and",
      "reloading: [configuration](../configuration.md). Wherever a value stands, a text with `${VAR}` may stand too."
    ].join("\n"),
    ...sections.flatMap(([title, prefix, lead]) => {
      const rows = keys.filter(({ path }) => path.startsWith(prefix)).map((key) => keyRow(key, prefix))
      return rows.length === 0 ? [] : [`## ${title}`, lead, Markdown.table(["key", "default", "takes", "what"], rows)]
    })
  )
}

// -----------------------------------------------------------------------------
// internals

const keyRow = ({ ast, isRequired, path }: Key, prefix: string): string => {
  const { default: fallback, description, expected } = SchemaAST.resolve(ast) ?? {}
  return Markdown.row(
    Markdown.code(path.slice(prefix.length)),
    fallback === undefined ? (isRequired ? "required" : "") : Markdown.code(String(fallback)),
    Predicate.isString(expected) ? expected : "",
    Predicate.isString(description) ? description : ""
  )
}
