/**
 * What endpoints answer, replayed over a socket against the whole line of a question: gather, prompt, model, guard. The
 * error texts are those that the servers named are known to send.
 */
import { assert, describe, it } from "@effect/vitest"
import { Effect, Layer, Redacted } from "effect"
import { Sessions } from "../../../src/connection/Sessions.ts"
import * as QueryPipeline from "../../../src/query/QueryPipeline.ts"
import * as LanguageModelGenerator from "../../../src/sql/LanguageModelGenerator.ts"
import type { ModelSettings } from "../../../src/sql/model/ModelSettings.ts"
import * as OpenAiProvider from "../../../src/sql/model/OpenAiProvider.ts"
import { FakeServer } from "../../../src/testing/index.ts"
import * as Servers from "../../query/Servers.ts"
import { type Answer, completion, start } from "./fakeEndpoint.ts"

const sql = "SELECT COUNT(*) AS products FROM products"
const object = { sql, explanation: "Counts the products.", usedEntities: [] }
const answer = JSON.stringify(object)
const good = completion(answer)

/** A completion with this message. */
const message = (fields: object, finish_reason = "stop"): Answer => ({
  body: { choices: [{ index: 0, message: { role: "assistant", ...fields }, finish_reason }] }
})
const rejects = (words: string, status = 400): Answer => ({
  status,
  // No wait between the tries of a server in trouble.
  headers: { "retry-after": "0" },
  body: { error: { message: words } }
})
/** FastAPI's form of an error. */
const details = (...detail: ReadonlyArray<object>): Answer => ({ status: 422, body: { detail } })
const stream = (...events: ReadonlyArray<string | object>): Answer => ({
  headers: { "content-type": "text/event-stream" },
  body: events.map((event) => `data: ${typeof event === "string" ? event : JSON.stringify(event)}\n\n`).join("")
})
const delta = (fields: object, finish_reason: string | null = null) => ({
  choices: [{ index: 0, delta: fields, finish_reason }]
})
const half = Math.floor(answer.length / 2)
const streamed = stream(
  delta({ role: "assistant", content: "" }),
  delta({ content: answer.slice(0, half) }),
  delta({ content: answer.slice(half) }),
  delta({}, "stop"),
  { choices: [], usage: { prompt_tokens: 7, completion_tokens: 3 } },
  "[DONE]"
)

/** What was asked, as far as it differs from server to server. */
interface Asked {
  readonly form: string | null
  readonly roles: ReadonlyArray<string>
  readonly stream: boolean
  readonly limit: number | null
  readonly renamed: number | null
}

const ask = Effect.fnUntraced(function* (
  answers: ReadonlyArray<Answer>,
  settings: Partial<ModelSettings> = {},
  query: { readonly [key: string]: unknown } = {}
) {
  const endpoint = yield* start(answers)
  const server = yield* FakeServer.make(Servers.databaseScript(Servers.rows(["products"], [3])))
  const generation = yield* Servers.generationOf([server], { orchestration: { query: { values: "off", ...query } } })
  const provider = OpenAiProvider.layer({
    baseUrl: endpoint.baseUrl,
    model: "test-model",
    apiKey: Redacted.make("correct-horse-battery-staple"),
    ...settings
  })
  const generator = LanguageModelGenerator.layer.pipe(Layer.provide(provider))
  const result = yield* QueryPipeline.query("How many products are there?", generation, { dryRun: true }).pipe(
    Effect.provide(generator),
    Effect.result
  )
  const asked = endpoint.requests.map(({ body }): Asked => ({
    form: body.response_format?.type ?? null,
    roles: body.messages.map(({ role }) => role),
    stream: body.stream === true,
    limit: body.max_tokens ?? null,
    renamed: body.max_completion_tokens ?? null
  }))
  return { asked, endpoint, result }
}, Effect.provide(Sessions.layerSse))

