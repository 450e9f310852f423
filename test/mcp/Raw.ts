/** A client that does no more than it is told: one event stream, and POSTs as they are given. */
import { createParser, type EventSourceMessage } from "eventsource-parser"
import { Effect, Option, Queue, type Scope } from "effect"
import { type ClientRequest, type IncomingMessage, request } from "node:http"
import type { Door } from "./Door.ts"

export interface Raw {
  readonly status: number
  readonly headers: IncomingMessage["headers"]
  /** Where it was told to POST, as it was told. */
  readonly endpoint: string
  /** The next JSON-RPC message. */
  readonly next: Effect.Effect<{ readonly [field: string]: unknown }>
  /** The same if it has come already, else null. */
  readonly arrived: Effect.Effect<{ readonly [field: string]: unknown } | null>
  /** Reads nothing any more; what was sent fills the buffers. */
  readonly stopReading: Effect.Effect<void>
  readonly goOnReading: Effect.Effect<void>
  /** Completes when the stream has ended, with whether it ended in good order. */
  readonly ended: Effect.Effect<boolean>
  /** POSTs a value as JSON, or a text as it is; gives the status. */
  readonly post: (
    body: unknown,
    options?: { readonly contentType?: string; readonly endpoint?: string }
  ) => Effect.Effect<number>
  readonly close: Effect.Effect<void>
}

/** Opens the stream, and waits for the endpoint if it is one. */
export const open = Effect.fnUntraced(function* (
  { origin, url }: Door,
  headers: { readonly [name: string]: string } = {}
): Effect.fn.Return<Raw, never, Scope.Scope> {
  const messages = yield* Queue.unbounded<EventSourceMessage>()
  const { asked, response } = yield* Effect.acquireRelease(
    Effect.callback<{ readonly asked: ClientRequest; readonly response: IncomingMessage }>((resume) => {
      const asked = request(url, { headers, agent: false }, (response) => resume(Effect.succeed({ asked, response })))
      asked.on("error", () => {})
      asked.end()
    }),
    ({ asked }) => Effect.sync(() => asked.destroy())
  )
  const parser = createParser({ onEvent: (event) => void Queue.offerUnsafe(messages, event) })
  const closed = new Promise<boolean>((resolve) => {
    response.once("close", () => resolve(response.complete))
  })
  response.on("error", () => {})
  response.setEncoding("utf8").on("data", (chunk: string) => parser.feed(chunk))
  const status = response.statusCode ?? 0
  // One that ended before it said where has no place to POST to.
  const told = Effect.raceFirst(
    Effect.map(Queue.take(messages), ({ data }) => data),
    Effect.as(
      Effect.promise(() => closed),
      ""
    )
  )
  const endpoint = status === 200 ? yield* told : ""
  return {
    status,
    headers: response.headers,
    endpoint,
    next: Effect.map(Queue.take(messages), ({ data }) => JSON.parse(data)),
    arrived: Effect.map(
      Queue.poll(messages),
      Option.match({ onNone: () => null, onSome: ({ data }) => JSON.parse(data) })
    ),
    stopReading: Effect.sync(() => response.pause()),
    goOnReading: Effect.sync(() => response.resume()),
    ended: Effect.promise(() => closed),
    post: (body, options = {}) => post(origin + (options.endpoint ?? endpoint), body, options.contentType),
    close: Effect.sync(() => asked.destroy())
  }
})

const post = (url: string, body: unknown, contentType = "application/json"): Effect.Effect<number> =>
  Effect.promise((signal) =>
    fetch(url, {
      method: "POST",
      headers: { "content-type": contentType },
      body: typeof body === "string" ? body : JSON.stringify(body),
      signal
    }).then(({ status }) => status)
  )

export const call = (id: number, method: string, params: object = {}) => ({ jsonrpc: "2.0", id, method, params })
