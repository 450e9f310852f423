/** What of a server's configuration must never come back out, even when the server says it. */
import type { ServerConfig } from "../config/OrchestratorConfig.ts"
import * as Redaction from "../telemetry/Redaction.ts"
import { SessionFailure } from "./SessionFailure.ts"

/**
 * Masks the values of the server's headers and what is secret in its URLs, and `more` (the session's cookies): refusals
 * like to repeat them.
 */
export const masking = (server: ServerConfig, more: ReadonlyArray<string> = []): ((text: string) => string) =>
  Redaction.withSecretsInCut([
    ...Object.values(server.headers),
    ...server.url.secrets(),
    ...(server.endpointBase?.secrets() ?? []),
    ...more
  ])

/** The same in a failure. */
export const conceal = (
  failure: SessionFailure,
  server: ServerConfig,
  more: ReadonlyArray<string> = []
): SessionFailure => new SessionFailure({ ...failure, detail: masking(server, more)(failure.detail) })
