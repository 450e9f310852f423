/** Package managers and runtimes, each as its package on npm has it, in a folder of their own; what is not to be had is `null`. */
import { Effect, Option } from "effect"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { run } from "./Command.ts"

const platform = `${process.platform}-${process.arch}`
const denoPlatform = process.platform === "linux" ? `${platform}-glibc` : platform

const directory = mkdtempSync(`${tmpdir()}/tools-`)

/** The path of a file of a package that was installed for this run; `null` where the registry does not give it. */
const installed = (name: string, version: string, file: string) =>
  run(
    { cwd: directory },
    "npm",
    "install",
    "--prefix",
    `${directory}/${name}-${version}`,
    "--ignore-scripts",
    "--no-audit",
    "--no-fund",
    `${name}@${version}`
  ).pipe(
    Effect.as(`${directory}/${name}-${version}/node_modules/${name}/${file}`),
    Effect.option,
    Effect.map(Option.getOrNull)
  )

export const tools = Effect.all(
  {
    node18: installed(`node-${platform}`, "18.20.8", "bin/node"),
    node20: installed(`node-${platform}`, "20.20.2", "bin/node"),
    npm8: installed("npm", "8.19.4", "bin/npx-cli.js"),
    node22: installed(`node-${platform}`, "22.23.3", "bin/node"),
    node24: Effect.succeed(process.execPath),
    pnpm: installed("pnpm", "12.21.0", "bin/pnpm.mjs"),
    yarn: installed("@yarnpkg/cli-dist", "4.18.1", "bin/yarn.js"),
    bun: installed(`@oven/bun-${platform}`, "1.4.5", "bin/bun"),
    deno: installed(`@deno/${denoPlatform}`, "2.9.6", "deno")
  },
  { concurrency: 2 }
)

export const remove = (): void => rmSync(directory, { recursive: true, force: true })
