/** A call that is in flight for as long as a test wants: it waits for the host's own model, which the test plays. */
import { assert } from "@effect/vitest"
import { Effect } from "effect"
import { question } from "../http/Served.ts"
import * as Raw from "./Raw.ts"

export const initialize = Raw.call(1, "initialize", {
  protocolVersion: "2025-06-18",
  capabilities: { sampling: {} },
  clientInfo: { name: "host", version: "1" }
})

/** Speaks to the session, and gets the answer that belongs to it. */
export const initialized = Effect.fnUntraced(function* (session: Raw.Raw) {
  assert.strictEqual(yield* session.post(initialize), 202)
  assert.containsAllKeys((yield* session.next)["result"], ["serverInfo"])
})

/**
 * A question is being answered; `finish` lets it be, and gives the reply. `server.sampling` has to be true.
 */
export const hold = Effect.fnUntraced(function* (session: Raw.Raw) {
  yield* initialized(session)
  assert.strictEqual(yield* session.post(Raw.call(2, "tools/call", { name: "query", arguments: { question } })), 202)
  const { id, method } = yield* session.next
  assert.strictEqual(method, "sampling/createMessage")
  const text = JSON.stringify({ sql: "SELECT COUNT(*) FROM products", explanation: "All", usedEntities: null })
  const result = { model: "a-model", role: "assistant", content: { type: "text", text } }
  return {
    finish: Effect.gen(function* () {
      assert.strictEqual(yield* session.post({ jsonrpc: "2.0", id, result }), 202)
      const reply = yield* session.next
      assert.strictEqual(reply["id"], 2)
      assert.nestedProperty(reply, "result.structuredContent.result")
    })
  }
})

/** Sessions until there is one whose id begins so. */
export const sessionOf = Effect.fnUntraced(function* (
  door: { readonly origin: string; readonly url: string },
  name: string | number
) {
  while (true) {
    const session = yield* Raw.open(door)
    if (session.endpoint.includes(`sessionId=${name}.`)) return session
    yield* session.close
  }
})
