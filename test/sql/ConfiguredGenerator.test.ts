import { assert, describe, it } from "@effect/vitest"
import { ConfigProvider, Effect, Layer, Option, Redacted } from "effect"
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
