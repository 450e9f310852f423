/** A client that sees what is really on the wire: raw sockets, HTTP and SSE taken apart by hand. */
import * as net from "node:net"
import * as tls from "node:tls"
import * as zlib from "node:zlib"
import { createParser } from "eventsource-parser"
import { Deferred, Effect, Queue, type Scope } from "effect"
import type { FakeServer } from "../../src/testing/FakeServer.ts"

export interface Head {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
}

/** How a connection ended: a complete body, a FIN before that, a reset, or another error. */
export type Ending = "complete" | "fin" | "ECONNRESET" | "ECONNREFUSED" | (string & {})

/** An SSE event, or how the connection ended. */
export type Arrival =
  | { readonly event: string; readonly data: string; readonly retry?: number }
  | { readonly ended: Ending }

export interface Connection {
  readonly send: (text: string) => Effect.Effect<void>
  /** The head of the response; dies when the connection ends before. */
  readonly head: Effect.Effect<Head>
  /** The next event. */
  readonly next: Effect.Effect<Arrival>
  readonly ended: Effect.Effect<Ending>
  /** Waits for so many bytes of the body. */
  readonly body: (bytes: number) => Effect.Effect<string>
  readonly seen: () => {
    readonly wire: Buffer
    readonly body: Buffer
    readonly comments: number
    readonly retry: number
  }
  readonly close: Effect.Effect<void>
}

/** Opens a connection that the scope closes. */
export const connect = Effect.fnUntraced(function* (
  server: Pick<FakeServer, "port" | "caCertificate">
): Effect.fn.Return<Connection, never, Scope.Scope> {
  const events = yield* Queue.unbounded<Arrival>()
  const head = yield* Deferred.make<Head>()
  const ended = yield* Deferred.make<Ending>()
  const readers = new Set<() => void>()
  let wire = Buffer.alloc(0)
  let undecoded = Buffer.alloc(0)
  const bodyChunks: Array<Buffer> = []
  let bodyLength = 0
  let comments = 0
  let retry = 0
  let headers: Head | null = null
  let gunzip: zlib.Gunzip | null = null

  const parser = createParser({
    maxBufferSize: Infinity,
    onEvent: (event) => Queue.offerUnsafe(events, { event: event.event ?? "message", data: event.data }),
    onComment: () => (comments += 1),
    onRetry: (ms) => (retry = ms)
  })
  const onBody = (chunk: Buffer) => {
    bodyChunks.push(chunk)
    bodyLength += chunk.length
    if (headers?.headers["content-type"]?.startsWith("text/event-stream") === true) parser.feed(chunk.toString())
    for (const reader of readers) reader()
  }
  const onEnd = (how: Ending) => {
    Deferred.doneUnsafe(ended, Effect.succeed(how))
    Deferred.doneUnsafe(head, Effect.die(new Error(`ended before the head: ${how}`)))
    Queue.offerUnsafe(events, { ended: how })
  }
  const onDecoded = (chunk: Buffer) => (gunzip === null ? onBody(chunk) : void gunzip.write(chunk))
  const take = () => {
    if (headers === null) {
      const at = undecoded.indexOf("\r\n\r\n")
      if (at === -1) return
      const [status = "", ...lines] = undecoded.subarray(0, at).toString().split("\r\n")
      undecoded = undecoded.subarray(at + 4)
      headers = {
        status: Number(status.split(" ")[1]),
        headers: Object.fromEntries(
          lines.map((line) => [line.slice(0, line.indexOf(":")).toLowerCase(), line.slice(line.indexOf(":") + 2)])
        )
      }
      if (headers.headers["content-encoding"] === "gzip") {
        gunzip = zlib.createGunzip()
        gunzip.on("data", onBody)
      }
      Deferred.doneUnsafe(head, Effect.succeed(headers))
    }
    const length = headers.headers["content-length"]
    if (length !== undefined) {
      onDecoded(undecoded)
      undecoded = Buffer.alloc(0)
      if (bodyLength >= Number(length)) onEnd("complete")
      return
    }
    for (;;) {
      const line = undecoded.indexOf("\r\n")
      if (line === -1) return
      const size = Number.parseInt(undecoded.subarray(0, line).toString(), 16)
      if (undecoded.length < line + 2 + size + 2) return
      const chunk = undecoded.subarray(line + 2, line + 2 + size)
      undecoded = undecoded.subarray(line + 2 + size + 2)
      if (size === 0) return onEnd("complete")
      onDecoded(Buffer.from(chunk))
    }
  }

  const options = { host: "127.0.0.1", port: server.port }
  const socket =
    server.caCertificate === null ? net.connect(options) : tls.connect({ ...options, ca: server.caCertificate })
  socket.on("data", (chunk: Buffer) => {
    wire = Buffer.concat([wire, chunk])
    undecoded = Buffer.concat([undecoded, chunk])
    take()
  })
  socket.on("end", () => onEnd("fin"))
  socket.on("error", (cause: NodeJS.ErrnoException) => onEnd(cause.code ?? cause.message))
  yield* Effect.addFinalizer(() => Effect.sync(() => socket.destroy()))
  return {
    send: (text) => Effect.sync(() => void socket.write(text)),
    head: Deferred.await(head),
    next: Queue.take(events),
    ended: Deferred.await(ended),
    body: (bytes) =>
      Effect.callback<string>((resume) => {
        const check = () => {
          if (bodyLength < bytes) return
          readers.delete(check)
          resume(Effect.sync(() => Buffer.concat(bodyChunks).toString()))
        }
        readers.add(check)
        check()
      }),
    seen: () => ({ wire, body: Buffer.concat(bodyChunks), comments, retry }),
    close: Effect.sync(() => void socket.destroy())
  }
})

