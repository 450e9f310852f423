/** What the package holds for shells and `man`. */
import { assert, describe, it } from "@effect/vitest"
import { execFileSync } from "node:child_process"
import { existsSync, readFileSync } from "node:fs"
import { files } from "../../scripts/shell.ts"
import * as Cli from "../../src/cli/Cli.ts"
import * as Completions from "../../src/cli/Completions.ts"
import * as Examples from "../../src/cli/Examples.ts"
import manifest from "../../package.json" with { type: "json" }

describe("completions and the manual page are current (npm run shell writes them)", () => {
  for (const [path, text] of Object.entries(files)) {
    it(path, () => assert.strictEqual(readFileSync(path, "utf8"), text))
  }
})

it("the package holds them, and tells npm of the page", () => {
  assert.includeMembers(manifest.files, ["completions", "man"])
  assert.strictEqual(manifest.man, "./man/mcp-orchestrator.1")
})

it("they know every command, and the flags that go with all", () => {
  const commands = Completions.describe(Cli.root).subcommands.map(({ name }) => name)
  assert.includeMembers(commands, ["init", "query", "tools", "read", "call"])
  for (const [path, text] of Object.entries(files)) {
    for (const name of [...commands, "verbose", "config"]) assert.include(text, name, path)
  }
})

const has = (program: string) => ["/bin", "/usr/bin"].some((directory) => existsSync(`${directory}/${program}`))

it.skipIf(!has("bash"))("bash completes commands and flags", () => {
  const complete = (...words: ReadonlyArray<string>) =>
    execFileSync(
      "bash",
      [
        "-c",
        `source completions/mcp-orchestrator.bash
         COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); COMP_LINE="$*"; COMP_POINT=\${#COMP_LINE}
         _mcp_orchestrator "$1" "\${@: -1}" "\${@: -2:1}"; echo "\${COMPREPLY[@]}"`,
        "bash",
        ...words
      ],
      { encoding: "utf8" }
    ).trim()
  assert.strictEqual(complete("mcp-orchestrator", "que"), "query")
  assert.strictEqual(complete("mcp-orchestrator", "query", "--fo"), "--format")
  assert.strictEqual(complete("mcp-orchestrator", "gather", "--verb"), "--verbose")
})

it("every example is a command line that the parser takes", () => {
  const names = new Set(Completions.describe(Cli.root).subcommands.map(({ name }) => name))
  for (const { command } of Object.values(Examples).flat()) {
    const [program, name = ""] = command.split(" ")
    assert.strictEqual(program, "mcp-orchestrator")
    assert.isTrue(names.has(name), command)
    assert.isAtMost(command.length, 78)
  }
})
