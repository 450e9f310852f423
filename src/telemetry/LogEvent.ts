/**
 * The log events of DESIGN §8. The library only emits; `Logging.layer` formats. An event is the message, its
 * context fields are the second log argument, so that any Effect logger shows both.
 */
import * as Effect from "effect/Effect"

export type EventName =
  | "config_loaded"
  | "config_reloaded"
  | "config_rejected"
  | "mcp_connection_initiated"
  | "mcp_connection_established"
  | "mcp_connection_failed"
  | "mcp_connection_lost"
  | "mcp_connection_closed"
  | "resource_list_requested"
  | "resource_list_received"
  | "resource_fetch_requested"
  | "resource_fetch_completed"
  | "resource_gathering_started"
  | "resource_gathering_completed"
  | "resource_gathering_failed"
  | "retry_scheduled"
  | "rate_limited"
  | "query_received"
  | "entity_resolved"
  | "resolution_conflict"
  | "sql_generated"
  | "sql_rejected"
  | "sql_execution_started"
  | "sql_execution_completed"
  | "sql_execution_failed"
  | "query_processing_completed"

/** Context of an event: snake_case keys, plain values; never a secret. */
export type Fields = { readonly [key: string]: unknown }

export const debug = (event: EventName, fields: Fields = {}) => Effect.logDebug(event, fields)
export const info = (event: EventName, fields: Fields = {}) => Effect.logInfo(event, fields)
export const warning = (event: EventName, fields: Fields = {}) => Effect.logWarning(event, fields)
export const error = (event: EventName, fields: Fields = {}) => Effect.logError(event, fields)
