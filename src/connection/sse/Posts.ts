/** The POST half of HTTP+SSE: one POST a message, on kept sockets; each ends with its request, or soon after. */
import type { JSONRPCMessage } from "@modelcontextprotocol/sdk/types.js"
import type { ClientRequest, IncomingMessage } from "node:http"
import type { Socket } from "node:net"
import * as ServerReason from "../../errors/ServerReason.ts"
import type { Stage } from "../../OrchestratorError.ts"
import type { Agents } from "./Agents.ts"
import * as Body from "./Body.ts"
import type * as Cookies from "./Cookies.ts"
import { Endings } from "./Endings.ts"
import * as Http from "./Http.ts"
import * as HttpFailure from "./HttpFailure.ts"
import * as JsonRpc from "./JsonRpc.ts"
import * as PostHeaders from "./PostHeaders.ts"
import { PostLanes } from "./PostLanes.ts"
import * as Refusal from "./Refusal.ts"
import { failure, lost, type SessionFailure } from "../SessionFailure.ts"
import { InFlight } from "../../InFlight.ts"

/** So many requests that were given up are remembered, so that a late answer to one is recognised. */
const maxAbandoned = 1000

/** How long a POST may take to end by itself once the answer came, or where none is awaited. */
const graceMs = 1000

/**
 * The same of a request that is given up. Its response is mostly on the way, and its socket is the one on which the server is
 * told soonest: another would have to be opened. Where it is not, the word must not wait for long.
 */
const givenUpMs = 50

export interface Options {
  /** The configured one, of the stream. */
  readonly url: URL
  readonly endpointBase: URL | null
  readonly headers: { readonly [name: string]: string }
  readonly agents: Agents
  /** Requests that are in flight at once: as many POSTs are of use. */
  readonly maxConcurrency: number
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

/** A message on its way. */
class Sending {
  readonly message: JSONRPCMessage
  readonly method: string
  /** `null` for one that has no answer. */
  readonly id: number | null
  readonly resolve: () => void
  readonly reject: (cause: SessionFailure) => void
  to: URL
  redirects = 1
  /** It broke on a kept socket already. */
  again = false
  /** Handed to the network: only then can the server know of it. */
  sent = false
  /** Set while it has a lane. */
  post: ClientRequest | null = null
  /** Where its POST is once nobody needs its response any more. */
  ending: Endings | null = null
  /** How many lanes there were when it was sent. */
  lanes = 0

  constructor(message: JSONRPCMessage, to: URL, resolve: () => void, reject: (cause: SessionFailure) => void) {
    this.message = message
    this.method = methodOf(message)
    this.id = "method" in message && "id" in message ? Number(message.id) : null
    this.to = to
    this.resolve = resolve
    this.reject = reject
  }
}

export class Posts {
  /** Answers that came when their requests had been given up, since all that was asked was last answered. */
  late = 0

  readonly #options: Options
  readonly #lanes: PostLanes<Sending>
  /** Requests that have no answer yet. */
  readonly #open = new InFlight<number, Sending>()
  readonly #abandoned = new Set<number>()
  /** Sockets that have brought a response: the server may close one of them at any time. */
  readonly #kept = new WeakSet<Socket>()
  readonly #endings = new Endings(graceMs)
  readonly #givenUp = new Endings(givenUpMs)
  readonly #headers: PostHeaders.PostHeaders
  #endpoint: { readonly url: URL; readonly since: number } | null = null
  #closed = false

