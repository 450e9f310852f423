/**
 * The ways in which a fake server can go wrong: plain data, and the rule that says when.
 *
 * A fault strikes at a stage. What it does there is written at its kind; which kinds make sense where is
 * {@link faultsAt}, and `FakeServer.make` dies on a rule that names another pair: a test must not pass because its
 * fault never happened.
 */
import type * as Schema from "effect/Schema"

/**
 * Where a fault strikes: a TCP connection was accepted (`connect`), the GET for the event stream arrived (`headers`),
 * its headers are sent (`endpoint`), or a POST brought `initialize`, `resources/list`, `resources/read` or `tools/call`.
 */
export type FaultStage = "connect" | "headers" | "endpoint" | "initialize" | "list" | "read" | "call"

/** The stages whose fault meets a JSON-RPC request. */
export type RequestStage = "initialize" | "list" | "read" | "call"

/** Which connection a request's fault hits: the session's event stream (the default), or the request's own POST. */
export interface OnSocket {
  readonly on?: "stream" | "post"
}

/** One way to go wrong. Sizes are bytes, times milliseconds. */
export type Fault =
  /**
   * Everything is dropped and the port is closed until the script is set anew, or the server restarted. At `connect`
   * from the start, unless the rule counts connections (`nth`, `times`).
   */
  | { readonly kind: "refuse" }
  /** Everything is dropped and every session forgotten, but the server is back at once. */
  | { readonly kind: "restart" }
  /** Accepted, never answered. On `"post"` not even the POST is. */
  | ({ readonly kind: "stall" } & OnSocket)
  /** The socket is closed without a response. */
  | ({ readonly kind: "drop" } & OnSocket)
  /** The socket is reset (TCP RST). */
  | ({ readonly kind: "reset" } & OnSocket)
  /** The event stream ends in good order; `retry` first tells the client to reconnect after so many ms. */
  | { readonly kind: "end"; readonly retry?: number }
  /** The first half of the answer's event, and the stream's socket is closed. */
  | { readonly kind: "halfAnswer" }
  /** Words of another protocol, and the socket is closed. */
  | { readonly kind: "notHttp" }
  /** An HTTP status instead of the stream or of the POST's 202; an `endless` body never stops. */
  | {
      readonly kind: "status"
      readonly status: number
      readonly headers?: { readonly [name: string]: string }
      readonly body?: string
      readonly endless?: boolean
    }
  /** 200, but of this content type; the stream goes on as if nothing were wrong. */
  | { readonly kind: "contentType"; readonly contentType: string }
  /** A redirect (307 unless told) on the same origin, which is then served, or to `localhost` instead of `127.0.0.1`. */
  | { readonly kind: "redirect"; readonly to: "sameOrigin" | "crossOrigin"; readonly status?: number }
  /** The stream is compressed from its first byte, whatever the client accepts. */
  | { readonly kind: "gzip" }
  /**
   * The stream says that it has this `Content-Encoding`, spelled so: `gzip` and `br` in any case are done, of any other
   * there is only the word.
   */
  | { readonly kind: "encoding"; readonly encoding: string }
  /**
   * `bytes` (default 64 MiB) of padding in a few kilobytes: inside the endpoint event, or inside a valid answer. While
   * such a rule stands every new stream is compressed; one that was opened before sends its padding as it is.
   */
  | { readonly kind: "gzipBomb"; readonly bytes?: number }
  /** The same padding, uncompressed: `bytes` is 16 MiB by default, and `Infinity` is an event that never ends. */
  | { readonly kind: "hugeEvent"; readonly bytes?: number }
  /** `bytes` (1) every `every` ms (10). At `headers`: a response header that never ends. Later: the whole event, slowly. */
  | { readonly kind: "drip"; readonly bytes?: number; readonly every?: number }
  /** The right thing, `ms` later. */
  | { readonly kind: "delay"; readonly ms: number }
  /** The stream opens and its first event is some other message; nothing follows. */
  | { readonly kind: "noEndpoint" }
  /** The endpoint event names this URL. At a request: a second endpoint event, before the right answer. */
  | { readonly kind: "foreignEndpoint"; readonly url?: string }
  /** An event whose data is this text, by default a JSON document cut short, instead of the answer. */
  | { readonly kind: "badJson"; readonly data?: string }
  /** The bytes of the answer's event, as they stand here: `{id}` and `{result}` stand for the right ones, as JSON. */
  | { readonly kind: "frame"; readonly frame: string }
  /**
   * The answer in the response of the POST (200 unless told) and not on the stream; `{id}` and `{result}` as above. An
   * `endless` response says no more, and does not end.
   */
  | {
      readonly kind: "body"
      readonly contentType: string
      readonly body: string
      readonly status?: number
      readonly endless?: boolean
    }
  /** The answer under an id that was not asked. */
  | { readonly kind: "wrongId"; readonly id?: Schema.Json }
  /** The answer, twice. */
  | { readonly kind: "duplicate" }
  /** The answer, to every open session (as some gateways do). */
  | { readonly kind: "broadcast" }
  /** A JSON-RPC error (-32603 unless told). */
  | { readonly kind: "error"; readonly code?: number; readonly message?: string; readonly data?: Schema.Json }
  /** Another `result`. By default the nearest thing to the right one that is against the specification. */
  | { readonly kind: "invalidResult"; readonly result?: Schema.Json }
  /** Contents of another URI than the one asked. */
  | { readonly kind: "wrongUri"; readonly uri?: string }
  /**
   * `endless`: one new resource a page, for ever. `repeated`: page 2 is always next. `empty` and `null`: the last page's
   * `nextCursor` is `""` or `null`; asked with `""`, the server starts again. `huge`: an empty page, and a new cursor of
   * 100 kB, for ever.
   */
  | { readonly kind: "cursor"; readonly cursor: "endless" | "huge" | "repeated" | "empty" | "null" }
  /** The session is forgotten: this POST and all later ones of it get this status, or no response at all. */
  | { readonly kind: "deadSession"; readonly answer: 400 | 404 | 503 | "silence" }
  /** The POST's 202 has a body that never ends; the answer comes as it should. */
  | { readonly kind: "endlessAccepted" }
  /** The answer comes when the client has cancelled the request. */
  | { readonly kind: "answerAfterCancel" }
  /** The client is asked `ping` first, and the answer waits for its pong. */
  | { readonly kind: "ping" }
  /** A notification before the answer, by default a log message. */
  | { readonly kind: "notification"; readonly method?: string; readonly params?: Schema.Json }
  /** Keepalive comments before the answer, or before the endpoint. */
  | { readonly kind: "comments"; readonly count?: number }

