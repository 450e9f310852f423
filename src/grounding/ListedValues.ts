/** The values of a column that its description lists. */

/**
 * The values that a description lists, as it spells them; none where it lists none.
 *
 * Read are `Possible values: a, b` and its like, examples (`(e.g. a, b)`), values in quotes (`'a', 'b' or 'c'`),
 * values between bars (`a | b`), yes and no (`Y or N`), a bare list in brackets (`Order status (pending, shipped)`), and a
 * description that is nothing but a list (`planned / active / on_hold`). Brackets hold much else (`Address (street, city)`),
 * so that the list counts only where the words before it, or the column's name, say that the column sorts things into kinds.
 */
export const listedValues = (description: string, column: string): ReadonlyArray<string> => {
  // Most descriptions have nothing that could separate two values.
  if (description.length > longest || !/[,;:|/'"`]|\bor\b/i.test(description)) return []
  const text = (/\s\s|[^\S ]/.test(description) ? description.replaceAll(/\s+/g, " ") : description).trim()
  const announced = announcement.exec(text)
  const list = announced?.[1] ?? announced?.[2]
  if (list !== undefined) return announcedIn(list)
  const examples = exampleList.exec(text)?.[1]
  if (examples !== undefined) return split(examples, /[,;|]|\bor\b|\band\b/)
  const quoted = quotedIn(text)
  if (quoted.length > 0) return quoted
  const truth = yesOrNo.exec(text)
  if (truth !== null) return truth.slice(1)
  const barred = barredIn(text)
  if (barred.length > 0) return barred
  const bracketed = bracketedIn(text, column)
  return bracketed.length > 0 ? bracketed : bareIn(text, column)
}

// -----------------------------------------------------------------------------
// internals

/** Longer descriptions are documents. In UTF-16 units. */
const longest = 2000

/** Longer texts are no values. In UTF-16 units. */
const longestValue = 40

/** `One of` and `values are` also begin ordinary sentences: without a colon, what follows must be a list. */
const announcement =
  /\b(?:(?:possible|allowed|valid|accepted|permitted|known) values|values|one of|enum)(?: are| is| include)? ?(?:: ?(.+)|((?!(?:the|an?|our|these|those)\b)(?:['"`\p{L}][^,;|.]{0,40}[,;|])+.+))$/iu

/** `Y or N`, `Paid in full (yes/no)`, `Y = yes, N = no`. */
const yesOrNo = /(?:^|[:(] ?)(y|yes|t|true) ?(?:= ?\p{L}+ ?)?(?:,? ?or|[/,|;]) ?(n|no|f|false)(?: ?= ?\p{L}+)?\)?\.?$/iu

const exampleList = /\( ?e\.?g\.?[,:]? ?([^)]+)\)/i

/** A full stop that ends the list: what follows is a sentence, not the rest of a name (`St. Gallen`). */
const sentence = /\.\s+\p{Lu}\p{L}*\s+\p{L}/u

const announcedIn = (list: string): ReadonlyArray<string> => {
  const quoted = quotedIn(list)
  if (quoted.length > 0) return quoted
  const end = sentence.exec(list)?.index
  const closed = withoutRest(end === undefined ? list : list.slice(0, end))
  return split(closed, /[,;|]|\bor\b|\band\b/).map(withoutMeaning)
}

/** Up to the bracket that closes one opened before the list. */
const withoutRest = (list: string): string => {
  let depth = 0
  for (const { 0: bracket, index } of list.matchAll(/[()]/g)) {
    depth += bracket === "(" ? 1 : -1
    if (depth < 0) return list.slice(0, index)
  }
  return list
}

/** `A = active` lists `A`. */
const withoutMeaning = (item: string): string => /^([^\s=:]+) ?(?:=|: |- |– )/u.exec(item)?.[1] ?? item

const split = (list: string, separator: RegExp): ReadonlyArray<string> => [
  ...new Set(
    list
      .split(separator)
      .map((item) =>
        item
          .trim()
          .replaceAll(/^[\s'"`]+|['"`.…]+$/g, "")
          .trim()
      )
      .filter((item) => item !== "" && item.length <= longestValue && !/^(?:etc|null)$/i.test(item))
  )
]

/** The longest run of two or more quoted texts with only separators between them. */
const quotedIn = (text: string): ReadonlyArray<string> => {
  if (!/['"`]/.test(text)) return []
  let best: ReadonlyArray<string> = []
  let run: Array<string> = []
  let end = -1
  for (const match of text.matchAll(/(?<![\p{L}\p{N}])(['"`])([^'"`\n]{1,40})\1(?![\p{L}\p{N}])/gu)) {
    const between = end === -1 ? "" : text.slice(end, match.index)
    if (end !== -1 && !/^ ?(?:[,|/;] ?(?:(?:or|and) )?|(?:or|and) )$/i.test(between)) run = []
    run.push(match[2] ?? "")
    if (run.length > 1 && run.length > best.length) best = [...run]
    end = match.index + match[0].length
  }
  return best
}

/** `Status: draft | published`, `draft|published`. */
const barredIn = (text: string): ReadonlyArray<string> => {
  const list = /(?:^|[:(])([^:(|]+(?:\|[^:()|]+)+)\)?$/u.exec(text)?.[1]
  const items = list === undefined ? [] : split(list, /\|/)
  return items.length > 1 && items.every(isShort) ? items : []
}

/** Words for what sorts things into kinds. */
const kindWord =
  /(?:^|[\s_])(?:status(?:es)?|states?|types?|kinds?|categor(?:y|ies)|class(?:es)?|levels?|roles?|modes?|methods?|genders?|priorit(?:y|ies)|tiers?|channels?|segments?|stages?|phases?|severit(?:y|ies)|plans?|sizes?|groups?|outcomes?|results?|reasons?|flags?)$/i

/** Words that a remark in brackets begins with, not a value. */
const remarkWord =
  /^(?:in|the|an?|see|e\.?g|i\.?e|for|from|to|of|as|at|by|on|with|without|including|excluding|incl|excl|optional|default|defaults|unique|if|when|where|only|not|nullable|max|min|foreign|primary|references?|fk|pk|auto|iso|utc|format)\b/i

const bracketedIn = (text: string, column: string): ReadonlyArray<string> => {
  const [, head, list] = /^([^()]*)\(([^()]+)\)\.?$/.exec(text) ?? []
  if (head === undefined || list === undefined) return []
  if (!kindWord.test(head.trim()) && !isKind(column)) return []
  const items = split(list, /[,;/]|\bor\b/).map(withoutMeaning)
  return items.length > 1 && items.every((item) => isShort(item) && !remarkWord.test(item)) ? items : []
}

const isShort = (item: string): boolean => /^[\p{L}\p{N}]/u.test(item) && item.split(/\s+/).length <= 3

const snaked = (column: string): string => column.replaceAll(/(?<=\p{Ll})(?=\p{Lu})/gu, "_")

const isKind = (column: string): boolean => kindWord.test(snaked(column))

/** What follows a list: `; empty for guests`, `. The last two are final`, `(confirmed by phone)`. */
const listEnd = /[;(…]|\.(?:\s|$)|\.\.|,? (?:empty|null|none|blank) /i

/** What a list that is all of a description may hold beside values: what kind of text or number it is. */
const noValue =
  /^(?:once|per|net|gross|total|usually|mostly|former|also|after|before|until|if|free text|text|number|date|code|name|id|country|city|street|EUR|GBP|USD|euros?|pounds?|dollars?|kg|km|cm)\b/i

/** Columns of free text, of names, or of several values at once. */
const noList =
  /(?:^|_)(?:notes?|comments?|remarks?|description|details?|info|information|text|history|summary|address|contact|phone|mobile|email|name|title|body|message|employer|company|by|skills|languages|tags|allergies|diagnosis|symptoms|features|amenities|equipment)$/

/** `open, closed or planned`: three or more, two of what sorts into kinds, or two single words with "or" between them. */
const bareIn = (text: string, column: string): ReadonlyArray<string> => {
  if (noList.test(snaked(column).toLowerCase())) return []
  const list = text.slice(0, listEnd.exec(text)?.index ?? text.length).replace(/^\p{L}+(?: \p{L}+)?: /u, "")
  const items = split(list, /,(?: or)?|\/|\bor\b/)
  const isWord = (item: string): boolean => /^\p{L}[\p{L}\p{N}_-]*$/u.test(item)
  const isValue = (item: string): boolean =>
    /^\p{L}[\p{L}\p{N}_&'-]*(?: [\p{L}\p{N}_&'-]+)?$/u.test(item) &&
    !remarkWord.test(item) &&
    !noValue.test(item) &&
    !kindWord.test(item)
  // `PG point guard, C center` are codes with what they mean.
  const areCodes = items.some((item) => /^\p{Lu}{1,3} \p{Ll}/u.test(item))
  const isEither = items.length === 2 && / or /i.test(list) && items.every(isWord)
  const isMany = items.length > 2 || (items.length === 2 && isKind(column)) || isEither
  return isMany && !areCodes && items.every(isValue) ? items : []
}
