import { assert, describe, it } from "@effect/vitest"
import { Duration, Effect, FileSystem } from "effect"
import { NodeServices } from "@effect/platform-node"
import { FakeServer } from "../../src/testing/index.ts"
import { openSession, serverConfig } from "./fixture.ts"

/** The authority's certificate as a file. */
const caFileOf = Effect.fnUntraced(function* (server: FakeServer.FakeServer) {
  const fs = yield* FileSystem.FileSystem
  const file = yield* fs.makeTempFileScoped({ suffix: ".pem" })
  yield* fs.writeFileString(file, server.caCertificate ?? "")
  return file
})

const refusal = Effect.fnUntraced(function* (tls: "localhost" | "expired" | "elsewhere", trusted: boolean) {
  const server = yield* FakeServer.make({ tls })
  const caFile = trusted ? yield* caFileOf(server) : null
  const failure = yield* Effect.flip(openSession(serverConfig(server.url, { caFile })))
  assert.deepStrictEqual([failure.stage, failure.reason._tag], ["tls", "Tls"])
  assert.strictEqual((yield* server.counters).gets, 0)
  yield* server.awaitIdle
  return failure.detail
})

describe("TLS", () => {
  it.live("trusts the authority in ca_file, for the stream and for POSTs", () =>
    Effect.gen(function* () {
      const server = yield* FakeServer.make({ tls: "localhost", resources: [{ uri: "a", name: "a", text: "secret" }] })
      const session = yield* openSession(serverConfig(server.url, { caFile: yield* caFileOf(server) }))
      assert.deepStrictEqual(yield* session.read("a"), [{ uri: "a", text: "secret" }])
    }).pipe(Effect.provide(NodeServices.layer))
  )

  it.live("refuses an authority nobody named, an expired certificate, and one of another host", () =>
    Effect.gen(function* () {
      assert.match(yield* refusal("localhost", false), /certificate/)
      assert.match(yield* refusal("expired", true), /expired/)
      assert.match(yield* refusal("elsewhere", true), /altnames|does not match/i)
    }).pipe(Effect.provide(NodeServices.layer))
  )

  it.live("names the stage when the handshake does not happen", () =>
    Effect.gen(function* () {
      const server = yield* FakeServer.make({ tls: "localhost", faults: [{ at: "connect", fault: { kind: "stall" } }] })
      const failure = yield* Effect.flip(
        Effect.scoped(openSession(serverConfig(server.url, { connectTimeout: Duration.millis(100) })))
      )
      assert.deepStrictEqual([failure.stage, failure.reason._tag], ["tls", "TimedOut"])
      yield* server.awaitIdle
    })
  )

  it.live("says that a ca_file cannot be used", () =>
    Effect.gen(function* () {
      const failure = yield* Effect.flip(
        openSession(serverConfig("https://127.0.0.1:1/sse", { caFile: "/nowhere.pem" }))
      )
      assert.deepStrictEqual([failure.stage, failure.reason._tag], ["tls", "Tls"])
      assert.include(failure.detail, "ca_file")
    })
  )
})
