/** What a caller writes, a body or the arguments of a tool: what is wrong with it is said with what would be right. */
import * as Schema from "effect/Schema"

export const filled = Schema.String.check(Schema.isPattern(/\S/u, { expected: "a text that is not blank" }))

/** An object of these keys and no others, where unknown ones are errors. */
export const object = <const Fields extends Schema.Struct.Fields>(fields: Fields) =>
  Schema.Struct(fields).annotate({
    messageUnexpectedKey: `There is no such key, only ${Object.keys(fields).join(", ")}`
  })
