/**
 * What a server answers to `POST /chat/completions`: a completion, or a stream of its pieces whether one was asked for
 * or not, with the text in any of the places where servers put it. Pure.
 */
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Predicate from "effect/Predicate"
import * as Schema from "effect/Schema"
import * as AiError from "effect/ai/AiError"
import type * as Response from "effect/ai/Response"
import { type ChatFailure, notTheApi, permanent } from "./ChatFailure.ts"

/** The parts of a reply. A refusal, an empty answer and one cut at the output limit are failures, never half an answer. */
export const toParts = Effect.fnUntraced(function* (
  text: string
): Effect.fn.Return<Array<Response.PartEncoded>, ChatFailure> {
  const { finish, message, usage } = isStream(text) ? yield* joined(text) : yield* whole(text)
  const spent = {
    ...(usage?.prompt_tokens === undefined || usage.prompt_tokens === null
      ? {}
      : { promptTokens: usage.prompt_tokens }),
    ...(usage?.completion_tokens === undefined || usage.completion_tokens === null
      ? {}
      : { completionTokens: usage.completion_tokens })
  }
  const unusable = (description: string) => permanent(new AiError.InvalidOutputError({ description, usage: spent }))
  if (message.refusal) {
    return yield* Effect.fail(permanent(new AiError.ContentPolicyError({ description: message.refusal })))
  }
  if (finish === "content_filter") {
    return yield* Effect.fail(
      permanent(new AiError.ContentPolicyError({ description: "stopped by its content filter" }))
    )
  }
  if (finish === "length" || finish === "max_tokens") {
    return yield* Effect.fail(unusable("it was cut at the model's output limit"))
  }
  const answer = answerIn(message)
  if (answer === null) {
    return yield* Effect.fail(unusable(message.reasoning === "" ? "it is empty" : "it holds reasoning and no answer"))
  }
  const parts: Array<Response.PartEncoded> = [
    { type: "text", text: answer },
    {
      type: "finish",
      reason: finish === "stop" ? "stop" : finish === null ? "unknown" : "other",
      usage: { inputTokens: { total: spent.promptTokens }, outputTokens: { total: spent.completionTokens } }
    }
  ]
  return parts
})

// -----------------------------------------------------------------------------
// internals

/** A message with its texts put together. */
interface Message {
  readonly content: string
  readonly reasoning: string
  readonly refusal: string
  /** The arguments of the calls of tools that nobody offered. */
  readonly calls: ReadonlyArray<string>
}

interface Completion {
  readonly message: Message
  readonly finish: string | null
  readonly usage: typeof Usage.Type | null
}

/**
 * The content; else the arguments of the only tool called, as some models put an object that is asked for into one;
 * else the reasoning, but only where it is one JSON object: a draft in it is not the answer.
 */
const answerIn = ({ calls, content, reasoning }: Message): string | null => {
  if (content.trim() !== "") return content
  const [call] = calls
  if (call !== undefined && calls.length === 1 && call.trim() !== "") return call
  return Option.isSome(decodeObject(reasoning)) ? reasoning : null
}

const whole = (text: string): Effect.Effect<Completion, ChatFailure> =>
  Effect.fromResult(decodeJson(text)).pipe(
    Effect.mapError(() => notTheApi("its body is not JSON")),
    Effect.flatMap((json) =>
      Effect.mapError(decodeCompletion(json), (error) => permanent(AiError.InvalidResponseError.fromSchemaError(error)))
    ),
    Effect.map(({ choices: [choice], usage }) => ({
      message: messageOf([choice.message]),
      finish: choice.finish_reason ?? null,
      usage: usage ?? null
    }))
  )

/** An event stream begins with a field or a comment; no JSON does. */
const isStream = (text: string): boolean => /^\s*(?:data|event|id|retry)?:/.test(text)

