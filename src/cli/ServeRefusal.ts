/** What keeps `serve` from starting, in sentences that say what to do. */
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Predicate from "effect/Predicate"
import type { LoadedConfig } from "../config/ConfigLoader.ts"
import * as Hosts from "../http/Hosts.ts"
import { ConfigError, ConfigProblem } from "../OrchestratorError.ts"

/** Strangers are let in with a token alone. */
export const checkToken = Effect.fnUntraced(function* (
  loaded: LoadedConfig,
  tokenEnv: Option.Option<string>
): Effect.fn.Return<void, ConfigError> {
  const { host, token } = loaded.config.http
  if (Option.isSome(tokenEnv) && process.env[tokenEnv.value] === undefined) {
    const message = `${tokenEnv.value} is not set: --token-env names the variable that holds the token`
    return yield* refused(loaded, { path: "server.token", message, variable: "--token-env" })
  }
  if (token === null && !Hosts.isLoopback(host)) {
    const message = `a token is needed, because others can reach ${host}: set server.token or --token-env, or listen at 127.0.0.1`
    return yield* refused(loaded, { path: "server.token", message })
  }
})

/** The address is taken, forbidden, or none. */
export const cannotListen = (loaded: LoadedConfig, cause: unknown): ConfigError => {
  const { host, port } = loaded.config.http
  const code = Predicate.hasProperty(cause, "code") ? String(cause.code) : "unknown"
  const [path, why] = reasons[code] ?? ["server.port", `cannot be listened at (${code})`]
  return refused(loaded, { path, message: `port ${port} of ${host} ${why}` })
}

// -----------------------------------------------------------------------------
// internals

const reasons: { readonly [code: string]: readonly [path: string, why: string] } = {
  EADDRINUSE: ["server.port", "is taken: another process listens there. Choose another with server.port or --port"],
  EACCES: ["server.port", "may not be listened at by this user: choose one above 1023"],
  EADDRNOTAVAIL: ["server.host", "is no address of this machine"],
  ENOTFOUND: ["server.host", "is no address: the name was not found"]
}

const refused = (
  { config }: LoadedConfig,
  problem: { readonly path: string; readonly message: string; readonly variable?: string }
): ConfigError =>
  new ConfigError({
    file: config.file,
    problems: [new ConfigProblem(problem)],
    remedy: "Mend this and try again; docs/http.md says how serve is set up."
  })
