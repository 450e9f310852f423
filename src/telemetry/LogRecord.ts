/**
 * What one log line says, as data: the fields of DESIGN §8 in their order, every string of it redacted. Pure, and never
 * fails, because a logger that fails would fail the request it describes.
 */
import type * as Cause from "effect/Cause"
import * as Duration from "effect/Duration"
import type * as Logger from "effect/Logger"
import type * as LogLevel from "effect/LogLevel"
import * as Predicate from "effect/Predicate"
import * as Redacted from "effect/Redacted"
import * as References from "effect/References"
import * as Result from "effect/Result"
import * as LogEvent from "./LogEvent.ts"
import * as Redaction from "./Redaction.ts"

/** One line of the log: plain JSON values; `__proto__` is a key like any other. */
export type LogRecord = { [key: string]: unknown }

/**
 * Makes the record of a log call. A message that is an event of ours names the event; any other becomes the event `log`
 * with a `message`. Annotations and objects logged after the message are its context; `spans` has the log spans around
 * it, with how many milliseconds each has been running. `known` masks values known to be secret.
 */
export const maker = (known: (text: string) => string): ((options: Logger.Options<unknown>) => LogRecord) => {
  const clean = (text: string) => Redaction.text(known(text))
  // All lines of a request have the same annotations.
  let annotations: Context | null = null
  let annotated: LogRecord = {}
  return (options) => {
    const filled = Result.try(() => {
      const current = options.fiber.getRef(References.CurrentLogAnnotations)
      if (current !== annotations) {
        annotated = {}
        addContext(annotated, current, clean)
        annotations = current
      }
      return fill(head(options), options, annotated, clean)
    })
    // A getter or a proxy in somebody's value threw: still say that there was something to say.
    return Result.getOrElse(filled, () =>
      Object.assign(head(options), { event: "log", message: "unprintable message" })
    )
  }
}

// internal

const levelName: { readonly [level in LogLevel.LogLevel]: string } = {
  All: "DEBUG",
  Trace: "DEBUG",
  Debug: "DEBUG",
  Info: "INFO",
  Warn: "WARNING",
  Error: "ERROR",
  Fatal: "ERROR",
  None: "ERROR"
}

const head = ({ date, logLevel }: Logger.Options<unknown>): LogRecord => ({
  timestamp: isoOf(date.getTime()),
  level: levelName[logLevel]
})

/** The lines of one millisecond share their timestamp: writing it costs a tenth of a line. */
const isoOf = (() => {
  let last = Number.NaN
  let text = ""
  return (millis: number): string => {
    if (millis !== last) {
      text = new Date(millis).toISOString()
      last = millis
    }
    return text
  }
})()

/** Assigning to `__proto__` would replace the prototype; objects without one are written at half the speed. */
const set = (record: LogRecord, key: string, value: unknown): void => {
  if (key === "__proto__") {
    Object.defineProperty(record, key, { value, configurable: true, enumerable: true, writable: true })
  } else {
    record[key] = value
  }
}

const fill = (record: LogRecord, options: Logger.Options<unknown>, annotated: LogRecord, clean: Clean): LogRecord => {
  const parts: ReadonlyArray<unknown> = Array.isArray(options.message) ? options.message : [options.message]
  const event = LogEvent.isEventName(parts[0]) ? parts[0] : "log"
  record["event"] = event
  record["component"] = event === "log" ? "application" : LogEvent.componentOf[event]
  const rest = event === "log" ? parts : parts.slice(1)
  const words: Array<string> = []
  const contexts: Array<Context> = []
  let thrown: Error | undefined
  for (const part of rest) {
    if (isContext(part)) contexts.push(part)
    else if (part instanceof Error) thrown ??= part
    else words.push(wordOf(part, clean))
  }
  if (words.length > 0) record["message"] = words.join(" ")
  for (const key of Object.keys(annotated)) set(record, key, annotated[key])
  for (const context of contexts) addContext(record, context, clean)
  addSpans(record, options)
  if (thrown !== undefined) record["error"] = errorOf(thrown, clean)
  const [reason] = options.cause.reasons
  if (reason !== undefined) record["error"] = errorOfReason(reason, clean)
  return record
}

type Context = { readonly [key: string]: unknown }

/** An object whose fields are context; an error or a wrapped secret is a word of the message. */
const isContext = (part: unknown): part is Context =>
  Predicate.isObject(part) && !Array.isArray(part) && !(part instanceof Error) && !Redacted.isRedacted(part)

