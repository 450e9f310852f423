/** Secrets do not go into a configuration: what looks like one becomes `${VAR}`, and is to be set in the environment. */
import { Buffer } from "node:buffer"
import { looksSecret } from "../../config/LiteralSecrets.ts"
import * as Redaction from "../../telemetry/Redaction.ts"

export interface Address {
  readonly url: string
  readonly headers: { readonly [name: string]: string }
}

export interface Moved extends Address {
  /** The values that were moved, by variable: to ask the server now, never to be shown. */
  readonly literals: { readonly [variable: string]: string }
}

/**
 * The address with a variable in place of every value of a header that is not plainly harmless, of every part of the
 * URL that is secret by its name or looks, and of a user name and password. `id` begins the variables' names.
 */
export const moved = (id: string, { headers, url }: Address): Moved => {
  const literals: Record<string, string> = {}
  const variable = (what: string, literal: string): string => {
    const stem = `${id}_${what}`
      .toUpperCase()
      .replaceAll(/[^A-Z0-9]+/g, "_")
      .replace(/^(?=\d)/, "_")
    let name = stem
    for (let number = 2; (literals[name] ?? literal) !== literal; number += 1) name = `${stem}_${number}`
    literals[name] = literal
    return `\${${name}}`
  }
  const bare = /^([a-z]+:\/\/)([^/?#@]*)@/i.exec(url)
  const address = bare === null ? url : url.replace(bare[0], bare[1] ?? "")
  const own = bare === null ? {} : { Authorization: `Basic ${Buffer.from(bare[2] ?? "").toString("base64")}` }
  return {
    url: withoutSecretParts(address.replace(/#.*$/, ""), variable),
    headers: Object.fromEntries(
      Object.entries({ ...own, ...headers }).map(([name, value]) => [name, withoutSecretValue(name, value, variable)])
    ),
    literals
  }
}

// -----------------------------------------------------------------------------
// internals

type Variable = (what: string, literal: string) => string

const harmless = new Set(["accept", "accept-encoding", "accept-language", "content-type", "user-agent"])

const scheme = /^(?:Basic|Bearer|Digest|Token|ApiKey|Api-Key)\s+/i

/** One reference and nothing else; what it falls back to is a literal like any other. */
const reference = /^\$\{([A-Za-z_]\w*)(?::[-?][^}]*)?\}$/

const withoutSecretValue = (name: string, value: string, variable: Variable): string => {
  if (harmless.has(name.toLowerCase())) return value
  const prefix = scheme.exec(value)?.[0] ?? ""
  const rest = value.slice(prefix.length)
  const [, known] = reference.exec(rest) ?? []
  if (known !== undefined) return `${prefix}\${${known}}`
  return prefix + variable(name.toLowerCase() === "authorization" ? "token" : name, rest)
}

const withoutSecretParts = (url: string, variable: Variable): string => {
  const [, origin = "", path = "", query] = /^([a-z]+:\/\/[^/?]*)([^?]*)(?:\?(.*))?$/i.exec(url) ?? ["", url]
  const cleanPath = path
    .split("/")
    .map((segment) => (looksSecret(segment) ? variable("path", segment) : segment))
    .join("/")
  if (query === undefined) return origin + cleanPath
  const cleanQuery = query.split("&").map((parameter) => {
    const [name = "", ...rest] = parameter.split("=")
    const value = rest.join("=")
    if (value === "") return parameter
    const [, known] = reference.exec(value) ?? []
    if (known !== undefined) return `${name}=\${${known}}`
    return Redaction.isSecretParameter(name) || looksSecret(value) ? `${name}=${variable(name, value)}` : parameter
  })
  return `${origin}${cleanPath}?${cleanQuery.join("&")}`
}
