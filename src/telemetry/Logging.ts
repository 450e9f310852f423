/**
 * The Layer that turns log calls into lines on stderr. An app that imports the library keeps its own logger instead:
 * nothing but the runner needs this module.
 */
import * as Console from "effect/Console"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Logger from "effect/Logger"
import * as LogLevel from "effect/LogLevel"
import * as Predicate from "effect/Predicate"
import * as References from "effect/References"
import type { LogLevel as ConfiguredLevel } from "../config/OrchestratorConfig.ts"
import * as Colour from "./Colour.ts"
import * as LogEvent from "./LogEvent.ts"
import * as LogRecord from "./LogRecord.ts"
import type * as LogValue from "./LogValue.ts"
import { minimumLevel } from "./MinimumLevel.ts"
import * as Redaction from "./Redaction.ts"

export type Settings = {
  /** `false` is silence. */
  readonly enabled: boolean
  /** Less severe calls are not even formatted. */
  readonly level: ConfiguredLevel
  /** `json`: one object a line, for machines. `pretty`: aligned, and coloured if stderr can show it. */
  readonly format: "json" | "pretty"
  /** Values known to be secret (those of `ConfigLoader.load`), masked wherever they turn up. */
  readonly secrets: ReadonlyArray<Redaction.Secret>
}

/**
 * Replaces the loggers by one that writes to stderr, through the `Console` service. Lines wait up to 10 ms to be written
 * together; those of WARNING or worse are written at once, with what came before them. When the Layer is released, it
 * waits until a slow reader has taken them all.
 */
export const layer = (settings: Settings): Layer.Layer<never> => {
  if (!settings.enabled) return Layer.mergeAll(Logger.layer([]), Layer.succeed(References.MinimumLogLevel, "None"))
  const known = Redaction.withSecrets(settings.secrets)
  const recordOf = LogRecord.maker(remembering((text) => Redaction.text(known(text))))
  const format = settings.format === "json" ? JSON.stringify : pretty(Colour.onStderr())
  const line = (call: LogRecord.Call) => format(recordOf(call))
  const lines = new Lines(line)
  const logger = Logger.make<unknown, void>((options) => {
    const call = LogRecord.callOf(options)
    lines.add(isLasting(options) ? call : line(call), options.fiber.getRef(Console.Console))
    if (LogLevel.isGreaterThanOrEqualTo(options.logLevel, "Warn")) lines.flush()
  })
  return Layer.mergeAll(
    Logger.layer([logger]),
    Layer.succeed(Waiting, lines),
    Layer.succeed(References.MinimumLogLevel, minimumLevel[settings.level]),
    Layer.effectDiscard(
      Effect.addFinalizer(() =>
        Effect.andThen(
          Effect.sync(() => lines.flush()),
          drained
        )
      )
    )
  )
}

/**
 * Writes what has been logged so far: for those who are about to write something of their own.
 *
 * @internal
 */
export const flush: Effect.Effect<void> = Effect.suspend(() => Effect.map(Waiting, (lines) => lines?.flush()))

/**
 * One line for people: time (UTC), level, event and component in columns, then `key=value`; without `spans`.
 *
 * @internal
 */
export const pretty =
  (colour: boolean) =>
  (record: LogRecord.LogRecord): string => {
    const paint = (code: number, text: string) => (colour ? `${escape}[${code}m${text}${escape}[0m` : text)
    const { timestamp, level, event, component, message, error, spans: _, ...context } = record
    const columns = [
      paint(2, String(timestamp).slice(11, 23)),
      paint(colourOf.get(String(level)) ?? 0, String(level).padEnd(7)),
      paint(1, String(event === "log" ? (message ?? "") : event).padEnd(28)),
      paint(2, String(component).padEnd(11))
    ]
    const fields = Object.entries(context).map(([key, value]) => `${paint(2, `${key}=`)}${shown(value)}`)
    const words = event === "log" || message === undefined ? [] : [String(message)]
    const failure = error === undefined ? [] : [paint(31, shownError(error))]
    return [...columns, ...words, ...fields, ...failure].join(" ").trimEnd()
  }

// -----------------------------------------------------------------------------
// internals

/** Ids, URIs and words come again and again: short texts without a secret in them are remembered as such. */
const remembering = (clean: LogValue.Clean): LogValue.Clean => {
  const harmless = new Set<string>()
  return (text) => {
    if (harmless.has(text)) return text
    const cleaned = clean(text)
    if (cleaned !== text || text.length > 100) return cleaned
    if (harmless.size === 2000) harmless.clear()
    harmless.add(text)
    return text
  }
}

/**
 * Whether the call can be put into words later: nobody changes the fields of an event. Made together, lines cost two
 * thirds of what they cost one by one in the middle of something else.
 */
const isLasting = ({ message }: Logger.Options<unknown>): boolean =>
  Array.isArray(message) && LogEvent.isEventName(message[0])

/** Lines on their way to the console. Writing one costs more than making it, and at DEBUG there are thousands. */
class Lines {
  readonly #lineOf: (call: LogRecord.Call) => string
  #console: Console.Console | null = null
  #waiting: Array<LogRecord.Call | string> = []

  constructor(lineOf: (call: LogRecord.Call) => string) {
    this.#lineOf = lineOf
  }

  add(line: LogRecord.Call | string, console: Console.Console): void {
    if (console !== this.#console) this.flush()
    this.#console = console
    if (this.#waiting.push(line) === 1) setTimeout(() => this.flush(), longestWaitMs)
  }

  flush(): void {
    if (this.#waiting.length === 0) return
    const lines = this.#waiting.map((line) => (typeof line === "string" ? line : this.#lineOf(line)))
    // First, since what writes may itself have something to log.
    this.#waiting = []
    this.#console?.error(lines.join("\n"))
  }
}

/** A pipe holds 64 kB: what one gather at DEBUG logs in this time fits into it. */
const longestWaitMs = 10

/** The lines of the logger in use. */
const Waiting = Context.Reference<Lines | null>("effect-mcp-orchestrator/telemetry/Logging/Waiting", {
  defaultValue: () => null
})

/** Node queues what a full pipe does not take, and `process.exit` drops the queue. A reader that hangs is not waited for. */
const drained = Effect.callback<void>((resume) => {
  const done = () => resume(Effect.void)
  if (process.stderr.writableLength === 0) return done()
  process.stderr.once("error", done)
  process.stderr.write("", done)
}).pipe(Effect.interruptible, Effect.timeoutOption("2 seconds"))

const escape = String.fromCharCode(0x1b)

const colourOf = new Map([
  ["DEBUG", 34],
  ["INFO", 32],
  ["WARNING", 33],
  ["ERROR", 31]
])

const shown = (value: unknown): string =>
  typeof value === "string" && /^[^\s"=]+$/.test(value) ? value : JSON.stringify(value)

const shownError = (error: unknown): string =>
  Predicate.hasProperty(error, "type") && Predicate.hasProperty(error, "message")
    ? `${String(error.type)}: ${String(error.message)}`
    : shown(error)
