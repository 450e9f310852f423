/** Phrases that open a question, ask for more in a further sentence, or only say whose data it is. */
import { type Lexeme, startsWithWords } from "../../text/Lexemes.ts"

/** "… without a driver? I need the shop and the date": what is shown of them beside. */
export const askingMore: ReadonlyArray<ReadonlyArray<string>> = [
  ["i", "need"],
  ["i", "want"],
  ["we", "need"],
  ["give", "me"],
  ["show", "me"],
  ["please", "show"],
  ["please", "give", "me"],
  ["show"]
]

export const isAskingMore = (text: string): boolean =>
  askingMore.some((words) => words.join(" ") === text.toLowerCase())

/** The end of a sentence and a blank stand between two words. */
export const isNewSentence = (last: Lexeme | undefined, next: Lexeme): boolean =>
  last !== undefined && next.start - last.end > 1

/** "What did we spend on repairs?" */
export const isAskingAmount = (lexemes: ReadonlyArray<Lexeme>): boolean => isWhatWe(lexemes) || isWhatPaid(lexemes)

/** "What did Ada pay?", "what was paid in cash", "what was the Golf sold for" */
const isWhatPaid = ([what, asked, ...more]: ReadonlyArray<Lexeme>): boolean =>
  what?.key === "what" &&
  /^(?:did|do|does|have|has|was|were)$/.test(asked?.key ?? "") &&
  (more.some(({ key }) => /^(?:pay|paid|spend|spent)$/.test(key)) ||
    (more.at(-1)?.key === "for" && more.some(({ key }) => key === "sold" || key === "bought")))

const isWhatWe = ([what, asked, who, verb]: ReadonlyArray<Lexeme>): boolean =>
  what?.key === "what" &&
  /^(?:did|do|have)$/.test(asked?.key ?? "") &&
  /^(?:we|they|i)$/.test(who?.key ?? "") &&
  /^(?:spend|spent|earn|earned|make|take|taken|bill|billed|charge|charged|refund|refunded|invoice|invoiced)$/.test(
    verb?.key ?? ""
  )

/** "the whole firm", "our company": whose data it is, unless there is a table of them. */
export const ownFirm = (lexemes: ReadonlyArray<Lexeme>, at: number): number => {
  if (!/^(?:the|our)$/.test(lexemes[at]?.key ?? "")) return 0
  const length = /^(?:whole|entire)$/.test(lexemes[at + 1]?.key ?? "") ? 3 : 2
  // Patients in the hospital are those who are there now.
  const isInside =
    lexemes[at - 1]?.key === "in" && /^(?:is|are|patients?|people|now|currently)$/.test(lexemes[at - 2]?.key ?? "")
  if (isInside && lexemes[at + length - 1]?.key === "hospital") return 0
  return /^(?:firm|company|business|organisation|organization|league|college|airline|chain|hospital|library|agency|museum|collection|fleet)$/.test(
    lexemes[at + length - 1]?.key ?? ""
  )
    ? length
    : 0
}

/** "registered with us in 2024", "joined the firm in 2024": how many words say no more than that it was here. */
export const withUs = (lexemes: ReadonlyArray<Lexeme>, at: number): number => {
  const words = [["us"], ["with", "us"], ["the", "firm"], ["the", "company"]]
  return words.find((said) => startsWithWords(lexemes, at, said))?.length ?? 0
}
