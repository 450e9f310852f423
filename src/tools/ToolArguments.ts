/** Where a tool takes its SQL, and what it must be given beside it, read off its input schema (JSON Schema). Pure. */
import * as Predicate from "effect/Predicate"
import type { SqlToolConfig } from "../config/OrchestratorConfig.ts"
import type { Tool } from "../connection/Replies.ts"

export type Arguments = { readonly [argument: string]: unknown }

/** A place for the SQL: a property of the arguments, or of the object in `parent`. */
export interface Place {
  readonly parent: string | null
  readonly name: string
  readonly description: string
}

/** What a call sends beside the SQL. */
export interface Filled {
  /** In the arguments themselves, or in `parent` beside the SQL. */
  readonly constants: Arguments
  readonly nested: Arguments
  /** Required, and nothing says with what; dotted where nested. */
  readonly missing: ReadonlyArray<string>
  /** Constants of the configuration that the tool has no argument for. */
  readonly unknown: ReadonlyArray<string>
}

/** Every property that takes a text, also one level down; nested ones are written `input.sql`. */
export const textPlaces = (tool: Tool): ReadonlyArray<Place> => {
  const root = tool.inputSchema
  return propertiesOf(root).flatMap(([name, raw]): ReadonlyArray<Place> => {
    const schema = resolved(root, raw)
    if (takesText(schema)) return [{ parent: null, name, description: descriptionOf(schema) }]
    return propertiesOf(schema).flatMap(([inner, nested]) => {
      const field = resolved(root, nested)
      return takesText(field) ? [{ parent: name, name: inner, description: descriptionOf(field) }] : []
    })
  })
}

export const placeName = ({ name, parent }: Place): string => (parent === null ? name : `${parent}.${name}`)

/**
 * The place that is called as statements are, those of the arguments themselves first; `null` if there is none. With
 * `anyName` the only required text, else the only one, will do as well: for a tool that certainly runs SQL.
 */
export const sqlPlace = (tool: Tool, { anyName }: { readonly anyName: boolean }): Place | null => {
  const places = textPlaces(tool)
  for (const level of [
    places.filter(({ parent }) => parent === null),
    places.filter(({ parent }) => parent !== null)
  ]) {
    const required = level.filter((place) => isRequired(tool, place))
    const usual = (some: ReadonlyArray<Place>) =>
      some.find(({ name }) => /^sql/i.test(name) && usualName.test(name)) ??
      some.find(({ name }) => usualName.test(name))
    const only = anyName ? [required, level].find((some) => some.length === 1)?.[0] : undefined
    const found = usual(required) ?? usual(level) ?? only
    if (found !== undefined) return found
  }
  return null
}

/**
 * What goes with the SQL: the constants of the configuration, and for what else the tool requires its `const`, its
 * `default`, the only value of its `enum`, or the word for reading among several.
 */
export const fill = (tool: Tool, place: Place, configured: SqlToolConfig["constants"]): Filled => {
  const root = tool.inputSchema
  const parent = parentOf(tool, place)
  const properties = new Map(propertiesOf(root))
  const inner = new Map(propertiesOf(parent))
  const isNested = (name: string) => !properties.has(name) && inner.has(name)
  const given = Object.entries(configured)
  const outside = given.filter(([name]) => !isNested(name))
  const inside = given.filter(([name]) => isNested(name))
  const top = fillLevel(root, root, place.parent ?? place.name, Object.fromEntries(outside))
  const below = parent === null ? emptyLevel : fillLevel(root, parent, place.name, Object.fromEntries(inside))
  return {
    constants: top.constants,
    nested: below.constants,
    missing: [...top.missing, ...below.missing.map((name) => `${place.parent ?? ""}.${name}`)],
    // A schema that names no properties says nothing about them.
    unknown: properties.size === 0 ? [] : outside.map(([name]) => name).filter((name) => !properties.has(name))
  }
}

// -----------------------------------------------------------------------------
// internals

