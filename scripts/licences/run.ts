/** `npm run docs:licences`: writes THIRD-PARTY-LICENCES.md anew. */
import { NodeRuntime, NodeServices } from "@effect/platform-node"
import * as Effect from "effect/Effect"
import * as FileSystem from "effect/FileSystem"
import { fileURLToPath } from "node:url"
import * as Licences from "./Licences.ts"

const file = fileURLToPath(new URL("../../THIRD-PARTY-LICENCES.md", import.meta.url))

const main = Effect.gen(function* () {
  const fs = yield* FileSystem.FileSystem
  yield* fs.writeFileString(file, `${yield* Licences.text}\n`)
})

main.pipe(Effect.provide(NodeServices.layer), NodeRuntime.runMain)