  constructor(options: Options) {
    this.#options = options
    this.#headers = PostHeaders.make(options.headers)
    this.#lanes = new PostLanes({
      most: options.maxConcurrency,
      start: (sending) => this.#start(sending),
      // Those that are too many close by themselves when they are free.
      onChange: (lanes) => options.agents.limitPosts(lanes)
    })
  }

  /** Where POSTs go from now on, and what the stream's answer set for them. */
  open(url: URL, cookies: ReadonlyArray<Cookies.Cookie>): void {
    this.#endpoint = { url, since: this.#options.now() }
    this.#headers.cookies = cookies
  }

  /** Named in every POST from now on. */
  setProtocolVersion(version: string): void {
    this.#headers.protocolVersion = version
  }

  /** Resolves when the POST was accepted and holds no answer that is still to come; rejects with a `SessionFailure`. */
  send(message: JSONRPCMessage): Promise<void> {
    return new Promise((resolve, reject) => {
      if (this.#closed || this.#endpoint === null) {
        return reject(lost(JsonRpc.stageOf(methodOf(message)), "the session is closed"))
      }
      const sending = new Sending(message, this.#endpoint.url, resolve, reject)
      if (sending.id !== null) this.#open.set(sending.id, sending)
      this.#enter(sending)
    })
  }

  /** The answer came: the method that was asked, `null` if that request is not open. */
  answered(id: number): string | null {
    const sending = this.#open.get(id)
    if (sending === undefined) {
      if (this.#abandoned.delete(id)) this.late += 1
      return null
    }
    this.#open.delete(id)
    this.#endSoon(sending)
    if (this.#open.size === 0) this.late = 0
    return sending.method
  }

  /** Ends the POST of a cancelled request; true if the server may know the request and must be told. */
  abandon(id: number): boolean {
    const sending = this.#open.get(id)
    if (sending === undefined) return false
    this.#open.delete(id)
    // One that waits for another try still has the POST of the last.
    if (this.#lanes.cancel(sending)) sending.reject(givenUpAt(JsonRpc.stageOf(sending.method)))
    if (sending.sent) this.#endSoon(sending, this.#givenUp)
    else sending.post?.destroy()
    if (this.#abandoned.size < maxAbandoned) this.#abandoned.add(id)
    // The specification forbids cancelling `initialize`.
    return sending.sent && sending.method !== "initialize"
  }

  close(): void {
    this.#closed = true
    this.#endings.close()
    this.#givenUp.close()
    for (const { method, reject } of this.#lanes.clear())
      reject(lost(JsonRpc.stageOf(method), "the session was closed"))
    for (const { post } of this.#open.values()) post?.destroy()
    this.#open.clear()
  }

  #isAwaited(sending: Sending): boolean {
    return !this.#closed && (sending.id === null || this.#open.get(sending.id) === sending)
  }

  #endSoon(sending: Sending, among = this.#endings): void {
    if (sending.post !== null && sending.ending === null && among.soon(sending.post)) sending.ending = among
  }

  /** Its POST has ended, or is given another try. */
  #ended(sending: Sending): void {
    if (sending.post !== null) sending.ending?.ended(sending.post)
    sending.post = null
    sending.ending = null
  }

  /** What is asked of a page or a tool, or told, is what all the reads wait for, or what ends some of them. */
  #enter(sending: Sending): void {
    this.#lanes.enter(sending, sending.method !== "resources/read")
  }

  #start(sending: Sending): void {
    const { id, method, to } = sending
    const stage = JsonRpc.stageOf(method)
    const { agents, idOffset } = this.#options
    const body = JSON.stringify(JsonRpc.shifted(sending.message, idOffset))
    const headers = this.#headers.of(to, Buffer.byteLength(body))
    const post = Http.requestOn(agents, "posts", to, { method: "POST", headers })
    this.#ended(sending)
    sending.post = post
    sending.lanes = this.#lanes.lanes
    // No answer will end it, and the handshake is bounded as a whole.
    if (id === null && method !== "notifications/initialized") this.#endSoon(sending)
    const fail = (cause: SessionFailure) => {
      if (id !== null && this.#open.get(id) === sending) this.#open.delete(id)
      sending.reject(cause)
    }
    const madeAt = performance.now()
    let wasAnswered = false
    post.on("finish", () => (sending.sent = true))
    // Before its socket is free for others, and also when it never had one.
    post.on("close", () => {
      if (sending.post === post) this.#ended(sending)
      this.#lanes.leave()
    })
    post.on("error", (error) => {
      // One that is not awaited was destroyed by us: whoever waited already knows.
      if (wasAnswered || !this.#isAwaited(sending) || !JsonRpc.mayRepeat(method)) {
        return fail(HttpFailure.fromSocketError(error, stage))
      }
      // A kept socket that the server closed while we picked it: the request never got there. Node's own `reusedSocket` is not
      // set for a socket that the agent hands from one request to the next that waits.
      const wasKept = post.socket !== null && this.#kept.has(post.socket) && !sending.again
      if (wasKept) {
        sending.again = true
        // What closed this one has closed the others, too; now it gets a new one.
        agents.closeIdle()
      }
      if (wasKept || this.#retreat(sending)) this.#enter(sending)
      else fail(HttpFailure.fromSocketError(error, stage))
    })
    post.on("response", (response) => {
      wasAnswered = true
      this.#kept.add(response.socket)
      this.#lanes.answeredAfter(performance.now() - madeAt)
      this.#answer(sending, post, response, fail)
    })
    post.end(body)
  }

  #answer(
    sending: Sending,
    post: ClientRequest,
    response: IncomingMessage,
    fail: (cause: SessionFailure) => void
  ): void {
    const { id, method, resolve, to } = sending
    const { idOffset, maxEventBytes, now, onActivity, onMessage, onSessionGone } = this.#options
    const stage = JsonRpc.stageOf(method)
    onActivity()
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
      if (id === null) this.#endSoon(sending)
      return resolve()
    }
    const { location } = response.headers
    if (status >= 300 && status < 400 && location !== undefined) {
      post.destroy()
      if (!this.#isAwaited(sending)) return fail(givenUpAt(stage))
      // 307 and 308 keep the method (RFC 9110 §15.4); after the others a GET would follow.
      const target =
        status >= 307 ? Http.redirectTarget(to, location, sending.redirects) : "the server redirects a POST"
      if (typeof target === "string") return fail(failure(stage, new ServerReason.Redirected(), target))
      sending.to = target
      sending.redirects -= 1
      return this.#enter(sending)
    }
    const retryAfterMs = HttpFailure.retryAfterOf(response.headers, now())
    Http.refusalBody(response, (text) => {
      // Some servers answer a wrong request with an error and 400, too.
      if (status === 400 && id !== null && JsonRpc.answers(text, id + idOffset)) {
        onMessage(text)
        return resolve()
      }
      const cause = this.#refused(to, stage, status, retryAfterMs, text)
      if (cause.reason._tag !== "ConnectionLost" && this.#isCrowded(sending, status, retryAfterMs)) {
        return this.#enter(sending)
      }
      fail(cause)
      if (cause.reason._tag === "ConnectionLost") onSessionGone(cause)
    })
  }

  /** Whether a POST was refused for being one of many, and may go out again at once: nobody asked us to wait. */
  #isCrowded(sending: Sending, status: number, retryAfterMs: number | null): boolean {
    if ((status !== 429 && status !== 503) || !this.#retreat(sending)) return false
    return retryAfterMs === null && this.#isAwaited(sending) && JsonRpc.mayRepeat(sending.method)
  }

  /** Few sockets again, if the POST went out among many; idle ones may be what is too many. */
  #retreat({ lanes }: Sending): boolean {
    const isOneOfMany = this.#lanes.retreat(lanes)
    if (isOneOfMany) this.#options.agents.closeIdle()
    return isOneOfMany
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
      initialized: this.#headers.protocolVersion !== null,
      ageMs: now() - (this.#endpoint?.since ?? 0)
    })
  }
}

const methodOf = (message: JSONRPCMessage): string => ("method" in message ? message.method : "reply")

const givenUpAt = (stage: Stage): SessionFailure => lost(stage, "the request was given up")
