import type { Client } from "@modelcontextprotocol/sdk/client/index.js"
import { CreateMessageRequestSchema, type CreateMessageResult } from "@modelcontextprotocol/sdk/types.js"
import { assert, it } from "@effect/vitest"
import { Effect, Schema } from "effect"
import { OrchestratorErrorJson, SqlGenerationError } from "../../src/OrchestratorError.ts"
import * as Shop from "../telemetry/shop.ts"
import * as Door from "./Door.ts"

interface Asked {
  readonly systemPrompt?: string | undefined
  readonly messages: unknown
  readonly maxTokens: number
}

/** A host whose model answers so; what it was asked is kept. */
const host = Effect.fnUntraced(function* (
  answer: (call: number) => CreateMessageResult["content"] | Error,
  options: { readonly sampling?: boolean } = { sampling: true }
) {
  const { config, servers } = yield* Shop.open()
  const asked: Array<Asked> = []
  const door = yield* Door.open(Shop.orchestrator(config), options)
  const client = yield* Door.connect(door, { sampling: {} }, (client) =>
    client.setRequestHandler(CreateMessageRequestSchema, ({ params }) => {
      asked.push(params)
      const content = answer(asked.length)
      if (content instanceof Error) throw content
      return { model: "a-model", role: "assistant", content }
    })
  )
  return { asked, client, servers }
})

const says = (text: string) => ({ type: "text" as const, text })
const statement = (sql: string | null) => says(JSON.stringify({ sql, explanation: "All of them", usedEntities: null }))

const query = (client: Client) =>
  Effect.promise(() => client.callTool({ name: "query", arguments: { question: "How many products are there?" } }))

const Answered = Schema.Struct({
  structuredContent: Schema.Struct({
    sql: Schema.String,
    metadata: Schema.Struct({ attempts: Schema.Array(Schema.Struct({ outcome: Schema.String })) })
  })
})
const answered = (result: unknown) =>
  Effect.map(Schema.decodeUnknownEffect(Answered)(result), ({ structuredContent }) => structuredContent)

const Failed = Schema.Struct({
  isError: Schema.Literal(true),
  structuredContent: Schema.Struct({ error: OrchestratorErrorJson })
})
const failure = (result: unknown) =>
  Effect.map(Schema.decodeUnknownEffect(Failed)(result), ({ structuredContent }) => structuredContent.error)

it.live("the host's model writes the SQL from the schema, and the guard lets it through", () =>
  Effect.gen(function* () {
    const { asked, client } = yield* host(() => statement("SELECT COUNT(*) FROM products"))
    const { metadata, sql } = yield* answered(yield* query(client))
    assert.match(sql, /SELECT COUNT\(\*\) FROM products/)
    assert.lengthOf(metadata.attempts, 1)
    const [first] = asked
    assert.match(String(first?.systemPrompt), /JSON Schema/)
    assert.match(JSON.stringify(first?.messages), /order_items/)
  })
)

it.live("what it writes inside of a fence is read too, as hosts answer in prose", () =>
  Effect.gen(function* () {
    const { client } = yield* host(() => says("Here you are:\n```sql\nSELECT name FROM products\n```\n"))
    assert.match((yield* answered(yield* query(client))).sql, /SELECT name FROM products/)
  })
)

it.live("a statement that writes is refused, told to the model, and never sent", () =>
  Effect.gen(function* () {
    const { asked, client, servers } = yield* host((call) =>
      statement(call === 1 ? "DELETE FROM products" : "SELECT COUNT(*) FROM products")
    )
    const { metadata, sql } = yield* answered(yield* query(client))
    assert.match(sql, /SELECT COUNT/)
    assert.deepStrictEqual(
      metadata.attempts.map(({ outcome }) => outcome),
      ["rejected", "ok"]
    )
    assert.match(JSON.stringify(asked[1]?.messages), /DELETE FROM products/)
    assert.strictEqual((yield* servers[1].counters).requests["tools/call"], 1)
  })
)

it.live("a model that insists on writing ends with the error, and nothing is sent", () =>
  Effect.gen(function* () {
    const { client, servers } = yield* host(() => statement("DROP TABLE orders"))
    const error = yield* failure(yield* query(client))
    assert.instanceOf(error, SqlGenerationError)
    assert.strictEqual(error.reason._tag, "Rejected")
    assert.isUndefined((yield* servers[1].counters).requests["tools/call"])
  })
)

it.live("a host whose user says no, or that answers with a picture, is an error that says so", () =>
  Effect.gen(function* () {
    const refusing = yield* host(() => new Error("User rejected sampling request"))
    const refused = yield* failure(yield* query(refusing.client))
    assert.instanceOf(refused, SqlGenerationError)
    assert.match(refused.message, /the host did not answer: .*User rejected sampling request/)
    const picturing = yield* host(() => ({ type: "image", data: "AAEC", mimeType: "image/png" }))
    assert.match((yield* failure(yield* query(picturing.client))).message, /answered with image instead of text/)
  })
)

it.live("a host that is not to be asked, or has no model to offer, is not asked: the configured generator writes", () =>
  Effect.gen(function* () {
    const { asked, client } = yield* host(() => statement("SELECT name FROM products"), {})
    assert.match((yield* answered(yield* query(client))).sql, /COUNT\(/)
    assert.isEmpty(asked)
    const { config } = yield* Shop.open()
    const plain = yield* Door.connect(yield* Door.open(Shop.orchestrator(config), { sampling: true }))
    assert.match((yield* answered(yield* query(plain))).sql, /COUNT\(/)
  })
)

it.live("a host that leaves while its model is asked ends the question", () =>
  Effect.gen(function* () {
    const { config } = yield* Shop.open()
    const door = yield* Door.open(Shop.orchestrator(config), { sampling: true, admit: yield* Door.oneAtOnce })
    yield* Effect.scoped(
      Effect.gen(function* () {
        const asked = Promise.withResolvers<void>()
        const client = yield* Door.connect(door, { sampling: {} }, (client) =>
          client.setRequestHandler(CreateMessageRequestSchema, () => {
            asked.resolve()
            return new Promise(() => {})
          })
        )
        client.callTool({ name: "query", arguments: { question: Shop.question } }).catch(() => {})
        yield* Effect.promise(() => asked.promise)
      })
    )
    // Its place is free again.
    const next = yield* Door.connect(door)
    yield* Effect.tryPromise(() => next.callTool({ name: "servers" })).pipe(Effect.retry({ times: 100 }))
  })
)
