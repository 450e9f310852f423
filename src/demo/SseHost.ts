/**
 * Serves MCP over SSE on `node:http`: `GET /sse` opens a session with its own `Server`, `POST /messages` speaks to it.
 * The scope owns the socket and every connection on it.
 */
import type { Server } from "@modelcontextprotocol/sdk/server/index.js"
import { SSEServerTransport } from "@modelcontextprotocol/sdk/server/sse.js"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import type * as Scope from "effect/Scope"
import { createServer, type IncomingMessage, type Server as HttpServer, type ServerResponse } from "node:http"

/** A demo server cannot listen: the address is not this machine's, or the port is not allowed. */
export class DemoServerError extends Schema.TaggedError<DemoServerError>()("DemoServerError", {
  host: Schema.String,
  port: Schema.Int,
  /** The system's error code: `EADDRINUSE`, `EADDRNOTAVAIL`, `EACCES`, … */
  code: Schema.String
}) {
  override get message() {
    return `cannot listen on ${this.host}:${this.port} (${this.code})`
  }
}

/** Listens until the scope closes; gives the port (the one that was free, if `port` is 0). */
export const listen = (
  host: string,
  port: number,
  makeServer: () => Server
): Effect.Effect<number, DemoServerError, Scope.Scope> =>
  Effect.acquireRelease(
    Effect.callback<{ readonly http: HttpServer; readonly port: number }, DemoServerError>((resume) => {
      const sessions = new Map<string, SSEServerTransport>()
      const http = createServer((request, response) => answer(sessions, makeServer, request, response))
      http.once("error", (error: NodeJS.ErrnoException) =>
        resume(Effect.fail(new DemoServerError({ host, port, code: error.code ?? error.name })))
      )
      http.listen(port, host, () => {
        const address = http.address()
        resume(Effect.succeed({ http, port: address === null || typeof address === "string" ? port : address.port }))
      })
    }),
    ({ http }) =>
      Effect.callback<void>((resume) => {
        http.close(() => resume(Effect.void))
        // Without this, `close` waits for ever for the open event streams.
        http.closeAllConnections()
      })
  ).pipe(Effect.map((listening) => listening.port))

const answer = (
  sessions: Map<string, SSEServerTransport>,
  makeServer: () => Server,
  request: IncomingMessage,
  response: ServerResponse
): void => {
  const url = URL.parse(request.url ?? "/", "http://localhost")
  if (url === null) return refuse(response, 400, "the request's URL is not one")
  if (url.pathname === "/sse" && request.method === "GET") {
    const transport = new SSEServerTransport("/messages", response)
    const server = makeServer()
    sessions.set(transport.sessionId, transport)
    server.onclose = () => sessions.delete(transport.sessionId)
    // boundary: the SDK answers with promises; one that fails here has lost its client.
    server.connect(transport).catch(() => response.destroy())
  } else if (url.pathname === "/messages" && request.method === "POST") {
    const transport = sessions.get(url.searchParams.get("sessionId") ?? "")
    if (transport === undefined) return refuse(response, 404, "no such session")
    // boundary: as above; the SDK has already answered the POST when this rejects.
    transport.handlePostMessage(request, response).catch(() => response.destroy())
  } else {
    refuse(response, 404, "GET /sse opens a session")
  }
}

const refuse = (response: ServerResponse, status: number, text: string): void => {
  response.writeHead(status, { "content-type": "text/plain" }).end(`${text}\n`)
}
