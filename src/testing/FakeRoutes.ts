/** What a fake server does with an HTTP request: the event stream on `GET /sse`, JSON-RPC on `POST /messages`. */
import type * as http from "node:http"
import * as Result from "effect/Result"
import type { RequestId } from "./FakeCounters.ts"
import { enter } from "./FakeCounters.ts"
import * as FakeExchange from "./FakeExchange.ts"
import type { Host } from "./FakeHost.ts"
import { field } from "./FakeReplies.ts"
import { type FakeScript, publicPrefix } from "./FakeScript.ts"
import * as FakeStream from "./FakeStream.ts"
import * as FakeResponse from "./FakeResponse.ts"

/** The path of the event stream, and of the POSTs. */
export const ssePath = "/sse"
const messagesPath = "/messages"

export const route = (host: Host, request: http.IncomingMessage, response: http.ServerResponse): void => {
  response.sendDate = false
  response.on("error", () => undefined)
  const url = new URL(request.url ?? "/", "http://fake.invalid")
  const prefix = publicPrefix(host.script())
  if (request.method === "GET" && url.pathname === prefix + ssePath) return openStream(host, request, response)
  if (request.method === "POST" && url.pathname === prefix + messagesPath) {
    return receive(host, request, response, url.searchParams.get("sessionId") ?? "")
  }
  host.record({
    httpMethod: request.method ?? "",
    path: request.url ?? "/",
    headers: request.headers,
    session: null,
    message: null
  })
  response.writeHead(404).end("not found")
}

/** The stage `headers`: everything until the response's headers are out. */
const openStream = (host: Host, request: http.IncomingMessage, response: http.ServerResponse): void => {
  const number = host.nextNumber()
  const { headers } = request
  host.record({ httpMethod: "GET", path: request.url ?? "/", headers, session: number, message: null })
  host.ledger.change((counters) => (counters.gets += 1))
  const script = host.script()
  const start = (contentType: string, encoding: string | null) =>
    startSession(host, response, number, contentType, encoding)
  const honest = () =>
    start("text/event-stream", script.faults?.some((rule) => rule.fault.kind === "gzipBomb") === true ? "gzip" : null)
  const fault = host.strike({ at: "headers", session: number })
  switch (fault?.kind) {
    case "refuse":
      return host.refuse()
    case "restart":
      return host.dropAll()
    case "stall":
      return
    case "drop":
      request.socket.destroy()
      return
    case "reset":
      return host.reset(request.socket)
    case "status":
      return FakeResponse.status(response, fault)
    case "redirect":
      return FakeResponse.redirect(host, response, fault, publicPrefix(script) + ssePath)
    case "drip":
      return FakeResponse.dripHeaders(response, fault)
    case "contentType":
      return start(fault.contentType, null)
    case "gzip":
      return start("text/event-stream", "gzip")
    case "encoding":
      return start("text/event-stream", fault.encoding)
    default:
      return FakeResponse.later(response, fault?.kind === "delay" ? fault.ms : (script.latency?.headers ?? 0), honest)
  }
}

/** The stage `endpoint`: everything until the endpoint event is out. */
const startSession = (
  host: Host,
  response: http.ServerResponse,
  number: number,
  contentType: string,
  encoding: string | null
): void => {
  const script = host.script()
  const lineEnding = script.lineEnding ?? "\n"
  // With the port, so that a client which mixes two servers up is refused.
  const id = `${host.port()}-${number}`
  const stream = FakeStream.open({
    number,
    id,
    response,
    contentType,
    encoding,
    setCookie: script.stickyCookie ?? null,
    lineEnding,
    onClose() {
      host.streams.delete(id)
      host.ledger.change((counters) => {
        counters.sessions.open -= 1
        counters.inFlight.now -= stream.pending.size
      })
    }
  })
  host.streams.set(id, stream)
  host.ledger.change((counters) => enter(counters.sessions))
  if (script.keepAlive !== undefined && script.keepAlive > 0) keepAlive(stream, script.keepAlive, lineEnding)

  const endpoint = `${script.prefix ?? ""}${messagesPath}?sessionId=${id}`
  const announce = (data = endpoint) => stream.event("endpoint", data)
  const fault = host.strike({ at: "endpoint", session: number })
  switch (fault?.kind) {
    case "refuse":
      return host.refuse()
    case "restart":
      return host.dropAll()
    case "stall":
      return
    case "drop":
    case "reset":
      return FakeExchange.breakStream(host, stream, fault.kind)
    case "end":
      return FakeExchange.endStream(stream, fault, lineEnding)
    case "noEndpoint":
      return stream.event("message", '{"jsonrpc":"2.0","method":"notifications/message","params":{"level":"info"}}')
    case "foreignEndpoint":
      return announce(fault.url ?? FakeExchange.foreignUrl)
    case "hugeEvent":
    case "gzipBomb":
      return stream.padded(
        // In the fragment, which no client sends: whoever takes the event can use it.
        `event: endpoint${lineEnding}data: ${endpoint}#`,
        FakeExchange.paddingOf(fault),
        lineEnding + lineEnding
      )
    case "drip":
      return stream.drip(
        [Buffer.from(`event: endpoint${lineEnding}data: ${endpoint}${lineEnding}${lineEnding}`)],
        fault.bytes ?? 1,
        fault.every ?? 10
      )
    case "comments":
      FakeExchange.comment(stream, fault, lineEnding)
      return announce()
    default:
      return stream.later(fault?.kind === "delay" ? fault.ms : (script.latency?.endpoint ?? 0), announce)
  }
}

