/** The runner as a user runs it: a process of its own. */
import { assert, describe, it } from "@effect/vitest"
import * as NodeServices from "@effect/platform-node/NodeServices"
import { Deferred, Effect, Exit, FileSystem } from "effect"
import { spawn } from "node:child_process"
import { inject } from "vitest"
import * as Output from "../../src/cli/Output.ts"
import * as FakeServer from "../../src/testing/FakeServer.ts"
import { version } from "../../src/Version.ts"
import manifest from "../../package.json" with { type: "json" }

interface Ended {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** Starts the runner; `ended` completes when the process and its pipes have closed. */
const start = Effect.fnUntraced(function* (
  args: ReadonlyArray<string>,
  env: { readonly [name: string]: string } = {},
  redirection = "",
  before = ""
) {
  const child = spawn(
    "sh",
    ["-c", `${before} exec "$0" "$@" ${redirection}`, process.execPath, inject("runner"), ...args],
    {
      env: { ...process.env, ...env },
      stdio: ["ignore", "pipe", "pipe"]
    }
  )
  yield* Effect.addFinalizer(() => Effect.sync(() => child.kill("SIGKILL")))
  const ended = yield* Deferred.make<Ended>()
  let stdout = ""
  let stderr = ""
  child.stdout.on("data", (chunk) => (stdout += chunk))
  child.stderr.on("data", (chunk) => (stderr += chunk))
  child.on("close", (code) => Deferred.doneUnsafe(ended, Exit.succeed({ code, stdout, stderr })))
  return { child, ended: Deferred.await(ended) }
})

/** The shipped configuration with both servers at a fake one, which has no database. */
const at = (url: string) => ({
  MCP__MCP_SERVERS__DATABASE_MCP__INTROSPECTION: "never",
  MCP__MCP_SERVERS__PRODUCT_METADATA_MCP__URL: url,
  MCP__MCP_SERVERS__DATABASE_MCP__URL: url
})

it("the version is the package's", () => {
  assert.strictEqual(version, manifest.version)
})

it.live("a gather ends by itself with 0 and one JSON document on stdout", () =>
  Effect.gen(function* () {
    const server = yield* FakeServer.make({ resources: [{ uri: "a://1", name: "one", json: { a: 1 } }] })
    const { ended } = yield* start(["gather", "--json"], at(server.url))
    const { code, stdout } = yield* ended
    assert.strictEqual(code, 0)
    assert.deepStrictEqual(JSON.parse(stdout).database_mcp.resources, { one: { a: 1 } })
    yield* server.awaitIdle
  })
)

it.live("what was logged before the result stands before it, where both go to one place", () =>
  Effect.gen(function* () {
    const server = yield* FakeServer.make({ resources: [{ uri: "a://1", name: "one", text: "1" }] })
    const { ended } = yield* start(["gather", "--log-level", "DEBUG"], at(server.url), "2>&1")
    const { code, stdout } = yield* ended
    assert.strictEqual(code, 0)
    const places = ["resource_gathering_completed", "priority  server", "mcp_connection_closed"].map((text) =>
      stdout.indexOf(text)
    )
    assert.notInclude(places, -1)
    assert.deepStrictEqual(
      places,
      places.toSorted((a, b) => a - b)
    )
  })
)

it.live("Ctrl-C in the middle of a read ends with 130, tells the server, and leaves nothing behind", () =>
  Effect.gen(function* () {
    const server = yield* FakeServer.make({
      resources: [{ uri: "a://1", name: "one", text: "1" }],
      faults: [{ at: "read", fault: { kind: "stall" } }]
    })
    const { child, ended } = yield* start(["gather"], at(server.url))
    yield* server.awaitRequest("resources/read", 2)
    child.kill("SIGINT")
    const { code, stderr, stdout } = yield* ended
    assert.strictEqual(code, 130)
    assert.strictEqual(stdout, "")
    assert.notMatch(stderr, /^\s+at /m)
    yield* server.awaitRequest("notifications/cancelled", 2)
    yield* server.awaitIdle
  })
)

it.live("a server killed in the middle of a read ends with its name, without a stack trace", () =>
  Effect.gen(function* () {
    const server = yield* FakeServer.make({
      resources: [{ uri: "a://1", name: "one", text: "1" }],
      faults: [{ at: "read", fault: { kind: "stall" } }]
    })
    const { ended } = yield* start(["gather"], at(server.url))
    yield* server.awaitRequest("resources/read", 2)
    yield* server.kill
    const { code, stderr } = yield* ended
    assert.include([3, 4], code)
    assert.match(stderr, /(product_metadata_mcp|database_mcp)/)
    assert.notMatch(stderr, /^\s+at /m)
  })
)

it.live("a reader that stops reading is no failure", () =>
  Effect.gen(function* () {
    const text = "x".repeat(2_000_000)
    const server = yield* FakeServer.make({ resources: [{ uri: "a://1", name: "one", text }] })
    const { child, ended } = yield* start(["gather", "--json"], at(server.url))
    child.stdout.destroy()
    const { code, stderr } = yield* ended
    assert.strictEqual(code, 0)
    assert.notMatch(stderr, /EPIPE|^\s+at /m)
  })
)

const small = { resources: [{ uri: "a://1", name: "one", json: { a: 1 } }] }
const temporaryDirectory = Effect.provide(
  Effect.flatMap(FileSystem.FileSystem, (fs) => fs.makeTempDirectoryScoped()),
  NodeServices.layer
)

describe("output that could not be written is a failure", () => {
  const commands: ReadonlyArray<ReadonlyArray<string>> = [
    ["gather"],
    ["gather", "--json"],
    ["config", "schema"],
    ["logs", "summary", "test/cli/fixtures/run.ndjson"],
    ["--help"]
  ]
  for (const command of commands) {
    it.live(`${command.join(" ")}, on a full disk`, () =>
      Effect.gen(function* () {
        const server = yield* FakeServer.make(small)
        const { ended } = yield* start([...command, "--log-level", "ERROR"], at(server.url), ">/dev/full")
        const { code, stderr } = yield* ended
        assert.strictEqual(code, Output.notWritten)
        assert.include(stderr, "the output could not be written: no space left on the device (ENOSPC)")
        assert.notMatch(stderr, /^\s+at /m)
      })
    )
  }

  it.live("also where the disk takes a part of it", () =>
    Effect.gen(function* () {
      const text = "x".repeat(300_000)
      const server = yield* FakeServer.make({ resources: [{ uri: "a://1", name: "one", text }] })
      const directory = yield* temporaryDirectory
      // A limit on the size of files, of 100 blocks of 512 bytes, is a disk with so much room.
      const { ended } = yield* start(["gather", "--json"], at(server.url), `>${directory}/out`, "ulimit -f 100;")
      const { code, stderr } = yield* ended
      assert.strictEqual(code, Output.notWritten)
      assert.include(stderr, "the output could not be written: the file grows too large (EFBIG)")
    })
  )

  it.live("a failure that cannot be told as JSON is told on stderr", () =>
    Effect.gen(function* () {
      const { ended } = yield* start(["gather", "--json", "--config", "no.yaml"], {}, ">/dev/full")
      const { code, stderr } = yield* ended
      assert.strictEqual(code, Output.notWritten)
      assert.include(stderr, "the output could not be written")
    })
  )

  it.live("a large result goes whole into a file", () =>
    Effect.gen(function* () {
      const text = "é".repeat(300_000)
      const server = yield* FakeServer.make({ resources: [{ uri: "a://1", name: "one", text }] })
      const directory = yield* temporaryDirectory
      const { ended } = yield* start(["gather", "--json"], at(server.url), `>>${directory}/out`)
      assert.strictEqual((yield* ended).code, 0)
      const written = yield* Effect.provide(
        Effect.flatMap(FileSystem.FileSystem, (fs) => fs.readFileString(`${directory}/out`)),
        NodeServices.layer
      )
      assert.strictEqual(JSON.parse(written).database_mcp.resources.one, text)
    })
  )
})

describe("a stderr that takes nothing does not end a run", () => {
  for (const [what, redirection] of [
    ["on a full disk", "2>/dev/full"],
    ["that is closed", "2>&-"]
  ] as const) {
    it.live(what, () =>
      Effect.gen(function* () {
        const server = yield* FakeServer.make(small)
        const { ended } = yield* start(["gather", "--json", "--log-level", "DEBUG"], at(server.url), redirection)
        const { code, stdout } = yield* ended
        assert.strictEqual(code, 0)
        assert.deepStrictEqual(JSON.parse(stdout).database_mcp.resources, { one: { a: 1 } })
      })
    )
  }

  it.live("whose reader is gone", () =>
    Effect.gen(function* () {
      const server = yield* FakeServer.make(small)
      const { child, ended } = yield* start(["gather", "--json", "--log-level", "DEBUG"], at(server.url))
      child.stderr.destroy()
      const { code, stdout } = yield* ended
      assert.strictEqual(code, 0)
      assert.deepStrictEqual(JSON.parse(stdout).database_mcp.resources, { one: { a: 1 } })
    })
  )

  it.live("nor changes how a failure ends", () =>
    Effect.gen(function* () {
      const { ended } = yield* start(["gather", "--config", "no.yaml"], {}, "2>/dev/full")
      assert.strictEqual((yield* ended).code, 2)
    })
  )
})

for (const signal of ["SIGINT", "SIGTERM"] as const) {
  it.live(`interrupted by ${signal} with --json, stdout is one document that says so`, () =>
    Effect.gen(function* () {
      const server = yield* FakeServer.make({ ...small, faults: [{ at: "read", fault: { kind: "stall" } }] })
      const { child, ended } = yield* start(["gather", "--json"], at(server.url))
      yield* server.awaitRequest("resources/read", 2)
      child.kill(signal)
      const { code, stdout } = yield* ended
      assert.strictEqual(code, 130)
      assert.deepStrictEqual(JSON.parse(stdout), {
        error: { _tag: "Interrupted", message: "interrupted before there was a result" }
      })
      yield* server.awaitIdle
    })
  )
}
/** A module that makes Node say another version of itself. */
const pretend = (node: string) =>
  `--import=data:text/javascript,${encodeURIComponent(`Object.defineProperty(process.versions, "node", { value: "${node}" })`)}`

it.live.each(["18.20.8", "20.20.2", "22.18.0"])("on Node %s it says in one sentence which Node it needs", (node) =>
  Effect.gen(function* () {
    const { ended } = yield* start(["gather"], { NODE_OPTIONS: pretend(node) })
    assert.deepStrictEqual(yield* ended, {
      code: 2,
      stdout: "",
      stderr: `effect-mcp-orchestrator needs Node ${manifest.engines.node.replace(">=", ">= ")}; this is Node ${node}.\n`
    })
  })
)

it.live.each(["22.19.0", "23.0.0", "24.21.0"])("on Node %s it runs", (node) =>
  Effect.gen(function* () {
    const { ended } = yield* start(["--version"], { NODE_OPTIONS: pretend(node) })
    assert.strictEqual((yield* ended).stdout, `mcp-orchestrator v${version}\n`)
  })
)

it.live("the library, too, says which Node it needs", () =>
  Effect.gen(function* () {
    const { ended } = yield* start(["--version"], {
      NODE_OPTIONS: `${pretend("20.20.2")} --import=./src/index.ts`
    })
    const { stderr } = yield* ended
    assert.include(stderr, "Error: effect-mcp-orchestrator needs Node >= 22.19; this is Node 20.20.2.")
  })
)
