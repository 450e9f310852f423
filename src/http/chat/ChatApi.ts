/** What of OpenAI's chat completion API is read and written here (https://platform.openai.com/docs/api-reference/chat). */
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import type { Turn, Usage } from "./ChatModel.ts"
import { ChatRequestError } from "./ChatError.ts"

/** The one model there is. */
export const modelId = "mcp-orchestrator"

/** A question, what was said before it, and how the answer is wanted. */
export interface ChatRequest {
  readonly question: string
  readonly earlier: ReadonlyArray<Turn>
  readonly stream: boolean
  readonly includeUsage: boolean
}

/**
 * Fields of the API that change nothing here (temperature, tools, user, …) are passed over, as other servers of it do;
 * what would change the answer is refused.
 */
export const read = (body: unknown): Result.Result<ChatRequest, ChatRequestError> => {
  const decoded = decode(body)
  if (Result.isFailure(decoded)) return Result.fail(invalid(decoded.failure.message, null))
  const { messages, model, n, response_format, stream, stream_options } = decoded.success
  if (model !== modelId) return Result.fail(unknownModel)
  if ((n ?? 1) !== 1) return Result.fail(invalid("There is one answer to a question.", "n"))
  if ((response_format?.type ?? "text") !== "text") {
    return Result.fail(
      invalid("The answer is Markdown: for JSON ask POST /v1/query of this server.", "response_format")
    )
  }
  const last = messages.findLastIndex(({ role }) => role === "user")
  const question = textOf(messages[last]?.content)
  if (question === null) return Result.fail(invalid("Only text is read: no images, sound or files.", "messages"))
  if (question.trim() === "")
    return Result.fail(invalid("The last message of the user is the question: there is none.", "messages"))
  const earlier = messages.slice(0, last).flatMap(({ content, role }): ReadonlyArray<Turn> => {
    const text = textOf(content) ?? ""
    return (role === "user" || role === "assistant") && text.trim() !== "" ? [{ role, text }] : []
  })
  return Result.succeed({
    question: question.trim(),
    earlier,
    stream: stream ?? false,
    includeUsage: stream_options?.include_usage ?? false
  })
}

/** The answer to whoever names another model. */
export const unknownModel = new ChatRequestError({
  status: 404,
  code: "model_not_found",
  param: "model",
  message: `There is no model of that name here: the only one is ${modelId}.`
})

/** Of every chunk and of the whole. */
export interface Head {
  readonly id: string
  /** Seconds since 1970. */
  readonly created: number
}

export const whole = ({ created, id }: Head, content: string, usage: Usage) => ({
  id,
  object: "chat.completion",
  created,
  model: modelId,
  choices: [
    { index: 0, message: { role: "assistant", content, refusal: null }, logprobs: null, finish_reason: "stop" }
  ],
  usage: usageOf(usage)
})

/** One piece of a stream. */
export const chunk = (
  { created, id }: Head,
  delta: { readonly role?: "assistant"; readonly content?: string },
  finish: "stop" | null = null
) => ({
  id,
  object: "chat.completion.chunk",
  created,
  model: modelId,
  choices: [{ index: 0, delta, logprobs: null, finish_reason: finish }]
})

/** The last piece where `include_usage` asks for it. */
export const usageChunk = ({ created, id }: Head, usage: Usage) => ({
  id,
  object: "chat.completion.chunk",
  created,
  model: modelId,
  choices: [],
  usage: usageOf(usage)
})

export const model = { id: modelId, object: "model", created: 0, owned_by: "effect-mcp-orchestrator" }

// -----------------------------------------------------------------------------
// internals

const optional = <S extends Schema.Constraint>(schema: S) => Schema.optionalKey(Schema.NullOr(schema))

const Content = Schema.Union([
  Schema.String,
  Schema.Array(Schema.Struct({ type: Schema.String, text: optional(Schema.String) }))
])

const decode = Schema.decodeUnknownResult(
  Schema.Struct({
    model: Schema.String,
    messages: Schema.Array(Schema.Struct({ role: Schema.String, content: optional(Content) })),
    stream: optional(Schema.Boolean),
    stream_options: optional(Schema.Struct({ include_usage: optional(Schema.Boolean) })),
    n: optional(Schema.Finite),
    response_format: optional(Schema.Struct({ type: Schema.String }))
  })
)

/** `null` where it is not text alone. */
const textOf = (content: typeof Content.Type | null | undefined): string | null => {
  if (content === null || content === undefined) return ""
  if (typeof content === "string") return content
  return content.every(({ type }) => type === "text") ? content.map(({ text }) => text ?? "").join("\n") : null
}

const invalid = (message: string, param: string | null): ChatRequestError =>
  new ChatRequestError({ status: 400, code: "invalid_request", param, message })

const usageOf = ({ completionTokens, promptTokens }: Usage) => ({
  prompt_tokens: promptTokens,
  completion_tokens: completionTokens,
  total_tokens: promptTokens + completionTokens
})
