/** What the benchmarks say, as Markdown: on stdout, and in `docs/benchmarks.md`, where each command has its section. */
import { readFileSync, writeFileSync } from "node:fs"
import { availableParallelism, cpus, platform, totalmem } from "node:os"
import { fileURLToPath } from "node:url"

/** The first column is text, the others are aligned to the right. */
export const table = (head: ReadonlyArray<string>, rows: ReadonlyArray<ReadonlyArray<string>>): string => {
  const line = (cells: ReadonlyArray<string>) => `| ${cells.join(" | ")} |`
  return [line(head), line(head.map((_, column) => (column === 0 ? "---" : "---:"))), ...rows.map(line)].join("\n")
}

/** Where it was measured. */
export const machine = (): string => {
  const model = cpus()[0]?.model.trim() ?? "unknown processor"
  const memory = Math.round(totalmem() / 2 ** 30)
  return `${model}, ${availableParallelism()} cores, ${memory} GiB, ${platform()}, Node ${process.versions.node}`
}

/** Replaces the section of that name, or adds it at the end. */
export const writeSection = (name: string, markdown: string): void => {
  const begin = `<!-- ${name} -->`
  const end = `<!-- end of ${name} -->`
  const section = `${begin}\n\n${markdown.trim()}\n\n${end}`
  const text = readFileSync(file, "utf8")
  const from = text.indexOf(begin)
  const to = text.indexOf(end)
  writeFileSync(
    file,
    from === -1 || to === -1
      ? `${text.trimEnd()}\n\n${section}\n`
      : text.slice(0, from) + section + text.slice(to + end.length)
  )
}

const file = fileURLToPath(new URL("../../docs/benchmarks.md", import.meta.url))
