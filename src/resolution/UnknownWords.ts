/** The words of a question that nobody knows: no server names them, no schema holds them, and no grammar explains them. */
import { overlaps, Question } from "../text/Question.ts"
import { demonymOf } from "../text/Demonyms.ts"
import { wordKey } from "../grounding/NameWords.ts"
import { fold, isNumber } from "../text/Tokens.ts"
import type { LinkedQuestion } from "./Mentions.ts"
import { isPlaced, isSure, spellingsOf } from "./Placed.ts"

/**
 * Runs of one to four words with an unknown one among them, as they are written, less an 's, and in the singular, what stands in
 * quotes, and the names of entities of which no server says where the database keeps them; none where every word is
 * known. Each may be a value that only the database holds.
 */
export const unknownRuns = (
  text: string,
  { mentions, schemaWords }: Pick<LinkedQuestion, "mentions" | "schemaWords">
): ReadonlyArray<string> => {
  const question = new Question(text)
  // What a server lists of a category may be less than what a column holds of it.
  const single = mentions.filter(({ resolution }) => resolution.members.length === 0)
  const published = schemaWords.filter(({ match }) => match === "name" || match === "value")
  const known = [...single.filter((one) => isPlaced(one) && isSure(one)), ...published]
  const isKnown = (start: number, end: number) => known.some((word) => overlaps(word, { start, end }))
  const unknown = new Set(
    question.tokens.flatMap((token, at) =>
      isKnown(question.start(at), question.end(at)) ||
      (!isCode(question, at) && (question.roles[at] === "function" || isNumber(token) || temporal.has(token)))
        ? []
        : [at]
    )
  )
  // "Brian Cork", "Nora Ward": beside a name that nobody knows, a city that is listed, or a table, may be the surname.
  const unknownToAll = [...unknown]
  for (const at of unknownToAll) {
    for (const beside of [at - 1, at + 1]) {
      const [start, end] = [question.start(beside), question.end(beside)]
      const isWritten = [beside, at].every((token) => /^\p{Lu}/u.test(text.slice(question.start(token))))
      const isNamed = published.some((word) => overlaps(word, { start, end }))
      const isAdjacent = /^\s$/.test(
        text.slice(question.end(Math.min(at, beside)), question.start(Math.max(at, beside)))
      )
      if (isWritten && isNamed && isAdjacent) unknown.add(beside)
    }
  }
  const runs = question
    .windows(longestRun)
    .filter(({ first, last }) =>
      Array.from({ length: last - first + 1 }, (_, at) => first + at).some((at) => unknown.has(at))
    )
    .flatMap((span) => {
      const written = question.slice(span).replace(/['’]s$/i, "")
      const last = question.tokens[span.last] ?? ""
      const isPlural = wordKey(last) !== last && written.toLowerCase().endsWith(last)
      const demonym = span.first === span.last ? demonymOf(fold(written)) : null
      return [
        written,
        ...(isPlural ? [`${written.slice(0, -last.length)}${wordKey(last)}`] : []),
        ...(demonym === null ? [] : [demonym])
      ]
    })
  const names = single.filter((one) => !isPlaced(one)).flatMap(({ resolution }) => spellingsOf(resolution))
  const quoted = question.quotes
    .filter(({ end, start }) => !isKnown(start, end))
    .map(({ end, start }) => text.slice(start, end).trim())
  return [...new Set([...quoted, ...names, ...runs])]
}

// -----------------------------------------------------------------------------
// internals

const longestRun = 4

/** "7A" and "B12": letters and digits in one word are neither a number nor an article. */
const isCode = (question: Question, at: number): boolean => {
  const { text } = question
  const [start, end] = [question.start(at), question.end(at)]
  const [before, after] = [text.slice(0, start), text.slice(end)]
  const word = `${/[\p{L}\p{N}]*$/u.exec(before)?.[0]}${text.slice(start, end)}${/^[\p{L}\p{N}]*/u.exec(after)?.[0]}`
  // "2025/26" names a season.
  const isSeason = /^\d{4}[/-]\d\d(?:\d\d)?(?![\d/-])/.test(text.slice(start)) && !/[\d/-]$/.test(before)
  const isMixed = /\p{L}/u.test(word) && /\p{N}/u.test(word)
  return isSeason || (isMixed && !/^\d+(?:st|nd|rd|th|k|m)$/i.test(word))
}

const temporal: ReadonlySet<string> = new Set(
  `today yesterday tomorrow day days week weeks month months quarter quarters year years date daily weekly monthly yearly
  january february march april may june july august september october november december since until ago per`.split(
    /\s+/
  )
)
