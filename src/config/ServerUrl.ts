/** The address of a server: whole for those who connect to it, and without its secrets for everybody else. */
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import * as Schema from "effect/Schema"
import * as SchemaIssue from "effect/SchemaIssue"
import * as SchemaTransformation from "effect/SchemaTransformation"
import * as Redaction from "../telemetry/Redaction.ts"
import { percentDecoded } from "../text/PercentDecoding.ts"
import * as ConfigTree from "./document/ConfigTree.ts"
import type { ConfigPath } from "./SchemaLookup.ts"

/**
 * A URL that `JSON.stringify`, `String` and `inspect` show without its secrets: what came from `${VAR}` into its path or
 * query is shown as `${VAR}`, secret query parameters are masked. Scheme, host and port are no secrets.
 */
export class ServerUrl implements Pick<URL, "hostname" | "port" | "protocol"> {
  /** Fit to be shown: `http://localhost:8000/mcp/${TOKEN}/sse?token=<redacted>`. */
  readonly shown: string

  readonly #url: URL
  readonly #secrets: ReadonlyArray<Redacted.Redacted<string>>

  /** `parts` is the text that the URL was parsed from, where variables made some of it; else empty. */
  constructor(url: URL, parts: ReadonlyArray<ConfigTree.TextPart>) {
    const { secrets, shown } = split(url, parts)
    this.#url = url
    this.#secrets = [...secrets, ...secretParameters(url)]
    this.shown = Redaction.url(shown)
  }

  get protocol(): string {
    return this.#url.protocol
  }

  get hostname(): string {
    return this.#url.hostname
  }

  /** "" for the default port of the protocol. */
  get port(): string {
    return this.#url.port
  }

  /** The URL with its secrets: to connect with, never to be shown. A method, since `inspect` can be told to call getters. */
  reveal(): URL {
    return this.#url
  }

  /** What must not be shown, in the forms in which a server may repeat it; labelled with what is shown in its place. */
  secrets(): ReadonlyArray<Redacted.Redacted<string>> {
    return this.#secrets
  }

  toString(): string {
    return this.shown
  }

  toJSON(): string {
    return this.shown
  }
}

/** The URL at a path of the document that it was decoded from. */
export const at =
  (root: ConfigTree.ConfigNode) =>
  (path: ConfigPath, url: URL): ServerUrl =>
    new ServerUrl(url, ConfigTree.partsAt(root, path))

/** As JSON what may be shown of it. Read back it shows the same; what is masked in it leads nowhere. */
export const FromShown = Schema.String.pipe(
  Schema.decodeTo(
    Schema.instanceOf(ServerUrl, { expected: "the address of a server" }),
    SchemaTransformation.transformEffect({
      decode: (shown, options) => {
        const url = URL.parse(shown)
        return url === null
          ? Effect.fail(new SchemaIssue.InvalidValue({ expected: "an http or https address" }, shown, options))
          : Effect.succeed(new ServerUrl(url, shownParts(shown)))
      },
      encode: (url) => Effect.succeed(url.shown)
    })
  )
)

// -----------------------------------------------------------------------------
// internals

/** `${VAR}` was the value of a variable, and is again what is shown in its place. */
const shownParts = (shown: string): ReadonlyArray<ConfigTree.TextPart> =>
  shown.split(/(\$\{[A-Za-z_]\w{0,127}\})/).map((text, index) => ({ text, shown: index % 2 === 1 ? text : null }))

interface Split {
  readonly shown: string
  readonly secrets: ReadonlyArray<Redacted.Redacted<string>>
}

/** Scheme, host and port, where a URL has no user-info: all before the first delimiter. */
const origin = /^[^:]*:\/\/[^/\\?#]*/

const split = (url: URL, parts: ReadonlyArray<ConfigTree.TextPart>): Split => {
  const secrets: Array<Redacted.Redacted<string>> = []
  const start = origin.exec(parts.map(({ text }) => text).join(""))?.[0].length ?? 0
  let rest = ""
  let offset = 0
  for (const { shown, text } of parts) {
    const own = text.slice(Math.max(0, start - offset))
    // The delimiter after host and port says nothing, and the URL looks like none without it.
    const delimiter = offset <= start ? own.slice(0, 1) : ""
    const secret = own.slice(delimiter.length)
    const isSecret = shown !== null && secret !== ""
    rest += isSecret ? delimiter + shown : own
    if (isSecret) secrets.push(...repetitions(secret).map((form) => Redacted.make(form, { label: shown })))
    offset += text.length
  }
  if (secrets.length === 0) return { shown: url.href, secrets }
  return { shown: `${url.origin}${rest.startsWith("?") ? "/" : ""}${rest}`, secrets }
}

/** A variable may hold a whole path; words such as `sse` and `events` in it are no secrets. */
const shortestPiece = 8

/**
 * The text as it is written, as it is sent, as it is read, and its pieces alike: a server that is reached at
 * `/<secret>/sse` announces `/<secret>/messages`.
 */
const repetitions = (written: string): ReadonlyArray<string> => {
  const pieces = written.split(/[/\\?&=;,]/)
  return [
    ...new Set([
      ...forms(written),
      ...(pieces.length === 1 ? [] : pieces.filter(({ length }) => length >= shortestPiece).flatMap(forms))
    ])
  ]
}

const forms = (written: string): ReadonlyArray<string> => {
  const { pathname, search } = new URL(`http://host/${written}`)
  return [
    written,
    `${pathname}${search}`.slice(1),
    new URL(`http://host/?${written}`).search.slice(1),
    percentDecoded(written),
    percentDecoded(written.replaceAll("+", " "))
  ]
}

/** The values as the URL writes them, and as they are read. */
const secretParameters = (url: URL): ReadonlyArray<Redacted.Redacted<string>> =>
  url.search
    .slice(1)
    .split("&")
    .flatMap((parameter) => {
      const [[name, value] = ["", ""]] = new URLSearchParams(parameter)
      return Redaction.isSecretParameter(name)
        ? [parameter.replace(/^[^=]*=?/, ""), value].map((form) => Redacted.make(form))
        : []
    })
