/** Single HTTP exchanges on Node's client: what the event stream and the POSTs share. */
import type { ClientRequest, IncomingMessage, OutgoingHttpHeaders } from "node:http"
import { nodeBuiltin } from "../../NodeBuiltin.ts"
import * as Redaction from "../../telemetry/Redaction.ts"
import { SessionFailure } from "../SessionFailure.ts"
import type { Agents } from "./Agents.ts"
import * as Body from "./Body.ts"

const http = nodeBuiltin("node:http")
const https = nodeBuiltin("node:https")

/** How long the body of a refusal may take: it explains the status, it must not hold up the failure. */
const refusalBodyMs = 100
const refusalBodyLength = 1000

/** The host to connect to: without the brackets that stand around an IPv6 address in a URL. */
export const hostOf = (url: Pick<URL, "hostname">): string => url.hostname.replace(/^\[|\]$/g, "")

/** A request on one of the session's agents, not sent yet. */
export const requestOn = (
  agents: Agents,
  use: "stream" | "posts",
  url: URL,
  options: { method: "GET" | "POST"; headers: OutgoingHttpHeaders }
): ClientRequest => {
  const all = {
    ...options,
    // Taken from the URL by hand: Node's own conversion is a twelfth of what a read costs.
    hostname: hostOf(url),
    port: url.port,
    path: url.pathname + url.search,
    agent: agents[use],
    ...(agents.secureContext === null ? {} : { secureContext: agents.secureContext })
  }
  return url.protocol === "https:" ? https.request(all) : http.request(all)
}

/** The URL to go on with, or why not. Only the own origin gets to see the headers. */
export const redirectTarget = (from: URL, location: string, redirectsLeft: number): URL | string => {
  if (!URL.canParse(location, from.href)) return "the server redirects to something that is no URL"
  const target = new URL(location, from.href)
  if (target.origin !== from.origin) return `the server redirects to another origin: ${Redaction.text(target.origin)}`
  return redirectsLeft > 0 ? target : "the server redirects too often"
}

/** The start of a refusal's body, then the end of its socket: an unread body would hold it. */
export const refusalBody = (response: IncomingMessage, done: (text: string) => void): void => {
  const decoded = Body.decoded(response, "http")
  const body = decoded instanceof SessionFailure ? response : decoded
  let text = ""
  let finished = false
  const finish = () => {
    if (finished) return
    finished = true
    clearTimeout(timer)
    response.destroy()
    body.destroy()
    done(text)
  }
  const timer = setTimeout(finish, refusalBodyMs)
  body.setEncoding("utf8")
  body.on("data", (chunk: string) => {
    text += chunk.slice(0, refusalBodyLength)
    if (text.length < refusalBodyLength) return
    // Without the word that was cut: half a secret no longer looks like one.
    text = text.slice(0, refusalBodyLength).replace(/\S*$/, "…")
    finish()
  })
  body.on("close", finish)
  body.on("error", finish)
  response.on("error", finish)
}
