/**
 * The generator's English: words that stand for operations. Everything else in a question must be a name of the schema,
 * a mapped term or an entity, or the question is refused.
 */
import { type Lexeme, startsWithWords } from "../../text/Lexemes.ts"
import type { Grain } from "./SqlText.ts"

export type AggregateFunction = "SUM" | "AVG" | "MIN" | "MAX"

export type Operator = ">" | ">=" | "<" | "<=" | "=" | "<>"

export type Operation =
  | { readonly kind: "aggregate"; readonly of: AggregateFunction }
  | { readonly kind: "count"; readonly distinct: boolean }
  | { readonly kind: "distinct" }
  /**
   * Highest (`DESC`) or lowest (`ASC`) of what follows; `property` for adjectives that say of what by themselves, `rows`
   * where it is how many there are.
   */
  | { readonly kind: "superlative"; readonly direction: Direction; readonly property: Property | "rows" | null }
  /** "booked most often": by how many rows of what was done there are. */
  | { readonly kind: "often" }
  /** `top 5`, `bottom 3`; the number follows. */
  | { readonly kind: "top"; readonly direction: Direction }
  | { readonly kind: "by" }
  | { readonly kind: "per" }
  | { readonly kind: "sort" }
  | { readonly kind: "direction"; readonly direction: Direction }
  | { readonly kind: "compare" }
  | { readonly kind: "operator"; readonly operator: Operator }
  /** "3 or more": a bound behind its number. */
  | { readonly kind: "orMore"; readonly operator: Operator }
  /** "heavier than 3 kg": such an adjective says of what by itself. */
  | { readonly kind: "comparative"; readonly operator: Operator; readonly property: Property }
  /** "who earn", "that weigh": the verb of an amount. */
  | { readonly kind: "verbOf"; readonly property: Property }
  /** When something happened last, or first. */
  | { readonly kind: "when" }
  | { readonly kind: "ending"; readonly direction: Direction }
  | { readonly kind: "between" }
  | { readonly kind: "not" }
  /** `without`, `have no`: rows for which there is none of what follows. */
  | { readonly kind: "without" }
  | { readonly kind: "which" }
  | { readonly kind: "or" }
  | { readonly kind: "and" }
  /** `whose`, `with`, `having`: a condition on what was named before. */
  | { readonly kind: "with" }
  /** sold, bought: what happened to a thing; says nothing about which rows or numbers. */
  | { readonly kind: "trade" }
  /** placed, received, comes from: that two things belong together, and nothing else. */
  | { readonly kind: "verb" }
  | { readonly kind: "both" }
  /** What part of all rows, in percent. */
  | { readonly kind: "share" }
  /** An amount is asked for. */
  | { readonly kind: "howMuch" }
  /** Everything that is kept of the things that follow. */
  | { readonly kind: "details" }
  /** Over time: adds nothing where something is grouped by time. */
  | { readonly kind: "trend" }
  /** "breakdown of": adds nothing where something is grouped. */
  | { readonly kind: "breakdown" }
  /** "in total": adds nothing to what is computed. */
  | { readonly kind: "altogether" }
  /** As it is at present: adds nothing to a state, which is that of now anyway. */
  | { readonly kind: "now" }
  /** "new customers": of when they became such. */
  | { readonly kind: "new" }
  /** Still to come. */
  | { readonly kind: "upcoming" }
  /** It was due, and is not done. */
  | { readonly kind: "overdue" }
  /** It was done after it was due. */
  | { readonly kind: "late" }
  /** It has begun and has not ended; `negated`: it has. */
  | { readonly kind: "current"; readonly negated: boolean }
  /** "out of stock": none is left. */
  | { readonly kind: "outOf" }
  | { readonly kind: "truth"; readonly truth: boolean }
  | { readonly kind: "grain"; readonly grain: Grain }
  | { readonly kind: "currency" }

export type Direction = "ASC" | "DESC"

