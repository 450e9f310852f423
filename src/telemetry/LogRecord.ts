/**
 * What one log line says, as data: time, level, event and component, then the context, every string of it redacted. Pure, and never
 * fails, because a logger that fails would fail the request it describes.
 */
import type * as Cause from "effect/Cause"
import type * as Logger from "effect/Logger"
import type * as LogLevel from "effect/LogLevel"
import * as Context from "effect/Context"
import * as Predicate from "effect/Predicate"
import * as Redacted from "effect/Redacted"
import * as References from "effect/References"
import * as Result from "effect/Result"
import * as LogEvent from "./LogEvent.ts"
import * as LogValue from "./LogValue.ts"

/** One line of the log. */
export type LogRecord = LogValue.Fields

/** What was logged, where and when: all that a line is made of. */
export interface Call {
  readonly message: unknown
  readonly cause: Cause.Cause<unknown>
  readonly logLevel: LogLevel.LogLevel
  readonly date: Date
  /** That of the fiber that logged, with the annotations and spans around the call. */
  readonly context: Context.Context<never>
}

/** The call that a logger is told of. */
export const callOf = ({ cause, date, fiber, logLevel, message }: Logger.Options<unknown>): Call => ({
  message,
  cause,
  logLevel,
  date,
  context: fiber.context
})

/**
 * Makes the record of a log call. A message that is an event of ours names the event; any other becomes the event `log`
 * with a `message`. Annotations and objects logged after the message are its context; `spans` has the log spans around
 * it, with how many milliseconds each has been running. `clean` masks what is secret in a text.
 */
export const maker =
  (clean: LogValue.Clean) =>
  (call: Call): LogRecord => {
    const head = { timestamp: call.date.toISOString(), level: levelName[call.logLevel] }
    // A getter or a proxy in somebody's value may throw: still say that there was something to say.
    return Result.getOrElse(
      Result.try(() => fill({ ...head }, call, clean)),
      () => ({ ...head, event: "log", message: "unprintable message" })
    )
  }

// -----------------------------------------------------------------------------
// internals

/** An object whose fields are context; an error or a wrapped secret is a word of the message. */
const isContext = (part: unknown): part is LogEvent.Fields =>
  Predicate.isObject(part) && !Array.isArray(part) && !(part instanceof Error) && !Redacted.isRedacted(part)

/** How many milliseconds each of the log spans around a call has been running. */
const elapsed = (spans: ReadonlyArray<readonly [label: string, startedMs: number]>, now: Date): LogRecord => {
  const elapsed: LogRecord = {}
  for (const [label, startedMs] of spans) LogValue.set(elapsed, label, now.getTime() - startedMs)
  return elapsed
}

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

const fill = (record: LogRecord, call: Call, clean: LogValue.Clean): LogRecord => {
  const parts: ReadonlyArray<unknown> = Array.isArray(call.message) ? call.message : [call.message]
  const event = LogEvent.isEventName(parts[0]) ? parts[0] : "log"
  record["event"] = event
  record["component"] = event === "log" ? "application" : LogEvent.componentOf[event]
  const rest = event === "log" ? parts : parts.slice(1)
  const words: Array<string> = []
  const contexts: Array<LogEvent.Fields> = []
  let thrown: Error | undefined
  for (const part of rest) {
    if (isContext(part)) contexts.push(part)
    else if (part instanceof Error) thrown ??= part
    else words.push(wordOf(part, clean))
  }
  if (words.length > 0) record["message"] = words.join(" ")
  addContext(record, Context.get(call.context, References.CurrentLogAnnotations), clean)
  for (const context of contexts) addContext(record, context, clean)
  const spans = Context.get(call.context, References.CurrentLogSpans)
  if (spans.length > 0) record["spans"] = elapsed(spans, call.date)
  if (thrown !== undefined) record["error"] = LogValue.errorOf(thrown, clean)
  const [reason] = call.cause.reasons
  if (reason !== undefined) record["error"] = errorOfReason(reason, clean)
  return record
}

const wordOf = (part: unknown, clean: LogValue.Clean): string => {
  const value = LogValue.plain(part, "", clean, LogValue.budget())
  return typeof value === "string" ? value : JSON.stringify(value ?? null)
}

/** Not to be forged by a field of the same name. */
const reserved = new Set(["timestamp", "level", "event", "message"])

const addContext = (record: LogRecord, context: LogEvent.Fields, clean: LogValue.Clean): void => {
  const budget = LogValue.budget()
  for (const key of Object.keys(context)) {
    const value = LogValue.plain(context[key], key, clean, budget)
    if (value !== undefined) LogValue.set(record, reserved.has(key) ? `field_${key}` : key, value)
  }
}

const errorOfReason = (reason: Cause.Reason<unknown>, clean: LogValue.Clean): LogRecord => {
  switch (reason._tag) {
    case "Fail":
      return LogValue.errorOf(reason.error, clean)
    case "Interrupt":
      return { type: "Interrupted", message: "interrupted" }
    case "Die": {
      const error = LogValue.errorOf(reason.defect, clean)
      // A defect is a bug of ours: without its place it cannot be found.
      if (reason.defect instanceof Error && reason.defect.stack !== undefined) {
        error["stack"] = clean(reason.defect.stack)
      }
      return error
    }
  }
}
