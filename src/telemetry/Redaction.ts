/**
 * Keeps secrets out of what is written: pure functions over URLs, free text and known secret values.
 *
 * Over-redaction is the chosen failure: a masked word costs a second look, a leaked one costs a key. Every repetition
 * in a pattern is bounded or cannot overlap its neighbour, because the text may come from a server: time is linear.
 */
import * as Base64 from "effect/encoding/Base64"
import * as Hex from "effect/encoding/Hex"
import * as Redacted from "effect/Redacted"
import * as Result from "effect/Result"
import * as SecretScan from "./SecretScan.ts"

/** A value known to be secret. A label is shown in its place, where there is one; else the mask. */
export type Secret = string | Redacted.Redacted<string>

/** What stands in place of a secret; the same word that Effect's `Redacted` prints. */
export const mask = "<redacted>"

/** The longest text that `text` and `url` return, in UTF-16 units. */
export const maxTextLength = 2000

/**
 * A URL fit to be shown: without user-info, secret query and fragment parameters masked, token shapes in its path
 * masked. Its scheme names no secret, whatever it is called (`tokens://usage`). Never fails: what cannot be parsed is
 * treated by its looks.
 */
export const url = (url: URL | string): string => {
  const line = singleLine(String(url).slice(0, workLength))
  const scheme = /^[a-z][a-z0-9+.-]{0,63}(?=:\/\/)/i.exec(line)?.[0] ?? ""
  if (scheme !== "") return shorten(scheme + maskSecrets(`x${line.slice(scheme.length)}`).slice(1))
  return shorten(maskSecrets(line.includes("://") ? line : line.replace(/^[^/?#]*@/, "")))
}

/**
 * Free text (a server's words, a driver's message) fit to be shown: one line without control or ANSI characters, at
 * most `maxTextLength` long; user-info and secret parameters of URLs, `name=value` secrets, authorization schemes and
 * well-known token shapes are masked.
 */
export const text = (text: string): string =>
  text.length <= maxTextLength && !suspicious.test(text) ? text : shorten(maskSecrets(singleLine(cut(text))))

/**
 * Masks values known to be secret wherever they stand: as they are, URL-encoded, JSON-escaped or in base64 (also inside
 * a longer base64 text); those of 8 characters or more also in hex, escapes of any kind, base64 of base64, other case, and
 * wrapped at line ends. Values under 4 characters are ignored: masking them would shred every text. Changes nothing
 * else; run it before `text`, so that shortening cannot cut a secret in half. Make it once: that costs more than a use.
 */
export const withSecrets = (secrets: ReadonlyArray<Secret>): ((text: string) => string) =>
  maskAll(secrets, usualForms(secrets), { cut: false })

/**
 * The same for a text that somebody has shortened before: masks what its end has left of a secret, too.
 *
 * @internal
 */
export const withSecretsInCut = (secrets: ReadonlyArray<Secret>): ((text: string) => string) => {
  const forms = usualForms(secrets)
  const maskWhole = maskAll(secrets, forms, { cut: true })
  return (text) => {
    const masked = maskWhole(text)
    const end = masked.replace(/…$/, "")
    let left = 0
    let last = mask
    for (const { form, shown } of forms) {
      const length = commonLength(end, form)
      if (length > left) [left, last] = [length, shown]
    }
    return left < shortestSecret ? masked : `${end.slice(0, -left)}${last}`
  }
}

/** Whether a field or header of this name holds a secret: `password`, `api_key`, `X-Auth-Token`, … */
export const isSecretName = (name: string): boolean => secretField.test(name)

/** Whether a parameter of a URL holds one: shorter names do there (`key`, `sig`, `code`). */
export const isSecretParameter = (name: string): boolean => secretParameter.test(name)

// -----------------------------------------------------------------------------
// internals

/** Longer texts are cut before they are searched; far less of them is shown anyway. */
const workLength = 16 * 1024

const names =
  "(?:token|secret|passw(?:or)?d|passphrase|pwd|(?:api|access|private|signing|encryption)[-_ ]?key|authorization|credential|cookie|signature|jwt|session[-_]?(?:id|key))"

const secretField = new RegExp(`${names}|^(?:headers|auth|bearer|pass)$`, "i")

/** In a query string shorter names are secrets too. */
const secretParameter = new RegExp(
  `${names}|^session|^o?auth[-_]?code$|(?:^|[-_])(?:key|ak|sig|auth|code|sid|pass|pin|otp)$`,
  "i"
)

/** One test for the common short field: nothing in a text without any of these is a secret by its looks. */
const suspicious = new RegExp(
  String.raw`[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]|\s\s|^\s|\s$|[?&;#@]|bearer|basic|identified by|-----|eyJ|sk-|[spr]k_|gh[a-z]_|github_|glpat|xox|AKIA|ASIA|AIza|ya29|npm_|hf_|${names}`,
  "iu"
)

const escape = String.fromCharCode(0x1b)
const bell = String.fromCharCode(0x07)
const escapeSequence = new RegExp(
  [
    String.raw`(?:${escape}\[|\u009b)[0-?]{0,64}[ -/]{0,8}[@-~]?`,
    String.raw`${escape}[\]PX^_][^${bell}${escape}]{0,1024}(?:${bell}|${escape}\\)?`,
    `${escape}.?`
  ].join("|"),
  "g"
)

// Escapes and invisible characters go before secrets are looked for, or they could hide one.
const singleLine = (text: string): string =>
  text
    .replace(escapeSequence, "")
    .replace(/\p{Cf}/gu, "")
    .replace(/[\s\p{Cc}\p{Zl}\p{Zp}]+/gu, " ")
    .trim()
    .toWellFormed()

const shorten = (line: string): string =>
  line.length <= maxTextLength ? line : `${line.slice(0, maxTextLength - 1)}…`.toWellFormed()

/** The last word of a cut text goes too: half a token no longer looks like one. */
const cut = (text: string): string => {
  if (text.length <= workLength) return text
  const head = text.slice(0, workLength)
  return `${head.slice(0, Math.max(head.lastIndexOf(" "), head.lastIndexOf("\n"), head.lastIndexOf("\t"), 0))} …`
}

const quoted = String.raw`(\\{1,8})(["'])[^]*?(?:(?<!\\)\2\3|$)|"(?:[^"\\]|\\.|"")*(?:"|$)|'(?:[^'\\]|\\.|'')*(?:'|$)|[\[{][^\]}]*[\]}]?`
const unquoted = String.raw`(?:(?:bearer|basic|digest|token|negotiate)\s)?(?:[^\s&";]|[&;](?!\s?[\w.-]{1,40}=))+`

/** `${VAR}` in place of a value: masked already, and more telling than the mask. */
const placeholder = String.raw`\$\{[A-Za-z_]\w{0,127}\}`
const wholePlaceholder = new RegExp(`^${placeholder}$`)

/** Pattern and what it becomes, in order: wholes before their parts. */
const rules: ReadonlyArray<readonly [RegExp, string]> = [
  [/-----BEGIN [A-Z0-9 ]{0,40}-----[^]*?(?:-----END [A-Z0-9 ]{0,40}-----|$)/g, mask],
  // User-info of a URL reaches to the last @ of its authority (WHATWG URL, authority state) …
  [/([a-z][a-z0-9+.-]{0,30}:[\\/]{2})[^\s/?#\\]{0,1024}@/gi, "$1"],
  // … and of a malformed one, whose password holds a slash, to the last @ of the word.
  [/([a-z][a-z0-9+.-]{0,30}:[\\/]{2})[^\s/?#:@[]{0,256}:(?!\d{1,5}(?:[/?#\s]|$))\S{0,256}@/gi, "$1"],
  [/(?<![\w.+%-])[\w.+%-]{1,64}:[^\s/]{1,128}@(?=[\w[])/g, `${mask}@`],
  [/(cookies?["']?\s?[:=]\s?)[^\s;"]+(?:;\s?[^\s;"]+)*/gi, `$1${mask}`],
  [
    new RegExp(
      String.raw`(?<!unexpected\s)(${names}[\w.-]{0,64}(?:\s(?:provided|given|supplied|used|value))?\\{0,8}["'\x60]?\s?(?:=>|:=|[:=]{1,2})\s?)(?!${placeholder}(?:[\s&#"',;)]|$))(?:${quoted}|${unquoted})`,
      "gi"
    ),
    `$1${mask}`
  ],
  [new RegExp(String.raw`((?:passw(?:or)?d|passphrase|pwd|secret|identified by)\s)(?:${quoted})`, "gi"), `$1${mask}`],
  [new RegExp(String.raw`(?<!unexpected\s)(${names}\s)(?=[\w+/=.-]{0,200}\d)[\w+/=.-]{16,}`, "gi"), `$1${mask}`],
  [/\b(bearer(?:\s|%20))(?!(?:tokens?|auth\w{0,20}|scheme|realm|error)(?:[\s.,;:=]|$))[^\s"',]+/gi, `$1${mask}`],
  [/\b(basic(?:\s|%20))(?=[\w+/-]{0,200}[\d+/=])[\w+/-]{6,}={0,2}/gi, `$1${mask}`],
  [
    /(?<![A-Za-z0-9])(?:sk-[\w-]{12,}|[spr]k_(?:live|test)_\w{8,}|gh[a-z]_\w{16,}|github_pat_\w{16,}|glpat-[\w-]{12,}|xox[a-z]-[\w-]{8,}|(?:AKIA|ASIA)[0-9A-Z]{12,}|AIza[\w-]{20,}|ya29\.[\w.-]{10,}|npm_\w{20,}|hf_\w{16,}|eyJ[\w-]{6,}\.[\w-]{4,}(?:\.[\w-]*){0,3})/g,
    mask
  ]
]

const maskSecrets = (line: string, depth = 0): string =>
  rules.reduce((result, [pattern, replacement]) => result.replace(pattern, replacement), maskParameters(line, depth))

/** Absolute and relative URLs alike: `?name=value`, `&name=value`, `#name=value`. What is masked stays as it is. */
const maskParameters = (line: string, depth: number): string =>
  line.replace(
    /([?&;#])([^=&?#;\s"<>]{1,80})=((?:<redacted>)?[^&#;\s"<>]*(?:;(?![^=&;#\s]{1,80}=)[^&#;\s"<>]*)*)/g,
    (whole, separator: string, name: string, value: string) =>
      !wholePlaceholder.test(value) && (secretParameter.test(percentDecode(name)) || hidesSecret(value, depth))
        ? `${separator}${name}=${mask}`
        : whole
  )

/** A parameter may carry a whole URL; the depth is bounded because each level can be encoded again. */
const hidesSecret = (value: string, depth: number): boolean => {
  const decoded = percentDecode(value)
  return depth < 3 && decoded !== value && maskSecrets(decoded, depth + 1) !== decoded
}

/** Only ASCII, which is all that names and separators are made of; unlike `decodeURIComponent` it cannot fail. */
const percentDecode = (text: string): string =>
  text.replace(/%([0-7][0-9a-f])/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))

type Form = SecretScan.Needle

/** Every form of every credential in them once; of a secret that is given with and without a label, the label is shown. */
const formsOfAll = (
  secrets: ReadonlyArray<Secret>,
  formsOf: (credential: string) => ReadonlyArray<string>
): ReadonlyArray<Form> => {
  const shownOf = new Map<string, string>()
  for (const secret of secrets) {
    const [value, label] = typeof secret === "string" ? [secret] : [Redacted.value(secret), secret.label]
    const credentials = credentialsIn(value).filter((credential) => credential.trim().length >= shortestSecret)
    for (const form of credentials.flatMap(formsOf)) shownOf.set(form, label ?? shownOf.get(form) ?? mask)
  }
  return [...shownOf].map(([form, shown]) => ({ form, shown }))
}

/** The longest first. */
const usualForms = (secrets: ReadonlyArray<Secret>): ReadonlyArray<Form> =>
  formsOfAll(secrets, formsOf).toSorted((one, other) => other.form.length - one.form.length)

/** First what only a scan finds: with a part of it masked, the rest would no longer be found. */
const maskAll = (
  secrets: ReadonlyArray<Secret>,
  forms: ReadonlyArray<Form>,
  options: { readonly cut: boolean }
): ((text: string) => string) => {
  const maskEncoded = SecretScan.make(formsOfAll(secrets, scannedForms), options)
  const maskUsual = maskForms(forms)
  return (text) => maskUsual(maskEncoded(text))
}

const maskForms = (forms: ReadonlyArray<Form>) => (text: string) =>
  forms.reduce(
    (result, { form, shown }) => (result.includes(form) ? result.replaceAll(form, () => shown) : result),
    text
  )

/** How much of the form's beginning is the text's end. */
const commonLength = (text: string, form: string): number => {
  const last = text.charCodeAt(text.length - 1)
  for (let length = Math.min(form.length, text.length); length > 0; length--) {
    // Compared first, because it rules out nearly all lengths without making a text.
    if (form.charCodeAt(length - 1) === last && text.endsWith(form.slice(0, length))) return length
  }
  return 0
}

/**
 * A header value is a secret as a whole, and so is what stands in it: `Bearer <this>`, `Basic base64(user:<this>)`,
 * `name=<this>; name=<this>`.
 */
const credentialsIn = (secret: string): ReadonlyArray<string> => {
  const pairs = [...secret.matchAll(/=\s?"?([^\s";,=]+)/g)].flatMap(([, value = ""]) =>
    value.length < shortestPart ? [] : [value]
  )
  const [, scheme, credentials] = /^(\w+)\s+(\S.*)$/s.exec(secret.trim()) ?? []
  if (scheme === undefined || credentials === undefined) return [secret, ...pairs]
  const decoded = scheme.toLowerCase() === "basic" ? fromBase64(credentials) : ""
  return [secret, credentials, decoded, decoded.slice(decoded.indexOf(":") + 1), ...pairs]
}

/** As forgiving as servers are: either alphabet, padded or not. "" for what is none. */
const fromBase64 = (text: string): string => {
  const digits = text
    .replaceAll("-", "+")
    .replaceAll("_", "/")
    .replace(/[^A-Za-z0-9+/]/g, "")
  const padded = digits.padEnd(Math.ceil(digits.length / 4) * 4, "=")
  return Result.getOrElse(Base64.decodeString(padded), () => "")
}

const shortestSecret = 4
/** Cookies hold words such as `dark` and `en-US` beside what is secret. */
const shortestPart = 8

/** What a scan looks for: escapes, spaces, case and base64url make no difference to it. */
const scannedForms = (secret: string): ReadonlyArray<string> => {
  const plain = secret.toWellFormed()
  const once = [...new Set(base64Forms(plain))]
  return [plain, Hex.encode(plain), ...once, ...once.flatMap(base64Forms)]
}

const formsOf = (secret: string): ReadonlyArray<string> => {
  const plain = secret.toWellFormed()
  // RFC 3986 reserves more than `encodeURIComponent` encodes; Python's `quote` leaves slashes.
  const percent = encodeURIComponent(plain)
  const reserved = percent.replace(/[!'()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`)
  const percents = [percent, reserved, reserved.replaceAll("%2F", "/"), percent.replaceAll("%2F", "/")]
  const json = JSON.stringify(plain).slice(1, -1)
  const forms = [
    secret,
    plain,
    plain.trim(),
    plain.replace(/\s+/g, " "),
    ...percents,
    ...percents.map((text) => text.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase())),
    new URLSearchParams([["", plain]]).toString().slice(1),
    json,
    JSON.stringify(json).slice(1, -1)
  ]
  return [...forms, ...base64Forms(plain)]
}

/**
 * Base64 puts 3 bytes into 4 characters, so a secret inside a longer text appears in one of three ways, of which the
 * characters made only of its own bits are always the same.
 */
const base64Forms = (secret: string): ReadonlyArray<string> => {
  const bytes = new TextEncoder().encode(secret)
  return [0, 1, 2].flatMap((offset) => {
    const longer = new Uint8Array(offset + bytes.length)
    longer.set(bytes, offset)
    const encoded = Base64.encode(longer)
    const own = encoded.slice(Math.ceil((offset * 8) / 6), Math.floor(((offset + bytes.length) * 8) / 6))
    // Fewer characters would meet innocent text by chance.
    return own.length < 5 ? [] : [own, own.replaceAll("+", "-").replaceAll("/", "_")]
  })
}
