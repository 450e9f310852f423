/** Where each value of the configuration in force came from. */
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import type { ConfigReading } from "../config/ConfigLoader.ts"
import * as ConfigShow from "../config/ConfigShow.ts"
import { ConfigSource } from "../config/ConfigSource.ts"
import type { OrchestratorConfig } from "../config/OrchestratorConfig.ts"
import { ConfigProblem } from "../OrchestratorError.ts"
import * as Reload from "../Reload.ts"
import type * as Api from "./Api.ts"

/** A source says what it reads, the orchestrator what is in force: the one that was rejected is not shown. */
export class EffectiveConfig extends Context.Service<
  EffectiveConfig,
  {
    /** Of a configuration that the source gave; empty where it came from no file. */
    readonly rows: (config: OrchestratorConfig) => ReadonlyArray<ConfigShow.ConfigRow>
    /** Of what was read last: whether it is `config`, and what is wrong with it. */
    readonly latest: (config: OrchestratorConfig) => Pick<Api.EffectiveConfig, "current" | "problems">
  }
>()("effect-mcp-orchestrator/http/EffectiveConfig") {
  /** Also puts a source in place of the source, which remembers what it read. */
  static readonly layer: Layer.Layer<EffectiveConfig | ConfigSource, never, ConfigSource> = Layer.effectContext(
    Effect.map(ConfigSource, (source) => {
      const read = new WeakMap<OrchestratorConfig, ConfigReading>()
      let latest: Pick<ConfigReading, "warnings"> & { readonly config: OrchestratorConfig | null }
      const remember = (reading: ConfigReading) => {
        read.set(reading.config, reading)
        latest = { config: reading.config, warnings: reading.warnings }
      }
      remember(source.initial)
      return Context.make(ConfigSource, {
        ...source,
        load: Effect.tap(source.load, (reading) => Effect.sync(() => remember(reading)))
      }).pipe(
        Context.add(Reload.Listener, (rejection) => {
          latest = { config: null, warnings: problemsOf(rejection) }
        }),
        Context.add(EffectiveConfig, {
          rows: (config) => {
            const reading = read.get(config)
            return reading === undefined ? [] : ConfigShow.effective(reading)
          },
          latest: (config) => ({ current: latest.config === config, problems: latest.warnings })
        })
      )
    })
  )
}

/** Of a server that cannot be reached its key, of the file as a whole none. */
const problemsOf = (rejection: Reload.Rejection): ReadonlyArray<ConfigProblem> => {
  if (rejection._tag === "ConfigError") return rejection.problems
  const path = rejection._tag === "McpConnectionError" ? `mcp_servers.${rejection.server}` : ""
  return [new ConfigProblem({ path, message: rejection.message, line: null, column: null, severity: "error" })]
}
