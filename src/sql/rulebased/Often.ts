/** "How often has Dune been borrowed?", "How many times did Ada borrow?": the rows that the verb says were recorded. */
import type { Item } from "./Reading.ts"

/** The items as if the number of those rows had been asked for; the same items if nothing asks how often. */
export const timesAsked = (items: ReadonlyArray<Item>): ReadonlyArray<Item> => {
  const [first, second] = items
  if (first === undefined || second === undefined) return items
  const isOften = first.kind === "unknown" && /^often$/i.test(first.text) && first.before.includes("how")
  const isTimes = first.kind === "count" && second.kind === "unknown" && /^times$/i.test(second.text)
  if (!isOften && !isTimes) return items
  const [aux, ...others] = items.slice(isOften ? 1 : 2)
  const isHad = aux?.kind === "with" && /^ha(?:s|ve|d)$/i.test(aux.text)
  // "How often do we inspect them?" asks for a habit, and for no number.
  const isDone = isHad || aux?.before.some((word) => /^(?:was|were|did)$/.test(word)) === true
  const rest = aux === undefined ? [] : isHad ? others : [aux, ...others]
  const verbs = rest.filter(
    (item) =>
      item.kind === "name" &&
      /[^s]$/i.test(item.text) &&
      item.meanings.length === 1 &&
      item.meanings[0]?.kind === "table" &&
      !item.before.some((word) => /^(?:the|an?|of|for|by)$/.test(word))
  )
  const verb = verbs.at(-1)
  const [meaning] = verb?.kind === "name" ? verb.meanings : []
  if (!isDone || verb === undefined || meaning?.kind !== "table") return items
  const said = [first, ...(isTimes ? [second] : []), ...(isHad ? [aux] : [])]
  return [
    {
      kind: "count",
      distinct: false,
      text: said.map(({ text }) => text).join(" "),
      tokens: said.flatMap(({ tokens }) => tokens),
      before: [],
      afterComma: false,
      readAs: null
    },
    { ...verb, text: meaning.table, readAs: meaning.table, before: [], afterComma: false },
    ...rest.filter((item) => item !== verb)
  ]
}
