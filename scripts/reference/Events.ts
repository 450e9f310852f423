/** docs/reference/events.md: every log event, and every event of the streams from its Schema. */
import * as Predicate from "effect/Predicate"
import * as SchemaAST from "effect/SchemaAST"
import { OrchestratorEvent } from "../../src/OrchestratorEvent.ts"
import { componentOf, type EventName } from "../../src/telemetry/LogEvent.ts"
import * as Markdown from "./Markdown.ts"

/** Of each event its level, and what it says. The compiler holds this against the events there are. */
const logEvents: { readonly [name in EventName]: readonly [level: string, says: string] } = {
  config_loaded: ["INFO", "which file and servers are in force"],
  config_reloaded: ["INFO", "a changed file is in force"],
  config_rejected: ["ERROR", "why a reload changed nothing"],
  mcp_connection_initiated: ["DEBUG", "a session is being opened"],
  mcp_connection_established: ["INFO", "a session is open; `duration_ms` from the look-up to the end of the handshake"],
  mcp_connection_failed: ["WARNING", "one try to open it failed"],
  mcp_connection_lost: ["WARNING", "it ended by itself; of no request, because it outlives the one that opened it"],
  mcp_connection_closed: ["DEBUG", "a session was closed by us"],
  retry_scheduled: ["WARNING", "what is tried again, why, after `delay_ms`"],
  rate_limited: ["DEBUG", "a request waits for the rate limit"],
  resource_list_requested: ["DEBUG", "a server is asked for its list"],
  resource_list_received: [
    "DEBUG",
    "the whole list, all pages, with `excluded_count` where `resources.exclude` leaves some out; WARNING if names are in it twice"
  ],
  resource_fetch_requested: ["DEBUG", "one resource is asked for"],
  resource_fetch_completed: ["DEBUG", "one resource is here"],
  resource_gathering_started: ["INFO", "all resources of all servers are asked for"],
  resource_gathering_completed: ["INFO", "all of them are here"],
  resource_gathering_failed: ["ERROR", "the first failure, which ended the gather"],
  schema_introspected: [
    "DEBUG",
    "a database told its schema through SQL: tables, calls, bytes; WARNING if a view of SQLite's does not compile"
  ],
  values_read: [
    "DEBUG",
    "a database was asked for values that a question may name: columns, values, calls, bytes; WARNING if it does not tell its schema, and is not asked"
  ],
  entity_resolved: ["INFO", "which server a name was resolved by"],
  resolution_conflict: ["INFO", "which other servers knew the name, and lost"],
  query_received: ["INFO", "the length of the question, never the question"],
  sql_generated: ["INFO", "by which generator, at which attempt"],
  sql_rejected: ["WARNING", "why the guard refused it, or why an answer of a language model is none"],
  sql_execution_started: ["INFO", "on which server"],
  sql_execution_completed: ["INFO", "on which server, how many rows"],
  sql_execution_failed: ["ERROR", "what the database said"],
  query_processing_completed: [
    "INFO",
    "the end of the query; ERROR, with `error`, if it failed; INFO, with `error`, if the question was not understood"
  ],
  gather_shared: [
    "DEBUG",
    "with `share_gathers`: the request got what the gather `gather_id` brought, whose own lines have that as their `request_id`"
  ],
  batch_question_answered: ["INFO", "an answer was stored, with `batch` and `question_id`"],
  batch_question_retried: ["INFO", "a question failed with what may pass, and will be tried again; with `error`"],
  batch_question_failed: ["WARNING", "a question was given up, and its `error` stored"],
  batch_store_failed: ["WARNING", "the database of the batches failed; what it was about is tried again"],
  http_listening: ["INFO", "`serve` listens; with `url`"],
  http_ready: ["INFO", "`serve` has connected every server"],
  http_not_ready: ["WARNING", "`serve --wait` could not connect one, and tries again"],
  http_request_completed: [
    "INFO",
    "an answer was sent, a stream to its end; DEBUG for health and metrics. With `method`, `path` without its query, `status`, `duration_ms`; `outcome: interrupted` where the client left before the end"
  ],
  http_request_failed: ["ERROR", "an answer is 500: a bug; with `error`"],
  limits_store_lost: ["WARNING", "the Redis of the shared rate limits is gone; `processes` share them"],
  limits_store_found: ["INFO", "the Redis of the shared rate limits is there again; `processes` share them"],
  worker_started: ["INFO", "`serve --workers`: a worker began"],
  worker_replaced: ["INFO", "`serve --workers`: another worker took its place"],
  worker_lost: ["WARNING", "a worker died, with its `code` or `signal` and when the next begins"],
  worker_not_replaced: ["ERROR", "a successor could not start"],
  http_draining: ["INFO", "`serve` was told to end: it lets nobody in, and waits for those inside"]
}

export const page = (): string =>
  Markdown.page(
    "Events",
    "## In the log",
    [
      "The field `event` of a line; the other fields: [telemetry](../telemetry.md#logs). The level is the usual one; what went wrong",
      "inside of an event raises it."
    ].join("\n"),
    Markdown.table(
      ["event", "level", "component", "says"],
      Object.entries(logEvents).map(([name, [level, says]]) =>
        Markdown.row(Markdown.code(name), level, isEvent(name) ? componentOf[name] : "", says)
      )
    ),
    "## Of a stream",
    [
      "What `gatherEvents` and `queryEvents` tell ([results](../results.md#events)); `_tag` is the event. A stream of a gather ends with the",
      "`Completed` that has `resources`, one of a question with the one that has `result`."
    ].join("\n"),
    Markdown.table(["event", "fields"], streamEvents())
  )

// -----------------------------------------------------------------------------
// internals

const isEvent = (name: string): name is EventName => Object.hasOwn(componentOf, name)

const streamEvents = (): ReadonlyArray<string> =>
  OrchestratorEvent.members.map(({ ast }) => {
    const fields = SchemaAST.isObjects(ast) ? ast.propertySignatures : []
    const tag = fields.flatMap(({ type }) => (SchemaAST.isLiteral(type) ? [String(type.literal)] : [])).join()
    const shown = fields
      .filter(({ name }) => name !== "_tag")
      .map(({ name, type }) => `${Markdown.code(String(name))} ${kindOf(type)}`)
    return Markdown.row(Markdown.code(tag), shown.join(", "))
  })

/** The kind of a field's value in words; what it holds in particular is in the API reference. */
const kindOf = (ast: SchemaAST.AST): string => {
  const { identifier } = SchemaAST.resolve(ast) ?? {}
  if (SchemaAST.isString(ast) || SchemaAST.isTemplateLiteral(ast)) return "text"
  if (SchemaAST.isNumber(ast)) return "number"
  if (SchemaAST.isNull(ast)) return "`null`"
  if (SchemaAST.isLiteral(ast)) return Markdown.code(String(ast.literal))
  if (SchemaAST.isArrays(ast)) return "list"
  if (SchemaAST.isUnion(ast)) return ast.types.map(kindOf).join(" or ")
  return Predicate.isString(identifier) ? identifier : "object"
}