/** Which answers lead to the statement, after how many requests. */
const answered: Readonly<Record<string, ReadonlyArray<Answer>>> = {
  "JSON as it was asked for": [good],
  "content in parts": [message({ content: [{ type: "text", text: answer }] })],
  "content in several parts": [
    message({ content: [answer.slice(0, half), answer.slice(half)].map((text) => ({ type: "text", text })) })
  ],
  "content in parts as the Responses API calls them": [message({ content: [{ type: "output_text", text: answer }] })],
  "content in parts behind Mistral's thinking": [
    message({
      content: [
        { type: "thinking", thinking: [{ type: "text", text: "SELECT 1" }] },
        { type: "text", text: answer }
      ]
    })
  ],
  "content that is a list of strings": [message({ content: [answer] })],
  "reasoning beside the content": [message({ content: answer, reasoning_content: "Let me think: SELECT 1" })],
  "only reasoning, which is the answer": [message({ content: null, reasoning_content: answer })],
  "only reasoning, in OpenRouter's field": [message({ content: "", reasoning: answer })],
  "the call of a tool": [
    message(
      {
        content: null,
        tool_calls: [{ id: "1", type: "function", function: { name: "sql_answer", arguments: answer } }]
      },
      "tool_calls"
    )
  ],
  "the call of a tool with arguments that are no text": [
    message({ content: "", tool_calls: [{ function: { name: "sql_answer", arguments: object } }] }, "tool_calls")
  ],
  "the call of a function, as it was before tools": [
    message({ content: null, function_call: { name: "sql_answer", arguments: answer } }, "function_call")
  ],
  "a stream that nobody asked for": [streamed],
  "a stream with comments, and carriage returns": [
    {
      body: `: OPENROUTER PROCESSING\r\n\r\ndata: ${JSON.stringify(delta({ content: answer }, "stop"))}\r\n\r\ndata: [DONE]\r\n\r\n`
    }
  ],
  "a stream of pieces of a tool's arguments": [
    stream(
      delta({
        tool_calls: [{ index: 0, id: "1", function: { name: "sql_answer", arguments: answer.slice(0, half) } }]
      }),
      delta({ tool_calls: [{ index: 0, function: { arguments: answer.slice(half) } }] }),
      delta({}, "tool_calls"),
      "[DONE]"
    )
  ],
  "a stream with the reasoning first": [
    stream(delta({ reasoning_content: "hm" }), delta({ content: answer }), delta({}, "stop"), "[DONE]")
  ],
  "a fence around the JSON": [completion(`\`\`\`json\n${answer}\n\`\`\``)],
  "a fence with the statement": [completion(`Here it is:\n\`\`\`sql\n${sql}\n\`\`\``)],
  "the statement alone": [completion(sql)],
  "JSON inside of prose": [completion(`Sure! ${answer} I hope this helps.`)],
  "thinking before the JSON": [completion(`<think>\nSELECT 1 FROM a\n</think>\n${answer}`)],
  "fields that are missing": [completion(JSON.stringify({ sql }))],
  "a field more than was asked for": [completion(JSON.stringify({ ...object, confidence: 0.9 }))],
  "the JSON in a list": [completion(`[${answer}]`)],
  "the statement as {query}": [completion(JSON.stringify({ query: sql }))],
  "the statement as {statement}": [completion(JSON.stringify({ statement: sql, explanation: "Counts." }))],
  "the object under its name": [completion(JSON.stringify({ sql_answer: object }))],
  "a tool call written as text": [
    completion(`<tool_call>\n${JSON.stringify({ name: "sql_answer", arguments: object })}\n</tool_call>`)
  ],
  "a call as {name, parameters}": [completion(JSON.stringify({ name: "sql_answer", parameters: object }))],
  "line breaks inside of a JSON text": [
    completion(`{"sql": "SELECT COUNT(*) AS products\nFROM products", "explanation": null}`)
  ],
  "a finish reason of its own": [completion(answer, { finish_reason: "eos" })],
  "no usage": [message({ content: answer })],
  "a body with a byte order mark": [{ body: `\ufeff${JSON.stringify(good.body)}` }]
}

/** Servers that object to the way of asking: what they are asked then. */
const objecting: Readonly<Record<string, readonly [answers: ReadonlyArray<Answer>, last: Partial<Asked>]>> = {
  "response_format unknown by its name": [
    [
      rejects("Unrecognized request argument supplied: response_format"),
      rejects("response_format is not supported"),
      good
    ],
    { form: null }
  ],
  "json_schema unknown, json_object known": [
    [rejects("'response_format.type' must be one of 'text' or 'json_object'"), good],
    { form: "json_object" }
  ],
  "LM Studio without json_object": [
    [rejects("'response_format.type' must be 'json_schema' or 'text'"), rejects("'type' must be 'text'"), good],
    { form: null }
  ],
  "a grammar that does not compile": [[rejects("Failed to parse grammar"), good], { form: null }],
  "response_format refused without a word of it": [[rejects("Invalid input"), good], { form: null }],
  "response_format refused without a body": [[{ status: 400, body: "" }, good], { form: null }],
  "response_format refused as FastAPI does": [
    [
      details({ loc: ["body", "response_format", "type"], msg: "unexpected value" }),
      details({ loc: ["body", "response_format"], msg: "extra fields not permitted" }),
      good
    ],
    { form: null }
  ],
  "response_format answered with 500": [
    [rejects("oops", 500), rejects("oops", 500), rejects("oops", 500), good],
    { form: null }
  ],
  "response_format answered with 501": [
    [rejects("no", 501), rejects("no", 501), rejects("no", 501), good],
    { form: null }
  ],
  "no system role (Gemma's template)": [
    [rejects("System role not supported"), good],
    { roles: ["user"], form: "json_schema" }
  ],
  "no system role, as an error of the template": [
    [rejects("Conversation roles must alternate user/assistant/user/assistant/..."), good],
    { roles: ["user"] }
  ],
  "no developer instruction": [
    [rejects("Developer instruction is not enabled for models/gemma-3-27b-it"), good],
    { roles: ["user"] }
  ],
  "max_tokens required": [[rejects("max_tokens: Field required"), good], { limit: 4096 }],
  "max_tokens required, as FastAPI says it": [
    [details({ loc: ["body", "max_tokens"], msg: "field required" }), good],
    { limit: 4096 }
  ],
  "max_tokens required, as serde says it": [
    [rejects("missing field `max_tokens` at line 1 column 90", 422), good],
    { limit: 4096 }
  ],
  "only streams": [
    [rejects("This model only support stream mode, please enable the stream parameter to access the model."), streamed],
    { stream: true }
  ],
  "only streams, in other words": [[rejects("Stream must be set to true"), streamed], { stream: true }],
  "neither a system role nor response_format": [
    [rejects("System role not supported"), rejects("response_format is not supported"), rejects("json_object?"), good],
    { roles: ["user"], form: null }
  ]
}

