/** The chat completion API in terms of `effect/ai`: requests from prompts, parts from replies, reasons from failures. */
import * as Effect from "effect/Effect"
import * as Predicate from "effect/Predicate"
import * as Schema from "effect/Schema"
import * as AiError from "effect/ai/AiError"
import type * as LanguageModel from "effect/ai/LanguageModel"
import * as OpenAiStructuredOutput from "effect/ai/OpenAiStructuredOutput"
import type * as Response from "effect/ai/Response"
import { retryAfterMs } from "../../connection/sse/HttpFailure.ts"

/** How an answer in JSON is asked for: servers differ in what they accept. */
export type JsonMode = "json_schema" | "json_object" | "prompt"

/** What to try when a server does not know a way. */
export const weakerMode: { readonly [mode in JsonMode]: JsonMode | null } = {
  json_schema: "json_object",
  json_object: "prompt",
  prompt: null
}

/** The body of `POST /chat/completions`, as far as it is used here. */
export interface ChatRequest {
  readonly model: string
  readonly messages: Array<{ readonly role: "system" | "user" | "assistant"; readonly content: string }>
  readonly response_format?:
    | { readonly type: "json_object" }
    | {
        readonly type: "json_schema"
        readonly json_schema: { readonly name: string; readonly schema: Record<string, unknown>; readonly strict: true }
      }
}

/** A failed exchange, before it becomes an `AiError`: what trying again depends on. */
export interface ChatFailure {
  readonly reason: AiError.AiErrorReason
  /** A rate limit, a server in trouble, a connection that broke. */
  readonly transient: boolean
  /** What the server asked to wait. */
  readonly retryAfterMs: number | null
  /** True if the server does not know this way of asking for JSON. */
  readonly rejectsFormat: boolean
}

/** The request for a prompt. Fails on what a generator of SQL does not need and this provider does not do: tools, files. */
export const toRequest = (
  model: string,
  { prompt, responseFormat, tools }: LanguageModel.ProviderOptions,
  mode: JsonMode
): Effect.Effect<ChatRequest, ChatFailure> =>
  Effect.gen(function* () {
    if (tools.length > 0) return yield* Effect.fail(unsupported("tools are not supported by this provider"))
    const messages: ChatRequest["messages"] = []
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
    if (responseFormat.type === "text") return { model, messages }

    const schema = yield* Effect.try({
      try: () => OpenAiStructuredOutput.toCodecOpenAI(responseFormat.schema).jsonSchema,
      catch: (cause) => permanent(new AiError.UnsupportedSchemaError({ description: String(cause) }))
    })
    if (mode === "json_schema") {
      const json_schema = { name: responseFormat.objectName, schema, strict: true } as const
      return { model, messages, response_format: { type: "json_schema", json_schema } }
    }
    // Into the first system message: the chat templates of several local models allow no second one.
    const form = `Answer with one JSON object, no prose and no code fence, that matches this JSON Schema:\n${JSON.stringify(schema)}`
    const rules = messages[0]?.role === "system" ? `${messages.shift()?.content}\n\n${form}` : form
    messages.unshift({ role: "system", content: rules })
    return { model, messages, ...(mode === "json_object" ? { response_format: { type: "json_object" } as const } : {}) }
  })

/** The parts of a reply. A refusal, an empty answer and one cut at the output limit are failures, never half an answer. */
export const toParts = (body: unknown): Effect.Effect<Array<Response.PartEncoded>, ChatFailure> =>
  decodeCompletion(body).pipe(
    Effect.mapError((error) => permanent(AiError.InvalidResponseError.fromSchemaError(error))),
    Effect.flatMap(({ choices: [choice], usage }) => {
      const { content, refusal } = choice.message
      const finish = choice.finish_reason
      if (refusal) return Effect.fail(permanent(new AiError.ContentPolicyError({ description: refusal })))
      if (finish === "content_filter") {
        return Effect.fail(permanent(new AiError.ContentPolicyError({ description: "stopped by its content filter" })))
      }
      if (finish === "length") return Effect.fail(unusable("it was cut at the model's output limit"))
      if (!content) return Effect.fail(unusable("it is empty"))
      const parts: Array<Response.PartEncoded> = [
        { type: "text", text: content },
        {
          type: "finish",
          reason: finish === "stop" ? "stop" : finish ? "other" : "unknown",
          usage: {
            inputTokens: { total: usage?.prompt_tokens ?? undefined },
            outputTokens: { total: usage?.completion_tokens ?? undefined }
          }
        }
      ]
      return Effect.succeed(parts)
    })
  )

