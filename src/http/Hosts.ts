/** The names that a server is reached under, against DNS rebinding: a foreign name may point here, too. */
import type { HttpConfig } from "../config/OrchestratorConfig.ts"

/** Whether only this machine can reach what listens there. */
export const isLoopback = (host: string): boolean =>
  host === "localhost" || host === "::1" || host === "[::1]" || /^127(?:\.\d{1,3}){3}$/.test(host)

/**
 * Which `Host` headers are answered: loopback names, the address listened at and `allowed_hosts`, with any port. Where
 * no names are listed and strangers can reach the server, its name is not known here; the token, which a page that
 * rebinds a name does not have, is what keeps them out.
 */
export const known = ({ allowedHosts, host }: HttpConfig): ((header: string | undefined) => boolean) => {
  const named = new Set([...allowedHosts, host.toLowerCase()])
  const isOpen = allowedHosts.length === 0 && !isLoopback(host)
  return (header) => {
    const name = nameOf(header)
    return name !== undefined && (isOpen || isLoopback(name) || named.has(name))
  }
}

/** Whether a page of that origin may ask: one that was loaded from here, or one of `allowed_origins`. */
export const mayAsk = ({ allowedOrigins }: HttpConfig, origin: string, host: string | undefined): boolean =>
  allowedOrigins.includes(origin.toLowerCase()) ||
  // Behind a proxy that speaks TLS the scheme is not known here.
  (host !== undefined && /^https?:/i.test(origin) && URL.parse(origin)?.host === URL.parse(`http://${host}`)?.host)

/** `localhost` of `localhost:8080`; `undefined` where that is no host and port, and nothing else. */
const nameOf = (header: string | undefined): string | undefined =>
  /^([\w.-]{1,253}|\[[\da-f:.]{2,45}\])(?::\d{1,5})?$/i.exec(header ?? "")?.[1]?.toLowerCase()
