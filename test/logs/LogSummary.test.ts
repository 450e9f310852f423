import { assert, describe, it } from "@effect/vitest"
import { Effect, Schema, Stream } from "effect"
import { readFileSync } from "node:fs"
import * as LogSummary from "../../src/logs/LogSummary.ts"
import * as LogSummaryText from "../../src/logs/LogSummaryText.ts"
import { QuantileSketch } from "../../src/logs/QuantileSketch.ts"

const Line = Schema.Struct({
  timestamp: Schema.Int.check(Schema.isBetween({ minimum: 1_700_000_000_000, maximum: 1_700_000_500_000 })),
  event: Schema.Literals(["resource_fetch_completed", "retry_scheduled", "resolution_conflict", "__proto__"]),
  server: Schema.optionalKey(Schema.Literals(["db", "meta", "constructor"])),
  request_id: Schema.Literals(["r1", "r2", "r3", "r4"]),
  duration_ms: Schema.optionalKey(Schema.Finite.check(Schema.isBetween({ minimum: 0, maximum: 60_000 }))),
  error: Schema.optionalKey(Schema.Struct({ type: Schema.Literals(["Refused", "TimedOut", "toString"]) }))
})
type Line = typeof Line.Type

const textOf = (lines: ReadonlyArray<Line>) =>
  lines.map((line) => `${JSON.stringify({ ...line, timestamp: new Date(line.timestamp).toISOString() })}\n`).join("")

/** The text in pieces of one length: lines and characters are cut anywhere. */
const inPieces = (text: string, size: number) =>
  Stream.fromIterable(
    Array.from({ length: Math.ceil(text.length / size) }, (_, i) => text.slice(i * size, (i + 1) * size))
  )

const exactQuantile = (values: ReadonlyArray<number>, q: number) =>
  values.toSorted((a, b) => a - b)[Math.max(1, Math.ceil(q * values.length)) - 1] ?? 0

const near = (actual: number, expected: number, tolerance: number) =>
  assert.isAtMost(Math.abs(actual - expected), expected * tolerance + 1e-6, `${actual} is not near ${expected}`)

describe("QuantileSketch", () => {
  const Value = Schema.Finite.check(Schema.isBetween({ minimum: 0, maximum: 1e9 }))
  it.prop("is within 1 % of the value of the rank", { values: Schema.NonEmptyArray(Value) }, ({ values }) => {
    const sketch = new QuantileSketch()
    for (const value of values) sketch.add(value)
    for (const q of [0, 0.25, 0.5, 0.95, 0.99, 1]) near(sketch.quantile(q), exactQuantile(values, q), 0.01)
    assert.strictEqual(sketch.count, values.length)
    assert.strictEqual(sketch.max, Math.max(...values))
  })

  it("keeps its word for a million values over twelve orders of magnitude", () => {
    const sketch = new QuantileSketch()
    for (let i = 1; i <= 1_000_000; i++) sketch.add(10 ** ((i / 1_000_000) * 12 - 3))
    for (const q of [0.01, 0.5, 0.95, 0.99]) near(sketch.quantile(q), 10 ** (q * 12 - 3), 0.011)
  })

  it("knows nothing of nothing", () => {
    assert.strictEqual(new QuantileSketch().quantile(0.5), 0)
  })
})

