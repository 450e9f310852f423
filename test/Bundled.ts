/**
 * The runner as it is published, built once before the tests that start it as a process: it is what users run, and it starts in a
 * third of the time that the sources take.
 */
import { mkdirSync, mkdtempSync, rmSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { build } from "rolldown"
import type { TestProject } from "vitest/node"
import { runner } from "../rolldown.config.ts"

declare module "vitest" {
  export interface ProvidedContext {
    /** The runner's file, to be given to `node`. */
    readonly runner: string
  }
}

/** It lies where packages are found, because it loads some of them when they are needed. */
const cache = fileURLToPath(new URL("../node_modules/.cache/", import.meta.url))

export const setup = async (project: TestProject) => {
  mkdirSync(cache, { recursive: true })
  const directory = mkdtempSync(join(cache, "tests-"))
  await build({ ...runner, output: { ...runner.output, dir: directory } })
  // For those processes that are started from sources all the same.
  process.env["NODE_COMPILE_CACHE"] = join(directory, "compiled")
  project.provide("runner", join(directory, "main.js"))
  return () => rmSync(directory, { recursive: true, force: true })
}
