/**
 * Every log event there is. The library only emits; `Logging.layer` formats. An event is the message, its context fields
 * are the second log argument, so that any Effect logger shows both.
 */
import * as Effect from "effect/Effect"
import * as LogLevel from "effect/LogLevel"
import * as Redaction from "./Redaction.ts"

/** Every event and the component (the stage, by its folder's name) that emits it. */
export const componentOf = {
  config_loaded: "config",
  config_reloaded: "config",
  config_rejected: "config",
  mcp_connection_initiated: "connection",
  mcp_connection_established: "connection",
  mcp_connection_failed: "connection",
  mcp_connection_lost: "connection",
  mcp_connection_closed: "connection",
  retry_scheduled: "connection",
  rate_limited: "connection",
  limits_store_lost: "connection",
  limits_store_found: "connection",
  resource_list_requested: "resources",
  resource_list_received: "resources",
  resource_fetch_requested: "resources",
  resource_fetch_completed: "resources",
  resource_gathering_started: "resources",
  resource_gathering_completed: "resources",
  resource_gathering_failed: "resources",
  gather_shared: "resources",
  schema_introspected: "grounding",
  values_read: "grounding",
  entity_resolved: "resolution",
  resolution_conflict: "resolution",
  query_received: "query",
  sql_generated: "query",
  sql_rejected: "query",
  sql_execution_started: "query",
  sql_execution_completed: "query",
  sql_execution_failed: "query",
  query_processing_completed: "query",
  batch_question_answered: "batch",
  batch_question_retried: "batch",
  batch_question_failed: "batch",
  batch_store_failed: "batch",
  http_listening: "http",
  http_ready: "http",
  http_not_ready: "http",
  http_request_completed: "http",
  http_request_failed: "http",
  http_draining: "http",
  worker_started: "workers",
  worker_lost: "workers",
  worker_replaced: "workers",
  worker_not_replaced: "workers"
} as const

export type EventName = keyof typeof componentOf

/** Whether a log message is one of the events. */
export const isEventName = (message: unknown): message is EventName =>
  typeof message === "string" && Object.hasOwn(componentOf, message)

/** Context of an event: snake_case keys, plain values; never a secret. */
export type Fields = { readonly [key: string]: unknown }

/** Where a level is not logged, an event of it costs next to nothing: its fields are not looked at. */
const emit =
  (level: LogLevel.Severity, log: typeof Effect.logDebug) =>
  (event: EventName, fields: Fields = {}): Effect.Effect<void> =>
    Effect.withFiber((fiber) =>
      LogLevel.isGreaterThan(fiber.cache.minimumLogLevel, level) ? Effect.void : log(event, shown(fields))
    )

export const debug = emit("Debug", Effect.logDebug)
export const info = emit("Info", Effect.logInfo)
export const warning = emit("Warn", Effect.logWarning)
export const error = emit("Error", Effect.logError)

/** The one field that is a server's own text and may hold a secret: an app's logger does not know how to mask it. */
const shown = (fields: Fields): Fields => {
  if (typeof fields["uri"] !== "string") return fields
  const uri = Redaction.text(fields["uri"])
  return uri === fields["uri"] ? fields : { ...fields, uri }
}
