/** The chat API, asked with the `openai` client of others and by hand, over real sockets. */
import { assert, describe, it } from "@effect/vitest"
import { Effect, Fiber, type Layer, type Scope } from "effect"
import type { LanguageModel } from "effect/ai/LanguageModel"
import { InternalProviderError } from "effect/ai/AiError"
import { existsSync } from "node:fs"
import { fileURLToPath } from "node:url"
import * as StubLanguageModel from "../../src/testing/StubLanguageModel.ts"
import * as Servers from "../query/Servers.ts"
import * as Processes from "../real/support/Processes.ts"
import { ask, question, serve, shop, token } from "./Served.ts"

const folder = fileURLToPath(new URL("generated/", import.meta.url))
const isInstalled = existsSync(`${folder}node_modules/openai/package.json`)

const model = "mcp-orchestrator"

/** A conversation of these messages, the user's and the assistant's in turn. */
const conversation = (...texts: ReadonlyArray<string>) => ({
  model,
  messages: texts.map((content, at) => ({ role: at % 2 === 0 ? "user" : "assistant", content }))
})

const post = (url: string, body: object, headers: { readonly [name: string]: string } = {}) =>
  ask(`${url}/v1/chat/completions`, { json: body, headers })

const contentOf = (answer: { readonly body: ReturnType<typeof JSON.parse> }): string =>
  String(answer.body.choices[0].message.content)

/** The data of the events of a stream that has ended. */
const dataOf = (text: string): ReadonlyArray<string> =>
  [...text.matchAll(/^data: (.*)\n\n/gm)].map(([, data = ""]) => data)

const failing = {
  ...shop,
  faults: [{ at: "read", fault: { kind: "error", code: -32000, message: "the disk is gone" } } as const]
}

describe.skipIf(!isInstalled)("the openai client (skipped without npm run real:install)", () => {
  const client = (options: { readonly baseURL: string; readonly apiKey?: string; readonly body?: object }) =>
    Effect.map(
      Processes.run({
        name: "openai",
        command: process.execPath,
        args: [`${folder}openai.mjs`, JSON.stringify({ apiKey: token, ...options })]
      }),
      (output) => JSON.parse(output)
    )

  const test = <E>(name: string, effect: Effect.Effect<void, E, Scope.Scope>) => it.live(name, () => effect)

  test(
    "is told the model, and answered with a sentence, the rows, the SQL and where they came from",
    Effect.gen(function* () {
      const { url } = yield* serve({ server: { token } })
      const baseURL = `${url}/v1`
      const { models, one } = yield* client({ baseURL })
      assert.deepStrictEqual([models.map(({ id }: { readonly id: string }) => id), one.id], [[model], model])
      const { completion } = yield* client({
        baseURL,
        body: { ...conversation(question), temperature: 0.2, user: "u" }
      })
      const [choice] = completion.choices
      assert.deepInclude(choice, { index: 0, finish_reason: "stop" })
      assert.match(
        choice.message.content,
        /^The answer is \*\*3\*\* \(count\)\.\n\n\| count \|\n\| ---: \|\n\| 3 \|\n\n.*\n\n```sql\nSELECT [^]*\n```\n\nRun on `server_1`, with what `server_1` said\.$/
      )
      assert.deepStrictEqual(completion.usage, { prompt_tokens: 0, completion_tokens: 0, total_tokens: 0 })
    })
  )

  test(
    "gets the same as a stream",
    Effect.gen(function* () {
      const { url } = yield* serve({ server: { token } })
      const { chunks } = yield* client({
        baseURL: `${url}/v1`,
        body: { ...conversation(question), stream: true, stream_options: { include_usage: true } }
      })
      const deltas = chunks.flatMap(({ choices }: { readonly choices: ReadonlyArray<object> }) => choices)
      const text = deltas
        .map(({ delta }: { readonly delta: { readonly content?: string } }) => delta.content ?? "")
        .join("")
      assert.strictEqual(
        text,
        contentOf(yield* post(url, conversation(question), { authorization: `Bearer ${token}` }))
      )
      assert.strictEqual(deltas.at(-1).finish_reason, "stop")
      assert.deepStrictEqual(chunks.at(-1).choices, [])
      assert.strictEqual(chunks.at(-1).usage.total_tokens, 0)
    })
  )

  test(
    "is told failures in its own form, plain and in a stream, with the tagged error inside",
    Effect.gen(function* () {
      const { url } = yield* serve({ scripts: [failing], server: { token } })
      const baseURL = `${url}/v1`
      const plain = yield* client({ baseURL, body: conversation(question) })
      assert.deepInclude(plain.failed, { name: "InternalServerError", status: 502 })
      assert.match(plain.failed.message, /^502 .*the disk is gone/)
      assert.deepInclude(plain.failed.error, { type: "server_error", code: "ResourceFetchError", param: null })
      assert.deepInclude(plain.failed.error.tagged_error, { _tag: "ResourceFetchError", server: "server_1" })
      const streamed = yield* client({ baseURL, body: { ...conversation(question), stream: true } })
      assert.lengthOf(streamed.chunks, 1)
      assert.deepInclude(streamed.failed.error.tagged_error, { _tag: "ResourceFetchError", server: "server_1" })
      const unknown = yield* client({ baseURL, body: { ...conversation(question), model: "gpt-4o" } })
      assert.deepInclude(unknown.failed, { name: "NotFoundError", status: 404 })
      const stranger = yield* client({ baseURL, apiKey: "another-token-of-16", body: conversation(question) })
      assert.deepInclude(stranger.failed, { name: "AuthenticationError", status: 401 })
      assert.match(stranger.failed.message, /bearer token is needed/)
    })
  )
})

