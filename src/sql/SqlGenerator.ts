/** The service that writes SQL for a question. Two Layers: `RuleBased.layer` and `LanguageModelGenerator.layer`. */
import * as Context from "effect/Context"
import type * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { ModelUsage, type SqlAttempt, type SqlGenerationError } from "../OrchestratorError.ts"
import type { Dialect } from "../config/OrchestratorConfig.ts"
import type { MentionNote } from "../resolution/Mentions.ts"
import type { Mention } from "../resolution/ResolvedEntity.ts"
import type { SchemaWord } from "../resolution/SchemaWords.ts"
import type { Grounding } from "../grounding/Grounding.ts"

export type { Dialect }

/** Everything a generator may use; there is no other source of knowledge. */
export interface GenerationRequest {
  readonly question: string
  /** Of the database that the statement will run on. */
  readonly grounding: Grounding
  /** The names in the question, from left to right. */
  readonly mentions: ReadonlyArray<Mention>
  /** The names in quotes that nobody publishes, from left to right. Of the others, an ambiguous one has ended the question. */
  readonly notes: ReadonlyArray<MentionNote>
  /** Its words that are tables, columns and terms, from left to right. */
  readonly schemaWords: ReadonlyArray<SchemaWord>
  readonly dialect: Dialect
  /** The result is cut at this many rows; a generator may write it as a LIMIT. */
  readonly maxRows: number
  /** Today, ISO 8601 date (`2026-11-22`): what "this month" refers to. */
  readonly today: string
  /** `query.prompt_tokens`: how long a prompt may be. Default: 60,000. */
  readonly promptTokens?: number
  /** Earlier attempts at this question, oldest first; empty at the first. */
  readonly previous: ReadonlyArray<SqlAttempt>
}

/** How large the prompt was, and what did not fit into it. Tokens are an estimate. */
export const PromptReport = Schema.Struct({
  tokens: Schema.Int,
  /** `query.prompt_tokens`. */
  budget: Schema.Int,
  /** In the order in which it was left out; empty where everything fitted. */
  leftOut: Schema.Array(Schema.Struct({ what: Schema.String, of: Schema.Array(Schema.String) }))
})
export type PromptReport = typeof PromptReport.Type

/** What one answer of a language model was made of. */
export const ModelReport = Schema.Struct({ prompt: PromptReport, usage: ModelUsage })
export type ModelReport = typeof ModelReport.Type

export const GeneratedSql = Schema.Struct({
  sql: Schema.String,
  /** What the SQL computes, in a sentence for the person who asked. */
  explanation: Schema.String,
  /** The explanation part by part, each with the piece of the SQL that it stands for; none for what only says how words were read. */
  parts: Schema.optionalKey(Schema.Array(Schema.Struct({ words: Schema.String, sql: Schema.NullOr(Schema.String) }))),
  /** Canonical names of the entities the SQL uses. */
  usedEntities: Schema.Array(Schema.String),
  /** What a language model was given for it; no model, no report. */
  model: Schema.optionalKey(ModelReport)
})
export type GeneratedSql = typeof GeneratedSql.Type

export class SqlGenerator extends Context.Service<
  SqlGenerator,
  {
    /** `rule-based`, or the model's name; for logs and results. */
    readonly name: string
    /** True if asking again with `previous` can give another answer. */
    readonly repairs: boolean
    /**
     * Writes one statement, or fails with what it did understand. A failure with one attempt more than the request's
     * `previous` was a try that came to nothing: asking again may help.
     */
    generate(request: GenerationRequest): Effect.Effect<GeneratedSql, SqlGenerationError>
  }
>()("effect-mcp-orchestrator/query/SqlGenerator") {}
