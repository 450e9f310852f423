/**
 * The HTTP+SSE transport under the SDK's `Client`: one GET that streams events, one POST a message
 * (https://modelcontextprotocol.io/specification/2024-11-05/basic/transports#http-with-sse).
 *
 * Why not the SDK's own `SSEClientTransport`: it has no deadline before the `endpoint` event, resumes dropped streams
 * behind the client's back, never reports a drop to what is in flight, and leaves sockets behind. Here a dropped
 * stream ends the transport, once, and everything it owns dies with it.
 */
import type { Transport } from "@modelcontextprotocol/sdk/shared/transport.js"
import type { JSONRPCMessage } from "@modelcontextprotocol/sdk/types.js"
import type { Stage } from "../../OrchestratorError.ts"
import * as Redaction from "../../telemetry/Redaction.ts"
import type { Agents } from "./Agents.ts"
import { EventStream } from "./EventStream.ts"
import * as Handshake from "./Handshake.ts"
import * as JsonRpc from "./JsonRpc.ts"
import { Posts } from "./Posts.ts"
import { lost, type SessionFailure } from "../SessionFailure.ts"

export interface Options {
  readonly url: URL
  /** Below which POSTs go when a proxy's path prefix is missing from the `endpoint` event; of the same origin. */
  readonly endpointBase: URL | null
  /** Already revealed; sent with the GET and every POST, to this origin only. */
  readonly headers: { readonly [name: string]: string }
  /** Bytes of one event, a larger one ends the session with `TooLarge`; also of an answer in a POST's response. */
  readonly maxEventBytes: number
  /** Added to every request id: some gateways broadcast answers, and ids that start at 0 would match another client's. */
  readonly idOffset: number
  /** Destroyed with the transport. */
  readonly agents: Agents
  /** Requests that are in flight at once, at most. */
  readonly maxConcurrency: number
  /** Milliseconds since the epoch, for `Retry-After` dates. */
  readonly now: () => number
}

export class SseTransport implements Transport {
  onclose?: () => void
  onerror?: (error: Error) => void
  onmessage?: (message: JSONRPCMessage) => void

  /** Why the transport ended by itself; `null` while open and after `close()`. */
  lost: SessionFailure | null = null
  /** The last out-of-band problem (a message that is no JSON-RPC, an answer nobody asked for): it explains a timeout. */
  problem: string | null = null
  /** How often anything arrived: equal before and after a wait means that the server was silent all the time. */
  receivedCount = 0
  /** The values of the cookies that the stream's answer set. */
  secrets: ReadonlyArray<string> = []

  readonly #options: Options
  readonly #stream: EventStream
  readonly #posts: Posts
  readonly #notices = new Set<Promise<void>>()
  readonly #ended = Promise.withResolvers<void>()
  #settleStart: { readonly resolve: () => void; readonly reject: (cause: SessionFailure) => void } | null = null
  #closed = false

  constructor(options: Options) {
    this.#options = options
    const onActivity = () => {
      this.receivedCount += 1
    }
    const onMessage = (data: string) => this.#receive(data)
    this.#stream = new EventStream({
      ...options,
      onActivity,
      onEndpoint: (endpoint, cookies) => {
        this.secrets = cookies.map(({ value }) => value)
        this.#posts.open(endpoint, cookies)
        this.#settleStart?.resolve()
      },
      onMessage,
      onFailure: (cause, beginning) => {
        this.#blame(cause, beginning)
        this.#lose(cause)
      }
    })
    this.#posts = new Posts({ ...options, onActivity, onMessage, onSessionGone: (cause) => this.#lose(cause) })
  }

  /** How far the connection has come: tells which stage a deadline cut short. */
  get stage(): Stage {
    return this.#stream.stage
  }

  /** How many answers came when their requests had been given up, since all that was asked was last answered. */
  get late(): number {
    return this.#posts.late
  }

  /** Resolves at the `endpoint` event; rejects with a `SessionFailure`, everything closed. */
  start(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#settleStart = { resolve, reject }
      this.#stream.open()
    })
  }

  /** Resolves when the POST was accepted; rejects with a `SessionFailure`. */
  send(message: JSONRPCMessage): Promise<void> {
    if (!("method" in message) || "id" in message) return this.#posts.send(message)
    if (message.method === "notifications/cancelled" && !this.#posts.abandon(Number(message.params?.["requestId"]))) {
      return Promise.resolve()
    }
    const notice = this.#posts.send(message)
    const settled: Promise<void> = notice.then(
      () => void this.#notices.delete(settled),
      () => void this.#notices.delete(settled)
    )
    this.#notices.add(settled)
    return notice
  }

  setProtocolVersion(version: string): void {
    this.#posts.setProtocolVersion(version)
  }

  /** Resolves when no notification is on its way: what was cancelled has been told, or nobody is there to be told. */
  flushed(): Promise<void> {
    return Promise.race([Promise.all(this.#notices).then(() => {}), this.#ended.promise])
  }

  /** Ends the session as lost, by our own judgement. */
  abort(cause: SessionFailure): void {
    this.#lose(cause)
  }

  close(): Promise<void> {
    if (this.#closed) return Promise.resolve()
    this.#closed = true
    this.#ended.resolve()
    this.#stream.close()
    this.#posts.close()
    this.#options.agents.destroy()
    this.#settleStart?.reject(this.lost ?? lost(this.stage, "the session was closed"))
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

  #receive(data: string): void {
    JsonRpc.parse(data).forEach((message, index) => this.#take(message, data, index))
  }

  /** One message of `data`, its `index`-th. */
  #take(message: JSONRPCMessage | null, data: string, index: number): void {
    if (this.#closed) return
    if (message === null) return this.#report("the server sent a message that is not JSON-RPC")
    if (!JsonRpc.isReply(message)) return this.onmessage?.(message)
    const id = Number(message.id) - this.#options.idOffset
    const method = this.#posts.answered(id)
    if (method === null) return this.#report(unasked(message))
    // Only query results carry a database's integers; parsing everything twice for their sake would cost.
    const exact = (method === "tools/call" ? JsonRpc.parseExact(data)[index] : null) ?? null
    const reply = JsonRpc.withId(exact !== null && JsonRpc.isReply(exact) ? exact : message, id)
    const isHandshake = method === "initialize" && "result" in reply
    this.onmessage?.(isHandshake ? { ...reply, result: Handshake.forgiven(reply.result) } : reply)
  }

  /** A failure that one answer caused goes to its request first, so that the error names the right resource. */
  #blame(cause: SessionFailure, beginning: string): void {
    const id = Number(/"id"\s*:\s*"?(\d{1,15})/.exec(beginning)?.[1] ?? Number.NaN) - this.#options.idOffset
    if (this.#posts.answered(id) === null) return
    this.lost = cause
    this.onmessage?.({ jsonrpc: "2.0", id, error: { code: JsonRpc.lostCode, message: cause.detail } })
  }
}

const unasked = (reply: JsonRpc.Reply): string =>
  "error" in reply && reply.error !== null && typeof reply.error === "object"
    ? `the server reported, to no request of ours: ${Redaction.text(String(reply.error.message))}`
    : "the server answered a request that is not open"
