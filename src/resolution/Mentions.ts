/**
 * The names in a question: where they stand, what they mean, and what could not be decided. Names of every server
 * count; which server wins a name is decided as in `Resolution`.
 */
import type { GatheredResources } from "../resources/GatheredResources.ts"
import * as Contents from "../grounding/Contents.ts"
import { fromContents, type Grounding } from "../grounding/Grounding.ts"
import { EntityCatalog } from "./EntityCatalog.ts"
import { findSpans } from "./NameSpans.ts"
import { byWorth, overlaps, Question, type Span } from "../text/Question.ts"
import type { Mention, Resolution, ResolvedEntity } from "./ResolvedEntity.ts"
import { resolveAmong } from "./Resolution.ts"
import { type SchemaWord, SchemaVocabulary } from "./SchemaWords.ts"
import type { ServerCatalog } from "./ServerCatalog.ts"
import { isVerbatim, type ResolutionOptions } from "./ServerMatch.ts"
import { isNumber } from "../text/Tokens.ts"

/** A stretch that seems to be a name and was not linked: too many entities fit, or (in quotes) none does. */
export interface MentionNote {
  readonly text: string
  readonly start: number
  readonly end: number
  readonly reason: "ambiguous" | "unresolved"
  /** The nearest names, best first. */
  readonly candidates: ReadonlyArray<string>
}

export interface LinkedQuestion {
  /** From left to right, not overlapping. */
  readonly mentions: ReadonlyArray<Mention>
  /** From left to right. They overlap mentions and each other: a word can name an entity and a column. */
  readonly schemaWords: ReadonlyArray<SchemaWord>
  /** From left to right. */
  readonly notes: ReadonlyArray<MentionNote>
}

/** `link` for what was gathered: everything in it is read for this one question. */
export const findMentions = (
  question: string,
  resources: GatheredResources,
  options: ResolutionOptions
): LinkedQuestion => {
  const contents = Contents.read(resources)
  return link(question, EntityCatalog.from(contents), fromContents(contents), options)
}

/** Finds and resolves the names and the words of the schema in a question. Text in quotes is one name, taken literally. */
export const link = (
  question: string,
  catalog: EntityCatalog,
  grounding: Pick<Grounding, "databases" | "mappings">,
  options: ResolutionOptions
): LinkedQuestion => {
  const parsed = new Question(question)
  const schemaWords = linkWords(parsed, grounding, options)
  const found: Found = { mentions: [], notes: [] }
  for (const { end, start } of parsed.quotes) {
    const stretch = { text: question.slice(start, end), start, end }
    const outcome = linkStretch(found, stretch, catalog.servers, { ...options, fuzzy: false }, () => true)
    if (outcome.entity === null) {
      found.notes.push({ ...stretch, reason: "unresolved", candidates: outcome.suggestions })
    }
  }
  linkSpans(found, parsed, catalog.servers, options, schemaWords)
  return {
    mentions: found.mentions.toSorted(byStart),
    schemaWords,
    notes: found.notes.toSorted(byStart)
  }
}

/** The words of the schema alone: those of a question whose grounding has more in it than `link` had, such as values. */
export const linkWords = (
  question: Question,
  grounding: Pick<Grounding, "databases" | "mappings">,
  options: ResolutionOptions
): ReadonlyArray<SchemaWord> => new SchemaVocabulary(grounding).find(question, options)

// -----------------------------------------------------------------------------
// internals

interface Found {
  readonly mentions: Array<Mention>
  readonly notes: Array<MentionNote>
}

interface Stretch {
  readonly text: string
  readonly start: number
  readonly end: number
}

const byStart = (left: Stretch, right: Stretch): number => left.start - right.start

/** The tokens that some of the words are made of. */
const tokensIn = (question: Question, words: ReadonlyArray<SchemaWord>): ReadonlySet<number> =>
  new Set(
    question.tokens.flatMap((_, position) => {
      const token = { start: question.start(position), end: question.end(position) }
      return words.some((word) => overlaps(word, token)) ? [position] : []
    })
  )

