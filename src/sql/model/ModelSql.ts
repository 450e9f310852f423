/** The statements of `LanguageModelGenerator`: prompt, model, reply. Heavy: import it dynamically. */
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as Result from "effect/Result"
import type * as AiError from "effect/ai/AiError"
import * as LanguageModel from "effect/ai/LanguageModel"
import * as Model from "effect/ai/Model"
import * as Telemetry from "effect/ai/Telemetry"
import { ModelFailed, NotUnderstood } from "../../errors/QueryReason.ts"
import { type ModelUsage, SqlAttempt, type SqlGenerationError } from "../../OrchestratorError.ts"
import * as Redaction from "../../telemetry/Redaction.ts"
import type { Grounding } from "../../grounding/Grounding.ts"
import { noSchema } from "../NoSchema.ts"
import { type GeneratedSql, type GenerationRequest, type ModelReport, SqlGenerator } from "../SqlGenerator.ts"
import { contextLength } from "./ChatFailure.ts"
import { failure } from "./Failure.ts"
import * as Prompt from "./Prompt.ts"
import * as Reply from "./Reply.ts"

/** What `LanguageModelGenerator.layer` promises. */
export const layer: Layer.Layer<SqlGenerator, never, LanguageModel.LanguageModel> = Layer.effect(
  SqlGenerator,
  Effect.gen(function* () {
    const model = yield* LanguageModel.LanguageModel
    const name = Option.getOrElse(yield* Effect.serviceOption(Model.ModelName), () => "language-model")
    return SqlGenerator.of({
      name,
      repairs: true,
      generate: Effect.fn("SqlGenerator.generate")(function* (request) {
        if (isSilent(request.grounding)) return yield* noSchema(request)
        const prompt = yield* Effect.fromResult(Prompt.build(request))
        const { reply, usage } = yield* ask(model, prompt, request)
        return yield* toGeneratedSql(reply, request, { prompt: prompt.report, usage })
      })
    })
  })
)

// -----------------------------------------------------------------------------
// internals

/** A model may read a schema out of a text, or a sample query, where no rule could. */
const isSilent = ({ mappings, samples, tables, texts }: Grounding): boolean =>
  [mappings, samples, tables, texts].every((all) => all.length === 0)

interface Asked {
  readonly reply: Reply.Reply
  readonly usage: ModelUsage
}

const ask = Effect.fnUntraced(function* (
  model: LanguageModel.LanguageModel,
  prompt: Prompt.Prompt,
  request: GenerationRequest
): Effect.fn.Return<Asked, SqlGenerationError> {
  let usage: ModelUsage = { promptTokens: null, completionTokens: null }
  const answer = yield* model
    .generateObject({
      prompt: [
        { role: "system", content: prompt.system },
        { role: "user", content: prompt.user }
      ],
      objectName: "sql_answer",
      schema: Reply.Reply
    })
    .pipe(
      // The one place where an answer of another form than asked for still shows what it cost.
      Effect.provideService(Telemetry.CurrentSpanTransformer, ({ response }) => {
        usage = usageOf(response) ?? usage
      }),
      Effect.result
    )
  if (Result.isSuccess(answer)) return { reply: answer.success.value, usage }
  const { reason } = answer.failure
  if (reason._tag === "StructuredOutputError") {
    // An answer of another form than asked for may still hold the SQL.
    const read = Reply.extract(reason.responseText)
    if (Result.isSuccess(read)) return { reply: read.success, usage }
    return yield* unusable(
      request,
      read.failure,
      usage,
      "Ask again, or configure a model that supports structured output."
    )
  }
  if (reason._tag === "InvalidOutputError") {
    const { completionTokens = null, promptTokens = null } = reason.usage ?? {}
    const said = providerWords(reason.description, prompt).replace(/^: /, "")
    const remedy = "Ask again, or raise LLM_MAX_TOKENS, or configure a model with a larger output limit."
    return yield* unusable(request, said, { promptTokens, completionTokens }, remedy)
  }
  return yield* failure(request, { reason: reasonOf(answer.failure), ...explain(reason, prompt) })
})

const usageOf = (response: Parameters<Telemetry.SpanTransformer>[0]["response"]): ModelUsage | undefined =>
  response
    .filter((part) => part.type === "finish")
    .map(({ usage }) => ({
      promptTokens: usage.inputTokens.total ?? null,
      completionTokens: usage.outputTokens.total ?? null
    }))
    .at(-1)

/** An answer that was none: one try, which another one may mend. */
const unusable = (
  request: GenerationRequest,
  problem: string,
  usage: ModelUsage,
  remedy: string
): Effect.Effect<never, SqlGenerationError> => {
  const message = `the model's answer cannot be used: ${problem}`
  const reason = new ModelFailed({ isRetryable: true })
  return Effect.fail(failure(withAttempt(request, "unusable", message, usage), { reason, detail: message, remedy }))
}

