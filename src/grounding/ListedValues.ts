const listing =
  /(?:possible values|one of|allowed values|valid values|values)\s*(?:are|is)?\s*:?\s*(.+)$|\(e\.?g\.?,?\s*([^)]+)\)/i

/** The values that a column's description lists: `Possible values: buy, sell`. */
export const listedValues = (column: { readonly description: string | null }): ReadonlyArray<string> => {
  const match = listing.exec(column.description ?? "")
  const list = match?.[1] ?? match?.[2]
  if (list === undefined) return []
  return list
    .split(/\s*(?:[,;|]|\bor\b|\band\b)\s*/)
    .map((value) => value.trim().replaceAll(/^['"]|['".]+$/g, ""))
    .filter((value) => value !== "" && value.length <= 40)
}
