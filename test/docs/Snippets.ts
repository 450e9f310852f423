/**
 * The blocks of code in README and docs/, and what an HTML comment in the line before one says of it:
 *
 * - `not run: REASON`: only read
 * - `run: in the background`: kept running until the page's end
 * - `run: exits N`: ends with this code
 * - `part of FILE`: a part of a file that other tests run; every line of it stands there
 * - `given: CODE`: declarations that a fragment is compiled with
 */
import { globSync, readFileSync } from "node:fs"
import { fileURLToPath } from "node:url"

export const root = fileURLToPath(new URL("../..", import.meta.url))

export const read = (file: string): string => readFileSync(`${root}/${file}`, "utf8")

/** What people read, but for what is generated. */
export const pages: ReadonlyArray<string> = [
  "README.md",
  "CONTRIBUTING.md",
  ...globSync("docs/**/*.md", { cwd: root, exclude: ["docs/site/**", "docs/api/**"] }).toSorted()
]

export interface Block {
  /** `docs/tutorial.md:20` */
  readonly place: string
  readonly language: string
  /** The name it is saved under, from `file=NAME` behind the language. */
  readonly file: string | null
  readonly text: string
  /** Of the comment before it, by its first word. */
  readonly notRun: string | null
  readonly inBackground: boolean
  readonly exitCode: number
  readonly partOf: string | null
  readonly given: string
}

const fence = /(?:^[ ]*<!-- ([^]*?) -->\n)?^([ ]*)```(\w+)([^\n]*)\n([^]*?)^\2```$/gm

export const blocksOf = (page: string): ReadonlyArray<Block> => {
  const text = read(page)
  return [...text.matchAll(fence)].map(
    ([whole, note = "", indent = "", language = "", attributes = "", body = ""], index) => {
      const start = [...text.matchAll(fence)][index]?.index ?? 0
      const line = text.slice(0, start + whole.indexOf("```")).split("\n").length
      const after = (word: string) => (note.startsWith(word) ? note.slice(word.length).trim() : null)
      return {
        place: `${page}:${line}`,
        language,
        file: /\bfile=(\S+)/.exec(attributes)?.[1] ?? null,
        text: body.replaceAll(new RegExp(`^${indent}`, "gm"), ""),
        notRun: after("not run:"),
        inBackground: note === "run: in the background",
        exitCode: Number(after("run: exits") ?? 0),
        partOf: after("part of"),
        given: after("given:") ?? ""
      }
    }
  )
}
