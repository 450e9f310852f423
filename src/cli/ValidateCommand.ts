/** `validate [FILE]`: the file, then every server; a row a server, all of them, and what was understood of each. */
import * as Effect from "effect/Effect"
import type * as Option from "effect/Option"
import * as Runtime from "effect/Runtime"
import * as Schema from "effect/Schema"
import { ConfigSource } from "../config/ConfigSource.ts"
import { Orchestrator } from "../Orchestrator.ts"
import { ConfigProblem } from "../OrchestratorError.ts"
import { shortcomings, ValidationReport } from "../health/ServerReport.ts"
import { ExitWith } from "./Failure.ts"
import * as Output from "./Output.ts"
import * as Setup from "./Setup.ts"
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

export const run = Effect.fnUntraced(function* (options: {
  readonly file: Option.Option<string>
  readonly connect: boolean
  readonly json: boolean
}) {
  const loaded = yield* Setup.loadConfig({ file: options.file })
  const { config, warnings } = loaded
  if (!options.connect) {
    const ids = config.servers.map(({ id }) => id)
    return yield* options.json
      ? writeFileJson({ file: config.file, valid: true, warnings, servers: ids })
      : Output.stdout(`${config.file} is valid: ${ids.join(", ")}`)
  }
  const layer = Setup.orchestratorLayer(ConfigSource.layerReading({ ...loaded, warnings: [] }))
  const reports = yield* Effect.flatMap(Orchestrator, (orchestrator) => orchestrator.validate()).pipe(
    Effect.provide(layer)
  )
  const first = reports.find(({ error }) => error !== null)?.error
  yield* options.json
    ? writeJson({
        file: config.file,
        valid: !first,
        warnings,
        shortcomings: shortcomings(reports),
        servers: reports
      })
    : Output.stdout(`${config.file} is valid\n\n${ValidateReport.render(reports)}`)
  if (first) return yield* new ExitWith({ code: first[Runtime.errorExitCode] })
})
