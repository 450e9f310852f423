/**
 * The HTTP API from another Effect app: typed answers, errors as instances of their classes, streams of events.
 *
 * ```ts
 * const program = Effect.gen(function* () {
 *   const client = yield* HttpOrchestrator
 *   return yield* client.query({ payload: { question: "total revenue last year" } })
 * }).pipe(Effect.provide(HttpOrchestrator.layer({ baseUrl: "http://localhost:8080" })), Effect.provide(FetchHttpClient.layer))
 * ```
 */
import * as Context from "effect/Context"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import type * as HttpClient from "effect/http/HttpClient"
import * as HttpClientRequest from "effect/http/HttpClientRequest"
import * as HttpApiClient from "effect/http-api/HttpApiClient"
import * as HttpApiMiddleware from "effect/http-api/HttpApiMiddleware"
import { Admission, Api } from "./Api.ts"

export interface ClientOptions {
  /** Where `serve` is reached, a path prefix of a proxy included: `https://example.org/orchestrator`. */
  readonly baseUrl: string
  /** The bearer token, where one is set. */
  readonly token?: Redacted.Redacted<string> | undefined
}

// Its methods need what their call says: nothing, or the schemas of the answer alone.
// @effect-diagnostics-next-line leakingRequirements:off
export class HttpOrchestrator extends Context.Service<HttpOrchestrator, HttpApiClient.ForApi<typeof Api>>()(
  "effect-mcp-orchestrator/http/HttpOrchestrator"
) {
  /** Nothing is sent before it is asked. */
  static readonly layer = ({
    baseUrl,
    token
  }: ClientOptions): Layer.Layer<HttpOrchestrator, never, HttpClient.HttpClient> =>
    Layer.effect(HttpOrchestrator, HttpApiClient.make(Api, { baseUrl })).pipe(
      Layer.provide(
        HttpApiMiddleware.layerClient(Admission, ({ next, request }) =>
          next(token === undefined ? request : HttpClientRequest.bearerToken(request, Redacted.value(token)))
        )
      )
    )
}
