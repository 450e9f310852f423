/**
 * The sockets of a fake server: one TCP listener in front of an HTTP(S) server that never listens itself, so that a
 * connection can be met, held, reset or refused before HTTP sees it.
 */
import * as Effect from "effect/Effect"
import * as http from "node:http"
import * as https from "node:https"
import * as net from "node:net"
import type { Duplex } from "node:stream"
import * as FakeCertificates from "./FakeCertificates.ts"
import { enter, makeLedger, type Ledger } from "./FakeCounters.ts"
import { makeStriker, type Fault, type Occasion } from "./FakeFault.ts"
import { compile, type Replies } from "./FakeReplies.ts"
import type { FakeScript } from "./FakeScript.ts"
import type { FakeStream } from "./FakeStream.ts"

/** One HTTP request as it came. */
export interface ReceivedRequest {
  readonly httpMethod: string
  /** Path and query. */
  readonly path: string
  readonly headers: http.IncomingHttpHeaders
  /** The number of its session; `null` for a session that is not known. */
  readonly session: number | null
  /** The parsed body; `null` for a GET. */
  readonly message: unknown
}

/** What the rooms of a fake server share. */
export interface Host {
  readonly ledger: Ledger
  /** The open sessions by id. */
  readonly streams: Map<string, FakeStream>
  readonly script: () => FakeScript
  readonly replies: () => Replies
  /** Known from the first `listen` on. */
  readonly port: () => number
  readonly scheme: "http" | "https"
  /** The next session's number. */
  readonly nextNumber: () => number
  readonly strike: (occasion: Occasion) => Fault | null
  readonly record: (request: ReceivedRequest) => void
  readonly received: () => ReadonlyArray<ReceivedRequest>
  /** Resets a connection (TCP RST), encrypted or not. */
  readonly reset: (socket: Duplex | null) => void
  /** Destroys every socket, and with its stream every session. */
  readonly dropAll: () => void
  /** `dropAll`, and closes the port, which stays ours. */
  readonly refuse: () => void
  /** `dropAll`, and gives the port back. */
  readonly close: () => void
  readonly setScript: (script: FakeScript) => void
  /** Opens the port, the same as before, unless it is open or the script refuses connections. */
  readonly listen: Effect.Effect<void>
}

/** How many requests the log keeps at least; the older ones go when there are twice as many. */
const logSize = 10_000

export const makeHost = (
  first: FakeScript,
  onRequest: (host: Host, request: http.IncomingMessage, response: http.ServerResponse) => void
): Host => {
  const ledger = makeLedger()
  const striker = makeStriker()
  const sockets = new Map<number | undefined, net.Socket>()
  const streams = new Map<string, FakeStream>()
  let received: Array<ReceivedRequest> = []
  let script = first
  let replies = compile(first)
  let listener: net.Server | null = null
  let holder: net.Socket | null = null
  let port = 0
  let numbers = 0

  const handler = (request: http.IncomingMessage, response: http.ServerResponse) => onRequest(host, request, response)
  // Idle connections are never closed from here: a client's leak must stay visible in the counters.
  const options = { keepAliveTimeout: 0, requestTimeout: 0, headersTimeout: 0 }
  const server =
    first.tls === undefined
      ? http.createServer(options, handler)
      : https.createServer({ ...options, key: FakeCertificates.privateKey, cert: FakeCertificates[first.tls] }, handler)

  const onConnection = (socket: net.Socket) => {
    const { remotePort } = socket
    sockets.set(remotePort, socket)
    ledger.change((counters) => enter(counters.sockets))
    socket.on("error", () => undefined)
    socket.on("close", () => {
      if (sockets.get(remotePort) === socket) sockets.delete(remotePort)
      ledger.change((counters) => (counters.sockets.open -= 1))
    })
    const pass = () => server.emit("connection", socket)
    const passIn = (ms: number) => {
      // Read meanwhile, and given back later: an unread socket does not notice that its client has gone.
      const early: Array<Buffer> = []
      const keep = (chunk: Buffer) => early.push(chunk)
      socket.on("data", keep)
      const timer = setTimeout(() => {
        socket.off("data", keep).pause()
        if (early.length > 0) socket.unshift(Buffer.concat(early))
        pass()
        if (host.scheme === "http") socket.resume() // TLS reads from below
      }, ms)
      socket.on("close", () => clearTimeout(timer))
    }
    const fault = host.strike({ at: "connect" })
    switch (fault?.kind) {
      case "refuse":
        return host.refuse()
      case "stall":
        return socket.resume() // read and ignored
      case "drop":
        return socket.destroy()
      case "reset":
        return socket.resetAndDestroy()
      case "notHttp":
        return socket.resume().end("SSH-2.0-OpenSSH_9.9\r\n")
      case "delay":
        return passIn(fault.ms)
      default: {
        const latency = script.latency?.connect ?? 0
        return latency > 0 ? passIn(latency) : pass()
      }
    }
  }

  const host: Host = {
    ledger,
    streams,
    script: () => script,
    replies: () => replies,
    port: () => port,
    scheme: first.tls === undefined ? "http" : "https",
    nextNumber: () => ++numbers,
    strike(occasion) {
      const fault = striker(script.faults ?? [], occasion)
      if (fault !== null) ledger.change((counters) => (counters.faults += 1))
      return fault
    },
    record(request) {
      received.push(request)
      if (received.length > 2 * logSize) received = received.slice(-logSize)
    },
    received: () => [...received],
    reset: (socket) => {
      // Only the raw connection under TLS can be reset; what they share is the port.
      if (socket instanceof net.Socket) sockets.get(socket.remotePort)?.resetAndDestroy()
    },
    dropAll() {
      for (const socket of sockets.values()) socket.destroy()
    },
    refuse() {
      host.close()
      holder = hold(port)
    },
    close() {
      listener?.close()
      listener = null
      holder?.destroy()
      holder = null
      host.dropAll()
    },
    setScript(next) {
      script = next
      replies = compile(next)
      if (refuses(next) && listener !== null) host.refuse()
    },
    listen: Effect.callback<void>((resume) => {
      // A port that is to be refused is opened only to get a number.
      if (listener !== null || (port !== 0 && refuses(script))) return resume(Effect.void)
      holder?.destroy()
      holder = null
      const opened = net.createServer({ noDelay: true }, onConnection)
      listener = opened
      opened.once("error", (cause) => resume(Effect.die(cause)))
      opened.listen(port, "127.0.0.1", () => {
        const address = opened.address()
        if (typeof address === "object" && address !== null) port = address.port
        if (refuses(script)) host.refuse()
        resume(Effect.void)
      })
    })
  }
  return host
}

/** Whether a rule of the script keeps the port closed from the start. */
const refuses = (script: FakeScript): boolean =>
  (script.faults ?? []).some(
    (rule) =>
      rule.at === "connect" && rule.fault.kind === "refuse" && rule.nth === undefined && rule.times === undefined
  )

/**
 * Keeps a closed port from being given to another process, whose server would then answer where a refusal was meant: a
 * connection of the port to itself. Where the system does not allow that, the port is merely likely to stay free.
 */
const hold = (port: number): net.Socket => {
  const socket = net.connect({ host: "127.0.0.1", port, localAddress: "127.0.0.1", localPort: port })
  socket.on("error", () => undefined)
  return socket
}
