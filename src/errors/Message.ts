/** The message of an error as a field of its JSON: written from the error, and made anew when it is read back. */
import * as Predicate from "effect/Predicate"
import * as Schema from "effect/Schema"
import * as SchemaGetter from "effect/SchemaGetter"

/** The errors make it themselves, so nobody gives one: neither a constructor nor a generator of tests. */
const derived = Schema.declare(Predicate.isString, {
  expected: "string",
  toCodecArbitrary: () =>
    Schema.link<string>()(Schema.Never, {
      decode: SchemaGetter.passthrough(),
      encode: SchemaGetter.forbidden(() => "an error makes its message itself")
    })
})

/** The field `message` of an error whose class overrides `message`. */
export const message = Schema.String.pipe(
  Schema.decodeTo(Schema.optionalKey(derived), {
    decode: SchemaGetter.omit(),
    encode: SchemaGetter.passthrough()
  })
)
