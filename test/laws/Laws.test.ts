/** A bounded run of `npm run laws`: what the rule-based generator answers is right, and what it says is what it does. */
import { assert, it } from "@effect/vitest"
import * as Schema from "effect/Schema"
import { readFileSync } from "node:fs"
import { merge } from "../../laws/English.ts"
import { allLaws, runLaws } from "../../laws/Report.ts"

const Phrasings = Schema.fromJsonString(Schema.Record(Schema.String, Schema.Array(Schema.String)))
const phrasings = ["phrasings.json", "others.json"].map((file) =>
  Schema.decodeSync(Phrasings)(readFileSync(new URL(`../../laws/${file}`, import.meta.url), "utf8"))
)

it("keeps the laws on generated databases, and answers", () => {
  const { all, kinds, laws } = runLaws(merge(phrasings), {
    first: 1,
    worlds: 25,
    questions: 25,
    laws: allLaws,
    deadline: performance.now() + 40_000
  })
  assert.deepStrictEqual([...laws], [], JSON.stringify([...kinds], null, 1))
  // Refusing all is no way to be lawful.
  assert.isAtLeast(all.right / all.asked, 0.5)
})
