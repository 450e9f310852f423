import { assert, it } from "@effect/vitest"
import { Cause, Effect, Logger, Redacted, References, Schema } from "effect"
import { TestClock } from "effect/testing"
import * as JsonLine from "../../src/telemetry/JsonLine.ts"
import * as LogEvent from "../../src/telemetry/LogEvent.ts"
import * as LogRecord from "../../src/telemetry/LogRecord.ts"
import * as Redaction from "../../src/telemetry/Redaction.ts"

const secret = "tops3cretCanary"
const known = Redaction.withSecrets([secret])
const clean = (text: string) => Redaction.text(known(text))

/** Runs `effect` with a logger that makes each line in both ways, and gives the lines that were the same. */
const same = <A, E>(effect: Effect.Effect<A, E>) =>
  Effect.gen(function* () {
    const lines: Array<string> = []
    const line = JsonLine.maker(clean)
    const recordOf = LogRecord.maker(clean)
    const logger = Logger.make((options) => {
      const call = LogRecord.callOf(options)
      lines.push(line(call))
      assert.strictEqual(lines.at(-1), JSON.stringify(recordOf(call)))
    })
    yield* effect.pipe(
      Effect.provide(Logger.layer([logger])),
      Effect.provideService(References.MinimumLogLevel, "All"),
      Effect.asVoid
    )
    return lines
  })

const Text = Schema.Union([
  Schema.Literals(["", "read", `it is ${secret}`, "Bearer abcdefgh12345678", '"', "\\", "\u2028", "x".repeat(3000)]),
  Schema.String
])
const FlatFields = Schema.Array(
  Schema.Tuple([
    Schema.Literals(["server", "uri", "request_id", "duration_ms"]),
    Schema.Union([Text, Schema.Finite, Schema.Boolean, Schema.Undefined])
  ])
)
const AnyFields = Schema.Array(
  Schema.Tuple([
    Schema.Union([
      Schema.Literals(["uri", "api_key", "token_count", "error", "spans", "component", "timestamp", "1", "__proto__"]),
      Schema.String
    ]),
    Schema.Union([Text, Schema.Json])
  ])
)
const Fields = Schema.Union([FlatFields, AnyFields])
const Call = Schema.Struct({
  event: Schema.Union([
    Schema.Literals(["resource_fetch_requested", "resource_fetch_completed", "retry_scheduled", "config_loaded"]),
    Schema.String
  ]),
  level: Schema.Literals(["Debug", "Info", "Warn", "Error"]),
  fields: Fields,
  millis: Schema.Literals([0, 0, 1, 40, 3000])
})
const Scene = Schema.Struct({
  annotations: Fields,
  spans: Schema.Array(Schema.Literals(["gather", 'a"b', "__proto__"])).check(Schema.isMaxLength(2)),
  calls: Schema.Array(Call).check(Schema.isMaxLength(6))
})

it.effect.prop("a line is its record as JSON, whatever lines came before it", [Schema.Array(Scene)], ([scenes]) =>
  same(
    Effect.forEach(scenes, ({ annotations, calls, spans }) =>
      spans.reduce(
        (effect, label) => Effect.withLogSpan(effect, label),
        Effect.forEach(calls, ({ event, fields, level, millis }) =>
          Effect.andThen(TestClock.adjust(millis), Effect.logWithLevel(level)(event, Object.fromEntries(fields)))
        ).pipe(Effect.annotateLogs(Object.fromEntries(annotations)), Effect.asVoid)
      )
    )
  )
)

it.effect("a line that was made of remembered pieces hides what the first one hid", () =>
  Effect.gen(function* () {
    const said = LogEvent.info("query_received", { said: `it is ${secret}`, url: `http://h/?token=abc`, n: 1 })
    const lines = yield* same(Effect.andThen(said, said))
    assert.strictEqual(lines[0], lines[1])
    assert.include(lines[1], '"said":"it is <redacted>","url":"http://h/?token=<redacted>","n":1')
  })
)

it.effect("an object that is no set of fields is left to the record", () =>
  Effect.gen(function* () {
    const [error, wrapped] = yield* same(
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

it.effect("a value that throws, a cause and words beside the fields are left to the record", () =>
  Effect.gen(function* () {
    const throwing = { get uri(): string { throw new Error(secret) } } // prettier-ignore
    const lines = yield* same(
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
