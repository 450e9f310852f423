import { assert, it } from "@effect/vitest"
import { Cause, Effect, Logger, Redacted, References } from "effect"
import * as LogRecord from "../../src/telemetry/LogRecord.ts"
import * as Redaction from "../../src/telemetry/Redaction.ts"

const secret = "tops3cretCanary"
const known = Redaction.withSecrets([secret])
const clean = (text: string) => Redaction.text(known(text))

/** The lines that `effect` logs. */
const linesOf = <A, E>(effect: Effect.Effect<A, E>) =>
  Effect.gen(function* () {
    const lines: Array<string> = []
    const recordOf = LogRecord.maker(clean)
    const logger = Logger.make((options) => {
      lines.push(JSON.stringify(recordOf(LogRecord.callOf(options))))
    })
    yield* effect.pipe(
      Effect.provide(Logger.layer([logger])),
      Effect.provideService(References.MinimumLogLevel, "All"),
      Effect.asVoid
    )
    return lines
  })

it.effect("an object that is no set of fields is told of as it is", () =>
  Effect.gen(function* () {
    const [error, wrapped] = yield* linesOf(
      Effect.all([
        Effect.logInfo("config_loaded", new TypeError("why")),
        Effect.logInfo("config_loaded", Redacted.make(secret)),
        Effect.logInfo("config_loaded", new Map([["a", 1]])),
        Effect.logInfo("config_loaded", new Date(0)),
        Effect.logInfo("config_loaded", ["a", "b"]),
        Effect.logInfo("config_loaded", null)
      ])
    )
    assert.include(error, '"error":{"type":"TypeError","message":"why"}')
    assert.include(wrapped, '"message":"<redacted>"')
  })
)

it.effect("a value that throws, a cause and words beside the fields are told of as they are", () =>
  Effect.gen(function* () {
    const throwing = { get uri(): string { throw new Error(secret) } } // prettier-ignore
    const lines = yield* linesOf(
      Effect.all([
        Effect.logInfo("config_loaded", throwing),
        Effect.provideService(Effect.logInfo("query_received", { n: 1 }), References.CurrentLogAnnotations, throwing),
        Effect.logInfo("config_loaded", { nan: Number.NaN, zero: -0, huge: 1e21, none: undefined }),
        Effect.logInfo("config_loaded", { file: "a.yaml" }, Cause.fail("why")),
        Effect.logInfo("config_loaded", { file: "a.yaml" }, "words"),
        Effect.logInfo("config_loaded", "words"),
        Effect.logInfo("config_loaded", Object.create({ inherited: true })),
        Effect.logInfo("config_loaded")
      ])
    )
    assert.match(lines[0] ?? "", /"message":"unprintable message"/)
    assert.match(lines[2] ?? "", /"nan":"NaN","zero":0,"huge":1e\+21\}/)
    assert.match(lines[3] ?? "", /"error":\{"type":"Error","message":"why"\}/)
    assert.match(lines[4] ?? "", /"message":"words","file":"a.yaml"/)
    assert.notInclude(lines[6], "inherited")
  })
)