/** The request with one try more, which held no statement. */
const withAttempt = (
  request: GenerationRequest,
  outcome: "unusable" | "declined",
  message: string,
  usage: ModelUsage
): GenerationRequest => {
  const attempt = new SqlAttempt({ sql: "", outcome, category: null, message, nearest: [], usage })
  return { ...request, previous: [...request.previous, attempt] }
}

const reasonOf = ({ isRetryable, retryAfter }: AiError.AiError): ModelFailed =>
  new ModelFailed({ isRetryable, retryAfter: retryAfter ?? null })

const toGeneratedSql = (
  reply: Reply.Reply,
  request: GenerationRequest,
  model: ModelReport
): Effect.Effect<GeneratedSql, SqlGenerationError> => {
  const sql = Reply.unfenced(reply.sql ?? "")
  const explanation = Redaction.text(reply.explanation ?? "")
  if (sql === "") {
    const detail =
      explanation === "" ? "the model says that the schema cannot answer it" : `the model says: ${explanation}`
    return Effect.fail(
      failure(withAttempt(request, "declined", detail, model.usage), {
        reason: new NotUnderstood(),
        detail,
        remedy: "Ask with words of the schema, or let a server publish what is missing."
      })
    )
  }
  return Effect.succeed({
    sql,
    explanation: explanation === "" ? "The model gave no explanation." : explanation,
    usedEntities: knownEntities(reply.usedEntities ?? [], request),
    model
  })
}

/** Only names that were resolved, spelt as they were resolved: the rest is the model's invention. */
const knownEntities = (names: ReadonlyArray<string>, { mentions }: GenerationRequest): ReadonlyArray<string> => {
  const said = new Set(names.map((name) => name.trim().toLowerCase()))
  const known = mentions.flatMap(({ resolution }) => [resolution.canonicalName, ...resolution.members])
  return [...new Set(known)].filter((name) => said.has(name.toLowerCase()))
}

/** What happened and what to do, by the kind of error; words of the provider only where they say more than the kind. */
const explain = (
  reason: AiError.AiErrorReason,
  prompt: Prompt.Prompt
): { readonly detail: string; readonly remedy: string } => {
  const said = "description" in reason ? providerWords(reason.description ?? "", prompt) : ""
  switch (reason._tag) {
    case "RateLimitError":
      return { detail: "the model's server refuses further requests for now (rate limit)", remedy: "Ask again later." }
    case "QuotaExhaustedError":
      return { detail: "the account at the model's server has no quota left", remedy: "Check its billing and limits." }
    case "AuthenticationError":
      return {
        detail: `the model's server does not accept the key (${reason.kind})`,
        remedy: "Check LLM_API_KEY, and that it may use the model in LLM_MODEL."
      }
    case "ContentPolicyError":
      return {
        detail: `the model refused to answer${said}`,
        remedy: "Ask in other words, or configure another model."
      }
    case "InvalidRequestError":
      if (reason.constraint === contextLength) {
        return {
          detail: `the prompt is longer than the model's context${said}`,
          remedy: `Lower orchestration.query.prompt_tokens (the prompt has about ${prompt.report.tokens}), or configure a model with a larger context.`
        }
      }
      return rejected(said)
    case "UnknownError":
      return rejected(said)
    case "NetworkError":
      return {
        detail: `the model's server cannot be reached${said}`,
        remedy: "Check LLM_BASE_URL, and that the server runs."
      }
    case "InternalProviderError":
      return { detail: `the model's server failed${said}`, remedy: "Ask again, or look into that server's log." }
    case "InvalidResponseError":
      return {
        detail: `the model's server does not answer in the form of the API${said}`,
        remedy: "Check that LLM_BASE_URL is an OpenAI-compatible API; it usually ends in /v1."
      }
    default:
      return { detail: `the model could not be asked (${reason._tag})`, remedy: "Look into the model's Layer." }
  }
}

const rejected = (said: string) => ({
  detail: `the model's server rejects the request${said}`,
  remedy: "Check that LLM_BASE_URL is an OpenAI-compatible API and that it serves the model in LLM_MODEL."
})

/** The longest stretch of the prompt that a provider's message may repeat. */
const longestEcho = 24

/** One safe line, or nothing where it repeats the prompt: gathered resources do not belong into errors and logs. */
const providerWords = (description: string, { system, user }: Prompt.Prompt): string => {
  const line = Redaction.text(description).slice(0, 300)
  if (line === "") return ""
  for (let start = 0; start + longestEcho <= line.length; start++) {
    const piece = line.slice(start, start + longestEcho)
    if (system.includes(piece) || user.includes(piece)) return " (its message repeats the prompt and is left out)"
  }
  return `: ${line}`
}
