/** What is asked of a server by itself is as bounded as what is gathered. */
import { assert, describe, it } from "@effect/vitest"
import { Duration, Effect, Fiber } from "effect"
import { TestClock } from "effect/testing"
import type { ServerConnection } from "../../src/connection/ServerConnection.ts"
import type { Session } from "../../src/connection/Session.ts"
import { lost } from "../../src/connection/SessionFailure.ts"
import * as Catalogue from "../../src/resources/Catalogue.ts"
import { configOf } from "../connection/fixture.ts"

const config = configOf([{ url: "http://127.0.0.1/sse" }])

/** A session that ends with whatever is asked of it, but for what is given. */
const sessionWith = (given: Partial<Session>): Session => ({
  info: {
    protocolVersion: "2025-11-25",
    serverInfo: { name: "one", version: "1" },
    offersResources: true,
    offersTools: false
  },
  isOpen: () => true,
  lost: Effect.never,
  listPage: () => Effect.fail(lost("list", "gone")),
  listTemplates: () => Effect.fail(lost("list", "gone")),
  read: () => Effect.fail(lost("read", "gone")),
  listTools: () => Effect.fail(lost("list", "gone")),
  call: () => Effect.fail(lost("call", "gone")),
  ...given
})

/** A connection whose sessions are opened like this, one after another. */
const connectionTo = (open: Effect.Effect<Session>): ReadonlyArray<ServerConnection> =>
  config.servers.map((server) => ({
    server,
    withSession: (use) => Effect.flatMap(open, use),
    throttle: (request) => request,
    closeIdle: Effect.void
  }))

describe("the templates of a server", () => {
  const template = (description: string) => ({ uriTemplate: "a://{b}", name: "a", description })
  const failureOf = (description: string, nextCursor: string | null) =>
    Catalogue.templates(
      connectionTo(
        Effect.succeed(
          sessionWith({
            listTemplates: () => Effect.succeed({ templates: [template(description)], nextCursor })
          })
        )
      ),
      config
    ).pipe(
      Effect.flip,
      Effect.map(({ detail, reason }) => [reason._tag, detail])
    )

  it.effect("are refused where a cursor comes back", () =>
    Effect.gen(function* () {
      assert.deepStrictEqual(yield* failureOf("", "again"), [
        "InvalidReply",
        "page 2 of templates repeats an earlier cursor: the list would never end"
      ])
    })
  )

  it.effect("are refused where they would fill the memory", () =>
    Effect.gen(function* () {
      assert.deepStrictEqual(yield* failureOf("x".repeat(5_000_001), null), [
        "TooLarge",
        "the list of templates alone is larger than 5000000 bytes (limits.server_bytes)"
      ])
    })
  )
})

describe("a resource", () => {
  it.effect("that is asked for anew after its session was lost fails with what is under way then", () =>
    Effect.gen(function* () {
      let opened = 0
      const open = Effect.suspend(() => {
        opened += 1
        return opened === 1 ? Effect.succeed(sessionWith({})) : Effect.never
      })
      const reading = yield* Effect.forkChild(
        Effect.flip(Catalogue.read(connectionTo(open), config, "server_1", "a://b"))
      )
      yield* TestClock.adjust(Duration.sum(config.gatherTimeout, Duration.seconds(1)))
      const error = yield* Fiber.join(reading)
      assert.strictEqual(opened, 2)
      assert.strictEqual(error._tag, "McpConnectionError")
      assert.strictEqual(error.stage, "connect")
    })
  )
})
