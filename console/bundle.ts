/** How the page is made: one script, one style sheet, one document. Used by the build and by the tests. */
import { readFileSync } from "node:fs"
import { createRequire } from "node:module"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"
import type { BuildOptions } from "rolldown"

const text = (name: string) => readFileSync(new URL(name, import.meta.url), "utf8")

const { resolve } = createRequire(import.meta.url)

/** Of what the script holds besides ours. */
const licences = () =>
  ["preact", "htm"]
    .map((name) => `${name}\n\n${readFileSync(join(dirname(resolve(name)), "..", "LICENSE"), "utf8")}`)
    .join("\n\n")

/** Into `dir`, which `serve` reads. */
export const consoleBundle = (dir: string): BuildOptions => ({
  input: fileURLToPath(new URL("src/main.ts", import.meta.url)),
  platform: "browser",
  plugins: [
    {
      name: "page",
      generateBundle() {
        for (const fileName of ["index.html", "style.css"]) {
          this.emitFile({ type: "asset", fileName, source: text(fileName) })
        }
        this.emitFile({ type: "asset", fileName: "LICENSES.txt", source: licences() })
      }
    }
  ],
  output: {
    dir,
    format: "esm",
    minify: true,
    entryFileNames: "app.js",
    banner: "/*! preact (MIT), htm (Apache-2.0): LICENSES.txt */"
  }
})
