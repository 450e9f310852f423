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

/** One line of the log: plain JSON values; without a prototype, so that `__proto__` is a key like any other. */
export type LogRecord = { [key: string]: unknown }

/**
 * The record of one log call. A message that is an event of ours names the event; any other becomes the event `log`
 * with a `message`. Annotations and objects logged after the message are its context; `spans` has the log spans around
 * it, with how many milliseconds each has been running. `known` masks values known to be secret.
 */
export const make = (options: Logger.Options<unknown>, known: (text: string) => string): LogRecord => {
  const clean = (text: string) => Redaction.text(known(text))
  const filled = Result.try(() => fill(head(options), options, clean))
  // A getter or a proxy in somebody's value threw: still say that there was something to say.
  return Result.getOrElse(filled, () => Object.assign(head(options), { event: "log", message: "unprintable message" }))
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

const empty = (): LogRecord => Object.create(null)

const head = ({ date, logLevel }: Logger.Options<unknown>): LogRecord =>
  Object.assign(empty(), { timestamp: date.toISOString(), level: levelName[logLevel] })

const fill = (record: LogRecord, options: Logger.Options<unknown>, clean: Clean): LogRecord => {
  const parts: ReadonlyArray<unknown> = Array.isArray(options.message) ? options.message : [options.message]
  const event = LogEvent.isEventName(parts[0]) ? parts[0] : "log"
  record["event"] = event
  record["component"] = event === "log" ? "application" : LogEvent.componentOf[event]
  const rest = event === "log" ? parts : parts.slice(1)
  const words = rest.filter((part) => !isContext(part) && !(part instanceof Error)).map((part) => wordOf(part, clean))
  if (words.length > 0) record["message"] = words.join(" ")
  addContext(record, options.fiber.getRef(References.CurrentLogAnnotations), clean)
  for (const part of rest) if (isContext(part)) addContext(record, part, clean)
  addSpans(record, options)
  const thrown = rest.find((part) => part instanceof Error)
  if (thrown !== undefined) record["error"] = errorOf(thrown, clean)
  const [reason] = options.cause.reasons
  if (reason !== undefined) record["error"] = errorOfReason(reason, clean)
  return record
}

/** An object whose fields are context; an error or a wrapped secret is a word of the message. */
const isContext = (part: unknown): part is { readonly [key: string]: unknown } =>
  Predicate.isObject(part) && !Array.isArray(part) && !(part instanceof Error) && !Redacted.isRedacted(part)

const wordOf = (part: unknown, clean: Clean): string => {
  const value = plain(part, "", clean, { left: maxValues })
  return typeof value === "string" ? value : JSON.stringify(value ?? null)
}

const reserved = new Set(["timestamp", "level", "event", "message"])

const addContext = (record: LogRecord, context: { readonly [key: string]: unknown }, clean: Clean): void => {
  const budget = { left: maxValues }
  for (const key of Object.keys(context)) {
    const value = plain(context[key], key, clean, budget)
    // The line's own fields are not to be forged by a field of the same name.
    if (value !== undefined) record[reserved.has(key) ? `field_${key}` : key] = value
  }
}

const addSpans = (record: LogRecord, { date, fiber }: Logger.Options<unknown>): void => {
  const spans = fiber.getRef(References.CurrentLogSpans)
  if (spans.length === 0) return
  const now = date.getTime()
  record["spans"] = Object.assign(empty(), Object.fromEntries(spans.map(([label, start]) => [label, now - start])))
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
  const record = empty()
  const named = [property(error, "_tag"), property(error, "name")].find(Predicate.isString)
  record["type"] = clean(named ?? "Error")
  record["message"] = clean(property(error, "message") ?? (Predicate.isObject(error) ? "" : String(error)))
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

/** A value as plain JSON: redacted, bounded; `undefined` where there is nothing to show. */
const plain = (value: unknown, key: string, clean: Clean, budget: Budget): unknown => {
  if (value === undefined || value === null || typeof value === "boolean") return value
  if (key !== "" && Redaction.isSecretName(key) && !(typeof value === "number" && countName.test(key))) {
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
  const record = empty()
  for (const [key, item] of value instanceof Map ? value : Object.entries(value)) {
    if (budget.left < 0) break
    const name = String(key)
    record[clean(name)] = plain(item, name, clean, budget)
  }
  return record
}
