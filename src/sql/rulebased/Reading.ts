/** From tokens to items: each stretch of a question with what it can stand for, longest first, left to right. */
import { nameWords, phraseKeys } from "../../grounding/NameWords.ts"
import { isAlias, isPlaced, isSure, placesOf } from "../../resolution/Placed.ts"
import type { Mention } from "../../resolution/ResolvedEntity.ts"
import { isDo } from "../../text/CommonWords.ts"
import { type Lexeme, startsWithWords } from "../../text/Lexemes.ts"
import { type DateRange, numberWord, ordinals, rangeAt, unitOf } from "./Calendar.ts"
import { adverbs, fillerAt, isGrammatical, type Operation, phrases } from "./Lexicon.ts"
import { isDone } from "./Dates.ts"
import { askingMore, isAskingAmount, isAskingMore, isNewSentence, ownFirm, withUs } from "./Openings.ts"
import {
  datesAt,
  headMeanings,
  type Meaning,
  meaningsAt,
  misspeltAt,
  oppositesAt,
  type Vocabulary
} from "./Vocabulary.ts"

/** What a stretch of a question stands for. */
type Sense =
  | Operation
  /** `isVerb`: said as the verb of a date; `done`: the dates at which it was done, where a value is called so, too. */
  | {
      readonly kind: "name"
      readonly meanings: ReadonlyArray<Meaning>
      readonly isVerb?: boolean
      readonly done?: ReadonlyArray<Meaning>
    }
  | { readonly kind: "entities"; readonly mention: Mention }
  | { readonly kind: "range"; readonly range: DateRange }
  | { readonly kind: "literal"; readonly value: string }
  | { readonly kind: "number"; readonly value: number }
  /** "the second oldest": which one of a ranking. */
  | { readonly kind: "ordinal"; readonly place: number }
  | { readonly kind: "unknown" }

export type Item = {
  readonly text: string
  /** The positions of its tokens. */
  readonly tokens: ReadonlyArray<number>
  /** The words without a sense of their own that stand before it. */
  readonly before: ReadonlyArray<string>
  readonly afterComma: boolean
  /** How the word was read, where it is not the name itself: `sales amount`. */
  readonly readAs: string | null
} & Sense

interface Found {
  readonly senses: ReadonlyArray<Sense>
  readonly length: number
  readonly readAs?: string
}

/** `isSure`: named as it is published, and not guessed. */
interface Mentioned extends Found {
  readonly isCategory: boolean
  readonly isSure: boolean
}

/** The words that a question is read with. */
export interface Words {
  readonly vocabulary: Vocabulary
  readonly mentions: ReadonlyArray<Mention>
  readonly today: string
}

/** Every token ends up in one item, or holds the sentence together. */
export const read = (lexemes: ReadonlyArray<Lexeme>, words: Words): ReadonlyArray<Item> => {
  const items: Array<Item> = []
  let before: Array<string> = []
  for (let at = 0; at < lexemes.length;) {
    const { length, readAs = null, senses } = itemAt(lexemes, at, words)
    const text = lexemes
      .slice(at, at + length)
      .map((lexeme) => lexeme.text)
      .join(" ")
    if (senses.length === 0) before.push(motions.get(text.toLowerCase()) ?? text.toLowerCase())
    else {
      const place = {
        text,
        tokens: Array.from({ length }, (_, offset) => at + offset),
        before,
        afterComma: lexemes[at]?.afterComma === true,
        readAs
      }
      items.push(...senses.map((sense) => ({ ...sense, ...place })))
      // "are currently active"
      before = senses.every(({ kind }) => kind === "now") ? before : isAskingMore(text) ? ["their"] : []
    }
    at += length
  }
  return items
}

