/** Plain HTTP answers of a fake server, right and wrong. What they start ends when their response closes. */
import type * as http from "node:http"
import type { Fault } from "./FakeFault.ts"
import type { Host } from "./FakeHost.ts"

type FaultOf<Kind extends Fault["kind"]> = Extract<Fault, { readonly kind: Kind }>

/** The answer to every good POST. */
export const accept = (response: http.ServerResponse): void => {
  response.writeHead(202, acceptedHeaders).end("Accepted")
}

const acceptedHeaders = { "content-type": "text/plain", "content-length": "8" }

/** A good answer whose body never ends. */
export const acceptEndlessly = (response: http.ServerResponse): void => {
  response.writeHead(202, { "content-type": "text/plain" })
  writeForEver(response)
}

export const status = (response: http.ServerResponse, fault: FaultOf<"status">): void => {
  response.writeHead(fault.status, { "content-type": "text/plain", ...fault.headers })
  if (fault.endless === true) {
    response.write(fault.body ?? "")
    writeForEver(response)
    return
  }
  response.end(fault.body ?? "")
}

/** An answer where it does not belong: in the response of the POST. */
export const answerInBody = (response: http.ServerResponse, fault: FaultOf<"body">, body: string): void => {
  response.writeHead(fault.status ?? 200, { "content-type": fault.contentType })
  if (fault.endless === true) response.write(body)
  else response.end(body)
}

/** Somewhere else: the same path on this server, or on this server by another name, which is another origin. */
export const redirect = (host: Host, response: http.ServerResponse, fault: FaultOf<"redirect">, path: string): void => {
  const location = `${path}${path.includes("?") ? "&" : "?"}redirected=1`
  const origin = fault.to === "sameOrigin" ? "" : `${host.scheme}://localhost:${host.port()}`
  response.writeHead(fault.status ?? 307, { location: origin + location }).end()
}

/** The answer for a session that is not known; on "silence" there is none. */
export const dead = (response: http.ServerResponse, answer: 400 | 404 | 503 | "silence"): void => {
  if (answer !== "silence") response.writeHead(answer, { "content-type": "text/plain" }).end("Session not found")
}

/** A status line, and a header that never ends. */
export const dripHeaders = (response: http.ServerResponse, fault: FaultOf<"drip">): void => {
  const bytes = "x".repeat(fault.bytes ?? 1)
  response.socket?.write("HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\nx-slow: ")
  every(response, fault.every ?? 10, () => response.socket?.write(bytes))
}

/** Does something in `ms` (at once for 0), unless the response has closed by then. */
export const later = (response: http.ServerResponse, ms: number, action: () => void): void => {
  if (ms <= 0) return action()
  const timer = setTimeout(action, ms)
  response.on("close", () => clearTimeout(timer))
}

const writeForEver = (response: http.ServerResponse): void => every(response, 5, () => response.write("and on "))

const every = (response: http.ServerResponse, ms: number, action: () => void): void => {
  const timer = setInterval(action, ms)
  response.on("close", () => clearInterval(timer))
}
