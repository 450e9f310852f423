/** How fast a dropped stream is noticed, and how fast a session is there again. */
import { connect } from "node:net"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as FakeServers from "./FakeServers.ts"
import * as SoakClient from "./SoakClient.ts"
import { quantile } from "./Statistics.ts"

/** 95 of 100 are not slower, ms. */
export interface Drops {
  /** From the drop, as a bare socket to the same server sees it, to the failure of the gather that waits for reads. */
  readonly failed: number
  /** From the first step of opening a session to its handshake's end, on a server that has just restarted. */
  readonly healed: number
}

/** Drops the stream under a gather whose reads are never answered, `times` times. */
export const measure = Effect.fnUntraced(
  function* (times: number) {
    const servers = yield* FakeServers.start({ servers: 2, resources: 50, bytes: 2000, latency: 0 })
    const client = yield* SoakClient.make(servers.urls, { retry: { attempts: 1 } })
    yield* Effect.orDie(client.gather)
    const port = Number(new URL(servers.urls[0] ?? "").port)
    const failed: Array<number> = []
    const first = client.opened.length
    for (let round = 0; round < times; round += 1) {
      yield* servers.stall(0, true)
      const gathering = yield* Effect.forkChild(Effect.flip(client.gather))
      yield* servers.awaitStalled(0)
      const witness = yield* bareSocket(port)
      const restarting = yield* Effect.forkChild(servers.restart(0))
      yield* Fiber.join(gathering)
      const now = performance.now()
      failed.push(now - (witness.closedAt() ?? now))
      yield* Fiber.join(restarting)
      yield* servers.stall(0, false)
      yield* client.gather
    }
    return { failed: quantile(failed, 0.95), healed: quantile(client.opened.slice(first), 0.95) }
  },
  (effect) => Effect.scoped(effect)
)

/** A connection that only notices when it is closed. */
const bareSocket = (port: number) =>
  Effect.callback<{ readonly closedAt: () => number | null }>((resume) => {
    let closedAt: number | null = null
    const socket = connect(port, "127.0.0.1", () => resume(Effect.succeed({ closedAt: () => closedAt })))
    socket.on("error", () => undefined)
    socket.on("close", () => (closedAt = performance.now()))
    socket.resume()
  })
