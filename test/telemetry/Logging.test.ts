import { assert, describe, it } from "@effect/vitest"
import { Cause, Console, Effect, Logger, Queue, Redacted, Schema } from "effect"
import { TestClock, TestConsole } from "effect/testing"
import { spawn } from "node:child_process"
import { fileURLToPath } from "node:url"
import { StatementTimedOut } from "../../src/errors/QueryReason.ts"
import * as Errors from "../../src/OrchestratorError.ts"
import * as LogEvent from "../../src/telemetry/LogEvent.ts"
import * as Logging from "../../src/telemetry/Logging.ts"

const settings: Logging.Settings = { enabled: true, level: "DEBUG", format: "json", secrets: [] }
const secret = "tops3cretCanary"

/** The lines that `effect` writes to stderr; stdout must stay empty. */
const linesOf = <A, E>(effect: Effect.Effect<A, E>, changes: Partial<Logging.Settings> = {}) =>
  Effect.gen(function* () {
    const before = (yield* TestConsole.errorLines).length
    yield* effect.pipe(Effect.exit, Effect.provide(Logging.layer({ ...settings, ...changes })))
    assert.deepStrictEqual(yield* TestConsole.logLines, [])
    const written = (yield* TestConsole.errorLines).slice(before).map(String)
    return written.flatMap((lines) => lines.split("\n"))
  })

const Line = Schema.fromJsonString(Schema.Record(Schema.String, Schema.Json))
const recordsOf = <A, E>(effect: Effect.Effect<A, E>, changes: Partial<Logging.Settings> = {}) =>
  linesOf(effect, changes).pipe(Effect.flatMap(Effect.forEach((line) => Schema.decodeEffect(Line)(line))))

