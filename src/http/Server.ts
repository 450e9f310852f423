/** The handlers of the API: each asks the orchestrator and lets its answer, failure or stream through. */
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Stream from "effect/Stream"
import * as HttpEffect from "effect/http/HttpEffect"
import * as HttpServerResponse from "effect/http/HttpServerResponse"
import * as HttpApiBuilder from "effect/http-api/HttpApiBuilder"
import * as HttpApiMiddleware from "effect/http-api/HttpApiMiddleware"
import * as RetryAfter from "../errors/RetryAfter.ts"
import { reportOf } from "../health/HealthReport.ts"
import { shortcomings } from "../health/ServerReport.ts"
import { Orchestrator } from "../Orchestrator.ts"
import * as NotFound from "../resolution/NotFound.ts"
import * as Progress from "../resources/Progress.ts"
import { Admission, Api, type ResolveRequest } from "./Api.ts"
import { CurrentId } from "./Door.ts"
import { EffectiveConfig } from "./EffectiveConfig.ts"
import * as Events from "./Events.ts"
import * as GatherLine from "./GatherLine.ts"
import * as Lifecycle from "./Lifecycle.ts"
import * as EventStream from "./EventStream.ts"
import * as Requests from "./Requests.ts"

const handlers = HttpApiBuilder.group(
  Api,
  "orchestrator",
  Effect.fn(function* (handlers) {
    const orchestrator = yield* Orchestrator
    const { latest, rows } = yield* EffectiveConfig
    const lifecycle = yield* Lifecycle.Lifecycle
    const ends = lifecycle.bounded(Effect.never)
    const streamed = EventStream.make(ends)
    const requests = yield* Requests.make

    const resolve = Effect.fnUntraced(function* ({ name, requestId, type = null }: ResolveRequest) {
      const resolved = yield* orchestrator.resolve(name, type, { requestId })
      if (resolved.entity !== null) return resolved
      return yield* NotFound.error(name, type, resolved, yield* orchestrator.config)
    })

    return handlers.handleAll({
      query: ({ payload }) => answering(payload, orchestrator.query(payload.question, payload)),
      queryEvents: ({ payload }) =>
        answering(payload, streamed(Events.QueryStream, orchestrator.queryEvents(payload.question, payload))),
      resolve: ({ payload }) => answering(payload, resolve(payload)),
      resolveEvents: ({ payload }) =>
        answering(
          payload,
          streamed(
            Events.ResolveStream,
            Progress.streaming((tell: (event: Events.ResolveEvent) => void) =>
              resolve(payload).pipe(
                Effect.provideService(Progress.Listener, tell),
                Effect.map((resolved): Events.ResolveEvent => ({ _tag: "Completed", resolved }))
              )
            )
          )
        ),
      gather: ({ payload }) => answering(payload, orchestrator.gather(payload ?? {})),
      gatherEvents: ({ payload }) =>
        answering(payload, streamed(Events.GatherStream, orchestrator.gatherEvents(payload ?? {}))),
      // All or nothing: it has been gathered when the first line is sent, so a failure still has a status.
      gatherLines: ({ payload }) =>
        answering(
          payload,
          Effect.map(orchestrator.gather(payload ?? {}), (gathered) =>
            Stream.fromIterable(GatherLine.of(gathered), { chunkSize: 1 }).pipe(Stream.interruptWhen(ends))
          )
        ),
      servers: () => Effect.map(orchestrator.health(), reportOf),
      validate: () =>
        Effect.map(orchestrator.validate(), (servers) => ({
          valid: servers.every(({ ok }) => ok),
          shortcomings: shortcomings(servers),
          servers
        })),
      vocabulary: () => answering(null, orchestrator.vocabulary()),
      config: () =>
        Effect.map(orchestrator.config, (current) => ({
          file: current.file,
          values: rows(current),
          ...latest(current)
        })),
      requests: () => requests.all
    })
  })
)

/** The routes of the API, its description among them. */
export const layer = Layer.suspend(() =>
  HttpApiBuilder.layer(Api, { openapiPath: "/v1/openapi.json" }).pipe(
    Layer.provide(handlers),
    Layer.provide([admission, HttpApiMiddleware.layerProblemDetails({ includeDetails: true })])
  )
)

// -----------------------------------------------------------------------------
// internals

const admission = Layer.effect(
  Admission,
  Effect.map(Lifecycle.Lifecycle, ({ admit, bounded }) =>
    Admission.of((httpEffect) => admit.pipe(Effect.tapError(withRetryAfter), Effect.andThen(bounded(httpEffect))))
  )
)

/** What a failure asks to wait is told in its answer. */
const withRetryAfter = (failure: unknown) =>
  HttpEffect.appendPreResponseHandler((_, response) =>
    Effect.succeed(HttpServerResponse.setHeaders(response, RetryAfter.headersOf(failure)))
  )

/** Under the id that the body names, if it does; what a server asked us to wait is passed on. */
const answering = <A, E, R>(payload: { readonly requestId?: string } | null, answer: Effect.Effect<A, E, R>) =>
  Effect.flatMap(CurrentId, (current) => {
    if (payload?.requestId !== undefined) current.id = payload.requestId
    return Effect.tapError(answer, withRetryAfter)
  })
