/**
 * The GET half of HTTP+SSE: one stream of events, its redirects, its compression, its limits. It ends once; nothing
 * ever resumes it, because the session behind it is gone.
 */
import type { ClientRequest, IncomingMessage } from "node:http"
import type { Readable } from "node:stream"
import { createParser } from "eventsource-parser"
import { nodeBuiltin } from "../../NodeBuiltin.ts"
import * as ServerReason from "../../errors/ServerReason.ts"
import type { Stage } from "../../OrchestratorError.ts"
import * as Redaction from "../../telemetry/Redaction.ts"
import type { Agents } from "./Agents.ts"
import * as Body from "./Body.ts"
import * as Cookies from "./Cookies.ts"
import * as Endpoint from "./Endpoint.ts"
import * as Http from "./Http.ts"
import * as HttpFailure from "./HttpFailure.ts"
import * as Refusal from "./Refusal.ts"
import { failure, lost, SessionFailure } from "../SessionFailure.ts"

const net = nodeBuiltin("node:net")

const maxRedirects = 5
/** Enough of an event to see which request it answers. */
const beginningLength = 200

export interface Options {
  readonly url: URL
  /** Below which the announced endpoint stands, of the same origin; `null` to take it as it is. */
  readonly endpointBase: URL | null
  readonly headers: { readonly [name: string]: string }
  readonly agents: Agents
  /** Of one event, counted as UTF-16 units of the decompressed text. */
  readonly maxEventBytes: number
  readonly now: () => number
  /** The first `endpoint` event: where to POST, on the stream's own origin, and the cookies of the stream's answer. */
  readonly onEndpoint: (endpoint: URL, cookies: ReadonlyArray<Cookies.Cookie>) => void
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
  #body: Readable | null = null
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
      if (!(target instanceof URL)) return this.#fail(failure("http", new ServerReason.Redirected(), target))
      this.#request = null
      request.destroy()
      return this.#get(target, redirectsLeft - 1)
    }
    if (status !== 200) {
      const retryAfterMs = HttpFailure.retryAfterOf(response.headers, this.#options.now())
      return Http.refusalBody(response, (body) => this.#fail(Refusal.ofStream({ status, retryAfterMs, body })))
    }
    const type = response.headers["content-type"] ?? "no content type"
    if (!type.toLowerCase().startsWith("text/event-stream")) {
      const detail = `not an SSE stream: the server answers with ${Redaction.text(type)}`
      return this.#fail(failure("http", new ServerReason.Protocol(), detail))
    }
    const body = Body.decoded(response, "http")
    if (body instanceof SessionFailure) return this.#fail(body)
    this.stage = "endpoint"
    this.#read(url, response, body)
  }

  #read(url: URL, response: IncomingMessage, body: Readable): void {
    const cookies = Cookies.fromResponse(response.headers["set-cookie"], url, this.#options.now())
    let events = 0
    // `origin` is the chunk in which the unfinished event begins, "" if the next chunk begins one; `fed` is the chunk
    // that is being parsed, with the number of events before it.
    let origin = ""
    let fed = { chunk: "", before: 0 }
    const current = () => (events > fed.before || origin === "" ? fed.chunk : origin)
    const parser = createParser({
      maxBufferSize: this.#options.maxEventBytes,
      onEvent: (event) => {
        events += 1
        if (this.#closed) return
        if (Body.isMessage(event.event)) this.#options.onMessage(event.data)
        else if (event.event?.toLowerCase() === "endpoint") this.#acceptEndpoint(url, event.data, cookies)
      },
      onError: (error) => {
        if (error.type !== "max-buffer-size-exceeded") return
        const limit = this.#options.maxEventBytes
        const detail = `one SSE event is larger than ${limit} bytes (limits.resource_bytes)`
        this.#fail(failure("limit", new ServerReason.TooLarge({ limit }), detail), lastEvent(current()))
      }
    })
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
    if (error === null) return this.#fail(lost(this.stage, "the server ended the event stream"))
    if (!this.#hasEndpoint) {
      const cause = HttpFailure.fromSocketError(error, this.stage)
      const isUnanswered =
        cause.reason._tag === "Reset" && this.stage === "http" && this.#options.url.protocol === "http:"
      return this.#fail(
        isUnanswered ? failure(cause.stage, new ServerReason.Reset({ hint: "ClosedUnanswered" }), cause.detail) : cause
      )
    }
    const detail = `the event stream broke: ${Redaction.text(error.message)}`
    this.#fail(lost(this.stage, detail))
  }

  #acceptEndpoint(url: URL, data: string, cookies: ReadonlyArray<Cookies.Cookie>): void {
    // Only the first counts: another one would move the session under the client's feet.
    if (this.#hasEndpoint) return
    const endpoint = Endpoint.announced(data, url, this.#options.endpointBase)
    if (endpoint instanceof SessionFailure) return this.#fail(endpoint)
    this.#hasEndpoint = true
    this.stage = "initialize"
    this.#options.onEndpoint(endpoint, cookies)
  }
}

const lastEvent = (chunk: string): string => {
  const blank = Math.max(chunk.lastIndexOf("\n\n"), chunk.lastIndexOf("\n\r\n"))
  return chunk.slice(blank + 1, blank + 1 + beginningLength).trimStart()
}
