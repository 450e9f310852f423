/** How people say the parts of a schema: tables, columns, their values and the users' terms, whole or in part. */
import * as Schema from "effect/Schema"
import { describedCodes } from "../grounding/DescribedCodes.ts"
import { isNumeric } from "../grounding/ColumnWords.ts"
import type { Column, Database, Grounding } from "../grounding/Grounding.ts"
import { nameWords, phraseKeys, sharedPrefix, wordKey } from "../grounding/NameWords.ts"
import { localName } from "../grounding/TableLookup.ts"
import { isFunctionWord } from "../text/CommonWords.ts"
import { demonymOf } from "../text/Demonyms.ts"
import { fold } from "../text/Tokens.ts"

const source = { server: Schema.String, uri: Schema.String }

/** What a word of the schema stands for, and which server said so. */
export const SchemaTarget = Schema.Union([
  Schema.Struct({ kind: Schema.tag("table"), table: Schema.String, ...source }),
  Schema.Struct({ kind: Schema.tag("column"), table: Schema.String, column: Schema.String, ...source }),
  Schema.Struct({
    kind: Schema.tag("value"),
    table: Schema.String,
    column: Schema.String,
    value: Schema.String,
    ...source
  }),
  Schema.Struct({
    kind: Schema.tag("term"),
    term: Schema.String,
    expression: Schema.String,
    group: Schema.NullOr(Schema.String),
    ...source
  })
])
export type SchemaTarget = typeof SchemaTarget.Type

/** The name that a target has where it is published. */
export const nameOf = (target: SchemaTarget): string => {
  switch (target.kind) {
    case "table":
      return localName(target.table)
    case "column":
      return target.column
    case "value":
      return target.value
    case "term":
      return target.term
  }
}

/** Words for one part of a schema, by `wordKey`. */
export interface Spelling {
  readonly keys: ReadonlyArray<string>
  /** The whole name, or words that are a part of it: `price` for unit_price. */
  readonly isWhole: boolean
}

/** A part of a schema, and how it is said where the words of it that `isSaid` knows are all there are. */
export interface Spellable {
  readonly target: SchemaTarget
  spellings(isSaid: (word: string) => boolean): ReadonlyArray<Spelling>
}

/** In the order of the databases, which is that of their servers' priorities; terms last. */
export const spellablesOf = ({
  databases,
  mappings
}: Pick<Grounding, "databases" | "mappings">): ReadonlyArray<Spellable> => {
  const terms = new Set(mappings.map(({ term }) => phraseKeys(term).join(" ")))
  return [
    ...databases.flatMap(ofDatabase),
    ...mappings.map(({ source, ...term }): Spellable => ({
      target: { kind: "term", ...term, ...source },
      spellings: () => ofTerm(phraseKeys(term.term), terms)
    }))
  ]
}

export interface Variants {
  readonly noun: ReadonlyArray<string>
  readonly synonym: ReadonlyArray<string>
  /** For what has such a state: `failed` for "fail". */
  readonly state: ReadonlyArray<string>
}

/**
 * Other words for what a single word may be: the verb made of a table (`ordered`, `rated`, `prescribed`), and words for
 * the same thing. For where the word itself is nothing of the schema. `isDone` where it is said who does it, `isRanked`
 * behind a superlative ("highest rated"), `isBare` behind "did", where a verb has no ending ("did each agent complete").
 */
export const variantsOf = (
  word: string,
  { isBare, isDone, isRanked }: { readonly isBare: boolean; readonly isDone: boolean; readonly isRanked: boolean }
): Variants => {
  const verb = /^(.{3,}?)(?:ed|ing)$/.exec(word)?.[1]
  const ranked = isRanked ? /^(.{3,})ed$/.exec(word)?.[1] : undefined
  const price = word === "priced" || wordKey(word) === "cost" ? ["price"] : []
  const done = isBare && word.length > 3 ? [`${word.replace(/e$/, "").replace(/([^aeiou])y$/, "$1i")}ed`] : []
  const states = [...done, /^(.{4,})ful$/.exec(word)?.[1], /^(.{3,})ed$/.exec(word)?.[1], /^(.{3,}e)d$/.exec(word)?.[1]]
  return {
    noun: [
      ...(verb === undefined ? [] : nounsOf(verb, isDone)),
      ...(relatives.get(word) ?? []),
      ...others(things, word)
    ],
    synonym: [...price, ...others(attributes, word), ...(ranked === undefined ? [] : [`${ranked}ing`, ranked])],
    state: states.flatMap((state) => (state === undefined ? [] : [wordKey(state)]))
  }
}

