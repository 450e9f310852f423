/** The bodies of responses: how they are encoded, and the answers that a server puts into that of a POST. */
import type { IncomingMessage } from "node:http"
import type { Transform } from "node:stream"
import { createParser } from "eventsource-parser"
import { nodeBuiltin } from "../../NodeBuiltin.ts"
import * as ServerReason from "../../errors/ServerReason.ts"
import type { Stage } from "../../OrchestratorError.ts"
import * as Redaction from "../../telemetry/Redaction.ts"
import { failure, SessionFailure } from "../SessionFailure.ts"
import * as HttpFailure from "./HttpFailure.ts"

const zlib = nodeBuiltin("node:zlib")

/** Flushed at every chunk: an event must not wait in the decompressor for the next one. */
const flushed = { flush: zlib.constants.Z_SYNC_FLUSH, finishFlush: zlib.constants.Z_SYNC_FLUSH }
const flushedBrotli = {
  flush: zlib.constants.BROTLI_OPERATION_FLUSH,
  finishFlush: zlib.constants.BROTLI_OPERATION_FLUSH
}

/** The body as it was before it was encoded; a failure that names an encoding which is not understood. */
export const decoded = (response: IncomingMessage, stage: Stage): IncomingMessage | Transform | SessionFailure => {
  const encoding = (response.headers["content-encoding"] ?? "").trim()
  // RFC 9110 §8.4.1: content codings are case-insensitive.
  switch (encoding.toLowerCase()) {
    case "gzip":
    case "x-gzip":
      return response.pipe(zlib.createGunzip(flushed))
    case "deflate":
      return response.pipe(zlib.createInflate(flushed))
    case "br":
      return response.pipe(zlib.createBrotliDecompress(flushedBrotli))
    case "":
    case "identity":
    // No codings, but servers that mean none do write them.
    case "none":
    case "utf-8":
      return response
    default: {
      const detail = `the answer is encoded as ${Redaction.text(encoding)}, which is not understood`
      return failure(stage, new ServerReason.Protocol({ hint: "Encoding" }), detail)
    }
  }
}

/** Whether an event is a message: it says so, in whatever case, or says nothing. */
export const isMessage = (event: string | undefined): boolean =>
  event === undefined || event.toLowerCase() === "message"

/** Whether the response of an accepted POST may hold what belongs onto the stream: JSON-RPC as JSON, or as events. */
export const mayHoldAnswer = ({ headers }: IncomingMessage): boolean =>
  /json|event-stream/i.test(headers["content-type"] ?? "") && headers["content-length"] !== "0"

export interface Reader {
  readonly stage: Stage
  /** Of a whole JSON body or of one event, as UTF-16 units of the decompressed text. */
  readonly maxBytes: number
  /** JSON, of one message or a batch. */
  readonly onMessage: (data: string) => void
  /** Once, at the end; with what cut it short, else `null`. */
  readonly onEnd: (cause: SessionFailure | null) => void
}

/** Reads the answers out of a response; events as they come, JSON at its end. */
export const readAnswers = (response: IncomingMessage, { maxBytes, onEnd, onMessage, stage }: Reader): void => {
  const body = decoded(response, stage)
  let ended = false
  const end = (cause: SessionFailure | null) => {
    if (ended) return
    ended = true
    if (cause !== null) {
      response.destroy()
      if (!(body instanceof SessionFailure)) body.destroy()
    }
    onEnd(cause)
  }
  if (body instanceof SessionFailure) return end(body)
  const tooLarge = () => {
    const detail = `the answer is larger than ${maxBytes} bytes (limits.resource_bytes)`
    end(failure("limit", new ServerReason.TooLarge({ limit: maxBytes }), detail))
  }
  const broken = (error: Error) => end(HttpFailure.fromSocketError(error, stage))
  let json = ""
  const parser = createParser({
    maxBufferSize: maxBytes,
    onEvent: ({ data, event }) => {
      if (!ended && isMessage(event)) onMessage(data)
    },
    onError: ({ type }) => {
      if (type === "max-buffer-size-exceeded") tooLarge()
    }
  })
  const isJson = /json/i.test(response.headers["content-type"] ?? "")
  body.setEncoding("utf8")
  body.on("data", (chunk: string) => {
    if (ended) return
    if (!isJson) return parser.feed(chunk)
    json += chunk
    if (json.length > maxBytes) tooLarge()
  })
  body.on("end", () => {
    // A byte order mark counts as white space here.
    const text = json.trim()
    if (!ended && text !== "") onMessage(text)
    end(null)
  })
  body.on("error", broken)
  if (body !== response) response.on("error", broken)
}