/** What an adjective measures of a row: money, age, a size, or whatever amount the rows have. */
export type Property = "pay" | "price" | "date" | "age" | "amount" | "weight" | "length" | "height"

const entries: Array<readonly [ReadonlyArray<string>, Operation]> = []

const say = (operation: Operation, phrases: string): void => {
  for (const phrase of phrases.split("|")) entries.push([phrase.trim().split(" "), operation])
}

say({ kind: "aggregate", of: "SUM" }, "total|total of|sum|sum of|total sum of|sum up|add up")
say({ kind: "aggregate", of: "AVG" }, "average|avg|mean|average of|on average")
say({ kind: "aggregate", of: "MIN" }, "minimum|min|minimal|minimum of")
say({ kind: "aggregate", of: "MAX" }, "maximum|max|maximal|maximum of")
say(
  { kind: "count", distinct: false },
  "how many|number of|count|count of|total number of|total count of|the number of|amount of rows|quantity of rows"
)
say(
  { kind: "count", distinct: true },
  "how many different|how many distinct|how many unique|number of different|number of distinct|number of unique|count of distinct|count of unique"
)
say({ kind: "distinct" }, "distinct|different|unique|distinct list of")
say(
  { kind: "superlative", direction: "DESC", property: null },
  "highest|most|greatest|best|leading|busiest|most number of|highest number of|largest number of"
)
say(
  { kind: "superlative", direction: "ASC", property: null },
  "lowest|least|fewest|worst|quietest|smallest number of|lowest number of"
)
say({ kind: "superlative", direction: "DESC", property: "amount" }, "largest|biggest|most valuable")
say({ kind: "superlative", direction: "ASC", property: "amount" }, "smallest|least valuable")
say({ kind: "superlative", direction: "DESC", property: "price" }, "most expensive|dearest|priciest|costliest")
say({ kind: "superlative", direction: "ASC", property: "price" }, "cheapest|least expensive")
say({ kind: "superlative", direction: "DESC", property: "date" }, "latest|newest|most recent")
say({ kind: "superlative", direction: "ASC", property: "date" }, "earliest")
say({ kind: "superlative", direction: "ASC", property: "age" }, "oldest|eldest")
say({ kind: "superlative", direction: "DESC", property: "age" }, "youngest")
say(
  { kind: "superlative", direction: "DESC", property: "pay" },
  "best paid|highest paid|most highly paid|highest earning"
)
say({ kind: "superlative", direction: "ASC", property: "pay" }, "lowest paid|worst paid|least paid")
say({ kind: "superlative", direction: "DESC", property: "rows" }, "most common|commonest|most frequent")
say({ kind: "often" }, "most often|most frequently")
for (const [property, most, least] of [
  ["weight", "heaviest", "lightest"],
  ["length", "longest", "shortest"],
  ["height", "tallest", "least tall"]
] as const) {
  say({ kind: "superlative", direction: "DESC", property }, most)
  say({ kind: "superlative", direction: "ASC", property }, least)
}
say({ kind: "top", direction: "DESC" }, "top")
say({ kind: "top", direction: "ASC" }, "bottom")
say({ kind: "by" }, "by|grouped by|group by|broken down by|split by|separated by|according to|in terms of|based on")
say({ kind: "per" }, "per|for each|for every|in each|of each|by each|from each|each|every")
say(
  { kind: "sort" },
  "ordered by|order by|sorted by|sort by|ranked by|rank by|order the results by|order results by|sort the results by|order them by|sort them by"
)
say(
  { kind: "direction", direction: "DESC" },
  "descending|desc|in descending order|descending order|highest first|largest first|most expensive first|dearest first|priciest first|biggest first|newest first|latest first|longest first|heaviest first|most common first|most frequent first|most first|from highest to lowest|from best to worst|from most to least|from largest to smallest|from newest to oldest|from latest to earliest|best first"
)
say(
  { kind: "direction", direction: "ASC" },
  "ascending|asc|in alphabetical order|in alphabetic order|in ascending order|ascending order|alphabetically|lowest first|smallest first|cheapest first|oldest first|earliest first|soonest first|shortest first|lightest first|from lowest to highest|from worst to best|from least to most|from smallest to largest|from oldest to newest|from earliest to latest|from a to z"
)
say(
  { kind: "compare" },
  "compare|comparison|compared|versus|vs|compared to|compared with|comparing|comparison of|comparison between|compare the"
)
say(
  { kind: "operator", operator: ">" },
  "over|above|more than|greater than|exceeding|exceeds|exceed|higher than|larger than|bigger than|>"
)
say(
  { kind: "operator", operator: ">=" },
  "at least|no less than|not less than|greater than or equal to|minimum of|>=|from at least"
)
say({ kind: "operator", operator: "<" }, "under|below|less than|fewer than|lower than|smaller than|cheaper than|<")
say(
  { kind: "operator", operator: "<=" },
  "at most|up to|no more than|not more than|less than or equal to|<=|maximum of"
)
say({ kind: "operator", operator: "=" }, "equal to|equals|exactly|=|of exactly|equal")
say({ kind: "operator", operator: "<>" }, "not equal to|<>|!=|other than exactly")
say({ kind: "orMore", operator: ">=" }, "or more|or higher|or longer|or older")
say({ kind: "orMore", operator: "<=" }, "or less|or fewer|or lower|or shorter|or younger")
for (const [property, more, less] of [
  ["weight", "heavier than", "lighter than"],
  ["length", "longer than", "shorter than"],
  ["height", "taller than", "less tall than"],
  ["price", "more expensive than|pricier than|dearer than", "less expensive than"],
  ["date", "younger than|newer than", "older than"]
] as const) {
  say({ kind: "comparative", operator: ">", property }, more)
  say({ kind: "comparative", operator: "<", property }, less)
}
say({ kind: "verbOf", property: "pay" }, "earn|earns|earning")
say({ kind: "verbOf", property: "weight" }, "weigh|weighs|weighing")
say({ kind: "verbOf", property: "price" }, "that cost|that costs|which cost|which costs|costing|cost|costs")
say(
  { kind: "when" },
  "when did|when was|when were|when does|when do|when will|what year was|what year were|in what year was|in which year was|which year was"
)
say({ kind: "ending", direction: "DESC" }, "last|most recently")
say({ kind: "ending", direction: "ASC" }, "first")
say({ kind: "between" }, "between|ranging from|from between")
say(
  { kind: "not" },
  "not|no longer|not yet|except|except for|excluding|exclude|other than|apart from|but not|non|arent|isnt|wasnt|werent|not counting|not including|dont count|do not count|dont include|do not include|leaving out|leave out|ignoring|ignore"
)
say(
  { kind: "without" },
  "without|without any|but no|but without|but never|but have no|but has no|no|have no|has no|with no|nobody|no one|has nobody|have nobody|nobody has|nobody ever|never|have never|has never|never had|have never had|has never had|have not|has not|have not had|has not had|did not have|do not have|does not have|dont have|havent|hasnt|havent had|hasnt had|did not|didnt|have not made any|had no|zero|have not given us|has not given us|havent given us|hasnt given us|did not give us|didnt give us"
)
say({ kind: "which" }, "which|who|whom|what|everyone who|everybody who|anyone who|anybody who|people who|those who")
say({ kind: "or" }, "or")
say({ kind: "and" }, "and|as well as|and also|&|but|but also")
say({ kind: "with" }, "with|worth|whose|having|have|has|had|where|when the")
say(
  { kind: "trade" },
  "sold|sell|sells|selling|bought|buy|buys|buying|purchased|purchase|purchases|spent|spend|spends|spending"
)
say(
  { kind: "verb" },
  "place|places|placed|placing|make|makes|made|offer|offers|offered|contain|contains|containing|include|includes|including|serve|serves|served|serving|provide|provides|provided|providing|feature|features|featuring|take place|takes place|took place|taken place|happen|happened|carry|carries|carried|handle|handles|handled|attend|attends|attended|host|hosts|hosted|helped at|help at|insured with|insured by|came in through|come in through|comes in through|came through|come through|comes through|came in by|come in by|comes in by|came in via|came via|come as|comes as|came as|among|amongst|through|via|written|wrote|issued|issue|issues|plays for|play for|playing for|kept at|kept in|stored in|stored at|housed in|housed at|use|uses|using|play|plays|against|score|scores|scored|scoring|shown|travelled|traveled|travel|fly|flies|flew|flown|flying|perform|performs|performed|performing|carried out|carry out|carries out|because of|owing to"
)
say(
  { kind: "verb" },
  "look after|looks after|looked after|looking after|own|owns|assigned|assigned to|responsible for|in charge of|earned|earned us|earns us|brings us|brought us|made us|makes us|brings in|bring in|brought in|generates|generate|generated|specialise|specialises|specialize|specializes|specialising|specializing|came in|come in|comes in|coming in|meet|meets|gets|got|gives|gave|given|receive|receives|received|send|sends|sent|take|takes|taking|took|taken|come from|comes from|came from|coming from|based in|live in|lives in|living in|work at|works at|work for|works for|work in|works in|working in|work on|works on|working on|belong to|belongs to|come with|comes with|came with"
)
say({ kind: "both" }, "both|both numbers|both figures|both totals")
say(
  { kind: "share" },
  "what percentage of|percentage of|what share of|share of|what percent of|percent of|what proportion of|proportion of|what percentage|what percent|what share"
)
say({ kind: "howMuch" }, "how much|how much of|how much money|how much in total")
say(
  { kind: "details" },
  "details|details for|details of|details on|details about|all details|everything about|full details|full details of"
)
say({ kind: "trend" }, "trend|trends|trend of|trend for|over time|trend in")
say(
  { kind: "breakdown" },
  "breakdown of|a breakdown of|break down|breakdown|distribution of|distribution|split of|split up|split"
)
say({ kind: "altogether" }, "in total|altogether|overall|in all|all in all|of all time")
say(
  { kind: "now" },
  "still|now|right now|here|work here|works here|working here|currently|at the moment|at present|do we employ|we employ|work for us|works for us|do we own|do we currently employ|do we currently have|we currently have"
)
say({ kind: "new" }, "new")
say({ kind: "upcoming" }, "upcoming|coming up|still to come")
say({ kind: "overdue" }, "overdue|past due|past their due date|past the due date|past its due date")
say(
  { kind: "current", negated: false },
  "current|running|ongoing|open|active|still with us|still here|still employed|still work here|still works here|still working here|still work for us|still works for us"
)
say(
  { kind: "current", negated: true },
  "former|ex|no longer work for us|no longer works for us|no longer with us|no longer here|no longer work here|no longer works here"
)
say({ kind: "late" }, "late|too late")
say({ kind: "outOf" }, "out of")
say({ kind: "truth", truth: true }, "true|yes")
say({ kind: "truth", truth: false }, "false")
say({ kind: "currency" }, "euro|euros|eur|dollar|dollars|usd|gbp|pound|pounds|€|$|£")
for (const grain of ["day", "week", "month", "quarter", "year", "weekday"] as const) {
  say({ kind: "grain", grain }, `${grain}|${grain}s`)
}
say({ kind: "grain", grain: "weekday" }, "day of the week|day of week|days of the week")
// "monthly revenue" is revenue per month: `Reading` turns it round.
export const adverbs: ReadonlyMap<string, Grain> = new Map([
  ["daily", "day"],
  ["weekly", "week"],
  ["monthly", "month"],
  ["quarterly", "quarter"],
  ["yearly", "year"],
  ["annual", "year"],
  ["annually", "year"]
])

