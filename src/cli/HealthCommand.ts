/** `health`: of each server, whether what it declares can be listed. */
import * as Effect from "effect/Effect"
import * as Runtime from "effect/Runtime"
import { Orchestrator } from "../Orchestrator.ts"
import { HealthReport, reportOf, type ServerHealth } from "../health/HealthReport.ts"
import { ExitWith } from "./Failure.ts"
import * as Formats from "./Formats.ts"
import * as Output from "./Output.ts"
import * as Setup from "./Setup.ts"

const writeJson = Output.jsonOf(HealthReport)

export const run = Effect.fnUntraced(function* (asked: Formats.Asked) {
  const orchestrator = yield* Orchestrator
  const servers = yield* orchestrator.health()
  yield* Formats.write(asked, {
    sheet: () => sheet(servers),
    json: writeJson(reportOf(servers))
  })
  const first = servers.find(({ error }) => error !== null)?.error
  if (first) return yield* new ExitWith({ code: first[Runtime.errorExitCode] })
}, Effect.provide(Setup.layer))

const sheet = (servers: ReadonlyArray<ServerHealth>): Formats.Sheet => ({
  columns: [
    { title: "priority", align: "right" },
    { title: "server" },
    { title: "healthy" },
    { title: "resources", align: "right" },
    { title: "tools", align: "right" },
    { title: "ms", align: "right" },
    { title: "why not", wrap: true }
  ],
  rows: servers.map(({ durationMs, error, healthy, priority, resources, server, tools }) => [
    String(priority),
    server,
    healthy ? "yes" : "no",
    healthy ? String(resources) : "–",
    tools === null ? "–" : String(tools),
    String(durationMs),
    error === null ? "" : `${error.stage}: ${error.detail}`
  ])
})