export type FaultKind = Fault["kind"]

/** When which fault strikes. Absent selectors match everything. */
export interface FaultRule {
  readonly at: FaultStage
  readonly fault: Fault
  /** The number of the session, from 1: sessions are numbered as their GETs arrive. Not at `connect`. */
  readonly session?: number
  /** At `read`: the resource asked. */
  readonly uri?: string
  /** At `list`: the page asked, from 1. */
  readonly page?: number
  /** At `call`: the tool called. */
  readonly tool?: string
  /** The first match it strikes at, from 1; a server counts the matches of a rule object, also across scripts. */
  readonly nth?: number
  /** How many matches in a row it strikes at: without `nth` all of them, with it that one, unless told. */
  readonly times?: number
}

const requestFaults: ReadonlyArray<FaultKind> = [
  "refuse",
  "restart",
  "stall",
  "drop",
  "reset",
  "end",
  "halfAnswer",
  "status",
  "redirect",
  "gzipBomb",
  "hugeEvent",
  "drip",
  "delay",
  "foreignEndpoint",
  "badJson",
  "frame",
  "body",
  "wrongId",
  "duplicate",
  "broadcast",
  "error",
  "invalidResult",
  "deadSession",
  "endlessAccepted",
  "answerAfterCancel",
  "ping",
  "notification",
  "comments"
]

/** Which faults can strike at which stage. */
export const faultsAt: { readonly [stage in FaultStage]: ReadonlyArray<FaultKind> } = {
  connect: ["refuse", "stall", "drop", "reset", "notHttp", "delay"],
  headers: [
    "refuse",
    "restart",
    "stall",
    "drop",
    "reset",
    "status",
    "contentType",
    "redirect",
    "gzip",
    "encoding",
    "drip",
    "delay"
  ],
  endpoint: [
    "refuse",
    "restart",
    "stall",
    "drop",
    "reset",
    "end",
    "noEndpoint",
    "foreignEndpoint",
    "gzipBomb",
    "hugeEvent",
    "drip",
    "delay",
    "comments"
  ],
  initialize: requestFaults,
  list: [...requestFaults, "cursor"],
  read: [...requestFaults, "wrongUri"],
  call: requestFaults
}

/** 429 with `Retry-After` in seconds, at `headers` or at any request. */
export const rateLimited = (retryAfterSeconds: number): Fault => ({
  kind: "status",
  status: 429,
  headers: { "retry-after": String(retryAfterSeconds) },
  body: "slow down"
})

/** What a step of a conversation looks like to the rules. */
export interface Occasion {
  readonly at: FaultStage
  readonly session?: number
  readonly uri?: string
  readonly page?: number
  readonly tool?: string
}

/** The rules that cannot strike where they say, in words; empty when all can. */
export const impossible = (rules: ReadonlyArray<FaultRule>): ReadonlyArray<string> =>
  rules.flatMap((rule) =>
    faultsAt[rule.at].includes(rule.fault.kind) ? [] : [`"${rule.fault.kind}" cannot strike at "${rule.at}"`]
  )

/** Counts the matches of every rule and says which fault strikes: the first rule whose turn it is wins. */
export const makeStriker = () => {
  const matches = new WeakMap<FaultRule, number>()
  return (rules: ReadonlyArray<FaultRule>, occasion: Occasion): Fault | null => {
    let struck: Fault | null = null
    for (const rule of rules) {
      if (!matchesRule(rule, occasion)) continue
      const count = (matches.get(rule) ?? 0) + 1
      matches.set(rule, count)
      const first = rule.nth ?? 1
      const times = rule.times ?? (rule.nth === undefined ? Infinity : 1)
      if (struck === null && count >= first && count < first + times) struck = rule.fault
    }
    return struck
  }
}

const matchesRule = (rule: FaultRule, occasion: Occasion): boolean =>
  rule.at === occasion.at &&
  (rule.session === undefined || rule.session === occasion.session) &&
  (rule.uri === undefined || rule.uri === occasion.uri) &&
  (rule.page === undefined || rule.page === occasion.page) &&
  (rule.tool === undefined || rule.tool === occasion.tool)
