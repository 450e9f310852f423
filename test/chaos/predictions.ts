/** The declared outcome of every fault at every stage, for one try (no retries): what the chaos suite holds us to. */
import type { ServerReason } from "../../src/errors/ServerReason.ts"
import type { Stage } from "../../src/OrchestratorError.ts"
import type { FakeFault } from "../../src/testing/index.ts"

/** Complete resources, or the failure's reason and stage: one of several where it is chance which socket says it first. */
export type Outcome =
  | "complete"
  | { readonly reason: ReadonlyArray<ServerReason["_tag"]>; readonly stage: ReadonlyArray<Stage> }

export interface Prediction {
  readonly at: FakeFault.FaultStage
  readonly fault: FakeFault.Fault
  /** How often the fault strikes; always, unless told. */
  readonly times?: number
  readonly outcome: Outcome
}

type Row = readonly [FakeFault.Fault, Outcome, { readonly times: number }?]

const fails = (stage: Stage | ReadonlyArray<Stage>, ...reason: ReadonlyArray<ServerReason["_tag"]>): Outcome => ({
  reason,
  stage: typeof stage === "string" ? [stage] : stage
})

/** Over the byte limit of the suite's configuration. */
const tooLarge = 400_000

const statuses = (
  stage: Stage,
  lost: ServerReason["_tag"],
  open: ReadonlyArray<Stage> = [stage]
): ReadonlyArray<Row> => [
  [{ kind: "status", status: 400 }, fails(open, lost)],
  [{ kind: "status", status: 401, body: "who are you?" }, fails(stage, "Unauthorized")],
  [{ kind: "status", status: 401, endless: true }, fails(stage, "Unauthorized")],
  [{ kind: "status", status: 403 }, fails(stage, "Forbidden")],
  [{ kind: "status", status: 404, body: "no such page" }, fails(open, lost)],
  [{ kind: "status", status: 404, endless: true }, fails(open, lost)],
  [{ kind: "status", status: 408 }, fails(stage, "Unavailable")],
  [{ kind: "status", status: 418 }, fails(stage, "Rejected")],
  [{ kind: "status", status: 429, headers: { "retry-after": "60" } }, fails(stage, "RateLimited")],
  [{ kind: "status", status: 500 }, fails(stage, "Unavailable")],
  [{ kind: "status", status: 503, endless: true }, fails(stage, "Unavailable")]
]

const connect: ReadonlyArray<Row> = [
  [{ kind: "refuse" }, fails("connect", "Refused")],
  [{ kind: "stall" }, fails("http", "TimedOut")],
  [{ kind: "drop" }, fails("http", "Reset")],
  // The reset may overtake the news of the connection.
  [{ kind: "reset" }, { reason: ["Reset"], stage: ["connect", "http"] }],
  [{ kind: "notHttp" }, fails("http", "Protocol")],
  [{ kind: "delay", ms: 20 }, "complete"]
]

const headers: ReadonlyArray<Row> = [
  [{ kind: "refuse" }, fails("http", "Reset")],
  [{ kind: "restart" }, fails("http", "Reset")],
  [{ kind: "stall" }, fails("http", "TimedOut")],
  [{ kind: "drop" }, fails("http", "Reset")],
  [{ kind: "reset" }, fails("http", "Reset")],
  ...statuses("http", "Rejected"),
  [{ kind: "contentType", contentType: "text/html" }, fails("http", "Protocol")],
  [{ kind: "contentType", contentType: "application/json" }, fails("http", "Protocol")],
  [{ kind: "redirect", to: "sameOrigin" }, "complete", { times: 1 }],
  [{ kind: "redirect", to: "sameOrigin" }, fails("http", "Redirected")],
  [{ kind: "redirect", to: "crossOrigin" }, fails("http", "Redirected")],
  [{ kind: "gzip" }, "complete"],
  [{ kind: "encoding", encoding: "GZIP" }, "complete"],
  [{ kind: "encoding", encoding: "br" }, "complete"],
  [{ kind: "encoding", encoding: "zstd" }, fails("http", "Protocol")],
  [{ kind: "drip" }, fails("http", "TimedOut")],
  [{ kind: "delay", ms: 20 }, "complete"]
]

