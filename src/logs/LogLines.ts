/** Reads NDJSON logs of any size: a line at a time, each decoded into what summaries need. */
import * as Effect from "effect/Effect"
import * as Predicate from "effect/Predicate"
import * as Result from "effect/Result"
import * as Stream from "effect/Stream"
import { nodeBuiltin } from "../NodeBuiltin.ts"
import * as Redaction from "../telemetry/Redaction.ts"

const { stripVTControlCharacters } = nodeBuiltin("node:util")

/** One log line as far as it is understood; `null` where it does not say. */
export type LogLine = {
  /** Milliseconds since 1970. */
  readonly time: number | null
  readonly level: string
  readonly event: string
  readonly server: string | null
  readonly requestId: string | null
  readonly uri: string | null
  readonly durationMs: number | null
  readonly errorType: string | null
}

/**
 * Hands every line to `onLine`, in order; `null` for one that is not a log line (no JSON object with an `event`, or
 * longer than 1 MiB). Empty lines are passed over. `wanted` can refuse a line before it is parsed.
 */
export const forEachLine = <E, R>(
  text: Stream.Stream<string, E, R>,
  onLine: (line: LogLine | null) => void,
  wanted: (line: string) => boolean = () => true
): Effect.Effect<void, E, R> =>
  Effect.suspend(() => {
    let rest = ""
    let overlong = false
    const take = (line: string) => {
      if (overlong || line.length > longestLine) onLine(null)
      else if (line.trim() !== "" && wanted(line)) onLine(parse(line))
      overlong = false
    }
    return Stream.runForEach(text, (chunk) =>
      Effect.sync(() => {
        let start = 0
        for (let end = chunk.indexOf("\n"); end !== -1; end = chunk.indexOf("\n", start)) {
          take(rest + chunk.slice(start, end))
          rest = ""
          start = end + 1
        }
        rest += chunk.slice(start)
        if (rest.length > longestLine) {
          overlong = true
          rest = ""
        }
      })
    ).pipe(Effect.andThen(Effect.sync(() => take(rest))))
  })

// -----------------------------------------------------------------------------
// internals

/** A file without line ends must not fill the memory. */
const longestLine = 1024 * 1024

const parse = (line: string): LogLine | null => {
  const value = objectIn(line)
  if (value === null) return null
  const event = word(value["event"])
  if (event === null) return null
  const time = typeof value["timestamp"] === "string" ? Date.parse(value["timestamp"]) : Number.NaN
  const duration = value["duration_ms"]
  return {
    time: Number.isNaN(time) ? null : time,
    level: word(value["level"]) ?? "",
    event,
    server: word(value["server"]),
    requestId: word(value["request_id"]),
    uri: word(value["uri"]),
    durationMs: typeof duration === "number" && duration >= 0 ? duration : null,
    errorType: errorType(value["error"])
  }
}

/**
 * The log line in what a collector made of it: behind a prefix (docker compose, kubectl, journald, CRI), coloured, or as
 * a text inside an object of the collector's own (Docker's `json-file`, `journalctl -o json`).
 */
const objectIn = (line: string): { readonly [key: string]: unknown } | null => {
  const plain = stripVTControlCharacters(line)
  const start = plain.indexOf("{")
  const value = start === -1 ? null : objectOf(plain.slice(start, plain.lastIndexOf("}") + 1))
  const inner = value === null || "event" in value ? undefined : (value["log"] ?? value["MESSAGE"])
  return Predicate.isString(inner) && inner.includes("{") ? objectIn(inner) : value
}

const objectOf = (text: string): { readonly [key: string]: unknown } | null => {
  const value = Result.getOrUndefined(Result.try((): unknown => JSON.parse(text)))
  return Predicate.isObject(value) ? value : null
}

const errorType = (error: unknown): string | null =>
  error === undefined || error === null
    ? null
    : Predicate.hasProperty(error, "type")
      ? (word(error.type) ?? "Error")
      : "Error"

/** The log may be anybody's: what is shown of it is redacted, one line, and short. */
const word = (value: unknown): string | null =>
  typeof value === "string" && value !== "" ? Redaction.text(value).slice(0, 200) : null
