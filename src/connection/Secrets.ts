/** What of a server's configuration must never come back out, even when the server says it. */
import * as Redacted from "effect/Redacted"
import type { ServerConfig } from "../config/OrchestratorConfig.ts"
import * as Redaction from "../telemetry/Redaction.ts"
import { SessionFailure } from "./SessionFailure.ts"

/** Masks the values of the server's headers and secret query parameters: refusals like to repeat them. */
export const masking = (server: ServerConfig): ((text: string) => string) => {
  const parameters = [...server.url.searchParams].filter(([name]) => Redaction.isSecretParameter(name))
  return Redaction.withSecretsInCut([
    ...Object.values(server.headers).map((value) => Redacted.value(value)),
    ...parameters.map(([, value]) => value)
  ])
}

/** The same in a failure. */
export const concealing = (server: ServerConfig): ((failure: SessionFailure) => SessionFailure) => {
  const masked = masking(server)
  return (failure) => new SessionFailure({ ...failure, detail: masked(failure.detail) })
}
