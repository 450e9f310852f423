/**
 * Sets of questions about schemas of several trades. The README of each set says how it was made and what it may be used
 * for.
 */
import * as Schema from "effect/Schema"
import { readdirSync, readFileSync } from "node:fs"
import { DatabaseSync } from "node:sqlite"

/** The sets, each a folder beside this file with a folder for each schema. */
export type Trades = "development" | "heldout" | "unseen"

/** The folder of a schema: it holds `schema.sql`, `data.sql`, `metadata.json` and `questions.jsonl`. */
export interface Trade {
  readonly name: string
  readonly folder: URL
}

export const trades = (set: Trades): ReadonlyArray<Trade> =>
  readdirSync(new URL(`${set}/`, import.meta.url), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => ({ name, folder: new URL(`${set}/${name}/`, import.meta.url) }))
    .toSorted((one, other) => (one.name < other.name ? -1 : 1))

/** A question that the schema answers. `alternatives` are other statements whose result is a right answer, too. */
const Answerable = Schema.Struct({
  id: Schema.String,
  level: Schema.Literals(["easy", "medium", "hard"]),
  question: Schema.String,
  sql: Schema.String,
  alternatives: Schema.optionalKey(Schema.Array(Schema.String)),
  /** Whether the question asks for an order: otherwise rows are right in any. */
  ordered: Schema.optionalKey(Schema.Literal(true)),
  note: Schema.optionalKey(Schema.String)
})

/** A question about something that the schema does not hold: right means refused. */
const Unanswerable = Schema.Struct({
  id: Schema.String,
  question: Schema.String,
  sql: Schema.Null,
  unanswerable: Schema.Literal(true)
})

export type Question = typeof Answerable.Type | typeof Unanswerable.Type

const decode = Schema.decodeUnknownSync(Schema.fromJsonString(Schema.Union([Answerable, Unanswerable])))

/** One file of a schema's folder, as text. */
export const read = ({ folder }: Trade, file: string): string => readFileSync(new URL(file, folder), "utf8")

/** The questions about a schema, in the order of the file. */
export const questions = (trade: Trade): ReadonlyArray<Question> =>
  read(trade, "questions.jsonl")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => decode(line))

/** A schema with its data, in memory; the caller closes it. Rows come as arrays. */
export const open = (trade: Trade): DatabaseSync => {
  const database = new DatabaseSync(":memory:", { returnArrays: true })
  database.exec(read(trade, "schema.sql"))
  database.exec(read(trade, "data.sql"))
  return database
}
