/** The last requests of this process and, of a worker, of all of them. */
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { newest, Recorder } from "../telemetry/RecentRequests.ts"
import { askOthers, Siblings } from "../workers/Siblings.ts"
import { RecentRequests } from "./Api.ts"

/** Answers the other workers too. */
export const make = Effect.gen(function* () {
  const { requests: own } = yield* Recorder
  const siblings = yield* Siblings
  yield* siblings.answer({
    RecentRequests: () => Effect.map(own, (requests) => ({ status: 200, text: encode({ requests }) }))
  })
  const all = Effect.gen(function* () {
    const others = yield* askOthers(siblings, { _tag: "RecentRequests" })
    // They run the same program: what does not decode is a bug.
    const theirs = yield* Effect.orDie(Effect.forEach(others, ([, text]) => decode(text)))
    return { requests: newest([...(yield* own), ...theirs.flatMap(({ requests }) => requests)]) }
  })
  return { all }
})

// -----------------------------------------------------------------------------
// internals

const json = Schema.fromJsonString(RecentRequests)
const encode = Schema.encodeSync(json)
const decode = Schema.decodeEffect(json)
