/** `validate [FILE]`: the file, then every server; a row a server, all of them, and what was understood of each. */
import * as Effect from "effect/Effect"
import type * as Option from "effect/Option"
import * as Runtime from "effect/Runtime"
import * as Schema from "effect/Schema"
import { ConfigSource } from "../config/ConfigSource.ts"
import { Orchestrator } from "../Orchestrator.ts"
import { ConfigProblem } from "../OrchestratorError.ts"
import { type ServerReport, shortcomings, ValidationReport } from "../health/ServerReport.ts"
import { ExitWith } from "./Failure.ts"
import * as Formats from "./Formats.ts"
import * as Output from "./Output.ts"
import * as Setup from "./Setup.ts"
import * as Terminal from "./Terminal.ts"
import * as ValidateReport from "./ValidateReport.ts"

const writeJson = Output.jsonOf(ValidationReport)

/** Without a connection there are only the ids of the servers. */
const writeFileJson = Output.jsonOf(
  Schema.Struct({
    file: Schema.String,
    valid: Schema.Boolean,
    warnings: Schema.Array(ConfigProblem),
    servers: Schema.Array(Schema.String)
  })
)

export const run = Effect.fnUntraced(function* (
  options: Formats.Asked & { readonly file: Option.Option<string>; readonly connect: boolean }
) {
  const loaded = yield* Setup.loadConfig({ file: options.file })
  const { config, warnings } = loaded
  if (!options.connect) {
    const ids = config.servers.map(({ id }) => id)
    return yield* Formats.write(options, {
      sheet: () => ({ columns: [{ title: "server" }], rows: ids.map((id) => [id]) }),
      text: () => `${config.file} is valid: ${ids.join(", ")}`,
      json: writeFileJson({ file: config.file, valid: true, warnings, servers: ids })
    })
  }
  const layer = Setup.orchestratorLayer(ConfigSource.layerReading({ ...loaded, warnings: [] }), "told")
  const reports = yield* Effect.flatMap(Orchestrator, (orchestrator) => orchestrator.validate()).pipe(
    Effect.provide(layer)
  )
  const first = reports.find(({ error }) => error !== null)?.error
  yield* Formats.write(options, {
    sheet: () => ValidateReport.sheet(reports),
    text: () => `${verdict(config.file, reports)}\n\n${ValidateReport.render(reports, Terminal.columns())}`,
    json: writeJson({
      file: config.file,
      valid: !first,
      warnings,
      shortcomings: shortcomings(reports),
      servers: reports
    })
  })
  if (first) return yield* new ExitWith({ code: first[Runtime.errorExitCode] })
})

/** Nobody who reads the first line alone is misled. */
const verdict = (file: string, reports: ReadonlyArray<ServerReport>): string => {
  const bad = reports.filter(({ ok }) => !ok).map(({ server }) => server)
  return bad.length === 0
    ? `${file} is valid`
    : `${file} can be read, but ${bad.join(", ")} ${bad.length === 1 ? "is" : "are"} not as it says`
}
