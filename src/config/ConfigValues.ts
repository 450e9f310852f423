/**
 * What a key of the configuration file may hold: texts, numbers, durations, sizes, addresses, headers, each with its bounds
 * and the words for what else was found. The patterns are what an editor can check; each is repeated by the decoder.
 */
import * as ByteSize from "effect/ByteSize"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import * as SchemaTransformation from "effect/SchemaTransformation"
import * as AddressPolicy from "./AddressPolicy.ts"

/** A text with something in it. */
export const text = (description: string) =>
  Schema.String.check(Schema.isPattern(/\S/u)).annotate({ expected: "a text that is not empty", description })

/** At least one text. */
export const texts = (what: string, description: string) =>
  Schema.Array(text(`A ${what}.`))
    .check(Schema.isMinLength(1))
    .annotate({ expected: `a list of at least one ${what}`, description })

/** True or false, and which where the key is left out. */
export const flag = (description: string, fallback: boolean) =>
  Schema.Boolean.annotate({ expected: "true or false", description, default: fallback }).pipe(
    Schema.withDecodingDefaultKey(Effect.succeed(fallback))
  )

/** A whole number, bounds included. */
export const whole = (description: string, minimum: number, maximum: number) =>
  Schema.Int.check(Schema.isBetween({ minimum, maximum })).annotate({
    expected: `a whole number from ${minimum} to ${maximum}`,
    description
  })

/** The same, with a default. */
export const wholeOr = (fallback: number, minimum: number, maximum: number, description: string) =>
  whole(description, minimum, maximum)
    .annotate({ default: fallback })
    .pipe(Schema.withDecodingDefaultKey(Effect.succeed(fallback)))

/** A whole number from 1, with a default. */
export const count = (description: string, maximum: number, fallback: number) =>
  wholeOr(fallback, 1, maximum, description)

/** Any number, bounds included, with a default. */
export const number = (description: string, minimum: number, maximum: number, fallback: number) =>
  Schema.Finite.check(Schema.isBetween({ minimum, maximum }))
    .annotate({ expected: `a number from ${minimum} to ${maximum}`, description, default: fallback })
    .pipe(Schema.withDecodingDefaultKey(Effect.succeed(fallback)))

// Timers cannot count further than 2^31 ms (24.8 days); no step here may take longer than a day.
const longest = Duration.days(1)

const duration = (
  shortest: "0 millis" | "1 milli",
  description: string,
  annotations: { readonly default?: string } = {}
) =>
  Schema.String.check(
    Schema.isPattern(/^\d{1,15}(?:\.\d{1,15})?\s+(?:nano|micro|milli|second|minute|hour|day|week)s?$/u)
  )
    .annotate({
      expected: `a duration from "${shortest}" to "1 day", such as "5 seconds" or "200 millis"`,
      description,
      form: "duration",
      ...annotations
    })
    .pipe(
      Schema.decodeTo(
        Schema.Duration.check(
          Schema.makeFilter((value) =>
            Duration.between(value, { minimum: Duration.fromInputUnsafe(shortest), maximum: longest })
          )
        ),
        SchemaTransformation.durationFromString
      )
    )

/** A time of at least a millisecond that has its default elsewhere. */
export const deadline = (description: string) => duration("1 milli", description)

/** A time, with a default. */
export const durationOr = (fallback: string, shortest: "0 millis" | "1 milli", description: string) =>
  duration(shortest, description, { default: fallback }).pipe(Schema.withDecodingDefaultKey(Effect.succeed(fallback)))

const sizeCeiling = 2 ** 40

