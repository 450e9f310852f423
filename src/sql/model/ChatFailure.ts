/** How an exchange with the model's server fails, before it becomes an `AiError`. Pure. */
import * as Predicate from "effect/Predicate"
import * as Schema from "effect/Schema"
import * as AiError from "effect/ai/AiError"
import { retryAfterMs } from "../../connection/sse/HttpFailure.ts"

/** What trying again depends on. */
export interface ChatFailure {
  readonly reason: AiError.AiErrorReason
  /** A rate limit, a server in trouble, a connection that broke. */
  readonly transient: boolean
  /** What the server asked to wait. */
  readonly retryAfterMs: number | null
  /** What the server says of the request where asking in another way may help; else `null`. */
  readonly objection: string | null
}

/** The `constraint` of an `InvalidRequestError` for a prompt that is longer than the model takes. */
export const contextLength = "context length"

/** A failure that would come again. */
export const permanent = (reason: AiError.AiErrorReason): ChatFailure => ({
  reason,
  transient: false,
  retryAfterMs: null,
  objection: null
})

/** A request that this provider does not send. */
export const unsupported = (description: string): ChatFailure =>
  permanent(new AiError.InvalidRequestError({ description }))

/** A body that is no chat completion. */
export const notTheApi = (description: string): ChatFailure =>
  permanent(new AiError.InvalidResponseError({ description }))

/** No answer: what Node says of a connection is not used, because header values stand in some of its messages. */
export const fromConnection = (error: unknown): ChatFailure => ({
  ...permanent(
    new AiError.NetworkError({
      reason: "TransportError",
      method: "POST",
      // The URL is the operator's own, and the error is shown to others.
      url: "LLM_BASE_URL",
      description: codeOf(error) ?? "the connection failed"
    })
  ),
  transient: true
})

/** A reply with a status from 300 on. `mask` takes secrets out of the server's words. */
export const fromStatus = (
  reply: { readonly status: number; readonly headers: Headers; readonly text: string },
  mask: (text: string) => string,
  nowMs: number
): ChatFailure => {
  const { status } = reply
  // Some servers send the whole request back: its words are not theirs, and the beginning says what is wrong.
  const { code, words } = saidIn(reply.text, longestWords)
  const description = `HTTP ${status} ${mask(words)}`.trim()
  if (status === 413 || (status !== 429 && tooLong.test(`${code} ${words}`))) {
    return permanent(new AiError.InvalidRequestError({ constraint: contextLength, description }))
  }
  const wait = retryAfterMs(reply.headers.get("retry-after") ?? undefined, nowMs)
  const transient = (reason: AiError.AiErrorReason, objection: string | null): ChatFailure => ({
    reason,
    transient: true,
    retryAfterMs: wait,
    objection
  })
  if (status === 429) {
    return code.includes("insufficient_quota")
      ? permanent(new AiError.QuotaExhaustedError({}))
      : transient(new AiError.RateLimitError({}), null)
  }
  if (status === 408 || status >= 500) {
    // Some servers break over a form of answer that they do not know.
    return transient(
      new AiError.InternalProviderError({ description }),
      status === 500 || status === 501 ? words : null
    )
  }
  const reason = AiError.reasonFromHttpStatus({ status, description })
  return { ...permanent(reason), objection: status === 400 || status === 422 ? `${code} ${words}` : null }
}

// -----------------------------------------------------------------------------
// internals

/** The words of OpenAI, vLLM, llama.cpp, LM Studio, Anthropic, Mistral, Ollama and TGI for a prompt that does not fit. */
const tooLong =
  /context[_ -]?(?:length|window|size)|maximum (?:context|input|prompt|model) ?(?:length|tokens)|too many (?:input )?tokens|prompt (?:is|has) too (?:long|many)|prompt contains \d+ tokens|input is too long|exceed_context|longer than the (?:maximum )?model|inputs. tokens \+ |\bn_ctx\b|tokens.{0,40}exceeds? the (?:model|max|limit|context)/i

const Words = Schema.Union([
  Schema.String,
  Schema.Struct({
    message: Schema.optionalKey(Schema.NullOr(Schema.String)),
    code: Schema.optionalKey(Schema.NullOr(Schema.Union([Schema.String, Schema.Finite]))),
    type: Schema.optionalKey(Schema.NullOr(Schema.String)),
    param: Schema.optionalKey(Schema.NullOr(Schema.String))
  })
])

const decodeError = Schema.decodeUnknownOption(
  Schema.fromJsonString(
    Schema.Union([Schema.Struct({ error: Words }), Schema.Struct({ message: Schema.String, code: Schema.Unknown })])
  )
)

const longestWords = 1000

/** The message and the machine's words of an error body; the body itself where it has another form. */
const saidIn = (text: string, longest: number): { readonly words: string; readonly code: string } => {
  const decoded = decodeError(text)
  if (decoded._tag === "None") return { words: text.trim() === "" ? "(no body)" : text.slice(0, longest), code: "" }
  const error = "error" in decoded.value ? decoded.value.error : decoded.value.message
  if (Predicate.isString(error)) return { words: error.slice(0, longest), code: "" }
  const machine = [error.code, error.type, error.param].filter(Predicate.isNotNullish).map(String)
  return { words: (error.message ?? text).slice(0, longest), code: machine.join(" ").slice(0, longest) }
}

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
