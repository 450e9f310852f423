/** The body of `POST /chat/completions` for a prompt, as a server wants it. */
import * as Effect from "effect/Effect"
import type * as Schema from "effect/Schema"
import * as AiError from "effect/ai/AiError"
import type * as LanguageModel from "effect/ai/LanguageModel"
import * as OpenAiStructuredOutput from "effect/ai/OpenAiStructuredOutput"
import { type ChatFailure, permanent, unsupported } from "./ChatFailure.ts"
import type { Manner } from "./Manner.ts"

/** What the operator sets for every request. */
export interface RequestSettings {
  readonly model: string
  /** Tokens of an answer at most, the model's thinking included. */
  readonly maxTokens: number | undefined
  readonly temperature: number | undefined
  /** Merged into every body; wins over nothing that is written here. */
  readonly extraBody: { readonly [field: string]: Schema.Json } | undefined
}

/** Sent where a server requires a limit and the operator has set none: more than any statement needs. */
const defaultLimit = 4096

/** Asks for the form of an answer in words, where there is no other way. */
export const jsonInstruction = (schema: object): string =>
  `Answer with one JSON object, no prose and no code fence, that matches this JSON Schema:\n${JSON.stringify(schema)}`

interface Message {
  readonly role: "system" | "user" | "assistant"
  readonly content: string
}

/** The body for a prompt. Fails on what a generator of SQL does not need and this provider does not do: tools, files. */
export const make = Effect.fnUntraced(function* (
  { extraBody, maxTokens, model, temperature }: RequestSettings,
  options: LanguageModel.ProviderOptions,
  manner: Manner
): Effect.fn.Return<{ readonly [field: string]: unknown }, ChatFailure> {
  if (options.tools.length > 0) return yield* Effect.fail(unsupported("tools are not supported by this provider"))
  const messages = yield* messagesOf(options.prompt)
  const form = yield* formOf(options.responseFormat, manner)
  const said = form.instruction === null ? messages : withRules(messages, form.instruction)
  return {
    ...extraBody,
    model,
    messages: manner.hasSystemRole ? said : withoutSystemRole(said),
    ...form.body,
    ...(manner.streams ? { stream: true } : {}),
    ...(manner.limit === null ? {} : { [manner.limit]: maxTokens ?? defaultLimit }),
    ...(temperature === undefined ? {} : { temperature })
  }
})

// -----------------------------------------------------------------------------
// internals

const messagesOf = Effect.fnUntraced(function* (
  prompt: LanguageModel.ProviderOptions["prompt"]
): Effect.fn.Return<ReadonlyArray<Message>, ChatFailure> {
  const messages: Array<Message> = []
  for (const message of prompt.content) {
    if (message.role === "tool") return yield* Effect.fail(unsupported("tools are not supported by this provider"))
    if (message.role === "system") {
      messages.push({ role: "system", content: message.content })
      continue
    }
    const texts: Array<string> = []
    for (const part of message.content) {
      if (part.type !== "text") {
        return yield* Effect.fail(unsupported(`prompt parts of type ${part.type} are not supported by this provider`))
      }
      texts.push(part.text)
    }
    messages.push({ role: message.role, content: texts.join("") })
  }
  return messages
})

interface Form {
  readonly body: { readonly response_format?: object }
  /** What has to be said in words. */
  readonly instruction: string | null
}

const formOf = Effect.fnUntraced(function* (
  format: LanguageModel.ProviderOptions["responseFormat"],
  { json }: Manner
): Effect.fn.Return<Form, ChatFailure> {
  if (format.type === "text") return { body: {}, instruction: null }
  const schema = yield* Effect.try({
    try: () => OpenAiStructuredOutput.toCodecOpenAI(format.schema).jsonSchema,
    catch: (cause) => permanent(new AiError.UnsupportedSchemaError({ description: String(cause) }))
  })
  if (json === "json_schema") {
    const json_schema = { name: format.objectName, schema, strict: true }
    return { body: { response_format: { type: "json_schema", json_schema } }, instruction: null }
  }
  return {
    body: json === "json_object" ? { response_format: { type: "json_object" } } : {},
    instruction: jsonInstruction(schema)
  }
})

/** Into the first system message: the chat templates of several local models allow no second one. */
const withRules = (messages: ReadonlyArray<Message>, rules: string): ReadonlyArray<Message> => {
  const [first, ...rest] = messages
  return first?.role === "system"
    ? [{ role: "system", content: `${first.content}\n\n${rules}` }, ...rest]
    : [{ role: "system", content: rules }, ...messages]
}

/** The rules before the first words of the user: for these models they are one speaker. */
const withoutSystemRole = (messages: ReadonlyArray<Message>): ReadonlyArray<Message> => {
  const rules = messages.filter(({ role }) => role === "system").map(({ content }) => content)
  const [first, ...rest] = messages.filter(({ role }) => role !== "system")
  const said = first?.role === "user" ? [first.content] : []
  return [
    { role: "user", content: [...rules, ...said].join("\n\n") },
    ...(first === undefined || first.role === "user" ? [] : [first]),
    ...rest
  ]
}
