/**
 * The measured clients as JavaScript: run from TypeScript, each would carry Node's type stripper, 18 MB that no app has.
 */
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import * as Effect from "effect/Effect"
import { build, type OutputOptions } from "rolldown"

/** Every package is left outside, ours and theirs; without `into` the place is inside the project, where they are found. */
export const unbundled = (name: string, into: string = cache): Effect.Effect<string> =>
  write(name, /^[^./]/, { dir: join(into, `${name}-unbundled`), preserveModules: true })

/** One program with everything in it, as the runner is. */
export const bundled = (name: string): Effect.Effect<string> =>
  write(name, ["sqlite3-parser", "libpg-query", "@guanmingchiu/sqlparser-ts"], {
    dir: join(cache, name),
    minify: true
  })

const cache = fileURLToPath(new URL("../../node_modules/.cache/effect-mcp-orchestrator-bench/", import.meta.url))

/** Writes `bench/clients/<name>.ts` as JavaScript; gives the path of the file to run. */
const write = (name: string, external: RegExp | Array<string>, options: OutputOptions & { dir: string }) =>
  Effect.promise(async () => {
    const { output } = await build({
      input: fileURLToPath(new URL(`../clients/${name}.ts`, import.meta.url)),
      platform: "node",
      external,
      logLevel: "warn",
      output: { format: "esm", entryFileNames: "[name].mjs", chunkFileNames: "[name]-[hash].mjs", ...options }
    })
    const [entry] = output
    return join(options.dir, entry.fileName)
  })