describe("summarise", () => {
  it.effect.prop(
    "counts what a naive count counts, however the text is cut",
    [Schema.NonEmptyArray(Line), Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 300 }))],
    ([lines, size]) =>
      Effect.gen(function* () {
        const summary = yield* LogSummary.summarise(inPieces(textOf(lines), size))
        assert.strictEqual(summary.lines, lines.length)
        assert.strictEqual(summary.badLines, 0)
        assert.strictEqual(summary.retries, lines.filter(({ event }) => event === "retry_scheduled").length)
        assert.strictEqual(summary.conflicts, lines.filter(({ event }) => event === "resolution_conflict").length)
        for (const group of summary.events) {
          const own = lines.filter((line) => line.event === group.event && (line.server ?? null) === group.server)
          assert.strictEqual(group.count, own.length)
          for (const { count, type } of group.errors) {
            assert.strictEqual(count, own.filter(({ error }) => error?.type === type).length)
          }
          const durations = own.flatMap((line) => line.duration_ms ?? [])
          assert.strictEqual(group.durations?.count ?? 0, durations.length)
          if (group.durations !== null) {
            near(group.durations.p50, exactQuantile(durations, 0.5), 0.02)
            near(group.durations.p95, exactQuantile(durations, 0.95), 0.02)
            near(group.durations.p99, exactQuantile(durations, 0.99), 0.02)
            assert.strictEqual(group.durations.max, Math.max(...durations))
          }
        }
        assert.strictEqual(
          summary.events.reduce((sum, { count }) => sum + count, 0),
          lines.length
        )
        for (const server of summary.servers) {
          const own = lines.filter((line) => line.server === server.server)
          assert.strictEqual(server.count, own.length)
          assert.strictEqual(server.retries, own.filter(({ event }) => event === "retry_scheduled").length)
          assert.strictEqual(server.conflicts, own.filter(({ event }) => event === "resolution_conflict").length)
        }
        const slowest = [...Map.groupBy(lines, ({ request_id }) => request_id)]
          .map(([id, own]) => [id, Math.max(...own.map((line) => line.duration_ms ?? -1)) + 0] as const) // JSON has no -0
          .filter(([, max]) => max >= 0)
        assert.deepStrictEqual(
          new Map(summary.slowest.map(({ durationMs, requestId }) => [requestId, durationMs])),
          new Map(slowest)
        )
        const times = lines.map(({ timestamp }) => timestamp)
        assert.strictEqual(summary.from, new Date(Math.min(...times)).toISOString())
        assert.strictEqual(summary.to, new Date(Math.max(...times)).toISOString())
        for (const { errors, lines: count, start } of summary.timeline.steps) {
          const own = lines.filter(
            ({ timestamp }) => timestamp >= Date.parse(start) && timestamp < Date.parse(start) + summary.timeline.stepMs
          )
          assert.deepStrictEqual([count, errors], [own.length, own.filter(({ error }) => error !== undefined).length])
        }
      })
  )

  it.effect("counts bad lines and skips them", () =>
    Effect.gen(function* () {
      const good = '{"timestamp":"2025-01-02T03:04:05Z","event":"config_loaded"}'
      const bad = [
        "not json",
        "{",
        "[]",
        "1",
        "null",
        '{"no":"event"}',
        '{"event":7}',
        `{"event":"${"x".repeat(1 << 20)}"}`
      ]
      const text = [
        ...bad,
        good,
        "",
        "  ",
        `${good}\r`,
        `{"event":"late","timestamp":"never","duration_ms":-1,"error":"x"}`
      ].join("\n")
      const summary = yield* LogSummary.summarise(inPieces(text, 1000))
      assert.strictEqual(summary.badLines, bad.length)
      assert.strictEqual(summary.lines, bad.length + 3)
      assert.deepStrictEqual(
        summary.events.map(({ count, event }) => [event, count]),
        [
          ["config_loaded", 2],
          ["late", 1]
        ]
      )
      assert.deepStrictEqual(summary.events[1]?.errors, [{ type: "Error", count: 1 }])
      assert.isNull(summary.events[1]?.durations)
    })
  )

  it.effect("keeps its size whatever the log", () =>
    Effect.gen(function* () {
      const line = (i: number) =>
        `${JSON.stringify({
          timestamp: new Date((i % 3) * 1e12 + i * 1000).toISOString(),
          event: `event_${i}`,
          server: `s${i % 7}`,
          request_id: `r${i}`,
          duration_ms: i,
          error: { type: i % 2 === 0 ? `type_${i}` : "odd" }
        })}\n`
      const summary = yield* LogSummary.summarise(Stream.map(Stream.range(0, 4999), line))
      assert.isAtMost(summary.events.length, 500)
      assert.strictEqual(
        summary.events.reduce((sum, { count }) => sum + count, 0),
        5000
      )
      assert.isTrue(summary.events.every(({ errors }) => errors.length <= 51))
      assert.isAtMost(summary.timeline.steps.length, 60)
      assert.strictEqual(
        summary.timeline.steps.reduce((sum, { lines }) => sum + lines, 0),
        5000
      )
      assert.deepStrictEqual(
        summary.slowest.map(({ durationMs }) => durationMs),
        Array.from({ length: 10 }, (_, i) => 4999 - i)
      )
    })
  )

  it.effect("does not keep a line that never ends", () =>
    Effect.gen(function* () {
      // More than the longest string there is, were it kept.
      const part = "x".repeat(1024 * 1024 + 1)
      const endless = Stream.map(Stream.range(1, 600), () => part)
      const text = Stream.concat(endless, Stream.make('{"event":"tail"}\n{"event":"end"}'))
      const summary = yield* LogSummary.summarise(text)
      assert.deepStrictEqual([summary.lines, summary.badLines, summary.events[0]?.event], [2, 1, "end"])
    })
  )

  it.effect("has a timeline of at most 60 steps, be the log a minute or all of time", () =>
    Effect.gen(function* () {
      const every = (times: ReadonlyArray<number>) =>
        LogSummary.summarise(
          Stream.fromIterable(times.map((ms) => `{"event":"x","timestamp":"${new Date(ms).toISOString()}"}\n`))
        ).pipe(Effect.map(({ timeline }) => [timeline.stepMs, timeline.steps.length]))
      const seconds = (count: number) => Array.from({ length: count }, (_, second) => second * 1000)
      assert.deepStrictEqual(yield* every(seconds(60)), [1000, 60])
      assert.deepStrictEqual(yield* every(seconds(61).toReversed()), [2000, 31])
      assert.isAtMost((yield* every([-8.64e15, 0, 8.64e15]))[1] ?? 0, 60)
    })
  )

  it.effect("of nothing is empty", () =>
    Effect.gen(function* () {
      const summary = yield* LogSummary.summarise(Stream.empty)
      assert.deepStrictEqual(summary.timeline.steps, [])
      assert.strictEqual(LogSummaryText.render(summary), "0 lines\n0 retries, 0 conflicts")
    })
  )
})

