/** The words of a question that nobody knows: no server names them, no schema holds them, and no grammar explains them. */
import { overlaps, Question } from "../text/Question.ts"
import { isNumber } from "../text/Tokens.ts"
import type { LinkedQuestion } from "./Mentions.ts"

/**
 * Runs of one to four words with an unknown one among them, as they are written, and what stands in quotes; none where
 * every word is known. Each may be a value that only the database holds.
 */
export const unknownRuns = (
  text: string,
  { mentions, schemaWords }: Pick<LinkedQuestion, "mentions" | "schemaWords">
): ReadonlyArray<string> => {
  const question = new Question(text)
  // What a server lists of a category may be less than what a column holds of it.
  const known = [
    ...mentions.filter(({ resolution }) => resolution.members.length === 0),
    ...schemaWords.filter(({ match }) => match === "name" || match === "value")
  ]
  const isKnown = (start: number, end: number) => known.some((word) => overlaps(word, { start, end }))
  const unknown = new Set(
    question.tokens.flatMap((token, at) =>
      question.roles[at] === "function" ||
      isNumber(token) ||
      temporal.has(token) ||
      isKnown(question.start(at), question.end(at))
        ? []
        : [at]
    )
  )
  const runs = question
    .windows(longestRun)
    .filter(({ first, last }) =>
      Array.from({ length: last - first + 1 }, (_, at) => first + at).some((at) => unknown.has(at))
    )
    .map((span) => question.slice(span))
  const quoted = question.quotes
    .filter(({ end, start }) => !isKnown(start, end))
    .map(({ end, start }) => text.slice(start, end).trim())
  return [...new Set([...quoted, ...runs])]
}

// -----------------------------------------------------------------------------
// internals

const longestRun = 4

const temporal: ReadonlySet<string> = new Set(
  `today yesterday tomorrow day days week weeks month months quarter quarters year years date daily weekly monthly yearly
  january february march april may june july august september october november december since until ago per`.split(
    /\s+/
  )
)
