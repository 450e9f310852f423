import { assert, describe, it } from "@effect/vitest"
import { Deferred, Effect, Fiber, Layer } from "effect"
import { mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { vi } from "vitest"
import * as ConfigLoader from "../src/config/ConfigLoader.ts"
import * as ConnectionSets from "../src/connection/ConnectionSets.ts"
import { Sessions } from "../src/connection/Sessions.ts"
import { type Gathered, Orchestrator } from "../src/Orchestrator.ts"
import { FakeServer } from "../src/testing/index.ts"
import * as LogCapture from "./LogCapture.ts"

const orchestration = { retry: { attempts: 2, base_delay: "1 millis" } }

/** A directory that goes with the test, and its configuration file. */
const directory = Effect.acquireRelease(
  Effect.sync(() => mkdtempSync(join(tmpdir(), "live-config-"))),
  (path) => Effect.sync(() => rmSync(path, { recursive: true }))
)

/** JSON is YAML. At once: the watch must not read half of it. */
const write = (file: string, config: object) =>
  Effect.sync(() => {
    writeFileSync(`${file}.new`, JSON.stringify(config))
    renameSync(`${file}.new`, file)
  })

/** A running orchestrator of a file, and what it logs. */
const live = Effect.fnUntraced(function* (file: string, level: "Debug" | "Info" = "Debug") {
  const logs = LogCapture.make(level)
  const context = yield* Layer.build(
    Orchestrator.layerNode({ configPath: file, reload: true }).pipe(Layer.provideMerge(logs.layer))
  )
  const orchestrator = yield* Orchestrator.pipe(Effect.provideContext(context))
  return {
    logs,
    gather: orchestrator.gather().pipe(Effect.provideContext(context)),
    config: orchestrator.config,
    reload: orchestrator.reload.pipe(Effect.provideContext(context))
  }
})

const serverNamed = (name: string) =>
  FakeServer.make({ resources: [{ uri: `${name}://1`, name: "who", json: { name } }], latency: { read: 20 } })

const whoIn = (gathered: Gathered) => gathered.servers.map(({ resources }) => resources.get("who")?.data)

describe("a reload", () => {
  it.live(
    "under load fails no request, mixes no generations and leaves nothing of the old sets",
    () =>
      Effect.gen(function* () {
        const file = join(yield* directory, "mcp-config.yaml")
        const [even, odd, constant] = yield* Effect.all([
          serverNamed("even"),
          serverNamed("odd"),
          serverNamed("constant")
        ])
        /** All of the first two entries changes from one to the next; the third is always the same. */
        const configOf = (number: number) => {
          // How long it takes is not the subject, and a busy machine takes long.
          const patient = { connect_timeout: "1 minute", request_timeout: "1 minute", gather_timeout: "2 minutes" }
          const changing = number % 2 === 0 ? even : odd
          const overrides = [
            { name: `first of ${number}`, priority: 100 + number },
            { name: `second of ${number}`, priority: 200 + number },
            { priority: 999 }
          ]
          return FakeServer.orchestratorConfig([changing, changing, constant], {
            servers: overrides,
            orchestration: { ...orchestration, ...patient }
          })
        }
        yield* write(file, configOf(0))
        const { gather, logs, reload } = yield* live(file)
        yield* gather

        const reloads = 20
        let latest = 1
        let straddling = 0
        const gathers: Array<Fiber.Fiber<Gathered, Effect.Error<typeof gather>>> = []
        for (let number = 1; number <= reloads; number++) {
          yield* write(file, configOf(number))
          for (let one = 0; one < 10; one++) {
            const watched = Effect.tap(gather, ({ generation }) =>
              Effect.sync(() => {
                if (generation < latest) straddling += 1
              })
            )
            gathers.push(yield* Effect.forkChild(watched, { startImmediately: true }))
          }
          latest = yield* reload
        }
        const results = yield* Effect.forEach(gathers, Fiber.join)

        assert.strictEqual(results.length, 200)
        assert.isAtLeast(straddling, 1)
        const numbers = new Set(results.map(({ generation }) => generation))
        assert.isAtLeast(numbers.size, reloads)
        const configOfGeneration = new Map<number, string>()
        for (const result of results) {
          const number = Number(/^first of (\d+)$/.exec(result.servers[0]?.name ?? "")?.[1])
          const who = number % 2 === 0 ? "even" : "odd"
          assert.deepStrictEqual(
            result.servers.map(({ name, priority }) => [name, priority]),
            [
              [`first of ${number}`, 100 + number],
              [`second of ${number}`, 200 + number],
              ["Server 3", 999]
            ]
          )
          assert.deepStrictEqual(whoIn(result), [{ name: who }, { name: who }, { name: "constant" }])
          // One generation is one configuration, to all who ran under it.
          assert.strictEqual(configOfGeneration.get(result.generation) ?? `${number}`, `${number}`)
          configOfGeneration.set(result.generation, `${number}`)
        }

        // The last set has two sessions at one server; the third server never had more than one.
        const [inForce, retired] = reloads % 2 === 0 ? [even, odd] : [odd, even]
        yield* retired.awaitIdle
        yield* inForce.awaitCounters(({ sessions }) => sessions.open === 2)
        const { sessions } = yield* constant.counters
        assert.deepStrictEqual(sessions, { open: 1, total: 1, peak: 1 })
        assert.strictEqual(logs.of("config_rejected").length, 0)
        assert.strictEqual(logs.of("mcp_connection_lost").length, 0)
      }),
    180_000
  )

  it.live("leaves as many sockets as the last set has", () =>
    Effect.gen(function* () {
      const file = join(yield* directory, "mcp-config.yaml")
      const server = yield* serverNamed("one")
      const configOf = (name: string) => FakeServer.orchestratorConfig([server], { servers: [{ name }], orchestration })
      yield* write(file, configOf("before"))
      const { gather, reload } = yield* live(file)
      yield* gather
      const { sockets } = yield* server.counters
      for (let number = 0; number < 5; number++) {
        yield* write(file, configOf(`after ${number}`))
        yield* Effect.all([gather, reload], { concurrency: "unbounded" })
        yield* gather
      }
      yield* server.awaitCounters((now) => now.sessions.open === 1 && now.sockets.open <= sockets.open)
    })
  )

  it.live("keeps the connection of a server whose entry did not change, whatever else does", () =>
    Effect.gen(function* () {
      const file = join(yield* directory, "mcp-config.yaml")
      const [same, changed, added] = yield* Effect.all([
        serverNamed("same"),
        serverNamed("changed"),
        serverNamed("new")
      ])
      yield* write(file, FakeServer.orchestratorConfig([same, changed], { orchestration }))
      const { gather, reload } = yield* live(file)
      assert.strictEqual((yield* gather).generation, 1)
      const next = FakeServer.orchestratorConfig([same, changed, added], {
        servers: [{}, { domains: ["other"] }],
        orchestration: { ...orchestration, query: { max_rows: 5 } }
      })
      yield* write(file, next)
      const generation = yield* reload
      assert.isAtLeast(generation, 2)
      const after = yield* gather
      assert.isAtLeast(after.generation, generation)
      assert.deepStrictEqual(whoIn(after), [{ name: "same" }, { name: "changed" }, { name: "new" }])
      assert.deepStrictEqual((yield* same.counters).sessions, { open: 1, total: 1, peak: 1 })
      assert.strictEqual((yield* same.counters).requests["initialize"], 1)
      yield* changed.awaitCounters(({ sessions }) => sessions.open === 1 && sessions.total === 2)
    })
  )

  it.live("replaces a connection whose credentials changed", () =>
    Effect.gen(function* () {
      const file = join(yield* directory, "mcp-config.yaml")
      const server = yield* serverNamed("one")
      const configOf = (token: string) =>
        FakeServer.orchestratorConfig([server], { servers: [{ headers: { "x-token": token } }], orchestration })
      yield* write(file, configOf("first"))
      const { gather, reload } = yield* live(file)
      yield* gather
      yield* write(file, configOf("second"))
      yield* reload
      yield* server.awaitCounters(({ sessions }) => sessions.open === 1 && sessions.total === 2)
      yield* gather
      const last = (yield* server.requests).at(-1)
      assert.strictEqual(last?.headers["x-token"], "second")
    })
  )

  it.live("replaces a connection whose URL changed only in what is never shown", () =>
    Effect.gen(function* () {
      const file = join(yield* directory, "mcp-config.yaml")
      const server = yield* serverNamed("one")
      const tokens = [
        ["first", "first"],
        ["second", "first"],
        ["second", "second"]
      ] as const
      const configOf = ([token, baseToken]: (typeof tokens)[number]) => {
        const url = `${server.url}?token=${token}`
        const endpoint_base = `${server.origin}/?token=${baseToken}`
        return FakeServer.orchestratorConfig([server], { servers: [{ url, endpoint_base }], orchestration })
      }
      yield* write(file, configOf(tokens[0]))
      const { gather, reload } = yield* live(file)
      yield* gather
      for (const [index, pair] of tokens.entries()) {
        yield* write(file, configOf(pair))
        yield* reload
        yield* gather
        yield* server.awaitCounters(({ sessions }) => sessions.open === 1 && sessions.total === index + 1)
      }
    })
  )

  it.live("connects the new set before it is in force", () =>
    Effect.gen(function* () {
      const file = join(yield* directory, "mcp-config.yaml")
      const [before, after] = yield* Effect.all([serverNamed("before"), serverNamed("after")])
      yield* after.update((script) => ({ ...script, latency: { initialize: 100 } }))
      yield* write(file, FakeServer.orchestratorConfig([before], { orchestration }))
      const { gather, reload } = yield* live(file)
      yield* write(file, FakeServer.orchestratorConfig([after], { orchestration }))
      const reloading = yield* Effect.forkChild(reload)
      yield* after.awaitRequest("initialize")
      assert.deepStrictEqual(whoIn(yield* gather), [{ name: "before" }])
      const generation = yield* Fiber.join(reloading)
      const gathered = yield* gather
      assert.deepStrictEqual(whoIn(gathered), [{ name: "after" }])
      assert.isAtLeast(gathered.generation, generation)
      yield* before.awaitIdle
    })
  )

  it.live("of a bad file changes nothing, and logs the report", () =>
    Effect.gen(function* () {
      const file = join(yield* directory, "mcp-config.yaml")
      const server = yield* serverNamed("one")
      yield* write(file, FakeServer.orchestratorConfig([server], { orchestration }))
      const { gather, logs, reload } = yield* live(file)
      yield* gather
      yield* write(
        file,
        FakeServer.orchestratorConfig([server], { servers: [{ priority: 0 }], orchestration: { retries: 3 } })
      )
      const error = yield* Effect.flip(reload)
      assert.strictEqual(error._tag, "ConfigError")
      const rejected = yield* logs.awaitEvent("config_rejected")
      assert.strictEqual(rejected["level"], "ERROR")
      assert.strictEqual(rejected["generation"], 1)
      assert.strictEqual(rejected["file"], file)
      const problems = JSON.stringify(rejected["problems"])
      assert.match(problems, /1:\d+ mcp_servers\.server_1\.priority: /)
      assert.match(problems, /1:\d+ orchestration\.retries: /)
      const after = yield* gather
      assert.strictEqual(after.generation, 1)
      assert.deepStrictEqual((yield* server.counters).sessions, { open: 1, total: 1, peak: 1 })
    })
  )

  it.live("to a server that cannot be reached changes nothing, and says which", () =>
    Effect.gen(function* () {
      const file = join(yield* directory, "mcp-config.yaml")
      const [up, other, down] = yield* Effect.all([serverNamed("up"), serverNamed("other"), serverNamed("down")])
      yield* down.kill
      yield* write(file, FakeServer.orchestratorConfig([up], { orchestration }))
      const { gather, logs, reload } = yield* live(file)
      yield* gather
      yield* write(file, FakeServer.orchestratorConfig([up, other, down], { orchestration }))
      const error = yield* Effect.flip(reload)
      assert.strictEqual(error._tag, "McpConnectionError")
      if (error._tag !== "McpConnectionError") return
      assert.deepStrictEqual([error.server, error.reason._tag, error.attempts], ["server_3", "Refused", 2])
      const rejected = yield* logs.awaitEvent("config_rejected")
      assert.match(JSON.stringify(rejected["error"]), /cannot connect to server_3/)
      assert.strictEqual((yield* gather).servers.length, 1)
      // What the rejected set had opened is closed, what it had kept is not.
      yield* other.awaitIdle
      assert.deepStrictEqual((yield* up.counters).sessions, { open: 1, total: 1, peak: 1 })
    })
  )

  it.live("survives a transient failure of a new server", () =>
    Effect.gen(function* () {
      const file = join(yield* directory, "mcp-config.yaml")
      const [before, after] = yield* Effect.all([serverNamed("before"), serverNamed("after")])
      yield* after.update((script) => ({
        ...script,
        faults: [{ at: "headers", fault: { kind: "status", status: 503 }, times: 1 }]
      }))
      yield* write(file, FakeServer.orchestratorConfig([before], { orchestration }))
      const { gather, reload } = yield* live(file)
      yield* write(file, FakeServer.orchestratorConfig([after], { orchestration }))
      assert.isAtLeast(yield* reload, 2)
      assert.deepStrictEqual(whoIn(yield* gather), [{ name: "after" }])
    })
  )

  it.live("is not stopped by a server that is down but was kept", () =>
    Effect.gen(function* () {
      const file = join(yield* directory, "mcp-config.yaml")
      const [kept, added] = yield* Effect.all([serverNamed("kept"), serverNamed("added")])
      yield* write(file, FakeServer.orchestratorConfig([kept], { orchestration }))
      const { gather, reload } = yield* live(file)
      yield* gather
      yield* kept.kill
      yield* write(file, FakeServer.orchestratorConfig([kept, added], { orchestration }))
      assert.isAtLeast(yield* reload, 2)
      const error = yield* Effect.flip(gather)
      assert.strictEqual("server" in error && error.server, "server_1")
    })
  )

  it.live("that is interrupted leaves the old set in force and nothing of the new", () =>
    Effect.gen(function* () {
      const file = join(yield* directory, "mcp-config.yaml")
      const [before, open, silent] = yield* Effect.all([
        serverNamed("before"),
        serverNamed("open"),
        serverNamed("silent")
      ])
      yield* silent.update((script) => ({ ...script, latency: { initialize: 60_000 } }))
      yield* write(file, FakeServer.orchestratorConfig([before], { orchestration }))
      const { gather, logs, reload } = yield* live(file)
      yield* write(file, FakeServer.orchestratorConfig([open, silent], { orchestration }))
      const reloading = yield* Effect.forkChild(reload)
      yield* silent.awaitRequest("initialize")
      yield* logs.awaitEvent("mcp_connection_established")
      yield* Fiber.interrupt(reloading)
      yield* open.awaitIdle
      assert.strictEqual((yield* gather).generation, 1)
    })
  )

  it.live("says in every line of a request which generation it belongs to", () =>
    Effect.gen(function* () {
      const file = join(yield* directory, "mcp-config.yaml")
      const server = yield* serverNamed("one")
      yield* write(file, FakeServer.orchestratorConfig([server], { orchestration }))
      const { gather, logs, reload } = yield* live(file)
      yield* gather
      yield* reload
      yield* gather
      assert.deepStrictEqual(
        logs.of("resource_gathering_completed").map((record) => record["generation"]),
        [1, 2]
      )
      const reloaded = yield* logs.awaitEvent("config_reloaded")
      assert.deepStrictEqual([reloaded["generation"], reloaded["servers"]], [2, ["server_1"]])
    })
  )

  it.live("changes how much the requests after it log, unless only the old level was asked for", () =>
    Effect.gen(function* () {
      const file = join(yield* directory, "mcp-config.yaml")
      const server = yield* serverNamed("one")
      const configOf = (more: object) =>
        FakeServer.orchestratorConfig([server], { orchestration: { ...orchestration, ...more } })
      yield* write(file, configOf({ log_level: "INFO" }))
      const { gather, logs, reload } = yield* live(file, "Info")
      yield* gather
      assert.strictEqual(logs.of("resource_list_requested").length, 0)
      yield* write(file, configOf({ log_level: "DEBUG" }))
      yield* reload
      yield* gather
      assert.strictEqual(logs.of("resource_list_requested").length, 1)
      const gatherings = logs.of("resource_gathering_completed").length
      assert.strictEqual(gatherings, 2)
      yield* write(file, configOf({ log_level: "DEBUG", enable_logging: false }))
      yield* reload
      yield* gather
      assert.strictEqual(logs.of("resource_gathering_completed").length, gatherings)
      yield* write(file, configOf({ log_level: "INFO" }))
      yield* reload
      yield* gather
      assert.strictEqual(logs.of("resource_gathering_completed").length, gatherings + 1)
      assert.strictEqual(logs.of("resource_list_requested").length, 1)
    })
  )
})

it.live("reloads go one at a time, reading included, so that an older reading never wins", () =>
  Effect.gen(function* () {
    const server = yield* serverNamed("one")
    const configOf = (name: string) =>
      ConfigLoader.fromUnknown(FakeServer.orchestratorConfig([server], { servers: [{ name }], orchestration }))
    const generations = yield* Effect.flatMap(configOf("first"), ConnectionSets.make)
    const slow = yield* Deferred.make<void>()
    const older = yield* generations
      .swap(Effect.tap(configOf("older"), () => Deferred.await(slow)))
      .pipe(Effect.forkChild({ startImmediately: true }))
    const newer = yield* Effect.forkChild(generations.swap(configOf("newer")), { startImmediately: true })
    yield* Deferred.succeed(slow, undefined)
    yield* Fiber.join(older)
    yield* Fiber.join(newer)
    const { config, number } = yield* generations.current
    assert.deepStrictEqual([number, config.servers.map(({ name }) => name)], [3, ["newer"]])
  }).pipe(Effect.provide(Sessions.layerSse))
)

it.live("the environment's overrides hold after a reload", () =>
  Effect.gen(function* () {
    const file = join(yield* directory, "mcp-config.yaml")
    const server = yield* serverNamed("one")
    vi.stubEnv("MCP__MCP_SERVERS__SERVER_1__NAME", "overridden")
    yield* Effect.addFinalizer(() => Effect.sync(() => vi.unstubAllEnvs()))
    yield* write(file, FakeServer.orchestratorConfig([server], { orchestration }))
    const { config, reload } = yield* live(file)
    yield* reload
    assert.strictEqual((yield* config).servers[0]?.name, "overridden")
  })
)

describe("the watch", () => {
  it.live("reloads what an editor saves by renaming", () =>
    Effect.gen(function* () {
      const path = yield* directory
      const file = join(path, "mcp-config.yaml")
      const [before, after] = yield* Effect.all([serverNamed("before"), serverNamed("after")])
      yield* write(file, FakeServer.orchestratorConfig([before], { orchestration }))
      const { gather, logs } = yield* live(file)
      assert.deepStrictEqual(whoIn(yield* gather), [{ name: "before" }])
      yield* write(join(path, ".swap"), FakeServer.orchestratorConfig([after], { orchestration }))
      yield* Effect.sync(() => renameSync(join(path, ".swap"), file))
      yield* logs.awaitEvent("config_reloaded")
      assert.deepStrictEqual(whoIn(yield* gather), [{ name: "after" }])
    })
  )

  it.live("puts back what the file held before a reload on demand", () =>
    Effect.gen(function* () {
      const file = join(yield* directory, "mcp-config.yaml")
      const [before, after] = yield* Effect.all([serverNamed("before"), serverNamed("after")])
      yield* write(file, FakeServer.orchestratorConfig([before], { orchestration }))
      const { gather, logs, reload } = yield* live(file)
      yield* write(file, FakeServer.orchestratorConfig([after], { orchestration }))
      yield* reload
      assert.deepStrictEqual(whoIn(yield* gather), [{ name: "after" }])
      // At once: the watch has seen nothing but the first content, which the file holds again.
      yield* write(file, FakeServer.orchestratorConfig([before], { orchestration }))
      yield* logs.awaitEvent("config_reloaded", 2)
      assert.deepStrictEqual(whoIn(yield* gather), [{ name: "before" }])
    })
  )

  it.live("reloads when a ConfigMap swaps its symbolic link, and goes on after a file that was wrong", () =>
    Effect.gen(function* () {
      const path = yield* directory
      const [before, after] = yield* Effect.all([serverNamed("before"), serverNamed("after")])
      const revision = Effect.fnUntraced(function* (name: string, config: object) {
        mkdirSync(join(path, name))
        yield* write(join(path, name, "mcp-config.yaml"), config)
        symlinkSync(name, join(path, "..next"))
        renameSync(join(path, "..next"), join(path, "..data"))
      })
      yield* revision("..1", FakeServer.orchestratorConfig([before], { orchestration }))
      const file = join(path, "mcp-config.yaml")
      symlinkSync(join("..data", "mcp-config.yaml"), file)
      const { gather, logs } = yield* live(file)
      yield* revision("..2", { mcp_servers: {} })
      yield* logs.awaitEvent("config_rejected")
      assert.deepStrictEqual(whoIn(yield* gather), [{ name: "before" }])
      yield* revision("..3", FakeServer.orchestratorConfig([after], { orchestration }))
      yield* logs.awaitEvent("config_reloaded")
      assert.deepStrictEqual(whoIn(yield* gather), [{ name: "after" }])
    })
  )
})

it.live("closing the orchestrator closes the sets that requests still hold", () =>
  Effect.gen(function* () {
    const file = join(yield* directory, "mcp-config.yaml")
    const [before, after] = yield* Effect.all([serverNamed("before"), serverNamed("after")])
    yield* before.update((script) => ({ ...script, latency: { read: 60_000 } }))
    const patient = { ...orchestration, request_timeout: "60 seconds", gather_timeout: "60 seconds" }
    yield* write(file, FakeServer.orchestratorConfig([before], { orchestration: patient }))
    const abandoned = yield* Effect.scoped(
      Effect.gen(function* () {
        const { gather, reload } = yield* live(file)
        const gathering = yield* Effect.forkDetach(gather)
        yield* before.awaitRequest("resources/read")
        yield* write(file, FakeServer.orchestratorConfig([after], { orchestration }))
        yield* reload
        return gathering
      })
    )
    yield* before.awaitIdle
    yield* after.awaitIdle
    yield* Fiber.await(abandoned)
  })
)