// ---------------------------------------------------------------------------------------------------------------------
// internals

/** What is done is called by such nouns, and who does it by the last ones. */
const nounsOf = (stem: string, isDone: boolean): ReadonlyArray<string> => {
  const single = stem.replace(/([^aeiou])\1$/, "$1")
  const bases = [...new Set([stem, single])]
  const nouns = bases.flatMap((base) => [
    base,
    ...["e", "y", "al", "ion", "ation", "ment", "ing"].map((end) => base + end)
  ])
  const changed = [
    single.replace(/rib$/, "ription"),
    single.replace(/mit$/, "mission"),
    single.replace(/er$/, "ration")
  ]
  const doers = isDone ? bases.flatMap((base) => [`${base}er`, `${base}or`]) : []
  return [...nouns, ...changed, ...doers].map(wordKey)
}

/** Verbs that are not made of the nouns that go with them. */
const relatives: ReadonlyMap<string, ReadonlyArray<string>> = new Map(
  [
    ["borrow borrows borrowed borrowing lend lent lending", "checkout loan"],
    ["check checked", "checkout loan"],
    ["write writes wrote written writing", "author writer"],
    ["own owns owned owning", "owner"],
    ["complain complains complained complaining", "complaint"],
    ["give gives gave given giving", "donation gift"],
    ["apply applies applied applying", "application"],
    ["refer refers referred referring", "referral"],
    ["show shows showed shown showing", "screening"],
    ["works", "artwork"],
    ["attend attends attended attending", "attendance"],
    ["perform performs performed performing", "performance"],
    ["sell sells sold selling", "sale"],
    ["drive drives drove driven driving", "driver"],
    ["played", "performance appearance"],
    ["log logs logged logging", "log time_log work_log worklog timesheet time_entry"],
    ["ride rides rode ridden riding", "ride trip"],
    ["booked", "appointment"],
    ["worked", "job assignment"],
    ["diagnose diagnoses diagnosed diagnosing", "diagnosis"],
    ["examine examines examined examining", "examination exam"],
    ["teach teaches taught teaching", "teacher lecturer instructor professor tutor trainer"]
  ].flatMap(([verbs = "", nouns = ""]) =>
    verbs.split(" ").map((verb) => [verb, nouns.split(" ").map((noun) => noun.replaceAll("_", ""))] as const)
  )
)

/** Words for the same kind of thing, and for the same of a thing, in the singular. */
const things = wordGroups(
  "surgery operation|borrower patron reader|branch library|client customer|car vehicle automobile|bus vehicle|van vehicle|animal pet|student pupil learner|film movie|supplier vendor|doctor physician|flat apartment|worker employee staff colleague|shop store outlet|screening showing|booking reservation|invoice bill|delivery shipment|lawyer attorney solicitor|slope piste|tenant renter|guest visitor|teacher instructor|trip journey|warehouse depot|parcel package|medicine drug medication|product article|bike bicycle|truck lorry|author writer|donation gift|vacancy position|candidate applicant|city town|country nation|meal dish|match game fixture|boat vessel ship|stadium venue arena|team squad club|stay admission|ward station|appointment booking|aircraft plane airplane aeroplane|licence license|child kid|book title"
)

const attributes = wordGroups(
  "rating star score|city town|salary wage|sex gender|colour color|remark comment note|zip postcode|brand make|speciality specialty specialism|profession occupation|kind type category|length duration runtime|country nation|capacity seat|attendance spectator|licence license|centre center|insurance insurer"
)

function wordGroups(text: string): ReadonlyArray<ReadonlyArray<string>> {
  return text.split("|").map((group) => group.split(" ").map(wordKey))
}

const others = (groups: ReadonlyArray<ReadonlyArray<string>>, word: string): ReadonlyArray<string> => {
  const key = wordKey(word)
  return groups.flatMap((group) => (group.includes(key) ? group.filter((one) => one !== key) : []))
}

const tradeVerbs = new Set(["sold", "bought", "purchased", "ordered"])

const nothing: ReadonlyArray<Spelling> = []

