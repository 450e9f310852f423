/** The words of a text that lists them between blanks and line ends. */
export const wordList = (text: string): ReadonlyArray<string> => text.trim().split(/\s+/)
