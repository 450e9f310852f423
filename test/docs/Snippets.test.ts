/** Every command and every snippet of README and docs/ is run, or says why it is not. */
import { NodeServices } from "@effect/platform-node"
import { assert, describe, it, layer } from "@effect/vitest"
import { Effect } from "effect"
import { fileURLToPath } from "node:url"
import * as Sandbox from "./Sandbox.ts"
import { type Block, blocksOf, pages, read } from "./Snippets.ts"

const shell = "sh"
/** What may stand in a page without being run: it is data or output, and other tests hold it to what it shows. */
const shown = new Set(["json", "yaml", "text", "sql", "nginx", "ini", "dockerfile"])

const tsc = fileURLToPath(new URL("bin/tsc", import.meta.resolve("typescript/package.json")))

const isProgram = ({ language, notRun, partOf }: Block) => language === "ts" && notRun === null && partOf === null

/** README's commands are walked in a fresh clone (test/release), those of CONTRIBUTING are what CI does. */
const isRunHere = (page: string, { language }: Block) => language !== shell || page.startsWith("docs/")

const blocks = pages.flatMap(blocksOf)

describe("README and docs", () => {
  it("mark what is not run with the reason, and have no block of a kind that nobody looks at", () => {
    assert.isAtLeast(blocks.length, 60)
    for (const { language, notRun, place } of blocks) {
      assert.isTrue([shell, "ts", "js"].includes(language) || shown.has(language), `${place}: ${language}`)
      assert.notStrictEqual(notRun, "", place)
    }
  })

  it("name only scripts that there are", () => {
    const scripts = Object.keys(JSON.parse(read("package.json")).scripts)
    for (const page of pages) {
      for (const [, name = ""] of read(page).matchAll(/npm run ([\w:]+)/g)) assert.include(scripts, name, page)
    }
  })

  it("show parts of files as they stand there", () => {
    for (const { partOf, place, text } of blocks) {
      if (partOf === null) continue
      const lines = new Set(linesOf(read(partOf)))
      for (const line of linesOf(text)) assert.isTrue(line === "" || lines.has(line), `${place}: ${line}`)
    }
  })
})

layer(NodeServices.layer, { excludeTestServices: true })("README and docs", (it) => {
  it.effect("have programs that compile", () =>
    Effect.gen(function* () {
      const sandbox = yield* Sandbox.make(false)
      const programs = blocks.filter(isProgram)
      for (const [index, { given, place, text }] of programs.entries()) {
        yield* sandbox.save(`${index}.mts`, `// ${place}\nexport {}\n${given}\n${text}`)
      }
      const options = { ...JSON.parse(read("test/docs/tsconfig.json")), include: ["*.mts"] }
      yield* sandbox.save("tsconfig.json", JSON.stringify(options))
      const { exitCode, output } = yield* sandbox.run(`node ${tsc} -p .`)
      const named = output.replaceAll(/^(\d+)\.mts/gm, (_, index) => programs[Number(index)]?.place ?? index)
      assert.deepStrictEqual([exitCode, named], [0, ""])
    })
  )

  for (const page of pages) {
    const own = blocksOf(page).filter((block) => isRunHere(page, block))
    if (!own.some((block) => block.language === shell || (isProgram(block) && block.given === ""))) continue
    it.effect(
      `${page} is run from its beginning to its end`,
      () =>
        Effect.gen(function* () {
          const sandbox = yield* Sandbox.make(own.some(({ file }) => file === "mcp-config.yaml"))
          let last = ""
          for (const block of own) {
            if (block.file !== null) yield* sandbox.save(block.file, block.text)
            else if (block.notRun !== null || block.partOf !== null) continue
            else if (block.inBackground) yield* sandbox.start(block.text)
            else if (block.language === "text") assertShows(block, last)
            else {
              const script = scriptOf(block)
              if (script === null) continue
              const { exitCode, output } = yield* sandbox.run(script)
              assert.strictEqual(exitCode, block.exitCode, `${block.place}\n${output}`)
              last = output
            }
          }
        }),
      180_000
    )
  }
})

/** A fragment of a program is only compiled; a block of nothing but variables is one that `config show` accepts. */
const scriptOf = (block: Block): string | null => {
  if (block.language === "ts") {
    return block.given === "" ? `cat > snippet.mts <<'END'\n${block.text}END\nnode snippet.mts` : null
  }
  if (block.language !== shell) return null
  const isSettings = block.text
    .trimEnd()
    .split("\n")
    .every((line) => /^[A-Z_]+=(?:"[^"]*"|'[^']*'|\S+)(?:\s+#.*)?$/.test(line))
  return isSettings ? `set -a\n${block.text}npx mcp-orchestrator config show` : block.text
}

const assertShows = ({ place, text }: Block, output: string) => {
  for (const line of text.split("\n").map(bare)) assert.include(output.replaceAll(/ +/g, " "), line, place)
}

/** Where a module is imported from is another matter inside of this repository. */
const linesOf = (text: string) => text.split("\n").map((line) => bare(line).replace(/ from "[^"]*"$/, ""))

const bare = (line: string) => line.trim().replaceAll(/ +/g, " ")
