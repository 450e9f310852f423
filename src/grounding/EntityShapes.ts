/** The shapes of gathered JSON that hold entities (DESIGN §5): what is one, what it calls itself, where it stands. */
import type * as Schema from "effect/Schema"
import { isList, isObject, type JsonObject, type JsonPath, textsIn } from "./JsonShape.ts"
import { mappingName, tablesIn, type TableShape, termsIn, type TermShape } from "./SchemaShapes.ts"

/** An entity as found, before its names are sorted out. */
export interface EntityShape {
  readonly path: JsonPath
  readonly value: Schema.Json
  /** The key of the record it stands under; `null` in a list, and for the whole content. */
  readonly key: string | null
  readonly naming: Naming | undefined
  /** False for what is rather a heading or an attribute: it can be asked for by name, but a question never means it. */
  readonly mentionable: boolean
}

/** A category that a resource lists with its members' names. */
export interface CategoryShape {
  readonly name: string
  readonly path: JsonPath
  readonly members: ReadonlyArray<string>
}

/** What one resource's content holds. */
export interface Shapes {
  readonly entities: ReadonlyArray<EntityShape>
  readonly categories: ReadonlyArray<CategoryShape>
  readonly tables: ReadonlyArray<TableShape>
  readonly terms: ReadonlyArray<TermShape>
  /** True if the content is a collection, so that the resource's own name is a heading. */
  readonly collection: boolean
}

/** The names an object gives itself; of each kind the most official first. */
export interface Naming {
  readonly names: ReadonlyArray<string>
  readonly aliases: ReadonlyArray<string>
  readonly ids: ReadonlyArray<string>
}

/** The names an object gives itself, if it does. */
export const namingOf = (object: JsonObject): Naming | undefined => {
  const found: { [role in NamingRole]?: ReadonlyArray<string> } = {}
  let any = false
  // Over the object's own keys, not the known ones: objects are many and their keys few.
  for (const key of Object.keys(object)) {
    const role = namingKeys.get(key)
    const texts = role === undefined ? nothing : textsIn(object[key])
    if (role === undefined || texts.length === 0) continue
    const before = found[role]
    found[role] = before === undefined ? texts : [...before, ...texts]
    any = true
  }
  if (!any) return undefined
  const { aliases = nothing, canonical = nothing, ids = nothing, titles = nothing } = found
  const names = canonical.length === 0 ? (found.names ?? nothing) : [...canonical, ...(found.names ?? nothing)]
  if (titles.length === 0) return { names, aliases, ids }
  // Beside a name, a title may be a job or a form of address: it is another word for the entity, not its name.
  return names.length > 0 ? { names, aliases: [...titles, ...aliases], ids } : { names: titles, aliases, ids }
}

/** Reads the content of a resource; `called` is the resource's name. */
export const shapesOf = (data: Schema.Json, called: string): Shapes => {
  const found: Found = { entities: [], categories: [], tables: [], terms: [] }
  const collection = isList(data)
    ? readList(found, data, [], 0)
    : isObject(data)
      ? readContent(found, data, called)
      : false
  return { ...found, collection }
}

// ---------------------------------------------------------------------------------------------------------------------
// internals

interface Found {
  readonly entities: Array<EntityShape>
  readonly categories: Array<CategoryShape>
  readonly tables: Array<TableShape>
  readonly terms: Array<TermShape>
}

type NamingRole = "canonical" | "names" | "titles" | "aliases" | "ids"

const keysOf = (role: NamingRole, ...keys: ReadonlyArray<string>) => keys.map((key) => [key, role] as const)

const namingKeys: ReadonlyMap<string, NamingRole> = new Map([
  ...keysOf("canonical", "canonical_name", "canonicalName"),
  ...keysOf("names", "name", "Name"),
  ...keysOf("titles", "title", "label", "display_name", "displayName"),
  ...keysOf("aliases", "aliases", "alias", "synonyms", "synonym", "also_known_as"),
  ...keysOf("ids", "canonical_id", "canonicalId", "id", "slug", "sku", "code")
])

const nothing: ReadonlyArray<string> = []

/** Deeper than this, things belong to their entity and are no entities. */
const deepest = 2

const namesItself = (object: JsonObject): boolean => namingOf(object) !== undefined

const isBranch = (value: Schema.Json) => typeof value === "object" && value !== null

