/** The rule-based generator, asked about what servers publish. */
import { assert } from "@effect/vitest"
import { Result } from "effect"
import * as Contents from "../../../src/grounding/Contents.ts"
import { fromContents } from "../../../src/grounding/Grounding.ts"
import { EntityCatalog } from "../../../src/resolution/EntityCatalog.ts"
import { link } from "../../../src/resolution/Mentions.ts"
import * as RuleBased from "../../../src/sql/rulebased/RuleBasedSql.ts"
import { gathered, server } from "../../query/Groundings.ts"

export const today = "2026-11-22"

type Data = Parameters<typeof server>[2]

/** Asks a database server with this schema, and a metadata server in front of it. */
export const asking = (metadata: Data, schema: Data) => {
  const contents = Contents.read(
    gathered(server("meta", 1, metadata), {
      ...server("db", 10, schema),
      capabilities: ["execute_query", "list_resources"]
    })
  )
  const catalog = EntityCatalog.from(contents)
  const grounding = fromContents(contents)
  return (question: string) => {
    const { mentions, schemaWords } = link(question, catalog, grounding, { fuzzy: true, threshold: 0.82, margin: 0.05 })
    return RuleBased.generate({
      question,
      grounding,
      mentions,
      notes: [],
      schemaWords,
      dialect: "sqlite",
      maxRows: 1000,
      today,
      previous: []
    })
  }
}

export const column = (name: string, type = "TEXT", more: object = {}) => ({
  name,
  type,
  primary_key: name === "id",
  ...more
})

/** A whole number: a key where it is called so, of another table where it says which. */
export const key = (name: string, to?: string) => column(name, "INTEGER", to === undefined ? {} : { foreign_key: to })

export const number = (name: string) => column(name, "INTEGER")

export const date = (name: string) => column(name, "DATE")

export const time = (name: string) => column(name, "TIMESTAMP")

/** A text that is known to be one of these somewhere. */
export const texts = (name: string, ...values: ReadonlyArray<string>) => column(name, "TEXT", { values })

export type Ask = ReturnType<typeof asking>

export const sqlOf = (ask: Ask, question: string) => Result.getOrThrow(ask(question)).sql.replaceAll("\n", " ")

export const refused = (ask: Ask, ...questions: ReadonlyArray<string>) => {
  for (const question of questions) assert.isTrue(Result.isFailure(ask(question)), question)
}
