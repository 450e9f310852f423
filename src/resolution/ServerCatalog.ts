/** The entities of one server and the names they go by. Computed when first asked for, and kept by its owner only. */
import type { ReadResource, ServerContents } from "../grounding/Contents.ts"
import { addCategories } from "./Categories.ts"
import type { EntityShape } from "../grounding/EntityShapes.ts"
import { namingOf } from "../grounding/Naming.ts"
import type { Entity, EntityName } from "./Entity.ts"
import { isObject, type JsonObject, own } from "../grounding/JsonShape.ts"
import { NameIndex } from "./NameIndex.ts"
import { NameLookup } from "./NameLookup.ts"
import { bareNumber, fold, tokenize } from "../text/Tokens.ts"

export class ServerCatalog {
  readonly id: string
  readonly priority: number
  readonly domains: ReadonlyArray<string>
  readonly entities: ReadonlyArray<Entity>
  readonly names: ReadonlyArray<EntityName>

  #normalized: NameLookup | undefined
  #index: NameIndex | undefined
  #dense: boolean | undefined

  constructor(server: ServerContents) {
    this.id = server.id
    this.priority = server.priority
    this.domains = server.domains
    const entities: Array<Entity> = []
    const names: Array<EntityName> = []
    for (const read of server.resources) addResource(entities, names, read)
    forwardAliases(entities, names)
    addCategories(entities, names, server.resources)
    this.entities = entities
    this.names = names
  }

  /** Names by their spelling but for case, accents, punctuation, separators and plural. */
  get normalized(): NameLookup {
    return (this.#normalized ??= NameLookup.of(this.names.length, (place) => this.names[place]?.text ?? ""))
  }

  /** Names by the words they are made of; ids are not, see `EntityName`. */
  get index(): NameIndex {
    return (this.#index ??= this.#makeIndex())
  }

  /** Whoever guesses at names looks for known ones as well: the tokens of each are made once for both. */
  #makeIndex(): NameIndex {
    const { names } = this
    const normalized = new NameLookup(names.length, (place) => names[place]?.text ?? "")
    const index = new NameIndex(names.length, (place) => {
      const tokens = tokenize(names[place]?.text ?? "")
      normalized.add(place, tokens)
      return names[place]?.kind === "id" ? [] : tokens
    })
    this.#normalized ??= normalized
    return index
  }

  /** True if so many single words are names that ordinary words are among them. */
  get isDense(): boolean {
    if (this.#dense === undefined) {
      const { nameStarts } = this.index
      let single = 0
      this.#dense = this.names.some((_, name) => {
        if ((nameStarts[name + 1] ?? 0) - (nameStarts[name] ?? 0) === 1) single++
        return single >= dense
      })
    }
    return this.#dense
  }
}

// -----------------------------------------------------------------------------
// internals

const dense = 1000

const addResource = (entities: Array<Entity>, names: Array<EntityName>, read: ReadResource): void => {
  const { resource, shapes } = read
  const place = { name: resource.name, uri: resource.uri }
  const naming = shapes.collection || !isObject(resource.data) ? undefined : namingOf(resource.data)
  add(entities, names, place, {
    path: [],
    value: resource.data,
    key: resource.name,
    naming: {
      names: naming?.names ?? [],
      aliases: [...(resource.title === undefined ? [] : [resource.title]), ...(naming?.aliases ?? [])],
      ids: naming?.ids ?? []
    },
    mentionable: !shapes.collection
  })
  for (const shape of shapes.entities) add(entities, names, place, shape)
}

const add = (
  entities: Array<Entity>,
  names: Array<EntityName>,
  resource: Entity["resource"],
  { key, mentionable, naming, path, value }: EntityShape
): void => {
  const entity = entities.length
  const before = names.length
  const name = (text: string, kind: EntityName["kind"], asked = true) => {
    if (text.trim() === "") return
    for (let place = before; place < names.length; place++) if (names[place]?.text === text) return
    names.push({ text, entity, kind, mentionable: mentionable && asked })
  }
  for (const text of naming?.names ?? []) name(text, "name")
  if (key !== null) name(key, bareNumber.test(key) ? "id" : "name", !bareNumber.test(key))
  for (const text of naming?.ids ?? []) name(text, "id", !bareNumber.test(text))
  for (const text of naming?.aliases ?? []) name(text, "alias")
  const canonical = names[before]
  if (canonical === undefined) return
  entities.push({
    resource,
    path,
    value,
    canonicalName: canonical.text,
    databaseReferences: isObject(value) ? referencesOf(value) : noReferences,
    members: noMembers,
    isCategory: false
  })
}

/**
 * `{ "py": "Python SDK" }` names an entity without describing it: where the server describes one of that name, its
 * aliases lead there.
 */
const forwardAliases = (entities: Array<Entity>, names: Array<EntityName>): void => {
  const bare = new Set<number>()
  for (const [number, entity] of entities.entries()) if (entity.value === entity.canonicalName) bare.add(number)
  if (bare.size === 0) return
  const described = new Map<string, number>()
  for (const { entity, kind, text } of names) {
    if (kind === "name" && !bare.has(entity)) described.set(fold(text.trim()), entity)
  }
  for (const [place, name] of names.entries()) {
    const target = bare.has(name.entity)
      ? described.get(fold(entities[name.entity]?.canonicalName.trim() ?? ""))
      : undefined
    if (target !== undefined) names[place] = { ...name, entity: target }
  }
}

// Shared, because most entities have none.
const noReferences: Entity["databaseReferences"] = {}
const noMembers: Entity["members"] = []

/** `{"products.id": 7}`, or the same nested: `{"products": {"id": 7}}`. */
const referencesOf = (object: JsonObject): Entity["databaseReferences"] => {
  const references = own(object, "database_references") ?? own(object, "databaseReferences")
  if (!isObject(references)) return noReferences
  return Object.fromEntries(
    Object.entries(references).flatMap(([key, value]) =>
      isObject(value) ? Object.entries(value).map(([column, inner]) => [`${key}.${column}`, inner]) : [[key, value]]
    )
  )
}
