/** What a refused GET or POST says about the set-up: a streamable HTTP server, a lost prefix, a balancer. Pure. */
import * as ServerReason from "../../errors/ServerReason.ts"
import type { Stage } from "../../OrchestratorError.ts"
import * as Redaction from "../../telemetry/Redaction.ts"
import { failure, type SessionFailure } from "../SessionFailure.ts"
import * as Endpoint from "./Endpoint.ts"
import * as HttpFailure from "./HttpFailure.ts"

export interface Refusal {
  readonly status: number
  /** Milliseconds, `null` without one. */
  readonly retryAfterMs: number | null
  /** The start of the body. */
  readonly body: string
}

type Hint = ServerReason.Rejected["hint"]

/** A refused GET of the stream. */
export const ofStream = (refusal: Refusal): SessionFailure => {
  const { body, retryAfterMs, status } = refusal
  const cause = HttpFailure.fromStatus("http", status, retryAfterMs, body)
  const rejected = (hint: Hint, detail: string) => failure("http", new ServerReason.Rejected({ status, hint }), detail)
  if (isStreamableHttp(refusal)) {
    return rejected("StreamableHttp", `${cause.detail}; so answers a streamable HTTP server`)
  }
  return cause.reason._tag === "Rejected" && wantsTls.test(body) ? rejected("TlsPort", cause.detail) : cause
}

export interface PostRefusal extends Refusal {
  readonly stage: Stage
  /** Where the POST went. */
  readonly endpoint: URL
  /** The configured URL. */
  readonly url: URL
  /** `endpoint_base` is set: the operator has said where POSTs go. */
  readonly based: boolean
  /** `initialize` was answered: there is a session that the server can have forgotten. */
  readonly initialized: boolean
  /** How long the session has had its endpoint, milliseconds. */
  readonly ageMs: number
}

/** A refused POST; one that ended the session is a `ConnectionLost`. */
export const ofPost = (refusal: PostRefusal): SessionFailure => {
  const { ageMs, body, endpoint, initialized, retryAfterMs, stage, status } = refusal
  const cause = HttpFailure.fromStatus(stage, status, retryAfterMs, body)
  const rejected = (hint: Hint, detail: string) => failure(stage, new ServerReason.Rejected({ status, hint }), detail)
  const isUnknown = status === 400 || status === 404 || status === 410
  const isElsewhere = status === 503 && mentionsSession.test(body)
  const retryAfter = ServerReason.retryAfterOf(cause.reason)
  const elsewhere = failure(
    stage,
    new ServerReason.Unavailable({ status, retryAfter, hint: "NoAffinity" }),
    cause.detail
  )
  if (initialized) {
    // A server that had restarted would have ended the stream: somebody else got the POST.
    const hint = ageMs < youngMs && (isUnknown || isElsewhere) ? "NoAffinity" : null
    if (!isUnknown) return hint === null ? cause : elsewhere
    const detail = `the server does not know the session any more: ${cause.detail}`
    return failure(stage, new ServerReason.ConnectionLost({ hint }), detail)
  }
  if (isElsewhere) return elsewhere
  if (isUnknown && mentionsSession.test(body)) return rejected("NoAffinity", cause.detail)
  if (status !== 404 && status !== 405 && status !== 410) return cause
  const from = refusal.based ? "the endpoint event and endpoint_base" : "the endpoint event"
  return rejected(
    !refusal.based && Endpoint.lacksPrefix(endpoint, refusal.url) ? "LostPrefix" : "DeadEndpoint",
    `the first POST, to ${Redaction.url(endpoint)} (from ${from}), was answered with ${cause.detail}`
  )
}

/** So long after its opening a session that is unknown was hardly forgotten. */
const youngMs = 60_000

/**
 * "Could not find session" (Python SDK), "No active SSE connection for session" (supergateway), "No transport found for
 * sessionId" (TypeScript SDK); not a page that repeats our query.
 */
const mentionsSession = /\b(?:session|transport)(?!\w*=)/i

/** nginx, Go's net/http and Apache answer plain HTTP on an https port in words. */
const wantsTls = /plain HTTP request was sent to HTTPS|HTTP request to an HTTPS server|speaking plain HTTP to an SSL/i

/** It has GETs only for sessions that a POST opened: 405 without sessions, else an error about what is missing. */
const isStreamableHttp = ({ body, status }: Refusal): boolean =>
  status === 405 ||
  ((status === 400 || status === 406) && /"jsonrpc"|session[-_ ]?id|must accept|not acceptable/i.test(body))
