/**
 * The URIs of the servers' resources as this server gives them out: `orchestrator://<server id>/<the server's own URI>`.
 * The own URI stands there as it is, so that a URI template stays one. Pure.
 */
import * as Option from "effect/Option"

const scheme = "orchestrator://"

/** The URI, or URI template, of a server's resource. */
export const of = (server: string, uri: string): string => `${scheme}${encodeURIComponent(server)}/${uri}`

/** Which server and which of its URIs is meant; `None` for one that is not of ours. */
export const parse = (uri: string): Option.Option<{ readonly server: string; readonly uri: string }> => {
  if (!uri.toLowerCase().startsWith(scheme)) return Option.none()
  const slash = uri.indexOf("/", scheme.length)
  if (slash === -1) return Option.none()
  // A lone % is none of ours: it would have been encoded.
  const server = Option.liftThrowable(decodeURIComponent)(uri.slice(scheme.length, slash))
  return Option.map(server, (server) => ({ server, uri: uri.slice(slash + 1) }))
}
