/** The host's own model (MCP sampling) as the one that writes SQL. Heavy: import it dynamically. */
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import type * as Scope from "effect/Scope"
import * as Stream from "effect/Stream"
import * as AiError from "effect/ai/AiError"
import * as LanguageModel from "effect/ai/LanguageModel"
import * as Model from "effect/ai/Model"
import * as OpenAiStructuredOutput from "effect/ai/OpenAiStructuredOutput"
import * as Redaction from "../telemetry/Redaction.ts"
import * as LanguageModelGenerator from "../sql/LanguageModelGenerator.ts"
import { jsonInstruction } from "../sql/model/ChatRequest.ts"
import { SqlGenerator } from "../sql/SqlGenerator.ts"
import type { Prompt, SamplingError } from "./Host.ts"

/** More than any statement and its explanation need. */
const maxTokens = 4096

/** A generator that asks the host. What it writes passes the guard like the SQL of any other. */
export const generator = (
  sample: (prompt: Prompt) => Effect.Effect<string, SamplingError>
): Effect.Effect<SqlGenerator["Service"], never, Scope.Scope> =>
  LanguageModelGenerator.layer.pipe(
    Layer.provide([Layer.effect(LanguageModel.LanguageModel, model(sample)), Layer.succeed(Model.ModelName, "host")]),
    Layer.build,
    Effect.map(Context.get(SqlGenerator))
  )

// -----------------------------------------------------------------------------
// internals

const model = (sample: (prompt: Prompt) => Effect.Effect<string, SamplingError>) =>
  LanguageModel.make({
    generateText: ({ prompt, responseFormat }) =>
      sample({
        system: [...textsOf(prompt, "system"), ...instructionOf(responseFormat)].join("\n\n"),
        user: textsOf(prompt, "user").join("\n\n"),
        maxTokens
      }).pipe(
        Effect.map((text) => [{ type: "text" as const, text }]),
        Effect.mapError(({ detail }) =>
          aiError("generateText", new AiError.InternalProviderError({ description: Redaction.text(detail) }))
        )
      ),
    streamText: () =>
      Stream.fail(aiError("streamText", new AiError.InvalidRequestError({ description: "a host does not stream" })))
  })

const aiError = (method: string, reason: AiError.AiErrorReason) => AiError.make({ module: "HostModel", method, reason })

const textsOf = (
  { content }: LanguageModel.ProviderOptions["prompt"],
  role: "system" | "user"
): ReadonlyArray<string> =>
  content.flatMap((message) => {
    if (message.role !== role) return []
    if (message.role === "system") return [message.content]
    return message.content.flatMap((part) => (part.type === "text" ? [part.text] : []))
  })

/** Sampling knows no structured output, so the form is asked for in words. */
const instructionOf = (format: LanguageModel.ProviderOptions["responseFormat"]): ReadonlyArray<string> =>
  format.type === "text" ? [] : [jsonInstruction(OpenAiStructuredOutput.toCodecOpenAI(format.schema).jsonSchema)]
