/** A body of JSON, for routes beside the HTTP API, which reads its own by its Schemas. */
import type * as ByteSize from "effect/ByteSize"
import * as Effect from "effect/Effect"
import * as HttpIncomingMessage from "effect/http/HttpIncomingMessage"
import * as HttpServerRequest from "effect/http/HttpServerRequest"

/** Whether that is what a `content-type` announces. */
export const isAnnounced = (contentType: string): boolean => /^application\/json\s*(?:;|$)/i.test(contentType)

/** Its text, of `most` bytes at most; else it fails with what `refused` makes of the status. */
export const text = <E>(
  most: ByteSize.ByteSize,
  refused: (status: 400 | 413) => E
): Effect.Effect<string, E, HttpServerRequest.HttpServerRequest> =>
  Effect.flatMap(HttpServerRequest.HttpServerRequest, (request) => request.text).pipe(
    Effect.mapError(({ reason }) =>
      refused(reason._tag === "RequestParseError" && reason.reason === "BodyTooLarge" ? 413 : 400)
    ),
    Effect.provideService(HttpIncomingMessage.MaxBodySize, most)
  )