/** By first word, longest phrase first. */
const byFirstWord: ReadonlyMap<string, ReadonlyArray<readonly [ReadonlyArray<string>, Operation]>> = Map.groupBy(
  entries.toSorted(([one], [other]) => other.length - one.length),
  ([words]) => words[0] ?? ""
)

/** The phrases that begin with a word, longest first. */
export const phrases = (word: string): ReadonlyArray<readonly [ReadonlyArray<string>, Operation]> =>
  byFirstWord.get(word) ?? []

/**
 * Words that hold a sentence together and say nothing by themselves. Everything else in a question has to be part of
 * the plan, or the question is refused.
 */
const grammatical = new Set(
  "the a an of in on at for from to by is are was were be been do does did we our i my you your its that those there and with which who whom what whose where has have had having all any show list give get find display tell return please want need can could me s how yet ever their".split(
    " "
  )
)

const phrasesOf = (text: string): ReadonlyArray<ReadonlyArray<string>> =>
  text.split("|").map((phrase) => phrase.split(" "))

/** Everything that is asked for is kept in the database, and asked for with the same words. */
const fillers = phrasesOf(
  "we carry|we stock|we offer|we charge|we pay|do we carry|do we stock|do we offer|with us|in the database|in our database|in the system|in our system|on file|on record|on our books|in the catalogue|in the catalog|in our catalogue|in our catalog|in our records|in the records|at all|i want to know|i want to see|i would like to know|i would like to see|i would like to have|i would like|id like to know|id like to see|id like to have|id like|i need to know|i need to see|let me know|let me see|do you know|tell me about|look up|look for|looking for|i am looking for|im looking for|pull up|pull|search for|find out|list out|fetch|retrieve|show only|a list of|the list of|do we keep|do we run|have we got|we have got|we own|we keep|we run|i need|we need|i want|we want|weve ever had|we have ever had|we ever had|weve had|it has|it had|they have|they had|actually|past and present|past or present|past or future|a full list of|a complete list of"
)

