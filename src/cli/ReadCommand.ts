/** `read URI`: one resource of one server, as it came. */
import * as Effect from "effect/Effect"
import { request } from "../resources/ServerRequest.ts"
import * as AdHoc from "./AdHoc.ts"
import { usage } from "./CommandError.ts"
import * as Output from "./Output.ts"

export const run = Effect.fnUntraced(function* (
  options: AdHoc.Which & { readonly uri: string; readonly json: boolean }
) {
  yield* AdHoc.withServer(
    options,
    Effect.fnUntraced(function* ({ ask, config, connection, server }) {
      const { uri } = options
      const contents = yield* ask((session, at) => {
        at("read")
        return request(connection, config, { operation: "read", uri }, session.read(uri))
      })
      if (options.json) return yield* Output.json({ server: server.id, uri, contents })
      const texts = contents.flatMap((one) => ("text" in one ? [one.text] : []))
      if (texts.length < contents.length) {
        return yield* usage(`${uri} is not text; --json has it as base64`)
      }
      yield* Output.data(texts.join("\n").replace(/\n$/, ""))
    })
  )
})