/** Answers that cannot be used, and are asked for again. */
const repaired: Readonly<Record<string, readonly [answer: Answer, problem: RegExp]>> = {
  "cut at the output limit": [completion(answer.slice(0, half), { finish_reason: "length" }), /output limit/],
  "cut at the output limit, as Anthropic calls it": [
    completion(answer, { finish_reason: "max_tokens" }),
    /output limit/
  ],
  "JSON that ends in the middle": [completion(answer.slice(0, half)), /no SQL query/],
  "an empty text": [completion(""), /empty/],
  "no text": [completion(null), /empty/],
  blanks: [completion(" \n "), /empty/],
  "only reasoning": [
    message({ content: null, reasoning_content: "I should SELECT 1 FROM a" }),
    /reasoning and no answer/
  ],
  prose: [completion("I would count the rows of the table products."), /no SQL query/],
  "a statement inside of a sentence": [completion(`You can run ${sql} to see it.`), /no SQL query/],
  "two fences": [
    completion(`\`\`\`sql\n${sql}\n\`\`\`\nor\n\`\`\`sql\nSELECT id FROM products\n\`\`\``),
    /2 SQL blocks/
  ],
  "two statements": [completion(`${sql};\nSELECT id FROM products;`), /several statements/],
  "a fence that does not end": [completion(`\`\`\`sql\n${sql}`), /does not end/],
  "JSON in single quotes": [completion(`{'sql': '${sql}'}`), /no SQL query/],
  "two tool calls": [
    message({
      content: null,
      tool_calls: [answer, answer].map((text) => ({ function: { name: "a", arguments: text } }))
    }),
    /empty/
  ]
}

/** What asking again does not help: one request, and what is said. */
const failed: Readonly<Record<string, readonly [answer: Answer, detail: RegExp, remedy: RegExp]>> = {
  "a context that is too long (OpenAI)": [
    { status: 400, body: { error: { message: "Too many.", code: "context_length_exceeded" } } },
    /longer than the model's context/,
    /prompt_tokens/
  ],
  "a context that is too long (vLLM)": [
    rejects("This model's maximum context length is 8192 tokens. However, you requested 9000 tokens"),
    /longer than the model's context/,
    /prompt_tokens/
  ],
  "a context that is too long (llama.cpp)": [
    rejects("the request exceeds the available context size, try increasing it"),
    /longer than the model's context/,
    /prompt_tokens/
  ],
  "a context that is too long (llama.cpp, as a 500)": [
    rejects("the request exceeds the available context size, try increasing it", 500),
    /longer than the model's context/,
    /prompt_tokens/
  ],
  "a context that is too long (Anthropic)": [
    rejects("prompt is too long: 210000 tokens > 200000 maximum"),
    /longer than the model's context/,
    /prompt_tokens/
  ],
  "a body that is too large for the gateway": [
    { status: 413, body: "<html>413</html>" },
    /longer than/,
    /prompt_tokens/
  ],
  "a key that is not accepted": [
    rejects("Incorrect API key provided: correct-horse-battery-staple", 401),
    /key/,
    /LLM_API_KEY/
  ],
  "a model that is not there": [rejects("model 'test-model' not found", 404), /not found/, /LLM_MODEL/],
  "no quota": [
    { status: 429, body: { error: { message: "Pay.", code: "insufficient_quota" } } },
    /no quota/,
    /billing/
  ],
  "a refusal": [message({ content: null, refusal: "I would rather not." }), /refused to answer/, /other words/],
  "a content filter": [completion("", { finish_reason: "content_filter" }), /content filter/, /other words/],
  "a page of HTML": [
    { headers: { "content-type": "text/html" }, body: "<html>login</html>" },
    /form of the API/,
    /\/v1/
  ],
  "a redirect": [{ status: 302, headers: { location: "http://127.0.0.1:9/" } }, /HTTP 302/, /LLM_BASE_URL/],
  "a stream that ends before its end": [stream(delta({ content: answer })), /stream ends before/, /\/v1/],
  "a stream of something else": [stream("hello"), /stream is no chat completion/, /\/v1/]
}