/** The whole content of a resource. True if it is a collection. */
const readContent = (found: Found, data: JsonObject, called: string): boolean => {
  if (readSchema(found, data)) return true
  if (readTerms(found, data, called, null)) {
    // Grouped terms may stand beside flat ones.
    readChildren(found, data, [], 0, called)
    return true
  }
  if (namesItself(data)) {
    readNested(found, data, [], 0)
    return false
  }
  const values = Object.values(data)
  if (values.length > 0 && !values.some(isBranch)) {
    for (const [key, value] of Object.entries(data))
      found.entities.push({ path: [key], value, key, naming: undefined, mentionable: false })
    return false
  }
  return readChildren(found, data, [], 0, called)
}

const readSchema = (found: Found, object: JsonObject): boolean => {
  const tables = tablesIn(object)
  found.tables.push(...tables)
  return tables.length > 0
}

/** `called` tells mappings by their name; an object that could be an entity needs more than that. */
const readTerms = (found: Found, object: JsonObject, called: string, group: string | null): boolean => {
  const named = mappingName.test(called)
  const couldBeEntity = namesItself(object)
  if (couldBeEntity && !named) return false
  const terms = termsIn(object, group, named && !couldBeEntity)
  found.terms.push(...terms)
  return terms.length > 0
}

/** The values of a record that does not name itself. True if they are what the record is there for. */
const readChildren = (found: Found, object: JsonObject, path: JsonPath, depth: number, called: string): boolean => {
  const entries = Object.entries(object)
  const pure = entries.every(([, value]) => isBranch(value))
  let collection = pure && entries.length > 0
  for (const [key, value] of entries) {
    const place = [...path, key]
    if (isList(value)) {
      if (readList(found, value, place, depth + 1)) collection = true
    } else if (isObject(value)) {
      if (readChild(found, value, key, place, depth, pure, called)) collection = true
    }
  }
  return collection
}

const readChild = (
  found: Found,
  value: JsonObject,
  key: string,
  place: JsonPath,
  depth: number,
  pure: boolean,
  called: string
): boolean => {
  if (readSchema(found, value)) return true
  // What a resource is called holds for its groups, unless the group is an entity.
  if (readTerms(found, value, namesItself(value) ? key : `${called} ${key}`, key)) return true
  if (key === "categories" && readCategories(found, value, place)) return true
  const naming = namingOf(value)
  if (naming !== undefined) {
    found.entities.push({ path: place, value, key, naming, mentionable: true })
    readNested(found, value, place, depth + 1)
    return true
  }
  const children = Object.values(value)
  const heading = children.length > 0 && children.every(isBranch)
  // `{ "products": { "Laptop": { … } } }` and `{ "Laptop": { "size": { … } } }` look alike: both levels are kept.
  if (pure) found.entities.push({ path: place, value, key, naming, mentionable: !heading })
  if (heading && depth < deepest) return readChildren(found, value, place, depth + 1, called)
  return false
}

/** `{ "audio": ["Speaker", "Headphones"] }`. */
const readCategories = (found: Found, object: JsonObject, path: JsonPath): boolean => {
  const entries = Object.entries(object)
  if (entries.length === 0 || !entries.every(([, members]) => isList(members))) return false
  for (const [name, members] of entries) {
    if (name.trim() !== "") found.categories.push({ name, path: [...path, name], members: textsIn(members) })
  }
  return true
}

/** True if the list holds entities. A list of plain strings holds them only if it is all there is. */
const readList = (found: Found, list: ReadonlyArray<Schema.Json>, path: JsonPath, depth: number): boolean => {
  const before = found.entities.length
  for (const [position, value] of list.entries()) {
    const naming = isObject(value) ? namingOf(value) : path.length === 0 ? ownText(value) : undefined
    if (naming === undefined) continue
    const place = [...path, position]
    found.entities.push({ path: place, value, key: null, naming, mentionable: true })
    if (isObject(value)) readNested(found, value, place, depth + 1)
  }
  return found.entities.length > before
}

/** A plain string in a list is its own name. */
const ownText = (value: Schema.Json): Naming | undefined =>
  typeof value === "string" && value.trim() !== "" ? { names: [value], aliases: nothing, ids: nothing } : undefined

/** Entities inside an entity: only what names itself. */
const readNested = (found: Found, object: JsonObject, path: JsonPath, depth: number): void => {
  if (depth > deepest) return
  for (const key of Object.keys(object)) {
    const value = object[key]
    if (isList(value)) {
      if (value.some(isObject)) readList(found, value, [...path, key], depth + 1)
    } else if (isObject(value)) {
      if (readSchema(found, value) || readTerms(found, value, key, key)) continue
      for (const [name, child] of Object.entries(value)) {
        const naming = isObject(child) ? namingOf(child) : undefined
        if (naming === undefined) continue
        found.entities.push({ path: [...path, key, name], value: child, key: name, naming, mentionable: true })
      }
    }
  }
}