const ofTerm = (keys: ReadonlyArray<string>, terms: ReadonlySet<string>): ReadonlyArray<Spelling> => {
  // "How many units were sold": the verb of "units sold" may stand anywhere.
  const noun = keys.filter((key) => !tradeVerbs.has(key))
  const isNoun = noun.length > 0 && noun.length < keys.length && !terms.has(noun.join(" "))
  const ends = keys.length > 1 ? [keys.slice(0, 1), keys.slice(-1)] : []
  return [
    { keys, isWhole: true },
    ...(isNoun ? [{ keys: noun, isWhole: true }] : []),
    ...ends.filter(([end = ""]) => !isFunctionWord(end)).map((end) => ({ keys: end, isWhole: false }))
  ]
}

const ofDatabase = ({ server, tables }: Database): ReadonlyArray<Spellable> => {
  const prefix = sharedPrefix(tables.map(({ name }) => nameWords(name)))
  const called = new Set(tables.map(({ name }) => nameWords(name).slice(prefix).map(wordKey).join(" ")))
  return tables.flatMap((table): ReadonlyArray<Spellable> => {
    const at = { table: table.name, server, uri: table.source.uri }
    const own = nameWords(table.name).slice(prefix)
    const bare = withoutLayer(own)
    const isTaken = tables.some((other) => other !== table && nameWords(other.name).join(" ") === bare.join(" "))
    const keys = (isTaken ? own : bare).map(wordKey)
    const names = table.columns.map(({ name }) => withUnit(nameWords(name)))
    const shared = sharedPrefix(names)
    return [
      {
        target: { kind: "table", ...at },
        spellings: () => [
          ...[keys, phraseKeys(localName(table.name))].map((said) => ({ keys: said, isWhole: true })),
          ...tails(keys, called, names).map((said) => ({ keys: said, isWhole: false }))
        ]
      },
      ...table.columns.flatMap((column, place): ReadonlyArray<Spellable> => [
        {
          target: { kind: "column", column: column.name, ...at },
          spellings: (isSaid) =>
            isAnySaid(names[place] ?? [], isSaid)
              ? ofColumn(column, names, place, shared, keys)
              : otherNames((names[place] ?? []).slice(shared)).map((said) => ({ keys: said, isWhole: true }))
        },
        ...column.values.map((value): Spellable => ({
          target: { kind: "value", column: column.name, value, ...at },
          spellings: () => ofValue(value)
        })),
        ...describedCodes(column.description).map(({ code, meaning }): Spellable => ({
          target: { kind: "value", column: column.name, value: code, ...at },
          spellings: () => [{ keys: phraseKeys(meaning), isWhole: true }]
        }))
      ])
    ]
  })
}

/** The `m3` of capacity_m3 is one word. */
const withUnit = (words: ReadonlyArray<string>): ReadonlyArray<string> => {
  const [metre, power] = words.slice(-2)
  return words.length > 2 && metre === "m" && (power === "2" || power === "3")
    ? [...words.slice(0, -2), `m${power}`]
    : words
}

/** As it is written, and "Norwegian" for Norway. */
const ofValue = (value: string): ReadonlyArray<Spelling> => {
  const demonym = demonymOf(fold(value))
  return [value, ...(demonym === null ? [] : [demonym])].map((said) => ({ keys: phraseKeys(said), isWhole: true }))
}

/** "copies" for book_copies, "cases" for support_cases: unless others are called so, or end in the same word. */
const tails = (
  keys: ReadonlyArray<string>,
  called: ReadonlySet<string>,
  columns: ReadonlyArray<ReadonlyArray<string>>
): ReadonlyArray<ReadonlyArray<string>> => {
  // An outdoor_item with an item_name is an item.
  const isNamed = columns.some(
    ([first, second, ...rest]) => first === keys.at(-1) && second === "name" && rest.length === 0
  )
  const [first = "", last = "", ...more] = keys
  // A procedure_type is a procedure, where nothing else is called so.
  const isAlone = [...called].every((name) => name === keys.join(" ") || !name.split(" ").includes(first))
  if (last === "type" && more.length === 0 && isAlone) return [[first]]
  // staff_members are the staff, whatever else is called staff_shifts.
  const isCollective = /^(?:staff|crew)$/.test(first)
  if (last === "member" && (isAlone ? isCollective || first === "team" : isCollective && !called.has(first))) {
    return [[first]]
  }
  // The crew are its members.
  if (last === "" && isCollective) return [[first, "member"]]
  // ticket_sales say which tickets were sold, where nothing else says which there are.
  if (last === "sale" && more.length === 0 && isAlone && !salesPlaces.has(first)) return [[first]]
  const rivals = [...called].filter((name) => name === last || name.endsWith(` ${last}`))
  return more.length > 0 || last === "" || rivals.length > 1 || (vague.has(last) && !isNamed) ? [] : [[last]]
}

