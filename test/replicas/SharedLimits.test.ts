/** Replicas over one Redis keep one `rate_limit` together. */
import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { FakeServer } from "../../src/testing/index.ts"
import { fileOf, start } from "../cli/Spawned.ts"
import * as Redis from "../connection/Redis.ts"

const resources = ["a", "b", "c"].map((name) => ({ uri: `list://${name}`, name, json: [name] }))
/** The list, and a read of each. */
const requestsOfAGather = resources.length + 1

const gather = (url: string) =>
  Effect.promise((signal) =>
    fetch(`${url}/v1/gather`, { method: "POST", signal }).then((response) =>
      response.arrayBuffer().then(() => response.status)
    )
  )

/** How many requests it let through by its own part of the limit, as it does where a busy machine lets Redis answer late. */
const letThroughAlone = (url: string) =>
  Effect.promise((signal) => fetch(`${url}/metrics`, { signal }).then((response) => response.text())).pipe(
    Effect.map((text) => Number(/^orchestrator_rate_limit_local_total\{.*\} (\d+)$/m.exec(text)?.[1] ?? 0))
  )

describe.skipIf(!Redis.isInstalled)("limits of replicas (skipped where redis-server is not installed)", () => {
  it.live("what one of them has asked of a server, the other may not ask any more", () =>
    Effect.gen(function* () {
      const redis = yield* Redis.make
      yield* redis.start
      const server = yield* FakeServer.make({ resources })
      // So slowly that none is given back during the test.
      const rate_limit = { requests: 5 * requestsOfAGather, per: "1 hour" }
      const { file } = yield* fileOf({
        ...FakeServer.orchestratorConfig([server], {
          orchestration: { retry: { attempts: 1 }, gather_timeout: "10 seconds" },
          servers: [{ rate_limit }]
        }),
        server: { port: 0, limits_store: redis.url }
      })
      const replicas = yield* Effect.all([start(file), start(file)])
      const [one, two] = yield* Effect.all([replicas[0].ready, replicas[1].ready])
      const statuses = yield* Effect.forEach([one, two, one, two, one], gather)
      assert.deepStrictEqual(statuses, [200, 200, 200, 200, 200])
      yield* Effect.repeat(gather(two), { until: (status) => status !== 200 })
      const { requests } = yield* server.counters
      const alone = (yield* letThroughAlone(one)) + (yield* letThroughAlone(two))
      assert.strictEqual(
        (requests["resources/list"] ?? 0) + (requests["resources/read"] ?? 0),
        rate_limit.requests + alone
      )
    })
  )
})
