/** The process that serves: starts what it is told over IPC, and ends with the process that told it. */
import * as Effect from "effect/Effect"
import * as Queue from "effect/Queue"
import * as Schema from "effect/Schema"
import { FakeScript, FakeServer } from "../../src/testing/index.ts"
import * as Link from "./Link.ts"
import { Order, type Counts, type Load } from "./FakeServers.ts"

const scriptOf = ({ bytes, latency, pageSize, resources }: Load): FakeScript.FakeScript => ({
  resources: FakeScript.manyResources(resources, bytes),
  ...(pageSize === undefined ? {} : { pageSize }),
  // One of the peers does not connect to a server without tools.
  capabilities: { resources: {}, tools: {} },
  latency: { initialize: latency, list: latency, read: latency }
})

/** The same with a table and a tool that answers any statement. */
const withDatabase = (script: FakeScript.FakeScript): FakeScript.FakeScript => ({
  ...script,
  resources: [
    ...(script.resources ?? []),
    {
      uri: "database://metadata",
      name: "database_metadata",
      json: { tables: { products: { columns: [{ name: "id", type: "INTEGER" }] } } }
    }
  ],
  tools: [
    {
      name: "execute_query",
      inputSchema: { type: "object", properties: { sql: { type: "string" } }, required: ["sql"] },
      reply: { content: [{ type: "text", text: JSON.stringify({ columns: ["count"], rows: [[3]] }) }] }
    }
  ]
})

const program = Effect.gen(function* () {
  const orders = yield* Queue.unbounded<unknown>()
  process.on("message", (order) => Queue.offerUnsafe(orders, order))
  process.on("disconnect", () => process.exit())
  let servers: ReadonlyArray<FakeServer.FakeServer> = []
  let faultsBefore = 0

  const carryOut = Effect.fnUntraced(function* (order: typeof Order.Type) {
    switch (order.order) {
      case "start": {
        const script = scriptOf(order.load)
        servers = yield* Effect.all(
          Array.from({ length: order.load.servers }, (_, index) =>
            FakeServer.make(index === 0 && order.load.database === true ? withDatabase(script) : script)
          )
        )
        const { roundTrip } = order.load
        if (roundTrip === undefined) return { urls: servers.map(({ url }) => url) }
        const links = yield* Effect.forEach(servers, ({ url }) => Link.to(url, roundTrip))
        return { urls: links.map(({ url }) => url) }
      }
      case "restart":
        yield* servers[order.index]?.restart ?? Effect.void
        return { done: true }
      case "stall": {
        const server = servers[order.index]
        if (server === undefined) return { done: false }
        faultsBefore = (yield* server.counters).faults
        yield* server.update((script) => ({
          ...script,
          faults: order.stalled ? [{ at: "read", fault: { kind: "answerAfterCancel" } }] : []
        }))
        return { done: true }
      }
      case "awaitStalled":
        yield* servers[order.index]?.awaitCounters(({ faults }) => faults > faultsBefore) ?? Effect.void
        return { done: true }
      case "awaitIdle":
        yield* servers[order.index]?.awaitCounters(({ inFlight }) => inFlight.now === 0) ?? Effect.void
        return { at: Date.now() }
      case "count":
        return total(yield* Effect.forEach(servers, ({ counters }) => counters))
    }
  })
  return yield* Queue.take(orders).pipe(
    Effect.flatMap(Schema.decodeUnknownEffect(Order)),
    Effect.flatMap(carryOut),
    Effect.tap((answer) => Effect.sync(() => process.send?.(answer))),
    Effect.forever
  )
}).pipe(Effect.scoped)

const total = (all: ReadonlyArray<Effect.Success<FakeServer.FakeServer["counters"]>>): typeof Counts.Type => ({
  sockets: all.reduce((sum, { sockets }) => sum + sockets.open, 0),
  sessions: all.reduce((sum, { sessions }) => sum + sessions.open, 0)
})

Effect.runFork(program)
