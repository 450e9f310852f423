/** The generator that the environment asks for. */
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import type { ConfigError } from "../OrchestratorError.ts"
import * as LanguageModelGenerator from "./LanguageModelGenerator.ts"
import * as ModelSettings from "./model/ModelSettings.ts"
import * as RuleBased from "./RuleBased.ts"
import type { SqlGenerator } from "./SqlGenerator.ts"

/**
 * The language model of `LLM_MODEL` and `LLM_BASE_URL` if the `ConfigProvider` has them, else the rules. Fails with a
 * `ConfigError` if they are wrong: the rules would answer in the model's name. Loads `effect/ai` and the provider only if
 * a model is configured.
 */
export const layer: Layer.Layer<SqlGenerator, ConfigError> = Layer.unwrap(
  Effect.gen(function* (): Effect.fn.Return<Layer.Layer<SqlGenerator, ConfigError>, ConfigError> {
    const settings = yield* ModelSettings.fromEnvironment
    if (Option.isNone(settings)) return RuleBased.layer
    const provider = yield* Effect.promise(() => import("./model/OpenAiProvider.ts"))
    return LanguageModelGenerator.layer.pipe(Layer.provide(provider.layer(settings.value)))
  })
)
