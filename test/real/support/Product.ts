/** This project as its users run it, over the servers of a test: the library, and the command line as a process. */
import { writeFileSync } from "node:fs"
import { join } from "node:path"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { inject } from "vitest"
import { Orchestrator } from "../../../src/index.ts"
import * as LogCapture from "../../LogCapture.ts"
import { temporaryFolder } from "./Databases.ts"
import * as Processes from "./Processes.ts"

/** An entry of the configuration: its URL, and the lines that its documentation asks for. */
export interface Entry {
  readonly url: string
  readonly lines: object
}

/** Writes a configuration of the servers, by id, the first with the best priority; gives its path. */
export const configure = Effect.fnUntraced(function* (servers: { readonly [id: string]: Entry }) {
  const file = join(yield* temporaryFolder, "mcp-config.yaml")
  const entries = Object.entries(servers).map(([id, { lines, url }], index) => [
    id,
    { name: id, url, priority: index + 1, domains: ["products", "sales"], transport: "sse", ...lines }
  ])
  // JSON is YAML too. The machine may be busy: no deadline of a test is one of the product.
  const deadlines = { connect_timeout: "30 seconds", request_timeout: "30 seconds" }
  writeFileSync(file, JSON.stringify({ mcp_servers: Object.fromEntries(entries), orchestration: deadlines }))
  return file
})

/** The orchestrator of such a file, with its rules as the generator, quiet. */
export const load = Effect.fnUntraced(function* (configPath: string) {
  const context = yield* Layer.build(
    Orchestrator.layerNode({ configPath }).pipe(Layer.provideMerge(LogCapture.make().layer))
  )
  return yield* Orchestrator.pipe(Effect.provideContext(context))
})

/** Runs the command line from its sources as a process of its own; gives its stdout. */
export const command = (...args: ReadonlyArray<string>): Effect.Effect<string, Processes.StartError> =>
  Processes.run({ name: `mcp-orchestrator ${args[0]}`, command: process.execPath, args: [main, ...args] })

const main = inject("runner")
