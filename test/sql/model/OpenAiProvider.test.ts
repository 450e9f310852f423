import { assert, describe, it } from "@effect/vitest"
import { Deferred, Effect, Fiber, Layer, Logger, Queue, Redacted, Schema, Stream } from "effect"
import { type AiError, LanguageModel, Prompt } from "effect/ai"
import { TestClock } from "effect/testing"
import { readFileSync } from "node:fs"
import { vi } from "vitest"
import type { SqlGenerationError } from "../../../src/OrchestratorError.ts"
import * as LanguageModelGenerator from "../../../src/sql/LanguageModelGenerator.ts"
import * as OpenAiProvider from "../../../src/sql/model/OpenAiProvider.ts"
import { SqlGenerator } from "../../../src/sql/SqlGenerator.ts"
import { type Answer, completion, type FakeEndpoint, start } from "./fakeEndpoint.ts"
import { request, sql } from "./requests.ts"

// Of no shape that is known for keys: it is masked because it is this key.
const key = "correct-horse-battery-staple"
const structured = JSON.stringify({ sql, explanation: "The revenue.", usedEntities: ["AeroChef XL"] })
const expected = { sql, explanation: "The revenue.", usedEntities: ["AeroChef XL"] }

const provider = ({ baseUrl }: FakeEndpoint, apiKey: string | undefined = key) =>
  OpenAiProvider.layer({
    apiKey: apiKey === "" ? undefined : Redacted.make(apiKey),
    baseUrl,
    model: "test-model"
  })

const generator = (endpoint: FakeEndpoint, apiKey?: string) =>
  LanguageModelGenerator.layer.pipe(Layer.provide(provider(endpoint, apiKey)))

/** The answer; every one comes with what it cost. */
const ask = Effect.gen(function* () {
  const { model, ...answer } = yield* (yield* SqlGenerator).generate(request())
  assert.isNumber(model?.usage.promptTokens)
  assert.isNumber(model?.usage.completionTokens)
  return answer
})

/** Asks once, against these answers. */
const generate = (answers: ReadonlyArray<Answer>, apiKey?: string) =>
  Effect.gen(function* () {
    const endpoint = yield* start(answers)
    const result = yield* Effect.result(ask.pipe(Effect.provide(generator(endpoint, apiKey))))
    return { endpoint, result }
  })

/** Asks, expects a failure that has neither key nor prompt in it. */
const failing = Effect.fnUntraced(function* (answers: ReadonlyArray<Answer>) {
  const { endpoint, result } = yield* generate(answers)
  if (result._tag === "Success") return assert.fail("it succeeded")
  noSecrets(result.failure)
  return { endpoint, error: result.failure }
})

const noSecrets = (error: SqlGenerationError) => {
  const text = `${error.message} ${JSON.stringify(error)} ${String(error.cause)}`
  assert.strictEqual(error.reason._tag, "ModelFailed")
  assert.notInclude(text, key)
  assert.notInclude(text, "order_items")
  assert.notInclude(text, "\n")
}

/** The waits that were logged, as they happen. */
const retries = Effect.map(Queue.unbounded<Record<string, unknown>>(), (queue) => ({
  queue,
  layer: Logger.layer([
    Logger.make(({ message }) => {
      const [event, fields] = Array.isArray(message) ? message : [message]
      if (event === "retry_scheduled") Queue.offerUnsafe(queue, fields)
    })
  ])
}))

