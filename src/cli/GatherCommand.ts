/** `gather`: all resources of all servers. */
import * as Effect from "effect/Effect"
import { Orchestrator } from "../Orchestrator.ts"
import type { GatheredResources } from "../resources/GatheredResources.ts"
import * as Output from "./Output.ts"
import * as Progress from "./Progress.ts"
import * as Setup from "./Setup.ts"
import * as Table from "./Table.ts"

export const run = ({ json }: { readonly json: boolean }) =>
  Effect.gen(function* () {
    const orchestrator = yield* Orchestrator
    const resources = yield* Progress.show(orchestrator.gatherEvents())
    yield* json ? Output.json(toJson(resources)) : Output.stdout(summary(resources))
  }).pipe(Effect.provide(Setup.layer))

/** The shape of DESIGN §9. Objects without a prototype: a resource may be called `__proto__`. */
export const toJson = (gathered: GatheredResources): object => {
  const servers: Record<string, unknown> = Object.create(null)
  for (const { resources, id, ...server } of gathered.servers) {
    const data: Record<string, unknown> = Object.create(null)
    for (const [key, resource] of resources) data[key] = resource.data
    servers[id] = { ...server, resources: data }
  }
  return servers
}

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
