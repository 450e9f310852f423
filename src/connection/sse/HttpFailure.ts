/** How Node's socket errors and HTTP statuses read as typed failures. Pure. */
import type { IncomingHttpHeaders } from "node:http"
import * as Duration from "effect/Duration"
import * as ServerReason from "../../errors/ServerReason.ts"
import type { Stage } from "../../OrchestratorError.ts"
import { failure, type SessionFailure } from "../SessionFailure.ts"
import * as Redaction from "../../telemetry/Redaction.ts"
import * as Lookup from "./Lookup.ts"

const byCode: { readonly [code: string]: readonly [Stage | null, () => ServerReason.ServerReason] } = {
  ENOTFOUND: ["dns", () => new ServerReason.HostNotFound()],
  EAI_AGAIN: ["dns", () => new ServerReason.HostNotFound()],
  ECONNREFUSED: ["connect", () => new ServerReason.Refused()],
  EHOSTUNREACH: ["connect", () => new ServerReason.Refused()],
  ENETUNREACH: ["connect", () => new ServerReason.Refused()],
  EADDRNOTAVAIL: ["connect", () => new ServerReason.Refused()],
  [Lookup.refusedCode]: ["connect", () => new ServerReason.AddressNotAllowed()],
  ETIMEDOUT: ["connect", () => new ServerReason.TimedOut()],
  ECONNRESET: [null, () => new ServerReason.Reset()],
  ECONNABORTED: [null, () => new ServerReason.Reset()],
  EPIPE: [null, () => new ServerReason.Reset()],
  HPE_INVALID_CONSTANT: ["http", () => new ServerReason.Protocol()]
}

const codeOf = (error: Error): string => ("code" in error && typeof error.code === "string" ? error.code : "")

const isTls = (code: string) =>
  /^(CERT_|ERR_TLS_|ERR_SSL_|EPROTO|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|HOSTNAME_MISMATCH|INVALID_CA|PATH_LENGTH)/.test(
    code
  )

/** What OpenSSL says to an answer that is no TLS: what it took for a record has no version, or no sensible length. */
const isNoTls = (message: string) => /wrong version number|packet length too long|http request/i.test(message)

/** A TLS alert (RFC 8446 §5.1) where HTTP was expected: how most servers answer plain HTTP on an https port. */
const isTlsAlert = (error: Error) =>
  "rawPacket" in error && Buffer.isBuffer(error.rawPacket) && error.rawPacket[0] === 0x15 && error.rawPacket[1] === 3

/** A socket error; `stage` is how far the connection had come. */
export const fromSocketError = (error: Error, stage: Stage): SessionFailure => {
  const code = codeOf(error)
  if (isTlsAlert(error))
    return failure("http", new ServerReason.Protocol({ hint: "TlsPort" }), "this port speaks TLS, not plain http")
  if (isTls(code) && isNoTls(error.message)) {
    return failure("tls", new ServerReason.Tls({ hint: "PlainPort" }), "this port speaks plain http, not TLS")
  }
  const known = Object.hasOwn(byCode, code) ? byCode[code] : undefined
  const detail = Redaction.text(error.message === "" ? code : error.message)
  if (known !== undefined) return failure(known[0] ?? stage, known[1](), detail)
  if (isTls(code)) return failure("tls", new ServerReason.Tls(), detail)
  if (code.startsWith("HPE_")) return failure("http", new ServerReason.Protocol(), detail)
  return failure(stage, new ServerReason.Reset(), detail)
}

const reasonOfStatus = (status: number, retryAfterMs: number | null): ServerReason.ServerReason => {
  const retryAfter = retryAfterMs === null ? null : Duration.millis(retryAfterMs)
  if (status === 401) return new ServerReason.Unauthorized()
  if (status === 403) return new ServerReason.Forbidden()
  if (status === 429) return new ServerReason.RateLimited({ retryAfter })
  return status === 408 || status >= 500
    ? new ServerReason.Unavailable({ status, retryAfter })
    : new ServerReason.Rejected({ status })
}

/**
 * `Retry-After` in milliseconds: delta-seconds or an HTTP date (RFC 9110 §10.2.3), `null` when absent or unreadable.
 */
export const retryAfterMs = (header: string | undefined, nowMs: number): number | null => {
  if (header === undefined || header.trim() === "") return null
  const seconds = Number(header)
  if (Number.isFinite(seconds)) return seconds >= 0 ? seconds * 1000 : null
  const date = Date.parse(header)
  return Number.isNaN(date) ? null : Math.max(0, date - nowMs)
}

/** The same of a response; a date is compared with the server's own `Date` if it sent one, which spares both clocks. */
export const retryAfterOf = (headers: IncomingHttpHeaders, nowMs: number): number | null => {
  const served = Date.parse(headers.date ?? "")
  return retryAfterMs(headers["retry-after"], Number.isNaN(served) ? nowMs : served)
}

/** An HTTP status that is not success; `body` is the start of what the server said. */
export const fromStatus = (stage: Stage, status: number, retryAfter: number | null, body: string): SessionFailure => {
  const said = Redaction.text(body)
  return failure(stage, reasonOfStatus(status, retryAfter), said === "" ? `HTTP ${status}` : `HTTP ${status}: ${said}`)
}
