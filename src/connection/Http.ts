/** Single HTTP exchanges on Node's client: what `SseTransport` needs beside the requests themselves. */
import type { Agent, ClientRequest, IncomingMessage, OutgoingHttpHeaders } from "node:http"
import type { Transform } from "node:stream"
import * as Redaction from "../telemetry/Redaction.ts"
import * as HttpFailure from "./HttpFailure.ts"

// An ESM `import "node:http"` instantiates a namespace for every builtin it re-exports: 13 MB of resident memory.
const http = process.getBuiltinModule("node:http")
const https = process.getBuiltinModule("node:https")
const zlib = process.getBuiltinModule("node:zlib")

/** How long the body of a refusal may take: it explains the status, it must not hold up the failure. */
const refusalBodyMs = 200
const refusalBodyLength = 1000

/** A request not sent yet; without an agent it gets a socket of its own. */
export const requestOn = (
  url: URL,
  options: { method: string; agent: Agent | undefined; headers: OutgoingHttpHeaders }
): ClientRequest => {
  const all = { ...options, agent: options.agent ?? false }
  return url.protocol === "https:" ? https.request(url, all) : http.request(url, all)
}

/** The URL to go on with, or why not. Only the own origin gets to see the headers. */
export const redirectTarget = (from: URL, location: string, left: number): URL | string => {
  if (!URL.canParse(location, from.href)) return "the server redirects to something that is no URL"
  const target = new URL(location, from.href)
  if (target.origin !== from.origin) return `the server redirects to another origin: ${Redaction.text(target.origin)}`
  return left > 0 ? target : "the server redirects too often"
}

/** The start of a refusal's body, then the end of its socket: an unread body would hold it. */
export const refusalBody = (response: IncomingMessage, done: (text: string) => void): void => {
  let text = ""
  let finished = false
  const finish = () => {
    if (finished) return
    finished = true
    clearTimeout(timer)
    response.destroy()
    done(text)
  }
  const timer = setTimeout(finish, refusalBodyMs)
  response.setEncoding("utf8")
  response.on("data", (chunk: string) => {
    text += chunk.slice(0, refusalBodyLength)
    if (text.length >= refusalBodyLength) finish()
  })
  response.on("close", finish)
  response.on("error", finish)
}

/** Milliseconds to wait, if the server says so. */
export const retryAfter = (response: IncomingMessage): number | null => HttpFailure.retryAfterMs(response.headers["retry-after"], Date.now())

/** Flushed at every chunk: an event must not wait in the decompressor for the next one. */
export const decompressed = (response: IncomingMessage): IncomingMessage | Transform => {
  const flush = { flush: zlib.constants.Z_SYNC_FLUSH, finishFlush: zlib.constants.Z_SYNC_FLUSH }
  switch (response.headers["content-encoding"]) {
    case "gzip":
    case "x-gzip":
      return response.pipe(zlib.createGunzip(flush))
    case "deflate":
      return response.pipe(zlib.createInflate(flush))
    default:
      return response
  }
}
