import { assert, describe, it } from "@effect/vitest"
import { Schema } from "effect"
import { fromSocketError, fromStatus, retryAfterMs, retryAfterOf } from "../../../src/connection/sse/HttpFailure.ts"

const now = Date.parse("2026-08-01T12:00:00Z")
const coded = (code: string, message = "") => Object.assign(new Error(message), { code })
const Seconds = Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 100_000 }))

describe("an HTTP failure", () => {
  it.prop("reads Retry-After in seconds and as a date alike", [Seconds], ([seconds]) => {
    assert.strictEqual(retryAfterMs(String(seconds), now), seconds * 1000)
    assert.strictEqual(retryAfterMs(new Date(now + seconds * 1000).toUTCString(), now), seconds * 1000)
  })

  it.prop("measures a date by the server's own clock", [Seconds, Seconds], ([seconds, skew]) => {
    const served = now + skew * 1000
    const headers = {
      date: new Date(served).toUTCString(),
      "retry-after": new Date(served + seconds * 1000).toUTCString()
    }
    assert.strictEqual(retryAfterOf(headers, now), seconds * 1000)
  })

  it("takes no Retry-After from what is none, and no negative one", () => {
    for (const header of [undefined, "", " ", "soon", "-5", "NaN", "Infinity"]) {
      assert.isNull(retryAfterMs(header, now), header)
    }
    assert.strictEqual(retryAfterMs("Thu, 01 Jan 1970 00:00:00 GMT", now), 0)
  })

  it("names the stage at which a socket failed, and why", () => {
    const read = (error: Error) => {
      const { reason, stage } = fromSocketError(error, "read")
      return [stage, reason._tag]
    }
    assert.deepStrictEqual(read(coded("ENOTFOUND")), ["dns", "HostNotFound"])
    assert.deepStrictEqual(read(coded("EAI_AGAIN")), ["dns", "HostNotFound"])
    assert.deepStrictEqual(read(coded("ECONNREFUSED")), ["connect", "Refused"])
    assert.deepStrictEqual(read(coded("ETIMEDOUT")), ["connect", "TimedOut"])
    assert.deepStrictEqual(read(coded("ECONNRESET")), ["read", "Reset"])
    assert.deepStrictEqual(read(coded("EPIPE")), ["read", "Reset"])
    assert.deepStrictEqual(read(coded("CERT_HAS_EXPIRED")), ["tls", "Tls"])
    assert.deepStrictEqual(read(coded("ERR_TLS_CERT_ALTNAME_INVALID")), ["tls", "Tls"])
    assert.deepStrictEqual(read(coded("SELF_SIGNED_CERT_IN_CHAIN")), ["tls", "Tls"])
    assert.deepStrictEqual(read(coded("HPE_INVALID_CONSTANT")), ["http", "Protocol"])
    assert.deepStrictEqual(read(coded("HPE_HEADER_OVERFLOW")), ["http", "Protocol"])
    assert.deepStrictEqual(read(coded("constructor")), ["read", "Reset"])
    assert.deepStrictEqual(read(new Error("whatever")), ["read", "Reset"])
    assert.strictEqual(fromSocketError(coded("ECONNREFUSED"), "dns").detail, "ECONNREFUSED")
  })

  it("says what the server said, without the secrets in it", () => {
    const { detail } = fromStatus("http", 401, null, "bad token=abc123456\n\nfor you")
    assert.match(detail, /^HTTP 401: bad token=/)
    assert.notInclude(detail, "abc123456")
    assert.notInclude(detail, "\n")
    assert.strictEqual(fromStatus("http", 500, null, "").detail, "HTTP 500")
  })
})
