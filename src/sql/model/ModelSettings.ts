/** Which language model to ask, as the environment says. Imports nothing of `effect/ai`: it decides whether to load it. */
import * as Config from "effect/Config"
import type * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Redacted from "effect/Redacted"
import { ConfigError, ConfigProblem } from "../../OrchestratorError.ts"

export interface ModelSettings {
  /** The root of an OpenAI-compatible API, http(s): `https://api.openai.com/v1`, `http://localhost:11434/v1`. */
  readonly baseUrl: URL
  /** As the server calls it. */
  readonly model: string
  /** Sent as a bearer token; without it no authorization is sent, as local servers like it. */
  readonly apiKey: Redacted.Redacted | undefined
  /** For one question, retries included. Default: two minutes, local models are slow on their first one. */
  readonly timeout?: Duration.Input
}

/**
 * `LLM_MODEL`, `LLM_BASE_URL` and `LLM_API_KEY` (optional); none when no model is named. Blank counts as unset. A
 * model without a base URL is an error: sending the prompt to a guessed server would be worse.
 */
export const fromEnvironment: Effect.Effect<Option.Option<ModelSettings>, ConfigError> = Effect.gen(function* () {
  const { apiKey, baseUrl, model } = yield* variables.pipe(
    Effect.mapError(() => problem("LLM_MODEL", "the LLM_* variables cannot be read", "Check the environment."))
  )
  if (model === "") return Option.none()
  if (baseUrl === "") {
    return yield* problem("LLM_BASE_URL", "LLM_MODEL is set, LLM_BASE_URL is not", examples)
  }
  const url = URL.canParse(baseUrl) ? new URL(baseUrl) : null
  if (url === null || !/^https?:$/.test(url.protocol)) {
    return yield* problem("LLM_BASE_URL", "it is not an http(s) URL", examples)
  }
  // Not quoted in the message: what is wrong here is likely a secret.
  if (`${url.username}${url.password}${url.search}${url.hash}` !== "") {
    return yield* problem("LLM_BASE_URL", "it holds user-info, a query or a fragment", "Put the key into LLM_API_KEY.")
  }
  const key = Redacted.value(apiKey).trim()
  return Option.some({ apiKey: key === "" ? undefined : Redacted.make(key), baseUrl: url, model })
})

/** A `ConfigError` about an environment variable. */
export const problem = (variable: string, message: string, remedy: string): ConfigError =>
  new ConfigError({
    file: "environment",
    problems: [new ConfigProblem({ path: variable, message, line: null, column: null, severity: "error" })],
    remedy
  })

// -----------------------------------------------------------------------------
// internals

const examples = "Set LLM_BASE_URL, for example https://api.openai.com/v1 or http://localhost:11434/v1."

const text = (name: string) =>
  Config.String(name).pipe(
    Config.withDefault(""),
    Config.map((value) => value.trim())
  )

const variables = Config.all({
  apiKey: Config.Redacted("LLM_API_KEY").pipe(Config.withDefault(Redacted.make(""))),
  baseUrl: text("LLM_BASE_URL"),
  model: text("LLM_MODEL")
})