/** Bytes, with a default; decoded to their number. */
export const size = (description: string, fallback: string) =>
  Schema.String.check(Schema.isPattern(/^\d{1,15}(?:\.\d{1,15})?\s*(?:B|bytes?|kB|MB|GB|TB|KiB|MiB|GiB|TiB)$/u))
    .annotate({
      expected: `a size from "1 B" to "1 TiB", such as "8 MiB"`,
      description,
      form: "size",
      default: fallback
    })
    .pipe(
      Schema.decodeTo(
        Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: sizeCeiling })),
        SchemaTransformation.transform<number, string>({
          decode: (value) =>
            ByteSize.fromString(value).pipe(
              Option.flatMap(ByteSize.toNumber),
              Option.getOrElse(() => 0)
            ),
          encode: (bytes) => `${bytes} B`
        })
      ),
      Schema.withDecodingDefaultKey(Effect.succeed(fallback))
    )

/** What is wrong with a server's URL, in words that never repeat it: it may hold a password. */
export const urlProblem = (value: string): string | undefined => {
  if (/\s/.test(value)) return "the URL contains white space"
  const scheme = /^([A-Za-z][A-Za-z0-9+.-]*):\/\//.exec(value)?.[1]
  if (scheme === undefined)
    return `expected an address such as "http://localhost:8000/sse", with http:// or https:// at its start`
  if (!/^https?$/i.test(scheme)) return `the scheme must be http or https: servers are reached over SSE, not ${scheme}`
  if (!/^[^:]*:\/\/[^/\\?#]/.test(value)) return "the URL names no host"
  const url = URL.parse(value)
  if (url === null) return "this is not a valid URL (check the host and the port)"
  if (url.username !== "" || url.password !== "")
    return `the URL holds a user name or password; put them into headers: { Authorization: "Basic \${TOKEN}" } instead`
  if (value.includes("#")) return `the URL has a fragment ("#…"), which is never sent to a server; remove it`
  return undefined
}

/** The address of a server, decoded to a URL. */
export const address = (description: string, example: string) =>
  Schema.String.check(Schema.makeFilter(urlProblem), Schema.isPattern(/^[Hh][Tt][Tt][Pp][Ss]?:\/\/[^\s#]+$/u))
    .annotate({ expected: "an http or https address", description, examples: [example] })
    .pipe(Schema.decodeTo(Schema.URL, SchemaTransformation.urlFromString))

/** An IP address, or a range of them. */
export const addressRange = Schema.String.check(
  Schema.makeFilter(AddressPolicy.rangeProblem),
  Schema.isPattern(/^[0-9A-Fa-f:.]+(?:\/\d{1,3})?$/u)
).annotate({ expected: 'an IP address or a range such as "169.254.10.0/24"', description: "An address or a range." })

/** HTTP headers; the values are secrets. */
export const headers = Schema.Record(
  Schema.String.check(Schema.isPattern(/^(?!__proto__$)[A-Za-z0-9!#$%&'*+.^_`|~-]{1,256}$/u)),
  Schema.RedactedFromValue(
    Schema.String.check(Schema.isPattern(/^[\t\x20-\x7e\xa0-\xff]*$/u)).annotate({
      expected: "a text of one line that HTTP can carry",
      description: "The header's value; always treated as a secret."
    })
  )
).annotate({
  expected: "a mapping of header names to texts",
  description: 'HTTP headers sent with every request: { Authorization: "Bearer ${TOKEN}" }.'
})

/** The words of `orchestration.log_level`, which takes them in any case. */
const logLevels = ["DEBUG", "INFO", "WARNING", "ERROR"] as const

const anyCase = (word: string) => [...word].map((letter) => `[${letter}${letter.toLowerCase()}]`).join("")

/** The least severe level, in any case. */
export const logLevel = Schema.String.check(
  Schema.isPattern(new RegExp(`^(?:${logLevels.map(anyCase).join("|")})$`, "u"))
)
  .annotate({
    expected: "DEBUG, INFO, WARNING or ERROR",
    description: "Least severe log line that is written: DEBUG, INFO, WARNING or ERROR, in any case.",
    words: logLevels,
    default: "INFO"
  })
  .pipe(
    Schema.decodeTo(Schema.String, SchemaTransformation.toUpperCase()),
    Schema.decodeTo(Schema.Literals(logLevels)),
    Schema.withDecodingDefaultKey(Effect.succeed("INFO"))
  )