describe("OpenAiProvider", () => {
  it.effect("asks for structured output and reads it", () =>
    Effect.gen(function* () {
      const { endpoint, result } = yield* generate([completion(structured)])
      assert.deepStrictEqual(result._tag === "Success" && result.success, expected)
      assert.strictEqual(endpoint.requests.length, 1)
      const received = endpoint.requests[0] ?? assert.fail("nothing was asked")
      assert.strictEqual(received.path, "/v1/chat/completions")
      assert.strictEqual(received.headers.authorization, `Bearer ${key}`)
      assert.strictEqual(received.body.model, "test-model")
      assert.deepStrictEqual(
        received.body.messages.map(({ role }) => role),
        ["system", "user"]
      )
      const format = received.body.response_format ?? assert.fail("no form was asked for")
      assert.strictEqual(format.type, "json_schema")
      assert.strictEqual(format.json_schema?.name, "sql_answer")
      assert.strictEqual(format.json_schema?.strict, true)
      assert.deepInclude(format.json_schema?.schema, {
        type: "object",
        required: ["sql", "explanation", "usedEntities"],
        additionalProperties: false
      })
    })
  )

  it.effect("sends no authorization without a key, and nothing of the OPENAI_* variables", () =>
    Effect.gen(function* () {
      const variables = {
        OPENAI_API_KEY: "leak-key",
        OPENAI_ADMIN_KEY: "leak-admin",
        OPENAI_ORG_ID: "leak-organization",
        OPENAI_PROJECT_ID: "leak-project",
        OPENAI_BASE_URL: "http://127.0.0.1:9/leak",
        OPENAI_CUSTOM_HEADERS: "x-gateway: leak-header\nauthorization: leak-authorization"
      }
      for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value)
      yield* Effect.addFinalizer(() => Effect.sync(() => vi.unstubAllEnvs()))
      const { endpoint, result } = yield* generate([completion(structured)], "")
      assert.strictEqual(result._tag, "Success")
      assert.notInclude(JSON.stringify(endpoint.requests[0]?.headers), "leak")
      assert.isUndefined(endpoint.requests[0]?.headers.authorization)
    })
  )

  for (const server of ["openai", "ollama", "vllm", "llama-cpp"]) {
    it.effect(`understands a reply in the shape of ${server}`, () =>
      Effect.gen(function* () {
        const body: unknown = JSON.parse(readFileSync(new URL(`./replies/${server}.json`, import.meta.url), "utf8"))
        const { result } = yield* generate([{ body }])
        assert.strictEqual(result._tag === "Success" && result.success.sql, "SELECT COUNT(*) FROM products")
        assert.match(String(result._tag === "Success" && result.success.explanation), /counts the products\.$/i)
      })
    )
  }

  it.effect("reads the statement when the server ignores the format", () =>
    Effect.gen(function* () {
      const { endpoint, result } = yield* generate([completion(`Here it is:\n\`\`\`sql\n${sql}\n\`\`\``)])
      assert.strictEqual(result._tag === "Success" && result.success.sql, sql)
      assert.strictEqual(endpoint.requests.length, 1)
    })
  )

  it.effect("asks in weaker ways where the format is rejected, once, and remembers", () =>
    Effect.gen(function* () {
      const endpoint = yield* start([
        {
          status: 400,
          body: { error: { message: "unknown type", param: "response_format", type: "invalid_request_error" } }
        },
        { status: 400, body: { error: "'response_format.type' must be 'json_schema' or 'text'" } },
        completion(structured),
        completion(structured)
      ])
      const answers = yield* Effect.all([ask, ask]).pipe(Effect.provide(generator(endpoint)))
      assert.deepStrictEqual(answers, [expected, expected])
      assert.deepStrictEqual(
        endpoint.requests.map(({ body }) => body.response_format?.type),
        ["json_schema", "json_object", undefined, undefined]
      )
      const { messages } = endpoint.requests[2]?.body ?? { messages: [] }
      assert.deepStrictEqual(
        messages.map(({ role }) => role),
        ["system", "user"]
      )
      assert.match(messages[0]?.content ?? "", /^You write one SQLite[^]*JSON Schema:\n\{"type":"object"/)
    })
  )

  it.effect("does not ask again when a 400 is about something else", () =>
    Effect.gen(function* () {
      const body = { error: { message: `maximum context length is 8192 tokens, key ${key}` } }
      const { endpoint, error } = yield* failing([{ status: 400, body }])
      assert.include(error.detail, "HTTP 400 maximum context length is 8192 tokens, key <redacted>")
      assert.strictEqual(endpoint.requests.length, 1)
    })
  )

  it.effect("waits as long as a 429 asks, logs it, and asks again", () =>
    Effect.gen(function* () {
      const endpoint = yield* start([
        { status: 429, headers: { "retry-after": "7" }, body: { error: { message: "slow down" } } },
        completion(structured)
      ])
      const { layer, queue } = yield* retries
      const fiber = yield* ask.pipe(Effect.provide([generator(endpoint), layer]), Effect.forkChild)
      assert.deepStrictEqual(yield* Queue.take(queue), {
        component: "language_model",
        attempt: 1,
        delay_ms: 7000,
        error: { type: "RateLimitError" }
      })
      yield* TestClock.adjust("6999 millis")
      assert.strictEqual(endpoint.requests.length, 1)
      yield* TestClock.adjust("1 millis")
      assert.deepStrictEqual(yield* Fiber.join(fiber), expected)
    })
  )

  it.effect("does not wait for longer than its deadline allows", () =>
    Effect.gen(function* () {
      const { endpoint, error } = yield* failing([{ status: 429, headers: { "retry-after": "3600" } }])
      assert.include(error.detail, "rate limit")
      assert.strictEqual(endpoint.requests.length, 1)
    })
  )

  it.effect("does not try again when the account has no quota", () =>
    Effect.gen(function* () {
      const body = { error: { message: "You exceeded your quota", code: "insufficient_quota" } }
      const { endpoint, error } = yield* failing([{ status: 429, body }])
      assert.include(error.detail, "no quota left")
      assert.strictEqual(endpoint.requests.length, 1)
    })
  )

  for (const [what, trouble] of [
    ["a 500", { status: 500, body: "oops" }],
    ["a 408", { status: 408 }],
    ["a broken connection", { reset: true }]
  ] as const) {
    it.effect(`asks again after ${what}`, () =>
      Effect.gen(function* () {
        const endpoint = yield* start([trouble, completion(structured)])
        const { layer, queue } = yield* retries
        const fiber = yield* ask.pipe(Effect.provide([generator(endpoint), layer]), Effect.forkChild)
        const delay = Number((yield* Queue.take(queue))["delay_ms"])
        assert.isTrue(delay >= 400 && delay <= 600)
        yield* TestClock.adjust("600 millis")
        assert.deepStrictEqual(yield* Fiber.join(fiber), expected)
      })
    )
  }

  it.effect("gives up after three tries", () =>
    Effect.gen(function* () {
      const down = { status: 503, headers: { "retry-after": "0" }, body: "<html>\n<b>down</b>\n</html>" }
      const endpoint = yield* start([down, down, down, completion(structured)])
      const { layer, queue } = yield* retries
      const fiber = yield* Effect.flip(ask).pipe(Effect.provide([generator(endpoint), layer]), Effect.forkChild)
      for (let attempt = 1; attempt < 3; attempt++) {
        yield* Queue.take(queue)
        yield* TestClock.adjust("1 millis")
      }
      const error = yield* Fiber.join(fiber)
      noSecrets(error)
      assert.include(error.detail, "HTTP 503 <html> <b>down</b> </html>")
      assert.strictEqual(endpoint.requests.length, 3)
    })
  )

  it.effect("says that nothing listens there, without the URL", () =>
    Effect.gen(function* () {
      const closed = yield* Effect.scoped(start([]))
      const { layer, queue } = yield* retries
      const fiber = yield* Effect.flip(ask).pipe(Effect.provide([generator(closed), layer]), Effect.forkChild)
      for (let attempt = 1; attempt < 3; attempt++) {
        yield* Queue.take(queue)
        yield* TestClock.adjust("2 seconds")
      }
      const error = yield* Fiber.join(fiber)
      noSecrets(error)
      assert.strictEqual(error.detail, "the model's server cannot be reached: ECONNREFUSED")
    })
  )

  it.effect("does not try again with a key that is not accepted, and does not show it", () =>
    Effect.gen(function* () {
      const body = { error: { message: `Incorrect API key provided: ${key}`, code: "invalid_api_key" } }
      const { endpoint, error } = yield* failing([{ status: 401, body }])
      assert.include(error.remedy, "LLM_API_KEY")
      assert.strictEqual(endpoint.requests.length, 1)
    })
  )

  it.effect("says which model is not there", () =>
    Effect.gen(function* () {
      const { error } = yield* failing([{ status: 404, body: { error: { message: "model 'test-model' not found" } } }])
      assert.include(error.detail, "HTTP 404 model 'test-model' not found")
      assert.include(error.remedy, "LLM_MODEL")
    })
  )

  it.effect("follows no redirect: the prompt goes to the configured server only", () =>
    Effect.gen(function* () {
      const other = yield* start([completion(structured)])
      const location = `${other.baseUrl.href}/chat/completions`
      const { error } = yield* failing([{ status: 307, headers: { location } }])
      assert.include(error.detail, "HTTP 307")
      assert.deepStrictEqual(other.requests, [])
    })
  )

  it.effect("reports a refusal, in either form", () =>
    Effect.gen(function* () {
      const { error } = yield* failing([completion(null, { refusal: "I would rather not." })])
      assert.strictEqual(error.detail, "the model refused to answer: I would rather not.")
      const filtered = yield* failing([completion("", { finish_reason: "content_filter" })])
      assert.include(filtered.error.detail, "content filter")
    })
  )

  it.effect("never takes an answer that was cut, however good it looks", () =>
    Effect.gen(function* () {
      const { error } = yield* failing([completion(`\`\`\`sql\n${sql}\n\`\`\``, { finish_reason: "length" })])
      assert.include(error.detail, "cut at the model's output limit")
    })
  )

  it.effect("reports what is no chat completion", () =>
    Effect.gen(function* () {
      const bodies = ['{"choices": [', "<html>", { choices: [] }, { choices: [{ message: { content: 7 } }] }, null, ""]
      for (const body of bodies) {
        const { endpoint, error } = yield* failing([{ body: body === null ? "null" : body }])
        assert.match(error.detail, /does not answer in the form of the API/)
        assert.strictEqual(endpoint.requests.length, 1)
      }
      const empty = yield* failing([completion("")])
      assert.include(empty.error.detail, "it is empty")
    })
  )

  it.effect("stops reading a reply at 8 MiB", () =>
    Effect.gen(function* () {
      const { endpoint, error } = yield* failing([completion("x".repeat(9 * 1024 * 1024))])
      assert.include(error.detail, "larger than 8 MiB")
      assert.strictEqual(endpoint.requests.length, 1)
    })
  )

  it.effect("fails at the deadline, and closes the socket", () =>
    Effect.gen(function* () {
      const endpoint = yield* start([{ hang: true }])
      const fiber = yield* Effect.flip(ask).pipe(Effect.provide(generator(endpoint)), Effect.forkChild)
      yield* Queue.take(endpoint.arrivals)
      yield* TestClock.adjust("2 minutes")
      const error = yield* Fiber.join(fiber)
      noSecrets(error)
      assert.strictEqual(error.detail, "the model's server failed: no answer within 2m")
      yield* Deferred.await(endpoint.disconnected)
    })
  )

  it.effect("closes the socket when it is interrupted", () =>
    Effect.gen(function* () {
      const endpoint = yield* start([{ hang: true }])
      const fiber = yield* ask.pipe(Effect.provide(generator(endpoint)), Effect.forkChild)
      yield* Queue.take(endpoint.arrivals)
      yield* Fiber.interrupt(fiber)
      yield* Deferred.await(endpoint.disconnected)
    })
  )
})

