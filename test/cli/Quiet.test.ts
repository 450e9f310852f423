/** What a person at a terminal sees of the log: nothing while all goes well, and a failure once. */
import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import * as Verbosity from "../../src/cli/Verbosity.ts"
import * as FakeServer from "../../src/testing/FakeServer.ts"
import * as Harness from "./Harness.ts"

const terminal = { columns: 80 }
const events = (stderr: string) => stderr.match(/^\d\d:\d\d:\d\d\.\d{3} (?:DEBUG|INFO|WARNING|ERROR) .*$/gm) ?? []

describe("the least severe level", () => {
  const usual = { configured: "INFO", named: false, verbose: false, quiet: false, forPerson: false } as const
  it("is the configuration's where stderr is no terminal, and warnings on one", () => {
    assert.strictEqual(Verbosity.level(usual), "INFO")
    assert.strictEqual(Verbosity.level({ ...usual, forPerson: true }), "WARNING")
    assert.strictEqual(Verbosity.level({ ...usual, forPerson: true, configured: "ERROR" }), "ERROR")
  })
  it("with --verbose is the configuration's, INFO at least; with --quiet ERROR", () => {
    assert.strictEqual(Verbosity.level({ ...usual, forPerson: true, verbose: true }), "INFO")
    assert.strictEqual(Verbosity.level({ ...usual, configured: "DEBUG", forPerson: true, verbose: true }), "DEBUG")
    assert.strictEqual(Verbosity.level({ ...usual, configured: "ERROR", verbose: true }), "INFO")
    assert.strictEqual(Verbosity.level({ ...usual, quiet: true }), "ERROR")
  })
  it("is what --log-level says, whatever else is given", () => {
    assert.strictEqual(
      Verbosity.level({ ...usual, configured: "DEBUG", named: true, quiet: true, forPerson: true }),
      "DEBUG"
    )
  })
})

it.live("an answer of three rows is what one sees of a question", () =>
  Effect.gen(function* () {
    yield* Harness.withDemoServers
    const { exitCode, stderr, stdout } = yield* Harness.run(["query", "top 3 products by revenue"], { terminal })
    assert.strictEqual(exitCode, 0)
    assert.deepStrictEqual(events(stderr), [])
    assert.match(stdout, /3 rows from database_mcp/)
    const verbose = yield* Harness.run(["-v", "query", "top 3 products by revenue"], { terminal })
    assert.isAtLeast(events(verbose.stderr).length, 5)
  })
)

const failing = Effect.gen(function* () {
  yield* Harness.withDemoServers
  const down = yield* FakeServer.make({})
  yield* down.kill
  yield* Harness.environment({
    MCP__MCP_SERVERS__DATABASE_MCP__URL: down.url,
    MCP__ORCHESTRATION__RETRY__ATTEMPTS: "2",
    MCP__ORCHESTRATION__RETRY__BASE_DELAY: "1 millis"
  })
})

it.live("a failure is told once, after the tries that led to it", () =>
  Effect.gen(function* () {
    yield* failing
    for (const flags of [[], ["-v"], ["-q"]]) {
      const { exitCode, stderr } = yield* Harness.run([...flags, "gather"], { terminal })
      assert.strictEqual(exitCode, 3)
      assert.lengthOf(stderr.match(/cannot connect to database_mcp/g) ?? [], 1)
      assert.lengthOf(stderr.match(/ERROR/g) ?? [], 0)
      assert.lengthOf(stderr.match(/retry_scheduled/g) ?? [], flags[0] === "-q" ? 0 : 1)
    }
  })
)

it.live("without a terminal the log is what the configuration says, the failure in it too", () =>
  Effect.gen(function* () {
    yield* failing
    const { stderr } = yield* Harness.run(["gather"])
    assert.match(stderr, /"level":"INFO"/)
    assert.match(stderr, /"level":"ERROR","event":"resource_gathering_failed"/)
    const quiet = yield* Harness.run(["gather", "--quiet"])
    assert.notMatch(quiet.stderr, /"level":"(?:INFO|WARNING)"/)
  })
)

it.live("the version is -V, since -v is verbose", () =>
  Effect.gen(function* () {
    assert.match((yield* Harness.run(["-V"])).stdout, /^mcp-orchestrator v\d/)
  })
)
