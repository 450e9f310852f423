/** Who counts the requests under the servers' rate limits, as the configuration wants it. */
import * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"
import type { OrchestratorConfig } from "../config/OrchestratorConfig.ts"
import { isInstalled } from "../InstalledPackage.ts"
import { ConfigError, ConfigProblem } from "../OrchestratorError.ts"
import { Siblings } from "../workers/Siblings.ts"
import { RateLimits } from "./RateLimits.ts"

/** Fails where they are to be shared through Redis, and the client for it is not installed. */
export const make = Effect.fnUntraced(function* ({
  file,
  http: { limitsStore }
}: OrchestratorConfig): Effect.fn.Return<RateLimits, ConfigError, Scope.Scope> {
  if (limitsStore === null) return yield* RateLimits
  if (!isInstalled("redis")) {
    const message = "rate limits cannot be shared: the client for Redis, the package redis, is not installed"
    return yield* new ConfigError({
      file,
      problems: [
        new ConfigProblem({ path: "server.limits_store", message, line: null, column: null, severity: "error" })
      ],
      remedy: "Install it beside this program: npm install redis."
    })
  }
  const SharedRateLimits = yield* Effect.promise(() => import("./SharedRateLimits.ts"))
  return yield* SharedRateLimits.make({ url: limitsStore, processes: (yield* Siblings).count })
})
