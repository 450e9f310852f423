/** What a model answers: the structured form that is asked for, and what can be read where a server ignores the form. */
import * as Option from "effect/Option"
import * as Predicate from "effect/Predicate"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"

/** `NullOr` throughout: strict structured output knows no optional field. */
export const Reply = Schema.Struct({
  sql: Schema.NullOr(Schema.String).annotate({
    description: "One read-only SQL statement, or null if the schema cannot answer the question"
  }),
  explanation: Schema.NullOr(Schema.String).annotate({ description: "What the statement computes, in a sentence" }),
  usedEntities: Schema.NullOr(Schema.Array(Schema.String)).annotate({
    description: "Canonical names of the recognised names that the statement uses"
  })
})
export type Reply = typeof Reply.Type

/**
 * Reads an answer that is not the JSON that was asked for: JSON inside prose or a fence, else exactly one SQL block,
 * fenced or bare. Never a part of a statement: what stands around a block becomes the explanation, and several blocks
 * are refused, because choosing one would be a guess. The failure is a sentence about the answer, without its words.
 */
export const extract = (answer: string): Result.Result<Reply, string> => {
  const text = withoutReasoning(answer)
  if (text.length > longestAnswer) return Result.fail(`it has ${text.length} characters and is not the JSON asked for`)
  const whole = decodeJson(text)
  if (Option.isSome(whole)) return Result.succeed(whole.value)

  const blocks = fenced(text)
  const replies = blocks.flatMap((block) => {
    const json = decodeJson(block.body)
    if (Option.isSome(json)) return [json.value]
    return startsStatement(block.body)
      ? [
          fromSql(
            block.body,
            text.replace(block.whole, () => "")
          )
        ]
      : []
  })
  const [reply] = replies
  if (reply !== undefined && replies.length === 1) return Result.succeed(reply)
  if (replies.length > 1) return Result.fail(`it holds ${replies.length} SQL blocks instead of one`)
  const outside = blocks.reduce((rest, block) => rest.replace(block.whole, () => ""), text)
  if (fence.test(outside)) return Result.fail("it holds a block that does not end")
  return Option.match(decodeJson(outermostBraces(text)), { onNone: () => bare(outside), onSome: Result.succeed })
}

/** The statement inside a field that a model wrapped in a fence all the same. */
export const unfenced = (sql: string): string => {
  const [block, ...others] = fenced(sql)
  return (block !== undefined && others.length === 0 && sql.trim() === block.whole.trim() ? block.body : sql).trim()
}

// -----------------------------------------------------------------------------
// internals

/** Models that are asked for JSON without its being enforced leave fields out, and call the statement by other names. */
const LooseReply = Schema.Struct({
  sql: Schema.NullOr(Schema.String),
  explanation: Schema.optionalKey(Schema.NullOr(Schema.String)),
  usedEntities: Schema.optionalKey(Schema.NullOr(Schema.Array(Schema.String)))
})

const decodeLoose = Schema.decodeUnknownOption(LooseReply)
const decodeValue = Schema.decodeUnknownOption(Schema.fromJsonString(Schema.Unknown))

const decodeJson = (text: string): Option.Option<Reply> =>
  decodeValue(text).pipe(
    Option.orElse(() => decodeValue(withEscapes(text))),
    Option.flatMap((value) => replyIn(value, 0))
  )

/** The keys of a statement, and of what an answer is wrapped into where a model writes the call of a tool. */
const statementKeys = ["query", "statement", "sql_query", "sqlQuery", "SQL"]
const wrapperKeys = ["sql_answer", "arguments", "parameters", "input", "answer"]

const replyIn = (value: unknown, depth: number): Option.Option<Reply> => {
  if (Predicate.isString(value)) return depth === 0 ? Option.none() : decodeJson(value)
  if (!Predicate.isObject(value) || depth > 2) return Option.none()
  const fields = new Map(Object.entries(value))
  const named = statementKeys
    .map((key) => fields.get(key))
    .find((one) => Predicate.isString(one) && startsStatement(one))
  const loose = decodeLoose(named === undefined || fields.has("sql") ? value : { ...value, sql: named })
  if (Option.isSome(loose)) {
    const { explanation = null, sql, usedEntities = null } = loose.value
    return Option.some({ explanation, sql, usedEntities })
  }
  return Option.firstSomeOf(
    wrapperKeys.filter((key) => fields.has(key)).map((key) => replyIn(fields.get(key), depth + 1))
  )
}

/** Line breaks and tabs inside of JSON texts as JSON writes them: models that write SQL into JSON forget to. */
const withEscapes = (text: string): string =>
  text.replace(/"(?:[^"\\]|\\[^])*"/g, (quoted) =>
    quoted.replace(/[\n\r\t]/g, (character) => JSON.stringify(character).slice(1, -1))
  )

/** Reasoning models behind plain chat templates think aloud; a draft in there is not the answer. */
export const withoutReasoning = (text: string) => {
  const end = text.lastIndexOf("</think>")
  return (end === -1 ? text : text.slice(end + "</think>".length)).trim()
}

const outermostBraces = (text: string) => text.slice(text.indexOf("{"), text.lastIndexOf("}") + 1)

/** Answers of the wrong form that are longer hold no statement that a person asked for. */
const longestAnswer = 20_000

const fenced = (text: string) =>
  Array.from(text.matchAll(/^ {0,3}(`{3,}|~{3,})[^\n`]*\n([\s\S]*?)^ {0,3}\1[ \t]*$/gm), (match) => ({
    whole: match[0],
    body: (match[2] ?? "").trim()
  }))

const fence = /^ {0,3}(?:`{3}|~{3})/m

/** A prose line may begin with "select" or "with", too; it does not go on like a statement. */
const statementStart =
  /^(?:\s|--[^\n]*\n|\/\*[\s\S]*?\*\/)*(?:select\s+(?:[^;]*?\sfrom\s|[-+'"`[(*\d])|with\s+(?:recursive\s+)?[\w"`]+\s*(?:\([^)]*\)\s*)?as\s+(?:not\s+)?(?:materialized\s+)?\(|values\s*\()/i
const verb = /^\s*(?:select|with|values)\b/i
const otherStatement = /^\s*(?:insert\s+into|update\s+\S+\s+set|delete\s+from|drop\s|create\s|alter\s|truncate\s)/im

const startsStatement = (text: string) => statementStart.test(text)

const bare = (text: string): Result.Result<Reply, string> => {
  const lines = text.split("\n")
  const startsAt = (from: number) =>
    lines.findIndex((line, index) => index >= from && verb.test(line) && startsStatement(lines.slice(index).join("\n")))
  const start = startsAt(0)
  if (start === -1) return Result.fail("it holds no SQL query")
  // Up to the semicolon that ends a line, else all of it: dropping what only looks like prose could drop a WHERE.
  const last = lines.findIndex((line, index) => index >= start && /;\s*$/.test(line))
  const end = last === -1 ? lines.length : last + 1
  const rest = lines.slice(end)
  if (startsAt(end) !== -1 || otherStatement.test(rest.join("\n"))) {
    return Result.fail("it holds several statements instead of one")
  }
  return Result.succeed(fromSql(lines.slice(start, end).join("\n"), [...lines.slice(0, start), ...rest].join("\n")))
}

const fromSql = (sql: string, around: string): Reply => ({
  sql: sql.trim(),
  explanation: around.replace(/\s+/g, " ").trim() || null,
  usedEntities: null
})