/** No sense for a word that only holds the sentence together. */
const itemAt = (lexemes: ReadonlyArray<Lexeme>, at: number, words: Words): Found => {
  const { mentions, today, vocabulary } = words
  const lexeme = lexemes[at]
  if (lexeme === undefined) return { senses: [], length: 1 }
  // "per head" is no head of a department.
  const isIdiom = lexeme.key === "head" && lexemes[at - 1]?.key === "per"
  const name = isIdiom ? null : meaningsAt(vocabulary, lexemes, at)
  const mentioned = mentionAt(lexemes, at, mentions)
  if (mentioned !== null && mentioned.length >= spoken(name, mentioned)) return mentioned
  if (lexeme.kind === "quoted") return { senses: [{ kind: "literal", value: lexeme.key }], length: 1 }
  const more = at > 1 ? (askingMore.find((said) => startsWithWords(lexemes, at, said))?.length ?? 0) : 0
  if (more > 0 && isNewSentence(lexemes[at - 1], lexeme)) return { senses: [{ kind: "with" }], length: more }
  // "without cancelled ones": of the rows themselves
  const ones = lexemes[at + 1]?.key === "the" ? 3 : 2
  if (lexeme.key === "without" && lexemes[at + ones]?.key === "ones") return { senses: [{ kind: "not" }], length: 1 }
  if (lexeme.key === "during" && rangeAt(lexemes, at + 1, today) !== null) return { senses: [], length: 1 }
  const motion = name === null ? motionAt(lexemes, at) : 0
  if (motion > 0) return { senses: [], length: motion }
  const filler = fillerAt(lexemes, at)
  // "I'd like to see": whatever is called "id".
  const isWish = /^i['’]d$/i.test(lexeme.text)
  if (filler > 2 || (filler > 0 && (name === null || isWish))) return { senses: [], length: filler }
  if (at === 0 && isAskingAmount(lexemes)) return { senses: [{ kind: "howMuch" }], length: 1 }
  const own = ownFirm(lexemes, at)
  if (own > 0 && meaningsAt(vocabulary, lexemes, at + own - 1) === null) return { senses: [], length: own }
  // Two capitals are a code, whatever word they spell.
  const isCode = /^\p{Lu}{2}$/u.test(lexeme.text)
  const isValue = name?.meanings.some(({ kind }) => kind === "value") === true
  const isOnlyValue = name?.meanings.every(({ kind }) => kind === "value") === true
  const holds = isGrammatical(lexeme.text, lexeme.key, lexemes[at - 1], isValue)
  const range = isCode ? null : rangeAt(lexemes, at, today)
  const said = isCode ? undefined : phrases(lexeme.key).find(([words]) => startsWithWords(lexemes, at, words))
  // "bills issued in 2025", of which no date is that of their issue
  const isUndated = lexeme.key.startsWith("issue") && datesAt(vocabulary, lexemes, at) === null
  // "their own cinema"
  const isOwn = lexeme.key === "own" && /^(?:their|its|his|her|our|your|my)$/.test(lexemes[at - 1]?.key ?? "")
  const phrase = isUndated || isOwn ? undefined : said
  // "reported in 2025": the verb of a date, which may be a value too ("delivered").
  const dates = datesAt(vocabulary, lexemes, at)
  // "students enrolled in 2024": their enrolled_on, although there are enrolments.
  const isDateItself =
    dates?.meanings.some((one) => one.kind === "column" && nameWords(one.column.column)[0] === lexeme.key) === true
  const isVerbOfTable =
    isDateItself && !lexeme.key.endsWith("ing") && name?.meanings.every(({ kind }) => kind === "table") === true
  // "received in May": no end of qty_received.
  const isWeak = name?.meanings.every((one) => one.kind === "value" || (one.kind === "column" && !one.full)) !== false
  const isTimedLater =
    isDidBefore(lexemes, at) && lexemes.some((_, later) => later > at && rangeAt(lexemes, later, today) !== null)
  const isTimedVerb =
    dates !== null &&
    (isTimedLater ||
      isTimed(lexemes, at + dates.length, today) ||
      isTimedBehindGroup(lexemes, at + dates.length, words))
  if (dates !== null && (isWeak || isVerbOfTable) && isTimedVerb) {
    const date: Sense = { kind: "name", meanings: dates.meanings, isVerb: true }
    // What was shipped in May may have arrived since: no state of now, whatever it is called.
    return { senses: [date], length: dates.length }
  }
  const opposites = name === null ? oppositesAt(vocabulary, lexeme) : []
  if (opposites.length > 0) {
    return { senses: [{ kind: "not" }, { kind: "name", meanings: opposites, isVerb: true }], length: 1 }
  }
  // "When was Ada hired?"
  const isAskedWhen = lexemes[0]?.key === "when" && at > 0
  const done = (dates?.meanings ?? []).filter(
    (one) => one.kind === "column" && (isAskedWhen || lexeme.key === "registered" || isDone(one.column.column))
  )
  if (done.length > 0 && done.length === dates?.meanings.length && dates.length === 1) {
    if (name === null || isAskedWhen) return { senses: [{ kind: "name", meanings: done, isVerb: true }], length: 1 }
    // "not shipped", where there are shipments
    const isOnlyTable = name.meanings.every(({ kind }) => kind === "table")
    if (isOnlyValue || isOnlyTable) {
      return { senses: [{ kind: "name", meanings: name.meanings, done }], length: name.length }
    }
  }
  const place = ordinals.indexOf(lexeme.key) + 1
  const isRanked = phrases(lexemes[at + 1]?.key ?? "").some(
    ([said, { kind }]) => kind === "superlative" && startsWithWords(lexemes, at + 1, said)
  )
  if (place > 1 && isRanked) return { senses: [{ kind: "ordinal", place }], length: 1 }
  const candidates: Array<Found> = []
  // "no club", "per unit": neither is the end of student_no or cost_per_unit.
  const isPart = name?.meanings.every((one) => one.kind === "column" && !one.full) === true
  const isNo = lexeme.key === "no" && lexeme.text !== "NO" && name?.length === 1 && lexemes[at + 1]?.kind !== "number"
  const isOther = isNo || (isPart && phrase?.[1].kind === "per")
  if (name !== null && !isOther && !(holds && isOnlyValue && name.length === 1)) {
    candidates.push({ senses: [{ kind: "name", meanings: name.meanings }], length: name.length })
  }
  if (range !== null) candidates.push({ senses: [{ kind: "range", range: range.range }], length: range.length })
  // "live in Rome" says nothing of a status, unless one is called live; nor does "overdue", which may be one itself.
  const isVerb = ["verb", "overdue", "late", "current"].includes(phrase?.[1].kind ?? "")
  // "with status live in March": behind a column it may be its value.
  const isBehindColumn =
    lexeme.key === "live" && meaningsAt(vocabulary, lexemes, at - 1)?.meanings.some(({ kind }) => kind === "column")
  if (phrase !== undefined && (!isVerb || (name === null && isBehindColumn !== true)))
    candidates.push({ senses: [phrase[1]], length: phrase[0].length })
  const grain = adverbs.get(lexeme.key)
  // "Which magazines are monthly?"
  const isTheirs =
    isValue && lexemes.slice(0, at).some(({ key }) => /^(?:is|are|was|were)$/.test(key)) && at === lexemes.length - 1
  if (grain !== undefined && !isTheirs)
    candidates.push({ senses: [{ kind: "per" }, { kind: "grain", grain }], length: 1 })
  const ordinal = /^(?:floor|storey|level)$/.test(lexemes[at + 1]?.key ?? "") ? ordinals.indexOf(lexeme.key) + 1 : 0
  const number = lexeme.kind === "number" ? lexeme.value : ordinal || numberWord(lexeme.key)
  if (!Number.isNaN(number)) candidates.push({ senses: [{ kind: "number", value: number }], length: 1 })
  const isUnusable = name?.meanings.every(({ kind }) => kind === "unusable") === true
  const usable = isUnusable ? candidates.filter(({ senses: [sense] }) => sense?.kind !== "name") : candidates
  // "total revenue" asks for a sum, also where a column is called "total".
  const [asked] = phrase?.[1].kind === "aggregate" ? candidates.filter(({ senses: [one] }) => one === phrase[1]) : []
  const isAggregate = asked !== undefined && name?.length === asked.length
  // "total amount of fines" is what they add up to, whatever total_amount others have.
  const summed = sumOf(lexemes, at, vocabulary, name)
  if (summed !== null) return summed
  if (isAggregate && meaningsAt(vocabulary, lexemes, at + asked.length) !== null) return asked
  const found = preferred(usable.length > 0 ? usable : candidates, lexemes, at, today)
  if (found !== undefined) return found
  return holds
    ? { senses: [], length: 1 }
    : (otherwise(lexeme, vocabulary) ?? { senses: [{ kind: "unknown" }], length: 1 })
}

/** "total amount of", "total value of" before a table that has no column of that name: a sum of its rows. */
const sumOf = (
  lexemes: ReadonlyArray<Lexeme>,
  at: number,
  vocabulary: Vocabulary,
  name: ReturnType<typeof meaningsAt>
): Found | null => {
  const [total, amount, of] = lexemes.slice(at, at + 3)
  const isSaid = total?.key === "total" && amount?.key === "amount" && of?.key === "of"
  if (!isSaid || name === null || name.length !== 2) return null
  const owners = name.meanings.flatMap((one) => (one.kind === "column" ? [one.column.table] : []))
  const behind = meaningsAt(vocabulary, lexemes, at + 3)?.meanings ?? []
  const tables = behind.flatMap((one) => (one.kind === "table" ? [one.table] : []))
  const said = phrases("total").find(([words]) => words.length === 1)
  return tables.length > 0 && owners.length > 0 && !tables.some((table) => owners.includes(table)) && said !== undefined
    ? { senses: [said[1]], length: 2 }
    : null
}

/** "flights out of Changi", and not "out of stock": how many words say from where or to where. */
const motionAt = (lexemes: ReadonlyArray<Lexeme>, at: number): number => {
  const length = startsWithWords(lexemes, at, ["out", "of"]) ? 2 : lexemes[at]?.key === "into" ? 1 : 0
  return /^\p{Lu}/u.test(lexemes[at + length]?.text ?? "") ? length : 0
}

/** What comes from somewhere or goes there, by other words. */
const motions: ReadonlyMap<string, string> = new Map([
  ["out of", "from"],
  ["into", "to"]
])

/** "did we open": the time stands further behind. */
const isDidBefore = (lexemes: ReadonlyArray<Lexeme>, at: number): boolean =>
  isDo(lexemes[at - 2]?.key ?? "") && /^(?:we|they|you|i)$/.test(lexemes[at - 1]?.key ?? "")

/** Whether a time follows, or a unit of time that something is grouped by. */
const isTimed = (lexemes: ReadonlyArray<Lexeme>, behind: number, today: string): boolean => {
  const at = behind + withUs(lexemes, behind)
  const lexeme = lexemes[at]
  if (lexeme === undefined) return false
  const grouping = phrases(lexeme.key).find(([said]) => startsWithWords(lexemes, at, said))
  const unit = lexemes[at + (grouping?.[0].length ?? 0)]
  return (
    rangeAt(lexemes, at, today) !== null ||
    (/^(?:in|on)$/.test(lexeme.key) &&
      rangeAt(lexemes, at + (lexemes[at + 1]?.key === "the" ? 2 : 1), today) !== null) ||
    ((grouping?.[1].kind === "per" || grouping?.[1].kind === "by") && unitOf(unit?.key) !== undefined)
  )
}

/** "sold per sales channel in 2025": what they are grouped by stands between the verb and its time. */
const isTimedBehindGroup = (lexemes: ReadonlyArray<Lexeme>, at: number, { today, vocabulary }: Words): boolean => {
  const grouping = phrases(lexemes[at]?.key ?? "").find(([said]) => startsWithWords(lexemes, at, said))
  if (grouping === undefined || (grouping[1].kind !== "per" && grouping[1].kind !== "by")) return false
  const by = at + grouping[0].length
  const name = meaningsAt(vocabulary, lexemes, by)
  if (name === null || name.meanings.some(({ kind }) => kind !== "table" && kind !== "column")) return false
  const behind = by + name.length
  const time = /^(?:in|on|since)$/.test(lexemes[behind]?.key ?? "") ? behind + 1 : behind
  return rangeAt(lexemes, behind, today) !== null || rangeAt(lexemes, time, today) !== null
}

/**
 * How long the name is that an entity has to be as long as: a mapped term or a name of the schema that is longer than
 * the entity inside it is what was meant; against a category, and a value against a guess, one as long is enough.
 */
const spoken = (
  name: ReturnType<typeof meaningsAt>,
  { isCategory, isSure }: Pick<Mentioned, "isCategory" | "isSure">
): number => {
  const usable = name?.meanings.filter(({ kind }) => kind !== "unusable") ?? []
  if (name === null || usable.length === 0) return 0
  const isOther = isCategory
    ? usable.some(({ kind }) => kind !== "value")
    : !isSure && usable.some(({ kind }) => kind === "value")
  return isOther ? name.length + 1 : name.length
}

/**
 * The longest; of two equally long, the one that was named by a server, except where the language is clearer: an
 * aggregation template adds nothing to a word the generator knows, and a unit of time is a unit of time.
 */
const preferred = (
  candidates: ReadonlyArray<Found>,
  lexemes: ReadonlyArray<Lexeme>,
  at: number,
  today: string
): Found | undefined => {
  const longest = Math.max(...candidates.map(({ length }) => length))
  const [first, second] = candidates.filter(({ length }) => length === longest)
  const [sense] = first?.senses ?? []
  if (first === undefined || second === undefined || sense?.kind !== "name") return first
  if (sense.meanings.every((meaning) => meaning.kind === "template")) return second
  const [other] = second.senses
  // A comparison or a grouping word is never a value or the end of a column's name.
  const isWeak = sense.meanings.every(
    (meaning) => meaning.kind === "value" || (meaning.kind === "column" && !meaning.full)
  )
  return isWeak && other !== undefined && other.kind !== "trade" && rangeAt(lexemes, at, today) === null
    ? second
    : first
}

const mentionAt = (lexemes: ReadonlyArray<Lexeme>, at: number, mentions: ReadonlyArray<Mention>): Mentioned | null => {
  const start = lexemes[at]?.start ?? -1
  const mention = mentions.find((one) => one.start <= start && start < one.end)
  // A mention without a place in the database says nothing that SQL could use; its words may still mean something.
  if (mention === undefined || !isPlaced(mention)) return null
  let length = 1
  while ((lexemes[at + length]?.start ?? Number.POSITIVE_INFINITY) < mention.end) length++
  // "the boss of Ada" is hers, although somebody is called "the heart boss".
  const isPost = /^(?:the )?(?:boss|manager|supervisor|head|chief)$/i.test(mention.text) && !isSure(mention)
  if (isPost && lexemes[at + length]?.key === "of") return null
  const { canonicalName, members } = mention.resolution
  const own = phraseKeys(canonicalName)
  const isOther = phraseKeys(mention.text).some((word) => !own.includes(word))
  // "copies at Westgate", where a book has the name of a branch, too.
  const isPlace = /^(?:at|from)$/.test(lexemes[at - 1]?.key ?? "") && isAlias(mention)
  const parts = partsOf(mention)
  return {
    senses: parts.length > 0 ? parts : [{ kind: "entities", mention }],
    length,
    isCategory: members.length > 0,
    isSure: isPlace || isSure(mention),
    ...(isOther ? { readAs: canonicalName } : {})
  }
}

/** A name that stands in several columns is read as if all of it had been said: "Dr Vik" as "Vikram Patel". */
const partsOf = (mention: Mention): ReadonlyArray<Sense> => {
  const parts = placesOf(mention).flatMap(({ column, value }) =>
    typeof value === "string" ? [{ kind: "value", column, value } as const] : []
  )
  const [said, own] = [parts.map(({ value }) => value).join(" "), mention.resolution.canonicalName].map(phraseKeys)
  const isWhole = said?.join() === own?.join()
  const isOneRow = new Set(parts.map(({ column }) => column.table)).size === 1
  return parts.length > 1 && isWhole && isOneRow ? parts.map((part) => ({ kind: "name", meanings: [part] })) : []
}

/** A word that nothing is called: a misspelt one, or the head of the users' terms ("sales" for "sales amount"). */
const otherwise = (lexeme: Lexeme, vocabulary: Vocabulary): Found | null => {
  if (lexeme.kind !== "word") return null
  const misspelt = misspeltAt(vocabulary, lexeme)
  if (misspelt !== null) {
    return { senses: [{ kind: "name", meanings: misspelt.meanings }], length: 1, readAs: misspelt.name }
  }
  const meanings = headMeanings(vocabulary, lexeme)
  const [term] = meanings
  return term === undefined ? null : { senses: [{ kind: "name", meanings }], length: 1, readAs: term.term }
}
