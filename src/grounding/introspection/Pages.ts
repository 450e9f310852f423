/**
 * Reads a statement's rows to the end mark. The server decides how much it sends at once: the statement asks for
 * everything, and again from where a reply ended, because each page costs the database the whole statement.
 */
import * as Effect from "effect/Effect"
import type { ServerConfig } from "../../config/OrchestratorConfig.ts"
import { failure } from "../../connection/SessionFailure.ts"
import * as ServerReason from "../../errors/ServerReason.ts"
import type { GatherFailure } from "../../resources/GatherFailure.ts"
import { type Asker, elsewhere, failed, largerReplies, type Refused } from "./Ask.ts"
import * as Statements from "./Statements.ts"

/** All rows but the end mark; `Changed` is a schema that was not the same on two pages. */
export type Read =
  | { readonly _tag: "Read"; readonly rows: ReadonlyArray<ReadonlyArray<string>> }
  | Refused
  | { readonly _tag: "Changed" }

/** Tables, columns, keys and labels of one schema. */
const maxRows = 50_000

/** Rows asked for at first; the fewest that are asked for when the replies are cut in the middle of a row. */
const most = 20_000
const fewest = 3

export const read = Effect.fnUntraced(function* (
  { ask }: Asker,
  server: ServerConfig,
  question: Statements.Question
): Effect.fn.Return<Read, GatherFailure> {
  const rows: Array<ReadonlyArray<string>> = []
  let limit = most
  while (true) {
    // The last row once more: if it is another one now, the rows have moved, and the next ones are not the next.
    const last = rows.at(-1)
    const offset = last === undefined ? 0 : rows.length - 1
    const answer = yield* ask(
      Statements.page(server.dialect, question, limit, offset),
      Statements.columns[question.form]
    )
    if (answer._tag === "Refused") return answer
    if (answer._tag === "Unreadable") {
      if (limit === fewest)
        return yield* failed(failure("decode", new ServerReason.InvalidReply(), answer.message), elsewhere(server))
      limit = Math.max(fewest, Math.min(1000, Math.floor(limit / 4)))
      continue
    }
    const [first] = answer.rows
    if (last !== undefined && first !== undefined && !isSame(first, last)) return { _tag: "Changed" }
    const before = rows.length
    for (const row of last === undefined ? answer.rows : answer.rows.slice(1)) {
      if (row[0] === Statements.kinds.end) return { _tag: "Read", rows }
      rows.push(row)
    }
    if (rows.length === before) {
      const detail = `the server's reply ends before the schema does, after ${rows.length} rows of it`
      return yield* failed(
        failure("decode", new ServerReason.InvalidReply(), detail),
        rows.length === 0 ? elsewhere(server) : largerReplies(server)
      )
    }
    if (rows.length > maxRows) {
      const detail = `the schema has more than ${maxRows} tables, columns and keys`
      return yield* failed(failure("limit", new ServerReason.TooMany({ limit: maxRows }), detail), elsewhere(server))
    }
  }
})

const isSame = (one: ReadonlyArray<string>, other: ReadonlyArray<string>): boolean =>
  one.every((cell, index) => cell === other[index])
