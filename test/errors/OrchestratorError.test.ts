import { assert, describe, it } from "@effect/vitest"
import { Duration, Effect, Equal, Layer, Runtime, Schema } from "effect"
import { HttpRouter, HttpServer } from "effect/http"
import { HttpApi, HttpApiBuilder, HttpApiEndpoint, HttpApiGroup, HttpApiTest } from "effect/http-api"
import { ModelFailed } from "../../src/errors/QueryReason.ts"
import { RateLimited, ServerReason, Unauthorized, Unavailable } from "../../src/errors/ServerReason.ts"
import {
  httpStatus,
  McpConnectionError,
  OrchestratorError,
  OrchestratorErrorJson,
  SqlGenerationError
} from "../../src/OrchestratorError.ts"
import * as Json from "../../src/text/Json.ts"
import { errors, serverReasons, variantOf } from "../../scripts/reference/Errors.ts"

const encode = Schema.encodeSync(OrchestratorErrorJson)
const decode = Schema.decodeUnknownSync(OrchestratorErrorJson)

const toText = (error: OrchestratorError) => JSON.stringify(encode(error))
const messageIn = (json: unknown) => Schema.decodeUnknownSync(Schema.Struct({ message: Schema.String }))(json).message

const connectionError = (reason: ServerReason) =>
  new McpConnectionError({
    server: "one",
    stage: "http",
    reason,
    url: "http://one.test/sse",
    attempts: 1,
    detail: "no",
    remedy: "Try."
  })

describe("the JSON of an error", () => {
  it.prop("is plain, holds the message, and gives the same error back", [OrchestratorError], ([error]) => {
    const text = toText(error)
    assert.strictEqual(messageIn(Json.parse(text)), error.message)
    const back = decode(Json.parse(text))
    assert.strictEqual(back.constructor, error.constructor)
    assert.strictEqual(back.message, error.message)
    assert.isTrue(Equal.equals(back, error))
    assert.strictEqual(toText(back), text)
  })

  it("has the message made anew when it is read: nobody can put another one in", () => {
    const error = connectionError(new Unauthorized())
    assert.strictEqual(decode(Json.parse(toText(error).replace(error.message, "all is well"))).message, error.message)
  })

  it("has one shape: the reason with its data, durations in milliseconds", () => {
    const error = connectionError(new Unavailable({ status: 503, retryAfter: Duration.seconds(2) }))
    assert.deepStrictEqual(encode(error), {
      _tag: "McpConnectionError",
      operation: "connect",
      server: "one",
      stage: "http",
      reason: { _tag: "Unavailable", status: 503, retryAfter: 2000, hint: null },
      url: "http://one.test/sse",
      attempts: 1,
      detail: "no",
      remedy: "Try.",
      message: "cannot connect to one at http://one.test/sse: no (http, Unavailable, 1 attempt). Try."
    })
  })
})

it("has a time without end as the largest number that JSON has", () => {
  const error = connectionError(new RateLimited({ retryAfter: Duration.infinity }))
  assert.include(toText(error), `"retryAfter":${Number.MAX_SAFE_INTEGER}`)
  assert.strictEqual(toText(decode(encode(error))), toText(error))
})

describe("a reason", () => {
  it.effect("is caught by its tag, with its data and its error", () =>
    Effect.gen(function* () {
      const failing: Effect.Effect<string, McpConnectionError> = Effect.fail(
        connectionError(new RateLimited({ retryAfter: Duration.seconds(7) }))
      )
      const caught = failing.pipe(
        Effect.catchReason("McpConnectionError", "RateLimited", ({ retryAfter }, { server }) =>
          Effect.succeed(`${server} in ${retryAfter === null ? "a while" : Duration.format(retryAfter)}`)
        )
      )
      assert.strictEqual(yield* caught, "one in 7s")
    })
  )

  it("tells the error whether and when to come again", () => {
    const limited = connectionError(new RateLimited({ retryAfter: Duration.seconds(7) }))
    assert.deepStrictEqual([limited.isRetryable, limited.retryAfter], [true, Duration.seconds(7)])
    const refused = connectionError(new Unauthorized())
    assert.deepStrictEqual([refused.isRetryable, refused.retryAfter], [false, null])
    const { isRetryable, retryAfter } = new SqlGenerationError({
      question: "how many?",
      reason: new ModelFailed({ isRetryable: true, retryAfter: Duration.minutes(1) }),
      detail: "no",
      understood: [],
      attempts: [],
      remedy: "Ask again later."
    })
    assert.deepStrictEqual([isRetryable, retryAfter], [true, Duration.minutes(1)])
  })
})

describe("an error over HTTP", () => {
  class Group extends HttpApiGroup.make("errors").add(
    HttpApiEndpoint.get("fail", "/:tag", {
      params: { tag: Schema.String },
      success: Schema.Void,
      error: OrchestratorError.members
    })
  ) {}
  class Api extends HttpApi.make("errors").add(Group) {}
  const handlers = HttpApiBuilder.group(Api, "errors", (handlers) =>
    handlers.handle("fail", ({ params }) => {
      const error = errors.find(({ _tag }) => _tag === params.tag)
      return error === undefined ? Effect.void : Effect.fail(error)
    })
  )

  it.effect("has the status of its class, and its message", () =>
    Effect.gen(function* () {
      const routes = HttpApiBuilder.layer(Api).pipe(Layer.provide([handlers, HttpServer.layerServices]))
      const { dispose, handler } = HttpRouter.toWebHandler(routes, { disableLogger: true })
      yield* Effect.addFinalizer(() => Effect.promise(dispose))
      for (const error of errors) {
        const response = yield* Effect.promise(() => handler(new Request(`http://localhost/${error._tag}`)))
        assert.strictEqual(response.status, httpStatus[error._tag], error._tag)
        assert.deepStrictEqual(yield* Effect.promise(() => response.json()), encode(error))
      }
    })
  )

  it.effect("is the same class at the client", () =>
    Effect.gen(function* () {
      const client = yield* HttpApiTest.groups(Api, ["errors"])
      for (const error of errors) {
        const failed = yield* Effect.flip(client.errors.fail({ params: { tag: error._tag } }))
        assert.strictEqual(failed.constructor, error.constructor)
        assert.strictEqual(failed.message, error.message)
      }
    }).pipe(Effect.provide(handlers.pipe(Layer.provideMerge(HttpServer.layerServices))))
  )
})

describe("docs/reference/errors.md", () => {
  it("has every error", () => {
    assert.sameMembers(
      errors.map(({ _tag }) => _tag),
      Object.keys(httpStatus)
    )
  })

  it.prop("has every hint of a reason", [ServerReason], ([reason]) => {
    const same = serverReasons.find((one) => one._tag === reason._tag && variantOf(one) === variantOf(reason))
    assert.strictEqual(same?.remedy, reason.remedy)
  })
})

it("the process ends with the exit code of the error", () => {
  assert.deepStrictEqual(
    errors.map((error) => error[Runtime.errorExitCode]),
    [2, 3, 3, 3, 4, 5, 6, 7]
  )
})
