/** The entities of one server and the names they go by. Computed when first asked for, and kept by its owner only. */
import type { GatheredResource, ServerResources } from "../resources/GatheredResources.ts"
import { addCategories } from "./Categories.ts"
import * as Order from "./CodeUnitOrder.ts"
import type { Entity, EntityName, ReadResource } from "./Entity.ts"
import { type EntityShape, namingOf, shapesOf } from "./EntityShapes.ts"
import { isObject, type JsonObject, own } from "./JsonShape.ts"
import { NameIndex } from "./NameIndex.ts"
import { NameLookup } from "./NameLookup.ts"
import { bareNumber, normalizeTokens, tokenize } from "./Tokens.ts"

export class ServerCatalog {
  readonly id: string
  readonly priority: number
  readonly domains: ReadonlyArray<string>
  /** Resources in the order of their names, then URIs, whatever order they arrived in. */
  readonly resources: ReadonlyArray<ReadResource>
  readonly entities: ReadonlyArray<Entity>
  readonly names: ReadonlyArray<EntityName>

  #exact: NameLookup | undefined
  #tokens: ReadonlyArray<ReadonlyArray<string>> | undefined
  #normalized: NameLookup | undefined
  #index: NameIndex | undefined
  #dense: boolean | undefined

  constructor(server: ServerResources) {
    this.id = server.id
    this.priority = server.priority
    this.domains = server.domains
    this.resources = [...server.resources.values()].toSorted(byName).map((resource) => ({
      resource,
      shapes: shapesOf(resource.data, [resource.name, resource.title ?? ""].join(" "))
    }))
    const entities: Array<Entity> = []
    const names: Array<EntityName> = []
    for (const read of this.resources) addResource(entities, names, read)
    addCategories(entities, names, this.resources)
    this.entities = entities
    this.names = names
  }

  /** Names by their exact spelling, outer blanks aside. */
  get exact(): NameLookup {
    return (this.#exact ??= new NameLookup(this.names.map((name) => name.text.trim())))
  }

  /** Names by `normalize`. */
  get normalized(): NameLookup {
    return (this.#normalized ??= new NameLookup(this.#tokenized.map(normalizeTokens)))
  }

  /** Names by the words they are made of; ids are not, see `EntityName`. */
  get index(): NameIndex {
    return (this.#index ??= new NameIndex(
      this.#tokenized.map((tokens, place) => (this.names[place]?.kind === "id" ? [] : tokens))
    ))
  }

  /** True if so many single words are names that ordinary words are among them. */
  get isDense(): boolean {
    return (this.#dense ??= this.#tokenized.filter((tokens) => tokens.length === 1).length >= dense)
  }

  get #tokenized(): ReadonlyArray<ReadonlyArray<string>> {
    return (this.#tokens ??= this.names.map((name) => tokenize(name.text)))
  }
}

// ---------------------------------------------------------------------------------------------------------------------
// internals

const dense = 1000

const byName = (left: GatheredResource, right: GatheredResource): number =>
  Order.compare(left.name, right.name) || Order.compare(left.uri, right.uri)

const addResource = (entities: Array<Entity>, names: Array<EntityName>, read: ReadResource): void => {
  const { resource, shapes } = read
  const heading = !isObject(resource.data) ? undefined : namingOf(resource.data)
  const ownNames = heading === undefined || shapes.collection ? [] : heading.names
  add(entities, names, resource, {
    shape: { path: [], value: resource.data, key: resource.name, mentionable: !shapes.collection },
    names: ownNames,
    aliases: [resource.title ?? "", ...(heading === undefined || shapes.collection ? [] : heading.aliases)],
    ids: heading === undefined || shapes.collection ? [] : heading.ids
  })
  for (const shape of shapes.entities) {
    const naming = isObject(shape.value) ? namingOf(shape.value) : { names: textOf(shape), aliases: [], ids: [] }
    add(entities, names, resource, { shape, ...naming })
  }
}

/** A plain string in a list is its own name. */
const textOf = (shape: EntityShape): ReadonlyArray<string> =>
  shape.key === null && typeof shape.value === "string" ? [shape.value] : []

const add = (
  entities: Array<Entity>,
  names: Array<EntityName>,
  resource: GatheredResource,
  found: {
    readonly shape: EntityShape
    readonly names: ReadonlyArray<string>
    readonly aliases: ReadonlyArray<string>
    readonly ids: ReadonlyArray<string>
  }
): void => {
  const { shape } = found
  const key = shape.key === null ? [] : [shape.key]
  const official = [...found.names, ...key, ...found.ids]
  const canonicalName = official.find((name) => name.trim() !== "")
  if (canonicalName === undefined) return
  const entity = entities.length
  entities.push({
    resource: { name: resource.name, uri: resource.uri },
    path: shape.path,
    value: shape.value,
    canonicalName,
    databaseReferences: isObject(shape.value) ? referencesOf(shape.value) : {},
    members: [],
    isCategory: false
  })
  const seen = new Set<string>()
  const name = (text: string, kind: EntityName["kind"], mentionable: boolean) => {
    if (text.trim() === "" || seen.has(text)) return
    seen.add(text)
    names.push({ text, entity, kind, mentionable: mentionable && shape.mentionable })
  }
  for (const text of found.names) name(text, "name", true)
  for (const text of key) name(text, bareNumber.test(text) ? "id" : "name", !bareNumber.test(text))
  for (const text of found.ids) name(text, "id", !bareNumber.test(text))
  for (const text of found.aliases) name(text, "alias", true)
}

/** `{"products.id": 7}`, or the same nested: `{"products": {"id": 7}}`. */
const referencesOf = (object: JsonObject): Entity["databaseReferences"] => {
  const references = own(object, "database_references") ?? own(object, "databaseReferences")
  if (!isObject(references)) return {}
  return Object.fromEntries(
    Object.entries(references).flatMap(([key, value]) =>
      isObject(value) ? Object.entries(value).map(([column, inner]) => [`${key}.${column}`, inner]) : [[key, value]]
    )
  )
}