type JsonSchema = { readonly [keyword: string]: unknown }

const isSchema = (value: unknown): value is JsonSchema => Predicate.isObject(value)

/** The argument names in use among SQL servers. */
const usualName = /^(?:sql|query|statement|q|sql_?(?:query|text|statement|string))$/i

const propertiesOf = (schema: JsonSchema | null): ReadonlyArray<readonly [string, JsonSchema]> => {
  const properties = schema?.["properties"]
  return isSchema(properties)
    ? Object.entries(properties).flatMap(([name, value]) => (isSchema(value) ? [[name, value] as const] : []))
    : []
}

/** What `$ref` points to within the same schema (Pydantic writes nested models so); of several types the object. */
const resolved = (root: JsonSchema, schema: JsonSchema): JsonSchema => {
  const reference = schema["$ref"]
  const [, keyword = "", name = ""] = Predicate.isString(reference)
    ? (/^#\/(\$defs|definitions)\/(.+)$/.exec(reference) ?? [])
    : []
  const definitions = root[keyword]
  const target = isSchema(definitions) ? definitions[name] : undefined
  if (isSchema(target)) return target
  const variants = [schema["allOf"], schema["anyOf"], schema["oneOf"]].find(Array.isArray)?.filter(isSchema) ?? []
  const object = variants
    .map((variant) => ("$ref" in variant ? resolved(root, variant) : variant))
    .find(({ properties }) => isSchema(properties))
  return object ?? schema
}

/** JSON Schema: `type` may be a list; a schema without one takes anything, one with `enum` only what it lists. */
const takesText = (schema: JsonSchema): boolean => {
  if ("enum" in schema || "const" in schema || "properties" in schema || "$ref" in schema) return false
  const variants = [schema["anyOf"], schema["oneOf"]].find(Array.isArray)
  if (variants !== undefined) return variants.some((variant) => isSchema(variant) && takesText(variant))
  const { type } = schema
  return type === undefined || type === "string" || (Array.isArray(type) && type.includes("string"))
}

const descriptionOf = ({ description }: JsonSchema): string => (Predicate.isString(description) ? description : "")

const requiredOf = (schema: JsonSchema): ReadonlyArray<string> => {
  const { required } = schema
  return Array.isArray(required) ? required.filter(Predicate.isString) : []
}

const parentOf = (tool: Tool, { parent }: Place): JsonSchema | null => {
  const found = propertiesOf(tool.inputSchema).find(([name]) => name === parent)
  return found === undefined ? null : resolved(tool.inputSchema, found[1])
}

const isRequired = (tool: Tool, place: Place): boolean => {
  const parent = parentOf(tool, place)
  return requiredOf(parent ?? tool.inputSchema).includes(place.name)
}

interface Level {
  readonly constants: Arguments
  readonly missing: ReadonlyArray<string>
}

const emptyLevel: Level = { constants: {}, missing: [] }

const fillLevel = (root: JsonSchema, schema: JsonSchema, sql: string, configured: Arguments): Level => {
  const properties = new Map(propertiesOf(schema))
  const constants: Array<readonly [string, unknown]> = Object.entries(configured)
  const missing: Array<string> = []
  for (const name of requiredOf(schema)) {
    if (name === sql || Object.hasOwn(configured, name)) continue
    const property = properties.get(name)
    const value = property === undefined ? undefined : constantOf(resolved(root, property))
    if (value === undefined) missing.push(name)
    else constants.push([name, value])
  }
  return { constants: Object.fromEntries(constants), missing }
}

const constantOf = (schema: JsonSchema): unknown => {
  if (schema["const"] !== undefined) return schema["const"]
  if (schema["default"] !== undefined) return schema["default"]
  const values: ReadonlyArray<unknown> = Array.isArray(schema["enum"]) ? schema["enum"] : []
  return values.length === 1
    ? values[0]
    : values.find((value) => Predicate.isString(value) && /^(?:select|read|query)$/i.test(value))
}
