import { assert, it } from "@effect/vitest"
import { Console, Effect, Logger, Stream } from "effect"
import { TestClock } from "effect/testing"
import { vi } from "vitest"
import * as Progress from "../../src/cli/Progress.ts"
import type { GatherEvent } from "../../src/OrchestratorEvent.ts"

const after = (events: ReadonlyArray<GatherEvent>) => {
  const lines: Parameters<typeof Progress.advance>[0] = new Map()
  for (const event of events) Progress.advance(lines, event, 0)
  return Progress.render(lines, 1000).join("\n")
}

const half: ReadonlyArray<GatherEvent> = [
  { _tag: "Connected", server: "one" },
  { _tag: "Listed", server: "one", pages: 1, resources: 4 },
  { _tag: "Read", server: "one", uri: "a://1", bytes: 1500, done: 1, total: 4 },
  { _tag: "Read", server: "one", uri: "a://2", bytes: 500, done: 2, total: 4 }
]

it("a line a server: done of total, bytes, rate", () => {
  assert.strictEqual(after(half), `one  ${"█".repeat(12)}${"░".repeat(12)}  2/4  2.0 kB  2.0 kB/s`)
})

it("a session that was lost starts over at nothing", () => {
  assert.match(after([...half, { _tag: "Connected", server: "one" }]), /0\/0 {2}0 B/)
})

it("a server without resources ends without dividing by nothing", () => {
  const text = after([
    { _tag: "Connected", server: "empty" },
    { _tag: "Listed", server: "empty", pages: 1, resources: 0 },
    { _tag: "Gathered", server: "empty", durationMs: 1 }
  ])
  assert.match(text, /0\/0/)
  assert.notInclude(text, "NaN")
})

/** What a terminal shows in the end of what was written to it: moving up and clearing is all that the bars do. */
const screen = (written: string) => {
  let lines = [""]
  const moves = new RegExp(`${String.fromCharCode(27)}\\[(\\d+)A${String.fromCharCode(27)}\\[J`)
  for (let rest = written; rest !== "";) {
    const move = moves.exec(rest)
    lines = [...lines.slice(0, -1), ...((lines.at(-1) ?? "") + rest.slice(0, move?.index)).split("\n")]
    if (move === null) break
    lines = [...lines.slice(0, -1 - Number(move[1])), ""]
    rest = rest.slice(move.index + move[0].length)
  }
  return lines
}

const onTerminal = <A, E, R>(isTTY: boolean, effect: Effect.Effect<A, E, R>) =>
  Effect.acquireUseRelease(
    Effect.sync(() => {
      const chunks: Array<string> = []
      const before = process.stderr.isTTY
      process.stderr.isTTY = isTTY
      const spy = vi.spyOn(process.stderr, "write").mockImplementation((chunk) => chunks.push(String(chunk)) > 0)
      return { chunks, spy, before }
    }),
    ({ chunks }) =>
      effect.pipe(
        Effect.provideService(
          Console.Console,
          Object.assign(Object.create(console), { error: (line: string) => process.stderr.write(`${line}\n`) })
        ),
        Effect.map((result) => ({ result, written: chunks.join("") }))
      ),
    ({ before, spy }) =>
      Effect.sync(() => {
        spy.mockRestore()
        process.stderr.isTTY = before
      })
  )

const gathered = { servers: [], requestId: "r", generation: 1 }
const events = Stream.fromIterable<GatherEvent>([...half, { _tag: "Completed", resources: gathered }]).pipe(
  Stream.tap((event) => Effect.andThen(Effect.logInfo(`${event._tag} 2/4`), TestClock.adjust("1 second")))
)
const logger = Logger.layer([Logger.withConsoleError(Logger.make(({ message }) => String(message)))])

it.effect("bars are redrawn in place, what is logged meanwhile stays, and no bar is left", () =>
  Effect.gen(function* () {
    const { result, written } = yield* onTerminal(true, Effect.provide(Progress.show(events), logger))
    assert.strictEqual(result.resources, gathered)
    assert.isAtLeast(written.split("█").length, 6)
    assert.deepStrictEqual(screen(written), [
      "Connected 2/4",
      "Listed 2/4",
      "Read 2/4",
      "Read 2/4",
      "Completed 2/4",
      ""
    ])
  })
)

it.effect("nothing is drawn where stderr is no terminal", () =>
  Effect.gen(function* () {
    const { written } = yield* onTerminal(false, Effect.provide(Progress.show(events), logger))
    assert.notMatch(written, /[█░]/)
    assert.strictEqual(written.split("\n").length, 6)
  })
)
