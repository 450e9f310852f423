/** A language model for tests: answers from a script, no network. */
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Stream from "effect/Stream"
import * as AiError from "effect/ai/AiError"
import * as LanguageModel from "effect/ai/LanguageModel"

/** What the model was asked, and for which time (from 0). */
export interface StubRequest {
  readonly system: string
  readonly user: string
  readonly call: number
}

/** Text is answered as it is; an object as JSON, missing fields as `null`; an `AiErrorReason` is the failure. */
export type StubReply =
  | string
  | { readonly sql: string | null; readonly explanation?: string; readonly usedEntities?: ReadonlyArray<string> }
  | AiError.AiErrorReason

/**
 * A `LanguageModel` that gives the replies of a list, one a call, or what a function answers to a request. A call
 * after the last reply fails with an `InternalProviderError`, so that a test sees a question too many.
 */
export const layer = (
  replies: ReadonlyArray<StubReply> | ((request: StubRequest) => StubReply)
): Layer.Layer<LanguageModel.LanguageModel> =>
  Layer.effect(
    LanguageModel.LanguageModel,
    Effect.suspend(() => {
      let calls = 0
      return LanguageModel.make({
        generateText: ({ prompt }) =>
          Effect.suspend(() => {
            const request = { call: calls++, system: textOf(prompt, "system"), user: textOf(prompt, "user") }
            const reply =
              typeof replies === "function" ? replies(request) : (replies[request.call] ?? used(request.call))
            if (AiError.isAiErrorReason(reply)) return Effect.fail(failure("generateText", reply))
            const text =
              typeof reply === "string"
                ? reply
                : JSON.stringify({
                    sql: reply.sql,
                    explanation: reply.explanation ?? null,
                    usedEntities: reply.usedEntities ?? null
                  })
            return Effect.succeed([{ type: "text" as const, text }])
          }),
        streamText: () =>
          Stream.fail(
            failure("streamText", new AiError.InvalidRequestError({ description: "the stub does not stream" }))
          )
      })
    })
  )

// -----------------------------------------------------------------------------
// internals

const used = (calls: number) => new AiError.InternalProviderError({ description: `the stub has only ${calls} replies` })

const failure = (method: string, reason: AiError.AiErrorReason) =>
  AiError.make({ module: "StubLanguageModel", method, reason })

const textOf = (prompt: LanguageModel.ProviderOptions["prompt"], role: "system" | "user"): string =>
  prompt.content
    .flatMap((message) => {
      if (message.role !== role) return []
      if (message.role === "system") return [message.content]
      return message.content.flatMap((part) => (part.type === "text" ? [part.text] : []))
    })
    .join("\n")
