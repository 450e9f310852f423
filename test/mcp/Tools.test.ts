import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import * as Shop from "../telemetry/shop.ts"
import * as Door from "./Door.ts"

describe("tools", () => {
  it.live("query answers with rows, as structured content and as the same text", () =>
    Effect.gen(function* () {
      const { config } = yield* Shop.open()
      const client = yield* Door.connect(yield* Door.open(Shop.orchestrator(config)))
      const { tools } = yield* Effect.promise(() => client.listTools())
      assert.deepStrictEqual(
        tools.map(({ name }) => name),
        ["query", "resolve", "gather_resources", "servers"]
      )
      const answer = yield* Effect.promise(() =>
        client.callTool({ name: "query", arguments: { question: Shop.question } })
      )
      console.log(JSON.stringify(answer).slice(0, 3000))
    })
  )
})
