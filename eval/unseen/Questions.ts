/**
 * The unseen half of the evaluation: schemas of seven trades, their data and the questions about them. The README beside
 * this file says how it was made and what it must never be used for.
 */
import * as Schema from "effect/Schema"
import { readFileSync } from "node:fs"
import { DatabaseSync } from "node:sqlite"

/** The folders: each holds `schema.sql`, `data.sql`, `metadata.json` and `questions.jsonl`. */
export const schemas = ["airline", "football", "hospital", "library", "rentals", "tracker", "water"] as const

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
export const read = (schema: (typeof schemas)[number], file: string): string =>
  readFileSync(new URL(`${schema}/${file}`, import.meta.url), "utf8")

/** The questions about a schema, in the order of the file. */
export const questions = (schema: (typeof schemas)[number]): ReadonlyArray<Question> =>
  read(schema, "questions.jsonl")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => decode(line))

/** A schema with its data, in memory; the caller closes it. Rows come as arrays. */
export const open = (schema: (typeof schemas)[number]): DatabaseSync => {
  const database = new DatabaseSync(":memory:", { returnArrays: true })
  database.exec(read(schema, "schema.sql"))
  database.exec(read(schema, "data.sql"))
  return database
}