describe("An endpoint's answer", () => {
  for (const [what, answers] of Object.entries(answered)) {
    it.live(`is understood: ${what}`, () =>
      Effect.gen(function* () {
        const { asked, result } = yield* ask(answers)
        const { metadata, sql: ran } = yield* Effect.fromResult(result)
        assert.match(ran, /^SELECT COUNT\(\*\) AS products\s+FROM products\s+LIMIT 1001$/)
        assert.deepStrictEqual(
          metadata.attempts.map(({ outcome }) => outcome),
          ["ok"]
        )
        assert.strictEqual(asked.length, 1)
      })
    )
  }

  for (const [what, [answers, last]] of Object.entries(objecting)) {
    it.live(`may be an objection to the way of asking: ${what}`, () =>
      Effect.gen(function* () {
        const { asked, result } = yield* ask(answers)
        const { metadata } = yield* Effect.fromResult(result)
        assert.strictEqual(asked.length, answers.length)
        assert.deepInclude(asked.at(-1), last)
        // Finding out how a server is asked is no try at the question.
        assert.strictEqual(metadata.attempts.length, 1)
      })
    )
  }

  for (const [what, [unusable, problem]] of Object.entries(repaired)) {
    it.live(`is asked for again within query.attempts: ${what}`, () =>
      Effect.gen(function* () {
        const { asked, endpoint, result } = yield* ask([unusable, good])
        const { metadata } = yield* Effect.fromResult(result)
        const [first] = metadata.attempts
        assert.deepStrictEqual(
          metadata.attempts.map(({ outcome }) => outcome),
          ["unusable", "ok"]
        )
        assert.match(first?.message ?? "", problem)
        assert.strictEqual(asked.length, 2)
        assert.match(
          endpoint.requests[1]?.body.messages[1]?.content ?? "",
          /holds="attempt 1">\n {2}unusable: the model's answer cannot be used/
        )
        const always = yield* ask([unusable, unusable, unusable, good])
        const error = yield* Effect.flip(Effect.fromResult(always.result))
        assert.strictEqual(error._tag === "SqlGenerationError" ? error.attempts.length : 0, 3)
        const once = yield* ask([unusable, good], {}, { attempts: 1 })
        assert.strictEqual((yield* Effect.flip(Effect.fromResult(once.result))).reason._tag, "ModelFailed")
        assert.strictEqual(once.asked.length, 1)
      })
    )
  }

  for (const [what, [final, detail, remedy]] of Object.entries(failed)) {
    it.live(`is final: ${what}`, () =>
      Effect.gen(function* () {
        const { asked, result } = yield* ask([final, good])
        const error = yield* Effect.flip(Effect.fromResult(result))
        assert.strictEqual(error.reason._tag, "ModelFailed")
        assert.match(error.detail, detail)
        assert.match(error.remedy, remedy)
        assert.notInclude(JSON.stringify(error), "correct-horse")
        assert.strictEqual(asked.length, 1)
      })
    )
  }
})

describe("The settings of a model", () => {
  it.live("reach the server with every request", () =>
    Effect.gen(function* () {
      const { endpoint } = yield* ask([good], { maxTokens: 900, temperature: 0, extraBody: { seed: 7, top_k: 1 } })
      const body: object = endpoint.requests[0]?.body ?? {}
      assert.deepInclude(body, { max_tokens: 900, temperature: 0, seed: 7, top_k: 1 })
    })
  )

  it.live("are not sent where they are not set", () =>
    Effect.gen(function* () {
      const { endpoint } = yield* ask([good])
      assert.sameMembers(Object.keys(endpoint.requests[0]?.body ?? {}), ["model", "messages", "response_format"])
    })
  )

  it.live("go under the name that the server knows", () =>
    Effect.gen(function* () {
      const words =
        "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead."
      const { asked } = yield* ask([rejects(words), good], { maxTokens: 900 })
      assert.deepInclude(asked[1], { limit: null, renamed: 900, form: "json_schema" })
    })
  )

  it.live("are the operator's: a temperature that the model does not take is an error that says so", () =>
    Effect.gen(function* () {
      const words = "Unsupported value: 'temperature' does not support 0 with this model."
      const { result } = yield* ask([rejects(words), rejects(words)], { temperature: 0 })
      assert.include((yield* Effect.flip(Effect.fromResult(result))).detail, "'temperature' does not support 0")
    })
  )
})
