/** `resources`: what one server lists, nothing read. */
import * as Effect from "effect/Effect"
import type { ListedResource } from "../connection/Replies.ts"
import { maskingWhole } from "../connection/Secrets.ts"
import * as Listing from "../resources/Listing.ts"
import * as AdHoc from "./AdHoc.ts"
import * as Formats from "./Formats.ts"
import * as Output from "./Output.ts"

export const run = Effect.fnUntraced(function* (options: AdHoc.Which & Formats.Asked) {
  yield* AdHoc.withServer(
    options,
    Effect.fnUntraced(function* ({ ask, config, connection, server }) {
      const masked = maskingWhole(server)
      const listed = yield* ask((session, at) => {
        at("list")
        return session.info.offersResources
          ? Effect.map(
              Listing.listAll(session, connection, config, () => {}),
              ({ resources }) => resources
            )
          : Effect.succeed<ReadonlyArray<ListedResource>>([])
      })
      const resources = listed.map((one) => ({ ...one, uri: masked(one.uri) }))
      yield* Formats.write(options, {
        sheet: () => ({
          columns: [
            { title: "uri", whole: true },
            { title: "name" },
            { title: "type" },
            { title: "description", wrap: true }
          ],
          rows: resources.map(({ description, mimeType, name, uri }) => [uri, name, mimeType ?? "", description ?? ""])
        }),
        ...(resources.length === 0 ? { text: () => `${server.id} lists no resources.` } : {}),
        json: Output.json({ server: server.id, resources })
      })
    })
  )
})
