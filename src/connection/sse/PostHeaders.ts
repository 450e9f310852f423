/** The headers of a session's POSTs: the same for each, but for its length. */
import * as Cookies from "./Cookies.ts"

export interface PostHeaders {
  /** `null` until it was agreed on. */
  protocolVersion: string | null
  /** What the stream's answer set. */
  cookies: ReadonlyArray<Cookies.Cookie>
  /** For a body of `length` bytes to this address. */
  of(to: URL, length: number): { readonly [name: string]: string | number }
}

/** With the configured ones. Made anew only when something of them changes: there are thousands of POSTs. */
export const make = (configured: { readonly [name: string]: string }): PostHeaders => {
  let made: Made | null = null
  return {
    protocolVersion: null,
    cookies: [],
    of(to, length) {
      const { cookies, protocolVersion } = this
      if (made?.to !== to || made.protocolVersion !== protocolVersion || made.cookies !== cookies) {
        const headers = {
          ...configured,
          ...cookieFor(to, cookies, configured),
          ...(protocolVersion === null ? {} : { "mcp-protocol-version": protocolVersion }),
          "content-type": "application/json",
          accept: "application/json, text/event-stream"
        }
        made = { to, protocolVersion, cookies, headers }
      }
      return { ...made.headers, "content-length": length }
    }
  }
}

interface Made extends Pick<PostHeaders, "protocolVersion" | "cookies"> {
  readonly to: URL
  readonly headers: { readonly [name: string]: string }
}

/** The configured cookies, too: a header has one value. */
const cookieFor = (
  to: URL,
  cookies: ReadonlyArray<Cookies.Cookie>,
  headers: { readonly [name: string]: string }
): { readonly cookie?: string } => {
  const set = cookies.length === 0 ? "" : Cookies.headerFor(cookies, to)
  if (set === "") return {}
  const configured = Object.entries(headers).flatMap(([name, value]) =>
    name.toLowerCase() === "cookie" ? [value] : []
  )
  return { cookie: [...configured, set].join("; ") }
}
