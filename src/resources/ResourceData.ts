/** From the contents of a read to a resource's data (DESIGN §5). Pure. */
import * as Result from "effect/Result"
import type * as Schema from "effect/Schema"
import type { Content } from "../connection/Replies.ts"

/** The size is in bytes: UTF-8 for text, decoded for binary. */
export interface ResourceData {
  readonly data: Schema.Json
  readonly size: number
  readonly mimeType: string | null
}

/**
 * One item gives its data: parsed JSON where the type says JSON (or says nothing and the text is an object or array),
 * else text; base64 for binary. Several items give an array of theirs, none gives `null`. Fails with why JSON is none.
 */
export const fromContents = (
  contents: ReadonlyArray<Content>,
  listedType: string | undefined
): Result.Result<ResourceData, string> => {
  const items: Array<ResourceData> = []
  for (const content of contents) {
    const item = fromContent(content, contents.length === 1 ? listedType : undefined)
    if (Result.isFailure(item)) return Result.fail(item.failure)
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

const fromContent = (content: Content, listedType: string | undefined): Result.Result<ResourceData, string> => {
  const mimeType = content.mimeType ?? listedType ?? null
  if ("blob" in content) {
    return Result.succeed({ data: content.blob, size: Buffer.byteLength(content.blob, "base64"), mimeType })
  }
  const size = Buffer.byteLength(content.text)
  const isJson = mimeType !== null && isJsonType(mimeType)
  if (isJson || (mimeType === null && /^\s*[[{]/.test(content.text))) {
    const parsed = parseJson(content.text)
    if (Result.isSuccess(parsed)) return Result.succeed({ data: parsed.success, size, mimeType })
    if (isJson) return Result.fail(`the content is declared as ${mimeType} and is not JSON: ${parsed.failure}`)
  }
  return Result.succeed({ data: content.text, size, mimeType })
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
    try: (): Schema.Json => JSON.parse(text),
    catch: (cause) => (cause instanceof Error ? withoutQuotation(cause.message) : String(cause))
  })
