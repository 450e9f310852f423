/** One JSON-RPC request and its answer: the right one, or what a fault makes of it. */
import type * as http from "node:http"
import type * as Schema from "effect/Schema"
import type { RequestId } from "./FakeCounters.ts"
import type { Fault, Occasion, RequestStage } from "./FakeFault.ts"
import type { Host } from "./FakeHost.ts"
import { aroundPadding, invalid, ofAnotherUri, otherId, withCursor } from "./FakeLies.ts"
import { field, pageOf, result, type Reply } from "./FakeReplies.ts"
import * as FakeResponse from "./FakeResponse.ts"
import type { FakeStream } from "./FakeStream.ts"

/** A request that came in, and where its answer goes. */
export interface Exchange {
  readonly host: Host
  readonly stream: FakeStream
  readonly request: http.IncomingMessage
  readonly response: http.ServerResponse
  readonly id: RequestId
  readonly method: string
  readonly params: unknown
}

type FaultOf<Kind extends Fault["kind"]> = Extract<Fault, { readonly kind: Kind }>

/** Where a foreign endpoint event points unless told. */
export const foreignUrl = "http://foreign.invalid/messages?sessionId=1"

/** The bytes a padding fault adds. */
export const paddingOf = (fault: FaultOf<"hugeEvent" | "gzipBomb">): number =>
  fault.bytes ?? (fault.kind === "gzipBomb" ? 64 : 16) * 1024 * 1024

/** Answers a request as the script says. */
export const answer = (exchange: Exchange): void => {
  const { host, stream, id, method } = exchange
  forget(host, stream, id) // an id that is used again is one request
  stream.pending.set(id, { onCancel: null })
  host.ledger.change(({ inFlight }) => {
    inFlight.now += 1
    inFlight.peak = Math.max(inFlight.peak, inFlight.now)
  })
  if (!stream.state.initialized && method !== "initialize" && method !== "ping") {
    FakeResponse.accept(exchange.response)
    return send(exchange, { kind: "error", code: -32600, message: "not initialized" })
  }
  const occasion = occasionOf(exchange)
  const fault = occasion === null ? null : host.strike(occasion)
  if (fault === null) {
    FakeResponse.accept(exchange.response)
    return inTime(exchange, () => send(exchange, right(exchange)))
  }
  return isBroken(fault) ? breakConnection(exchange, fault) : misbehave(exchange, fault)
}

/** Forgets a request: it will not be answered any more. False if it was forgotten before. */
export const forget = (host: Host, stream: FakeStream, id: RequestId): boolean => {
  if (!stream.pending.delete(id)) return false
  host.ledger.change(({ inFlight }) => (inFlight.now -= 1))
  return true
}

export const breakStream = (host: Host, stream: FakeStream, how: "drop" | "reset"): void => {
  if (how === "reset") return host.reset(stream.response.socket)
  stream.response.socket?.destroy()
}

export const endStream = (stream: FakeStream, fault: FaultOf<"end">, lineEnding: string): void => {
  if (fault.retry !== undefined) stream.write([Buffer.from(`retry: ${fault.retry}${lineEnding}${lineEnding}`)])
  stream.end()
}

export const comment = (stream: FakeStream, fault: FaultOf<"comments">, lineEnding: string): void =>
  stream.write([Buffer.from(`: keepalive${lineEnding}${lineEnding}`.repeat(fault.count ?? 3))])

const stages: { readonly [method: string]: RequestStage } = {
  initialize: "initialize",
  "resources/list": "list",
  "resources/read": "read",
  "tools/call": "call"
}

const occasionOf = ({ stream, method, params }: Exchange): Occasion | null => {
  const at = Object.hasOwn(stages, method) ? stages[method] : undefined
  if (at === undefined) return null
  const uri = field(params, "uri")
  const tool = field(params, "name")
  return {
    at,
    session: stream.number,
    ...(at === "list" ? { page: pageOf(field(params, "cursor")) ?? 0 } : {}),
    ...(at === "read" && typeof uri === "string" ? { uri } : {}),
    ...(at === "call" && typeof tool === "string" ? { tool } : {})
  }
}

