/** The configuration, from a file (`ConfigText`) or from a value. Every problem of all of it comes in one error. */
import * as Effect from "effect/Effect"
import type * as FileSystem from "effect/FileSystem"
import * as Path from "effect/Path"
import type * as Redacted from "effect/Redacted"
import * as Result from "effect/Result"
import type { ConfigError, ConfigProblem, NoMcpAvailableError } from "../OrchestratorError.ts"
import * as ConfigCheck from "./ConfigCheck.ts"
import * as RuntimeConfig from "./RuntimeConfig.ts"
import * as ConfigDecoder from "./ConfigDecoder.ts"
import type { ConfigFile } from "./ConfigFile.ts"
import * as FileText from "./FileText.ts"
import * as Environment from "./document/Environment.ts"
import type { Issue } from "./diagnosis/Issue.ts"
import type { OrchestratorConfig } from "./OrchestratorConfig.ts"
import * as FromValue from "./document/FromValue.ts"
import * as ServerUrl from "./ServerUrl.ts"
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
  const env = options.env ?? (yield* Environment.named(["MCP_CONFIG", "HOME"]))
  const { file, text } = yield* FileText.read({ ...options, env })
  const all = options.env ?? (yield* Environment.forText(text))
  // Not needed by an app whose configuration is a value.
  const { readText } = yield* Effect.promise(() => import("./ConfigText.ts"))
  return yield* Effect.fromResult(
    readText(text, { ...options, env: all }, file, (name) =>
      // `~` is the shell's; people write it in files all the same.
      path.resolve(path.dirname(file), name.replace(/^~(?=[\\/])/, env["HOME"] ?? "~"))
    )
  )
})

/**
 * A plain value in the shape of the YAML file (snake_case keys, durations such as "5 seconds"). Texts are taken as they
 * are: no `${VAR}`, no overrides. A `ca_file` must be an absolute path.
 */
export const fromUnknown = (value: unknown): Effect.Effect<OrchestratorConfig, ConfigError | NoMcpAvailableError> =>
  Effect.suspend(() => {
    const { problems, root } = FromValue.toTree(value)
    const decoded = ConfigDecoder.decode(root)
    const issues = [
      ...problems,
      ...ConfigCheck.withoutEchoes(decoded.problems, problems),
      ...relativePaths(decoded.file)
    ]
    return Effect.fromResult(
      ConfigCheck.checked("", issues, undefined, decoded.file).pipe(
        Result.flatMap(({ document }) => RuntimeConfig.assemble(document, "", ServerUrl.at(root)))
      )
    )
  })

// -----------------------------------------------------------------------------
// internals

/** Without a file there is no directory for a path to be relative to. */
const relativePaths = (document: ConfigFile | undefined): ReadonlyArray<Issue> =>
  Object.entries(document?.mcp_servers ?? {}).flatMap(([id, server]) =>
    server.ca_file === undefined || /^(?:[A-Za-z]:)?[\\/]/.test(server.ca_file)
      ? []
      : [{ path: ["mcp_servers", id, "ca_file"], place: null, message: "expected an absolute path" }]
  )
