/** What of a server's configuration must never come back out, even when the server says it. */
import * as Redacted from "effect/Redacted"
import type { ServerConfig } from "../config/OrchestratorConfig.ts"
import * as Redaction from "../telemetry/Redaction.ts"
import { SessionFailure } from "./SessionFailure.ts"

/** Masks the values of the server's headers and secret query parameters in a failure: refusals like to repeat them. */
export const concealing = (server: ServerConfig): ((failure: SessionFailure) => SessionFailure) => {
  const parameters = [...server.url.searchParams].filter(([name]) => Redaction.isSecretName(name))
  const masked = Redaction.withSecrets([
    ...Object.values(server.headers).map((value) => Redacted.value(value)),
    ...parameters.map(([, value]) => value)
  ])
  return (failure) => new SessionFailure({ ...failure, detail: masked(failure.detail) })
}
