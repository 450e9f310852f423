import { assert, it } from "@effect/vitest"
import { Schema } from "effect"
import { NameLookup, normalizedKey } from "../../src/resolution/NameLookup.ts"
import { tokenize } from "../../src/text/Tokens.ts"

const Name = Schema.Union([
  Schema.String,
  Schema.Literals([
    "Companies",
    "company",
    "C O M P A N Y",
    "1 23",
    "12 3",
    "123",
    "+",
    " + ",
    "-",
    "Q5",
    "q 5",
    "é",
    "E"
  ])
])
const keyOf = (text: string) => normalizedKey(tokenize(text), text)

it.prop(
  "a lookup finds just the places whose spelling is the same, in their order",
  { names: Schema.Array(Name), asked: Name },
  ({ asked, names }) => {
    const lookup = NameLookup.of(names.length, (place) => names[place] ?? "")
    const expected = names.flatMap((name, place) =>
      keyOf(asked) !== "" && keyOf(name) === keyOf(asked) ? [place] : []
    )
    assert.deepStrictEqual(lookup.places(tokenize(asked), asked), expected)
    const first = names[0] ?? ""
    assert.strictEqual(lookup.places(tokenize(first), first)[0], keyOf(first) === "" ? undefined : 0)
  }
)
