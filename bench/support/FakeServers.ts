/** Fake MCP servers in a process of their own, so that their work is not counted as the client's. */
import { fileURLToPath } from "node:url"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import * as Child from "./Child.ts"

/**
 * What to serve: `servers` alike, each with `resources` JSON resources of `bytes`, every answer after `latency` ms; all on one
 * page and without a link between, unless told.
 */
export const Load = Schema.Struct({
  servers: Schema.Int,
  resources: Schema.Int,
  bytes: Schema.Int,
  latency: Schema.Int,
  pageSize: Schema.optionalKey(Schema.Int),
  /** Milliseconds there and back on the link to each server, for connections, too. */
  roundTrip: Schema.optionalKey(Schema.Int)
})
export type Load = typeof Load.Type

export const Order = Schema.Union([
  Schema.Struct({ order: Schema.Literal("start"), load: Load }),
  /** Drops every connection of one server and forgets its sessions. */
  Schema.Struct({ order: Schema.Literal("restart"), index: Schema.Int }),
  /** From now on the server answers no read. */
  Schema.Struct({ order: Schema.Literal("stall"), index: Schema.Int, stalled: Schema.Boolean }),
  /** Answers when a read has come in that will not be answered. */
  Schema.Struct({ order: Schema.Literal("awaitStalled"), index: Schema.Int }),
  Schema.Struct({ order: Schema.Literal("count") })
])

/** Sockets and sessions that are open now, over all servers. */
export const Counts = Schema.Struct({ sockets: Schema.Int, sessions: Schema.Int })

const Urls = Schema.Struct({ urls: Schema.Array(Schema.String) })
const Done = Schema.Struct({ done: Schema.Boolean })

export interface FakeServers {
  readonly urls: ReadonlyArray<string>
  restart(index: number): Effect.Effect<void, Child.BenchError>
  stall(index: number, stalled: boolean): Effect.Effect<void, Child.BenchError>
  awaitStalled(index: number): Effect.Effect<void, Child.BenchError>
  readonly count: Effect.Effect<typeof Counts.Type, Child.BenchError>
}

/** Starts them; they end with the scope. */
export const start = Effect.fnUntraced(function* (load: Load) {
  const child = yield* Child.start(fileURLToPath(new URL("./FakeServersProcess.ts", import.meta.url)))
  const { urls } = yield* child.ask({ order: "start", load }, Urls)
  const servers: FakeServers = {
    urls,
    restart: (index) => Effect.asVoid(child.ask({ order: "restart", index }, Done)),
    stall: (index, stalled) => Effect.asVoid(child.ask({ order: "stall", index, stalled }, Done)),
    awaitStalled: (index) => Effect.asVoid(child.ask({ order: "awaitStalled", index }, Done)),
    count: child.ask({ order: "count" }, Counts)
  }
  return servers
})