const linkSpans = (
  found: Found,
  question: Question,
  servers: ReadonlyArray<ServerCatalog>,
  options: ResolutionOptions,
  schemaWords: ReadonlyArray<SchemaWord>
): void => {
  // A word of the schema, correctly spelt, is no misspelt name: it counts with the ordinary words.
  const ordinary = tokensIn(
    question,
    schemaWords.filter(({ match }) => match === "name")
  )
  const spans = new Map<string, Candidate>()
  const offer = (span: Candidate) => {
    const key = `${span.first} ${span.last}`
    if ((spans.get(key)?.score ?? 0) < span.score) spans.set(key, span)
  }
  for (const server of servers) {
    const alike = options.fuzzy ? findSpans(server.index, question, ordinary, options.threshold) : []
    for (const span of [...knownSpans(server, question), ...alike.map((one) => ({ ...one, known: false }))]) {
      if (span.first < span.last || mayStandAlone(server, question, span.first)) offer(span)
    }
  }
  const candidates = [...spans.values()].filter(
    (span) => endsAtWords(question, span) && (span.known || !leavesOut(question, span))
  )
  const spoken = tokensIn(question, schemaWords)
  for (const span of candidates.toSorted(byWorth)) {
    const stretch = { text: question.slice(span), start: question.start(span.first), end: question.end(span.last) }
    // What was ambiguous blocks what is worth less, too: a part of an ambiguous name is not a name.
    if ([...found.mentions, ...found.notes].some((other) => overlaps(other, stretch))) continue
    if (!span.known && isPartOfRun(question, span, candidates, spoken)) continue
    // A table, a column or a term wins against a category of the same word.
    const isSchemaWord = schemaWords.some(
      ({ end, match, start }) => match === "name" && start <= stretch.start && end >= stretch.end
    )
    linkStretch(found, stretch, servers, options, ({ members }) => members.length === 0 || !isSchemaWord)
  }
}

/** `known` if a server knows the name, else it is guessed by its spelling. */
interface Candidate extends Span {
  readonly known: boolean
}

/** "by cabin excluding business" names no business cabin. */
const leavesOut = (question: Question, { first, last }: Span): boolean =>
  question.tokens.slice(first, last + 1).some((token) => leavingOut.has(token))

const leavingOut: ReadonlySet<string> = new Set(
  "not no without except excluding exclude leaving than ignoring".split(" ")
)

/** `pixel 8` is no part of `pixel 8a`: a name is not cut out of a written word. */
const endsAtWords = (question: Question, { first, last }: Span): boolean =>
  (first === 0 || question.end(first - 1) < question.start(first)) &&
  (last + 1 === question.tokens.length || question.end(last) < question.start(last + 1))

/**
 * True if a word beside the stretch is nobody's: then the stretch is likely to be a part of a name that nobody knows.
 */
const isPartOfRun = (
  question: Question,
  span: Span,
  candidates: ReadonlyArray<Span>,
  spoken: ReadonlySet<number>
): boolean => {
  const others = candidates.filter(({ first, last }) => last < span.first || first > span.last)
  return [span.first - 1, span.last + 1].some((position) => {
    if (question.roles[position] !== "content" || isNumber(question.tokens[position] ?? "")) return false
    if (spoken.has(position) || others.some(({ first, last }) => first <= position && position <= last)) return false
    const [left, right] = position < span.first ? [position, span.first] : [span.last, position]
    return /^[\s&_/-]*$/.test(question.text.slice(question.end(left), question.start(right)))
  })
}

const linkStretch = (
  found: Found,
  stretch: Stretch,
  servers: ReadonlyArray<ServerCatalog>,
  options: ResolutionOptions,
  isMeant: (resolution: ResolvedEntity) => boolean
): Resolution => {
  const outcome = resolveAmong(stretch.text, servers, options, true)
  if (outcome.entity !== null && isMeant(outcome.entity)) {
    found.mentions.push({ ...stretch, resolution: outcome.entity })
  }
  if (outcome.ambiguous) found.notes.push({ ...stretch, reason: "ambiguous", candidates: outcome.suggestions })
  return outcome
}

/** Names longer than this are found by their spelling only. */
const longestKnown = 12

/** Runs of tokens that are a name or an alias, case, separators and plurals aside. */
const knownSpans = (server: ServerCatalog, question: Question): ReadonlyArray<Candidate> =>
  question.windows(longestKnown).flatMap(({ first, last }) => {
    const places = server.normalized.places(question.tokens.slice(first, last + 1))
    const text = question.slice({ first, last })
    const known = places.some((place) => server.names[place]?.mentionable && isVerbatim(server, place, text))
    return known ? [{ first, last, score: 1, known }] : []
  })

/** Words before a number that counts, compares or dates. */
const measuring =
  /^(top|bottom|first|last|next|past|over|under|above|below|than|least|most|exactly|between|in|since|until|before|after|limit)$/

/** Whether one token alone can be a name at all. */
const mayStandAlone = (server: ServerCatalog, question: Question, position: number): boolean => {
  const token = question.tokens[position] ?? ""
  if (isNumber(token)) return !measuring.test(question.tokens[position - 1] ?? "")
  if (question.roles[position] === "function") return false
  // Where thousands of single words are names, ordinary words are among them by accident.
  return question.roles[position] === "content" || question.isCapitalised(position) || !server.isDense
}
