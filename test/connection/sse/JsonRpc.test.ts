import { assert, describe, it } from "@effect/vitest"
import { ErrorCode } from "@modelcontextprotocol/sdk/types.js"
import { Schema } from "effect"
import * as JsonRpc from "../../../src/connection/sse/JsonRpc.ts"

const Id = Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 1_000_000 }))
const reply = (text: string): JsonRpc.Reply => {
  const [message = null] = JsonRpc.parse(text)
  return message !== null && JsonRpc.isReply(message) ? message : assert.fail(`no reply: ${text}`)
}

describe("JSON-RPC", () => {
  it.prop("moves ids of requests and cancellations by the same offset, and nothing else", [Id, Id], ([id, offset]) => {
    const request = { jsonrpc: "2.0" as const, id, method: "ping" }
    assert.deepStrictEqual(JsonRpc.shifted(request, offset), { ...request, id: id + offset })
    const cancelled = {
      jsonrpc: "2.0" as const,
      method: "notifications/cancelled",
      params: { requestId: id, reason: "r" }
    }
    assert.deepStrictEqual(JsonRpc.shifted(cancelled, offset), {
      ...cancelled,
      params: { requestId: id + offset, reason: "r" }
    })
    const pong = { jsonrpc: "2.0" as const, id, result: {} }
    assert.deepStrictEqual(JsonRpc.shifted(pong, offset), pong)
    const notice = { jsonrpc: "2.0" as const, method: "notifications/initialized" }
    assert.deepStrictEqual(JsonRpc.shifted(notice, offset), notice)
  })

  it("takes no message from what is none", () => {
    for (const text of [
      "",
      "{",
      "null",
      "[]",
      "5",
      '"x"',
      "{}",
      '{"jsonrpc":"1.0","id":1,"result":{}}',
      '{"jsonrpc":5,"id":1,"result":{}}',
      '{"id":1,"name":"x"}',
      '{"jsonrpc":"2.0"}'
    ]) {
      assert.deepStrictEqual(JsonRpc.parse(text), [null], text)
    }
  })

  it("takes the messages of a batch one by one", () => {
    const [first, none, second] = JsonRpc.parse(
      '[{"jsonrpc":"2.0","id":1,"result":{}},7,{"jsonrpc":"2.0","method":"m"}]'
    )
    assert.deepStrictEqual(first, { jsonrpc: "2.0", id: 1, result: {} })
    assert.isNull(none)
    assert.deepStrictEqual(second, { jsonrpc: "2.0", method: "m" })
  })

  it("takes a message without its version, and with null for what is not there", () => {
    const parsed = (text: string) => JsonRpc.parse(text)[0]
    assert.deepStrictEqual(parsed('{"id":1,"result":{}}'), { jsonrpc: "2.0", id: 1, result: {} })
    const full = '{"jsonrpc":null,"id":1,"method":null,"params":null,"result":{"a":null},"error":null}'
    assert.deepStrictEqual(JsonRpc.withId(reply(full), 4), { jsonrpc: "2.0", id: 4, result: { a: null } })
    assert.deepStrictEqual(parsed('{"jsonrpc":"2.0","id":1,"method":"ping","params":null}'), {
      jsonrpc: "2.0",
      id: 1,
      method: "ping"
    })
  })

  it("turns a malformed reply into an error, so that its request need not wait", () => {
    for (const rest of [
      '"result":null',
      '"result":5',
      '"result":[]',
      '"error":null',
      '"error":{}',
      '"error":{},"result":{}',
      '"error":"no","result":{}',
      '"error":{"code":"E1","message":"m"}',
      '"error":{"code":1.5,"message":"m"}',
      '"other":1'
    ]) {
      const clean = JsonRpc.withId(reply(`{"jsonrpc":"2.0","id":9,${rest}}`), 4)
      assert.isTrue("error" in clean && clean.error.code === JsonRpc.invalidReplyCode, rest)
      assert.strictEqual(clean.id, 4)
    }
  })

  it("keeps of a reply only what the SDK does not stumble over", () => {
    const text = '{"jsonrpc":"2.0","id":9,"extra":1,"result":{"_meta":{"progressToken":{}},"contents":[]}}'
    assert.deepStrictEqual(JsonRpc.withId(reply(text), 4), { jsonrpc: "2.0", id: 4, result: { contents: [] } })
    const error = `{"jsonrpc":"2.0","id":9,"extra":1,"error":{"code":${ErrorCode.InternalError},"message":"m","x":1}}`
    assert.deepStrictEqual(JsonRpc.withId(reply(error), 4), {
      jsonrpc: "2.0",
      id: 4,
      error: { code: ErrorCode.InternalError, message: "m", data: undefined }
    })
  })

  it("keeps integers that a double cannot hold, where there are any", () => {
    assert.isEmpty(JsonRpc.parseExact('{"jsonrpc":"2.0","id":1,"result":{"a":1}}'))
    assert.deepStrictEqual(JsonRpc.parseExact('{"jsonrpc":"2.0","id":1,"result":{"a":9007199254740993}}'), [
      { jsonrpc: "2.0", id: 1, result: { a: 9007199254740993n } }
    ])
  })
})