/** Where something is sold, and not what. */
const salesPlaces = new Set("shop store bar counter web online internet phone retail wholesale direct daily".split(" "))

/** Last words of tables that say what part they have in the database, and not what is kept there. */
const vague = new Set(
  "item line detail data history log type status record entry info link map list note usage sale class group value detail code".split(
    " "
  )
)

/** First words of tables that say what part a table has in a warehouse, or that it is one. */
const layers = new Set(["dim", "dimension", "fact", "fct", "stg", "tbl", "tab", "vw"])

const withoutLayer = (words: ReadonlyArray<string>): ReadonlyArray<string> =>
  words.length > 1 && layers.has(words[0] ?? "") ? words.slice(1) : words

/** No spelling of a column is without its last word, or the one before a last word that says little. */
const isAnySaid = (words: ReadonlyArray<string>, isSaid: (word: string) => boolean): boolean =>
  words.slice(-2).some(isSaid)

const ofColumn = (
  column: Column,
  names: ReadonlyArray<ReadonlyArray<string>>,
  place: number,
  prefix: number,
  tableKeys: ReadonlyArray<string>
): ReadonlyArray<Spelling> => {
  const all = (names[place] ?? []).map(wordKey)
  // "members since 2024" says from when on, and not "in 2024".
  if (all.length > 1 && /^(?:since|until|till)$/.test(all.at(-1) ?? "")) return nothing
  const keys = all.slice(prefix)
  const own = withoutTable(keys, tableKeys)
  // "type of food" for food_type; the "number of rooms" is how many there are, and none of their room_number.
  const [first, last] = keys
  const kindWords = ["type", "kind", "category", "sort"]
  const turned =
    keys.length === 2 && first !== undefined && last !== undefined && last !== "number"
      ? (kindWords.includes(last) ? kindWords : [last]).map((word) => [word, "of", first])
      : []
  // "listeners signed up" says two things.
  const isVerb = own[0]?.endsWith("ed") === true
  const whole = [all, keys, ...(isVerb ? [] : [[...tableKeys, ...own]]), ...turned]
  const isOwn = own.length < keys.length && own.length > 0
  // "in service" is the opposite of out_of_service.
  const isOpposite = keys.slice(0, -1).some((word) => /^(?:out|not|no|non|without|never)$/.test(word))
  const parts = isOpposite ? [own] : [own, ...heads(keys, isFront(names, place))]
  return [
    ...[...whole, ...(isOwn ? parts : [])].map((said) => ({ keys: said, isWhole: true })),
    ...(isOwn ? [] : parts).map((said) => ({ keys: said, isWhole: false })),
    ...otherNames(own).map((said) => ({ keys: said, isWhole: true })),
    ...allowing(own).map((said) => ({ keys: said, isWhole: true })),
    // "country name" for country, "phone number" for phone.
    ...(isNumeric(column) ? [] : [{ keys: [...own, suffixOf(own)], isWhole: false }])
  ]
}

/** What everybody calls such a column: a phone is a telephone, and who was born on a day has it as a date of birth. */
const otherNames = (own: ReadonlyArray<string>): ReadonlyArray<ReadonlyArray<string>> => {
  const words = own.filter((word) => !/^(?:number|no|nr|on|at|date|address)$/.test(word))
  const [word, ...more] = words
  // running_minutes, duration_min
  const isTime =
    /^(?:running|runtime|duration)$/.test(word ?? "") && /^(?:minute|min|hour|second|sec)$/.test(more.join(" "))
  if (isTime) return ["length", "duration", "running time", "runtime"].map((said) => phraseKeys(said))
  // stock_quantity, quantity_in_stock, quantity_on_hand
  if (
    /^(?:(?:quantity|qty|unit|level|count|in|stock) )*(?:stock|on hand)(?: (?:quantity|qty|level|count|unit))?$/.test(
      own.join(" ")
    )
  )
    return [["stock"]]
  // newsletter_opt_in, passenger_count, copies_sold
  const [thing, ...end] = own
  if (thing !== undefined && /^(?:opt in|count|sold)$/.test(end.join(" "))) return [[thing]]
  if (word === undefined || more.length > 0) return []
  if (/^(?:phone|telephone|mobile|cell)$/.test(word))
    return ["phone number", "telephone", "telephone number", "mobile number", "mobile", "cell phone"].map((said) =>
      phraseKeys(said)
    )
  if (/^(?:born|birth|birthday|dob)$/.test(word))
    return ["date of birth", "birth date", "birthday"].map((said) => phraseKeys(said))
  return /^(?:die|died|death)$/.test(word) ? ["date of death", "death date"].map((said) => phraseKeys(said)) : []
}