const right = ({ host, method, params }: Exchange): Reply => host.replies().reply(method, params)

/** After the latency of the step, or of the resource. */
const inTime = ({ host, stream, method, params }: Exchange, action: () => void): void => {
  const script = host.script()
  const stage = Object.hasOwn(stages, method) ? stages[method] : undefined
  const ofStage = stage === undefined ? undefined : script.latency?.[stage]
  stream.later((stage === "read" ? host.replies().latency(field(params, "uri")) : undefined) ?? ofStage ?? 0, action)
}

/** Sends the answer, unless the request was cancelled. */
const send = (exchange: Exchange, reply: Reply): void => {
  if (forget(exchange.host, exchange.stream, exchange.id)) exchange.stream.write(frame(exchange, exchange.id, reply))
}

const frame = ({ host }: Pick<Exchange, "host">, id: Schema.Json, reply: Reply): ReadonlyArray<Uint8Array> => {
  const lineEnding = host.script().lineEnding ?? "\n"
  const head = frameHead({ host }, id)
  const end = `}${lineEnding}${lineEnding}`
  if (reply.kind === "result") return [Buffer.from(`${head}"result":`), ...reply.pieces, Buffer.from(end)]
  const { code, message, data } = reply
  return [Buffer.from(`${head}"error":${JSON.stringify({ code, message, data })}${end}`)]
}

const frameHead = ({ host }: Pick<Exchange, "host">, id: Schema.Json): string =>
  `event: message${host.script().lineEnding ?? "\n"}data: {"jsonrpc":"2.0","id":${JSON.stringify(id)},`

/** A template with the id and the right result. */
const filled = (template: string, exchange: Exchange): string => {
  const reply = right(exchange)
  const json = reply.kind === "result" ? Buffer.concat(reply.pieces).toString() : "null"
  return template.replaceAll("{id}", () => JSON.stringify(exchange.id)).replaceAll("{result}", () => json)
}

type Broken = FaultOf<
  "refuse" | "restart" | "stall" | "drop" | "reset" | "end" | "halfAnswer" | "status" | "redirect" | "deadSession"
>

const brokenKinds: ReadonlySet<string> = new Set<Broken["kind"]>([
  "refuse",
  "restart",
  "stall",
  "drop",
  "reset",
  "end",
  "halfAnswer",
  "status",
  "redirect",
  "deadSession"
])

const isBroken = (fault: Fault): fault is Broken => brokenKinds.has(fault.kind)

/** The faults below JSON-RPC: no answer will come. */
const breakConnection = (exchange: Exchange, fault: Broken): void => {
  const { host, stream, request, response, id } = exchange
  switch (fault.kind) {
    case "refuse":
      return host.refuse()
    case "restart":
      return host.dropAll()
    case "stall":
      return fault.on === "post" ? undefined : FakeResponse.accept(response)
    case "drop":
    case "reset":
      if (fault.on === "post") {
        forget(host, stream, id)
        if (fault.kind === "reset") return host.reset(request.socket)
        request.socket.destroy()
        return
      }
      FakeResponse.accept(response)
      return breakStream(host, stream, fault.kind)
    case "end":
      FakeResponse.accept(response)
      return endStream(stream, fault, host.script().lineEnding ?? "\n")
    case "halfAnswer": {
      FakeResponse.accept(response)
      const whole = Buffer.concat(frame(exchange, id, right(exchange)))
      stream.write([whole.subarray(0, whole.length / 2)])
      stream.response.socket?.destroySoon()
      return
    }
    case "status":
      forget(host, stream, id)
      return FakeResponse.status(response, fault)
    case "redirect":
      forget(host, stream, id)
      return FakeResponse.redirect(host, response, fault, request.url ?? "/")
    case "deadSession":
      stream.state.dead = fault.answer
      if (fault.answer !== "silence") forget(host, stream, id)
      return FakeResponse.dead(response, fault.answer)
  }
}