/** The pieces of a stream as one completion. A stream without a finish and without its end mark was cut on the way. */
const joined = Effect.fnUntraced(function* (text: string): Effect.fn.Return<Completion, ChatFailure> {
  const pieces: Array<typeof Piece.Type> = []
  let finish: string | null = null
  let usage: typeof Usage.Type | null = null
  let isDone = false
  for (const line of text.split(/\r\n|\r|\n/)) {
    const data = /^data: ?(.*)$/.exec(line)?.[1] ?? ""
    if (data.trim() === "[DONE]") isDone = true
    if (data.trim() === "" || isDone) continue
    const chunk = decodeChunk(data)
    if (Option.isNone(chunk)) return yield* Effect.fail(notTheApi("a piece of its stream is no chat completion"))
    if (chunk.value.error !== undefined) {
      return yield* Effect.fail({
        ...permanent(new AiError.InternalProviderError({ description: "its stream ended with an error" })),
        transient: true
      })
    }
    const [choice] = chunk.value.choices ?? []
    const piece = choice?.delta ?? choice?.message
    if (piece !== undefined) pieces.push(piece)
    finish = choice?.finish_reason ?? finish
    usage = chunk.value.usage ?? usage
  }
  if (!isDone && finish === null) return yield* Effect.fail(notTheApi("its stream ends before the answer does"))
  return { message: messageOf(pieces), finish, usage }
})

const messageOf = (pieces: ReadonlyArray<typeof Piece.Type>): Message => {
  const calls = new Map<number, string>()
  for (const { function_call, tool_calls } of pieces) {
    for (const [place, call] of [
      ...(tool_calls ?? []),
      ...(function_call ? [{ function: function_call }] : [])
    ].entries()) {
      const at = "index" in call && call.index !== undefined ? call.index : place
      const said = call.function?.arguments ?? ""
      calls.set(at, (calls.get(at) ?? "") + (Predicate.isString(said) ? said : JSON.stringify(said)))
    }
  }
  return {
    content: pieces.map(({ content }) => textOf(content)).join(""),
    reasoning: pieces.map(({ reasoning, reasoning_content }) => reasoning_content ?? reasoning ?? "").join(""),
    refusal: pieces.map(({ refusal }) => refusal ?? "").join(""),
    calls: [...calls.values()]
  }
}

/** A text, or parts of which those of another type (thinking, a citation) are none of the answer. */
const textOf = (content: typeof Content.Type | null | undefined): string => {
  if (content === null || content === undefined) return ""
  if (Predicate.isString(content)) return content
  return content
    .map((part) =>
      Predicate.isString(part) ? part : /^(?:output_)?text$/.test(part.type ?? "text") ? (part.text ?? "") : ""
    )
    .join("")
}

const Text = Schema.optionalKey(Schema.NullOr(Schema.String))
const Count = Schema.optionalKey(Schema.NullOr(Schema.Int))

const Content = Schema.Union([
  Schema.String,
  Schema.Array(Schema.Union([Schema.String, Schema.Struct({ type: Schema.optionalKey(Schema.String), text: Text })]))
])

const Called = Schema.Struct({
  arguments: Schema.optionalKey(Schema.NullOr(Schema.Union([Schema.String, Schema.Record(Schema.String, Schema.Json)])))
})

/** A message, or a piece of one. */
const Piece = Schema.Struct({
  content: Schema.optionalKey(Schema.NullOr(Content)),
  reasoning_content: Text,
  reasoning: Text,
  refusal: Text,
  tool_calls: Schema.optionalKey(
    Schema.NullOr(
      Schema.Array(Schema.Struct({ index: Schema.optionalKey(Schema.Int), function: Schema.optionalKey(Called) }))
    )
  ),
  function_call: Schema.optionalKey(Schema.NullOr(Called))
})

const Usage = Schema.Struct({ prompt_tokens: Count, completion_tokens: Count })

const decodeJson = Schema.decodeUnknownResult(Schema.fromJsonString(Schema.Unknown))

const decodeObject = Schema.decodeUnknownOption(Schema.fromJsonString(Schema.Record(Schema.String, Schema.Json)))

const decodeCompletion = Schema.decodeUnknownEffect(
  Schema.Struct({
    choices: Schema.NonEmptyArray(Schema.Struct({ message: Piece, finish_reason: Text })),
    usage: Schema.optionalKey(Schema.NullOr(Usage))
  })
)

const decodeChunk = Schema.decodeUnknownOption(
  Schema.fromJsonString(
    Schema.Struct({
      choices: Schema.optionalKey(
        Schema.Array(
          Schema.Struct({
            delta: Schema.optionalKey(Piece),
            message: Schema.optionalKey(Piece),
            finish_reason: Text
          })
        )
      ),
      usage: Schema.optionalKey(Schema.NullOr(Usage)),
      error: Schema.optionalKey(Schema.Unknown)
    })
  )
)
