/** `gather`: all resources of all servers. */
import * as Effect from "effect/Effect"
import { Orchestrator } from "../Orchestrator.ts"
import { type GatheredResources, Servers } from "../resources/GatheredResources.ts"
import * as Formats from "./Formats.ts"
import * as Output from "./Output.ts"
import * as Progress from "./Progress.ts"
import * as Setup from "./Setup.ts"

const writeJson = Output.jsonOf(Servers)

export const run = Effect.fnUntraced(function* (asked: Formats.Asked) {
  const orchestrator = yield* Orchestrator
  const { resources } = yield* Progress.show(orchestrator.gatherEvents())
  yield* Formats.write(asked, { sheet: () => sheet(resources), json: writeJson(resources.servers) })
}, Effect.provide(Setup.layer))

/** A row a server. */
export const sheet = (gathered: GatheredResources): Formats.Sheet => ({
  columns: [
    { title: "priority", align: "right" },
    { title: "server" },
    { title: "resources", align: "right" },
    { title: "bytes", align: "right" },
    { title: "ms", align: "right" },
    { title: "names", wrap: true }
  ],
  rows: gathered.servers.map((server) => [
    String(server.priority),
    server.id,
    String(server.manifest.resources),
    String(server.manifest.bytes),
    String(server.manifest.durationMs),
    [...server.resources.keys()].join(", ")
  ])
})
