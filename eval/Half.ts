/** What all sets of the evaluation have in common: questions with their answers, and how an outcome is judged. */
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import type { Orchestrator } from "../src/Orchestrator.ts"
import type { ModelUsage, SqlAttempt } from "../src/OrchestratorError.ts"
import { type QueryError, spent } from "../src/query/QueryPipeline.ts"
import type { QueryResult } from "../src/query/QueryResult.ts"
import type { Rows } from "../src/tools/Rows.ts"
import { isAnswer } from "./Comparison.ts"

/** A question and what a person would expect of it. */
export interface Case {
  readonly question: string
  /** How hard the question is, in the words of its set. */
  readonly level: string
  /** The results that are right, each of which will do; `null` if the question has to be refused. */
  readonly expected: ReadonlyArray<Pick<Rows, "rows">> | null
  /** Whether the rows have to come in the order of the expected ones. */
  readonly ordered: boolean
}

/** `failed` is an answer that could not be had: SQL that did not run, or a server or a model that did not answer. */
export const verdicts = ["right", "refused", "wrong", "failed"] as const
export type Verdict = (typeof verdicts)[number]

/** One question with what became of it. */
export interface Judged {
  readonly group: string
  readonly level: string
  readonly question: string
  readonly verdict: Verdict
  /** The SQL, or why there is none. */
  readonly note: string
  /** The tries after the first one. */
  readonly repairs: number
  /** Of all tries; `null` where no language model was asked. */
  readonly usage: ModelUsage | null
}

/** Asks the questions of one group, such as a schema, one after the other. */
export const ask = (group: string, cases: ReadonlyArray<Case>, orchestrator: Orchestrator["Service"]) =>
  Effect.forEach(cases, (one) =>
    orchestrator.query(one.question).pipe(
      Effect.result,
      Effect.map((outcome): Judged => ({
        group,
        level: one.level,
        question: one.question,
        verdict: judge(one, outcome),
        note: Result.match(outcome, { onFailure: ({ message }) => message, onSuccess: ({ sql }) => sql }),
        repairs: Math.max(0, attemptsOf(outcome).length - 1),
        usage: spent(attemptsOf(outcome))
      }))
    )
  )

/** Refused is right where nothing can be answered, and rows are wrong there, whatever they are. */
export const judge = (
  { expected, ordered }: Pick<Case, "expected" | "ordered">,
  outcome: Result.Result<Pick<QueryResult, "result">, QueryError>
): Verdict => {
  if (Result.isFailure(outcome)) {
    if (!isRefusal(outcome.failure)) return "failed"
    return expected === null ? "right" : "refused"
  }
  const { result } = outcome.success
  const right = result !== null && (expected ?? []).some((rows) => isAnswer(rows, result, ordered))
  return right ? "right" : "wrong"
}

/** A model or a parser that could not be asked has refused nothing. */
const isRefusal = (error: QueryError): boolean =>
  error._tag === "SqlGenerationError" && error.reason._tag !== "ModelFailed" && error.reason._tag !== "NoParser"

const attemptsOf = (outcome: Result.Result<QueryResult, QueryError>): ReadonlyArray<SqlAttempt> => {
  if (Result.isSuccess(outcome)) return outcome.success.metadata.attempts
  const { failure } = outcome
  return failure._tag === "SqlGenerationError" || failure._tag === "QueryExecutionError" ? failure.attempts : []
}
