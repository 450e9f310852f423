/** An OTLP/HTTP receiver on the loopback: keeps what it is sent, and decodes spans. */
import { Effect, Schema } from "effect"
import { createServer, type IncomingMessage } from "node:http"

export interface Received {
  readonly path: string
  readonly headers: IncomingMessage["headers"]
  readonly body: string
}

export interface Receiver {
  readonly url: string
  readonly received: Array<Received>
}

/** Answers every request with `status`; an answer other than 200 repeats the request's headers, as proxies do. */
export const start = (status = 200) =>
  Effect.map(
    Effect.acquireRelease(
      Effect.callback<Receiver & { close(): void }>((resume) => {
        const received: Array<Received> = []
        const server = createServer((request, response) => {
          let body = ""
          request.setEncoding("utf8").on("data", (chunk: string) => {
            body += chunk
          })
          request.on("end", () => {
            received.push({ path: request.url ?? "", headers: request.headers, body })
            response
              .writeHead(status, { "content-type": "application/json" })
              .end(status === 200 ? "{}" : JSON.stringify(request.headers))
          })
        })
        server.listen(0, "127.0.0.1", () => {
          const address = server.address()
          const port = typeof address === "object" && address !== null ? address.port : 0
          const close = () => {
            server.closeAllConnections()
            server.close()
          }
          resume(Effect.succeed({ url: `http://127.0.0.1:${port}`, received, close }))
        })
      }),
      (server) => Effect.sync(() => server.close())
    ),
    ({ received, url }): Receiver => ({ received, url })
  )

const Attribute = Schema.Struct({
  key: Schema.String,
  value: Schema.Struct({ stringValue: Schema.optionalKey(Schema.String), intValue: Schema.optionalKey(Schema.Int) })
})
const Span = Schema.Struct({
  traceId: Schema.String.check(Schema.isPattern(/^[0-9a-f]{32}$/)),
  spanId: Schema.String.check(Schema.isPattern(/^[0-9a-f]{16}$/)),
  parentSpanId: Schema.optionalKey(Schema.String),
  name: Schema.String,
  kind: Schema.Int,
  startTimeUnixNano: Schema.String,
  endTimeUnixNano: Schema.String,
  attributes: Schema.Array(Attribute),
  status: Schema.Struct({ code: Schema.Int, message: Schema.optionalKey(Schema.String) })
})
export type Span = typeof Span.Type

const TracesBody = Schema.fromJsonString(
  Schema.Struct({
    resourceSpans: Schema.Array(
      Schema.Struct({
        resource: Schema.Struct({ attributes: Schema.Array(Attribute) }),
        scopeSpans: Schema.Array(Schema.Struct({ spans: Schema.Array(Span) }))
      })
    )
  })
)

/** All spans that came, and the attributes of the resources they are about. */
export const decodeSpans = Effect.fnUntraced(function* (received: ReadonlyArray<Received>) {
  const bodies = received.filter(({ path }) => path === "/v1/traces")
  const decoded = yield* Effect.forEach(bodies, ({ body }) => Schema.decodeEffect(TracesBody)(body))
  const resources = decoded.flatMap(({ resourceSpans }) => resourceSpans)
  return {
    spans: resources.flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans }) => spans)),
    resource: resources[0]?.resource.attributes ?? []
  }
})

/** `request > gather > resources/list`: names from the root to the span. */
export const pathOf = (spans: ReadonlyArray<Span>) => {
  const byId = new Map(spans.map((span) => [span.spanId, span]))
  const path = (span: Span): string => {
    const parent = byId.get(span.parentSpanId ?? "")
    return parent === undefined ? span.name : `${path(parent)} > ${span.name}`
  }
  return path
}

export const attributesOf = (span: Span | undefined): { readonly [key: string]: string | number | undefined } =>
  Object.fromEntries((span?.attributes ?? []).map(({ key, value }) => [key, value.stringValue ?? value.intValue]))