/** How many words at a place say no more than grammatical ones do; "located" and "named" where what follows says the same. */
export const fillerAt = (lexemes: ReadonlyArray<Lexeme>, at: number): number => {
  const [word = "", next] = [lexemes[at]?.key, lexemes[at + 1]]
  const last = lexemes[at - 1]?.key ?? ""
  const isPlaced = /^(?:located|situated)$/.test(word) && /^(?:in|on|at)$/.test(next?.key ?? "")
  const isNamed =
    /^(?:named|called)$/.test(word) && (next?.kind === "quoted" || /^\p{Lu}\p{Ll}/u.test(next?.text ?? ""))
  // "What is our heaviest dog called?"
  const isAskedName = next === undefined && word === "called" && lexemes[0]?.key === "what"
  const isOpening = at === 0 && next !== undefined && /^(?:just|hello|hi|hey|thanks)$/.test(word)
  // "Which sizes exist?", and not "sizes that exist".
  const isAll = next === undefined && /^exists?$/.test(word) && !/^(?:that|which|who)$/.test(lexemes[at - 1]?.key ?? "")
  // "never bought anything": nothing in particular.
  const isAny =
    /^(?:anything|something)$/.test(word) && /^(?:|in|since|during|last|this|yet|at|ever|from)$/.test(next?.key ?? "")
  const isLast = lexemes.length === at + 2
  // "the exhibition with the most works in it", "the share of them in percent"
  const isIn = isLast && word === "in" && /^(?:it|them|percent)$/.test(next?.text ?? "")
  // "per month, in order": they are anyway.
  const isByTime = lexemes.some(
    ({ key }, place) =>
      /^(?:per|by|each|every)$/.test(key) && /^(?:day|week|month|quarter|year)$/.test(lexemes[place + 1]?.key ?? "")
  )
  const isInOrder = isLast && word === "in" && next?.text === "order" && isByTime
  // "without cancelled ones"
  const isOnes = word === "ones" && /(?:ed|ng|ve|wn)$/.test(lexemes[at - 1]?.key ?? "")
  // "2026 only" and ", angina patients only"; not "with one loan only", nor what is "prescription only".
  const isOnly =
    word === "only" &&
    at > 0 &&
    (next === undefined || next.afterComma) &&
    (/^\d{4}$/.test(last) || lexemes.slice(Math.max(0, at - 3), at).some(({ afterComma }) => afterComma)) &&
    !lexemes
      .slice(Math.max(0, at - 3), at)
      .some(({ key, kind, value }) => (kind === "number" && value < 1000) || /^(?:an?|one|two|three|single)$/.test(key))
  // "a single shift" is a shift.
  const isSingle = word === "single" && /^an?$/.test(lexemes[at - 1]?.key ?? "")
  // "rented a car from us", "the inhalers we sell"
  const isFromUs =
    startsWithWords(lexemes, at, ["from", "us"]) &&
    lexemes[at + 1]?.text === "us" &&
    (/(?:ed|bought|got|rent|hire|buy|order|borrow)$/.test(lexemes[at - 1]?.key ?? "") ||
      /^(?:any|some)thing$/.test(lexemes[at - 1]?.key ?? "") ||
      /^an?$/.test(lexemes[at - 2]?.key ?? ""))
  const isSold =
    lexemes.length === at + 2 &&
    startsWithWords(lexemes, at, ["we", "sell"]) &&
    !lexemes.some(({ key }) => key === "how" || key === "do")
  if (startsWithWords(lexemes, at, ["registered", "with", "us"]) && lexemes.length === at + 3) return 3
  // "checked out", "lent out", "logged any time"
  const isOut = word === "out" && /^(?:checked|lent|rented|loaned|hired|borrowed)$/.test(last)
  const isTime = word === "time" && (last === "logged" || (last === "any" && lexemes[at - 2]?.key === "logged"))
  // "a hold that is ready for pickup"
  const isReady = startsWithWords(lexemes, at, ["for", "pickup"]) || startsWithWords(lexemes, at, ["for", "collection"])
  if (isReady && last === "ready") return 2
  if (isOut || isTime) return 1
  if (isFromUs || isSold || isIn || isInOrder) return 2
  // "Dr Osei" is called Osei.
  if (/^(?:dr|mr|mrs|ms|miss)$/.test(word) && /^\p{Lu}/u.test(next?.text ?? "")) return 1
  return isPlaced || isOnes || isNamed || isAskedName || isOpening || isAll || isAny || isSingle || isOnly
    ? 1
    : (fillers.find((phrase) => startsWithWords(lexemes, at, phrase))?.length ?? 0)
}

