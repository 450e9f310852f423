/**
 * A `LanguageModel` over the official `openai` client, which speaks to OpenAI, Ollama, vLLM, llama.cpp and other
 * servers with the same API. The client is an optional peer dependency, loaded when this Layer is built.
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
import type { ConfigError } from "../../OrchestratorError.ts"
import * as LogEvent from "../../telemetry/LogEvent.ts"
import * as Redaction from "../../telemetry/Redaction.ts"
import * as ChatCompletion from "./ChatCompletion.ts"
import { type ModelSettings, problem } from "./ModelSettings.ts"

/** What is used of the `openai` package; written out, so that our declarations do not need it. */
export interface OpenAiModule {
  readonly OpenAI: new (options: {
    readonly apiKey: string
    readonly adminAPIKey: null
    readonly organization: null
    readonly project: null
    readonly baseURL: string
    readonly defaultHeaders: Record<string, string | null>
    readonly fetch: typeof fetch
    readonly fetchOptions: { readonly redirect: "manual" }
    readonly logLevel: "off"
    readonly maxRetries: number
    readonly timeout: number
  }) => {
    readonly chat: {
      readonly completions: {
        create(body: ChatCompletion.ChatRequest, options: { readonly signal: AbortSignal }): PromiseLike<unknown>
      }
    }
  }
}

/**
 * The model of the settings. Asks for structured output as a JSON Schema, and in weaker ways where the server answers
 * that it does not know the stronger. Rate limits, 408, 5xx and broken connections are tried three times in all, after
 * the wait that the server asks for; all of it inside `timeout`. Interruption aborts the request. Failures carry the
 * server's words without the key. Streaming and tools fail as invalid requests.
 *
 * Building it fails with a `ConfigError` if the `openai` package is not there; `load` is for tests of that.
 */
export const layer = (
  settings: ModelSettings,
  load: () => Promise<OpenAiModule> = () => import("openai")
): Layer.Layer<LanguageModel.LanguageModel | Model.ModelName, ConfigError> =>
  Layer.effect(LanguageModel.LanguageModel, make(settings, load)).pipe(
    Layer.merge(Layer.succeed(Model.ModelName, settings.model))
  )

// -----------------------------------------------------------------------------
// internals

const make = Effect.fnUntraced(function* (settings: ModelSettings, load: () => Promise<OpenAiModule>) {
  const { OpenAI } = yield* Effect.tryPromise({
    try: load,
    catch: () =>
      problem(
        "LLM_MODEL",
        "a language model is configured, and the package that speaks to it cannot be loaded",
        "Run `npm install openai`, or unset LLM_MODEL to use the rule-based generator."
      )
  })
  const client = new OpenAI(clientOptions(settings))
  const timeout = Duration.fromInputUnsafe(settings.timeout ?? "2 minutes")
  const retry = retryPolicy(timeout)
  const known = Redaction.withSecrets(settings.apiKey === undefined ? [] : [Redacted.value(settings.apiKey)])
  // Here already: the failure is in the spans of `effect/ai` before anybody else sees it.
  const mask = (text: string) => Redaction.text(known(text))
  /** The best way to ask for JSON that this server has not yet rejected: a property of the server, not of a request. */
  const bestMode = yield* Ref.make<ChatCompletion.JsonMode>("json_schema")

  const exchange = Effect.fnUntraced(function* (options: LanguageModel.ProviderOptions, mode: ChatCompletion.JsonMode) {
    const request = yield* ChatCompletion.toRequest(settings.model, options, mode)
    const now = yield* Clock.currentTimeMillis
    const body = yield* Effect.tryPromise({
      try: (signal) => client.chat.completions.create(request, { signal }),
      catch: (error) => ChatCompletion.toFailure(error, mask, now)
    })
    return yield* ChatCompletion.toParts(body)
  })

  const generate = (
    options: LanguageModel.ProviderOptions,
    mode: ChatCompletion.JsonMode
  ): Effect.Effect<Array<Response.PartEncoded>, ChatCompletion.ChatFailure> =>
    Effect.retry(exchange(options, mode), retry).pipe(
      Effect.catch((failed) => {
        const weaker = failed.rejectsFormat ? ChatCompletion.weakerMode[mode] : null
        if (weaker === null) return Effect.fail(failed)
        return Effect.andThen(Ref.set(bestMode, weaker), generate(options, weaker))
      })
    )

  return yield* LanguageModel.make({
    generateText: (options) =>
      Ref.get(bestMode).pipe(
        Effect.flatMap((mode) => generate(options, mode)),
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
  ChatCompletion.permanent(
    new AiError.InternalProviderError({ description: `no answer within ${Duration.format(timeout)}` })
  )

const retryPolicy = (timeout: Duration.Duration) =>
  Schedule.exponential("500 millis").pipe(
    Schedule.jittered,
    Schedule.upTo({ times: 2 }),
    Schedule.setInputType<ChatCompletion.ChatFailure>(),
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

/**
 * Everything that the client would otherwise take from the environment is given: OPENAI_* variables are meant for
 * OpenAI and must not reach another server, and its log would go to stdout. Retries and the deadline are ours.
 */
const clientOptions = ({ apiKey, baseUrl }: ModelSettings) =>
  ({
    apiKey: apiKey === undefined ? "none" : Redacted.value(apiKey),
    adminAPIKey: null,
    organization: null,
    project: null,
    baseURL: baseUrl.href.replace(/\/+$/, ""),
    defaultHeaders: apiKey === undefined ? { Authorization: null } : {},
    fetch: boundedFetch,
    // Gathered resources go to the server that was configured, and to no other.
    fetchOptions: { redirect: "manual" },
    logLevel: "off",
    maxRetries: 0,
    timeout: 2 ** 31 - 1
  }) as const

const maxReplyBytes = 8 * 1024 * 1024

/** `fetch` whose reply bodies end with an error at `maxReplyBytes`. */
const boundedFetch: typeof fetch = (input, init) =>
  fetch(input, init).then((response) => {
    if (response.body === null) return response
    let bytes = 0
    const limit = new TransformStream<Uint8Array, Uint8Array>({
      transform: (chunk, controller) => {
        bytes += chunk.byteLength
        if (bytes > maxReplyBytes) controller.error(ChatCompletion.replyTooLarge)
        else controller.enqueue(chunk)
      }
    })
    const { headers, status, statusText } = response
    return new globalThis.Response(response.body.pipeThrough(limit), { headers, status, statusText })
  })
