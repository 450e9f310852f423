import { assert, describe, it } from "@effect/vitest"
import { Effect, Stream } from "effect"
import * as Waterfall from "../../src/logs/Waterfall.ts"

const line = (ms: number, event: string, fields: object = {}, request_id = "r1") =>
  `${JSON.stringify({ timestamp: new Date(1_700_000_000_000 + ms).toISOString(), level: "INFO", event, request_id, ...fields })}\n`

const log = [
  line(0, "query_received"),
  line(0, "resource_gathering_started"),
  line(5, "query_received", {}, "r2"),
  line(5, "rate_limited", { server: "r1" }, "r2"),
  line(0, "resource_fetch_requested", { server: "db", uri: "db://schema" }),
  line(10, "resource_fetch_requested", { server: "meta", uri: "m://a" }),
  "not json\n",
  line(30, "retry_scheduled", { server: "meta" }),
  line(40, "resource_fetch_completed", { server: "db", uri: "db://schema" }),
  line(60, "resource_fetch_completed", { server: "meta", uri: "m://a" }),
  line(60, "resource_gathering_completed", { duration_ms: 60 }),
  line(80, "sql_generated", { duration_ms: 20 }),
  line(80, "sql_execution_started", { server: "db" }),
  line(100, "sql_execution_failed", { server: "db", error: { type: "QueryExecutionError" } }),
  line(90, "resource_list_requested", { server: "meta" })
]

describe("waterfall", () => {
  it.effect("pairs what began with what ended, for one request only", () =>
    Effect.gen(function* () {
      const { bars, omitted, totalMs } = yield* Waterfall.collect(Stream.fromIterable(log), "r1")
      assert.strictEqual(totalMs, 100)
      assert.strictEqual(omitted, 0)
      assert.deepStrictEqual(
        bars.map(({ durationMs, errorType, label, open, startMs }) => [label, startMs, durationMs, open, errorType]),
        [
          ["gather", 0, 60, false, null],
          ["read db db://schema", 0, 40, false, null],
          ["query", 0, null, true, null],
          ["read meta m://a", 10, 50, false, null],
          ["retry_scheduled meta", 30, null, false, null],
          ["sql_generated", 60, 20, false, null],
          ["execute db", 80, 20, false, "QueryExecutionError"],
          ["list meta", 90, null, true, null]
        ]
      )
    })
  )

  it.effect("takes a step that began again for two, of which the first has no end", () =>
    Effect.gen(function* () {
      const retried = [
        line(0, "resource_gathering_started"),
        line(0, "resource_fetch_requested", { server: "db", uri: "a" }),
        line(30, "resource_fetch_requested", { server: "db", uri: "a" }),
        line(40, "resource_fetch_completed", { server: "db", uri: "a" }),
        line(50, "resource_gathering_failed", { server: "meta" })
      ]
      const { bars } = yield* Waterfall.collect(Stream.fromIterable(retried), "r1")
      assert.deepStrictEqual(
        bars.map(({ durationMs, label, open, startMs }) => [label, startMs, durationMs, open]),
        [
          ["gather", 0, 50, false],
          ["read db a", 0, null, true],
          ["read db a", 30, 10, false]
        ]
      )
    })
  )

  it.effect("draws a bar a step", () =>
    Effect.gen(function* () {
      const waterfall = yield* Waterfall.collect(Stream.fromIterable(log), "r1")
      assert.strictEqual(
        Waterfall.render(waterfall, 72),
        `request r1, 100 ms
gather               │████████████        │ 60 ms
read db db://schema  │████████            │ 40 ms
query                │░░░░░░░░░░░░░░░░░░░░│ unfinished
read meta m://a      │  ██████████        │ 50 ms
retry_scheduled meta │      ◆             │
sql_generated        │            ████    │ 20 ms
execute db           │                ████│ 20 ms      QueryExecutionError
list meta            │                  ░░│ unfinished`
      )
    })
  )

  it.effect("stays inside its frame at any width, also for a request of no length", () =>
    Effect.gen(function* () {
      const one = yield* Waterfall.collect(Stream.make(line(0, "query_received", { uri: "x".repeat(500) })), "r1")
      const all = yield* Waterfall.collect(Stream.fromIterable(log), "r1")
      for (const columns of [0, 20, 40, 80, 200]) {
        for (const waterfall of [one, all]) {
          const frames = Waterfall.render(waterfall, columns)
            .split("\n")
            .slice(1)
            .map((row) => row.split("│")[1]?.length)
          assert.strictEqual(new Set(frames).size, 1)
        }
      }
    })
  )

  it.effect("says when the log does not know the request", () =>
    Effect.gen(function* () {
      const waterfall = yield* Waterfall.collect(Stream.fromIterable(log), "r9")
      assert.strictEqual(Waterfall.render(waterfall, 80), "request r9 is not in the log")
    })
  )

  it.effect("keeps to its limit in a log without end", () =>
    Effect.gen(function* () {
      const lines = Stream.map(Stream.range(1, 2500), (ms) => line(ms, "rate_limited"))
      const waterfall = yield* Waterfall.collect(lines, "r1")
      assert.deepStrictEqual([waterfall.bars.length, waterfall.omitted], [2000, 500])
      assert.include(Waterfall.render(waterfall, 80), "500 more lines not shown")
    })
  )
})