const prepositions = /^(?:in|from|of|for|at|to|the)$/

/**
 * Whether a word may be left out without a word about it: written as such a word is, never in capitals (IN and IT are
 * countries), and no value of a column where a preposition says that it is one ("in us", "from the us").
 */
export const isGrammatical = (
  written: string,
  key: string,
  before: Pick<Lexeme, "key" | "text"> | undefined,
  isValue: boolean
): boolean => {
  // "referred to us", "bought from us", and not "customers from us".
  if (key === "us" && !isValue && written === "us")
    return before !== undefined && !/^(?:in|from|of|at|the)$/.test(before.key)
  if (!grammatical.has(key)) return key === "us" && /^(?:show|give|tell)$/.test(before?.key ?? "")
  if (isCapitals(written) || isLetter(written, before)) return false
  // "AT in 2025": AT is a country.
  return !(isValue && before !== undefined && prepositions.test(before.key) && !isCapitals(before.text))
}

/** "group A" and "type I" are values, "do I" is none. */
const isLetter = (written: string, before: Pick<Lexeme, "key"> | undefined): boolean =>
  before !== undefined && (written === "A" || (written === "I" && !auxiliaries.test(before.key)))

const auxiliaries =
  /^(?:do|did|can|could|have|had|should|would|must|may|am|will|what|that|which|how|when|where|who|if|and)$/

const isCapitals = (written: string): boolean => written.length > 1 && written === written.toUpperCase()
