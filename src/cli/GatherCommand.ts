/** `gather`: all resources of all servers. */
import * as Effect from "effect/Effect"
import { Orchestrator } from "../Orchestrator.ts"
import { type GatheredResources, Servers } from "../resources/GatheredResources.ts"
import * as Output from "./Output.ts"
import * as Progress from "./Progress.ts"
import * as Setup from "./Setup.ts"
import * as Table from "./Table.ts"

const writeJson = Output.jsonOf(Servers)

export const run = ({ json }: { readonly json: boolean }) =>
  Effect.gen(function* () {
    const orchestrator = yield* Orchestrator
    const { resources } = yield* Progress.show(orchestrator.gatherEvents())
    yield* json ? writeJson(resources.servers) : Output.stdout(summary(resources))
  }).pipe(Effect.provide(Setup.layer))

/** A row a server. */
export const summary = (gathered: GatheredResources): string =>
  Table.render(
    [
      { title: "priority", align: "right" },
      { title: "server" },
      { title: "resources", align: "right" },
      { title: "bytes", align: "right" },
      { title: "ms", align: "right" },
      { title: "names" }
    ],
    gathered.servers.map((server) => [
      String(server.priority),
      server.id,
      String(server.manifest.resources),
      String(server.manifest.bytes),
      String(server.manifest.durationMs),
      [...server.resources.keys()].join(", ")
    ])
  )
