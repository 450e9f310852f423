/**
 * Walks README.md as someone who has just cloned the repository: every command of its first minute, typed into a terminal
 * of 80 columns, and what stands there afterwards compared with `screens/` (`npm run walk -- -u` writes them anew). Needs
 * git, tmux and the registry.
 */
import { NodeServices } from "@effect/platform-node"
import { assert, it } from "@effect/vitest"
import { Effect, FileSystem } from "effect"
import { spawnSync } from "node:child_process"
import { expect } from "vitest"
import { customers, products } from "../../src/demo/DemoData.ts"
import { blocksOf } from "../docs/Snippets.ts"
import { root, run } from "./Command.ts"
import * as Screen from "./Screen.ts"

const lacking = ["tmux", "git"].filter((tool) => spawnSync(tool, ["-V"]).error !== undefined)
const name = "a newcomer who does what README says, at 80 columns, sees what it promises"

if (lacking.length > 0) it.skip(`${name} (skipped: there is no ${lacking.join(" and no ")} here)`)
else {
  it.live(
    name,
    () =>
      Effect.gen(function* () {
        const fs = yield* FileSystem.FileSystem
        const home = yield* fs.makeTempDirectoryScoped()
        const clone = `${home}/effect-mcp-orchestrator`
        yield* run({ cwd: home }, "git", "clone", "--quiet", root, clone)
        const here = yield* Screen.make(clone, `walk-${process.pid}`)
        const other = yield* Screen.make(clone, `walk-other-${process.pid}`)
        for (const block of blocksOf("README.md")) {
          if (block.language !== "sh" || block.notRun !== null) continue
          for (const line of block.text.trimEnd().split("\n")) {
            const screen = yield* block.inBackground ? other.start(line, "Ctrl-C stops both.") : here.type(line)
            assert.notMatch(screen, /npm warn|EBADENGINE|deprecated|internal error|This is a bug/i, line)
            const file = `screens/${line.replaceAll(/\W+/g, "-").replaceAll(/^-|-$/g, "")}.txt`
            // How many packages there are, and how long that took, is nobody's promise.
            if (line !== "npm ci") yield* Effect.promise(() => expect(steady(screen, clone)).toMatchFileSnapshot(file))
          }
        }
      }).pipe(Effect.provide(NodeServices.layer)),
    1_200_000
  )
}

/**
 * What does not change from day to day and from machine to machine: the data of the demo ends today, so that numbers, dates
 * and the order of products and countries do; and the ports of the demo may be taken by whoever else works here.
 */
const steady = (screen: string, clone: string): string => {
  const lines = names
    .reduce((text, [name, word]) => text.replaceAll(name, word), screen.replaceAll(clone, "CLONE"))
    .replaceAll(/\d[\d.,]*/g, "0")
    .split("\n")
    .map((line) => line.replace(/^\$ ?/, "").replaceAll(/ {2,}/g, "  ").replaceAll(/─+/g, "─").trimEnd())
    .filter((line) => !/^(?:port 0 is taken|mcp-config\.yaml names other ports|export MCP__)/.test(line))
  return `${lines
    .filter((line, index) => line !== lines[index - 1])
    .join("\n")
    .trim()}\n`
}

const names = [
  ...products.map(({ name }) => [name, "PRODUCT"] as const),
  ...customers.map(({ country }) => [country, "COUNTRY"] as const)
]
