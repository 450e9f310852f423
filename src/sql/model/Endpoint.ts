/**
 * One POST to the model's server. Plain `fetch`, so that nothing but what is written here travels: no variable of the
 * environment that some client would read, no redirect to another host, no trace header.
 */
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import * as Redacted from "effect/Redacted"
import { type ChatFailure, fromConnection, notTheApi } from "./ChatFailure.ts"

export interface EndpointReply {
  readonly status: number
  readonly headers: Headers
  readonly text: string
}

/** Of a reply; no answer of a model is as large. */
const maxReplyBytes = 8 * 1024 * 1024

/** The reply with its whole body, whatever its status. Interruption closes the connection. */
export const post = Effect.fnUntraced(function* (
  url: string,
  body: object,
  apiKey: Redacted.Redacted | undefined
): Effect.fn.Return<EndpointReply, ChatFailure> {
  const response = yield* Effect.tryPromise({
    try: (signal) =>
      fetch(url, {
        method: "POST",
        body: JSON.stringify(body),
        headers: {
          "content-type": "application/json",
          ...(apiKey === undefined ? {} : { authorization: `Bearer ${Redacted.value(apiKey)}` })
        },
        redirect: "manual",
        signal
      }),
    catch: fromConnection
  })
  const { headers, status } = response
  const chunks = response.body === null ? [] : yield* read(response.body)
  return { status, headers, text: new TextDecoder().decode(Buffer.concat(chunks)) }
})

// -----------------------------------------------------------------------------
// internals

const read = (body: ReadableStream<Uint8Array>) => {
  let bytes = 0
  return Stream.fromReadableStream({ evaluate: () => body, onError: fromConnection }).pipe(
    Stream.tap((chunk) => {
      bytes += chunk.byteLength
      return bytes > maxReplyBytes ? Effect.fail(notTheApi("its reply is larger than 8 MiB")) : Effect.void
    }),
    Stream.runCollect
  )
}
