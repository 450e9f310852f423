/** A bounded run of `npm run laws`: what the rule-based generator answers is right, and what it says is what it does. */
import { assert, it } from "@effect/vitest"
import * as Schema from "effect/Schema"
import { readFileSync } from "node:fs"
import { allLaws, runLaws } from "../../laws/Report.ts"

const Phrasings = Schema.fromJsonString(Schema.Record(Schema.String, Schema.Array(Schema.String)))
const phrasings = Schema.decodeSync(Phrasings)(
  readFileSync(new URL("../../laws/phrasings.json", import.meta.url), "utf8")
)

it("keeps the laws on generated databases, and answers", { timeout: 60_000 }, () => {
  const { all, kinds, laws } = runLaws(phrasings, {
    first: 1,
    worlds: 20,
    questions: 25,
    laws: allLaws,
    deadline: performance.now() + 40_000
  })
  assert.deepStrictEqual([...laws], [], JSON.stringify([...kinds], null, 1))
  // Refusing all is no way to be lawful.
  assert.isAtLeast(all.right / all.asked, 0.6)
})
