/** The shapes of gathered JSON that hold entities and terms: what is one, what it calls itself, where it stands. */
import type * as Schema from "effect/Schema"
import { plainKey } from "./JsonFields.ts"
import { isList, isObject, type JsonObject, type JsonPath, own, textsIn } from "./JsonShape.ts"
import { type Naming, namesItsOwner, namingOf } from "./Naming.ts"
import { aliasName, namesTerms, termsIn, type TermShape } from "./TermShapes.ts"
import { wordList } from "./WordList.ts"

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

/** What one resource's content holds beside tables. */
export interface Shapes {
  readonly entities: ReadonlyArray<EntityShape>
  readonly categories: ReadonlyArray<CategoryShape>
  readonly terms: ReadonlyArray<TermShape>
  /** True if the content is a collection, so that the resource's own name is a heading. */
  readonly collection: boolean
}

/**
 * Reads the content of a resource; `called` is what the resource is called. A resource that describes tables holds
 * other things only under keys that say so.
 */
export const shapesOf = (data: Schema.Json, called: string, describesTables: boolean): Shapes => {
  const found: Found = { entities: [], categories: [], terms: [] }
  const { content, path } = unwrapped(data)
  const collection = describesTables
    ? readBesideTables(found, content)
    : isList(content)
      ? readList(found, content, [], 0)
      : isObject(content)
        ? readContent(found, content, called)
        : false
  const placed = <A extends { readonly path: JsonPath }>(shape: A): A => ({ ...shape, path: [...path, ...shape.path] })
  return path.length === 0
    ? { ...found, collection }
    : { ...found, entities: found.entities.map(placed), categories: found.categories.map(placed), collection }
}

// -----------------------------------------------------------------------------
// internals

interface Found {
  readonly entities: Array<EntityShape>
  readonly categories: Array<CategoryShape>
  readonly terms: Array<TermShape>
}

const nothing: ReadonlyArray<string> = []

/** Deeper than this, things belong to their entity and are no entities. */
const deepest = 2

const namesItself = (object: JsonObject): boolean => namingOf(object) !== undefined

const isBranch = (value: Schema.Json) => typeof value === "object" && value !== null

/** What stands in wrappers such as `{ "success": true, "data": … }`, and where. A thing with a name is no wrapper, nor in one. */
const unwrapped = (data: Schema.Json): { readonly content: Schema.Json; readonly path: JsonPath } => {
  let content = data
  const path: Array<string> = []
  while (path.length < deepestWrapper && isObject(content) && !namesItself(content)) {
    const [only, ...others] = Object.entries(content).filter(([, value]) => isBranch(value))
    if (only === undefined || others.length > 0 || !wrapperWords.has(plainKey(only[0]))) break
    const [key, inner] = only
    if (isObject(inner) && namesItself(inner)) break
    content = inner
    path.push(key)
  }
  return { content, path }
}

const deepestWrapper = 4

const wrapperWords = new Set(
  wordList("data result results response payload body output content contents structuredcontent")
)

const readBesideTables = (found: Found, data: Schema.Json): boolean => {
  if (!isObject(data)) return true
  for (const [key, value] of Object.entries(data)) {
    if (!isObject(value)) continue
    if (namesTerms(key)) readTermGroups(found, value, key)
    else if (aliasName.test(key)) readChildren(found, value, [key], 1, key)
  }
  return true
}

/** The whole content of a resource. True if it is a collection. */
const readContent = (found: Found, data: JsonObject, called: string): boolean => {
  if (namesTerms(called) && !namesItself(data)) readTermGroups(found, data, null)
  else if (readTerms(found, data, called, null)) {
    // Grouped terms may stand beside flat ones.
    readChildren(found, data, [], 0, called)
    return true
  }
  if (found.terms.length > 0) return true
  if (aliasName.test(called) && readAliasRecord(found, data, [])) return true
  if (readRows(found, data, [])) return true
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

/** Terms of a record that is called so, and of the records in it (`{"mappings": {"user_friendly_terms": {…}}}`). */
const readTermGroups = (found: Found, object: JsonObject, group: string | null, depth = 0): void => {
  found.terms.push(...termsIn(object, group, true))
  if (depth === deepest) return
  for (const [key, value] of Object.entries(object)) {
    if (isObject(value) && termsIn({ [key]: value }, group, true).length === 0) {
      readTermGroups(found, value, key, depth + 1)
    }
  }
}

/** `called` tells mappings by their name; an object that could be an entity needs more than that. */
const readTerms = (found: Found, object: JsonObject, called: string, group: string | null): boolean => {
  const named = namesTerms(called)
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
  // What a resource is called holds for its groups, unless the group is an entity.
  if (readTerms(found, value, namesItself(value) ? key : `${called} ${key}`, key)) return true
  if (key === "categories" && readCategories(found, value, place)) return true
  if (aliasName.test(key) && readAliasRecord(found, value, place)) return true
  if (readRows(found, value, place)) return true
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

/**
 * `{ "Python SDK": ["py", "pysdk"] }`, or the other way round `{ "py": "Python SDK" }`: records of texts that are called
 * aliases, where all there is are names.
 */
const readAliasRecord = (found: Found, object: JsonObject, path: JsonPath): boolean => {
  const entries = Object.entries(object)
  const others = entries.filter(([, value]) => !isList(value) || !value.every((item) => typeof item === "string"))
  if (entries.length > 0 && others.length === 0) {
    for (const [name, value] of entries) {
      const naming = { names: [name], aliases: textsIn(value), ids: nothing }
      found.entities.push({ path: [...path, name], value, key: null, naming, mentionable: true })
    }
    return true
  }
  if (entries.length === 0 || !entries.every(([, value]) => typeof value === "string")) return false
  for (const [canonical, group] of Map.groupBy(entries, ([, value]) => value)) {
    if (typeof canonical !== "string" || canonical.trim() === "") continue
    const aliases = group.map(([alias]) => alias)
    const place = [...path, aliases[0] ?? ""]
    const naming = { names: [canonical], aliases, ids: nothing }
    found.entities.push({ path: place, value: canonical, key: null, naming, mentionable: true })
  }
  return true
}

/** `{ "columns": ["id", "name"], "rows": [[1, "Laptop"]] }`: each row as the record it stands for. */
const readRows = (found: Found, object: JsonObject, path: JsonPath): boolean => {
  const columns = own(object, "columns")
  const rows = own(object, "rows")
  if (!isList(columns) || !isList(rows) || !columns.every((column) => typeof column === "string")) return false
  for (const [position, row] of rows.entries()) {
    if (!isList(row)) continue
    const value = Object.fromEntries(columns.map((column, index) => [column, row[index] ?? null]))
    const naming = namingOf(value)
    if (naming === undefined) continue
    found.entities.push({ path: [...path, "rows", position], value, key: null, naming, mentionable: true })
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
    if (namesItsOwner(key)) continue
    if (isList(value)) {
      if (value.some(isObject)) readList(found, value, [...path, key], depth + 1)
    } else if (isObject(value)) {
      if (readTerms(found, value, key, key)) continue
      for (const [name, child] of Object.entries(value)) {
        const naming = isObject(child) ? namingOf(child) : undefined
        if (naming === undefined) continue
        found.entities.push({ path: [...path, key, name], value: child, key: name, naming, mentionable: true })
      }
    }
  }
}
