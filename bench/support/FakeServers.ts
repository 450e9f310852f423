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
  /** Whether the first one is a database of products, which counts three of them whatever it is asked. */
  database: Schema.optionalKey(Schema.Boolean),
  /** Milliseconds there and back on the link to each server, for connections, too. */
  roundTrip: Schema.optionalKey(Schema.Int)
})
export type Load = typeof Load.Type

export const Order = Schema.Union([
  Schema.Struct({ order: Schema.Literal("start"), load: Load }),
  /** Drops every connection of one server and forgets its sessions. */
  Schema.Struct({ order: Schema.Literal("restart"), index: Schema.Int }),
  /** From now on the server accepts reads and answers none. */
  Schema.Struct({ order: Schema.Literal("stall"), index: Schema.Int, stalled: Schema.Boolean }),
  /** Answers when a read has come in that will not be answered. */
  Schema.Struct({ order: Schema.Literal("awaitStalled"), index: Schema.Int }),
  /** Answers when all that was asked of the server is answered, cancelled, or of a session that has ended. */
  Schema.Struct({ order: Schema.Literal("awaitIdle"), index: Schema.Int }),
  Schema.Struct({ order: Schema.Literal("count") })
])

/** Sockets and sessions that are open now, over all servers. */
export const Counts = Schema.Struct({ sockets: Schema.Int, sessions: Schema.Int })

const Urls = Schema.Struct({ urls: Schema.Array(Schema.String) })
const Idle = Schema.Struct({ at: Schema.Finite })
const Done = Schema.Struct({ done: Schema.Boolean })

export interface FakeServers {
  readonly urls: ReadonlyArray<string>
  restart(index: number): Effect.Effect<void, Child.BenchError>
  stall(index: number, stalled: boolean): Effect.Effect<void, Child.BenchError>
  awaitStalled(index: number): Effect.Effect<void, Child.BenchError>
  /** When nobody waited for an answer of it any more: milliseconds since 1970. */
  awaitIdle(index: number): Effect.Effect<typeof Idle.Type, Child.BenchError>
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
    awaitIdle: (index) => child.ask({ order: "awaitIdle", index }, Idle),
    count: child.ask({ order: "count" }, Counts)
  }
  return servers
})