/** Asks for the event stream. */
export const get = Effect.fnUntraced(function* (server: FakeServer, path = "/sse") {
  const connection = yield* connect(server)
  yield* connection.send(`GET ${path} HTTP/1.1\r\nhost: 127.0.0.1:${server.port}\r\naccept: text/event-stream\r\n\r\n`)
  return connection
})

/** Sends a body to the session's endpoint, on a connection of its own. */
export const post = Effect.fnUntraced(function* (server: FakeServer, endpoint: string, body: string) {
  const connection = yield* connect(server)
  yield* connection.send(
    `POST ${endpoint.split("#")[0]} HTTP/1.1\r\nhost: 127.0.0.1:${server.port}\r\n` +
      `content-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`
  )
  return connection
})

/** A stream whose endpoint is known. */
export interface Session {
  readonly stream: Connection
  readonly endpoint: string
  /** Posts a JSON-RPC message; the connection on which it went. */
  readonly tell: (message: object) => Effect.Effect<Connection, never, Scope.Scope>
  /** The next event of the stream as JSON; dies when the stream ended, or on another event. */
  readonly message: Effect.Effect<Message>
}

export interface Message {
  readonly jsonrpc?: string
  readonly id?: unknown
  readonly method?: string
  readonly params?: unknown
  readonly result?: unknown
  readonly error?: { readonly code: number; readonly message: string; readonly data?: unknown }
}

export const openSession = Effect.fnUntraced(function* (server: FakeServer) {
  const stream = yield* get(server)
  const first = yield* stream.next
  if (!("event" in first) || first.event !== "endpoint") return yield* Effect.die(first)
  const endpoint = first.data
  const session: Session = {
    stream,
    endpoint,
    tell: (message) => post(server, endpoint, JSON.stringify({ jsonrpc: "2.0", ...message })),
    message: Effect.flatMap(stream.next, (arrival) =>
      "event" in arrival && arrival.event === "message"
        ? Effect.sync((): Message => JSON.parse(arrival.data))
        : Effect.die(arrival)
    )
  }
  return session
})

export const initialize = {
  method: "initialize",
  params: { protocolVersion: "2025-06-18", capabilities: {}, clientInfo: { name: "wire", version: "1" } }
}

/** A session after its handshake. */
export const handshake = Effect.fnUntraced(function* (server: FakeServer) {
  const session = yield* openSession(server)
  yield* session.tell({ id: "hello", ...initialize })
  yield* session.message
  const accepted = yield* session.tell({ method: "notifications/initialized" })
  yield* accepted.head
  return session
})
