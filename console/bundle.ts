/** How the page is made: one script, one style sheet, one document. Used by the build and by the tests. */
import { readFileSync } from "node:fs"
import { defineConfig } from "rolldown"

const text = (name: string) => readFileSync(new URL(name, import.meta.url), "utf8")

/** Into `dir`, which `serve` reads. */
export const consoleBundle = (dir: string) =>
  defineConfig({
    input: new URL("src/main.ts", import.meta.url).pathname,
    platform: "browser",
    plugins: [
      {
        name: "page",
        generateBundle() {
          for (const fileName of ["index.html", "style.css"]) {
            this.emitFile({ type: "asset", fileName, source: text(fileName) })
          }
        }
      }
    ],
    output: { dir, format: "esm", minify: true, entryFileNames: "app.js" }
  })
