/**
 * A chat page that people already have: `POST /v1/chat/completions` and `GET /v1/models`, as clients of OpenAI's API ask.
 * The last message of the user is the question. Nothing of a conversation is kept.
 */
import * as ByteSize from "effect/ByteSize"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import type * as Layer from "effect/Layer"
import * as Schema from "effect/Schema"
import * as Stream from "effect/Stream"
import * as HttpRouter from "effect/http/HttpRouter"
import * as HttpServerRequest from "effect/http/HttpServerRequest"
import * as HttpServerResponse from "effect/http/HttpServerResponse"
import * as JsonBody from "../../mcp/JsonBody.ts"
import { Orchestrator } from "../../Orchestrator.ts"
import type { SqlGenerationError } from "../../OrchestratorError.ts"
import { CurrentId } from "../Door.ts"
import * as EventStream from "../EventStream.ts"
import * as Lifecycle from "../Lifecycle.ts"
import * as ChatApi from "./ChatApi.ts"
import * as ChatError from "./ChatError.ts"
import { ChatModel, nothing, type Usage } from "./ChatModel.ts"
import * as Markdown from "./Markdown.ts"

/** Adds the routes. */
export const layer: Layer.Layer<never, never, HttpRouter.HttpRouter | Orchestrator | Lifecycle.Lifecycle | ChatModel> =
  HttpRouter.use(
    Effect.fnUntraced(function* (router) {
      const lifecycle = yield* Lifecycle.Lifecycle
      const answer = answering(yield* Orchestrator, yield* ChatModel)
      yield* router.add("GET", "/v1/models", HttpServerResponse.jsonUnsafe({ object: "list", data: [ChatApi.model] }))
      yield* router.add("GET", `/v1/models/${ChatApi.modelId}`, HttpServerResponse.jsonUnsafe(ChatApi.model))
      yield* router.add("GET", "/v1/models/:model", ChatError.response(ChatApi.unknownModel))
      yield* router.add(
        "POST",
        "/v1/chat/completions",
        Effect.gen(function* () {
          const request = yield* Effect.fromResult(ChatApi.read(yield* body))
          yield* lifecycle.admit
          const head = {
            id: `chatcmpl-${(yield* CurrentId).id}`,
            created: Math.floor((yield* Clock.currentTimeMillis) / 1000)
          }
          if (request.stream)
            return yield* streamed(
              head,
              request,
              Stream.interruptWhen(Stream.fromEffect(answer(request)), lifecycle.bounded(Effect.never))
            )
          const { blocks, usage } = yield* lifecycle.bounded(answer(request))
          return HttpServerResponse.jsonUnsafe(ChatApi.whole(head, blocks.join("\n\n"), usage))
        }).pipe(Effect.catch(ChatError.response))
      )
    })
  )

// -----------------------------------------------------------------------------
// internals

/** A page sends the whole conversation with every question. */
const maxBody = ByteSize.mebibytes(1)

const decodeJson = Schema.decodeUnknownEffect(Schema.fromJsonString(Schema.Unknown))

const refused = (status: 400 | 413 | 415, message: string) =>
  new ChatError.ChatRequestError({ status, code: "invalid_request", param: null, message })

const body = Effect.gen(function* () {
  const { headers } = yield* HttpServerRequest.HttpServerRequest
  if (!JsonBody.isAnnounced(headers["content-type"] ?? "")) {
    return yield* refused(415, "The body has to be application/json.")
  }
  const text = yield* JsonBody.text(maxBody, (status) =>
    status === 413
      ? refused(status, `The conversation is larger than ${ByteSize.format(maxBody)}: begin another one.`)
      : refused(status, "The body cannot be read.")
  )
  return yield* Effect.mapError(decodeJson(text), () => refused(400, "The body is not JSON."))
})

interface Answer {
  readonly blocks: ReadonlyArray<string>
  readonly usage: Usage
}

/** A refusal is an answer; a failure is the caller's to tell. */
const answering = (orchestrator: Orchestrator["Service"], model: ChatModel["Service"]) =>
  Effect.fnUntraced(
    function* ({ earlier, question }: ChatApi.ChatRequest) {
      const { query } = yield* orchestrator.config
      const mayBeShown = query.values !== "off"
      // Answers hold rows of the database: where no value may reach a model, they do not either.
      const said = mayBeShown ? earlier : earlier.filter(({ role }) => role === "user")
      const read = said.length === 0 ? { said: question, usage: nothing } : yield* model.standalone(question, said)
      const result = yield* orchestrator.query(read.said)
      const worded =
        mayBeShown && result.result !== null
          ? yield* model.sentence(read.said, result.result)
          : { said: null, usage: nothing }
      const { completionTokens, promptTokens } = result.metadata.usage ?? nothing
      return {
        blocks: Markdown.answer(result, { asked: question, sentence: worded.said }),
        usage: [read.usage, worded.usage].reduce(
          (sum, one) => ({
            promptTokens: sum.promptTokens + one.promptTokens,
            completionTokens: sum.completionTokens + one.completionTokens
          }),
          { promptTokens: promptTokens ?? 0, completionTokens: completionTokens ?? 0 }
        )
      }
    },
    Effect.catchTag("SqlGenerationError", (error): Effect.Effect<Answer, SqlGenerationError> =>
      isRefusal(error) ? Effect.succeed({ blocks: Markdown.refusal(error), usage: nothing }) : Effect.fail(error)
    )
  )

/** What other words could cure; the rest is for whoever runs this. */
const isRefusal = ({ reason }: SqlGenerationError): boolean =>
  reason._tag === "NotUnderstood" || reason._tag === "Rejected" || reason._tag === "TooLarge"

/** The status has been sent: a failure is the last event, as OpenAI sends one. */
const streamed = <E extends ChatError.ChatFailure>(
  head: ChatApi.Head,
  { includeUsage }: ChatApi.ChatRequest,
  answers: Stream.Stream<Answer, E>
) =>
  EventStream.response(
    Stream.succeed(event(ChatApi.chunk(head, { role: "assistant", content: "" }))).pipe(
      Stream.concat(
        answers.pipe(
          Stream.flatMap(({ blocks, usage }) =>
            Stream.fromIterable([
              ...blocks.map((block, at) => event(ChatApi.chunk(head, { content: at === 0 ? block : `\n\n${block}` }))),
              event(ChatApi.chunk(head, {}, "stop")),
              ...(includeUsage ? [event(ChatApi.usageChunk(head, usage))] : []),
              "data: [DONE]\n\n"
            ])
          ),
          Stream.catch((failure) => Stream.fromEffect(Effect.map(ChatError.body(failure), event)))
        )
      )
    )
  )

const event = (data: object): string => `data: ${JSON.stringify(data)}\n\n`
