import { groundingOf } from "../../query/Groundings.ts"
import { assert, describe, it } from "@effect/vitest"
import { Duration, Effect, Layer } from "effect"
import { AiError, Model } from "effect/ai"
import { ModelFailed } from "../../../src/errors/QueryReason.ts"
import { SqlAttempt } from "../../../src/OrchestratorError.ts"
import * as LanguageModelGenerator from "../../../src/sql/LanguageModelGenerator.ts"
import { type GenerationRequest, SqlGenerator } from "../../../src/sql/SqlGenerator.ts"
import * as StubLanguageModel from "../../../src/testing/StubLanguageModel.ts"
import { mention, request, sql } from "./requests.ts"

type Replies = Parameters<typeof StubLanguageModel.layer>[0]

const generate = (replies: Replies, over: Partial<GenerationRequest> = {}) =>
  Effect.gen(function* () {
    const { model, ...answer } = yield* (yield* SqlGenerator).generate(request(over))
    assert.isDefined(model)
    return answer
  }).pipe(Effect.provide(LanguageModelGenerator.layer.pipe(Layer.provide(StubLanguageModel.layer(replies)))))

const failing = (replies: Replies, over: Partial<GenerationRequest> = {}) => Effect.flip(generate(replies, over))

describe("LanguageModelGenerator", () => {
  it.effect("returns the statement, its explanation and the entities it uses", () =>
    Effect.gen(function* () {
      const answer = yield* generate([{ sql, explanation: "The revenue.", usedEntities: ["AeroChef XL"] }])
      assert.deepStrictEqual(answer, { sql, explanation: "The revenue.", usedEntities: ["AeroChef XL"] })
    })
  )

  it.effect("keeps only entities that were resolved, spelt as they were resolved", () =>
    Effect.gen(function* () {
      const mentions = [mention("fryer"), mention("kitchen", { canonicalName: "Kitchen", members: ["Pan", "Pot"] })]
      const { usedEntities } = yield* generate([{ sql, usedEntities: [" pan", "KITCHEN", "Unheard Of"] }], { mentions })
      assert.deepStrictEqual(usedEntities, ["Kitchen", "Pan"])
    })
  )

  it.effect("sends the prompt, with the earlier attempts", () =>
    Effect.gen(function* () {
      const previous = [
        new SqlAttempt({
          sql: "SELECT totl",
          outcome: "failed",
          category: "unknown_column",
          message: null,
          nearest: ["total"]
        })
      ]
      const { explanation } = yield* generate(
        ({ call, system, user }) => {
          assert.strictEqual(call, 0)
          assert.include(system, "You write one SQLite statement")
          assert.include(user, "nearest valid names: total")
          return { sql }
        },
        { previous }
      )
      assert.strictEqual(explanation, "The model gave no explanation.")
    })
  )

  it.effect("fails with how long the model's server asks to wait", () =>
    Effect.gen(function* () {
      const error = yield* failing([new AiError.RateLimitError({ retryAfter: Duration.minutes(1) })])
      assert.deepStrictEqual(error.reason, new ModelFailed({ isRetryable: true, retryAfter: Duration.minutes(1) }))
      assert.deepStrictEqual([error.isRetryable, error.retryAfter], [true, Duration.minutes(1)])
    })
  )

  it.effect("reads a fenced statement where the format is ignored", () =>
    Effect.gen(function* () {
      const fenced = yield* generate([`The revenue:\n\`\`\`sql\n${sql}\n\`\`\``])
      assert.deepStrictEqual(fenced, { sql, explanation: "The revenue:", usedEntities: [] })
      assert.strictEqual((yield* generate([sql])).sql, sql)
      assert.strictEqual((yield* generate([{ sql: `\`\`\`sql\n${sql}\n\`\`\`` }])).sql, sql)
    })
  )

  it.effect("fails when the answer holds no or several statements, without its words", () =>
    Effect.gen(function* () {
      const none = yield* failing(["SECRET-WORDS"])
      assert.strictEqual(none.reason._tag, "ModelFailed")
      assert.strictEqual(none.detail, "the model's answer cannot be used: it holds no SQL query")
      assert.notInclude(JSON.stringify(none), "SECRET-WORDS")
      const several = yield* failing(["SELECT 1 FROM a;\nSELECT 2 FROM b;"])
      assert.include(several.detail, "several statements")
    })
  )

  it.effect("passes on that the schema cannot answer the question", () =>
    Effect.gen(function* () {
      const error = yield* failing([{ sql: null, explanation: "There is no table of\nsuppliers." }])
      assert.strictEqual(error.reason._tag, "NotUnderstood")
      assert.strictEqual(error.detail, "the model says: There is no table of suppliers.")
      assert.deepStrictEqual(error.understood, ['"air fryer" is AeroChef XL'])
      assert.include((yield* failing([{ sql: " " }])).detail, "the schema cannot answer")
    })
  )

  it.effect("asks nobody when there is no schema, or the prompt is too large", () =>
    Effect.gen(function* () {
      const unasked = () => assert.fail("the model was asked")
      const none = yield* failing(unasked, { grounding: groundingOf() })
      assert.strictEqual(none.reason._tag, "NoSchema")
      const large = yield* failing(unasked, { question: "x".repeat(300_000) })
      assert.strictEqual(large.reason._tag, "TooLarge")
    })
  )

  it.effect("asks with texts alone: a model may read a schema where no rule can", () =>
    Effect.gen(function* () {
      const source = { server: "docs", uri: "docs://schema" }
      const texts = [{ name: "schema.md", text: "| table | column |\n| orders | total |", source }]
      const answer = yield* generate(
        ({ user }) => {
          assert.include(user, 'holds="text" server="docs" uri="docs://schema"')
          assert.include(user, "| orders | total |")
          return { sql }
        },
        { grounding: groundingOf({ texts }), mentions: [] }
      )
      assert.strictEqual(answer.sql, sql)
    })
  )

  it.effect("asks with sample queries alone", () =>
    Effect.gen(function* () {
      const samples = [
        { question: "How many?", sql: "SELECT COUNT(*) FROM orders", source: { server: "docs", uri: "docs://samples" } }
      ]
      const answer = yield* generate(
        ({ user }) => {
          assert.include(user, "SQL: SELECT COUNT(*) FROM orders")
          return { sql }
        },
        { grounding: groundingOf({ samples }), mentions: [] }
      )
      assert.strictEqual(answer.sql, sql)
    })
  )

  it.effect("says what to do for every kind of failure", () =>
    Effect.gen(function* () {
      const description = "words of\nthe server"
      const cases: ReadonlyArray<readonly [AiError.AiErrorReason, detail: RegExp, remedy: RegExp]> = [
        [new AiError.RateLimitError({ retryAfter: Duration.seconds(9) }), /rate limit/, /later/],
        [new AiError.QuotaExhaustedError({}), /no quota/, /billing/],
        [new AiError.AuthenticationError({ kind: "InvalidKey", description }), /\(InvalidKey\)$/, /LLM_API_KEY/],
        [new AiError.ContentPolicyError({ description }), /refused to answer: words of the server/, /other words/],
        [new AiError.InvalidRequestError({ description }), /rejects the request: words of the server/, /LLM_MODEL/],
        [new AiError.UnknownError({}), /rejects the request$/, /LLM_BASE_URL/],
        [
          new AiError.NetworkError({ reason: "TransportError", method: "POST", url: "http://secret", description }),
          /cannot be reached: words of the server/,
          /LLM_BASE_URL/
        ],
        [new AiError.InternalProviderError({ description }), /failed: words of the server/, /log/],
        [new AiError.InvalidResponseError({ description }), /form of the API: words/, /\/v1/],
        [new AiError.InvalidOutputError({ description }), /cannot be used: words/, /output limit/],
        [new AiError.UnsupportedSchemaError({ description }), /\(UnsupportedSchemaError\)/, /Layer/]
      ]
      for (const [reason, detail, remedy] of cases) {
        const error = yield* failing([reason])
        assert.strictEqual(error.reason._tag, "ModelFailed")
        assert.match(error.detail, detail)
        assert.match(error.remedy, remedy)
        assert.notInclude(JSON.stringify(error), "http://secret")
      }
    })
  )

  it.effect("leaves out a provider's message that repeats the prompt, or a token", () =>
    Effect.gen(function* () {
      const echo = yield* failing(({ user }) => new AiError.InvalidRequestError({ description: `bad: ${user}` }))
      assert.include(echo.detail, "repeats the prompt and is left out")
      assert.notInclude(JSON.stringify(echo.detail), "AeroChef")
      const token = yield* failing([
        new AiError.InvalidRequestError({ description: "Bearer abcdefghijklmnop was sent" })
      ])
      assert.notInclude(JSON.stringify(token), "abcdefghijklmnop")
    })
  )

  it.effect("is named after its model, if the model has a name, and can repair", () =>
    Effect.gen(function* () {
      const service = (model: Layer.Layer<never>) =>
        SqlGenerator.pipe(
          Effect.provide(
            LanguageModelGenerator.layer.pipe(Layer.provide(Layer.merge(StubLanguageModel.layer([]), model)))
          )
        )
      assert.strictEqual((yield* service(Layer.empty)).name, "language-model")
      const named = Layer.succeed(Model.ModelName, "gpt-test")
      const generator = yield* SqlGenerator.pipe(
        Effect.provide(LanguageModelGenerator.layer.pipe(Layer.provide([StubLanguageModel.layer([]), named])))
      )
      assert.strictEqual(generator.name, "gpt-test")
      assert.isTrue(generator.repairs)
    })
  )
})
