/** The flags that name one server. */
import * as Flag from "effect/cli/Flag"

export const all = {
  server: Flag.String("server").pipe(
    Flag.withMetavar("ID"),
    Flag.withDescription("A server of the configuration; not needed if there is one alone"),
    Flag.optional
  ),
  url: Flag.String("url").pipe(
    Flag.withMetavar("URL"),
    Flag.withDescription("A server that no configuration names, by its SSE address"),
    Flag.optional
  ),
  headers: Flag.String("header").pipe(
    Flag.withMetavar("HEADER"),
    Flag.withDescription("'Name: value', sent to the server of --url; as often as there are headers"),
    Flag.atLeast(0)
  )
}
