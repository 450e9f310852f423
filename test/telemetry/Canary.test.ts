import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import * as Canaries from "./canaries.ts"

describe("no secret comes out when", () => {
  for (const scenario of Canaries.scenarios) {
    it.live(scenario.name, () =>
      Effect.gen(function* () {
        const { leaks } = yield* Canaries.run(scenario)
        assert.deepStrictEqual(leaks, [])
      })
    )
  }
})
