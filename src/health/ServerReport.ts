/** What a test of the servers found: one report a server, and what all of them lack together. */
import * as Schema from "effect/Schema"
import * as Capability from "../config/Capability.ts"
import { SessionInfo } from "../connection/Session.ts"
import * as Grounding from "../grounding/Grounding.ts"
import { ConfigProblem, Wall } from "../OrchestratorError.ts"
import { GatherError } from "../resources/GatherFailure.ts"

/**
 * `dns` and `tcp` are measured beside the session, on a connection of their own; `connect` is the session's, from the
 * look-up to the end of the handshake.
 */
const CheckStep = Schema.Literals(["dns", "tcp", "connect", "list", "read", "tool", "schema"])
export type CheckStep = typeof CheckStep.Type

export const ServerReport = Schema.Struct({
  server: Schema.String,
  name: Schema.String,
  priority: Schema.Int,
  /** The capabilities that the configuration declares. */
  declared: Schema.Array(Schema.String),
  ok: Schema.Boolean,
  /** What the server says of itself: its name, version, protocol and capabilities; `null` without a handshake. */
  handshake: Schema.NullOr(SessionInfo),
  /** How many it lists; `null` if the listing was not reached, 0 if `list_resources` is not declared. */
  resources: Schema.NullOr(Schema.Int),
  /** How many more it lists that `resources.exclude` leaves out. */
  excluded: Schema.Int,
  /** How many of the others were read, and their bytes: all, unless one could not be. */
  read: Schema.Int,
  bytes: Schema.Int,
  /** The URI of the first one, redacted; `null` if they were not all read. */
  sample: Schema.NullOr(Schema.String),
  /** For each resource what was read out of it, its URI redacted; empty if they were not all read. */
  understood: Schema.Array(Grounding.Understood),
  /** How many tables and views the database told of through SQL; `null` if it was not asked. */
  schemaTables: Schema.NullOr(Schema.Int),
  /** The names of the tools it offers; `null` if they were not reached. */
  tools: Schema.NullOr(Schema.Array(Schema.String)),
  /** The tool that runs SQL, and its argument that takes it; `null` if `execute_query` is not declared. */
  sqlTool: Schema.NullOr(Schema.String),
  sqlArgument: Schema.NullOr(Schema.String),
  /** What stands between a statement and this server; empty if `execute_query` is not declared. */
  walls: Schema.Array(Wall),
  /** Milliseconds a step, in order; a step that was not reached is missing. */
  steps: Schema.Array(Schema.Struct({ step: CheckStep, ms: Schema.Int })),
  /** What works, but is probably not meant. */
  warnings: Schema.Array(Schema.String),
  /** The first thing that failed; of the tools it is a `ResourceFetchError` at the stage `call`. */
  error: Schema.NullOr(GatherError)
})
export type ServerReport = typeof ServerReport.Type

/** The file and all its servers: what `validate --json` writes. */
export const ValidationReport = Schema.Struct({
  /** The absolute path of the configuration. */
  file: Schema.String,
  /** Whether every server is as the file says. */
  valid: Schema.Boolean,
  /** What works in the file, but is probably not meant. */
  warnings: Schema.Array(ConfigProblem),
  /** What the servers lack together, in sentences. */
  shortcomings: Schema.Array(Schema.String),
  servers: Schema.Array(ServerReport)
})
export type ValidationReport = typeof ValidationReport.Type

/** What the servers lack together, one line each; nothing while one of them could not be tested to its end. */
export const shortcomings = (reports: ReadonlyArray<ServerReport>): ReadonlyArray<string> => {
  if (!reports.every(({ ok }) => ok)) return []
  const tables = reports.some(
    ({ schemaTables, understood }) => (schemaTables ?? 0) > 0 || understood.some((one) => one.tables > 0)
  )
  return [
    ...(tables
      ? []
      : [
          "no table was found: a question cannot be answered. Let a server publish its schema as JSON ({ tables: { orders: { columns: [{ name, type }] } } }, or one resource a table) or as CREATE TABLE text, or let the database be asked (introspection: always); docs/servers.md shows every shape."
        ]),
    ...(reports.some(({ declared }) => declared.includes(Capability.executeQuery))
      ? []
      : [`no server declares ${Capability.executeQuery}: a question cannot be answered, names can be resolved`])
  ]
}
