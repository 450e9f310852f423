/** What makes a question unanswerable before any SQL is written. Pure. */
import { type GenerationReason, NotUnderstood, QuestionTooLarge } from "../errors/QueryReason.ts"
import { SqlGenerationError } from "../OrchestratorError.ts"
import type { Unroutable } from "./Routing.ts"
import type { MentionNote } from "../resolution/Mentions.ts"

/** Longer texts are no questions, and looking for names in them takes time that nobody bounds. */
export const maxQuestionLength = 4000

/** Nothing asked, or too much: known before anything is gathered. `null` if it can be asked. */
export const unaskable = (question: string): SqlGenerationError | null => {
  if (question.trim() === "") return refusal("", new NotUnderstood(), "the question is empty", "Ask something.")
  return question.length <= maxQuestionLength
    ? null
    : refusal(
        `${question.slice(0, 80)}…`,
        new QuestionTooLarge({ limit: maxQuestionLength, unit: "characters" }),
        `the question is longer than ${maxQuestionLength} characters`,
        "Ask it in fewer words."
      )
}

/** A name that several entities answer to: choosing one would be a guess. `null` if there is none. */
export const ambiguous = (question: string, notes: ReadonlyArray<MentionNote>): SqlGenerationError | null => {
  const guesses = notes.filter(({ reason }) => reason === "ambiguous")
  const said = guesses.map(({ candidates, text }) => `"${text}" could mean ${candidates.join(", or ")}`)
  return guesses.length === 0
    ? null
    : refusal(
        question,
        new NotUnderstood({ candidates: guesses.flatMap(({ candidates }) => candidates) }),
        said.join("; "),
        "Give the name in full, or in quotes as it is published."
      )
}

/** Several servers could be meant, or none has all of it: choosing one would be a guess. */
export const unroutable = (question: string, { candidates, detail }: Unroutable): SqlGenerationError => {
  const [one = "…"] = candidates
  return refusal(
    question,
    new NotUnderstood({ candidates }),
    detail,
    `Name the server in the question ("… in ${one}"), or ask about the tables of one server at a time.`
  )
}

const refusal = (question: string, reason: GenerationReason, detail: string, remedy: string) =>
  new SqlGenerationError({ question, reason, detail, understood: [], attempts: [], remedy })