/** The faults inside JSON-RPC: the stream lives, what is on it is wrong, late, or surrounded by other things. */
const misbehave = (exchange: Exchange, fault: Exclude<Fault, Broken>): void => {
  const { host, stream, id } = exchange
  const lineEnding = host.script().lineEnding ?? "\n"
  if (fault.kind === "body") {
    return inTime(exchange, () => {
      if (forget(host, stream, id)) FakeResponse.answerInBody(exchange.response, fault, filled(fault.body, exchange))
    })
  }
  if (fault.kind === "endlessAccepted") FakeResponse.acceptEndlessly(exchange.response)
  else FakeResponse.accept(exchange.response)
  const answerNow = () => send(exchange, right(exchange))
  /** Instead of `send`, for what is no answer or more than one. */
  const instead = (write: () => void) =>
    inTime(exchange, () => {
      if (forget(host, stream, id)) write()
    })
  switch (fault.kind) {
    case "hugeEvent":
    case "gzipBomb":
      return instead(() => {
        const { head, tail } = aroundPadding(right(exchange))
        stream.padded(
          `${frameHead(exchange, id)}"result":${head}`,
          paddingOf(fault),
          `${tail}}${lineEnding}${lineEnding}`
        )
      })
    case "drip":
      return instead(() => stream.drip(frame(exchange, id, right(exchange)), fault.bytes ?? 1, fault.every ?? 10))
    case "delay":
      return stream.later(fault.ms, answerNow)
    case "foreignEndpoint":
      stream.event("endpoint", fault.url ?? foreignUrl)
      return inTime(exchange, answerNow)
    case "badJson":
      return instead(() => stream.event("message", fault.data ?? `{"jsonrpc":"2.0","id":${JSON.stringify(id)},"resul`))
    case "frame":
      return instead(() => stream.write([Buffer.from(filled(fault.frame, exchange))]))
    case "wrongId":
      return instead(() => stream.write(frame(exchange, fault.id ?? otherId(id), right(exchange))))
    case "duplicate":
      return instead(() => {
        const answer = frame(exchange, id, right(exchange))
        stream.write(answer)
        stream.write(answer)
      })
    case "broadcast":
      return instead(() => {
        const answer = frame(exchange, id, right(exchange))
        for (const other of host.streams.values()) other.write(answer)
      })
    case "error":
      return inTime(exchange, () =>
        send(exchange, {
          kind: "error",
          code: fault.code ?? -32603,
          message: fault.message ?? "Internal error",
          ...(fault.data === undefined ? {} : { data: fault.data })
        })
      )
    case "invalidResult":
      return inTime(exchange, () =>
        send(exchange, result(fault.result === undefined ? invalid(exchange.method, exchange.params) : fault.result))
      )
    case "wrongUri":
      return inTime(exchange, () => send(exchange, ofAnotherUri(right(exchange), fault)))
    case "cursor":
      return inTime(exchange, () => send(exchange, withCursor(host.replies(), exchange.params, fault)))
    case "answerAfterCancel":
      stream.pending.set(id, { onCancel: answerNow })
      return
    case "ping": {
      const ping = `ping-${JSON.stringify(id)}`
      stream.pongs.set(ping, answerNow)
      return stream.event("message", JSON.stringify({ jsonrpc: "2.0", id: ping, method: "ping" }))
    }
    case "notification":
      stream.event(
        "message",
        JSON.stringify({
          jsonrpc: "2.0",
          method: fault.method ?? "notifications/message",
          params: fault.params ?? { level: "info", data: "working on it" }
        })
      )
      return inTime(exchange, answerNow)
    case "comments":
      comment(stream, fault, lineEnding)
      return inTime(exchange, answerNow)
    default:
      // `endlessAccepted`; the other kinds cannot strike here (`FakeFault.faultsAt`).
      return inTime(exchange, answerNow)
  }
}
