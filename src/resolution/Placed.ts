/** Where the database keeps what a question names, for entities of which no server says so. */
import type { Table } from "../grounding/Grounding.ts"
import { isObject } from "../grounding/JsonShape.ts"
import { namingOf } from "../grounding/Naming.ts"
import { nameWords, wordKey } from "../grounding/NameWords.ts"
import { fold, tokenize } from "../text/Tokens.ts"
import type { Mention, ResolvedEntity } from "./ResolvedEntity.ts"

type Tables = ReadonlyArray<Pick<Table, "name" | "columns">>

export const isPlaced = ({ resolution }: Mention): boolean => Object.keys(resolution.databaseReferences).length > 0

/** The columns in which the database keeps it, with what stands there. */
export const placesOf = ({ resolution: { databaseReferences } }: Mention) =>
  Object.entries(databaseReferences).map(([reference, value]) => {
    const dot = reference.lastIndexOf(".")
    return { column: { table: reference.slice(0, dot), column: reference.slice(dot + 1) }, value }
  })

/**
 * Whether the name is one that a server gives as it is written. What is guessed, or only a word of the name that the
 * entity is kept under (`hansen` of Astrid Hansen), may be what others are called, too.
 */
export const isSure = ({ resolution: { canonicalName, match }, text }: Mention): boolean => {
  const [own, said] = [tokenize(canonicalName), tokenize(text)]
  const isPart = match !== "alias" && said.length < own.length && said.every((word) => own.includes(word))
  return match !== "fuzzy" && match !== "normalized" && !isPart
}

/** Whether a server lists the name, as it is written, among other names of the entity. */
export const isAlias = ({ resolution: { entity, match }, text }: Mention): boolean =>
  match === "alias" ||
  (isObject(entity) && namingOf(entity)?.aliases.some((one) => fold(one) === fold(text.trim())) === true)

/** What the database may keep of the name: all of it, and its words, as first and last names are in columns of their own. */
export const spellingsOf = ({ canonicalName }: Pick<ResolvedEntity, "canonicalName">): ReadonlyArray<string> => {
  const words = canonicalName.split(/\s+/)
  return words.length < 2 || words.length > mostWords
    ? [canonicalName]
    : [
        canonicalName,
        ...words.slice(1).flatMap((_, at) => [words.slice(0, at + 1).join(" "), words.slice(at + 1).join(" ")])
      ]
}

/**
 * The mentions, each with the one column that holds its name, or the two that hold its first and its last name, where no
 * server says where the database keeps it; with the key of that table where the record gives it, since two wards may have
 * one name. Of an entity that says what it is (`ward_name`, `ward_id`, in
 * `ward_aliases`), only the table of those counts where there is one.
 */
export const placed = (mentions: ReadonlyArray<Mention>, tables: Tables): ReadonlyArray<Mention> =>
  mentions.map((mention) => {
    const { resolution } = mention
    if (isPlaced(mention) || resolution.members.length > 0) return mention
    const places = tablesOf(resolution, tables).flatMap((table) => {
      const own = keyIn(table, resolution)
      return placesIn(table, resolution.canonicalName).map((names) => own ?? names)
    })
    // The ward of orthopaedics, and not the speciality of several.
    const names = places.filter((references) => Object.keys(references).every(isName))
    const [only, ...others] = distinct(names.length > 0 ? names : places)
    return only === undefined || others.length > 0
      ? mention
      : { ...mention, resolution: { ...resolution, databaseReferences: only } }
  })

// -----------------------------------------------------------------------------
// internals

/** Names of more words are titles, and in one column. */
const mostWords = 4

const isName = (reference: string): boolean => /(?:name|title)$/i.test(reference)

type References = ResolvedEntity["databaseReferences"]

const placesIn = (
  { columns, name: table }: Pick<Table, "name" | "columns">,
  canonicalName: string
): ReadonlyArray<References> => {
  const wanted = fold(canonicalName)
  const whole = columns.flatMap(({ name, values }) =>
    values.filter((value) => fold(value) === wanted).map((value) => ({ [`${table}.${name}`]: value }))
  )
  if (whole.length > 0) return whole
  const parts = columns.flatMap(({ name, values }) => values.map((value) => ({ name, value })))
  const firsts = parts.filter(({ value }) => wanted.startsWith(`${fold(value)} `))
  return firsts.flatMap((first) =>
    parts
      .filter((last) => last.name !== first.name && fold(`${first.value} ${last.value}`) === wanted)
      .map((last) => ({ [`${table}.${first.name}`]: first.value, [`${table}.${last.name}`]: last.value }))
  )
}

const tablesOf = (resolution: ResolvedEntity, tables: Tables): Tables => {
  const things = thingsOf(resolution)
  const named = tables.map((table) => ({ table, words: keysOf(table.name) }))
  const isEnd = (words: ReadonlyArray<string>) =>
    things.some((thing) => thing.every((word, at) => words[words.length - thing.length + at] === word))
  const exact = named.filter(({ words }) => things.some((thing) => thing.join() === words.join()))
  const own = exact.length > 0 ? exact : named.filter(({ words }) => isEnd(words))
  return own.length > 0 ? own.map(({ table }) => table) : tables
}

/** The one of several of that name that the record is about: `ward_id` is the key of wards. */
const keyIn = ({ columns, name }: Pick<Table, "name" | "columns">, { entity }: ResolvedEntity): References | null => {
  const [key, ...others] = columns.filter(({ primaryKey }) => primaryKey)
  const [[field, value] = ["", null]] = isObject(entity) ? Object.entries(entity) : []
  const [, thing = ""] = /^(.+?)[_\s-]?id$/i.exec(field) ?? []
  const isOwn = keysOf(thing).join() === keysOf(name).join()
  return key !== undefined && others.length === 0 && isOwn && (typeof value === "number" || typeof value === "string")
    ? { [`${name}.${key.name}`]: value }
    : null
}

const distinct = (all: ReadonlyArray<References>): ReadonlyArray<References> => [
  ...new Map(all.map((one) => [JSON.stringify(one), one])).values()
]

/**
 * What the entity says that it is: a ward by `ward_name`, by a `ward_id` before all else (further ids are of others), or
 * because it stands among `ward_aliases` or `wards`.
 */
const thingsOf = ({ canonicalName, entity, path }: ResolvedEntity): ReadonlyArray<ReadonlyArray<string>> => {
  const fields = isObject(entity) ? Object.entries(entity) : []
  const own = fields.flatMap(([key, value], at) => {
    const [, thing, kind] = /^(.+?)[_\s-]?(name|title|id)$/i.exec(key) ?? []
    return thing !== undefined && (value === canonicalName || (at === 0 && /id/i.test(kind ?? ""))) ? [thing] : []
  })
  const groups = path.flatMap((key) =>
    typeof key === "string" ? [key.replace(/[_\s-]?(?:alias(?:es)?|synonyms?|names?)$/i, "")] : []
  )
  return [...own, ...groups].map(keysOf).filter((thing) => thing.length > 0)
}

const keysOf = (name: string): ReadonlyArray<string> => nameWords(name).map(wordKey)