const keepAlive = (stream: FakeStream.FakeStream, ms: number, lineEnding: string): void =>
  stream.later(ms, () => {
    FakeExchange.comment(stream, { kind: "comments", count: 1 }, lineEnding)
    keepAlive(stream, ms, lineEnding)
  })

const receive = (host: Host, request: http.IncomingMessage, response: http.ServerResponse, sessionId: string): void => {
  const chunks: Array<Buffer> = []
  request.on("error", () => undefined)
  request.on("data", (chunk: Buffer) => chunks.push(chunk))
  request.on("end", () => {
    const stream = isSticky(host.script(), request) ? host.streams.get(sessionId) : undefined
    const message = Result.getOrUndefined(Result.try((): unknown => JSON.parse(Buffer.concat(chunks).toString())))
    host.record({
      httpMethod: "POST",
      path: request.url ?? "/",
      headers: request.headers,
      session: stream?.number ?? null,
      message
    })
    const method = field(message, "method")
    host.ledger.change((counters) => {
      counters.posts += 1
      if (typeof method === "string") counters.requests.set(method, (counters.requests.get(method) ?? 0) + 1)
    })
    if (stream === undefined) return FakeResponse.dead(response, host.script().unknownSession ?? 404)
    if (stream.state.dead !== null) return FakeResponse.dead(response, stream.state.dead)
    const id = field(message, "id")
    if (field(message, "jsonrpc") !== "2.0" || (typeof method !== "string" && !isRequestId(id))) {
      response.writeHead(400, { "content-type": "application/json" })
      response.end('{"jsonrpc":"2.0","id":null,"error":{"code":-32700,"message":"not a JSON-RPC message"}}')
      return
    }
    if (typeof method === "string" && isRequestId(id)) {
      return FakeExchange.answer({ host, stream, request, response, id, method, params: field(message, "params") })
    }
    FakeResponse.accept(response)
    if (typeof method === "string") return notified(host, stream, method, field(message, "params"))
    host.ledger.change((counters) => (counters.pongs += 1))
    if (!isRequestId(id)) return
    const pong = stream.pongs.get(id)
    stream.pongs.delete(id)
    pong?.()
  })
}

/** Whether a balancer would send this POST to the node of its stream. */
const isSticky = ({ stickyCookie }: FakeScript, { headers }: http.IncomingMessage): boolean =>
  stickyCookie === undefined ||
  (headers.cookie ?? "").split("; ").includes((stickyCookie.split(";", 1)[0] ?? "").trim())

const isRequestId = (id: unknown): id is RequestId => typeof id === "string" || typeof id === "number"

const notified = (host: Host, stream: FakeStream.FakeStream, method: string, params: unknown): void => {
  if (method === "notifications/initialized") stream.state.initialized = true
  if (method !== "notifications/cancelled") return
  const id = field(params, "requestId")
  if (!isRequestId(id)) return
  const pending = stream.pending.get(id)
  if (pending?.onCancel === null) FakeExchange.forget(host, stream, id)
  host.ledger.change((counters) => counters.cancelled.push(id))
  pending?.onCancel?.()
}
