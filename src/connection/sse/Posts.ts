/** The POST half of HTTP+SSE: one POST a message, on few kept sockets; each ends with its request, or soon after. */
import type { JSONRPCMessage } from "@modelcontextprotocol/sdk/types.js"
import type { ClientRequest } from "node:http"
import type { Agents } from "./Agents.ts"
import * as Http from "./Http.ts"
import * as HttpFailure from "./HttpFailure.ts"
import * as JsonRpc from "./JsonRpc.ts"
import { failure, type SessionFailure } from "../SessionFailure.ts"

/** What is of no more use (the answer came, or none is awaited) may take this long to end by itself. */
const graceMs = 1000

export interface Options {
  readonly headers: { readonly [name: string]: string }
  readonly agents: Agents
  readonly idOffset: number
  readonly now: () => number
  /** A response arrived. */
  readonly onActivity: () => void
  /** The server no longer knows the session: every other request on it is lost too. */
  readonly onSessionGone: (cause: SessionFailure) => void
}

/** A request of ours that has no answer yet. Emptied when it is none any more, for `Deadlines.forget`'s reason. */
interface OpenRequest {
  post: ClientRequest | null
  readonly method: string
  /** Handed to the network: only then can the server know of it. */
  sent: boolean
}

/** Runs out for a POST that is of no more use. Emptied when that has ended. */
interface Grace {
  timer: NodeJS.Timeout | undefined
}

export class Posts {
  endpoint: URL | null = null
  protocolVersion: string | null = null

  readonly #options: Options
  readonly #open = new Map<number, OpenRequest>()
  readonly #graces = new Set<Grace>()
  #closed = false

  constructor(options: Options) {
    this.#options = options
  }

  /** Resolves when the POST was accepted; rejects with a `SessionFailure`. */
  send(message: JSONRPCMessage): Promise<void> {
    return this.#post(message, this.endpoint, true)
  }

  /** The answer came: the method that was asked, `null` if that request is not open. */
  answered(id: number): string | null {
    const open = this.#open.get(id)
    if (open === undefined) return null
    const post = this.#forget(id, open)
    if (post !== null) this.#endSoon(post)
    return open.method
  }

  /** Ends the POST of a cancelled request; true if the server may know the request and must be told. */
  abandon(id: number): boolean {
    const open = this.#open.get(id)
    if (open === undefined) return false
    this.#forget(id, open)?.destroy()
    // The specification forbids cancelling `initialize`.
    return open.sent && open.method !== "initialize"
  }

  close(): void {
    this.#closed = true
    for (const { timer } of this.#graces) clearTimeout(timer)
    for (const [id, open] of this.#open) this.#forget(id, open)?.destroy()
  }

  #forget(id: number, open: OpenRequest): ClientRequest | null {
    const { post } = open
    this.#open.delete(id)
    open.post = null
    return post
  }

  #endSoon(post: ClientRequest): void {
    if (post.closed || this.#closed) return
    const grace: Grace = { timer: setTimeout(() => post.destroy(), graceMs) }
    this.#graces.add(grace)
    post.once("close", () => {
      clearTimeout(grace.timer)
      grace.timer = undefined
      this.#graces.delete(grace)
    })
  }

  #post(message: JSONRPCMessage, to: URL | null, again: boolean): Promise<void> {
    return new Promise((resolve, reject) => {
      const method = "method" in message ? message.method : "reply"
      const stage = JsonRpc.stageOf(method)
      if (this.#closed || to === null) return reject(failure(stage, "ConnectionLost", "the session is closed"))
      const { agents, headers, idOffset, now } = this.#options
      const body = JSON.stringify(JsonRpc.shifted(message, idOffset))
      const post = Http.requestOn(agents, "posts", to, {
        method: "POST",
        headers: {
          ...headers,
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
          if (typeof target === "string") return fail(failure(stage, "Redirected", target))
          return void this.#post(message, target, false).then(resolve, reject)
        }
        Http.refusalBody(response, (text) => {
          const cause = HttpFailure.fromStatus(stage, status, HttpFailure.retryAfterOf(response.headers, now()), text)
          if (status !== 400 && status !== 404 && status !== 410) return fail(cause)
          const lost = failure(
            stage,
            "ConnectionLost",
            `the server does not know the session any more: ${cause.detail}`
          )
          fail(lost)
          this.#options.onSessionGone(lost)
        })
      })
      post.end(body)
    })
  }
}
