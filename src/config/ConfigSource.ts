/** Where the configuration comes from: a value, a file, or a file that is watched. */
import * as ConfigProvider from "effect/ConfigProvider"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as FileSystem from "effect/FileSystem"
import * as Layer from "effect/Layer"
import * as Path from "effect/Path"
import * as Stream from "effect/Stream"
import type { ConfigError, NoMcpAvailableError } from "../OrchestratorError.ts"
import * as ConfigLoader from "./ConfigLoader.ts"
import * as ConfigWatch from "./ConfigWatch.ts"
import type { OrchestratorConfig } from "./OrchestratorConfig.ts"
import * as ServerSecrets from "./ServerSecrets.ts"

/** Which file, and what wins over it. */
export interface FileOptions {
  /** Else `MCP_CONFIG`, else `./mcp-config.yaml`. */
  readonly configPath?: string | undefined
  /** Stands in the configuration in place of the file's `log_level`, after a reload too; `ConfiguredTelemetry` heeds it. */
  readonly logLevel?: string | undefined
}

export class ConfigSource extends Context.Service<
  ConfigSource,
  {
    /** What the source held when its Layer was built: a source that cannot be read has no service. */
    readonly initial: ConfigLoader.ConfigReading
    /** What it holds now. */
    readonly load: Effect.Effect<ConfigLoader.ConfigReading, ConfigError | NoMcpAvailableError>
    /** An element whenever that may have changed since `initial`; for one reader. */
    readonly changes: Stream.Stream<void>
  }
>()("effect-mcp-orchestrator/config/ConfigSource") {
  /** A decoded configuration, which stays (see `ConfigLoader.fromUnknown`). */
  static readonly layerValue = (config: OrchestratorConfig): Layer.Layer<ConfigSource> =>
    ConfigSource.layerReading({
      config,
      warnings: [],
      secrets: ServerSecrets.ofConfig(config),
      values: []
    })

  /** What was read elsewhere, which stays. */
  static readonly layerReading = (reading: ConfigLoader.ConfigReading): Layer.Layer<ConfigSource> =>
    Layer.succeed(ConfigSource, { initial: reading, load: Effect.succeed(reading), changes: Stream.empty })

  /** A YAML file with `${VAR}` and `MCP__…` from the `ConfigProvider`; read again when the orchestrator is told to reload. */
  static readonly layerFile = (
    options: FileOptions = {}
  ): Layer.Layer<ConfigSource, ConfigError | NoMcpAvailableError, FileSystem.FileSystem | Path.Path> =>
    Layer.effect(
      ConfigSource,
      Effect.gen(function* () {
        const load = yield* loading(options)
        return { initial: yield* load, load, changes: Stream.empty }
      })
    )

  /** The same, and its content is watched: saves by rename, ConfigMaps of Kubernetes and linked directories included. */
  static readonly layerWatch = (
    options: FileOptions = {}
  ): Layer.Layer<ConfigSource, ConfigError | NoMcpAvailableError, FileSystem.FileSystem | Path.Path> =>
    Layer.unwrap(
      Effect.map(Effect.flatten(loading(options)), (initial) =>
        ConfigSource.layerWatching(initial, { logLevel: options.logLevel })
      )
    )

  /** The file that was loaded, watched; `overrides` are those that it was loaded with. */
  static readonly layerWatching = (
    initial: ConfigLoader.LoadedConfig,
    overrides: ConfigLoader.OptionValues
  ): Layer.Layer<ConfigSource, never, FileSystem.FileSystem | Path.Path> =>
    Layer.effect(
      ConfigSource,
      Effect.gen(function* () {
        const fs = yield* FileSystem.FileSystem
        // The same file, wherever the process and its environment have gone.
        const load = yield* loading({ ...overrides, configPath: initial.config.file })
        const watch = ConfigWatch.make(initial.config.file, initial.text)
        return {
          initial,
          load: Effect.tap(load, ({ text }) => watch.read(text)),
          changes: Stream.provideService(watch.changes, FileSystem.FileSystem, fs)
        }
      })
    )
}

// -----------------------------------------------------------------------------
// internals

/** The loading of the file with the services and the environment of here, whoever asks for it later. */
const loading = ({ configPath, ...overrides }: Pick<FileOptions, "configPath"> & ConfigLoader.OptionValues) =>
  Effect.map(Effect.all([FileSystem.FileSystem, Path.Path, ConfigProvider.ConfigProvider]), ([fs, path, provider]) =>
    ConfigLoader.load({ file: configPath, overrides }).pipe(
      Effect.provideService(FileSystem.FileSystem, fs),
      Effect.provideService(Path.Path, path),
      Effect.provideService(ConfigProvider.ConfigProvider, provider)
    )
  )
