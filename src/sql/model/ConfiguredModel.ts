/** Chooses the generator. Loads `effect/ai` and the provider only if a model is configured. */
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import type { ConfigError } from "../../OrchestratorError.ts"
import type { SqlGenerator } from "../SqlGenerator.ts"
import * as ModelSettings from "./ModelSettings.ts"

/**
 * The language model of `LLM_MODEL` and `LLM_BASE_URL` if they are set, else `fallback`. Fails with a `ConfigError` if
 * they are wrong.
 */
export const layerFromEnvironment = <E, R>(
  fallback: Layer.Layer<SqlGenerator, E, R>
): Layer.Layer<SqlGenerator, E | ConfigError, R> => {
  const chosen: Effect.Effect<Layer.Layer<SqlGenerator, E | ConfigError, R>, ConfigError> = Effect.gen(function* () {
    const settings = yield* ModelSettings.fromEnvironment
    if (Option.isNone(settings)) return fallback
    const [generator, provider] = yield* Effect.promise(() =>
      Promise.all([import("./LanguageModelGenerator.ts"), import("./OpenAiProvider.ts")])
    )
    return generator.layer.pipe(Layer.provide(provider.layer(settings.value)))
  })
  return Layer.unwrap(chosen)
}
