import { assert, it } from "@effect/vitest"
import { Schema } from "effect"
import * as Secrets from "../../../src/cli/init/Secrets.ts"

it("the value of a header becomes a variable, its scheme and what is harmless stay", () => {
  const { headers, literals } = Secrets.moved("db", {
    url: "http://localhost/sse",
    headers: { Authorization: "Bearer abc", "X-Api-Key": "k", Accept: "text/plain", X: "${KNOWN}", Y: "${A:-secret}" }
  })
  assert.deepStrictEqual(headers, {
    Authorization: "Bearer ${DB_TOKEN}",
    "X-Api-Key": "${DB_X_API_KEY}",
    Accept: "text/plain",
    X: "${KNOWN}",
    Y: "${A}"
  })
  assert.deepStrictEqual(literals, { DB_TOKEN: "abc", DB_X_API_KEY: "k" })
})

it("so does what is secret in a URL by its name or its looks", () => {
  const moved = (url: string) => Secrets.moved("db", { url, headers: {} })
  assert.strictEqual(
    moved("https://h/sse?api_key=x&project=shop#part").url,
    "https://h/sse?api_key=${DB_API_KEY}&project=shop"
  )
  assert.strictEqual(
    moved("https://mcp.example.com/s/0b7f3a9c-22aa-4c1e-9d11-3f6a1b2c4d5e/sse").url,
    "https://mcp.example.com/s/${DB_PATH}/sse"
  )
  assert.strictEqual(moved("https://h/model-context-protocol/sse").url, "https://h/model-context-protocol/sse")
  const basic = moved("https://user:pass@h/sse")
  assert.deepStrictEqual([basic.url, basic.headers], ["https://h/sse", { Authorization: "Basic ${DB_TOKEN}" }])
})

it("two secrets of one name get two variables", () => {
  const { url } = Secrets.moved("1", { url: "http://h/?token=a&token=b&token=a", headers: {} })
  assert.strictEqual(url, "http://h/?token=${_1_TOKEN}&token=${_1_TOKEN_2}&token=${_1_TOKEN}")
})

const Value = Schema.String.check(Schema.isPattern(/^canary[A-Za-z0-9]{4,20}$/))
const Name = Schema.String.check(Schema.isPattern(/^[A-Za-z][A-Za-z-]{0,15}$/))

it.prop("no literal value of a header is left, whatever the header is called", [Name, Value], ([name, value]) => {
  if (/^(?:accept|user-agent|content-type)/i.test(name)) return
  const { headers, url } = Secrets.moved("x", { url: `http://h/sse?token=${value}`, headers: { [name]: value } })
  assert.notInclude(JSON.stringify({ headers, url }), value)
})
