/**
 * The generator without a model: reads a question as operations over the schema's own words, and writes the SELECT that
 * follows from them. It knows no database and no question; what it does not understand it refuses.
 */
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Result from "effect/Result"
import { NotUnderstood } from "../../errors/QueryReason.ts"
import { SqlGenerationError } from "../../OrchestratorError.ts"
import { choose, type Context, contextTables, mappedMeasure } from "./Choice.ts"
import { compose } from "./Composition.ts"
import type { Draft, Measure } from "./Draft.ts"
import { explain } from "./Explanation.ts"
import { interpret } from "./Interpretation.ts"
import { tokenizeQuestion } from "./Question.ts"
import { read } from "./Reading.ts"
import { makeIndex } from "./SchemaIndex.ts"
import { settle } from "./Settling.ts"
import { makeVocabulary, meaningsAt, type Vocabulary } from "./Vocabulary.ts"
import { noSchema } from "../NoSchema.ts"
import { type GeneratedSql, type GenerationRequest, SqlGenerator } from "../SqlGenerator.ts"

const remedy =
  "Ask it in the words of the schema, or configure a language model (LLM_BASE_URL, LLM_MODEL, LLM_API_KEY)."

/** Writes the SQL for a question, or says what was not understood (`NotUnderstood`, `NoSchema`). Pure. */
export const generate = (request: GenerationRequest): Result.Result<GeneratedSql, SqlGenerationError> => {
  const { dialect, grounding, question, today } = request
  const refuse = (detail: string, understood: ReadonlyArray<string>) =>
    Result.fail(
      new SqlGenerationError({
        question,
        reason: new NotUnderstood(),
        detail,
        understood,
        attempts: request.previous,
        remedy
      })
    )
  if (grounding.tables.length === 0) return Result.fail(noSchema(request))
  const index = makeIndex(grounding)
  const vocabulary = makeVocabulary(grounding, index, dialect, today)
  const items = read(tokenizeQuestion(question), vocabulary, request.mentions, today)
  const context: Context = { index, dialect, tables: contextTables(items) }
  const draft = interpret(context, items)
  if (draft.unknown.length > 0) {
    return refuse(`not understood: ${draft.unknown.map((word) => `"${word}"`).join(", ")}`, draft.understood)
  }
  const plan = settle(context, draft, soldMeasure(context, vocabulary))
  if (Result.isFailure(plan)) return refuse(plan.failure.join("; "), draft.understood)
  const sql = compose(context, plan.success, request.maxRows)
  if (Result.isFailure(sql)) return refuse(sql.failure, draft.understood)
  return Result.succeed({
    sql: sql.success,
    explanation: explain(plan.success),
    usedEntities: entitiesOf(draft)
  })
}

/** The embedded default generator. It gives one answer to a question, so asking again is of no use. */
export const layer: Layer.Layer<SqlGenerator> = Layer.succeed(
  SqlGenerator,
  SqlGenerator.of({
    name: "rule-based",
    repairs: false,
    generate: Effect.fn("RuleBased.generate")((request: GenerationRequest) => Effect.fromResult(generate(request)))
  })
)

const entitiesOf = (draft: Draft): ReadonlyArray<string> => [
  ...new Set(draft.matches.flatMap(({ entity }) => (entity === null ? [] : [entity])))
]

/** What "best selling" is measured by: the mapped term for sales, if there is one. */
const soldMeasure = (context: Context, vocabulary: Vocabulary): Measure | null => {
  for (const word of ["sales", "units sold", "revenue"]) {
    const tokens = tokenizeQuestion(word)
    const found = meaningsAt(vocabulary, tokens, 0)
    if (found === null || found.length !== tokens.length) continue
    const { aggregate } = choose(context, { kind: "name", text: word, meanings: found.meanings })
    if (aggregate !== null) return mappedMeasure(word, aggregate)
  }
  return null
}
