import { assert, describe, it } from "@effect/vitest"
import { ConfigProvider, Duration, Effect, Layer, Option, Redacted } from "effect"
import { execFileSync } from "node:child_process"
import { fileURLToPath } from "node:url"
import * as ConfiguredGenerator from "../../src/sql/ConfiguredGenerator.ts"
import * as ModelSettings from "../../src/sql/model/ModelSettings.ts"
import { SqlGenerator } from "../../src/sql/SqlGenerator.ts"
import { completion, start } from "./model/fakeEndpoint.ts"
import { request, sql } from "./model/requests.ts"

const environment = (variables: Record<string, string>) => ConfigProvider.layer(ConfigProvider.fromUnknown(variables))

const settings = (variables: Record<string, string>) =>
  ModelSettings.fromEnvironment.pipe(Effect.provide(environment(variables)))

const configured = (variables: Record<string, string>) =>
  ConfiguredGenerator.layer.pipe(Layer.provide(environment(variables)))

describe("ModelSettings.fromEnvironment", () => {
  it.effect("is none when no model is named, or only blanks are", () =>
    Effect.gen(function* () {
      assert.isTrue(Option.isNone(yield* settings({})))
      assert.isTrue(Option.isNone(yield* settings({ LLM_BASE_URL: "http://localhost/v1", LLM_MODEL: " " })))
    })
  )

  it.effect("reads the three variables, the key redacted", () =>
    Effect.gen(function* () {
      const found = Option.getOrThrow(
        yield* settings({ LLM_MODEL: " gpt-test ", LLM_BASE_URL: "https://llm.example/v1", LLM_API_KEY: "sk-secret\n" })
      )
      assert.strictEqual(found.model, "gpt-test")
      assert.strictEqual(found.baseUrl.href, "https://llm.example/v1")
      assert.strictEqual(found.apiKey && Redacted.value(found.apiKey), "sk-secret")
      assert.notInclude(JSON.stringify(found), "sk-secret")
      const keyless = Option.getOrThrow(
        yield* settings({ LLM_MODEL: "m", LLM_BASE_URL: "http://localhost:11434/v1", LLM_API_KEY: "" })
      )
      assert.isUndefined(keyless.apiKey)
    })
  )

  it.effect("reads what is sent with every request; blank is unset", () =>
    Effect.gen(function* () {
      const model = { LLM_MODEL: "m", LLM_BASE_URL: "http://localhost:11434/v1" }
      const found = Option.getOrThrow(
        yield* settings({
          ...model,
          LLM_TIMEOUT: "30 seconds",
          LLM_MAX_TOKENS: "900",
          LLM_TEMPERATURE: "0.5",
          LLM_EXTRA_BODY: '{"seed": 7, "options": {"num_ctx": 8192}}'
        })
      )
      assert.strictEqual(Duration.toMillis(Duration.fromInputUnsafe(found.timeout ?? 0)), 30_000)
      assert.deepInclude(found, {
        maxTokens: 900,
        temperature: 0.5,
        extraBody: { seed: 7, options: { num_ctx: 8192 } }
      })
      const blank = Option.getOrThrow(yield* settings({ ...model, LLM_TIMEOUT: " ", LLM_EXTRA_BODY: "" }))
      assert.deepInclude(blank, { timeout: undefined, maxTokens: undefined, extraBody: undefined })
    })
  )

  it.effect("refuses values that cannot be meant, and fields that are written here, without showing them", () =>
    Effect.gen(function* () {
      const model = { LLM_MODEL: "m", LLM_BASE_URL: "http://localhost:11434/v1" }
      const wrong = [
        ["LLM_TIMEOUT", "hunter2"],
        ["LLM_TIMEOUT", "2 weeks"],
        ["LLM_MAX_TOKENS", "0"],
        ["LLM_MAX_TOKENS", "1.5"],
        ["LLM_TEMPERATURE", "3"],
        ["LLM_TEMPERATURE", "NaN"],
        ["LLM_EXTRA_BODY", "[7]"],
        ["LLM_EXTRA_BODY", '{"key": "hunter2"'],
        ["LLM_EXTRA_BODY", '{"messages": []}']
      ] as const
      for (const [variable, value] of wrong) {
        const error = yield* Effect.flip(settings({ ...model, [variable]: value }))
        assert.strictEqual(error.problems[0]?.path, variable)
        assert.match(error.problems[0]?.message ?? "", /^expected a/)
        assert.notInclude(error.message, "hunter2")
      }
    })
  )

  it.effect("refuses a model without a base URL, and base URLs that cannot be meant, without showing them", () =>
    Effect.gen(function* () {
      const missing = yield* Effect.flip(settings({ LLM_MODEL: "m" }))
      assert.include(missing.message, "environment LLM_BASE_URL: LLM_MODEL is set, LLM_BASE_URL is not")
      for (const url of [
        "hunter2",
        "ftp://hunter2/v1",
        "https://me:hunter2@llm.example/v1",
        "https://:hunter2@llm.example/v1",
        "https://llm.example/v1?key=hunter2"
      ]) {
        const error = yield* Effect.flip(settings({ LLM_MODEL: "m", LLM_BASE_URL: url }))
        assert.strictEqual(error._tag, "ConfigError")
        assert.strictEqual(error.problems[0]?.path, "LLM_BASE_URL")
        assert.notInclude(error.message, "hunter2")
      }
    })
  )
})

describe("ConfiguredGenerator", () => {
  it.effect("is the rules without a model", () =>
    Effect.gen(function* () {
      assert.strictEqual((yield* SqlGenerator).name, "rule-based")
    }).pipe(Effect.provide(configured({})))
  )

  it.effect("is the model that the environment names", () =>
    Effect.gen(function* () {
      const endpoint = yield* start([completion(JSON.stringify({ sql, explanation: null, usedEntities: null }))])
      const answer = yield* Effect.gen(function* () {
        const generator = yield* SqlGenerator
        assert.strictEqual(generator.name, "test-model")
        return yield* generator.generate(request())
      }).pipe(Effect.provide(configured({ LLM_BASE_URL: endpoint.baseUrl.href, LLM_MODEL: "test-model" })))
      assert.strictEqual(answer.sql, sql)
    })
  )

  it.effect("fails when the environment is wrong: the rules would answer in the model's name", () =>
    Effect.gen(function* () {
      const error = yield* Effect.flip(Layer.build(configured({ LLM_MODEL: "m" })))
      assert.strictEqual(error._tag, "ConfigError")
    })
  )

  it("loads neither effect/ai nor the client before a model is configured, nor the rules before the first question", () => {
    const module = new URL("../../src/sql/ConfiguredGenerator.ts", import.meta.url).href
    const script = `
      import { registerHooks } from "node:module"
      const loaded = []
      registerHooks({ load: (url, context, next) => (loaded.push(url), next(url, context)) })
      await import(${JSON.stringify(module)})
      console.log(loaded.filter((url) => /effect\\/(dist|src)\\/ai\\/|node_modules\\/openai\\/|rulebased\\//.test(url)).join("\\n"))
      console.log(loaded.some((url) => url.endsWith("ConfiguredGenerator.ts")))`
    const output = execFileSync(process.execPath, ["--input-type=module", "-e", script], {
      cwd: fileURLToPath(new URL("../..", import.meta.url)),
      encoding: "utf8"
    })
    assert.strictEqual(output.trim(), "true")
  })
})
