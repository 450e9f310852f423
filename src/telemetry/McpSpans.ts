/** Spans by the OpenTelemetry conventions for MCP (https://opentelemetry.io/docs/specs/semconv/gen-ai/mcp/). */
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import type { ParentSpan, SpanOptionsNoTrace } from "effect/Tracer"
import { errorTypeOf } from "./ErrorType.ts"
import type { McpMethod } from "./Metrics.ts"
import * as Redaction from "./Redaction.ts"

/**
 * The client span of one MCP request: named by its method (and tool), with the server's id and address; a failed one
 * has `error.type`. The URI of a resource is an attribute only, so that span names stay few.
 */
export const mcpRequest = (
  server: { readonly id: string; readonly url: Pick<URL, "hostname" | "port" | "protocol"> },
  method: McpMethod,
  target: { readonly uri?: string; readonly tool?: string } = {}
) => {
  const attributes = {
    "mcp.method.name": method,
    "network.transport": "tcp",
    "server.address": server.url.hostname,
    "server.port": Number(server.url.port) || (server.url.protocol === "https:" ? 443 : 80),
    server: server.id,
    ...(target.uri === undefined ? {} : { "mcp.resource.uri": Redaction.url(target.uri) }),
    ...(target.tool === undefined ? {} : { "gen_ai.tool.name": target.tool, "gen_ai.operation.name": "execute_tool" })
  }
  const name = target.tool === undefined ? method : `${method} ${target.tool}`
  return spanned(name, { kind: "client", attributes })
}

/** A span around an effect, which has `error.type` if it fails. */
export const spanned =
  (name: string, options: SpanOptionsNoTrace) =>
  <A, E, R>(effect: Effect.Effect<A, E, R>): Effect.Effect<A, E, Exclude<R, ParentSpan>> =>
    effect.pipe(
      Effect.onExit((exit) => {
        const errorType = errorTypeOf(exit)
        return errorType === null ? Effect.void : Effect.annotateCurrentSpan("error.type", errorType)
      }),
      Effect.withSpan(name, options)
    )

/**
 * What goes into the `_meta` of an MCP request: the W3C `traceparent` (https://www.w3.org/TR/trace-context/) of the
 * current span, so that a server's spans become its children; nothing outside of a span.
 */
export const meta: Effect.Effect<{ readonly traceparent?: string }> = Effect.map(
  Effect.option(Effect.currentSpan),
  Option.match({
    onNone: () => ({}),
    onSome: (span) => ({
      traceparent: `00-${span.traceId.padStart(32, "0")}-${span.spanId}-${span.sampled ? "01" : "00"}`
    })
  })
)
