/** The configuration, from a file (`ConfigText`) or from a value (`ConfigValue`). Every problem of all of it comes in one error. */
import * as Effect from "effect/Effect"
import type * as FileSystem from "effect/FileSystem"
import * as Path from "effect/Path"
import type * as Redacted from "effect/Redacted"
import type { ConfigError, ConfigProblem, NoMcpAvailableError } from "../OrchestratorError.ts"
import * as FileText from "./FileText.ts"
import type { OrchestratorConfig } from "./OrchestratorConfig.ts"
import type * as ValueSource from "./document/ValueSource.ts"
import type * as Variables from "./document/Variables.ts"

export interface LoadOptions {
  /** The path of the file; relative to `cwd`. */
  readonly file?: string | undefined
  /** What a person names the file with (`--config`), for messages. */
  readonly option?: string | undefined
  /**
   * Read for `MCP_CONFIG`, `MCP__…` and `${VAR}`; default: those of the `ConfigProvider` that
   * the app provides, else of the process.
   */
  readonly env?: Variables.Environment | undefined
  /** Absolute; default: the working directory of the process. */
  readonly cwd?: string | undefined
  /** Options of the command line: they win over everything. */
  readonly overrides?: OptionValues | undefined
}

/** What options of the command line put in place of the file's values. */
export interface OptionValues {
  readonly logLevel?: string | undefined
  readonly host?: string | undefined
  readonly port?: number | undefined
  /** The token itself; the option names the variable that holds it. */
  readonly token?: string | undefined
}

/** A configuration, and what whoever runs it should know. */
export interface ConfigReading {
  readonly config: OrchestratorConfig
  /** What works, but is probably not meant. */
  readonly warnings: ReadonlyArray<ConfigProblem>
  /**
   * Header values and the variables in them, variables in paths and queries of URLs, secret parameters: to be masked in
   * whatever is written. A label is what is shown in its place.
   */
  readonly secrets: ReadonlyArray<Redacted.Redacted<string>>
  /**
   * The whole file as it holds now, defaults and disabled servers too, and where each value came from. Empty for a
   * configuration that was given as a value.
   */
  readonly values: ReadonlyArray<ValueSource.EffectiveValue>
}

export interface LoadedConfig extends ConfigReading {
  /** What the file held. */
  readonly text: Redacted.Redacted<string>
  /** Where each value came from, by its dotted path. */
  readonly sources: ReadonlyMap<string, ValueSource.ValueSource>
}

/** Looks at `file`, `MCP_CONFIG` and `./mcp-config.yaml`, and loads the first that is named. */
export const load = Effect.fn("ConfigLoader.load")(function* (
  options: LoadOptions
): Effect.fn.Return<LoadedConfig, ConfigError | NoMcpAvailableError, FileSystem.FileSystem | Path.Path> {
  const path = yield* Path.Path
  const [Environment, { readText }] = yield* textReading
  const env = options.env ?? (yield* Environment.named(["MCP_CONFIG", "HOME"]))
  const { file, text } = yield* FileText.read({ ...options, env })
  const all = options.env ?? (yield* Environment.forText(text))
  return yield* Effect.fromResult(
    readText(text, { ...options, env: all }, file, (name) =>
      path.resolve(path.dirname(file), FileText.atHome(name, env))
    )
  )
})

/**
 * A plain value in the shape of the YAML file (snake_case keys, durations such as "5 seconds"). Texts are taken as they
 * are: no `${VAR}`, no overrides. A `ca_file` must be an absolute path.
 */
export const fromUnknown = (value: unknown): Effect.Effect<OrchestratorConfig, ConfigError | NoMcpAvailableError> =>
  Effect.flatMap(
    Effect.promise(() => import("./ConfigValue.ts")),
    ({ read }) => Effect.fromResult(read(value))
  )

// -----------------------------------------------------------------------------
// internals

// An app needs one way to a configuration, and one that makes it by itself none.
const textReading = Effect.promise(() => Promise.all([import("./document/Environment.ts"), import("./ConfigText.ts")]))
