/**
 * Looks up what the Schema of the file says about one path of it: which kind of value, which keys, in which words.
 */
import * as SchemaAST from "effect/SchemaAST"
import * as Redaction from "../telemetry/Redaction.ts"
import { ConfigFile } from "./ConfigFile.ts"

/** A place in the document: keys from the top down; list items by their index. */
export type ConfigPath = ReadonlyArray<string>

/** What the Schema expects at one path. */
export interface Expectation {
  /** How text from a variable or an override is read. */
  readonly kind: "table" | "list" | "number" | "boolean" | "text"
  /** Completes the sentence "expected …". */
  readonly expected: string
  /** Why a value is refused, where the rule alone does not say it. */
  readonly explanation: string | undefined
  /** The keys of a table that has fixed ones. */
  readonly keys: ReadonlyArray<string>
  /** True for a table whose keys the user chooses (server ids, header names). */
  readonly open: boolean
  readonly nullable: boolean
  /** The words that a text is limited to. */
  readonly words: ReadonlyArray<string>
  /** A text that is an amount with a unit. */
  readonly form: "duration" | "size" | undefined
}

/** What is expected at a path; `undefined` when the Schema knows no such path. */
export const expectationAt = (path: ConfigPath): Expectation | undefined => {
  let ast: SchemaAST.AST | undefined = root
  for (const key of path) {
    ast = ast === undefined ? undefined : childOf(ast, key)
  }
  return ast === undefined ? undefined : describe(ast)
}

/** `mcp_servers.database_mcp.url`. */
export const dotted = (path: ConfigPath): string => path.join(".")

/** A key as it may be repeated in a message: quoted if it looks like a word, not if it may be a token or a whole line. */
export const quotedKey = (key: string): string => (isWord(key) ? `"${key}"` : "this key")

/** `dotted` for people to read, without keys that do not look like words. */
export const shownPath = (path: ConfigPath): string => path.map((key) => (isWord(key) ? key : "…")).join(".")

/** True for the value of a header, and for what stands where such a value would. */
export const isHeaderPath = (path: ConfigPath): boolean => path[0] === "mcp_servers" && path[2] === "headers"

/** True for the value of a header, the token or the address of Redis, and for what stands where such a value would: never shown to anyone. */
export const isSecretPath = (path: ConfigPath): boolean =>
  isHeaderPath(path) || (path[0] === "server" && (path[1] === "token" || path[1] === "limits_store"))

/** True for an address of a server, of which only host and port may be shown when variables made it. */
export const isUrlPath = ([table, , key, ...rest]: ConfigPath): boolean =>
  table === "mcp_servers" && (key === "url" || key === "endpoint_base") && rest.length === 0

// -----------------------------------------------------------------------------
// internals

const isWord = (key: string) => /^[\p{L}\p{N}_.$<{} -]{1,64}$/u.test(key) && Redaction.text(key) === key

const root = SchemaAST.toEncoded(ConfigFile.ast)

/** The table of a union: a table may be null, or short for it a text. */
const tableOf = (ast: SchemaAST.AST): SchemaAST.AST =>
  SchemaAST.isUnion(ast) ? (ast.types.find(SchemaAST.isObjects) ?? ast) : ast

const childOf = (parent: SchemaAST.AST, key: string): SchemaAST.AST | undefined => {
  const ast = tableOf(parent)
  if (SchemaAST.isObjects(ast)) {
    return ast.propertySignatures.find((property) => property.name === key)?.type ?? ast.indexSignatures[0]?.type
  }
  return SchemaAST.isArrays(ast) ? ast.rest[0] : undefined
}

const annotation = (ast: SchemaAST.AST, name: string): string | undefined => {
  const value = SchemaAST.resolve(ast)?.[name]
  return typeof value === "string" ? value : undefined
}

const wordsOf = (ast: SchemaAST.AST): ReadonlyArray<string> => {
  const words = SchemaAST.resolve(ast)?.["words"]
  if (Array.isArray(words)) return words.filter((word) => typeof word === "string")
  return (SchemaAST.isUnion(ast) ? ast.types : [ast]).flatMap((member) =>
    SchemaAST.isLiteral(member) && typeof member.literal === "string" ? [member.literal] : []
  )
}

const kindOf = (ast: SchemaAST.AST): Expectation["kind"] => {
  if (SchemaAST.isObjects(ast)) return "table"
  if (SchemaAST.isArrays(ast)) return "list"
  if (SchemaAST.isNumber(ast)) return "number"
  return SchemaAST.isBoolean(ast) || (SchemaAST.isLiteral(ast) && typeof ast.literal === "boolean") ? "boolean" : "text"
}

const describe = (ast: SchemaAST.AST): Expectation => {
  const table = tableOf(ast)
  const form = annotation(ast, "form")
  return {
    kind: kindOf(table),
    expected: annotation(ast, "expected") ?? "another value",
    explanation: annotation(ast, "explanation"),
    keys: SchemaAST.isObjects(table) ? table.propertySignatures.map((property) => String(property.name)) : [],
    open: SchemaAST.isObjects(table) && table.indexSignatures.length > 0,
    nullable: SchemaAST.isUnion(ast) && ast.types.some(SchemaAST.isNull),
    words: wordsOf(ast),
    form: form === "duration" || form === "size" ? form : undefined
  }
}
