/**
 * The cookies that the stream's answer sets, for the POSTs of the same session: balancers know by them which node holds
 * the stream (RFC 6265). They live as long as the session and go to the stream's origin only. Pure.
 */

export interface Cookie {
  readonly name: string
  /** A secret: who has it may be taken for us. */
  readonly value: string
  readonly path: string
  /** To be sent over https only. */
  readonly secure: boolean
}

/** The cookies of a response from `url`; those for other hosts, and those it takes back, are left out. */
export const fromResponse = (
  setCookie: ReadonlyArray<string> | undefined,
  url: URL,
  nowMs: number
): ReadonlyArray<Cookie> => {
  const cookies = new Map<string, Cookie>()
  for (const line of setCookie ?? []) {
    const [pair = "", ...rest] = line.split(";")
    const [name, value] = halves(pair)
    if (name === "") continue
    const attributes = new Map(rest.map(halves).map(([key, given]) => [key.toLowerCase(), given]))
    const path = attributes.get("path") ?? ""
    const cookie = {
      name,
      value,
      path: path.startsWith("/") ? path : directoryOf(url.pathname),
      secure: attributes.has("secure")
    }
    const key = `${name};${cookie.path}`
    if (isFor(attributes.get("domain"), url.hostname) && !isOver(attributes, nowMs)) cookies.set(key, cookie)
    else cookies.delete(key)
  }
  return [...cookies.values()]
}

/** The `Cookie` header of a request to `url`, on the origin that the cookies are from; "" for none. */
export const headerFor = (cookies: ReadonlyArray<Cookie>, url: URL): string =>
  cookies
    .filter(({ path, secure }) => (!secure || url.protocol === "https:") && isBelow(path, url.pathname))
    .map(({ name, value }) => `${name}=${value}`)
    .join("; ")

/** Name and value around the first `=`, without the blanks around them. */
const halves = (text: string): readonly [name: string, value: string] => {
  const at = text.indexOf("=")
  return at < 0 ? [text.trim(), ""] : [text.slice(0, at).trim(), text.slice(at + 1).trim()]
}

/** RFC 6265 §5.1.4: the default path of a cookie is that of the request, up to its last slash. */
const directoryOf = (path: string): string => path.slice(0, Math.max(1, path.lastIndexOf("/")))

const isBelow = (directory: string, path: string): boolean =>
  path === directory || path.startsWith(directory.endsWith("/") ? directory : `${directory}/`)

const isFor = (domain: string | undefined, host: string): boolean => {
  const wanted = (domain ?? "").replace(/^\./, "").toLowerCase()
  return wanted === "" || host === wanted || host.endsWith(`.${wanted}`)
}

/** A cookie that ends at once takes an earlier one back; one that ends later than that outlives most sessions. */
const isOver = (attributes: ReadonlyMap<string, string>, nowMs: number): boolean => {
  const age = attributes.get("max-age")
  return age === undefined ? Date.parse(attributes.get("expires") ?? "") <= nowMs : Number(age) <= 0
}
