/**
 * A `LanguageModel` over any server with OpenAI's chat completion API: OpenAI, Ollama, vLLM, llama.cpp, LM Studio,
 * gateways. What a server does not know, requires or renames of that API is found out from what it objects to.
 */
import * as Clock from "effect/Clock"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import * as Ref from "effect/Ref"
import * as Schedule from "effect/Schedule"
import * as Stream from "effect/Stream"
import * as AiError from "effect/ai/AiError"
import * as LanguageModel from "effect/ai/LanguageModel"
import * as Model from "effect/ai/Model"
import type * as Response from "effect/ai/Response"
import * as LogEvent from "../../telemetry/LogEvent.ts"
import * as Redaction from "../../telemetry/Redaction.ts"
import { type ChatFailure, fromStatus, permanent } from "./ChatFailure.ts"
import * as ChatReply from "./ChatReply.ts"
import * as ChatRequest from "./ChatRequest.ts"
import * as Endpoint from "./Endpoint.ts"
import * as Manner from "./Manner.ts"
import type { ModelSettings } from "./ModelSettings.ts"

/**
 * The model of the settings. Asks for structured output as a JSON Schema, in one whole answer, with the rules as the
 * system's message; in other ways where the server objects. The way that succeeded is kept: it is a property of the
 * server, not of a request. Rate limits, 408, 5xx and broken connections are tried three times in all, after the wait
 * that the server asks for; all of it inside `timeout`. Interruption aborts the request. Failures carry the server's
 * words without the key. Streaming and tools fail as invalid requests.
 */
export const layer = (settings: ModelSettings): Layer.Layer<LanguageModel.LanguageModel | Model.ModelName> =>
  Layer.effect(LanguageModel.LanguageModel, make(settings)).pipe(
    Layer.merge(Layer.succeed(Model.ModelName, settings.model))
  )

// -----------------------------------------------------------------------------
// internals

const make = Effect.fnUntraced(function* (settings: ModelSettings) {
  const { apiKey, baseUrl, extraBody, maxTokens, model, temperature } = settings
  const url = `${baseUrl.href.replace(/\/+$/, "")}/chat/completions`
  const timeout = Duration.fromInputUnsafe(settings.timeout ?? "2 minutes")
  const retry = retryPolicy(timeout)
  const known = Redaction.withSecrets(apiKey === undefined ? [] : [Redacted.value(apiKey)])
  // Here already: the failure is in the spans of `effect/ai` before anybody else sees it.
  const mask = (text: string) => Redaction.text(known(text))
  const proven = yield* Ref.make(Manner.initial(maxTokens !== undefined))

  const exchange = Effect.fnUntraced(function* (options: LanguageModel.ProviderOptions, manner: Manner.Manner) {
    const body = yield* ChatRequest.make({ extraBody, maxTokens, model, temperature }, options, manner)
    const reply = yield* Endpoint.post(url, body, apiKey)
    if (reply.status >= 300) {
      return yield* Effect.fail(fromStatus(reply, mask, yield* Clock.currentTimeMillis))
    }
    return yield* ChatReply.toParts(reply.text)
  })

  const generate = (
    options: LanguageModel.ProviderOptions,
    manner: Manner.Manner
  ): Effect.Effect<Array<Response.PartEncoded>, ChatFailure> =>
    Effect.retry(exchange(options, manner), retry).pipe(
      Effect.tap(Ref.set(proven, manner)),
      Effect.catch((failed) => {
        const next = failed.objection === null ? null : Manner.instead(manner, failed.objection)
        return next === null ? Effect.fail(failed) : generate(options, next)
      })
    )

  return yield* LanguageModel.make({
    generateText: (options) =>
      Ref.get(proven).pipe(
        Effect.flatMap((manner) => generate(options, manner)),
        Effect.timeoutOrElse({ duration: timeout, orElse: () => Effect.fail(late(timeout)) }),
        Effect.mapError(({ reason }) => aiError("generateText", reason))
      ),
    streamText: () =>
      Stream.fail(
        aiError("streamText", new AiError.InvalidRequestError({ description: "this provider does not stream" }))
      )
  })
})

const aiError = (method: string, reason: AiError.AiErrorReason) =>
  AiError.make({ module: "OpenAiProvider", method, reason })

const late = (timeout: Duration.Duration) =>
  permanent(new AiError.InternalProviderError({ description: `no answer within ${Duration.format(timeout)}` }))

const retryPolicy = (timeout: Duration.Duration) =>
  Schedule.exponential("500 millis").pipe(
    Schedule.jittered,
    Schedule.upTo({ times: 2 }),
    Schedule.setInputType<ChatFailure>(),
    Schedule.modifyDelay(({ duration, input }) =>
      Effect.succeed(input.retryAfterMs === null ? duration : Duration.millis(input.retryAfterMs))
    ),
    // A server that asks for a longer wait than is left gets no second try: the failure would only come later.
    Schedule.while(
      ({ duration, elapsed, input }) =>
        input.transient && elapsed + Duration.toMillis(duration) < Duration.toMillis(timeout)
    ),
    Schedule.tap(({ attempt, duration, input }) =>
      LogEvent.warning("retry_scheduled", {
        component: "language_model",
        attempt,
        delay_ms: Math.round(Duration.toMillis(duration)),
        error: { type: input.reason._tag }
      })
    )
  )
