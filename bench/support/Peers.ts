/** The libraries to compare with, which are no dependencies of this project: the benchmark installs them by itself. */
import { execFile } from "node:child_process"
import { existsSync, mkdirSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import * as Effect from "effect/Effect"

/** Exact, so that a table can be made again. */
const dependencies = { "@ai-sdk/mcp": "2.0.99", "@langchain/mcp-adapters": "1.1.4" }

/**
 * The folder they are installed in, outside the project; kept for the next run. `null`, and a note on stderr, where
 * npm cannot get them.
 */
export const install: Effect.Effect<string | null> = Effect.callback((resume) => {
  const versions = Object.values(dependencies).join("-")
  const folder = join(tmpdir(), `effect-mcp-orchestrator-bench-${versions}`)
  const installed = join(folder, "installed")
  if (existsSync(installed)) return resume(Effect.succeed(folder))
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, "package.json"), JSON.stringify({ private: true, dependencies }))
  const npm = execFile(
    "npm",
    ["install", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"],
    { cwd: folder, timeout: 300_000 },
    (error) => {
      if (error === null) {
        writeFileSync(installed, "")
        return resume(Effect.succeed(folder))
      }
      process.stderr.write(`The peers are left out: npm cannot install them (${error.message.split("\n")[0]}).\n`)
      resume(Effect.succeed(null))
    }
  )
  return Effect.sync(() => npm.kill())
})

/** For the head of the table. */
export const versions: string = Object.entries(dependencies)
  .map(([name, version]) => `${name} ${version}`)
  .join(", ")
