import { assert, it } from "@effect/vitest"
import { Schema } from "effect"
import * as ProgressShare from "../../src/mcp/ProgressShare.ts"
import type { ProgressEvent } from "../../src/resources/Progress.ts"

const servers = ["a", "b", "c"]

const Step = Schema.Struct({
  server: Schema.Literals(["a", "b", "c"]),
  kind: Schema.Literals(["Connected", "Listed", "Read", "Introspected", "Gathered"]),
  done: Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 5 })),
  total: Schema.Int.check(Schema.isBetween({ minimum: 5, maximum: 9 }))
})

const eventOf = ({ done, kind, server, total }: typeof Step.Type): ProgressEvent => {
  switch (kind) {
    case "Connected":
      return { _tag: kind, server }
    case "Listed":
      return { _tag: kind, server, pages: 1, resources: total }
    case "Read":
      return { _tag: kind, server, uri: "a://b", bytes: 1, done, total }
    case "Introspected":
      return { _tag: kind, server, tables: total }
    case "Gathered":
      return { _tag: kind, server, durationMs: done }
  }
}

const tell = (events: ReadonlyArray<ProgressEvent>): ReadonlyArray<number> => {
  const told: Array<number> = []
  const share = ProgressShare.make(servers.length, ProgressShare.querySteps, (progress) => told.push(progress))
  for (const event of events) share.gather(event)
  return told
}

it.prop(
  "grows with every notification and stays below the total, in whatever order servers start over",
  [Schema.Array(Step)],
  ([steps]) => {
    const told = tell(steps.map(eventOf))
    assert.deepStrictEqual(
      told,
      [...new Set(told)].toSorted((one, other) => one - other)
    )
    assert.isTrue(told.every((progress) => progress > 0 && progress <= servers.length))
  }
)

it("is the number of servers once all of them were gathered", () => {
  assert.strictEqual(tell(servers.map((server) => ({ _tag: "Gathered", server, durationMs: 1 }))).at(-1), 3)
})

it("of ten thousand resources is told by hundredths", () => {
  const total = 10_000
  const reads = Array.from({ length: total }, (_, index): ProgressEvent => {
    return { _tag: "Read", server: "a", uri: "a://b", bytes: 1, done: index + 1, total }
  })
  assert.isAtMost(tell(reads).length, 100)
})
