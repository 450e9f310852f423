/** The reply to a statement of ours as rows of text. Pure. */
import * as Predicate from "effect/Predicate"
import * as Result from "effect/Result"
import * as QueryReply from "../../tools/QueryReply.ts"
import * as ExactJson from "../../text/ExactJson.ts"
import type { SqlValue } from "../../tools/Rows.ts"
import type { Answer } from "./Ask.ts"

/** `columns` are those that the statement delivers; a server may send them in another order or case. */
export const readRows = (reply: unknown, columns: ReadonlyArray<string>): Answer => {
  const read = QueryReply.decodeReply(reply, { maxRows: Number.POSITIVE_INFINITY, columns })
  if (Result.isFailure(read)) {
    const { message, unreadable } = read.failure
    return { _tag: unreadable ? "Unreadable" : "Refused", message }
  }
  const names = read.success.columns.map((name) => name.toLowerCase())
  const places = columns.map((name) => names.indexOf(name))
  // No rows have no names.
  if (read.success.rows.length > 0 && places.includes(-1)) {
    return { _tag: "Unreadable", message: `the reply has other columns than ${columns.join(", ")}` }
  }
  return { _tag: "Rows", rows: read.success.rows.map((row) => places.map((place) => textOf(row[place]))) }
}

/** Some replies cannot tell an empty text from NULL, some send a digit as a number, and some JSON text as JSON. */
const textOf = (value: SqlValue | undefined): string => {
  if (value === undefined || value === null) return ""
  return Predicate.isObjectOrArray(value) ? ExactJson.stringify(value) : String(value)
}