describe("the id of a request", () => {
  for (const stream of [false, true]) {
    it.live(`is that of everything it does${stream ? ", as a stream" : ""}`, () =>
      Effect.gen(function* () {
        const { logs, url } = yield* serve()
        const { text } = yield* post(url, { ...conversation(question), stream }, { "x-request-id": "mine-1" })
        assert.include(text, "chatcmpl-mine-1")
        assert.deepStrictEqual(
          logs.of("query_processing_completed").map((record) => record["request_id"]),
          ["mine-1"]
        )
      })
    )
  }
})

describe("without a model", () => {
  it.live("a question that is refused is an answer, which says what was understood", () =>
    Effect.gen(function* () {
      const { url } = yield* serve()
      const answer = yield* post(url, conversation("how many zork products are there?"))
      assert.strictEqual(answer.status, 200)
      assert.match(contentOf(answer), /^I cannot answer that: .*zork/)
      assert.match(contentOf(answer), /\n\nUnderstood:\n\n\* .*products/)
    })
  )

  it.live("earlier turns change nothing, and neither does what other servers take", () =>
    Effect.gen(function* () {
      const { url } = yield* serve()
      const body = {
        ...conversation("what about zork?", "I cannot answer that.", question),
        tools: [],
        top_p: 1,
        stream_options: null
      }
      const parts = {
        model,
        messages: [
          { role: "system", content: "Be kind." },
          { role: "user", content: [{ type: "text", text: question }] }
        ]
      }
      assert.strictEqual(contentOf(yield* post(url, body)), contentOf(yield* post(url, parts)))
    })
  )

  it.live("what would change the answer is refused, in the form of that API, and nobody is asked", () =>
    Effect.gen(function* () {
      const { fakes, url } = yield* serve()
      const image = [{ type: "image_url", image_url: { url: "data:," } }]
      for (const [what, body, status, param] of [
        ["another model", { ...conversation(question), model: "gpt-4o" }, 404, "model"],
        ["two answers", { ...conversation(question), n: 2 }, 400, "n"],
        ["JSON", { ...conversation(question), response_format: { type: "json_object" } }, 400, "response_format"],
        ["an image", { model, messages: [{ role: "user", content: image }] }, 400, "messages"],
        ["no question", { model, messages: [{ role: "system", content: "Hello" }] }, 400, "messages"],
        ["a blank one", conversation(" "), 400, "messages"],
        ["no messages", { model }, 400, null],
        ["no object", [], 400, null]
      ] as const) {
        const answer = yield* post(url, body)
        assert.strictEqual(answer.status, status, what)
        assert.deepInclude(answer.body.error, { type: "invalid_request_error", param }, what)
      }
      assert.isUndefined((yield* fakes[0]!.counters).requests["resources/read"])
    })
  )

  it.live("a conversation may be long, to a bound", () =>
    Effect.gen(function* () {
      const { url } = yield* serve()
      assert.strictEqual((yield* post(url, conversation("x", "y".repeat(200_000), question))).status, 200)
      const answer = yield* post(url, conversation("x", "y".repeat(1_100_000), question))
      assert.deepStrictEqual([answer.status, answer.body.error.type], [413, "invalid_request_error"])
    })
  )

  it.live("what the door and the paths say is in that form too", () =>
    Effect.gen(function* () {
      const { url } = yield* serve({ server: { token } })
      const headers = { authorization: `Bearer ${token}` }
      assert.strictEqual((yield* ask(`${url}/v1/models`)).body.error.code, "Unauthorized")
      const got = yield* ask(`${url}/v1/chat/completions`, { headers })
      assert.deepStrictEqual(
        [got.status, got.headers.get("allow"), got.body.error.message],
        [405, "POST, OPTIONS", "It is asked with POST, OPTIONS."]
      )
      assert.isNull(got.body.error.code)
      const { body, status } = yield* ask(`${url}/v1/models/gpt-4`, { headers })
      assert.deepStrictEqual([status, body.error.code], [404, "model_not_found"])
      assert.include(body.error.message, "mcp-orchestrator")
      const form = yield* ask(`${url}/v1/chat/completions`, {
        json: {},
        headers: { ...headers, "content-type": "text/plain" }
      })
      assert.deepStrictEqual([form.status, form.body.error.type], [415, "invalid_request_error"])
    })
  )

  it.live("a page that leaves ends its request at the MCP server, a stream at once begun", () =>
    Effect.gen(function* () {
      const { fakes, logs, url } = yield* serve({
        scripts: [{ ...shop, faults: [{ at: "read", fault: { kind: "stall" } }] }],
        server: { max_requests: 1 }
      })
      const asking = yield* Effect.forkChild(post(url, { ...conversation(question), stream: true }))
      yield* fakes[0]!.awaitRequest("resources/read")
      const busy = yield* post(url, conversation(question))
      assert.deepStrictEqual([busy.status, busy.headers.get("retry-after"), busy.body.error.code], [503, "1", "Busy"])
      yield* Fiber.interrupt(asking)
      yield* fakes[0]!.awaitRequest("notifications/cancelled")
      assert.deepInclude(yield* logs.awaitEvent("http_request_completed", 2), { outcome: "interrupted" })
    })
  )

  it.live("a request that lasts too long ends, a stream with an error", () =>
    Effect.gen(function* () {
      const { url } = yield* serve({
        scripts: [{ ...shop, faults: [{ at: "read", fault: { kind: "stall" } }] }],
        server: { request_timeout: "50 millis" }
      })
      const plain = yield* post(url, conversation(question))
      assert.deepStrictEqual([plain.status, plain.body.error.code], [504, "DeadlineExceeded"])
      const { text } = yield* post(url, { ...conversation(question), stream: true })
      assert.match(dataOf(text).at(-1) ?? "", /^\{"error":\{.*"code":"DeadlineExceeded"/)
    })
  )
})

describe("with a model", () => {
  const sql = { sql: "SELECT COUNT(*) AS count FROM products", explanation: "Counts them." }

  const opened = (
    replies: (request: StubLanguageModel.StubRequest) => StubLanguageModel.StubReply,
    orchestration: { readonly [key: string]: unknown } = {}
  ) => {
    const asked: Array<StubLanguageModel.StubRequest> = []
    const model: Layer.Layer<LanguageModel> = StubLanguageModel.layer((request) => {
      asked.push(request)
      return replies(request)
    })
    return Effect.map(serve({ model, orchestration }), (served) => ({ ...served, asked }))
  }

  /** Which of its three tasks a request is. */
  const taskOf = ({ system }: StubLanguageModel.StubRequest): "rewrite" | "word" | "sql" => {
    if (system.includes("without the turns before")) return "rewrite"
    return system.includes("Say in one or two plain sentences") ? "word" : "sql"
  }

  it.live("it words the answer from the rows", () =>
    Effect.gen(function* () {
      const { asked, url } = yield* opened((request) => (taskOf(request) === "sql" ? sql : "There are 3 products."))
      assert.match(contentOf(yield* post(url, conversation(question))), /^There are 3 products\.\n\n\| count \|/)
      assert.deepStrictEqual(asked.map(taskOf), ["sql", "word"])
      assert.deepStrictEqual(JSON.parse(asked[1]?.user ?? ""), {
        question,
        columns: ["count"],
        rows: [["3"]],
        rowCount: 1,
        moreRowsExist: false
      })
    })
  )

  for (const [what, reply] of [
    ["makes up a number", "There are 4 products."],
    ["names an address", "There are 3, see https://evil.example/3"],
    ["says nothing", ""],
    ["fails", new InternalProviderError({ description: "down" })]
  ] as const) {
    it.live(`where it ${what}, the rules word the answer`, () =>
      Effect.gen(function* () {
        const { url } = yield* opened((request) => (taskOf(request) === "sql" ? sql : reply))
        assert.match(contentOf(yield* post(url, conversation(question))), /^The answer is \*\*3\*\* \(count\)\./)
      })
    )
  }

  it.live("a follow-up is read with the turns before it, and the answer says as what", () =>
    Effect.gen(function* () {
      const { asked, url } = yield* opened((request) =>
        taskOf(request) === "rewrite" ? question : taskOf(request) === "sql" ? sql : "There are 3."
      )
      const answer = yield* post(url, conversation("how many orders are there?", "There are **7**.", "and products?"))
      assert.match(contentOf(answer), /^Understood as: \*how many products are there\?\*\n\nThere are 3\./)
      assert.deepStrictEqual(asked.map(taskOf), ["rewrite", "sql", "word"])
      assert.deepStrictEqual(JSON.parse(asked[0]?.user ?? ""), {
        earlier: [
          { role: "user", text: "how many orders are there?" },
          { role: "assistant", text: "There are **7**." }
        ],
        question: "and products?"
      })
      // Nothing of it is kept: the next question comes without turns, and no model hears of these.
      yield* post(url, conversation(question))
      assert.notInclude(JSON.stringify(asked.slice(3)), "orders are there")
    })
  )

  it.live("a follow-up that it cannot read is a failure, not another question", () =>
    Effect.gen(function* () {
      const { fakes, url } = yield* opened(() => new InternalProviderError({ description: "down" }))
      const { body, status } = yield* post(url, conversation("a?", "b", question))
      assert.strictEqual(status, 422)
      assert.strictEqual(body.error.tagged_error.reason._tag, "ModelFailed")
      assert.isUndefined((yield* fakes[0]!.counters).requests["resources/read"])
    })
  )

  it.live("where no values may reach it, it sees neither rows nor answers", () =>
    Effect.gen(function* () {
      const { asked, url } = yield* opened((request) => (taskOf(request) === "rewrite" ? question : sql), {
        query: { values: "off" }
      })
      const answer = yield* post(url, conversation("how many orders are there?", "There are **7**.", "and products?"))
      assert.include(contentOf(answer), "The answer is **3** (count).")
      assert.deepStrictEqual(asked.map(taskOf), ["rewrite", "sql"])
      assert.notInclude(JSON.stringify(asked), "**7**")
    })
  )
})

it.live("what a database holds is text on the page: no link, image, table or HTML of its own", () =>
  Effect.gen(function* () {
    const { url } = yield* serve({
      scripts: [
        {
          ...shop,
          tools: Servers.databaseScript(
            Servers.rows(
              ["name", "price"],
              ["![x](http://evil.example/?q=1)", 1],
              ["a | b\n| c", 2],
              ["<img src=x>", 0.1 + 0.2]
            )
          ).tools!
        }
      ]
    })
    const content = contentOf(yield* post(url, conversation("name and price of all products")))
    assert.include(content, String.raw`| !\[x\](http://evil.example/?q=1) | 1 |`)
    assert.include(content, String.raw`| a \| b \| c | 2 |`)
    assert.include(content, String.raw`| \<img src=x\> | 0.3 |`)
    assert.match(content, /^3 rows\.\n\n\| name \| price \|\n\| --- \| ---: \|\n/)
  })
)
