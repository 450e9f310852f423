import { assert, describe, it } from "@effect/vitest"
import * as Cookies from "../../../src/connection/sse/Cookies.ts"

const now = Date.parse("2026-08-01T12:00:00Z")
const stream = new URL("https://gateway.example.org/mcp/crm/sse")

/** The `Cookie` header of a POST to a path, after the stream's answer had these `Set-Cookie` lines. */
const sent = (lines: ReadonlyArray<string>, path = "/mcp/crm/messages", from = stream) =>
  Cookies.headerFor(Cookies.fromResponse(lines, from, now), new URL(path, from))

describe("cookies", () => {
  it("are sent as they were set, in order, the last one of a name", () => {
    assert.strictEqual(sent(["a=1; Path=/", "b=x=y ", 'c="q"; HttpOnly; SameSite=None']), 'a=1; b=x=y; c="q"')
    assert.strictEqual(sent(["a=1; Path=/", "a=2; Path=/"]), "a=2")
    assert.strictEqual(sent([]), "")
    assert.strictEqual(Cookies.headerFor(Cookies.fromResponse(undefined, stream, now), stream), "")
  })

  it("stay below their path, which is the stream's folder unless told", () => {
    assert.strictEqual(sent(["a=1"], "/mcp/crm/messages"), "a=1")
    assert.strictEqual(sent(["a=1"], "/messages"), "")
    assert.strictEqual(sent(["a=1; path=/mcp"], "/mcp"), "a=1")
    assert.strictEqual(sent(["a=1; path=/mcp"], "/mcpx/messages"), "")
    assert.strictEqual(sent(["a=1; Path=relative"], "/mcp/crm/x"), "a=1")
    assert.strictEqual(sent(["a=1"], "/messages", new URL("http://h/sse")), "a=1")
  })

  it("that want https get it, and those of another host are not kept", () => {
    assert.strictEqual(sent(["a=1; Path=/; secure"]), "a=1")
    assert.strictEqual(sent(["a=1; Path=/; Secure"], "/", new URL("http://h/sse")), "")
    assert.strictEqual(sent(["a=1; Domain=.example.org"]), "a=1")
    assert.strictEqual(sent(["a=1; Domain=ample.org", "b=1; Domain=other.org"]), "")
  })

  it("that are over take earlier ones back", () => {
    const over = ["a=; Path=/; Max-Age=0", "a=; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT"]
    for (const line of over) assert.strictEqual(sent(["a=1; Path=/", line, "b=2"]), "b=2", line)
    assert.strictEqual(sent(["a=1; Max-Age=604800; Expires=Thu, 01 Jan 1970 00:00:00 GMT"]), "a=1")
  })

  it("are none in lines that hold none", () => {
    assert.strictEqual(sent(["", ";", "=x", " ; Path=/"]), "")
  })
})
