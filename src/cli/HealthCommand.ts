/** `health`: of each server, whether what it declares can be listed. */
import * as Effect from "effect/Effect"
import * as Runtime from "effect/Runtime"
import { Orchestrator } from "../Orchestrator.ts"
import { HealthReport, type ServerHealth } from "../health/Health.ts"
import { ExitWith } from "./Failure.ts"
import * as Output from "./Output.ts"
import * as Setup from "./Setup.ts"
import * as Table from "./Table.ts"

const writeJson = Output.jsonOf(HealthReport)

export const run = ({ json }: { readonly json: boolean }) =>
  Effect.gen(function* () {
    const orchestrator = yield* Orchestrator
    const servers = yield* orchestrator.health()
    yield* json
      ? writeJson({ healthy: servers.every(({ healthy }) => healthy), servers })
      : Output.stdout(table(servers))
    const first = servers.find(({ error }) => error !== null)?.error
    if (first) return yield* new ExitWith({ code: first[Runtime.errorExitCode] })
  }).pipe(Effect.provide(Setup.layer))

const table = (servers: ReadonlyArray<ServerHealth>): string =>
  Table.render(
    [
      { title: "priority", align: "right" },
      { title: "server" },
      { title: "healthy" },
      { title: "resources", align: "right" },
      { title: "tools", align: "right" },
      { title: "ms", align: "right" },
      { title: "why not" }
    ],
    servers.map(({ durationMs, error, healthy, priority, resources, server, tools }) => [
      String(priority),
      server,
      healthy ? "yes" : "no",
      healthy ? String(resources) : "–",
      tools === null ? "–" : String(tools),
      String(durationMs),
      error === null ? "" : `${error.stage}: ${error.detail}`
    ])
  )
