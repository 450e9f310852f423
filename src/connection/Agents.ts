/** The sockets of one session: kept-alive ones for POSTs, one for the stream, with the server's own authorities. */
import type { Agent } from "node:http"
import * as Effect from "effect/Effect"
import type { ServerConfig } from "../config/OrchestratorConfig.ts"
import * as Redaction from "../telemetry/Redaction.ts"
import { failure, type SessionFailure } from "./SessionFailure.ts"
import type { Agents } from "./SseTransport.ts"

const http = process.getBuiltinModule("node:http")
const https = process.getBuiltinModule("node:https")
const tls = process.getBuiltinModule("node:tls")
const fs = process.getBuiltinModule("node:fs")

/** Sockets kept for POSTs. With the stream's it stays below 10 a server; a POST is answered long before its request. */
const maxPostSockets = 8

/** New agents for one session, which destroys them. Fails when `ca_file` cannot be read. */
export const makeAgents = Effect.fnUntraced(function* (server: ServerConfig): Effect.fn.Return<Agents, SessionFailure> {
  const secure = server.url.protocol === "https:"
  const ca = server.caFile === null || !secure ? null : yield* authorities(server.caFile)
  const make = (options: { keepAlive: boolean; maxSockets: number }): Agent =>
    secure
      ? new https.Agent({ ...options, scheduling: "lifo", ...(ca === null ? {} : { ca }) })
      : new http.Agent({ ...options, scheduling: "lifo" })
  return {
    stream: make({ keepAlive: false, maxSockets: 1 }),
    posts: make({ keepAlive: true, maxSockets: maxPostSockets })
  }
})

/** Node's own authorities and those of the file; `NODE_EXTRA_CA_CERTS` is Node's own business and among the first. */
const authorities = (file: string) =>
  Effect.try({
    try: () => [...tls.getCACertificates("default"), fs.readFileSync(file, "utf8")],
    catch: (cause) => failure("tls", "Tls", `cannot read ca_file: ${Redaction.text(String(cause))}`)
  })