describe("OpenAiProvider as a LanguageModel", () => {
  const reason = <A>(effect: Effect.Effect<A, AiError.AiError, LanguageModel.LanguageModel>) =>
    Effect.gen(function* () {
      const endpoint = yield* start([])
      const error = yield* Effect.flip(Effect.provide(effect, provider(endpoint)))
      assert.deepStrictEqual(endpoint.requests, [])
      return error.reason
    })

  it.effect("answers text with its usage, for a conversation", () =>
    Effect.gen(function* () {
      const endpoint = yield* start([completion("Four.")])
      const response = yield* LanguageModel.generateText({
        prompt: [
          { role: "user", content: [{ type: "text", text: "One and one?" }] },
          { role: "assistant", content: [{ type: "text", text: "Two." }] },
          { role: "user", content: "Two and two?" }
        ]
      }).pipe(Effect.provide(provider(endpoint)))
      assert.strictEqual(response.text, "Four.")
      assert.strictEqual(response.finishReason, "stop")
      assert.strictEqual(response.usage.inputTokens.total, 12)
      assert.strictEqual(response.usage.outputTokens.total, 5)
      assert.deepStrictEqual(endpoint.requests[0]?.body.messages, [
        { role: "user", content: "One and one?" },
        { role: "assistant", content: "Two." },
        { role: "user", content: "Two and two?" }
      ])
      assert.isUndefined(endpoint.requests[0]?.body.response_format)
    })
  )

  it.effect("fails with a typed error where it is asked to stream, or to read a file", () =>
    Effect.gen(function* () {
      const streamed = yield* reason(Stream.runDrain(LanguageModel.streamText({ prompt: "Hello" })))
      assert.strictEqual(streamed._tag, "InvalidRequestError")
      const file = Prompt.filePart({ mediaType: "image/png", data: new Uint8Array([1]) })
      const prompt = Prompt.fromMessages([Prompt.userMessage({ content: [file] })])
      const filed = yield* reason(LanguageModel.generateText({ prompt }))
      assert.strictEqual(filed._tag, "InvalidRequestError")
      const noObject = Schema.Union([Schema.Struct({ a: Schema.String }), Schema.Struct({ b: Schema.String })])
      const notAnObject = yield* reason(LanguageModel.generateObject({ prompt: "x", schema: noObject }))
      assert.strictEqual(notAnObject._tag, "UnsupportedSchemaError")
    })
  )
})
