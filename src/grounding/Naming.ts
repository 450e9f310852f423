/** What an object calls itself: its names, its other names and its ids, under the keys that servers use for them. */
import type * as Schema from "effect/Schema"
import { isList, isObject, type JsonObject, own, textsIn } from "./JsonShape.ts"

/** The names an object gives itself; of each kind the most official first. */
export interface Naming {
  readonly names: ReadonlyArray<string>
  readonly aliases: ReadonlyArray<string>
  readonly ids: ReadonlyArray<string>
}

/**
 * The names an object gives itself, if it does; those of a JSON:API resource are among its `attributes`. Where it has no
 * name of these, `product_name` (or `film_title`) is one, unless another thing's id says that the object is about that.
 */
export const namingOf = (object: JsonObject): Naming | undefined => {
  const found: { [role in Role]?: ReadonlyArray<string> } = {}
  let any = false
  // Over the object's own keys, not the known ones: objects are many and their keys few.
  for (const key of Object.keys(object)) {
    const role = roles.get(key)
    if (role === undefined) continue
    const value = object[key]
    const texts =
      role === "aliases" ? aliasesIn(value) : role === "canonical" ? namesIn(value).filter(isNoAddress) : namesIn(value)
    if (texts.length === 0) continue
    // The first of a list of names is the thing's own.
    if (key.toLowerCase() === "names" && found.names === undefined) {
      found.names = texts.slice(0, 1)
      found.aliases = [...(found.aliases ?? nothing), ...texts.slice(1)]
    } else {
      const before = found[role]
      found[role] = before === undefined ? texts : [...before, ...texts]
    }
    any = true
  }
  const { aliases = nothing, canonical = nothing, ids = nothing, titles = nothing } = found
  const plain = canonical.length === 0 ? (found.names ?? nothing) : [...canonical, ...(found.names ?? nothing)]
  if (plain.length === 0 && titles.length === 0) {
    const inner = own(object, "attributes")
    const attributes = isObject(inner) ? namingOf(inner) : undefined
    if (attributes !== undefined) return { ...attributes, ids: [...ids, ...attributes.ids] }
    const thing = thingName(object)
    if (thing !== undefined) return { names: [thing], aliases, ids }
  }
  if (!any) return undefined
  if (titles.length === 0) return { names: plain, aliases, ids }
  // Beside a name, a title may be a job or a form of address: it is another word for the entity, not its name.
  return plain.length > 0 ? { names: plain, aliases: [...titles, ...aliases], ids } : { names: titles, aliases, ids }
}

/** True for a key under which an object gives its own names: what stands there is no entity of its own. */
export const namesItsOwner = (key: string): boolean => roles.get(key) === "aliases"

// -----------------------------------------------------------------------------
// internals

type Role = "canonical" | "names" | "titles" | "aliases" | "ids"

/** `display_name`, `DISPLAY_NAME`, `displayName`, `DisplayName`, `display name`, `Display Name`, `display-name`. */
const spellingsOf = (key: string): ReadonlyArray<string> => {
  const pascal = key.replaceAll(/(?:^|_)([a-z])/g, (_, letter: string) => letter.toUpperCase())
  const title = pascal.replaceAll(/(?<=[a-z])(?=[A-Z])/g, " ")
  const camel = key.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())
  return [key, key.toUpperCase(), camel, pascal, key.replaceAll("_", " "), title, key.replaceAll("_", "-")]
}

const keysOf = (role: Role, ...keys: ReadonlyArray<string>) => keys.map((key) => [key, role] as const)

/** Written out in every spelling, because nothing is looked up as often: objects are many. */
const roles: ReadonlyMap<string, Role> = new Map(
  [
    ...keysOf("canonical", "canonical_name", "canonical"),
    ...keysOf("names", "name", "names"),
    ...keysOf("titles", "title", "label", "display_name", "pref_label", "preferred_label", "skos:prefLabel"),
    ...keysOf("aliases", "aliases", "alias", "synonyms", "synonym", "also_known_as", "alt_label", "alt_labels"),
    ...keysOf("aliases", "alternative_names", "alternate_names", "other_names", "skos:altLabel"),
    ...keysOf("ids", "canonical_id", "id", "slug", "sku", "code")
  ].flatMap(([key, role]) => spellingsOf(key).map((spelling) => [spelling, role] as const))
)

const nothing: ReadonlyArray<string> = []

/** Texts, and those of JSON-LD. */
const namesIn = (value: Schema.Json | undefined): ReadonlyArray<string> =>
  isList(value)
    ? value.flatMap((item) => (isList(item) ? [] : namesIn(item)))
    : textsIn(isObject(value) ? own(value, "@value") : value)

/** What a page calls canonical is its address. */
const isNoAddress = (text: string): boolean => !/^https?:\/\//.test(text)

/** Texts, texts with commas between them (and as they stand: a name may hold one), or objects that hold a text each. */
const aliasesIn = (value: Schema.Json | undefined): ReadonlyArray<string> => {
  if (isList(value))
    return value.flatMap((item) => (isObject(item) ? labelOf(item) : isList(item) ? [] : textsIn(item)))
  if (isObject(value)) return labelOf(value)
  return textsIn(value).flatMap((text) =>
    /[,;|]/.test(text) ? [text, ...text.split(/[,;|]/).flatMap((part) => textsIn(part.trim()))] : [text]
  )
}

const labelKeys = ["alias", "name", "label", "value", "text", "title", "synonym", "prefLabel", "@value"]

const labelOf = (object: JsonObject): ReadonlyArray<string> =>
  labelKeys.flatMap((key) => textsIn(own(object, key))).slice(0, 1)

const nameKey = /^([a-z][a-z0-9]*(?:_[a-z0-9]+)*?)(?:_name|Name)$/
const titleKey = /^([a-z][a-z0-9]*(?:_[a-z0-9]+)*?)(?:_title|Title)$/

/** Names of parts and of other matters. */
const notThings = new Set([
  "first",
  "last",
  "full",
  "middle",
  "user",
  "file",
  "host",
  "table",
  "column",
  "schema",
  "job",
  "sub"
])

/** The text under `product_name`, or else `film_title`, where that is the only such key, and the first id (if any) is its own. */
const thingName = (object: JsonObject): string | undefined => {
  const keys = Object.keys(object)
  const called = (thingKey: RegExp) =>
    keys.flatMap((key) => {
      const thing = thingKey.exec(key)?.[1]
      return thing === undefined || notThings.has(thing) ? [] : [{ key, thing }]
    })
  const named = called(nameKey)
  const [only, ...others] = named.length > 0 ? named : called(titleKey)
  if (only === undefined || others.length > 0) return undefined
  const firstId = keys.find((key) => /(?:^id|_id|[a-z]Id)$/.test(key))
  const ownIds = ["id", `${only.thing}_id`, `${only.thing}Id`]
  return firstId === undefined || ownIds.includes(firstId) ? textsIn(own(object, only.key))[0] : undefined
}
