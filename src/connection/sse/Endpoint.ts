/** Where the POSTs of a session go: what the stream's `endpoint` event says, or what the configuration makes of it. Pure. */
import * as ServerReason from "../../errors/ServerReason.ts"
import * as Redaction from "../../telemetry/Redaction.ts"
import { failure, type SessionFailure } from "../SessionFailure.ts"

/**
 * The URL that an `endpoint` event announces on the stream of `url`. With `base` (`endpoint_base`) its path and query
 * stand below that: `/messages/?session_id=1` under `https://host/mcp/crm` is
 * `https://host/mcp/crm/messages/?session_id=1`, whatever origin it names. Without, it must stay on the stream's own
 * origin, the only one that gets to see headers and cookies.
 */
export const announced = (data: string, url: URL, base: URL | null): URL | SessionFailure => {
  const endpoint = URL.parse(data, base === null ? url.href : base.origin)
  // Of other schemes a path need not begin with a slash, and could rewrite the host it is put behind.
  if (endpoint === null || !/^https?:$/.test(endpoint.protocol)) {
    return failure("endpoint", new ServerReason.Protocol(), "the endpoint event holds no URL of a server")
  }
  if (base !== null) return new URL(base.origin + prefixOf(base) + endpoint.pathname + endpoint.search)
  if (endpoint.origin !== url.origin) {
    const detail = `the endpoint event points to another origin: ${Redaction.text(endpoint.origin)}`
    return failure("endpoint", new ServerReason.ForeignEndpoint(), detail)
  }
  // Node would send user-info as credentials, in place of ours.
  endpoint.username = ""
  endpoint.password = ""
  return endpoint
}

/** Whether the endpoint stands outside of the folder that the stream is in: a proxy's path prefix may be missing. */
export const lacksPrefix = (endpoint: URL, url: URL): boolean =>
  !endpoint.pathname.startsWith(url.pathname.slice(0, url.pathname.lastIndexOf("/") + 1))

const prefixOf = (base: URL): string => base.pathname.replace(/\/+$/, "")