describe("render", () => {
  it.effect("shows every part, aligned", () =>
    Effect.gen(function* () {
      const at = (second: number, rest: object) =>
        JSON.stringify({ timestamp: new Date(Date.UTC(2025, 0, 2, 3, 4, second)).toISOString(), ...rest })
      const text = [
        at(0, { event: "retry_scheduled", server: "db" }),
        "bad",
        at(1, { event: "resource_fetch_completed", server: "db", request_id: "r1", duration_ms: 20 }),
        at(1, { event: "resource_fetch_completed", server: "meta", request_id: "r2", duration_ms: 1500 }),
        at(3, { event: "resource_gathering_failed", server: "db", error: { type: "ResourceFetchError" } })
      ].join("\n")
      const shown = LogSummaryText.render(yield* LogSummary.summarise(Stream.make(text)))
      assert.strictEqual(
        shown,
        `5 lines, 1 bad line skipped, 2025-01-02T03:04:00.000Z to 2025-01-02T03:04:03.000Z (3 s)
1 retry, 0 conflicts

Events
  event                      server  count    p50    p95    p99    max  errors
  ─────────────────────────  ──────  ─────  ─────  ─────  ─────  ─────  ────────────────────
  resource_fetch_completed   db          1  20 ms  20 ms  20 ms  20 ms
  resource_fetch_completed   meta        1  1.5 s  1.5 s  1.5 s  1.5 s
  resource_gathering_failed  db          1      -      -      -      -  ResourceFetchError 1
  retry_scheduled            db          1      -      -      -      -

Servers
  server  lines  retries  conflicts  errors
  ──────  ─────  ───────  ─────────  ────────────────────
  db          3        1          0  ResourceFetchError 1
  meta        1        0          0

Slowest requests
  request  duration  event                     server
  ───────  ────────  ────────────────────────  ──────
  r2          1.5 s  resource_fetch_completed  meta
  r1          20 ms  resource_fetch_completed  db

Timeline
  from 2025-01-02T03:04:00.000Z, 1 s a column, highest 2 lines
  ▄█ ▄
     !  errors`
      )
    })
  )

  it.effect("lets nothing of the log reach the terminal raw", () =>
    Effect.gen(function* () {
      const evil = `\u001b[2J\n${"x".repeat(5000)} password=hunter22`
      const line = JSON.stringify({
        event: evil,
        server: evil,
        request_id: evil,
        duration_ms: 1,
        error: { type: evil }
      })
      const shown = LogSummaryText.render(yield* LogSummary.summarise(Stream.make(line)))
      assert.notMatch(shown, /[^\P{Cc}\n]/u)
      assert.isBelow(shown.length, 5000)
    })
  )

  it("says durations as people would", () => {
    assert.deepStrictEqual(
      [0, 0.1234, 850, 1234, 59_994, 60_000, 200_000, 3_600_000, 5_400_000, 90_000_000].map(LogSummaryText.duration),
      ["0 ms", "0.123 ms", "850 ms", "1.23 s", "60 s", "1 min", "3 min 20 s", "1 h", "1 h 30 min", "25 h"]
    )
  })
})

it.effect("on a screen of 80 columns nothing is wider, and p99 gives way to the names", () =>
  Effect.gen(function* () {
    const text = readFileSync("test/cli/fixtures/run.ndjson", "utf8")
    const shown = LogSummaryText.render(yield* LogSummary.summarise(Stream.make(text)), 80)
    for (const line of shown.split("\n")) assert.isAtMost(line.length, 80)
    assert.match(shown, /event +server +count +p50 +p95 +max$/m)
  })
)
