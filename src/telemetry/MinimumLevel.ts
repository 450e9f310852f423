/** The configuration's log levels as Effect's. */
import type * as EffectLogLevel from "effect/LogLevel"
import type { LogLevel } from "../config/OrchestratorConfig.ts"

/** The least severe level that is logged. */
export const minimumLevel: { readonly [level in LogLevel]: EffectLogLevel.LogLevel } = {
  DEBUG: "Debug",
  INFO: "Info",
  WARNING: "Warn",
  ERROR: "Error"
}
