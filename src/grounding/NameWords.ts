/** The words inside identifiers: `sbTxDateTime` and `order_items` are made of words, as questions are. */
import { isCommonWord } from "../text/CommonWords.ts"
import { fold, stem, tokenize } from "../text/Tokens.ts"

/** Lower-case words in order: `order_items` → order, items; `sbTxDateTime` → sb, tx, date, time; `top10` → top, 10. */
export const nameWords = (name: string): ReadonlyArray<string> => {
  const words = (name.match(/\p{Lu}+(?!\p{Ll})|\p{Lu}?[\p{Ll}\p{Lo}\p{M}]+|\p{N}+/gu) ?? []).map(fold)
  const [only, ...others] = words
  return (only === undefined || others.length > 0 ? words : apart(only)).map((word) => inFull.get(word) ?? word)
}

/** What data warehouses write short, and nobody says: `CollectionNm`, `sold_dt`, `cust_ctry`. */
const inFull: ReadonlyMap<string, string> = new Map([
  ["nm", "name"],
  ["dt", "date"],
  ["yr", "year"],
  ["amt", "amount"],
  ["qty", "quantity"],
  ["ctry", "country"],
  ["nbr", "number"],
  ["addr", "address"],
  ["lang", "language"],
  ["stat", "status"],
  ["sz", "size"],
  ["mins", "minutes"],
  ["hrs", "hours"]
])

/**
 * `loandate`, `firstname`, `joinedon`: where a database folds names to one case, PostgreSQL to lower and Oracle to upper,
 * nothing tells the words apart but that both are words.
 */
const apart = (name: string): ReadonlyArray<string> => {
  const [, first = "", last = ""] =
    /^(\p{L}{3,})(date|year|name|id)$/u.exec(name) ?? /^(\p{L}+ed)(on|at)$/u.exec(name) ?? []
  const isWord = last === "on" || last === "at" || isCommonWord(first) || first === "birth"
  return first !== "" && isWord && !oneWord.has(name) ? [first, last] : [name]
}

const oneWord = new Set(["mandate", "forename"])

/** One form for singular and plural: "statuses" of status, and "warehouses", "clauses" and "exercises" of others. */
export const wordKey = (word: string): string =>
  irregular.get(word) ??
  (/[^aoy]uses$/.test(word) && !/^(?:|f|m|r|ab|exc|ref)uses$/.test(word) ? word.slice(0, -2) : stem(word))

/** What kind of thing a name says by its last word: "copy" of book_copies. */
export const kindKey = (name: string): string => wordKey(nameWords(name).at(-1) ?? "")

const irregular: ReadonlyMap<string, string> = new Map([
  ...inFull,
  ["ids", "id"],
  ["children", "child"],
  ["women", "woman"],
  ["men", "man"],
  ["calves", "calf"],
  ["shelves", "shelf"],
  ["loaves", "loaf"],
  ["knives", "knife"]
])

/** The words of what people write, each in that one form. */
export const phraseKeys = (phrase: string): ReadonlyArray<string> => tokenize(phrase).map(wordKey)

/** Whether a word, or the last of several, is said of more than one: "orders". */
export const isPlural = (text: string): boolean => wordKey(text.toLowerCase()) !== text.toLowerCase()

/** How many leading words all of the names share, leaving each at least one. 0 for a single name. */
export const sharedPrefix = (names: ReadonlyArray<ReadonlyArray<string>>): number => {
  const [first] = names
  if (first === undefined || names.length < 2) return 0
  let length = 0
  while (names.every((words) => words.length > length + 1 && words[length] === first[length])) length++
  return length
}
