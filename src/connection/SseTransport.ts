/**
 * The HTTP+SSE transport under the SDK's `Client`: one GET that streams events, one POST a message
 * (https://modelcontextprotocol.io/specification/2024-11-05/basic/transports#http-with-sse).
 *
 * The one module that touches Node's sockets. Why not the SDK's own `SSEClientTransport`: it has no deadline before
 * the `endpoint` event, resumes dropped streams behind the client's back, never reports a drop to what is in flight,
 * and leaves sockets behind. Here a dropped stream ends the transport, once, and everything it owns dies with it.
 */
import type { Transport } from "@modelcontextprotocol/sdk/shared/transport.js"
import type { JSONRPCMessage } from "@modelcontextprotocol/sdk/types.js"
import { createParser, type EventSourceMessage } from "eventsource-parser"
import type { Agent, ClientRequest, IncomingMessage } from "node:http"
import type { Stage } from "../OrchestratorError.ts"
import * as Http from "./Http.ts"
import * as HttpFailure from "./HttpFailure.ts"
import * as JsonRpc from "./JsonRpc.ts"
import { failure, type SessionFailure } from "./SessionFailure.ts"
import * as Redaction from "../telemetry/Redaction.ts"

export interface Options {
  readonly url: URL
  /** Already revealed; sent with the GET and every POST, to this origin only. */
  readonly headers: { readonly [name: string]: string }
  /** Bytes of one event; a larger one ends the session with `TooLarge`. */
  readonly maxEventBytes: number
  /** Added to every request id: some gateways broadcast answers, and ids that start at 0 would match another client's. */
  readonly idOffset: number
  /** For the stream's own socket and for the POSTs' kept-alive ones. */
  readonly agents: Agents
}

export interface Agents {
  /** `undefined`: a socket of its own without an agent. */
  readonly stream: Agent | undefined
  readonly posts: Agent
}

const maxRedirects = 5
/** A POST may end a little after its answer came through the stream; one that does not would hold its socket for ever. */
const postGraceMs = 1000

/** A request of ours that has no answer yet. */
interface OpenRequest {
  readonly post: ClientRequest
  readonly method: string
  /** Handed to the network: only then can the server know of it. */
  sent: boolean
}

export class SseTransport implements Transport {
  onclose?: () => void
  onerror?: (error: Error) => void
  onmessage?: (message: JSONRPCMessage) => void

  /** How far the connection has come: tells which stage a deadline cut short. */
  stage: Stage = "dns"
  /** Why the transport ended by itself; `null` while open and after `close()`. */
  lost: SessionFailure | null = null
  /** The last out-of-band problem (a message that is no JSON-RPC, an answer nobody asked for): it explains a timeout. */
  problem: string | null = null

  readonly #options: Options
  #closed = false
  #stream: ClientRequest | null = null
  #endpoint: URL | null = null
  #protocolVersion: string | null = null
  readonly #open = new Map<number, OpenRequest>()
  readonly #timers = new Set<NodeJS.Timeout>()
  readonly #notices = new Set<Promise<void>>()

  constructor(options: Options) {
    this.#options = options
  }

  get isOpen(): boolean {
    return !this.#closed
  }

  /** Resolves at the `endpoint` event; rejects with a `SessionFailure`, everything closed. */
  start(): Promise<void> {
    return new Promise((resolve, reject) => {
      const fail = (cause: SessionFailure) => {
        this.#lose(cause)
        reject(cause)
      }
      this.#get(this.#options.url, maxRedirects, resolve, fail)
    })
  }

