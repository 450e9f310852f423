/**
 * Node's HTTP server, which answers every request. Node itself emits one that nobody handles to nobody: it would wait
 * until its client gives up. A balancer finds the port as soon as it is open, and the routes are built only then.
 */
import { createServer, type IncomingMessage, type Server, type ServerOptions, type ServerResponse } from "node:http"

/** Requests that come before the first handler wait for it; those that come after the last one are sent elsewhere. */
export const make = (options: ServerOptions): Server => {
  const server = createServer(options)
  const early: Array<readonly [IncomingMessage, ServerResponse]> = []
  let isServed = false
  server.on("request", (request: IncomingMessage, response: ServerResponse) => {
    if (server.listenerCount("request") > 1) return
    if (!isServed) return void early.push([request, response])
    response.writeHead(503, { connection: "close", "retry-after": "1" }).end()
  })
  server.on("newListener", (event) => {
    if (event !== "request") return
    isServed = true
    // The new one is not among the listeners yet.
    process.nextTick(() => {
      for (const [request, response] of early.splice(0)) server.emit("request", request, response)
    })
  })
  return server
}
