/**
 * Completions and the manual page, as the package holds them: `npm run shell` writes them anew from the commands. A test
 * holds them against the commands that there are.
 */
import { mkdirSync, writeFileSync } from "node:fs"
import { dirname } from "node:path"
import * as Cli from "../src/cli/Cli.ts"
import * as Completions from "../src/cli/Completions.ts"
import { version } from "../src/Version.ts"
import * as ManPage from "./ManPage.ts"

/** By its path in the package, where distributions look for it by this name. */
export const files: Readonly<Record<string, string>> = {
  "completions/mcp-orchestrator.bash": `${Completions.script(Cli.root, "bash")}\n`,
  "completions/_mcp-orchestrator": `${Completions.script(Cli.root, "zsh")}\n`,
  "completions/mcp-orchestrator.fish": `${Completions.script(Cli.root, "fish")}\n`,
  "man/mcp-orchestrator.1": ManPage.render(Completions.describe(Cli.root), version)
}

if (import.meta.main) {
  for (const [path, text] of Object.entries(files)) {
    const file = new URL(`../${path}`, import.meta.url).pathname
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, text)
  }
}