describe("JSON lines", () => {
  it.effect("hold time, level, event, component, then the context, in that order", () =>
    Effect.gen(function* () {
      yield* TestClock.setTime(Date.UTC(2025, 0, 2, 3, 4, 5, 6))
      const [line] = yield* linesOf(
        LogEvent.info("resource_fetch_completed", { uri: "products://aliases", duration_ms: 12, bytes: 42 }).pipe(
          Effect.annotateLogs({ request_id: "r-1", server: "product_mcp", operation: "read" })
        )
      )
      assert.strictEqual(
        line,
        '{"timestamp":"2025-01-02T03:04:05.006Z","level":"INFO","event":"resource_fetch_completed","component":"resources",' +
          '"request_id":"r-1","server":"product_mcp","operation":"read","uri":"products://aliases","duration_ms":12,"bytes":42}'
      )
    })
  )

  it.effect("call the levels DEBUG, INFO, WARNING and ERROR, and start at the one that is set", () =>
    Effect.gen(function* () {
      const all = Effect.all([
        LogEvent.debug("resource_list_requested"),
        LogEvent.info("config_loaded"),
        LogEvent.warning("retry_scheduled"),
        LogEvent.error("mcp_connection_failed")
      ])
      const levels = ["DEBUG", "INFO", "WARNING", "ERROR"] as const
      for (const [index, level] of levels.entries()) {
        assert.deepStrictEqual(
          (yield* recordsOf(all, { level })).map((record) => record["level"]),
          levels.slice(index)
        )
      }
    })
  )

  it.live("are written together, soon, at once from WARNING on, and before somebody else writes", () =>
    Effect.gen(function* () {
      const written: Array<string> = []
      const wrote = yield* Queue.unbounded<void>()
      const error = (lines: string) => {
        written.push(lines)
        Queue.offerUnsafe(wrote, undefined)
      }
      const console_ = Object.assign(Object.create(console), { error })
      const events = () => written.map((lines) => lines.split("\n").map((line) => JSON.parse(line).event))
      yield* Effect.gen(function* () {
        yield* Effect.andThen(LogEvent.info("config_loaded"), LogEvent.debug("resource_list_requested"))
        assert.deepStrictEqual(events(), [])
        yield* LogEvent.warning("retry_scheduled")
        assert.deepStrictEqual(events(), [["config_loaded", "resource_list_requested", "retry_scheduled"]])
        yield* LogEvent.info("query_received")
        yield* Logging.flush
        assert.deepStrictEqual(events().slice(1), [["query_received"]])
        yield* LogEvent.info("entity_resolved")
        yield* Effect.andThen(Queue.clear(wrote), Queue.take(wrote))
        assert.deepStrictEqual(events().slice(2), [["entity_resolved"]])
        yield* LogEvent.info("sql_generated")
      }).pipe(Effect.provide(Logging.layer(settings)), Effect.provideService(Console.Console, console_))
      assert.deepStrictEqual(events().slice(3), [["sql_generated"]])
    })
  )

  it.effect("show what an app logged as it was then", () =>
    Effect.gen(function* () {
      const state = { step: 1 }
      const [record] = yield* recordsOf(
        Effect.andThen(
          Effect.logInfo("at work", state),
          Effect.sync(() => void (state.step = 2))
        )
      )
      assert.deepInclude(record, { message: "at work", step: 1 })
    })
  )

  it.effect("of a level that is not logged cost no look at their fields", () =>
    Effect.gen(function* () {
      let looks = 0
      const fields = { get uri(): string { looks += 1; return "" } } // prettier-ignore
      yield* linesOf(LogEvent.debug("resource_fetch_requested", fields), { level: "INFO" })
      assert.strictEqual(looks, 0)
      yield* linesOf(LogEvent.debug("resource_fetch_requested", fields))
      assert.isAbove(looks, 0)
    })
  )

  it.effect("are absent when logging is switched off", () =>
    Effect.gen(function* () {
      assert.deepStrictEqual(yield* linesOf(LogEvent.error("sql_execution_failed"), { enabled: false }), [])
    })
  )

  it.effect("show for how long the log spans around them have been running", () =>
    Effect.gen(function* () {
      const [record] = yield* recordsOf(
        TestClock.adjust("20 millis").pipe(
          Effect.andThen(LogEvent.info("resource_list_received")),
          Effect.withLogSpan("list"),
          (inner) => Effect.andThen(TestClock.adjust("10 millis"), inner),
          Effect.withLogSpan("gather")
        )
      )
      assert.deepInclude(record, { spans: { list: 20, gather: 30 } })
      // How long a part of something has been running is not how long the event took.
      assert.notProperty(record, "duration_ms")
    })
  )

  it.effect("give the type and message of what failed", () =>
    Effect.gen(function* () {
      const failure = new Errors.QueryExecutionError({
        server: "db",
        reason: new StatementTimedOut(),
        sql: "SELECT 1",
        attempts: [],
        detail: `password=${secret}`,
        remedy: "Try again."
      })
      const records = yield* recordsOf(
        Effect.all([
          Effect.logError("sql_execution_failed", Cause.fail(failure)),
          LogEvent.error("sql_execution_failed", { error: failure }),
          Effect.logError("oh no", failure),
          Effect.logError("sql_execution_failed", Cause.die(new TypeError("x is undefined"))),
          Effect.logError("sql_execution_failed", Cause.interrupt(1)),
          Effect.logError("sql_execution_failed", Cause.fail("words"))
        ])
      )
      const types = records.map((record) => Schema.decodeUnknownSync(Shown)(record["error"]))
      assert.deepStrictEqual(
        types.map((error) => error.type),
        ["QueryExecutionError", "QueryExecutionError", "QueryExecutionError", "TypeError", "Interrupted", "Error"]
      )
      for (const error of types.slice(0, 3)) {
        assert.include(error.message, "db could not run the query: password=<redacted>")
        assert.strictEqual(error.reason, "timeout")
      }
      assert.strictEqual(types[5]?.message, "words")
      assert.include(types[3]?.stack, "Logging.test.ts")
    })
  )

  it.effect("call what is no event of ours a log with a message", () =>
    Effect.gen(function* () {
      const records = yield* recordsOf(
        Effect.all([
          Effect.logInfo("starting up", { port: 8080 }),
          Effect.logInfo("two", "words", 3),
          Effect.logInfo({ only: "fields" }),
          Effect.logInfo("constructor"),
          Effect.logInfo("hello", { timestamp: "x", level: "x", event: "x", message: "x", component: "mine" })
        ])
      )
      assert.deepInclude(records[0], { event: "log", component: "application", message: "starting up", port: 8080 })
      assert.deepInclude(records[1], { event: "log", message: "two words 3" })
      assert.deepInclude(records[2], { event: "log", only: "fields" })
      assert.deepInclude(records[3], { event: "log", message: "constructor" })
      assert.deepInclude(records[4], {
        event: "log",
        message: "hello",
        level: "INFO",
        field_level: "x",
        component: "mine"
      })
    })
  )
})