const wordOf = (part: unknown, clean: Clean): string => {
  const value = plain(part, "", clean, { left: maxValues })
  return typeof value === "string" ? value : JSON.stringify(value ?? null)
}

const reserved = new Set(["timestamp", "level", "event", "message"])

const addContext = (record: LogRecord, context: Context, clean: Clean): void => {
  const budget = { left: maxValues }
  for (const key of Object.keys(context)) {
    const value = plain(context[key], key, clean, budget)
    // The line's own fields are not to be forged by a field of the same name.
    if (value !== undefined) set(record, reserved.has(key) ? `field_${key}` : key, value)
  }
}

const addSpans = (record: LogRecord, { date, fiber }: Logger.Options<unknown>): void => {
  const spans = fiber.getRef(References.CurrentLogSpans)
  if (spans.length === 0) return
  const now = date.getTime()
  const elapsed: LogRecord = {}
  for (const [label, start] of spans) set(elapsed, label, now - start)
  record["spans"] = elapsed
}

const errorOfReason = (reason: Cause.Reason<unknown>, clean: Clean): LogRecord => {
  switch (reason._tag) {
    case "Fail":
      return errorOf(reason.error, clean)
    case "Interrupt":
      return { type: "Interrupted", message: "interrupted" }
    case "Die": {
      const error = errorOf(reason.defect, clean)
      // A defect is a bug of ours: without its place it cannot be found.
      if (reason.defect instanceof Error && reason.defect.stack !== undefined) {
        error["stack"] = clean(reason.defect.stack)
      }
      return error
    }
  }
}

/** `reason` is what our errors have: the word that says why, from a closed list. */
const errorOf = (error: unknown, clean: Clean): LogRecord => {
  const named = [property(error, "_tag"), property(error, "name")].find(Predicate.isString)
  const record: LogRecord = {
    type: clean(named ?? "Error"),
    message: clean(property(error, "message") ?? (Predicate.isObject(error) ? "" : String(error)))
  }
  const reason = property(error, "reason")
  if (reason !== undefined) record["reason"] = clean(reason)
  return record
}

const property = (value: unknown, key: string): string | undefined =>
  Predicate.hasProperty(value, key) && typeof value[key] === "string" ? value[key] : undefined

type Clean = (text: string) => string

/** How much of one value is shown; also what ends a cycle. A log line is no place for a document. */
const maxValues = 300
type Budget = { left: number }

/** Counts (`max_tokens`, `token_count`) bear a secret's name without being one. */
const countName = /tokens|count|_ms$|bytes/

/** Names of fields come from code: few, and the same in every line. */
const isSecretName = (() => {
  const known = new Map<string, boolean>()
  return (name: string): boolean => {
    const found = known.get(name)
    if (found !== undefined) return found
    const isSecret = Redaction.isSecretName(name)
    if (known.size < 1000) known.set(name, isSecret)
    return isSecret
  }
})()

/** A value as plain JSON: redacted, bounded; `undefined` where there is nothing to show. */
const plain = (value: unknown, key: string, clean: Clean, budget: Budget): unknown => {
  if (value === undefined || value === null || typeof value === "boolean") return value
  if (key !== "" && isSecretName(key) && !(typeof value === "number" && countName.test(key))) {
    return Redaction.mask
  }
  budget.left -= 1
  switch (typeof value) {
    case "string":
      return clean(value)
    case "number":
      return Number.isFinite(value) ? value : String(value)
    case "object":
      return budget.left < 0 ? "…" : plainObject(value, clean, budget)
    case "function":
      return undefined
    default:
      return clean(String(value))
  }
}

const plainObject = (value: object, clean: Clean, budget: Budget): unknown => {
  if (Redacted.isRedacted(value)) return Redaction.mask
  if (value instanceof Error) return errorOf(value, clean)
  if (value instanceof URL) return clean(Redaction.url(value))
  if (value instanceof Date || ArrayBuffer.isView(value)) return value instanceof Date ? String(value) : "<bytes>"
  if (Duration.isDuration(value)) return Duration.toMillis(value)
  if (Array.isArray(value) || value instanceof Set) {
    return Array.from(value)
      .slice(0, maxValues)
      .map((item) => plain(item, "", clean, budget))
  }
  const record: LogRecord = {}
  for (const [key, item] of value instanceof Map ? value : Object.entries(value)) {
    if (budget.left < 0) break
    const name = String(key)
    set(record, clean(name), plain(item, name, clean, budget))
  }
  return record
}
