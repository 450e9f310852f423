import { type LoggingLevel, LoggingMessageNotificationSchema } from "@modelcontextprotocol/sdk/types.js"
import { assert, it } from "@effect/vitest"
import { Effect } from "effect"
import * as ConfigLoader from "../../src/config/ConfigLoader.ts"
import { FakeServer } from "../../src/testing/index.ts"
import * as Shop from "../telemetry/shop.ts"
import * as Door from "./Door.ts"
import * as Raw from "./Raw.ts"

interface Told {
  readonly level: string
  readonly logger?: string | undefined
  readonly data: unknown
}

/** A host that has set this level, if any, and has asked for a gather; what it was told in the meantime. */
const toldAt = Effect.fnUntraced(function* (level: LoggingLevel | null, door: Door.Door) {
  const told: Array<Told> = []
  const client = yield* Door.connect(door, {}, (client) =>
    client.setNotificationHandler(LoggingMessageNotificationSchema, ({ params }) => void told.push(params))
  )
  if (level !== null) yield* Effect.promise(() => client.setLoggingLevel(level))
  yield* Effect.promise(() => client.callTool({ name: "gather_resources" }))
  // Whatever was sent before the answer to this is here by then.
  yield* Effect.promise(() => client.ping())
  return told
})

it.live("a host is told what its request logs, from the level on that it sets", () =>
  Effect.gen(function* () {
    const { config } = yield* Shop.open()
    const door = yield* Door.open(Shop.orchestrator(config))
    const told = yield* toldAt("info", door)
    assert.deepInclude(
      told.map(({ level, logger }) => [level, logger]),
      ["info", "resources"]
    )
    assert.isTrue(told.some(({ data }) => JSON.stringify(data).includes("resource_gathering_completed")))
    assert.isFalse(told.some(({ level }) => level === "debug"))
    assert.isTrue((yield* toldAt("debug", door)).some(({ level }) => level === "debug"))
    assert.isEmpty(yield* toldAt("error", door))
  })
)

it.live("a host that sets no level is told of warnings only, and never of another host's requests", () =>
  Effect.gen(function* () {
    const { config, servers } = yield* Shop.open()
    const door = yield* Door.open(Shop.orchestrator(config))
    const other = yield* Raw.open(door)
    yield* other.post(Raw.call(1, "logging/setLevel", { level: "debug" }))
    yield* other.next
    assert.isEmpty(yield* toldAt(null, door))
    yield* servers[0].update((script) => ({ ...script, faults: [{ at: "read", fault: { kind: "drop" }, times: 1 }] }))
    const told = yield* toldAt(null, door)
    assert.isTrue(told.length > 0 && told.every(({ level }) => level === "warning" || level === "error"))
    yield* other.post(Raw.call(2, "ping"))
    assert.strictEqual((yield* other.next)["id"], 2)
  })
)

it.live("a level that there is not is refused with those that there are", () =>
  Effect.gen(function* () {
    const { config } = yield* Shop.open()
    const other = yield* Raw.open(yield* Door.open(Shop.orchestrator(config)))
    for (const [id, params] of [{ level: "loud" }, { level: 3 }, {}].entries()) {
      yield* other.post(Raw.call(id + 1, "logging/setLevel", params))
      assert.deepInclude((yield* other.next)["error"], {
        code: -32602,
        message: "Unknown level: there are debug, info, notice, warning, error, critical, alert, emergency"
      })
    }
  })
)

it.live("no secret of the configuration is told", () =>
  Effect.gen(function* () {
    const secret = "abcdefghijklmnopqrstuvwxyz"
    const token = "zyxwvutsrqponmlkjihgfedcba"
    const server = yield* FakeServer.make({
      faults: [{ at: "headers", fault: { kind: "status", status: 401, body: `no such key: ${secret} ${token}` } }]
    })
    const config = yield* ConfigLoader.fromUnknown({
      ...FakeServer.orchestratorConfig([server], { servers: [{ headers: { "x-key": secret } }] }),
      server: { token }
    })
    const door = yield* Door.open(Shop.orchestrator(config))
    const told = yield* toldAt("debug", door)
    assert.isNotEmpty(told)
    assert.notInclude(JSON.stringify(told), secret)
    assert.notInclude(JSON.stringify(told), token)
  })
)
