import { assert, it } from "@effect/vitest"
import * as Progress from "../../src/cli/Progress.ts"
import type { GatherEvent } from "../../src/Orchestrator.ts"

const after = (events: ReadonlyArray<GatherEvent>) => {
  const lines: Parameters<typeof Progress.advance>[0] = new Map()
  for (const event of events) Progress.advance(lines, event, 0)
  return Progress.render(lines, 1000)
}

const half: ReadonlyArray<GatherEvent> = [
  { _tag: "Connected", server: "one" },
  { _tag: "Listed", server: "one", pages: 1, resources: 4 },
  { _tag: "Read", server: "one", uri: "a://1", bytes: 1500, done: 1, total: 4 },
  { _tag: "Read", server: "one", uri: "a://2", bytes: 500, done: 2, total: 4 }
]

it("a line a server: done of total, bytes, rate", () => {
  assert.strictEqual(after(half), `one  ${"█".repeat(12)}${"░".repeat(12)}  2/4  2.0 kB  2.0 kB/s\n`)
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