/**
 * What a rejection by the `openai` client means. `mask` takes secrets out of the server's words; other messages are
 * not used at all, because Node puts header values into some of them.
 */
export const toFailure = (error: unknown, mask: (text: string) => string, nowMs: number): ChatFailure => {
  if (error === replyTooLarge)
    return permanent(new AiError.InvalidResponseError({ description: replyTooLarge.message }))
  if (error instanceof SyntaxError) {
    return permanent(new AiError.InvalidResponseError({ description: "its body is not JSON" }))
  }
  if (!Predicate.hasProperty(error, "status") || !Predicate.isNumber(error.status)) {
    return transient(networkError(codeOf(error) ?? "the connection failed"), null)
  }
  const { status } = error
  const said = error instanceof Error ? error.message : ""
  const description = `HTTP ${mask(said.startsWith(String(status)) ? said : `${status} ${said}`)}`
  const wait =
    Predicate.hasProperty(error, "headers") && error.headers instanceof Headers
      ? retryAfterMs(error.headers.get("retry-after") ?? undefined, nowMs)
      : null
  if (status === 429) {
    const exhausted = Predicate.hasProperty(error, "code") && error.code === "insufficient_quota"
    return exhausted ? permanent(new AiError.QuotaExhaustedError({})) : transient(new AiError.RateLimitError({}), wait)
  }
  if (status === 408 || status >= 500) return transient(new AiError.InternalProviderError({ description }), wait)
  const reason = AiError.reasonFromHttpStatus({ status, description })
  const aboutFormat =
    (status === 400 || status === 422) && /response_format|json_(schema|object)|structured/i.test(said)
  return { ...permanent(reason), rejectsFormat: aboutFormat || hasFormatParameter(error) }
}

/** What the byte limit of a reply rejects with. */
export const replyTooLarge = new Error("its reply is larger than 8 MiB")

/** A failure that would come again. */
export const permanent = (reason: AiError.AiErrorReason): ChatFailure => ({
  reason,
  transient: false,
  retryAfterMs: null,
  rejectsFormat: false
})

// -----------------------------------------------------------------------------
// internals

const transient = (reason: AiError.AiErrorReason, retryAfter: number | null): ChatFailure => ({
  ...permanent(reason),
  transient: true,
  retryAfterMs: retryAfter
})

const unsupported = (description: string) => permanent(new AiError.InvalidRequestError({ description }))
const unusable = (description: string) => permanent(new AiError.InvalidOutputError({ description }))

/** Without URL: `LLM_BASE_URL` is the operator's own, and the error is shown to others. */
const networkError = (description: string) =>
  new AiError.NetworkError({ reason: "TransportError", method: "POST", url: "LLM_BASE_URL", description })

const hasFormatParameter = (error: object) => Predicate.hasProperty(error, "param") && error.param === "response_format"

/** `ECONNREFUSED` and its like stand on the error or on one of its causes. */
const codeOf = (error: unknown): string | undefined => {
  let current = error
  for (let depth = 0; depth < 4; depth++) {
    if (Predicate.hasProperty(current, "code") && Predicate.isString(current.code)) return current.code
    if (!Predicate.hasProperty(current, "cause")) return undefined
    current = current.cause
  }
  return undefined
}

const NullableText = Schema.optionalKey(Schema.NullOr(Schema.String))
const Count = Schema.optionalKey(Schema.NullOr(Schema.Finite))

const decodeCompletion = Schema.decodeUnknownEffect(
  Schema.Struct({
    choices: Schema.NonEmptyArray(
      Schema.Struct({
        message: Schema.Struct({ content: NullableText, refusal: NullableText }),
        finish_reason: NullableText
      })
    ),
    usage: Schema.optionalKey(Schema.NullOr(Schema.Struct({ prompt_tokens: Count, completion_tokens: Count })))
  })
)
