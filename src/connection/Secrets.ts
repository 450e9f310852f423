/** What of a server's configuration must never come back out, even when the server says it. */
import type { ServerConfig } from "../config/OrchestratorConfig.ts"
import * as Redaction from "../telemetry/Redaction.ts"
import { SessionFailure } from "./SessionFailure.ts"

/** Masks the values of the server's headers and what is secret in its URLs: refusals like to repeat them. */
export const masking = (server: ServerConfig): ((text: string) => string) =>
  Redaction.withSecretsInCut([
    ...Object.values(server.headers),
    ...server.url.secrets(),
    ...(server.endpointBase?.secrets() ?? [])
  ])

/** The same in a failure. */
export const concealing = (server: ServerConfig): ((failure: SessionFailure) => SessionFailure) => {
  const masked = masking(server)
  return (failure) => new SessionFailure({ ...failure, detail: masked(failure.detail) })
}