const endpoint: ReadonlyArray<Row> = [
  [{ kind: "refuse" }, fails("endpoint", "Reset")],
  [{ kind: "restart" }, fails("endpoint", "Reset")],
  [{ kind: "stall" }, fails("endpoint", "TimedOut")],
  [{ kind: "drop" }, fails("endpoint", "Reset")],
  [{ kind: "reset" }, fails("endpoint", "Reset")],
  [{ kind: "end" }, fails("endpoint", "ConnectionLost")],
  [{ kind: "end", retry: 1 }, fails("endpoint", "ConnectionLost")],
  [{ kind: "noEndpoint" }, fails("endpoint", "TimedOut")],
  [{ kind: "foreignEndpoint" }, fails("endpoint", "ForeignEndpoint")],
  [{ kind: "foreignEndpoint", url: "http://[" }, fails("endpoint", "Protocol")],
  [{ kind: "gzipBomb", bytes: 2 * tooLarge }, fails("limit", "TooLarge")],
  [{ kind: "hugeEvent", bytes: tooLarge }, fails("limit", "TooLarge")],
  [{ kind: "hugeEvent", bytes: Infinity }, fails("limit", "TooLarge")],
  [{ kind: "drip", every: 30 }, fails("endpoint", "TimedOut")],
  [{ kind: "delay", ms: 20 }, "complete"],
  [{ kind: "comments" }, "complete"]
]

