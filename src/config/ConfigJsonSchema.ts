/** The JSON Schema of the configuration file, generated from the Schema that decodes it; editors check the YAML with it. */
import * as Predicate from "effect/Predicate"
import * as Schema from "effect/Schema"
import { ConfigFile } from "./ConfigFile.ts"

/**
 * Draft 2020-12. Wherever the decoder takes a value it also takes a text with `${VAR}` in it, so every scalar and list
 * accepts one; what the variable holds is checked when the program starts.
 */
export const document = (): { readonly [key: string]: unknown } => {
  const { definitions, schema } = Schema.toJsonSchemaDocument(ConfigFile, { onExcessProperty: "error" })
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    ...withVariables(schema),
    $defs: {
      ...definitions,
      variable: {
        type: "string",
        pattern: "\\$\\{[A-Za-z_][A-Za-z0-9_]*(:[-?][^}]*)?\\}",
        description: "A text with ${VAR}, ${VAR:-default} or ${VAR:?message} in it."
      }
    }
  }
}

/** The file `mcp-config.schema.json`. */
export const text = (): string => `${JSON.stringify(document(), null, 2)}\n`

// -----------------------------------------------------------------------------
// internals

type JsonObject = { readonly [key: string]: unknown }

const isJsonObject = (value: unknown): value is JsonObject => Predicate.isObject(value)

const variable = { $ref: "#/$defs/variable" }

/** Words for people and editors; they stay outside of the choice between the value and a variable. */
const annotationKeys: ReadonlySet<string> = new Set(["title", "description", "default", "examples"])

const withVariables = (schema: JsonObject): JsonObject => {
  const walked = mapEntries(schema, (key, value) => {
    if (key === "properties" || key === "patternProperties")
      return isJsonObject(value) ? mapEntries(value, child) : value
    if (key === "items" || key === "additionalProperties") return child(key, value)
    return key === "anyOf" && Array.isArray(value) ? value.map((member) => child(key, member)) : value
  })
  if (isSection(schema)) return withAlternative(walked, { type: "null" })
  return isPlainText(schema) || !(isScalar(schema) || schema["type"] === "array")
    ? walked
    : withAlternative(walked, variable)
}

/** `retry:` with nothing under it is an empty table. */
const isSection = (schema: JsonObject) => schema["type"] === "object" && schema["required"] === undefined

const child = (_key: string, value: unknown): unknown => (isJsonObject(value) ? withVariables(value) : value)

const mapEntries = (object: JsonObject, f: (key: string, value: unknown) => unknown): JsonObject =>
  Object.fromEntries(Object.entries(object).map(([key, value]) => [key, f(key, value)]))

const isScalar = ({ type }: JsonObject) =>
  type === "string" || type === "number" || type === "integer" || type === "boolean"

/** A text without further rules takes a variable as it is. */
const isPlainText = (schema: JsonObject) =>
  schema["type"] === "string" &&
  (schema["pattern"] === undefined || schema["pattern"] === "\\S") &&
  schema["enum"] === undefined

const withAlternative = (schema: JsonObject, alternative: JsonObject): JsonObject => {
  const entries = Object.entries(schema)
  return {
    ...Object.fromEntries(entries.filter(([key]) => annotationKeys.has(key))),
    anyOf: [Object.fromEntries(entries.filter(([key]) => !annotationKeys.has(key))), alternative]
  }
}
