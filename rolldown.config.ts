import { fileURLToPath } from "node:url"
import { defineConfig } from "rolldown"
import { consoleBundle } from "./console/bundle.ts"

/** The runner as one small program; the library ships unbundled. Commands that need more load it as chunks of their own. */
export const runner = defineConfig({
  input: "src/main.ts",
  platform: "node",
  resolve: { alias: { "iconv-lite": fileURLToPath(new URL("./src/demo/BodyDecoder.ts", import.meta.url)) } },
  // Loaded when they are first needed: parsers that read their WebAssembly beside them, and the client for Redis, which is not always there.
  external: ["sqlite3-parser", "libpg-query", "@guanmingchiu/sqlparser-ts", "redis"],
  output: {
    dir: "dist/runner",
    format: "esm",
    minify: true,
    chunkFileNames: "[name]-[hash].js"
  }
})

export default [runner, consoleBundle("dist/console")]
