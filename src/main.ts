#!/usr/bin/env node
/** The command: the runner, where Node can run it. */
import { problem } from "./NodeVersion.ts"

if (problem === null) (await import("./Runner.ts")).run()
else {
  process.stderr.write(`${problem}\n`)
  process.exitCode = 2
}
