/** What a resource says of its database in other ways than tables and terms: sample queries, and rules in prose. Pure. */
import type * as Schema from "effect/Schema"
import { fieldsOf, plainKey, stringsIn, textField } from "./JsonFields.ts"
import { isList, isObject, type JsonObject } from "./JsonShape.ts"

/** How somebody asked this database. */
export interface SampleShape {
  /** What it answers, in words; `null` where only the statement is given. */
  readonly question: string | null
  readonly sql: string
}

export interface Notes {
  readonly samples: ReadonlyArray<SampleShape>
  /** By the key that they stand under. */
  readonly rules: ReadonlyArray<{ readonly name: string; readonly text: string }>
}

/** Reads both wherever they stand; inside the entries of tables too, columns aside. */
export const notesOf = (data: Schema.Json): Notes => {
  const found: Found = { samples: [], rules: [], left: mostValues }
  visit(found, data, 0)
  return { samples: found.samples, rules: found.rules }
}

// -----------------------------------------------------------------------------
// internals

interface Found {
  readonly samples: Array<SampleShape>
  readonly rules: Array<Notes["rules"][number]>
  /** Values that may still be looked at. */
  left: number
}

const deepest = 5

/** Notes stand at the head of a resource: what is longer is a catalog, and not looked through for them. */
const mostValues = 20_000

const visit = (found: Found, value: Schema.Json, depth: number): void => {
  found.left -= 1
  if (depth > deepest || found.left < 0) return
  if (isList(value)) return value.forEach((item) => visit(found, item, depth + 1))
  if (!isObject(value)) return
  for (const key of Object.keys(value)) {
    const child = value[key]
    const plain = plainKey(key)
    if (child === undefined || child === null || plain === "columns") continue
    if (samplesKey.test(plain)) found.samples.push(...samplesIn(child))
    else if (rulesKey.test(plain)) {
      const text = linesIn(child).join("\n")
      if (text !== "") found.rules.push({ name: key, text })
    } else visit(found, child, depth + 1)
  }
}

const samplesKey =
  /^(?:sample|example|common|typical|popular|frequent|reference)?(?:sql)?quer(?:y|ies)$|^(?:sample|example)s?sql$|^(?:fewshot)?examples?$/

const rulesKey =
  /^business(?:rules?|usecases?|context|logic|definitions?|notes?)$|^(?:rules?|guidelines?|usagenotes?|querynotes?|notes|caveats|assumptions|conventions)$/

const statement = /^\s*(?:select|with)\b/i

const samplesIn = (value: Schema.Json, depth = 0): ReadonlyArray<SampleShape> => {
  if (depth > deepest) return []
  if (typeof value === "string") return statement.test(value) ? [{ question: null, sql: value.trim() }] : []
  if (isList(value)) return value.flatMap((item) => samplesIn(item, depth + 1))
  return isObject(value) ? samplesOf(value, depth) : []
}

/** One sample with its fields, or samples by their questions. */
const samplesOf = (object: JsonObject, depth: number): ReadonlyArray<SampleShape> => {
  const fields = fieldsOf(object)
  const sql = textField(fields, ["sql", "query", "sqlquery", "statement", "answer"])
  if (sql !== undefined && statement.test(sql)) {
    const question = textField(fields, [
      "question",
      "naturallanguage",
      "description",
      "title",
      "name",
      "input",
      "intent"
    ])
    return [{ question: question ?? null, sql: sql.trim() }]
  }
  return Object.entries(object).flatMap(([key, child]) =>
    typeof child === "string" && statement.test(child)
      ? [{ question: key, sql: child.trim() }]
      : samplesIn(child, depth + 1)
  )
}

const linesIn = (value: Schema.Json, depth = 0): ReadonlyArray<string> => {
  if (depth > deepest) return []
  if (isList(value)) return value.flatMap((item) => linesIn(item, depth + 1))
  if (!isObject(value)) return stringsIn(value)
  return Object.entries(value).flatMap(([key, child]) =>
    isList(child) || isObject(child) ? linesIn(child, depth + 1) : stringsIn(child).map((text) => `${key}: ${text}`)
  )
}
