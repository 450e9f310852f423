/** Whether a gather is what the official SDK client reads from the same server. */
import { assert } from "@effect/vitest"
import type * as Schema from "effect/Schema"
import type { GatheredResource } from "../../../src/index.ts"
import type { Reading } from "./SdkClient.ts"

/** Asserts that the resources of one server are all of these, by URI, with their names, types and contents. */
export const assertGathered = (
  resources: ReadonlyMap<string, GatheredResource> | undefined,
  readings: ReadonlyArray<Reading>
): void => {
  const gathered = [...(resources?.values() ?? [])].map(({ data, mimeType, name, uri }) => ({
    uri,
    name,
    mimeType,
    data
  }))
  const read = readings.map(({ contents, resource }) => ({
    uri: resource.uri,
    name: resource.name,
    mimeType: contents.length === 1 ? (contents[0]?.mimeType ?? resource.mimeType) : resource.mimeType,
    data: contents.length === 1 && contents[0] !== undefined ? dataOf(contents[0]) : contents.map(dataOf)
  }))
  assert.deepStrictEqual(byUri(gathered), byUri(read))
}

// -----------------------------------------------------------------------------
// internals

/** JSON where the text is a JSON object or array, whatever its type; else the text; else the bytes in base64. */
const dataOf = (content: Reading["contents"][number]): Schema.Json =>
  "blob" in content ? content.blob : /^\s*[[{]/.test(content.text) ? jsonOr(content.text) : content.text

const jsonOr = (text: string): Schema.Json => {
  // boundary: text that only looks like JSON is text
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

const byUri = <A extends { readonly uri: string }>(resources: ReadonlyArray<A>) =>
  resources.toSorted((a, b) => (a.uri < b.uri ? -1 : 1))
