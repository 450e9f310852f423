/** `validate [FILE]`: the file, then every server; a row a server, all of them. */
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import type * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import { Orchestrator } from "../Orchestrator.ts"
import { exitCode, OrchestratorErrorJson } from "../OrchestratorError.ts"
import type { ServerReport } from "../health/ServerCheck.ts"
import { ExitWith } from "./Failure.ts"
import * as Output from "./Output.ts"
import * as Setup from "./Setup.ts"
import * as Table from "./Table.ts"

export const run = Effect.fnUntraced(function* (options: {
  readonly file: Option.Option<string>
  readonly connect: boolean
  readonly json: boolean
}) {
  const { config, secrets, warnings } = yield* Setup.loadConfig(options.file)
  if (!options.connect) {
    const ids = config.servers.map(({ id }) => id)
    return yield* options.json
      ? Output.json({ file: config.file, valid: true, warnings, servers: ids })
      : Output.stdout(`${config.file} is valid: ${ids.join(", ")}`)
  }
  const layer = Setup.orchestratorLayer(config).pipe(Layer.provideMerge(Setup.telemetryLayer(config, secrets)))
  const reports = yield* Effect.flatMap(Orchestrator, (orchestrator) => orchestrator.validate()).pipe(
    Effect.provide(layer)
  )
  const first = reports.find(({ error }) => error !== null)?.error
  yield* options.json
    ? Output.json({ file: config.file, valid: !first, warnings, servers: reports.map(toJson) })
    : Output.stdout([`${config.file} is valid`, "", table(reports), ...remarks(reports)].join("\n"))
  if (first) return yield* new ExitWith({ code: exitCode[first._tag] })
})

const encode = Schema.encodeSync(OrchestratorErrorJson)

const toJson = ({ error, ...report }: ServerReport) => ({ ...report, error: error === null ? null : encode(error) })

const table = (reports: ReadonlyArray<ServerReport>): string =>
  Table.render(
    [
      { title: "priority", align: "right" },
      { title: "server" },
      { title: "ok" },
      { title: "says it is" },
      { title: "protocol" },
      { title: "resources", align: "right" },
      { title: "execute_query" },
      { title: "ms" }
    ],
    reports.map((report) => [
      String(report.priority),
      report.server,
      report.ok ? "yes" : "no",
      report.handshake === null ? "–" : `${report.handshake.serverInfo.name} ${report.handshake.serverInfo.version}`,
      report.handshake?.protocolVersion ?? "–",
      report.resources === null ? "–" : String(report.resources),
      report.sqlArgument === null ? "–" : `takes ${report.sqlArgument}`,
      report.steps.map(({ ms, step }) => `${step} ${ms}`).join(", ")
    ])
  )

const remarks = (reports: ReadonlyArray<ServerReport>): ReadonlyArray<string> =>
  reports.flatMap(({ error, server, warnings }) => [
    ...(error === null ? [] : ["", `${server}: ${error.message}`]),
    ...warnings.map((warning) => `${server}: warning: ${warning}`)
  ])