/** "allow pets" of pets_allowed, "require a licence" of licence_required. */
const allowing = (own: ReadonlyArray<string>): ReadonlyArray<ReadonlyArray<string>> => {
  const verb = allowingVerbs.get(own.at(-1) ?? "")
  const thing = own.slice(0, -1)
  return verb === undefined || thing.length === 0 ? [] : [[verb, ...thing]]
}

const allowingVerbs: ReadonlyMap<string, string> = new Map([
  ["allowed", "allow"],
  ["required", "require"],
  ["included", "include"],
  ["permitted", "permit"],
  ["accepted", "accept"],
  ["needed", "need"],
  ["provided", "provide"]
])

const suffixOf = (words: ReadonlyArray<string>): string => {
  const last = words.at(-1) ?? ""
  return /phone$|^(?:mobile|fax)$/.test(last) ? "number" : last.endsWith("mail") ? "address" : "name"
}

const withoutTable = (words: ReadonlyArray<string>, table: ReadonlyArray<string>): ReadonlyArray<string> =>
  words.length > table.length && table.every((key, index) => words[index] === key) ? words.slice(table.length) : words

/** Last words that say little: a kind of name, or the unit that a number is in. */
const generic = new Set(
  "id name code cd flag flg ind key type no number from to 1 2 g mg kg lb t ton tonne ha sqm m km cm mm l ml litre liter kwh sec second min minute hour day eur usd gbp chf pct cent pence month byte m2 m3 paid charged".split(
    " "
  )
)

/** First words of a bound, which is not what it bounds: nobody means a min_order_value by "order value". */
const bounds = new Set(["min", "max", "minimum", "maximum"])

/** "discount" is the discount_type as much as the discount_value, and "salary" the salary_from as much as the salary_to. */
const isFront = (names: ReadonlyArray<ReadonlyArray<string>>, place: number): boolean => {
  const words = names[place] ?? []
  const front = words.slice(0, -1)
  const isGeneric = (last: string) => generic.has(wordKey(last)) && last !== "id" && last !== "key"
  // "commission" for commission_amount, where nothing else is of it
  const isAlone = names.every((other, at) => at === place || other[0] !== front[0])
  return (
    front.length > 0 &&
    ((isAlone && words.at(-1) === "amount" && !/(?:ed|paid|due|sold|sent)$/.test(front.at(-1) ?? "")) ||
      isGeneric(words.at(-1) ?? "") ||
      names.some(
        (other) =>
          other.length === words.length &&
          other.at(-1) !== "name" &&
          isGeneric(other.at(-1) ?? "") &&
          front.every((word, at) => other[at] === word)
      ))
  )
}

/** Shorter ways to say a column: its last words (`price` for unit_price), or its first without a generic last. */
const heads = (words: ReadonlyArray<string>, isFrontSaid: boolean): ReadonlyArray<ReadonlyArray<string>> => {
  const tails = bounds.has(words[0] ?? "") ? [] : words.slice(1).map((_, index) => words.slice(index + 1))
  // "paid" of paid_cents says that it was done.
  const isDeed = /^(?:cent|pence)$/.test(words.at(-1) ?? "") && /(?:ed|paid|sold|sent)$/.test(words.at(-2) ?? "")
  // "hotels with 4 stars", "parcels by destination" for destination_town
  const isCounted =
    words.join(" ") === "star rating" ||
    // "average pay by job" for job_title
    words.join(" ") === "job title" ||
    (words.length === 2 &&
      /^(?:destination|origin|departure|arrival)$/.test(words[0] ?? "") &&
      /^(?:town|city|country|place|port|airport|station)$/.test(words[1] ?? ""))
  const front = (isFrontSaid || isCounted) && !isDeed && words.length > 1 ? [words.slice(0, -1)] : []
  return [...tails.filter((tail) => tail.join(" ") !== "id" && !isFunctionWord(tail.join(" "))), ...front]
}
