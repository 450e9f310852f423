/** The POST half of HTTP+SSE: one POST a message, on few kept sockets; each ends with its request, or soon after. */
import type { JSONRPCMessage } from "@modelcontextprotocol/sdk/types.js"
import type { ClientRequest } from "node:http"
import * as ServerReason from "../../errors/ServerReason.ts"
import type { Stage } from "../../OrchestratorError.ts"
import type { Agents } from "./Agents.ts"
import * as Body from "./Body.ts"
import * as Cookies from "./Cookies.ts"
import * as Http from "./Http.ts"
import * as HttpFailure from "./HttpFailure.ts"
import * as JsonRpc from "./JsonRpc.ts"
import * as Refusal from "./Refusal.ts"
import { failure, lost, type SessionFailure } from "../SessionFailure.ts"
import { takeFrom } from "../TakeFrom.ts"

/** A POST whose response nobody needs (the answer came, or none is awaited) may take this long to end by itself. */
const graceMs = 1000

/** So many requests that were given up are remembered, so that a late answer to one is recognised. */
const maxAbandoned = 1000

export interface Options {
  /** The configured one, of the stream. */
  readonly url: URL
  readonly endpointBase: URL | null
  readonly headers: { readonly [name: string]: string }
  readonly agents: Agents
  readonly idOffset: number
  /** Of an answer in the response of a POST. */
  readonly maxEventBytes: number
  readonly now: () => number
  /** JSON of the response of a POST: what should have come on the stream. */
  readonly onMessage: (data: string) => void
  /** A response arrived. */
  readonly onActivity: () => void
  /** The server no longer knows the session: every other request on it is lost too. */
  readonly onSessionGone: (cause: SessionFailure) => void
}

/** A request of ours that has no answer yet, emptied once it is answered or given up. */
interface OpenRequest {
  readonly post: ClientRequest
  readonly method: string
  /** Handed to the network: only then can the server know of it. */
  sent: boolean
}

/** The timer that ends a POST whose response nobody needs any more, emptied when the POST has ended. */
interface Grace {
  readonly timer: NodeJS.Timeout
}

export class Posts {
  protocolVersion: string | null = null
  /** Answers that came when their requests had been given up, since all that was asked was last answered. */
  late = 0

  readonly #options: Options
  readonly #open = new Map<number, OpenRequest>()
  readonly #graces = new Set<Grace>()
  readonly #abandoned = new Set<number>()
  #endpoint: { readonly url: URL; readonly cookies: ReadonlyArray<Cookies.Cookie>; readonly since: number } | null =
    null
  #closed = false

  constructor(options: Options) {
    this.#options = options
  }

  /** Where POSTs go from now on, and what the stream's answer set for them. */
  open(url: URL, cookies: ReadonlyArray<Cookies.Cookie>): void {
    this.#endpoint = { url, cookies, since: this.#options.now() }
  }

  /** Resolves when the POST was accepted and holds no answer that is still to come; rejects with a `SessionFailure`. */
  send(message: JSONRPCMessage): Promise<void> {
    return this.#post(message, this.#endpoint?.url ?? null, true)
  }

