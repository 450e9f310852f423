/** SQL from a language model: any `LanguageModel` Layer of `effect/ai` will do. Loaded when the Layer is built. */
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import type { LanguageModel } from "effect/ai/LanguageModel"
import type { SqlGenerator } from "./SqlGenerator.ts"

/**
 * A `SqlGenerator` that asks the model for structured output and reads one SQL block where a server ignores that. Its
 * `SqlGenerationError` says `NoSchema` before anything is sent if nothing was gathered that a model could read, `TooLarge`
 * if the prompt does not fit, `NotUnderstood` if the model says that the schema cannot answer, `ModelFailed` for
 * everything else. Takes its name from the `ModelName` that comes with the model, if there is one.
 */
export const layer: Layer.Layer<SqlGenerator, never, LanguageModel> = Layer.unwrap(
  Effect.map(
    Effect.promise(() => import("./model/ModelSql.ts")),
    ({ layer }) => layer
  )
)
