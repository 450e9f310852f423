import { NodeServices } from "@effect/platform-node"
import { assert, it } from "@effect/vitest"
import { Effect, FileSystem } from "effect"
import { fileURLToPath } from "node:url"
import { pages } from "../../scripts/reference/Pages.ts"

const directory = fileURLToPath(new URL("../../docs/reference/", import.meta.url))

it.effect("docs/reference is what npm run docs:reference writes", () =>
  Effect.gen(function* () {
    const fs = yield* FileSystem.FileSystem
    const written = yield* pages
    assert.sameMembers(yield* fs.readDirectory(directory), Object.keys(written))
    for (const [file, text] of Object.entries(written)) {
      assert.strictEqual(yield* fs.readFileString(`${directory}${file}`), text, `run npm run docs:reference: ${file}`)
    }
  }).pipe(Effect.provide(NodeServices.layer))
)

it.effect("docs/reference/metrics.md has every metric that is declared", () =>
  Effect.gen(function* () {
    const fs = yield* FileSystem.FileSystem
    const source = yield* fs.readFileString(fileURLToPath(new URL("../../src/telemetry/Metrics.ts", import.meta.url)))
    const page = yield* fs.readFileString(`${directory}metrics.md`)
    const declared = [...source.matchAll(/= (?:counter|gauge|duration)\("([\w.]+)"/g)].map(([, name = ""]) => name)
    assert.isAtLeast(declared.length, 17)
    for (const name of declared) assert.include(page, `| \`${name}\` |`)
  }).pipe(Effect.provide(NodeServices.layer))
)
