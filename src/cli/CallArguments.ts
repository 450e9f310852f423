/** The arguments of a tool as they are typed: `key=value`, or one JSON object. Pure. */
import * as Predicate from "effect/Predicate"
import * as Result from "effect/Result"
import * as ExactJson from "../text/ExactJson.ts"

export type Arguments = { readonly [name: string]: unknown }

/**
 * A value is a text where the tool's schema says so; else JSON, and a text where that is none either. Integers are sent
 * digit for digit. The failure is a sentence.
 */
export const parse = (given: ReadonlyArray<string>, inputSchema: Arguments): Result.Result<Arguments, string> => {
  const [first, ...more] = given
  if (first !== undefined && more.length === 0 && first.trimStart().startsWith("{")) return object(first)
  const properties = Predicate.isObject(inputSchema["properties"]) ? inputSchema["properties"] : {}
  const pairs: Array<readonly [string, unknown]> = []
  for (const argument of given) {
    const at = argument.indexOf("=")
    if (at < 1)
      return Result.fail(`arguments are given as key=value, or as one JSON object; this is neither: ${argument}`)
    const [name, text] = [argument.slice(0, at), argument.slice(at + 1)]
    const types = typesOf(Object.hasOwn(properties, name) ? properties[name] : undefined)
    const value = types.includes("string") ? text : ExactJson.parseRaw(text)
    if (value !== undefined) pairs.push([name, value])
    else if (types.length === 0) pairs.push([name, text])
    else return Result.fail(`${name} takes ${types.join(" or ")}, and not ${JSON.stringify(text)}`)
  }
  return Result.succeed(Object.fromEntries(pairs))
}

// -----------------------------------------------------------------------------
// internals

const object = (text: string): Result.Result<Arguments, string> => {
  const value = ExactJson.parseRaw(text)
  return Predicate.isObject(value)
    ? Result.succeed(value)
    : Result.fail("the arguments begin like a JSON object, and are none")
}

/** JSON Schema's `type`, of the alternatives too. */
const typesOf = (schema: unknown): ReadonlyArray<string> => {
  if (!Predicate.isObject(schema)) return []
  const alternatives: ReadonlyArray<unknown> = [schema["anyOf"], schema["oneOf"]].flatMap((all) =>
    Array.isArray(all) ? all : []
  )
  const own: ReadonlyArray<unknown> = Array.isArray(schema["type"]) ? schema["type"] : [schema["type"]]
  return [...own.filter(Predicate.isString), ...alternatives.flatMap(typesOf)].filter((type) => type !== "null")
}
