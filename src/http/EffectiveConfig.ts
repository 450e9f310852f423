/** Where each value of the configuration in force came from. */
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import type { ConfigReading } from "../config/ConfigLoader.ts"
import * as ConfigShow from "../config/ConfigShow.ts"
import { ConfigSource } from "../config/ConfigSource.ts"
import type { OrchestratorConfig } from "../config/OrchestratorConfig.ts"

/** A source says what it reads, the orchestrator what is in force: the one that was rejected is not shown. */
export class EffectiveConfig extends Context.Service<
  EffectiveConfig,
  {
    /** Of a configuration that the source gave; empty where it came from no file. */
    readonly rows: (config: OrchestratorConfig) => ReadonlyArray<ConfigShow.ConfigRow>
  }
>()("effect-mcp-orchestrator/http/EffectiveConfig") {
  /** Also puts a source in place of the source, which remembers what it read. */
  static readonly layer: Layer.Layer<EffectiveConfig | ConfigSource, never, ConfigSource> = Layer.effectContext(
    Effect.map(ConfigSource, (source) => {
      const read = new WeakMap<OrchestratorConfig, ConfigReading>()
      const remember = (reading: ConfigReading) => {
        read.set(reading.config, reading)
      }
      remember(source.initial)
      return Context.make(ConfigSource, {
        ...source,
        load: Effect.tap(source.load, (reading) => Effect.sync(() => remember(reading)))
      }).pipe(
        Context.add(EffectiveConfig, {
          rows: (config) => {
            const reading = read.get(config)
            return reading === undefined ? [] : ConfigShow.effective(reading)
          }
        })
      )
    })
  )
}
