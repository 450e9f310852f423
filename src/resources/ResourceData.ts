/** From the contents of a read to a resource's data. Pure. */
import { Buffer, isUtf8 } from "node:buffer"
import * as Result from "effect/Result"
import type * as Schema from "effect/Schema"
import type { Content } from "../connection/Replies.ts"
import * as Json from "../text/Json.ts"

/** The size is in bytes: UTF-8 for text, decoded for binary. */
export interface ResourceData {
  readonly data: Schema.Json
  readonly size: number
  readonly mimeType: string | null
}

/**
 * One item gives its data: a JSON object or array wherever the content is one, whatever type it travels under (FastMCP
 * sends JSON as `text/plain` unless told otherwise), with a byte order mark, as a JSON string or in base64; else text as it
 * is; else base64. Several items give an array of theirs, none gives `null`. Fails with why text that is declared as JSON
 * is none, or that JSON is nested too deeply.
 */
export const fromContents = (
  contents: ReadonlyArray<Content>,
  listedType: string | undefined
): Result.Result<ResourceData, string> => {
  const items: Array<ResourceData> = []
  for (const content of contents) {
    const item = fromContent(content, contents.length === 1 ? listedType : undefined)
    if (Result.isFailure(item)) return Result.fail(item.failure)
    if (item.success.size > 2 * deepest && isDeeper(item.success.data, deepest)) {
      return Result.fail(`the content is nested more than ${deepest} levels deep`)
    }
    items.push(item.success)
  }
  const [only] = items
  if (only !== undefined && items.length === 1) return Result.succeed(only)
  return Result.succeed({
    data: only === undefined ? null : items.map((item) => item.data),
    size: items.reduce((total, item) => total + item.size, 0),
    mimeType: null
  })
}

/** In bytes: UTF-8 for text, decoded for binary. */
export const sizeOf = (content: Content): number =>
  "text" in content ? Buffer.byteLength(content.text) : Buffer.byteLength(content.blob, "base64")

/** Levels of JSON within JSON: what is nested deeper breaks those who walk it, `JSON.stringify` for one. */
const deepest = 500

/** Level by level, because nothing that recurses can measure what is too deep to recurse into. */
const isDeeper = (value: Schema.Json, levels: number): boolean => {
  let level: ReadonlyArray<Schema.Json> = [value]
  for (let depth = 0; depth <= levels; depth++) {
    level = level.flatMap((item) => (isStructure(item) ? Object.values(item).filter(isStructure) : []))
    if (level.length === 0) return false
  }
  return true
}

const fromContent = (content: Content, listedType: string | undefined): Result.Result<ResourceData, string> => {
  const mimeType = content.mimeType ?? listedType ?? null
  const size = sizeOf(content)
  if ("blob" in content) {
    return Result.succeed({ data: structureOf(utf8Of(content.blob)) ?? content.blob, size, mimeType })
  }
  const structure = structureOf(content.text)
  if (structure !== null) return Result.succeed({ data: structure, size, mimeType })
  if (mimeType === null || !isJsonType(mimeType)) return Result.succeed({ data: content.text, size, mimeType })
  const parsed = parseJson(content.text)
  return Result.isSuccess(parsed)
    ? Result.succeed({ data: parsed.success, size, mimeType })
    : Result.fail(`the content is declared as ${mimeType} and is not JSON: ${parsed.failure}`)
}

type Structure = Schema.JsonObject | Schema.JsonArray

const isStructure = (value: Schema.Json): value is Structure => typeof value === "object" && value !== null

/** JSON's own white space and a byte order mark, which RFC 8259 lets a parser ignore, then what a structure begins with. */
const beginning = /^\uFEFF?[ \t\r\n]*(?:[{[]|"(?:[ \uFEFF]|\\[tnr]|\\ufeff)*(?:[{[]|\\u00[57]b))/i

/** What a structure in base64 begins with, or only white space as far as one looks. */
const beginningOfBlob = /^\uFEFF?[ \t\r\n]*(?:[{["]|$)/

/**
 * The object or array that a text is, or that a JSON string holds which the text is; `null` for any other. A text that
 * does not begin and end like one is not parsed.
 */
const structureOf = (text: string): Structure | null => {
  if (!beginning.test(text) || !/[}\]"]/.test(text.trimEnd().slice(-1))) return null
  const outer = parseJson(text)
  if (Result.isFailure(outer)) return null
  if (isStructure(outer.success)) return outer.success
  // Encoded twice, as servers do that serialise what their framework serialises again.
  const inner = typeof outer.success === "string" ? parseJson(outer.success) : outer
  return Result.isSuccess(inner) && isStructure(inner.success) ? inner.success : null
}

/** The text in base64, "" where it can be no structure: images need not be decoded to know that. */
const utf8Of = (blob: string): string => {
  if (!beginningOfBlob.test(Buffer.from(blob.slice(0, 64), "base64").toString("utf8"))) return ""
  const bytes = Buffer.from(blob, "base64")
  return isUtf8(bytes) ? bytes.toString("utf8") : ""
}

/** RFC 6839: a `+json` suffix is JSON too. */
const isJsonType = (mimeType: string): boolean => {
  const essence = (mimeType.split(";", 1)[0] ?? "").trim().toLowerCase()
  return essence === "application/json" || essence === "text/json" || essence.endsWith("+json")
}

/** V8 quotes what stands around the mistake: data, which belongs into no error. */
const withoutQuotation = (message: string): string =>
  message.replace(/, (?:\.{3})?"[^]*"(?:\.{3})? is not valid JSON$/, "")

const parseJson = (text: string): Result.Result<Schema.Json, string> =>
  Result.try({
    try: () => Json.parse(text.replace(/^\uFEFF/, "")),
    catch: (cause) => (cause instanceof Error ? withoutQuotation(cause.message) : String(cause))
  })
