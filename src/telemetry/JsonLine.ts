/**
 * A log call as one line of JSON: its `LogRecord`, stringified. Most lines are events with a few flat fields, at DEBUG
 * two a resource: those are put together from pieces of earlier lines, in a loop for a tenth of the time.
 */
import * as Context from "effect/Context"
import * as References from "effect/References"
import * as Result from "effect/Result"
import * as LogEvent from "./LogEvent.ts"
import * as LogRecord from "./LogRecord.ts"
import * as LogValue from "./LogValue.ts"
import * as Redaction from "./Redaction.ts"

/** Makes lines. `clean` masks what is secret in a text. */
export const maker = (clean: LogValue.Clean): ((call: LogRecord.Call) => string) => {
  const recordOf = LogRecord.maker(clean)
  const pieces = new Pieces(recordOf, clean)
  return (call) => Result.getOrNull(Result.try(() => flatLine(call, pieces))) ?? JSON.stringify(recordOf(call))
}

// internal

type Spans = ReadonlyArray<readonly [label: string, startedMs: number]>

/** The line of an event with flat fields; `null` where the record has to be made. */
const flatLine = (call: LogRecord.Call, pieces: Pieces): string | null => {
  const { cause, context, date, message } = call
  if (cause.reasons.length > 0 || !Array.isArray(message) || message.length !== 2) return null
  const fields: unknown = message[1]
  const annotations = Context.get(context, References.CurrentLogAnnotations)
  const head = pieces.head(call, message[0], annotations)
  if (head === null || !LogRecord.isContext(fields)) return null
  pieces.at(date, Context.get(context, References.CurrentLogSpans))
  let line = pieces.opening + head
  for (const key of Object.keys(fields)) {
    const field = pieces.field(key)
    // Of two fields of one name, the line has one.
    if (field === null || Object.hasOwn(annotations, key)) return null
    const value = fields[key]
    if (typeof value === "string") line += field.texts.get(value) ?? pieces.text(field, value)
    else if (typeof value === "boolean" || Number.isFinite(value)) line += field.name + String(value)
    else if (value !== undefined) return null
  }
  return line + pieces.closing
}

interface Field {
  /** With what stands around it. */
  readonly name: string
  /** Its values so far, with the name. */
  readonly texts: Map<string, string>
}

/** What many lines have in common, as JSON, each piece remembered until another one is asked for. */
class Pieces {
  /** The time. */
  opening = ""
  /** The spans. */
  closing = ""
  readonly #recordOf: (call: LogRecord.Call) => LogRecord.LogRecord
  readonly #clean: LogValue.Clean
  readonly #heads = new Map<unknown, { level: string; annotations: LogEvent.Fields; head: string | null }>()
  readonly #fields = new Map<string, Field | null>()
  #millis = Number.NaN
  #spans: Spans = []

  constructor(recordOf: (call: LogRecord.Call) => LogRecord.LogRecord, clean: LogValue.Clean) {
    this.#recordOf = recordOf
    this.#clean = clean
  }

  /** Sets the pieces that depend on the time. */
  at(date: Date, spans: Spans): void {
    const millis = date.getTime()
    if (millis === this.#millis && spans === this.#spans) return
    this.#millis = millis
    this.#spans = spans
    this.opening = `{"timestamp":"${date.toISOString()}",`
    this.closing = spans.length === 0 ? "}" : `,"spans":${JSON.stringify(LogRecord.elapsed(spans, date))}}`
  }

  /** Level, event, component and annotations. */
  head(call: LogRecord.Call, event: unknown, annotations: LogEvent.Fields): string | null {
    const known = this.#heads.get(event)
    if (known?.annotations === annotations && known.level === call.logLevel) return known.head
    if (!LogEvent.isEventName(event)) return null
    const { timestamp: _, spans: __, ...record } = this.#recordOf({ ...call, message: event })
    const isFlat = record["event"] === event && Object.keys(annotations).every((key) => this.field(key) !== null)
    const head = isFlat ? JSON.stringify(record).slice(1, -1) : null
    this.#heads.set(event, { level: call.logLevel, annotations, head })
    return head
  }

  /** `null` if a field of that name is not as free as others. */
  field(key: string): Field | null {
    const known = this.#fields.get(key)
    if (known !== undefined) return known
    const isFree = /^[a-z]\w*$/i.test(key) && !Redaction.isSecretName(key) && !LogRecord.isOwnField(key)
    const field = isFree ? { name: `,"${key}":`, texts: new Map() } : null
    if (this.#fields.size < maxFields) this.#fields.set(key, field)
    return field
  }

  text(field: Field, text: string): string {
    const clean = this.#clean(text)
    const json = field.name + JSON.stringify(clean)
    // Only what holds no secret is remembered.
    if (clean === text && text.length <= maxLength) {
      if (field.texts.size === maxTexts) field.texts.clear()
      field.texts.set(text, json)
    }
    return json
  }
}

const maxFields = 100
const maxTexts = 1000
const maxLength = 100
