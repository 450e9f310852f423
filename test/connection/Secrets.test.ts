/** What an app sees that imports the library and brings a logger and a tracer of its own. */
import { assert, describe, it } from "@effect/vitest"
import { Cause, Effect, Exit, Logger, Option, References, Schema, Tracer } from "effect"
import { inspect } from "node:util"
import { ServerUrl } from "../../src/config/ServerUrl.ts"
import { OrchestratorErrorJson } from "../../src/OrchestratorError.ts"
import { gatherAll } from "../../src/resources/Gather.ts"
import { type FakeFault, FakeServer } from "../../src/testing/index.ts"
import { configOf, connect } from "./fixture.ts"

const token = "S3cret/with+more in-it"
const written = encodeURIComponent(token)
const prefix = `/mcp/${written}`

const encode = Schema.encodeSync(OrchestratorErrorJson)

/** The URL of a server whose path holds the token, as a configuration makes it of `…/mcp/${TOKEN}/sse`. */
const urlOf = (origin: string) =>
  new ServerUrl(new URL(`${origin}${prefix}/sse`), [
    { text: `${origin}/mcp/`, shown: null },
    { text: written, shown: "${TOKEN}" },
    { text: "/sse", shown: null }
  ])

/** All that a gather logs, records and fails with. */
const seenOf = Effect.fnUntraced(function* (faults: ReadonlyArray<FakeFault.FaultRule>) {
  const server = yield* FakeServer.make({
    prefix,
    serverInfo: { name: `fake at ${prefix}`, version: "1" },
    resources: [{ uri: `http://h${prefix}/a`, name: "a", text: "a" }],
    faults
  })
  const { servers, ...rest } = configOf([server])
  const config = { ...rest, servers: servers.map((one) => ({ ...one, url: urlOf(server.origin) })) }
  const seen: Array<unknown> = []
  const logger = Logger.make<unknown, void>(({ message }) => seen.push(message))
  const tracer = Tracer.make({
    span: (options) => {
      const span = new Tracer.NativeSpan(options)
      seen.push(span)
      return span
    }
  })
  const exit = yield* Effect.flatMap(connect(config), (connections) => gatherAll(connections, config)).pipe(
    Effect.provideService(Tracer.Tracer, tracer),
    Effect.provide(Logger.layer([logger])),
    Effect.provideService(References.MinimumLogLevel, "All"),
    Effect.exit
  )
  if (Exit.isFailure(exit)) {
    seen.push(Cause.pretty(exit.cause), Option.map(Cause.findErrorOption(exit.cause), encode))
  } else {
    seen.push(exit.value.servers[0]?.manifest)
  }
  const spans = seen.map((one) => (one instanceof Tracer.NativeSpan ? [one.name, [...one.attributes]] : one))
  return inspect([spans, config], { depth: 12, maxStringLength: null, maxArrayLength: null })
}, Effect.scoped)

describe("what came from a variable into a server's URL", () => {
  const said = `no ${prefix}/messages (${token}) here`
  const faults: Readonly<Record<string, ReadonlyArray<FakeFault.FaultRule>>> = {
    "all is well": [],
    "a refusal repeats it": [{ at: "headers", fault: { kind: "status", status: 403, body: said } }],
    "an error of the protocol repeats it": [{ at: "list", fault: { kind: "error", message: said } }],
    "a read fails": [{ at: "read", fault: { kind: "error", message: said } }],
    "a reply is about something else": [{ at: "read", fault: { kind: "wrongUri", uri: `http://h${prefix}/b` } }]
  }
  for (const [name, rules] of Object.entries(faults)) {
    it.live(`is not shown when ${name}`, () =>
      Effect.gen(function* () {
        const seen = yield* seenOf(rules)
        assert.notMatch(seen, /S3cret|with\+more|in-it/)
        assert.include(seen, "/mcp/${TOKEN}")
      })
    )
  }
})
