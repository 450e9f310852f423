/** Writes a stream of the orchestrator's events as server-sent events (https://html.spec.whatwg.org/#server-sent-events). */
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Schedule from "effect/Schedule"
import * as Schema from "effect/Schema"
import * as Stream from "effect/Stream"
import * as HttpServerRequest from "effect/http/HttpServerRequest"
import * as HttpServerResponse from "effect/http/HttpServerResponse"
import * as Events from "./Events.ts"
import { NotResumable } from "./Problems.ts"

/** Proxies take a connection for dead that is silent for a minute, some sooner. */
const heartbeat = Duration.seconds(15)

/** A comment: nobody's event, but bytes. */
const comment = ":\n\n"

/** The answer to these texts, which are events already; between them silence is filled. */
export const response = (written: Stream.Stream<string>): Effect.Effect<HttpServerResponse.HttpServerResponse> =>
  // The body is written by the server, which knows of no request: what makes the events runs in that of this one.
  Effect.map(Effect.context<never>(), (request) => {
    const beats = Stream.map(Stream.fromSchedule(Schedule.spaced(heartbeat)), () => comment)
    const events = Stream.merge(Stream.provideContext(written, request), beats, { haltStrategy: "left" })
    // Headers leave with the first bytes: a client that waits for them knows at once that it was heard.
    const body = Stream.concat(Stream.succeed(comment), events)
    return HttpServerResponse.stream(Stream.encodeText(body), {
      contentType: "text/event-stream",
      headers: { "cache-control": "no-store", "x-accel-buffering": "no" }
    })
  })

/** `ends` fails when the stream has to end: its failure is the last event, as any other. */
export const make =
  <Ended>(ends: Effect.Effect<never, Ended>) =>
  /** The answer has begun, so its failure is an event of its own. */
  <Event extends Events.Told, E>(
    wire: Schema.Codec<NoInfer<Wire<Event, E | Ended>>, { readonly event: string; readonly data: string }>,
    events: Stream.Stream<Event, E>
  ): Effect.Effect<HttpServerResponse.HttpServerResponse, NotResumable, HttpServerRequest.HttpServerRequest> => {
    const encode = Schema.encodeEffect(wire)
    return Effect.gen(function* () {
      const { headers } = yield* HttpServerRequest.HttpServerRequest
      if (headers["last-event-id"] !== undefined) return yield* new NotResumable()
      const written = events.pipe(
        Stream.interruptWhen(ends),
        Stream.map((data): Wire<Event, E | Ended> => ({ event: Events.nameOf(data), data })),
        Stream.catch((data) => Stream.succeed<Wire<Event, E | Ended>>({ event: "failed", data })),
        Stream.mapEffect((event) => Effect.orDie(encode(event))),
        Stream.map(({ data, event }) => `event: ${event}\ndata: ${data}\n\n`)
      )
      return yield* response(written)
    })
  }

type Wire<Event extends Events.Told, E> =
  | { readonly event: ReturnType<typeof Events.nameOf>; readonly data: Event }
  | { readonly event: "failed"; readonly data: E }
