/**
 * Removes the declarations that no entry point leads to: `exports` lets nobody import what they declare.
 *
 *     node scripts/declarations.mjs     after tsc, on dist
 */
import { existsSync, globSync, readFileSync, rmSync } from "node:fs"
import { dirname, join, resolve } from "node:path"

const { exports } = JSON.parse(readFileSync("package.json", "utf8"))
const left = Object.values(exports).flatMap(({ types }) => (types === undefined ? [] : [resolve(types)]))
const reached = new Set()
for (let file = left.pop(); file !== undefined; file = left.pop()) {
  if (reached.has(file) || !existsSync(file)) continue
  reached.add(file)
  for (const [, path] of readFileSync(file, "utf8").matchAll(/(?:from |import\()"(\.[^"]+)\.[jt]s"/g)) {
    left.push(join(dirname(file), `${path}.d.ts`))
  }
}
for (const file of globSync("dist/**/*.d.ts").map((path) => resolve(path))) {
  if (!reached.has(file)) rmSync(file)
}
