/** Whether a sentence makes up numbers. Pure. */

/**
 * Whether each number in `said` stands in one of the texts, with or without separators of thousands, or is one of theirs
 * rounded. A number in words is not seen, nor is a right number in a wrong place.
 */
export const areKnown = (said: string, known: ReadonlyArray<string>): boolean => {
  const theirs = known.flatMap(numbersIn)
  return numbersIn(said).every((written) =>
    readingsOf(written).some((reading) => theirs.some((one) => matches(reading, one)))
  )
}

// -----------------------------------------------------------------------------
// internals

const numbersIn = (text: string): ReadonlyArray<string> => text.match(/\d+(?:[.,'\u00a0\u202f]\d+)*/g) ?? []

/** "1.234" is one number in German and another one in English. */
const readingsOf = (written: string): ReadonlyArray<string> => [
  written,
  written.replaceAll(/[,'\u00a0\u202f]/g, ""),
  written.replaceAll(/[.'\u00a0\u202f]/g, "").replace(/,(?=\d+$)/, ".")
]

const matches = (reading: string, known: string): boolean => {
  if (reading === known) return true
  const decimals = /^\d+(?:\.(\d+))?$/.exec(reading)?.[1]?.length ?? 0
  return (
    /^\d+(?:\.\d+)?$/.test(reading) &&
    Number(known).toFixed(Math.min(decimals, 20)) === Number(reading).toFixed(Math.min(decimals, 20))
  )
}
