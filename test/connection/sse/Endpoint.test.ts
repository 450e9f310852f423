import { assert, describe, it } from "@effect/vitest"
import { Schema } from "effect"
import * as Endpoint from "../../../src/connection/sse/Endpoint.ts"
import { SessionFailure } from "../../../src/connection/SessionFailure.ts"

const url = new URL("https://gateway.example.org/mcp/crm/sse?key=1")
const base = new URL("https://gateway.example.org/mcp/crm")
const shown = (outcome: URL | SessionFailure) =>
  outcome instanceof SessionFailure ? outcome.reason._tag : outcome.href
const announced = (data: string, below: URL | null = null) => shown(Endpoint.announced(data, url, below))

describe("an endpoint", () => {
  it("is where the event says, on the stream's own origin", () => {
    // The endpoint of FastMCP's servers.
    const path = "/messages/?session_id=1"
    assert.strictEqual(announced(path), "https://gateway.example.org/messages/?session_id=1")
    assert.strictEqual(announced("messages?s=1"), "https://gateway.example.org/mcp/crm/messages?s=1")
    assert.strictEqual(announced("https://user:pw@gateway.example.org/m"), "https://gateway.example.org/m")
    for (const foreign of [
      "http://gateway.example.org/m",
      "//other.example.org/m",
      "https://gateway.example.org:444/m"
    ]) {
      assert.strictEqual(announced(foreign), "ForeignEndpoint", foreign)
    }
    assert.strictEqual(announced("https://["), "Protocol")
  })

  it("stands below endpoint_base with its path and query, whatever origin it names", () => {
    for (const data of [
      "/messages/?session_id=1",
      "messages/?session_id=1",
      "http://10.0.0.1:8000/messages/?session_id=1#f"
    ]) {
      const below = "https://gateway.example.org/mcp/crm/messages/?session_id=1"
      assert.strictEqual(announced(data, base), below, data)
      assert.strictEqual(announced(data, new URL(`${base.href}/?ignored=1`)), below, data)
    }
    assert.strictEqual(announced("/m?s=1", new URL(base.origin)), "https://gateway.example.org/m?s=1")
  })

  it.prop("never leaves the stream's origin", [Schema.String, Schema.Boolean], ([text, below]) => {
    for (const data of [text, `//${text}`, `x:@${text}`, `http://${text}`, `\\\\${text}`, `/${text}`]) {
      const endpoint = Endpoint.announced(data, url, below ? new URL(url.origin) : null)
      if (endpoint instanceof SessionFailure) continue
      assert.deepStrictEqual([endpoint.origin, endpoint.username, endpoint.password], [url.origin, "", ""], data)
    }
  })

  it("lacks a prefix where it is outside of the stream's folder", () => {
    const lacks = (path: string, of: string) => Endpoint.lacksPrefix(new URL(path, url), new URL(of, url))
    assert.isTrue(lacks("/messages", "/mcp/crm/sse"))
    assert.isTrue(lacks("/mcp/crmx/messages", "/mcp/crm/sse"))
    assert.isFalse(lacks("/mcp/crm/messages", "/mcp/crm/sse"))
    assert.isFalse(lacks("/messages", "/sse"))
  })
})
