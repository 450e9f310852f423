/** What a wrong command line is answered with: what was probably meant, or what there is. */
import { assert, it } from "@effect/vitest"
import { Effect } from "effect"
import * as Harness from "./Harness.ts"

it.live("a question without quotes is shown with them", () =>
  Effect.gen(function* () {
    const { exitCode, stderr } = yield* Harness.run(["query", "top", "5", "products", "--dry-run"])
    assert.strictEqual(exitCode, 2)
    assert.match(stderr, /^Put it in quotes: mcp-orchestrator query "top 5 products"$/m)
    const money = yield* Harness.run(["resolve", "cash", "$HOME"])
    assert.match(money.stderr, /^Put it in quotes: mcp-orchestrator resolve 'cash \$HOME'$/m)
  })
)

it.live("a domain that no server has ends with 2, the near one and all of them, before any server is asked", () =>
  Effect.gen(function* () {
    const { exitCode, stderr } = yield* Harness.run(["resolve", "Pulse Band", "--type", "prodcts", "-q"])
    assert.strictEqual(exitCode, 2)
    assert.match(stderr, /^no server has the domain prodcts; did you mean products\?\nThere are: column_mappings, /)
    const { stdout } = yield* Harness.run(["resolve", "x", "--type", "prodcts", "--json"])
    assert.strictEqual(JSON.parse(stdout).error._tag, "UsageError")
  })
)

it.live("a name that was not found is answered with the command for the nearest", () =>
  Effect.gen(function* () {
    yield* Harness.withDemoServers
    const { exitCode, stderr } = yield* Harness.run(["resolve", "headphones", "-q"])
    assert.strictEqual(exitCode, 5)
    assert.match(stderr, /Did you mean: mcp-orchestrator resolve "[^"]+"/)
  })
)

it.live("a log that is not there, and a request that is not in it, are told in plain words", () =>
  Effect.gen(function* () {
    const missing = yield* Harness.run(["logs", "summary", "nowhere.ndjson"])
    assert.deepStrictEqual(missing, {
      exitCode: 2,
      stdout: "",
      stderr: "nowhere.ndjson cannot be read: there is no such file or directory\n"
    })
    const directory = yield* Harness.run(["logs", "summary", "test"])
    assert.match(directory.stderr, /^test is a directory, not a file$/m)
    const unknown = yield* Harness.run(["logs", "summary", "test/cli/fixtures/run.ndjson", "--waterfall", "nope"])
    assert.deepStrictEqual([unknown.exitCode, unknown.stderr], [2, "request nope is not in the log\n"])
  })
)

it.live("validate does not begin with a word of praise where a server is not as the file says", () =>
  Effect.gen(function* () {
    yield* Harness.environment({
      MCP__MCP_SERVERS__DATABASE_MCP__URL: "http://127.0.0.1:1/sse",
      MCP__MCP_SERVERS__PRODUCT_METADATA_MCP__URL: "http://127.0.0.1:1/sse"
    })
    const { exitCode, stdout } = yield* Harness.run(["validate", "-q"])
    assert.strictEqual(exitCode, 3)
    assert.match(stdout, /can be read, but product_metadata_mcp, database_mcp are not as it says/)
  })
)

it.live("every screen of an answer is at most as wide as the terminal, and uses what there is", () =>
  Effect.gen(function* () {
    yield* Harness.withDemoServers
    for (const columns of [80, 100, 160]) {
      // The second says whether the answer has more to show than 100 columns take.
      for (const [args, isWide] of [
        [["gather"], true],
        [["validate"], true],
        [["health"], false],
        [["config", "show"], true],
        [["query", "Compare the revenue of AeroBuds Pro and the fitness band by month in the last 90 days"], true],
        [["vocabulary"], true],
        [["tools", "--server", "database_mcp"], true],
        [["resources", "--server", "database_mcp"], false],
        [["demo"], true],
        [["--help"], false],
        [["query", "--help"], false],
        [["init", "--help"], false]
      ] as const) {
        const { stdout } = yield* Harness.run(args, { terminal: { columns } })
        const lines = stdout.split("\n")
        for (const line of lines) assert.isAtMost([...line].length, columns, `${args.join(" ")}: ${line}`)
        if (columns === 160 && isWide) {
          assert.isAbove(Math.max(...lines.map((line) => [...line].length)), 100, args.join(" "))
        }
      }
    }
  })
)
