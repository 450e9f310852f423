/** Categories are entities too: a word that names one stands for all its members. */
import type * as Schema from "effect/Schema"
import type { ReadResource } from "../grounding/Contents.ts"
import type { Entity, EntityName } from "./Entity.ts"
import { isList, isObject, type JsonObject, own, textsIn } from "../grounding/JsonShape.ts"
import { bareNumber, normalizeTokens, tokenize } from "../text/Tokens.ts"

/**
 * Appends the categories of a server: those that entities say they are in (`categories`, `category`), those that a
 * resource lists (`{"categories": {"audio": ["Speaker"]}}`), and entities that list their `members`.
 */
export const addCategories = (
  entities: Array<Entity>,
  names: Array<EntityName>,
  resources: ReadonlyArray<ReadResource>
): void => {
  const found = new Map<string, Found>()
  const singles = entities.length
  const place = (name: string, at: Pick<Entity, "resource" | "path" | "value">): Found => {
    const key = normalizeTokens(tokenize(name)) || name
    const known = found.get(key)
    if (known !== undefined) return known
    const fresh = { name, ...at, members: new Set<number>() }
    found.set(key, fresh)
    return fresh
  }

  for (const [number, entity] of entities.entries()) {
    if (!isObject(entity.value)) continue
    for (const key of ["categories", "category"]) {
      for (const at of categoriesIn(entity.value, key)) {
        const category = place(at.name, {
          resource: entity.resource,
          path: [...entity.path, ...at.path],
          value: at.name
        })
        category.members.add(number)
      }
    }
  }
  const listed = resources.flatMap(({ resource, shapes }) => shapes.categories.map((shape) => ({ resource, shape })))
  if (listed.length > 0) {
    const byName = new Map(names.map((name) => [normalizeTokens(tokenize(name.text)), name.entity]))
    for (const { resource, shape } of listed) {
      const at = { resource: { name: resource.name, uri: resource.uri }, path: shape.path, value: shape.members }
      const category = place(shape.name, at)
      for (const member of shape.members) {
        const entity = byName.get(normalizeTokens(tokenize(member)))
        if (entity !== undefined) category.members.add(entity)
      }
    }
  }

  for (const category of found.values()) {
    const members = [...category.members]
      .filter((member) => member < singles)
      .flatMap((member) => entities[member] ?? [])
    names.push({ text: category.name, entity: entities.length, kind: "name", mentionable: true })
    entities.push({
      resource: category.resource,
      path: category.path,
      value: category.value,
      canonicalName: category.name,
      databaseReferences: mergeReferences(members),
      members: [...new Set(members.map((member) => member.canonicalName))],
      isCategory: true
    })
  }
}

interface Found extends Pick<Entity, "resource" | "path" | "value"> {
  readonly name: string
  readonly members: Set<number>
}

const categoriesIn = (object: JsonObject, key: string) => {
  const value = own(object, key)
  if (value === undefined) return []
  const found = isList(value)
    ? value.flatMap((item, position) => textsIn(item).map((name) => ({ name, path: [key, position] })))
    : textsIn(value).map((name) => ({ name, path: [key] }))
  // A number is a reference to a category that somebody else names.
  return found.filter(({ name }) => !bareNumber.test(name))
}

/** All the values of each reference, as a list without repetitions: `{"products.id": [1, 2]}`. */
const mergeReferences = (members: ReadonlyArray<Entity>): Entity["databaseReferences"] => {
  const merged = new Map<string, Map<string, Schema.Json>>()
  for (const member of members) {
    for (const [reference, value] of Object.entries(member.databaseReferences)) {
      const values = merged.get(reference) ?? new Map<string, Schema.Json>()
      merged.set(reference, values)
      for (const one of isList(value) ? value : [value]) values.set(JSON.stringify(one), one)
    }
  }
  return Object.fromEntries([...merged].map(([reference, values]) => [reference, [...values.values()]]))
}