const Shown = Schema.Struct({
  type: Schema.String,
  message: Schema.String,
  reason: Schema.optionalKey(Schema.String),
  stack: Schema.optionalKey(Schema.String)
})

describe("secrets", () => {
  const throwing = { get data(): string { throw new Error(secret) } } // prettier-ignore
  const cyclic: Record<string, unknown> = { name: secret }
  cyclic["self"] = cyclic

  const places: ReadonlyArray<Effect.Effect<void>> = [
    Effect.logInfo(`it is ${secret}`),
    Effect.logInfo(secret, { a: 1 }),
    LogEvent.info("config_loaded", { value: secret }),
    LogEvent.info("config_loaded", {
      nested: { list: [{ value: secret }, new Map([[secret, secret]]), new Set([secret])] }
    }),
    LogEvent.info("config_loaded", { nested: JSON.stringify({ value: `"${secret}` }) }),
    LogEvent.info("config_loaded", { url: new URL(`http://u:${secret}@h/?token=${secret}`) }),
    LogEvent.info("config_loaded", { cyclic }),
    LogEvent.info("config_loaded", { long: `${"x ".repeat(995)}${secret} ${"y".repeat(20_000)}` }),
    LogEvent.info("config_loaded").pipe(Effect.annotateLogs({ who: secret })),
    Effect.logError("sql_execution_failed", Cause.fail(new Error(secret))),
    Effect.logError("sql_execution_failed", Cause.die(new Error(secret, { cause: secret }))),
    LogEvent.info("config_loaded", { throwing })
  ]

  it.effect("known to the configuration do not appear, wherever they stand, in either format", () =>
    Effect.gen(function* () {
      for (const format of ["json", "pretty"] as const) {
        for (const place of places) {
          const lines = yield* linesOf(place, { format, secrets: [`Bearer ${secret}`] })
          assert.strictEqual(lines.length, 1)
          assert.notInclude(lines[0], secret.slice(0, 6)) // nor a part that shortening left
        }
      }
    })
  )

  it.effect("do not appear in the second line of the same texts either", () =>
    Effect.gen(function* () {
      const said = LogEvent.info("query_received", { said: `it is ${secret}`, url: "http://h/?token=abc", n: 1 })
      const lines = yield* linesOf(Effect.andThen(said, said), { secrets: [secret] })
      assert.strictEqual(lines[0], lines[1])
      assert.include(lines[1], '"said":"it is <redacted>","url":"http://h/?token=<redacted>","n":1')
    })
  )

  it.effect("unknown to the configuration are masked by the name of their field or their looks", () =>
    Effect.gen(function* () {
      const fields = {
        password: secret,
        api_key: 12345678,
        headers: { "x-custom": secret },
        deep: { authorization: [secret] },
        wrapped: Redacted.make(secret, { label: "t" }),
        url: `http://joe:${secret}@host/sse?token=${secret}`,
        said: `Bearer ${secret}`
      }
      const [line] = yield* linesOf(LogEvent.info("config_loaded", { ...fields, token_count: 7, max_tokens: 8 }))
      assert.notInclude(line, secret)
      assert.notInclude(line, "12345678")
      assert.include(line, '"token_count":7,"max_tokens":8')
    })
  )

  it.effect("are looked for in every value, however strange", () =>
    Effect.gen(function* () {
      const strange = JSON.parse('{"__proto__":{"polluted":true},"constructor":1}')
      const [record] = yield* recordsOf(
        LogEvent.info("config_loaded", {
          strange,
          big: 10n,
          nan: Number.NaN,
          bytes: new Uint8Array([1]),
          none: undefined,
          nil: null,
          call: () => 1,
          wide: Object.fromEntries(Array.from({ length: 5000 }, (_, index) => [`k${index}`, index])),
          many: Array.from({ length: 400 }, () => Array.from({ length: 400 }, (_, index) => ({ index })))
        })
      )
      assert.deepInclude(record, { big: "10", nan: "NaN", bytes: "<bytes>", nil: null })
      assert.deepEqual(JSON.stringify(record?.["strange"]), '{"__proto__":{"polluted":true},"constructor":1}')
      assert.isFalse(Object.hasOwn(record ?? {}, "none") || Object.hasOwn(record ?? {}, "call"))
      assert.isBelow(JSON.stringify(record).length, 5000)
    })
  )

  it.effect.prop("never break the line, whatever is logged", [Schema.Json, Schema.String], ([value, message]) =>
    Effect.gen(function* () {
      const lines = yield* linesOf(Effect.logInfo(message, { value }, value))
      assert.strictEqual(lines.length, 1)
      assert.notMatch(lines[0] ?? "", /[\n\r\u2028]/)
      assert.strictEqual((yield* Schema.decodeUnknownEffect(Line)(lines[0]))["event"], "log")
    })
  )
})