  /** Resolves when the POST was accepted; rejects with a `SessionFailure`. */
  send(message: JSONRPCMessage): Promise<void> {
    if ("method" in message && !("id" in message)) {
      if (message.method === "notifications/cancelled" && !this.#abandon(Number(message.params?.["requestId"]))) {
        return Promise.resolve()
      }
      const notice = this.#post(message)
      const settled = notice.then(
        () => {},
        () => {}
      )
      this.#notices.add(settled)
      void settled.then(() => this.#notices.delete(settled))
      return notice
    }
    return this.#post(message)
  }

  setProtocolVersion(version: string): void {
    this.#protocolVersion = version
  }

  /** Resolves when no notification is on its way: what was cancelled has been told. */
  flushed(): Promise<void> {
    return Promise.all(this.#notices).then(() => {})
  }

  close(): Promise<void> {
    if (this.#closed) return Promise.resolve()
    this.#closed = true
    this.#stream?.destroy()
    for (const timer of this.#timers) clearTimeout(timer)
    for (const { post } of this.#open.values()) post.destroy()
    this.#open.clear()
    this.#options.agents.posts.destroy()
    this.#options.agents.stream?.destroy()
    this.onclose?.()
    return Promise.resolve()
  }

  #lose(cause: SessionFailure): void {
    if (this.#closed) return
    this.lost = cause
    void this.close()
  }

  #report(problem: string): void {
    this.problem = problem
    this.onerror?.(new Error(problem))
  }

  #get(url: URL, redirectsLeft: number, opened: () => void, fail: (cause: SessionFailure) => void): void {
    this.stage = "dns"
    const request = Http.requestOn(url, {
      method: "GET",
      agent: this.#options.agents.stream,
      headers: {
        ...this.#options.headers,
        accept: "text/event-stream",
        "accept-encoding": "gzip, deflate",
        "cache-control": "no-store"
      }
    })
    this.#stream = request
    request.on("socket", (socket) => {
      const connected = () => (this.stage = url.protocol === "https:" ? "tls" : "http")
      if (!socket.connecting) connected()
      socket.once("lookup", () => (this.stage = "connect"))
      socket.once("connect", connected)
      socket.once("secureConnect", () => (this.stage = "http"))
    })
    request.on("error", (error) => fail(this.#dropped(error)))
    request.on("response", (response) => {
      this.stage = "http"
      const status = response.statusCode ?? 0
      const location = response.headers.location
      if (status >= 300 && status < 400 && location !== undefined) {
        request.destroy()
        const target = Http.redirectTarget(url, location, redirectsLeft)
        if (target instanceof URL) this.#get(target, redirectsLeft - 1, opened, fail)
        else fail(failure("http", "Redirected", target))
        return
      }
      if (status !== 200) {
        Http.refusalBody(response, (body) => {
          fail(HttpFailure.fromStatus("http", status, Http.retryAfter(response), body))
        })
        return
      }
      const type = response.headers["content-type"] ?? "no content type"
      if (!type.toLowerCase().startsWith("text/event-stream")) {
        request.destroy()
        fail(failure("http", "Protocol", `not an SSE stream: the server answers with ${Redaction.text(type)}`))
        return
      }
      this.stage = "endpoint"
      this.#read(url, response, opened, fail)
    })
    request.end()
  }

  #read(url: URL, response: IncomingMessage, opened: () => void, fail: (cause: SessionFailure) => void): void {
    const parser = createParser({
      maxBufferSize: this.#options.maxEventBytes,
      onEvent: (event) => {
        if (event.event === "endpoint") this.#acceptEndpoint(url, event.data, opened, fail)
        else if (event.event === undefined || event.event === "message") this.#receive(event)
      },
      onError: (error) => {
        if (error.type === "max-buffer-size-exceeded") {
          fail(failure("limit", "TooLarge", `one SSE event is larger than ${this.#options.maxEventBytes} bytes`))
        }
      }
    })
    const body = Http.decompressed(response)
    body.setEncoding("utf8")
    body.on("data", (chunk: string) => {
      if (!this.#closed) parser.feed(chunk)
    })
    body.on("error", (error) => fail(this.#dropped(error)))
    body.on("end", () => fail(this.#dropped(null)))
    if (body !== response) response.on("error", (error) => fail(this.#dropped(error)))
  }

  /** A stream that broke: before `initialize` it never was a session, afterwards the session is lost. */
  #dropped(error: Error | null): SessionFailure {
    const detail = error === null ? "the server ended the event stream" : null
    if (this.#endpoint !== null) {
      return failure(this.stage, "ConnectionLost", detail ?? `the event stream broke: ${Redaction.text(error?.message ?? "")}`)
    }
    if (error === null) return failure(this.stage, "ConnectionLost", `${detail} before its endpoint event`)
    return HttpFailure.fromSocketError(error, this.stage)
  }

  #acceptEndpoint(url: URL, data: string, opened: () => void, fail: (cause: SessionFailure) => void): void {
    // Only the first counts: another one would move the session under the client's feet.
    if (this.#endpoint !== null) return
    const endpoint = URL.canParse(data, url.href) ? new URL(data, url.href) : null
    if (endpoint === null) return fail(failure("endpoint", "Protocol", "the endpoint event holds no URL"))
    if (endpoint.origin !== url.origin) {
      return fail(
        failure("endpoint", "ForeignEndpoint", `the endpoint event points to another origin: ${Redaction.text(endpoint.origin)}`)
      )
    }
    this.#endpoint = endpoint
    this.stage = "initialize"
    opened()
  }

  #receive(event: EventSourceMessage): void {
    const message = JsonRpc.parse(event.data)
    if (message === null) return this.#report("the server sent a message that is not JSON-RPC")
    if (!JsonRpc.isReply(message)) return this.onmessage?.(message)
    const id = Number(message.id) - this.#options.idOffset
    const open = this.#open.get(id)
    if (open === undefined) return this.#report("the server answered a request that is not open")
    this.#open.delete(id)
    if (!open.post.closed) this.#endSoon(open.post)
    // Only query results carry a database's integers; parsing everything twice for their sake would cost.
    const exact = open.method === "tools/call" ? JsonRpc.parseExact(event.data) : null
    this.onmessage?.(JsonRpc.withId(exact !== null && JsonRpc.isReply(exact) ? exact : message, id))
  }

  #endSoon(post: ClientRequest): void {
    const timer = setTimeout(() => post.destroy(), postGraceMs)
    this.#timers.add(timer)
    post.once("close", () => {
      clearTimeout(timer)
      this.#timers.delete(timer)
    })
  }

  /** Ends the POST of a cancelled request; true if the server may know the request and must be told. */
  #abandon(id: number): boolean {
    const open = this.#open.get(id)
    if (open === undefined) return false
    this.#open.delete(id)
    open.post.destroy()
    // The specification forbids cancelling `initialize`.
    return open.sent && open.method !== "initialize"
  }

  #post(message: JSONRPCMessage, to: URL | null = this.#endpoint, again = true): Promise<void> {
    return new Promise((resolve, reject) => {
      if (this.#closed || to === null) {
        return reject(this.lost ?? failure(this.stage, "ConnectionLost", "the session is closed"))
      }
      const body = JSON.stringify(JsonRpc.shifted(message, this.#options.idOffset))
      const post = Http.requestOn(to, {
        method: "POST",
        agent: this.#options.agents.posts,
        headers: {
          ...this.#options.headers,
          ...(this.#protocolVersion === null ? {} : { "mcp-protocol-version": this.#protocolVersion }),
          "content-type": "application/json",
          accept: "application/json, text/event-stream",
          "content-length": Buffer.byteLength(body)
        }
      })
      const id = "method" in message && "id" in message ? Number(message.id) : null
      const method = "method" in message ? message.method : "reply"
      const open: OpenRequest = { post, method, sent: false }
      if (id !== null) this.#open.set(id, open)
      // Destroyed by us (cancelled, or the transport closed): whoever waits already knows.
      const abandoned = () => this.#closed || (id !== null && this.#open.get(id) !== open)
      const fail = (cause: SessionFailure) => {
        if (id !== null && this.#open.get(id) === open) this.#open.delete(id)
        reject(cause)
      }
      post.on("finish", () => (open.sent = true))
      post.on("error", (error) => {
        // A kept socket that the server closed while we picked it: the request never got there.
        if (post.reusedSocket && again && !abandoned() && JsonRpc.mayRepeat(method)) {
          this.#post(message, to, false).then(resolve, reject)
        } else fail(HttpFailure.fromSocketError(error, JsonRpc.stageOf(method)))
      })
      post.on("response", (response) => {
        const status = response.statusCode ?? 0
        if (status >= 200 && status < 300) {
          response.resume()
          return resolve()
        }
        const location = response.headers.location
        if ((status === 307 || status === 308) && location !== undefined && again) {
          response.resume()
          const target = Http.redirectTarget(to, location, 1)
          if (target instanceof URL) return void this.#post(message, target, false).then(resolve, reject)
          return fail(failure(JsonRpc.stageOf(method), "Redirected", target))
        }
        Http.refusalBody(response, (text) => {
          const cause = HttpFailure.fromStatus(JsonRpc.stageOf(method), status, Http.retryAfter(response), text)
          if (status !== 400 && status !== 404 && status !== 410) return fail(cause)
          // The server no longer knows the session: every other request on it is lost too.
          const lost = failure(cause.stage, "ConnectionLost", `the server does not know the session any more: ${cause.detail}`)
          fail(lost)
          this.#lose(lost)
        })
      })
      post.end(body)
    })
  }
}