/** `gone` is what a session becomes that the server does not know: before `initialize` is answered there is none. */
const request = (
  stage: FakeFault.RequestStage,
  gone: ServerReason["_tag"] = "ConnectionLost",
  // What meets the stream or the session meets all that is open on it: which of them says so first is chance.
  open: ReadonlyArray<Stage> = [stage]
): ReadonlyArray<Row> => [
  // The stream and the POST break together, and the POST may go out again to a port that is closed by then.
  [{ kind: "refuse" }, fails([...open, "connect"], "ConnectionLost", "Reset", "Refused")],
  [{ kind: "restart" }, fails(open, "ConnectionLost", "Reset")],
  [{ kind: "stall" }, fails(open, "TimedOut")],
  [{ kind: "stall", on: "post" }, fails(stage, "TimedOut")],
  [{ kind: "drop" }, fails(open, "ConnectionLost")],
  [{ kind: "drop", on: "post" }, fails(stage, "Reset")],
  [{ kind: "reset" }, fails(open, "ConnectionLost")],
  [{ kind: "reset", on: "post" }, fails(stage, "Reset")],
  [{ kind: "end" }, fails(open, "ConnectionLost")],
  [{ kind: "end", retry: 1 }, fails(open, "ConnectionLost")],
  [{ kind: "halfAnswer" }, fails(open, "ConnectionLost")],
  ...statuses(stage, gone, open),
  [{ kind: "redirect", to: "sameOrigin" }, "complete", { times: 1 }],
  [{ kind: "redirect", to: "sameOrigin" }, fails(stage, "Redirected")],
  [{ kind: "redirect", to: "sameOrigin", status: 303 }, fails(stage, "Redirected")],
  [{ kind: "redirect", to: "crossOrigin" }, fails(stage, "Redirected")],
  [{ kind: "gzipBomb", bytes: 2 * tooLarge }, fails("limit", "TooLarge")],
  [{ kind: "hugeEvent", bytes: tooLarge }, fails("limit", "TooLarge")],
  [{ kind: "hugeEvent", bytes: Infinity }, fails("limit", "TooLarge")],
  [{ kind: "drip", every: 30 }, fails(open, "TimedOut")],
  [{ kind: "delay", ms: 20 }, "complete"],
  [{ kind: "foreignEndpoint" }, "complete"],
  [{ kind: "badJson" }, fails(stage, "TimedOut")],
  [{ kind: "badJson", data: "[]" }, fails(stage, "TimedOut")],
  [{ kind: "frame", frame: 'event: Message\ndata: [{"id":{id},"result":{result},"error":null}]\n\n' }, "complete"],
  [{ kind: "frame", frame: 'data: {"jsonrpc":"1.0","id":{id},"result":{result}}\n\n' }, fails(stage, "TimedOut")],
  [{ kind: "body", contentType: "application/json", body: '[{"id":{id},"result":{result}}]' }, "complete"],
  [
    { kind: "body", contentType: "Text/Event-Stream", body: 'data: {"jsonrpc":"2.0","id":{id},"result":{result}}\n\n' },
    "complete"
  ],
  [{ kind: "body", contentType: "application/json", body: "[", endless: true }, fails(stage, "TimedOut")],
  [{ kind: "body", contentType: "application/json", body: "" }, fails(stage, "TimedOut")],
  [{ kind: "body", contentType: "application/json", body: "x".repeat(tooLarge) }, fails("limit", "TooLarge")],
  [
    { kind: "body", contentType: "text/event-stream", body: `data: ${"x".repeat(tooLarge)}` },
    fails("limit", "TooLarge")
  ],
  [{ kind: "wrongId" }, fails(stage, "TimedOut")],
  [{ kind: "wrongId", id: null }, fails(stage, "TimedOut")],
  [{ kind: "duplicate" }, "complete"],
  [{ kind: "broadcast" }, "complete"],
  [{ kind: "error" }, fails(stage, "ServerError")],
  // The code under which the SDK reports a closed connection.
  [{ kind: "error", code: -32_000, message: "Session terminated" }, fails(stage, "ServerError")],
  [{ kind: "invalidResult", result: null }, fails(stage, "InvalidReply")],
  [{ kind: "deadSession", answer: 400 }, fails(open, gone)],
  [{ kind: "deadSession", answer: 404 }, fails(open, gone)],
  [{ kind: "deadSession", answer: 503 }, fails(stage, "Unavailable")],
  [{ kind: "deadSession", answer: "silence" }, fails(open, "TimedOut")],
  [{ kind: "endlessAccepted" }, "complete"],
  [{ kind: "answerAfterCancel" }, fails(stage, "TimedOut")],
  [{ kind: "ping" }, "complete"],
  [{ kind: "notification" }, "complete"],
  [{ kind: "comments" }, "complete"]
]

const rows: { readonly [stage in FakeFault.FaultStage]: ReadonlyArray<Row> } = {
  connect,
  headers,
  endpoint,
  initialize: [...request("initialize", "Rejected"), [{ kind: "invalidResult" }, fails("initialize", "InvalidReply")]],
  list: [
    ...request("list"),
    [{ kind: "invalidResult" }, fails("list", "InvalidReply")],
    // What these pages name cannot be read, and reads begin while pages come in.
    [{ kind: "cursor", cursor: "endless" }, fails(["limit", "read"], "TooMany", "ServerError")],
    [{ kind: "cursor", cursor: "repeated" }, fails("list", "InvalidReply")],
    [{ kind: "cursor", cursor: "empty" }, "complete"],
    [{ kind: "cursor", cursor: "null" }, "complete"]
  ],
  read: [
    // Pages may still come in.
    ...request("read", "ConnectionLost", ["read", "list"]),
    [{ kind: "invalidResult" }, fails("read", "InvalidReply")],
    [{ kind: "wrongUri" }, fails("read", "WrongResource")],
    [{ kind: "wrongUri", uri: "" }, fails("read", "WrongResource")]
  ],
  // What a tool answers is for whoever called it to judge: any object is a result here.
  call: [...request("call"), [{ kind: "invalidResult" }, "complete"]]
}

/** The faults of a stage with their outcomes. */
export const predictionsAt = (at: FakeFault.FaultStage): ReadonlyArray<Prediction> =>
  rows[at].map(([fault, outcome, more]) => ({ at, fault, outcome, ...more }))
