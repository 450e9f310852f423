import { NodeServices } from "@effect/platform-node"
import { assert, it } from "@effect/vitest"
import { Effect, FileSystem } from "effect"
import { fileURLToPath } from "node:url"
import * as Licences from "../../scripts/licences/Licences.ts"

const file = fileURLToPath(new URL("../../THIRD-PARTY-LICENCES.md", import.meta.url))

it.live("THIRD-PARTY-LICENCES.md names what is bundled in the runner, as npm run docs:licences writes it", () =>
  Effect.gen(function* () {
    const fs = yield* FileSystem.FileSystem
    const text = yield* Licences.text
    assert.strictEqual(yield* fs.readFileString(file), `${text}\n`, "run npm run docs:licences")
    const licences = [...text.matchAll(/^\| \S+ \| [\d.]+ \| (\S+) \|$/gm)].map(([, licence]) => licence)
    assert.isAbove(licences.length, 20)
    for (const licence of licences)
      assert.include(["MIT", "ISC", "BSD-2-Clause", "BSD-3-Clause", "Apache-2.0"], licence)
  }).pipe(Effect.provide(NodeServices.layer))
)
