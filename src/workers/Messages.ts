/** What the processes of one `serve` tell each other: the first one, which answers nobody, and its workers. */
import * as Schema from "effect/Schema"

/** The variable that says to a worker how many there are, and whether it is one of the first. */
export const variable = "MCP_ORCHESTRATOR_WORKERS"

/** Asked by one worker of another. */
export const Request = Schema.Union([
  /** A message for an MCP session that the other worker holds; the bytes as they came. */
  Schema.TaggedStruct("McpMessage", { sessionId: Schema.String, contentType: Schema.String, body: Schema.String }),
  /** Its metrics, in Prometheus' text format. */
  Schema.TaggedStruct("Metrics", {}),
  /** Its last requests, as JSON. */
  Schema.TaggedStruct("RecentRequests", {})
])
export type Request = typeof Request.Type

/** As over HTTP. */
export const Reply = Schema.Struct({ status: Schema.Int, text: Schema.String })
export type Reply = typeof Reply.Type

/** Passed on by the first process: `id` is the asking worker's own; the answer goes back with it. */
const Asked = Schema.TaggedStruct("Asked", { from: Schema.Int, to: Schema.Int, id: Schema.Int, request: Request })
/** Null where there is no such worker any more. */
const Answered = Schema.TaggedStruct("Answered", { to: Schema.Int, id: Schema.Int, reply: Schema.NullOr(Reply) })

export const FromWorker = Schema.Union([
  /** It has begun to listen to what it is told here. */
  Schema.TaggedStruct("Here", {}),
  /** It listens at `url`, and has connected every server; `rss` in bytes. */
  Schema.TaggedStruct("Ready", { url: Schema.String, rss: Schema.Finite }),
  Asked,
  Answered
])
export type FromWorker = typeof FromWorker.Type

export const ToWorker = Schema.Union([
  /** Which workers there are, and whether one of them is ready. */
  Schema.TaggedStruct("Present", { workers: Schema.Array(Schema.Int), ready: Schema.Boolean }),
  /** Another one takes its place: it shall see out who is with it, and end. */
  Schema.TaggedStruct("Leave", {}),
  Asked,
  Answered
])
export type ToWorker = typeof ToWorker.Type