describe("pretty lines", () => {
  const record = {
    timestamp: "2025-01-02T03:04:05.006Z",
    level: "WARNING",
    event: "retry_scheduled",
    component: "connection",
    server: "db",
    said: "try again",
    error: { type: "McpConnectionError", message: "refused" }
  }

  it("are aligned", () => {
    assert.strictEqual(
      Logging.pretty(false)(record),
      '03:04:05.006 WARNING retry_scheduled              connection  server=db said="try again" McpConnectionError: refused'
    )
    assert.strictEqual(
      Logging.pretty(false)({ ...record, event: "log", message: "hello", error: undefined }),
      '03:04:05.006 WARNING hello                        connection  server=db said="try again"'
    )
  })

  it("differ by nothing but colour where there is colour", () => {
    const coloured = Logging.pretty(true)(record)
    const escape = String.fromCharCode(27)
    assert.include(coloured, `${escape}[33mWARNING${escape}[0m`)
    assert.strictEqual(
      coloured
        .split(escape)
        .map((part, index) => (index === 0 ? part : part.replace(/^\[\d+m/, "")))
        .join(""),
      Logging.pretty(false)(record)
    )
  })
})

it.live("no line is lost when the process ends right after it and its reader is slow", () =>
  Effect.gen(function* () {
    const root = new URL("../../", import.meta.url)
    const source = `
      import * as Effect from "effect/Effect"
      import * as NodeRuntime from "@effect/platform-node/NodeRuntime"
      import * as Logging from ${JSON.stringify(new URL("src/telemetry/Logging.ts", root).href)}
      const layer = Logging.layer({ enabled: true, level: "DEBUG", format: "json", secrets: [] })
      const line = (i) => Effect.logInfo("line", { i, pad: "some words ".repeat(50) })
      const lines = Effect.forEach(Array.from({ length: 3000 }, (_, i) => i), line)
      const main = lines.pipe(Effect.andThen(Effect.fail("the end")), Effect.provide(layer))
      NodeRuntime.runMain(main, { disableErrorReporting: true })`
    const [code, text] = yield* Effect.callback<readonly [number | null, string]>((resume) => {
      const child = spawn(process.execPath, ["--input-type=module-typescript", "-e", source], {
        cwd: fileURLToPath(root)
      })
      let text = ""
      child.stderr.setEncoding("utf8").on("data", (chunk: string) => {
        text += chunk
      })
      child.on("close", (code) => resume(Effect.succeed([code, text])))
      return Effect.sync(() => child.kill())
    })
    assert.strictEqual(code, 1)
    const lines = text.trimEnd().split("\n")
    assert.strictEqual(lines.length, 3000)
    assert.include(lines.at(-1), '"i":2999')
  })
)

it.effect("an app that keeps its own logger sees the event and its fields", () =>
  Effect.gen(function* () {
    const seen: Array<unknown> = []
    const own = Logger.make(({ message }) => seen.push(message))
    yield* LogEvent.info("config_loaded", { file: "mcp-config.yaml" }).pipe(Effect.provide(Logger.layer([own])))
    assert.deepStrictEqual(seen, [["config_loaded", { file: "mcp-config.yaml" }]])
  })
)
