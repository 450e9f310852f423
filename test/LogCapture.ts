/** Collects what is logged while a test runs, as the records that the runner would write. */
import { Effect, Layer, Logger, References } from "effect"
import * as Redaction from "../src/telemetry/Redaction.ts"
import * as LogRecord from "../src/telemetry/LogRecord.ts"
import type { EventName } from "../src/telemetry/LogEvent.ts"

export interface LogCapture {
  readonly layer: Layer.Layer<never>
  readonly of: (event: EventName) => ReadonlyArray<LogRecord.LogRecord>
  readonly all: () => ReadonlyArray<LogRecord.LogRecord>
  /** Waits until `count` (1) records of an event are there, and gives the last of them. */
  readonly awaitEvent: (event: EventName, count?: number) => Effect.Effect<LogRecord.LogRecord>
}

/** `level` is the least severe one that is collected. */
export const make = (level: "Debug" | "Info" = "Debug"): LogCapture => {
  const records: Array<LogRecord.LogRecord> = []
  const waiters = new Set<() => void>()
  const recordOf = LogRecord.maker(Redaction.text)
  const logger = Logger.make<unknown, void>((options) => {
    records.push(recordOf(LogRecord.callOf(options)))
    for (const waiter of waiters) waiter()
  })
  const of = (event: EventName) => records.filter((record) => record["event"] === event)
  return {
    layer: Layer.mergeAll(Logger.layer([logger]), Layer.succeed(References.MinimumLogLevel, level)),
    of,
    all: () => [...records],
    awaitEvent: (event, count = 1) =>
      Effect.callback((resume) => {
        const check = () => {
          const found = of(event)[count - 1]
          if (found === undefined) return
          waiters.delete(check)
          resume(Effect.andThen(Effect.yieldNow, Effect.succeed(found)))
        }
        waiters.add(check)
        check()
        return Effect.sync(() => waiters.delete(check))
      })
  }
}
