/**
 * One session's wire, between the SDK's server and an event stream: what the server sends waits here until the client
 * has read it, and a client that leaves too much unread loses its session.
 *
 * This module is a boundary to the SDK, which speaks promises and callbacks.
 */
import type { Transport } from "@modelcontextprotocol/sdk/shared/transport.js"
import { JSONRPCMessageSchema } from "@modelcontextprotocol/sdk/types.js"
import * as Effect from "effect/Effect"
import * as Queue from "effect/Queue"
import * as Stream from "effect/Stream"
import type * as Cause from "effect/Cause"

export interface HostTransport {
  /** For the SDK's server; it gives itself to `receive` when it is connected. */
  readonly transport: Transport
  /** What goes to the client, one event an element, taken when the one before it has been written. Ends with `end`. */
  readonly events: Stream.Stream<string>
  /** Takes what the client sent, if it is a JSON-RPC message; says whether it is. */
  readonly receive: (body: unknown) => boolean
  /** Whether the client has taken all that was sent. */
  readonly isRead: () => boolean
  /** A comment, so that nobody on the way takes the connection for dead. */
  readonly keepAlive: () => void
  /** No further events after those that wait. */
  readonly end: () => void
}

/**
 * `endpoint` is where the client POSTs. A message that comes while more than `maxUnread` characters wait is not kept:
 * `overflow` is called, which has to end the session. So one long message is no overflow, two of them unread are.
 */
export const make = Effect.fnUntraced(function* (options: {
  readonly sessionId: string
  readonly endpoint: string
  readonly maxUnread: number
  readonly overflow: () => void
}): Effect.fn.Return<HostTransport> {
  const waiting = yield* Queue.unbounded<string, Cause.Done>()
  let unread = 0
  let beingWritten = 0
  const send = (event: string) => {
    if (unread > options.maxUnread) return options.overflow()
    unread += event.length
    Queue.offerUnsafe(waiting, event)
  }
  const transport: Transport = {
    sessionId: options.sessionId,
    start: () => Promise.resolve(),
    send: (message) => {
      send(`event: message\ndata: ${JSON.stringify(message)}\n\n`)
      return Promise.resolve()
    },
    close: () => {
      transport.onclose?.()
      return Promise.resolve()
    }
  }
  send(`event: endpoint\ndata: ${options.endpoint}\n\n`)
  return {
    transport,
    // One at a time: the next is asked for when the socket has taken the one before.
    events: Stream.fromPull(
      Effect.succeed(
        Effect.suspend(() => {
          unread -= beingWritten
          beingWritten = 0
          return Effect.map(Queue.take(waiting), (event): readonly [string] => {
            beingWritten = event.length
            return [event]
          })
        })
      )
    ),
    receive: (body) => {
      const message = JSONRPCMessageSchema.safeParse(body)
      if (message.success) transport.onmessage?.(message.data)
      return message.success
    },
    isRead: () => unread === 0,
    keepAlive: () => send(": alive\n\n"),
    end: () => void Queue.endUnsafe(waiting)
  }
})
