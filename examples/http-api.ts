/**
 * A web server of an Effect app: the orchestrator's results are the Schemas of its endpoints, its errors bring their status.
 *
 *     npm run servers                                    # in another terminal
 *     node --conditions=effect-mcp-orchestrator-source examples/http-api.ts
 *     curl localhost:3000/query --json '{ "question": "total revenue last year" }'
 *     curl -N localhost:3000/query/events?question=total%20revenue%20last%20year
 */
import * as NodeHttpServer from "@effect/platform-node/NodeHttpServer"
import * as NodeRuntime from "@effect/platform-node/NodeRuntime"
import {
  McpConnectionError,
  NoMcpAvailableError,
  OverloadedError,
  Orchestrator,
  QueryEvent,
  QueryExecutionError,
  QueryResult,
  ResourceFetchError,
  SqlGenerationError
} from "effect-mcp-orchestrator"
import * as Config from "effect/Config"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Schema from "effect/Schema"
import * as Stream from "effect/Stream"
import * as HttpRouter from "effect/http/HttpRouter"
import * as HttpServerRequest from "effect/http/HttpServerRequest"
import * as HttpServerResponse from "effect/http/HttpServerResponse"
import * as HttpApi from "effect/http-api/HttpApi"
import * as HttpApiBuilder from "effect/http-api/HttpApiBuilder"
import * as HttpApiEndpoint from "effect/http-api/HttpApiEndpoint"
import * as HttpApiGroup from "effect/http-api/HttpApiGroup"
import { createServer } from "node:http"

class Questions extends HttpApiGroup.make("questions").add(
  HttpApiEndpoint.post("query", "/query", {
    payload: Schema.Struct({ question: Schema.String }),
    success: QueryResult,
    error: [
      McpConnectionError,
      ResourceFetchError,
      NoMcpAvailableError,
      OverloadedError,
      SqlGenerationError,
      QueryExecutionError
    ]
  })
) {}

class Api extends HttpApi.make("shop").add(Questions) {}

const handlers = HttpApiBuilder.group(
  Api,
  "questions",
  Effect.fn(function* (handlers) {
    const orchestrator = yield* Orchestrator
    return handlers.handle("query", ({ payload }) => orchestrator.query(payload.question))
  })
)

const encodeEvent = Schema.encodeEffect(Schema.fromJsonString(Schema.toCodecJson(QueryEvent)))

/** What an answer takes is told while it takes it: one server-sent event a step. */
const events = HttpRouter.add(
  "GET",
  "/query/events",
  Effect.gen(function* () {
    const orchestrator = yield* Orchestrator
    const { question } = yield* HttpServerRequest.schemaSearchParams(Schema.Struct({ question: Schema.String }))
    const lines = orchestrator.queryEvents(question).pipe(
      Stream.mapEffect((event) => encodeEvent(event)),
      Stream.catchTag("SqlGenerationError", ({ message }) => Stream.make(JSON.stringify({ _tag: "Failed", message }))),
      Stream.map((data) => `data: ${data}\n\n`),
      Stream.encodeText
    )
    return HttpServerResponse.stream(lines, { contentType: "text/event-stream" })
  })
)

const routes = Layer.mergeAll(
  HttpApiBuilder.layer(Api, { openapiPath: "/openapi.json" }).pipe(Layer.provide(handlers)),
  events
)

const server = Layer.unwrap(
  Effect.map(Config.Int("PORT").pipe(Config.withDefault(3000)), (port) =>
    NodeHttpServer.layer(createServer, { port, host: "127.0.0.1" })
  )
)

// One Layer for the life of the process: connections are kept between requests. `connect` fails at the start.
const orchestrator = Orchestrator.layerNode({ reload: true }).pipe(
  Layer.tap((context) => Context.get(context, Orchestrator).connect)
)

HttpRouter.serve(routes).pipe(Layer.provide([server, orchestrator]), Layer.launch, NodeRuntime.runMain)