  /** The answer came: the method that was asked, `null` if that request is not open. */
  answered(id: number): string | null {
    const open = this.#open.get(id)
    if (open === undefined) {
      if (this.#abandoned.delete(id)) this.late += 1
      return null
    }
    const { method, post } = this.#forget(id, open)
    this.#endSoon(post)
    if (this.#open.size === 0) this.late = 0
    return method
  }

  /** Ends the POST of a cancelled request; true if the server may know the request and must be told. */
  abandon(id: number): boolean {
    const open = this.#open.get(id)
    if (open === undefined) return false
    const { method, post, sent } = this.#forget(id, open)
    post.destroy()
    if (this.#abandoned.size < maxAbandoned) this.#abandoned.add(id)
    // The specification forbids cancelling `initialize`.
    return sent && method !== "initialize"
  }

  close(): void {
    this.#closed = true
    for (const { timer } of this.#graces) clearTimeout(timer)
    for (const [id, open] of this.#open) this.#forget(id, open).post.destroy()
  }

  #forget(id: number, open: OpenRequest): OpenRequest {
    this.#open.delete(id)
    return takeFrom(open)
  }

  #endSoon(post: ClientRequest): void {
    if (post.closed || this.#closed) return
    const grace: Grace = { timer: setTimeout(() => post.destroy(), graceMs) }
    this.#graces.add(grace)
    post.once("close", () => {
      this.#graces.delete(grace)
      clearTimeout(takeFrom(grace).timer)
    })
  }

  #post(message: JSONRPCMessage, to: URL | null, again: boolean): Promise<void> {
    return new Promise((resolve, reject) => {
      const method = "method" in message ? message.method : "reply"
      const stage = JsonRpc.stageOf(method)
      if (this.#closed || to === null) return reject(lost(stage, "the session is closed"))
      const { agents, headers, idOffset, maxEventBytes, now, onMessage, onSessionGone } = this.#options
      const body = JSON.stringify(JsonRpc.shifted(message, idOffset))
      const post = Http.requestOn(agents, "posts", to, {
        method: "POST",
        headers: {
          ...headers,
          ...this.#cookiesFor(to),
          ...(this.protocolVersion === null ? {} : { "mcp-protocol-version": this.protocolVersion }),
          "content-type": "application/json",
          accept: "application/json, text/event-stream",
          "content-length": Buffer.byteLength(body)
        }
      })
      const id = "method" in message && "id" in message ? Number(message.id) : null
      const open: OpenRequest = { post, method, sent: false }
      if (id !== null) this.#open.set(id, open)
      // No answer will end it, and the handshake is bounded as a whole.
      else if (method !== "notifications/initialized") this.#endSoon(post)
      // Destroyed by us (cancelled, or the session closed): whoever waits already knows.
      const abandoned = () => this.#closed || (id !== null && this.#open.get(id) !== open)
      const fail = (cause: SessionFailure) => {
        if (id !== null && this.#open.get(id) === open) this.#forget(id, open)
        reject(cause)
      }
      post.on("finish", () => (open.sent = true))
      post.on("error", (error) => {
        // A kept socket that the server closed while we picked it: the request never got there.
        if (post.reusedSocket && again && !abandoned() && JsonRpc.mayRepeat(method)) {
          this.#post(message, to, false).then(resolve, reject)
        } else fail(HttpFailure.fromSocketError(error, stage))
      })
      post.on("response", (response) => {
        this.#options.onActivity()
        const status = response.statusCode ?? 0
        if (status >= 200 && status < 300) {
          if (id !== null && Body.mayHoldAnswer(response)) {
            return Body.readAnswers(response, {
              stage,
              maxBytes: maxEventBytes,
              onMessage,
              onEnd: (cause) => (cause === null ? resolve() : fail(cause))
            })
          }
          response.resume()
          if (id === null) this.#endSoon(post)
          return resolve()
        }
        const { location } = response.headers
        if (status >= 300 && status < 400 && location !== undefined) {
          post.destroy()
          // 307 and 308 keep the method (RFC 9110 §15.4); after the others a GET would follow.
          const target =
            status >= 307 ? Http.redirectTarget(to, location, again ? 1 : 0) : "the server redirects a POST"
          if (typeof target === "string") return fail(failure(stage, new ServerReason.Redirected(), target))
          return void this.#post(message, target, false).then(resolve, reject)
        }
        Http.refusalBody(response, (text) => {
          // Some servers answer a wrong request with an error and 400, too.
          if (status === 400 && id !== null && JsonRpc.answers(text, id + idOffset)) {
            onMessage(text)
            return resolve()
          }
          const cause = this.#refused(to, stage, status, HttpFailure.retryAfterOf(response.headers, now()), text)
          fail(cause)
          if (cause.reason._tag === "ConnectionLost") onSessionGone(cause)
        })
      })
      post.end(body)
    })
  }
  #refused(endpoint: URL, stage: Stage, status: number, retryAfterMs: number | null, body: string): SessionFailure {
    const { endpointBase, now, url } = this.#options
    return Refusal.ofPost({
      status,
      retryAfterMs,
      body,
      stage,
      endpoint,
      url,
      based: endpointBase !== null,
      initialized: this.protocolVersion !== null,
      ageMs: now() - (this.#endpoint?.since ?? 0)
    })
  }

  /** The configured cookies, too: a header has one value. */
  #cookiesFor(url: URL): { readonly cookie?: string } {
    const cookies = this.#endpoint?.cookies ?? []
    const set = cookies.length === 0 ? "" : Cookies.headerFor(cookies, url)
    if (set === "") return {}
    const configured = Object.entries(this.#options.headers).flatMap(([name, value]) =>
      name.toLowerCase() === "cookie" ? [value] : []
    )
    return { cookie: [...configured, set].join("; ") }
  }
}
