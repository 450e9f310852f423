/** The URI of a resource, which may hold a secret of its server's. */
import * as Schema from "effect/Schema"
import * as SchemaTransformation from "effect/SchemaTransformation"
import * as Redaction from "./Redaction.ts"

/** As JSON without user-info and secret parameters. */
export const ShownUri = Schema.String.pipe(
  Schema.decodeTo(
    Schema.String,
    SchemaTransformation.transform({ decode: (shown) => shown, encode: (uri) => Redaction.url(uri) })
  )
)
