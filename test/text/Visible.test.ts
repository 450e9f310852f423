import { assert, describe, it } from "@effect/vitest"
import { Schema } from "effect"
import * as Json from "../../src/text/Json.ts"
import * as Visible from "../../src/text/Visible.ts"

/** Text made of what terminals act on, and of what must stay as it is. */
const Hostile = Schema.Array(
  Schema.Literals([
    "\u001b[2J",
    "\u001b]0;title\u0007",
    "\u009b31m",
    "\u0000",
    "\u007f",
    "\r",
    "\n",
    "\u2028",
    "\u2029",
    "\u202e",
    "\u2066",
    "\u200b",
    "\ufeff",
    "\u{e0041}",
    "\ud800",
    "name",
    " ",
    "é",
    "東京",
    "👩‍🚀",
    '"'
  ])
)

// oxlint-disable-next-line no-control-regex -- those are the subject
const acts = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069\u200b\ufeff]/

describe("text from a server", () => {
  it.prop("has nothing left that a terminal acts on", [Hostile], ([pieces]) => {
    const text = pieces.join("")
    assert.notMatch(Visible.line(text), acts)
    assert.notInclude(Visible.line(text), "\n")
    assert.notMatch(Visible.lines(text), acts)
    assert.strictEqual(Visible.lines(text).split("\n").length, text.split("\n").length)
  })

  it.prop("means the same as JSON", [Hostile], ([pieces]) => {
    const value = { [pieces.join("")]: pieces }
    const text = Visible.json(JSON.stringify(value, null, 2))
    assert.notMatch(text, acts)
    assert.deepStrictEqual<unknown>(Json.parse(text), value)
  })

  it("is otherwise as it came", () => {
    const text = "Ana Sol – 東京 👩‍🚀 naïve\nnext"
    assert.strictEqual(Visible.lines(text), text)
    assert.strictEqual(Visible.line(text), "Ana Sol – 東京 👩‍🚀 naïve ⏎ next")
    assert.strictEqual(Visible.line("a\u001b[31mb"), "a�[31mb")
  })
})
