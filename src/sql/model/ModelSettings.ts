/** Which language model to ask, as the environment says. Imports nothing of `effect/ai`: it decides whether to load it. */
import * as Config from "effect/Config"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Redacted from "effect/Redacted"
import * as Schema from "effect/Schema"
import { ConfigError, ConfigProblem } from "../../OrchestratorError.ts"

export interface ModelSettings {
  /** The root of an OpenAI-compatible API, http(s): `https://api.openai.com/v1`, `http://localhost:11434/v1`. */
  readonly baseUrl: URL
  /** As the server calls it. */
  readonly model: string
  /** Sent as a bearer token; without it no authorization is sent, as local servers like it. */
  readonly apiKey: Redacted.Redacted | undefined
  /** For one answer, retries included. Default: two minutes, local models are slow on their first one. */
  readonly timeout?: Duration.Input | undefined
  /** Tokens of one answer at most, what the model thinks included. Default: the server's own. */
  readonly maxTokens?: number | undefined
  /** 0 to 2. Default: the server's own; several models take no other. */
  readonly temperature?: number | undefined
  /** Further fields of every request, as the server knows them. */
  readonly extraBody?: { readonly [field: string]: Schema.Json } | undefined
}

/**
 * `LLM_MODEL`, `LLM_BASE_URL`, and optionally `LLM_API_KEY`, `LLM_TIMEOUT`, `LLM_MAX_TOKENS`, `LLM_TEMPERATURE` and
 * `LLM_EXTRA_BODY`; none when no model is named. Blank counts as unset. A model without a base URL is an error: sending
 * the prompt to a guessed server would be worse.
 */
export const fromEnvironment: Effect.Effect<Option.Option<ModelSettings>, ConfigError> = Effect.gen(function* () {
  const { apiKey, baseUrl, extraBody, maxTokens, model, temperature, timeout } = yield* variables.pipe(
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
  return Option.some({
    apiKey: key === "" ? undefined : Redacted.make(key),
    baseUrl: url,
    model,
    timeout: yield* setting("LLM_TIMEOUT", timeout, decodeTimeout, 'a duration up to 1 day, such as "2 minutes"'),
    maxTokens: yield* setting("LLM_MAX_TOKENS", maxTokens, decodeTokens, "a whole number from 1 on"),
    temperature: yield* setting("LLM_TEMPERATURE", temperature, decodeTemperature, "a number from 0 to 2"),
    extraBody: yield* setting(
      "LLM_EXTRA_BODY",
      extraBody,
      decodeBody,
      `a JSON object without ${[...ours].join(", ")}, such as {"seed": 7}`
    )
  })
})

/** A `ConfigError` about an environment variable. */
const problem = (variable: string, message: string, remedy: string): ConfigError =>
  new ConfigError({
    file: "environment",
    problems: [new ConfigProblem({ path: variable, message })],
    remedy
  })

// -----------------------------------------------------------------------------
// internals

const examples = "Set LLM_BASE_URL, for example https://api.openai.com/v1 or http://localhost:11434/v1."

/** What is written here itself; a prompt that another field replaced would go unseen. */
const ours: ReadonlySet<string> = new Set(["model", "messages", "stream", "response_format", "tools"])

/** The value of a variable, `undefined` where it is blank. Its text is not quoted: it may be a secret. */
const setting = <A>(
  variable: string,
  written: string,
  decode: (text: string) => Option.Option<A>,
  expected: string
): Effect.Effect<A | undefined, ConfigError> =>
  written === ""
    ? Effect.undefined
    : Effect.mapError(Effect.fromOption(decode(written)), () =>
        problem(variable, `expected ${expected}`, `Correct ${variable}, or leave it out.`)
      )

const decodeTimeout = Schema.decodeUnknownOption(
  Schema.DurationFromString.check(
    Schema.makeFilter((value) => Duration.between(value, { minimum: Duration.millis(1), maximum: Duration.days(1) }))
  )
)

const decodeTokens = Schema.decodeUnknownOption(
  Schema.FiniteFromString.check(Schema.isInt(), Schema.isBetween({ minimum: 1, maximum: 10_000_000 }))
)

const decodeTemperature = Schema.decodeUnknownOption(
  Schema.FiniteFromString.check(Schema.isBetween({ minimum: 0, maximum: 2 }))
)

const decodeBody = Schema.decodeUnknownOption(
  Schema.fromJsonString(Schema.Record(Schema.String, Schema.Json)).check(
    Schema.makeFilter((body) => !Object.keys(body).some((field) => ours.has(field)))
  )
)

const text = (name: string) =>
  Config.String(name).pipe(
    Config.withDefault(""),
    Config.map((value) => value.trim())
  )

const variables = Config.all({
  apiKey: Config.Redacted("LLM_API_KEY").pipe(Config.withDefault(Redacted.make(""))),
  baseUrl: text("LLM_BASE_URL"),
  extraBody: text("LLM_EXTRA_BODY"),
  maxTokens: text("LLM_MAX_TOKENS"),
  model: text("LLM_MODEL"),
  temperature: text("LLM_TEMPERATURE"),
  timeout: text("LLM_TIMEOUT")
})
