/**
 * The GET half of HTTP+SSE: one stream of events, its redirects, its compression, its limits. It ends once; nothing
 * ever resumes it, because the session behind it is gone.
 */
import type { ClientRequest, IncomingMessage } from "node:http"
import type { Transform } from "node:stream"
import { createParser } from "eventsource-parser"
import type { Stage } from "../../OrchestratorError.ts"
import * as Redaction from "../../telemetry/Redaction.ts"
import type { Agents } from "./Agents.ts"
import * as Http from "./Http.ts"
import * as HttpFailure from "./HttpFailure.ts"
import { failure, type SessionFailure } from "../SessionFailure.ts"

const net = process.getBuiltinModule("node:net")
const zlib = process.getBuiltinModule("node:zlib")

const maxRedirects = 5
/** Enough of an event to see which request it answers. */
const beginningLength = 200

export interface Options {
  readonly url: URL
  readonly headers: { readonly [name: string]: string }
  readonly agents: Agents
  /** Of one event, counted as UTF-16 units of the decompressed text. */
  readonly maxEventBytes: number
  readonly now: () => number
  /** The first `endpoint` event: where to POST, on the stream's own origin. */
  readonly onEndpoint: (endpoint: URL) => void
  /** The data of a `message` event. */
  readonly onMessage: (data: string) => void
  /** Something arrived, whatever it is. */
  readonly onActivity: () => void
  /** The stream is over; also when it never was one. `beginning` is that of the event which was too large, else "". */
  readonly onFailure: (cause: SessionFailure, beginning: string) => void
}

export class EventStream {
  /** How far the connection has come: tells which stage a deadline cut short. */
  stage: Stage = "dns"

  readonly #options: Options
  #request: ClientRequest | null = null
  #body: IncomingMessage | Transform | null = null
  #closed = false
  #hasEndpoint = false

  constructor(options: Options) {
    this.#options = options
  }

  open(): void {
    this.#get(this.#options.url, maxRedirects)
  }

  close(): void {
    this.#closed = true
    this.#request?.destroy()
    this.#body?.destroy()
  }

  #fail(cause: SessionFailure, beginning = ""): void {
    if (this.#closed) return
    this.close()
    this.#options.onFailure(cause, beginning)
  }

  #get(url: URL, redirectsLeft: number): void {
    const { agents, headers } = this.#options
    const literal = net.isIP(Http.hostOf(url)) !== 0
    this.stage = literal || agents.proxied ? "connect" : "dns"
    const request = Http.requestOn(agents, "stream", url, {
      method: "GET",
      headers: {
        ...headers,
        accept: "text/event-stream",
        "accept-encoding": "gzip, deflate",
        "cache-control": "no-store"
      }
    })
    this.#request = request
    request.on("socket", (socket) => {
      const connected = () => (this.stage = url.protocol === "https:" ? "tls" : "http")
      if (!socket.connecting) connected()
      socket.once("lookup", () => (this.stage = "connect"))
      socket.once("connect", connected)
      socket.once("secureConnect", () => (this.stage = "http"))
    })
    request.on("error", (error) => {
      if (this.#request === request) this.#broken(error)
    })
    request.on("response", (response) => this.#respond(url, request, response, redirectsLeft))
    request.end()
  }

  #respond(url: URL, request: ClientRequest, response: IncomingMessage, redirectsLeft: number): void {
    this.stage = "http"
    const status = response.statusCode ?? 0
    const { location } = response.headers
    if (status >= 300 && status < 400 && location !== undefined) {
      const target = Http.redirectTarget(url, location, redirectsLeft)
      if (!(target instanceof URL)) return this.#fail(failure("http", "Redirected", target))
      this.#request = null
      request.destroy()
      return this.#get(target, redirectsLeft - 1)
    }
    if (status !== 200) {
      return Http.refusalBody(response, (body) => {
        this.#fail(
          HttpFailure.fromStatus("http", status, HttpFailure.retryAfterOf(response.headers, this.#options.now()), body)
        )
      })
    }
    const type = response.headers["content-type"] ?? "no content type"
    if (!type.toLowerCase().startsWith("text/event-stream")) {
      const detail = `not an SSE stream: the server answers with ${Redaction.text(type)}`
      return this.#fail(failure("http", "Protocol", detail))
    }
    this.stage = "endpoint"
    this.#read(url, response)
  }

  #read(url: URL, response: IncomingMessage): void {
    let events = 0
    // Where the event begins whose end has not come, "" if it would be the next chunk; and what is being parsed.
    let origin = ""
    let fed = { chunk: "", before: 0 }
    const current = () => (events > fed.before || origin === "" ? fed.chunk : origin)
    const parser = createParser({
      maxBufferSize: this.#options.maxEventBytes,
      onEvent: (event) => {
        events += 1
        if (this.#closed) return
        if (event.event === "endpoint") this.#acceptEndpoint(url, event.data)
        else if (event.event === undefined || event.event === "message") this.#options.onMessage(event.data)
      },
      onError: (error) => {
        if (error.type !== "max-buffer-size-exceeded") return
        const detail = `one SSE event is larger than ${this.#options.maxEventBytes} bytes (limits.resource_bytes)`
        this.#fail(failure("limit", "TooLarge", detail), lastEvent(current()))
      }
    })
    const body = decompressed(response)
    this.#body = body
    body.setEncoding("utf8")
    body.on("data", (chunk: string) => {
      if (this.#closed) return
      this.#options.onActivity()
      fed = { chunk, before: events }
      parser.feed(chunk)
      origin = /[\r\n]{2}$/.test(chunk.slice(-2)) ? "" : current()
    })
    const broken = (error: Error) => this.#broken(error)
    body.on("error", broken)
    body.on("end", () => this.#broken(null))
    if (body !== response) response.on("error", broken)
  }

  /** Before `initialize` it never was a session; afterwards the session is lost. `null`: a FIN. */
  #broken(error: Error | null): void {
    if (error === null) return this.#fail(failure(this.stage, "ConnectionLost", "the server ended the event stream"))
    if (!this.#hasEndpoint) return this.#fail(HttpFailure.fromSocketError(error, this.stage))
    const detail = `the event stream broke: ${Redaction.text(error.message)}`
    this.#fail(failure(this.stage, "ConnectionLost", detail))
  }

  #acceptEndpoint(url: URL, data: string): void {
    // Only the first counts: another one would move the session under the client's feet.
    if (this.#hasEndpoint) return
    const endpoint = URL.canParse(data, url.href) ? new URL(data, url.href) : null
    if (endpoint === null) return this.#fail(failure("endpoint", "Protocol", "the endpoint event holds no URL"))
    if (endpoint.origin !== url.origin) {
      const detail = `the endpoint event points to another origin: ${Redaction.text(endpoint.origin)}`
      return this.#fail(failure("endpoint", "ForeignEndpoint", detail))
    }
    // Node would send user-info as credentials, in place of ours.
    endpoint.username = ""
    endpoint.password = ""
    this.#hasEndpoint = true
    this.stage = "initialize"
    this.#options.onEndpoint(endpoint)
  }
}

const lastEvent = (chunk: string): string => {
  const blank = Math.max(chunk.lastIndexOf("\n\n"), chunk.lastIndexOf("\n\r\n"))
  return chunk.slice(blank + 1, blank + 1 + beginningLength).trimStart()
}

/** Flushed at every chunk: an event must not wait in the decompressor for the next one. */
const decompressed = (response: IncomingMessage): IncomingMessage | Transform => {
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
