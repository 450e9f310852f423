import { assert, describe, it } from "@effect/vitest"
import { Schema } from "effect"
import { InFlight } from "../src/InFlight.ts"

/** Few keys, so that they come again. */
const Key = Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 6 }))
const Command = Schema.Union([
  Schema.Struct({ does: Schema.Literal("set"), key: Key, value: Schema.Int }),
  Schema.Struct({ does: Schema.Literal("delete"), key: Key }),
  Schema.Struct({ does: Schema.Literal("clear") })
])

const sorted = (entries: Iterable<readonly [number, number]>) =>
  [...entries].toSorted(([left], [right]) => left - right)

describe("what is in flight", () => {
  it.prop("is as in a map, in any order", [Schema.Array(Command)], ([commands]) => {
    const ours = new InFlight<number, number>()
    const map = new Map<number, number>()
    for (const one of commands) {
      if (one.does === "set") {
        ours.set(one.key, one.value)
        map.set(one.key, one.value)
      } else if (one.does === "delete") {
        assert.strictEqual(ours.delete(one.key), map.delete(one.key))
      } else {
        ours.clear()
        map.clear()
      }
      assert.strictEqual(ours.size, map.size)
      assert.deepStrictEqual(sorted(ours), sorted(map))
      assert.deepStrictEqual([...ours.keys()].toSorted(), [...map.keys()].toSorted())
      assert.deepStrictEqual([...ours.values()].toSorted(), [...map.values()].toSorted())
      for (let key = 0; key < 7; key += 1) {
        assert.strictEqual(ours.has(key), map.has(key))
        assert.strictEqual(ours.get(key), map.get(key))
      }
    }
    const told: Array<[number, number]> = []
    ours.forEach((value, key) => told.push([key, value]))
    assert.deepStrictEqual(sorted(told), sorted(map))
  })

  it("may leave while all are looked through", () => {
    const ours = new InFlight<string, number>().set("a", 1).set("b", 2).set("c", 3)
    const seen: Array<string> = []
    for (const [key] of ours) {
      seen.push(key)
      ours.delete(key)
    }
    assert.deepStrictEqual([seen, ours.size], [["a", "b", "c"], 0])
  })
})
