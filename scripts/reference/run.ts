/** `npm run docs:reference`: writes docs/reference anew. */
import { NodeRuntime, NodeServices } from "@effect/platform-node"
import * as Effect from "effect/Effect"
import * as FileSystem from "effect/FileSystem"
import { fileURLToPath } from "node:url"
import { pages } from "./Pages.ts"

const directory = fileURLToPath(new URL("../../docs/reference/", import.meta.url))

const main = Effect.gen(function* () {
  const fs = yield* FileSystem.FileSystem
  yield* fs.makeDirectory(directory, { recursive: true })
  for (const [file, text] of Object.entries(yield* pages)) yield* fs.writeFileString(`${directory}${file}`, text)
})

main.pipe(Effect.provide(NodeServices.layer), NodeRuntime.runMain)
